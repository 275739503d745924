# checks.sh -- `truce check`: findings, their cases, and who bears how much.
. "$here/lib.sh"
faulty=$root/tests/agreements/faulty

begin 'a clean text has no finding and exits with 0'
run check "$root/agreements/example-two-sides.truce"
expect_status 0
expect_out 'no findings'
finish

begin 'a warning is a finding: status 1, and its case reproduces it'
run check --cases "$work/must" "$faulty/must-and-must-not.truce"
expect_status 1
expect_out 'warning TR1404'
expect_said '1 cases, 1 of them with a timeline'
[ -f "$work/must/3.1-TR1404.case" ] || fault "no case of that name: $(ls "$work/must")"
run test "$work/must"
expect_status 0
expect_out '^2 passed, 0 failed'
finish

begin 'a case fails when the fault is mended'
sed -i 's|^2.2 A, B must not keep guns|2.2 A must not keep guns|' "$work/must/3.1-TR1404.case"
run test "$work/must"
expect_status 1
finish

begin 'an error is reproduced by its refusal, also with files beside the text'
run check --cases "$work/point" "$faulty/geometry-file-of-a-point.truce"
expect_status 1
[ -f "$work/point/point.geojson" ] || fault 'the geometry was not copied'
run test "$work/point"
expect_status 0
run check --cases "$work/bytes" "$faulty/not-utf-8.truce"
expect_status 1
run test "$work/bytes"
expect_status 0
finish

begin 'the agreement in the folder of its cases stays as it is'
mkdir "$work/own"
cp "$faulty/geometry-file-of-a-point.truce" "$faulty/point.geojson" "$work/own"
run check --cases "$work/own" "$work/own/geometry-file-of-a-point.truce"
expect_status 1
cmp -s "$faulty/geometry-file-of-a-point.truce" "$work/own/geometry-file-of-a-point.truce" || fault 'the agreement changed'
finish

begin 'symmetry counts what each actor bears'
run check --symmetry "$root/agreements/example-two-sides.truce"
expect_status 0
expect_out 'the parties bear the same numbers'
run check --symmetry --json "$faulty/must-and-must-not.truce"
expect_status 1
python3 - "$out" <<'P' || fault 'the JSON is not what it should be'
import json, sys
d = json.load(open(sys.argv[1]))
assert d['warnings'] == 1 and d['errors'] == 0 and d['findings'][0]['code'] == 'TR1404'
rows = {r['actor']: r for r in d['symmetry']}
assert rows['B']['duties'] == 1 and rows['A']['duties'] == 0 and rows['A']['prohibitions'] == 2
assert rows['JC']['responses'] == 2 and not rows['JC']['party']
P
finish

begin 'a folder that cannot be made is an error'
: >"$work/file"
run check --cases "$work/file/x" "$faulty/must-and-must-not.truce"
expect_status 2
expect_error TR0921
finish
