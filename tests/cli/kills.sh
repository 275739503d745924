# kills.sh -- kill -9 at random moments of an import: the record verifies, nothing acknowledged is missing.
. "$here/lib.sh"
KILLS=${KILLS:-200}
begin "after $KILLS kills during import every acknowledged row is on the record"
mission=$work/kills
"$build/truce-sim" events --seed 11 --rows 1500 >"$work/kills.csv"
"$truce" init "$mission" --agreement "$root/agreements/minsk-2-enforced.truce" --replay >"$work/out" 2>&1 || fault "$(cat "$work/out")"
seed=20150215 kill=0 killed=0 acknowledged=0 missions=1
while [ "$kill" -lt "$KILLS" ] && [ "$ok" = yes ]; do
    kill=$((kill + 1))
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    "$truce" import "$mission" --source ucdp "$work/kills.csv" >/dev/null 2>"$work/said" </dev/null &
    child=$!
    sleep "0.$(printf '%03d' $((seed / 65536 % 400)))"
    kill -9 "$child" 2>/dev/null && killed=$((killed + 1))
    wait "$child" 2>/dev/null
    said=$(sed -n 's/.*: \([0-9]*\) of [0-9]* rows recorded.*/\1/p' "$work/said" | tail -n 1)
    acknowledged=$((acknowledged + ${said:-0}))
    run log verify "$mission"
    expect_status 0
    there=$(rows_of "$mission")
    [ "$there" -ge "$acknowledged" ] || fault "kill $kill: $acknowledged rows acknowledged, $there there"
    # What was durable and not yet acknowledged counts from here on.
    acknowledged=$there
    if [ "$there" = 1500 ]; then
        missions=$((missions + 1)) acknowledged=0
        rm -rf "$mission"
        "$truce" init "$mission" --agreement "$root/agreements/minsk-2-enforced.truce" --replay >/dev/null 2>&1
    fi
done
echo "     $killed imports killed of $kill, over $missions missions"
[ "$killed" -gt 0 ] || fault 'no import was killed'
finish

begin 'after the kills the import goes on to the same results as one that was never disturbed'
run import "$mission" --source ucdp "$work/kills.csv"
expect_status 0
"$truce" init "$work/calm" --agreement "$root/agreements/minsk-2-enforced.truce" --replay >/dev/null 2>&1
run import "$work/calm" --source ucdp "$work/kills.csv"
expect_status 0
disturbed=$("$truce" replay "$mission" --hash | sed -n 's/^view *//p')
calm=$("$truce" replay "$work/calm" --hash | sed -n 's/^view *//p')
expect_equal "$disturbed" "$calm" 'view'
finish
