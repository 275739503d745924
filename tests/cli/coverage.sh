# coverage.sh -- every need has its sentence, its case, its file or its refusal, and docs/COVERAGE.md says so (tools/coverage).
. "$here/lib.sh"
begin 'every row of the coverage names something that compiles, passes, is there, or is refused'
python3 -B "$root/tools/coverage" "$truce" >"$work/COVERAGE.md" 2>"$work/errors" || fault "$(head -c 800 "$work/errors")"
expect_equal "$(grep -c '^| [0-9]' "$work/COVERAGE.md")" 73 'needs of the first table'
expect_equal "$(grep -c '^|  |' "$work/COVERAGE.md")" 48 'needs of the second table'
finish

begin 'docs/COVERAGE.md is what tools/coverage makes'
cmp -s "$work/COVERAGE.md" "$root/docs/COVERAGE.md" || fault 'run: tools/coverage build/test/truce >docs/COVERAGE.md'
finish

begin 'a row that names nothing real is found'
mkdir -p "$work/tree/tools" "$work/tree/cases"
cp "$root/tools/coverage" "$work/tree/tools/"
printf 'case "a title"\nagreement "x.truce"\nexpect incidents 0\n' >"$work/tree/cases/x.case"
printf '== T\n= 1  need\ncase cases/x.case | another title\n= 2  other\nrefuse 20.1 A must admit at once | TR0110\n= 3  empty\nsee nothing/here\n= 4  bare\n' \
    >"$work/tree/tools/coverage.rows"
! python3 -B "$work/tree/tools/coverage" "$truce" >/dev/null 2>"$work/errors" || fault 'it passed'
for what in 'there is no cases/x.case "another title"' 'is not refused by TR0110' 'there is no nothing/here' 'bare: nothing stands there'; do
    grep -q "$what" "$work/errors" || fault "no $what in: $(cat "$work/errors")"
done
finish
