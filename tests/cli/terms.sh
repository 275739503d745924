# terms.sh -- the verbs around the text of an agreement.
. "$here/lib.sh"
agreement=$root/agreements/example-two-sides.truce

begin 'fmt prints the canonical layout, and what is in it already stays'
run fmt "$agreement"
expect_status 0
cp "$out" "$work/laid.truce"
run fmt "$work/laid.truce" --check
expect_status 0
run diff "$agreement" "$work/laid.truce"
expect_status 0
expect_out 'nothing changed but layout'
run_in "$work/laid.truce" fmt -
expect_status 0
cmp -s "$out" "$work/laid.truce" || fault 'standard input is laid out otherwise'
finish

begin 'fmt --check says where, --write mends it, and neither works by half'
printf 'agreement   "X" version 1.0 # a remark\n' >"$work/loose.truce"
chmod 640 "$work/loose.truce"
run fmt "$work/loose.truce" --check
expect_status 1
expect_out 'loose.truce:1: '
run fmt "$work/loose.truce" --write
expect_status 0
expect_equal "$(cat "$work/loose.truce")" 'agreement "X" version 1.0  # a remark' layout
expect_equal "$(stat -c %a "$work/loose.truce")" 640 mode
run fmt "$work/loose.truce" --check
expect_status 0
run fmt "$work/loose.truce" --check --write
expect_status 3
run fmt
expect_status 3
printf 'note "open\n' >"$work/open.truce"
run fmt "$work/open.truce" --write
expect_status 2
expect_error TR0103
expect_equal "$(cat "$work/open.truce")" 'note "open' 'the refused file'
run fmt "$work/nothing.truce"
expect_status 2
expect_error TR0920
finish

begin 'explain reads a clause of a file in plain words'
run explain "$agreement" 6.1
expect_status 0
expect_out 'becomes active when'
run explain "$agreement" '§2.1'
expect_status 0
expect_out 'must not commit'
run explain "$agreement" 9.9
expect_status 2
expect_error TR
finish

begin 'bounds says memory and work of every clause'
run bounds "$agreement"
expect_status 0
expect_equal "$(grep -c '^§' "$out")" 10 'clauses with a bound'
expect_equal "$(grep -c '^  memory' "$out")" 10 'bounds of memory'
expect_out 'grows with all items ever counted'
finish

begin 'diagram draws every clause, as lawful XML with text that can be selected'
sed 's/"Example of two sides"/"Two <sides> \& one"/' "$agreement" >"$work/signs.truce"
run diagram "$work/signs.truce"
expect_status 0
python3 - "$out" <<'P' || fault 'the picture is not what it should be'
import sys, xml.etree.ElementTree as E
ns = '{http://www.w3.org/2000/svg}'
top = E.parse(sys.argv[1]).getroot()
assert top.find(ns + 'title').text == 'Two <sides> & one'
assert 'deadlines' in top.find(ns + 'desc').text
assert top.get('role') == 'img'
text = ' '.join(t.text for t in top.iter(ns + 'text'))
for label in '2.1 2.2 2.3 6.1 6.2 7.1 7.2 7.3 7.4 8.1'.split():
    assert '§' + label in text, label
assert sum(1 for g in top.iter(ns + 'g') if g.find(ns + 'title') is not None) == 10
P
run diagram "$agreement" --out "$work/picture.svg"
expect_status 0
grep -q '</svg>' "$work/picture.svg" || fault 'no picture in the file'
finish

begin 'diff tells added, removed, changed in words only and changed in meaning'
sed -e 's/within 10 km/within 20 km/' -e '/^7.3 /d' -e 's/^8.1 JMC/8.1 JMC  # remark\n   /' \
    -e 's/^2.3 \(.*\)$/2.3 \1 cites "Annex" 1/' -e 's/within 1 hour of activation/within 2 hours of activation/' "$agreement" >"$work/new.truce"
printf '8.2 JMC must notify A within 8 hours of activation\n' >>"$work/new.truce"
sed -i 's/ cites "Annex" 1$//; s/    proof well_established/    proof well_established cites "Annex" 1/' "$work/new.truce"
run diff "$agreement" "$work/new.truce"
expect_status 1
expect_out '^zone DMZ  changed in meaning'
expect_out '^§2.1  changed in meaning'
expect_out '^§2.3  changed in words only'
expect_out '^§7.1  changed in meaning'
expect_out '^§7.3  removed'
expect_out '^§8.2  added'
! grep -q '^§8.1\|^§7.4' "$out" || fault 'a clause that is the same is listed'
run diff "$agreement" "$work/new.truce" --json
expect_status 1
python3 - "$out" <<'P' || fault 'the JSON is not what it should be'
import json, sys
changes = {c['subject']: c for c in json.load(open(sys.argv[1]))['changes']}
assert changes['§7.1']['change'] == 'meaning'
assert {'name': 'within', 'was': '1 hours', 'is': '2 hours'} in changes['§7.1']['fields']
assert changes['§2.3']['change'] == 'words' and changes['§7.3']['change'] == 'removed'
P
run diff "$agreement" "$work/open.truce"
expect_status 2
run diff "$agreement"
expect_status 3
finish
