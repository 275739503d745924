# bad_input.sh -- whatever comes in: a coded error, a way out, and nothing accepted is lost.
. "$here/lib.sh"
agreement=$root/agreements/minsk-2-enforced.truce
header='id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_clarity,date_prec,date_start,date_end,best,high,low'
good='1,1,1,Somewhere,48.0,37.8,1,1,2/16/2015 12:00:00 AM,2/16/2015 12:00:00 AM,1,1,1'
mission=$work/bad
"$truce" init "$mission" --agreement "$agreement" --replay >"$work/out" 2>&1 || { cat "$work/out"; exit 2; }
printf '%s\n%s\n' "$header" "$good" >"$work/good.csv"
"$truce" import "$mission" --source ucdp "$work/good.csv" >"$work/out" 2>&1 || { cat "$work/out"; exit 2; }
kept() { expect_equal "$(rows_of "$mission")" 1 'rows on the record'; }
refuses() { # refuses TITLE FILE CODE: the whole file
    begin "$1"
    run import "$mission" --source ucdp "$2"
    expect_status 2
    expect_error "$3"
    kept
    finish
}
quarantines() { # quarantines TITLE ROW CODE: one row, by its number
    begin "$1"
    printf '%s\n%s\n' "$header" "$2" >"$work/row.csv"
    run import "$mission" --source ucdp "$work/row.csv" --json
    expect_status 0
    expect_error "$3"
    expect_said 'row 2'
    expect_out '"read":1,"accepted":0,"duplicates":0,"quarantined":1'
    kept
    finish
}

: >"$work/empty.csv"
refuses 'an empty file is refused' "$work/empty.csv" TR0501
head -c 4096 /dev/urandom >"$work/binary.csv"
refuses 'a binary file is refused' "$work/binary.csv" TR05
printf '%s\n2,1,1,"Somewh' "$header" >"$work/torn.csv"
refuses 'a file cut off inside a quoted field is refused' "$work/torn.csv" TR
printf '%s,colour\n%s,red\n' "$header" "$good" >"$work/columns.csv"
refuses 'an unknown column is named' "$work/columns.csv" colour
printf 'id,latitude\n1,48.0\n' >"$work/few.csv"
refuses 'a missing column is named' "$work/few.csv" TR0503
refuses 'a missing file is named' "$work/none.csv" 'none.csv'
refuses 'a folder is no file' "$work" TR0920
printf '%s\n%s\n' "$header" '2,1,1,X,48.0,37.8,1,1,25/12/2014 00:00,26/12/2014 00:00,1,1,1' >"$work/dayfirst.csv"
refuses 'dates that can only be day first are refused whole' "$work/dayfirst.csv" TR0504
begin 'a line of a gigabyte does not fill the memory'
status=0
head -c 1073741824 /dev/zero | tr '\0' 'a' | "$truce" import "$mission" --source native - >"$work/out" 2>"$work/errors" || status=$?
out=$work/out errors=$work/errors
expect_status 2
expect_error TR0922
kept
finish

quarantines 'swapped coordinates are told from strayed ones' \
    '2,1,1,X,37.8,48.0,1,1,2/16/2015 12:00:00 AM,2/16/2015 12:00:00 AM,1,1,1' TR0510
quarantines 'an end before the begin is refused by row' \
    '2,1,1,X,48.0,37.8,1,1,2/16/2015 12:00:00 AM,2/15/2015 12:00:00 AM,1,1,1' TR0508
quarantines 'what lies in the future is refused by row' \
    '2,1,1,X,48.0,37.8,1,1,1/1/2200 12:00:00 AM,1/1/2200 12:00:00 AM,1,1,1' TR0508
quarantines 'a date that is none is refused by row' \
    '2,1,1,X,48.0,37.8,1,1,2/30/2015 12:00:00 AM,2/30/2015 12:00:00 AM,1,1,1' TR0508
quarantines 'deaths that are no number are refused by row' \
    '2,1,1,X,48.0,37.8,1,1,2/16/2015 12:00:00 AM,2/16/2015 12:00:00 AM,many,1,1' TR0511

begin 'an id used twice with different content holds back both rows, by number'
printf '%s\n%s\n%s\n' "$header" '7,1,1,X,48.0,37.8,1,1,2/16/2015 12:00:00 AM,2/16/2015 12:00:00 AM,1,1,1' \
    '7,1,1,X,48.0,37.8,1,1,2/17/2015 12:00:00 AM,2/17/2015 12:00:00 AM,1,1,1' >"$work/twice.csv"
run import "$mission" --source ucdp "$work/twice.csv" --json
expect_status 0
expect_error TR0514
expect_out '"read":2,"accepted":0,"duplicates":0,"quarantined":2'
kept
finish

begin 'text in the wrong encoding is refused by line'
printf '{"id":"\377"}\n' >"$work/bytes.jsonl"
run import "$mission" --source native "$work/bytes.jsonl"
expect_said TR
kept
finish

begin 'importing a file again adds nothing'
run import "$mission" --source ucdp "$work/good.csv" --json
expect_status 0
expect_out '"read":1,"accepted":0,"duplicates":1,"quarantined":0,"not_recorded":0,"conflicts":0,"entries":0'
kept
finish

begin 'the clock of the record never goes back'
exercise=$work/exercise
"$truce" init "$exercise" --agreement "$agreement" --exercise >/dev/null 2>&1
run import "$exercise" --source ucdp "$work/good.csv"
expect_status 2
expect_error TR0925
run tick "$exercise" --at 2100-01-01T00:00:00Z
expect_status 0
run tick "$exercise" --at 2099-12-31T00:00:00Z
expect_status 2
expect_error TR0925
run log verify "$exercise"
expect_status 0
finish

begin 'an exercise keeps its stated time when rows come in'
run import "$exercise" --source ucdp "$work/good.csv"
expect_status 0
expect_equal "$(rows_of "$exercise")" 1 'rows on the record'
run status "$exercise" --json
expect_out '"now":"2100-01-01T00:00:00Z"'
finish

begin 'a live import stops when the clock of the machine is behind the record'
live=$work/live
"$truce" init "$live" --agreement "$agreement" >/dev/null 2>&1
printf '{"t":"2200-01-01T00:00:00.000000000Z","sigma_ms":0,"source":"system"}' >"$work/tick.json"
run submit "$live" "$work/tick.json" --type tick --role clock
expect_status 0
run import "$live" --source ucdp "$work/good.csv"
expect_status 2
expect_error TR0925
expect_equal "$(rows_of "$live")" 0 'rows on the record'
run tick "$live"
expect_status 2
expect_error TR0925
run log verify "$live"
expect_status 0
finish

begin 'a second process on the same mission is told so'
mkfifo "$work/pipe"
"$truce" import "$mission" --source native - <"$work/pipe" >/dev/null 2>&1 &
holder=$!
exec 9>"$work/pipe"
sleep 1
run import "$mission" --source ucdp "$work/good.csv"
expect_status 2
expect_error TR0
expect_said 'process'
exec 9>&-
wait "$holder"
run import "$mission" --source ucdp "$work/good.csv"
expect_status 0
kept
finish

begin 'reading goes on while another process writes'
"$truce" import "$mission" --source native - <"$work/pipe" >/dev/null 2>&1 &
holder=$!
exec 9>"$work/pipe"
sleep 1
run status "$mission"
expect_status 0
exec 9>&-
wait "$holder"
finish

begin 'a full disk stops the import, and what was acknowledged stays'
"$build/truce-sim" events --seed 5 --rows 1500 >"$work/many.csv"
full=$work/full
"$truce" init "$full" --agreement "$agreement" --replay >/dev/null 2>&1
status=0
(
    ulimit -f 400 # blocks of 512 bytes: no file may grow beyond 200 KiB
    exec "$truce" import "$full" --source ucdp "$work/many.csv"
) >"$work/out" 2>"$work/errors" </dev/null || status=$?
out=$work/out errors=$work/errors
expect_status 2
expect_error TR0
acknowledged=$(sed -n 's/.*: \([0-9]*\) of [0-9]* rows recorded.*/\1/p' "$errors" | tail -n 1)
run log verify "$full"
expect_status 0
[ "$(rows_of "$full")" -ge "${acknowledged:-0}" ] || fault "acknowledged $acknowledged rows, $(rows_of "$full") there"
run import "$full" --source ucdp "$work/many.csv"
expect_status 0
expect_equal "$(rows_of "$full")" 1500 'rows after going on'
finish

begin 'a disk without room stops the import, and what was acknowledged stays'
small=$work/small
mkdir "$small"
if mount -t tmpfs -o size=700k none "$small" 2>/dev/null; then
    "$truce" init "$small/mission" --agreement "$agreement" --replay >/dev/null 2>&1
    run import "$small/mission" --source ucdp "$work/many.csv"
    expect_status 2
    expect_error TR0
    acknowledged=$(sed -n 's/.*: \([0-9]*\) of [0-9]* rows recorded.*/\1/p' "$errors" | tail -n 1)
    run log verify "$small/mission"
    expect_status 0
    [ "$(rows_of "$small/mission")" -ge "${acknowledged:-0}" ] || fault "acknowledged $acknowledged rows"
    umount "$small"
else
    skip 'no right to mount a small disk'
fi
finish

begin 'a folder that may not be written is named'
if [ "$(id -u)" = 0 ]; then
    chmod 755 "$work"
    chmod -R a+rX "$mission"
    status=0
    setpriv --reuid 65534 --regid 65534 --clear-groups "$truce" import "$mission" --source ucdp "$work/many.csv" \
        >"$work/out" 2>"$work/errors" </dev/null || status=$?
else
    chmod -R a-w "$mission"
    run import "$mission" --source ucdp "$work/many.csv"
    chmod -R u+w "$mission"
fi
expect_status 2
expect_error TR
kept
finish

quarantines 'a local day that begins before 1970 in UTC is refused by itself' \
    '2,1,1,x,48.0,37.8,1,1,1970-01-01,1970-01-01,1,1,1' TR0508

for id in 'a b' '../x' 7 '' JC; do
    begin "\"$id\" is not the id of a source"
    run import "$mission" --source ucdp --as "$id" "$work/good.csv"
    expect_status 2
    expect_error TR0927
    kept
    finish
done

begin 'a pipe that is named as a file is not taken for an empty file'
mkfifo "$work/named-pipe"
cat "$work/good.csv" >"$work/named-pipe" &
run import "$mission" --source ucdp "$work/named-pipe"
wait $!
expect_status 2
expect_error TR0920
kept
finish

begin 'rows of the far future do not move the clock of a replay'
far=$work/far
"$truce" init "$far" --agreement "$agreement" --replay >/dev/null 2>&1
printf '%s\n%s\n%s\n' "$header" '1,1,1,x,48.0,37.8,1,1,2261-12-29,2261-12-31,1,1,1' \
    '2,1,1,x,48.0,37.8,1,1,2015-03-01,2015-03-01,1,1,1' >"$work/far.csv"
run import "$far" --source ucdp "$work/far.csv"
expect_status 0
expect_error TR0508
expect_equal "$(rows_of "$far")" 1 'rows on the record'
finish

begin 'a replay ticks at the begin of each local day, also after a midnight that the clock skips'
sed 's,Europe/Kyiv,Asia/Beirut,' "$agreement" >"$work/beirut.truce"
skips=$work/skips
"$truce" init "$skips" --agreement "$work/beirut.truce" --replay >/dev/null 2>&1
printf '%s\n%s\n' "$header" '1,1,1,x,48.0,37.8,1,1,2015-03-28,2015-03-28,1,1,1' >"$work/skips.csv"
run import "$skips" --source ucdp "$work/skips.csv"
expect_status 0
ticks=$(grep -a -o '"t":"[^"]*' "$skips/record/entries.dat" | cut -c 6-18 | tr '\n' ' ')
expect_equal "$ticks" '2015-03-27T22 2015-03-28T22 2015-03-29T21 2015-03-30T21 ' 'ticks'
finish

begin 'a replay recomputes from the entries, whatever the snapshot says'
run replay "$mission" --hash
cp "$out" "$work/before"
mv "$mission/snapshot" "$work/snapshot.kept"
run replay "$mission" --hash
cmp -s "$out" "$work/before" || fault "$(cat "$out")"
mv "$work/snapshot.kept" "$mission/snapshot"
finish

begin 'a folder that is no mission is named'
run status "$work"
expect_status 2
expect_error TR0923
finish

begin 'a mission is never made over another'
run init "$mission" --agreement "$agreement"
expect_status 2
expect_error TR0924
kept
finish
