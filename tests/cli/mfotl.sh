# mfotl.sh -- clauses as formulas: an evaluator that shares nothing with truce finds the same (mfotl_check.py).
. "$here/lib.sh"
mkdir -p "$work/mfotl"
timeout 900 python3 -B "$here/mfotl_check.py" "$truce" "$work/mfotl" >"$work/said" 2>&1
while read -r word title; do
    case $word in
    ok) passed=$((passed + 1)) ;;
    *) failed=$((failed + 1)); echo "FAIL $title" ;;
    esac
done <"$work/said"
begin 'every clause of the seeded agreement was compared'
expect_equal "$(grep -c '^ok\|^FAIL' "$work/said")" 20 'checks of formulas'
finish

begin 'formulas of a file go to standard output; another agreement than the record has is refused'
run export "$root/agreements/example-two-sides.truce" --mfotl
expect_status 0
expect_out '^# §2.1 '
expect_out '(ONCE in_zone(i, "DMZ"))'
expect_out '^# not expressed: judged as known'
run export "$root/agreements/example-two-sides.truce" --mfotl --log "$work/mfotl/m"
expect_status 2
expect_error TR0929
run export "$root/agreements/example-two-sides.truce"
expect_status 3
finish
