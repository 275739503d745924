# verbs.sh -- every verb: help, usage, exit status, and what it prints on a small mission.
. "$here/lib.sh"
agreement=$root/agreements/minsk-2-enforced.truce
mission=$work/verbs

begin 'help lists every verb, and every verb has help'
run help
expect_status 0
for verb in init import submit tick status findings tally explain report replay check fmt diff compare bounds diagram export lsp positions test log serve limits; do
    expect_out "  $verb "
    "$truce" "$verb" --help >"$work/help" 2>&1 || fault "truce $verb --help fails"
    grep -q "^usage: truce $verb" "$work/help" || fault "truce $verb --help has no usage line"
done
finish

begin 'what cannot be understood is a usage error with status 3'
for words in '' 'frobnicate' 'status' 'status a b c' 'tally x --rule R-INC' 'import x --source nothing y' 'status x --colour' \
    'tally x --rule R-XYZ --from 2015-01-01 --to 2015-01-02' 'report x --format pdf --from 2015-01-01 --to 2015-01-02' 'log x'; do
    # shellcheck disable=SC2086
    run $words
    expect_status 3
    expect_said '^hint: '
done
finish

begin 'positions: the matrix, the computed share beside the declared one, what is open'
cat >"$work/draft.truce" <<'DRAFT'
agreement "Draft in 3 points" version 0.9
time zone "Europe/Kyiv"
area 36.0 E 47.0 N to 39.0 E 49.0 N
agreement in force from 2026-02-01 00:00
party A "Party A"
party B "Party B"
guarantor G "Guarantor States"
class firing is fire
act meet done when G reports the meeting
2.1 A, B must not commit firing in area
3.1 A, B must meet by 2026-03-01
3.2 G must meet within 5 days of §3.1 fulfilled
positions
2.1 A agrees, B agrees
3.1 A agrees, B proposes "by 2026-04-01"
3.2 A agrees, B agrees, G reserves "the place is open"
declared share 90 % by "the mediator" of issues
DRAFT
run positions "$work/draft.truce"
expect_status 0
expect_out '2.1     agrees      agrees      not stated  agreed by all'
expect_out 'computed  1 of 3 points agreed by all, 33.3 %'
expect_out 'declared  90 % of issues, by the mediator'
expect_out '  B     proposes    by 2026-04-01'
run positions "$work/draft.truce" --json
expect_status 0
expect_out '"computed_share_ppm":333333'
run positions "$agreement"
expect_status 0
expect_out 'the agreement states no positions'
run positions
expect_status 3
finish

begin 'a mission is made, filled, read and verified'
"$build/truce-sim" events --seed 3 --rows 1200 --from 2014-12-01 >"$work/table.csv"
run init "$mission" --agreement "$agreement" --replay
expect_status 0
expect_out REPLAY
expect_out 'two signatures are not two people'
expect_out 'not witnessed'
run import "$mission" --source ucdp "$work/table.csv"
expect_status 0
expect_out '1200 rows read = 1200 accepted + 0 already there + 0 quarantined'
run status "$mission"
expect_status 0
expect_out REPLAY
expect_out reached_at
expect_out known_at
run status "$mission" --json
expect_status 0
python3 -m json.tool "$out" >/dev/null 2>"$errors" || fault "status --json is not JSON"
run log verify "$mission"
expect_status 0
expect_out 'all verified'
finish

begin 'findings, tallies and reports come in every form'
run findings "$mission" --clause 1.1 --limit 5
expect_status 0
expect_out 'f-'
run findings "$mission" --json
python3 -m json.tool "$out" >/dev/null || fault 'findings --json is not JSON'
finding=$(sed -n 's/.*"id":"\(f-[0-9a-f]*\)".*/\1/p' "$out" | head -n 1)
run tally "$mission" --rule R-INC --from 2015-03-01 --to 2015-04-01
expect_status 0
expect_out 'R-INC v1'
run tally "$mission" --rule R-INC --from 2015-03-01 --to 2015-04-01 --json
python3 -m json.tool "$out" >/dev/null || fault 'tally --json is not JSON'
run tally "$mission" --rule R-JFO --from 2015-03-01 --to 2015-04-01
expect_status 2
expect_error TR0601
run tally "$mission" --rule R-INC --from 2015-04-01 --to 2015-03-01
expect_status 2
expect_error TR0602
for format in text html csv geojson; do
    run report "$mission" --from 2015-03-01 --to 2015-04-01 --format "$format"
    expect_status 0
    [ -s "$out" ] || fault "report --format $format is empty"
done
python3 -m json.tool "$out" >/dev/null || fault 'the GeoJSON report is not JSON'
finish

begin 'an explanation names the clause, the entries and the way it is counted'
run findings "$mission" --clause 1.1 --json
finding=$(tr ',' '\n' <"$out" | sed -n 's/.*"id":"\(f-[0-9a-f]*\)".*/\1/p' | head -n 1)
run explain "$mission" "$finding"
expect_status 0
expect_out '1.1'
expect_out 'entry'
run explain "$mission" 6.1
expect_status 0
run explain "$mission" f-00000000000000000000
expect_status 2
expect_error TR
run explain TR0112
expect_status 0
expect_out 'starting point'
run explain TR9998
expect_status 3
finish

begin 'as known at an earlier time nothing later is seen'
run status "$mission" --as-known-at 2015-01-10
expect_status 0
run replay "$mission" --as-known-at 2015-01-10 --json
early=$(number observations "$out")
[ "$early" -lt 1200 ] || fault "as known at January 2015 there are $early observations"
finish

begin 'view and state are the same with and without the snapshot'
run replay "$mission" --hash
cp "$out" "$work/with"
rm -f "$mission/snapshot"
run replay "$mission" --hash
cmp -s "$out" "$work/with" || fault "the digests differ: $(cat "$work/with" "$out")"
finish

begin 'view is the same for another order of import, state is not'
other=$work/other
head -n 1 "$work/table.csv" >"$work/late.csv"
tail -n 600 "$work/table.csv" >>"$work/late.csv"
head -n 601 "$work/table.csv" >"$work/early.csv"
"$truce" init "$other" --agreement "$agreement" --replay >/dev/null 2>&1
run import "$other" --source ucdp "$work/late.csv" "$work/early.csv" "$work/table.csv"
expect_status 0
one=$("$truce" replay "$mission" --hash | sed -n 's/^view *//p') two=$("$truce" replay "$other" --hash | sed -n 's/^view *//p')
expect_equal "$two" "$one" view
one=$("$truce" replay "$mission" --hash | sed -n 's/^state *//p') two=$("$truce" replay "$other" --hash | sed -n 's/^state *//p')
[ "$one" != "$two" ] || fault 'state is the same for two different records'
finish

begin 'a correction, a retraction and a response can be written, and each is checked'
cat >"$work/report.json" <<'J'
{"source":"patrol-1","src_id":"p-1","kind":"explosion","happened":{"begin":"2015-02-16T10:00:00.000000000Z","end":"2015-02-16T10:05:00.000000000Z"},
 "place":{"kind":"point","lat":480000000,"lon":377000000,"r_m":500},"platform":"patrol","means":"heard","count":{"best":4,"max":4,"min":4},
 "assess":"explosion","conf_ppm":900000,"exercise":0}
J
run submit "$mission" "$work/report.json" --type observation --role device --holder patrol-1
expect_status 0
entry=$(sed -n 's/^entry //p' "$out")
printf '{"of":"%s","class":"mistaken","reason":"controlled demolition"}' "$entry" >"$work/retract.json"
run submit "$mission" "$work/retract.json" --type retraction --role device --holder patrol-1
expect_status 0
run submit "$mission" "$work/retract.json" --type retraction --role party --holder A
expect_status 2
expect_error TR
run submit "$mission" "$work/report.json" --type observation --role guarantor --holder G
expect_status 2
expect_error TR0314
finish

begin 'check says what is wrong, where, and how to mend it'
run check "$agreement"
expect_status 0
printf 'agreement "X" version 1.0\n7.1 JC must meet within 14 days\n' >"$work/faulty.truce"
run check "$work/faulty.truce"
expect_status 1
expect_out 'faulty.truce:'
expect_out 'error TR01'
expect_out '\^'
expect_out '^hint: '
run check "$work/faulty.truce" --json
expect_status 1
python3 -m json.tool "$out" >/dev/null || fault 'check --json is not JSON'
run check "$work/nothing.truce"
expect_status 2
expect_error TR0920
finish

begin 'one flipped byte anywhere in the entries is found'
copy=$work/copy
cp -r "$mission" "$copy"
size=$(wc -c <"$copy/record/entries.dat")
printf 'X' | dd of="$copy/record/entries.dat" bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
run log verify "$copy"
expect_status 1
expect_error TR03
for verb in 'status' 'tally --rule R-INC --from 2015-03-01 --to 2015-04-01' 'replay --hash' 'findings'; do
    # shellcheck disable=SC2086
    run ${verb%% *} "$copy" $(case $verb in *' '*) echo "${verb#* }" ;; esac)
    expect_status 2
    expect_error TR0325
done
finish

begin 'what derives from the entries is rebuilt by an opening for writing, and only by that'
whole=$work/whole
rm -rf "$copy"
cp -r "$mission" "$whole"
flip() { # flip FILE OFFSET: another lowest bit of that byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\$(printf '%03o' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
for damage in 'entries.idx cut' 'entries.idx flip' 'entries.idx gone' 'tree.0 flip' 'tree.0 gone' 'tree.7 gone'; do
    file=${damage% *}
    rm -rf "$copy"
    cp -r "$whole" "$copy"
    case $damage in
    *cut) truncate -s -8 "$copy/record/$file" ;;
    *flip) flip "$copy/record/$file" 40 ;;
    *gone) rm "$copy/record/$file" ;;
    esac
    run status "$copy"
    expect_status 2
    expect_error TR0325
    expect_said "record/$file"
    expect_said 'truce tick DIR'
    run tick "$copy"
    expect_status 0
    run log verify "$copy"
    expect_status 0
    run status "$copy"
    expect_status 0
done
rm -rf "$copy"
cp -r "$whole" "$copy"
flip "$copy/record/entries.dat" 2000
rm "$copy/record/entries.idx"
(cd "$copy" && find . -type f -exec cksum {} + | sort) >"$work/sums"
run tick "$copy"
expect_status 4
expect_error TR0324
(cd "$copy" && find . -type f -exec cksum {} + | sort) | cmp -s - "$work/sums" || fault 'a refused opening changed the folder'
finish

begin 'a head that is not in the list of heads yet is said, and added by the next opening for writing'
rm -rf "$copy"
cp -r "$whole" "$copy"
truncate -s -30 "$copy/record/heads.log"
run log verify "$copy"
expect_status 0
expect_out 'the newest head is not in heads.log yet; the next opening for writing adds it'
run log verify "$copy" --json
expect_out '"heads_behind":true'
run tick "$copy"
expect_status 0
run log verify "$copy" --json
expect_status 0
expect_out '"heads_behind":false'
finish

begin 'only loopback is listened on'
run serve "$mission" --listen 0.0.0.0:0
expect_status 2
expect_error TR0930
run serve "$mission" --listen 192.0.2.1:80
expect_status 2
expect_error TR0930
run serve "$mission" --listen nonsense
expect_status 2
expect_error TR0930
finish
