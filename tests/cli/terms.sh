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

begin 'the picture and the bounds know duties, open terms and amounts'
cat >"$work/sorts.truce" <<'T'
agreement "Sorts" version 1.0
time zone "Europe/Kyiv"
area 36.0 E 47.0 N to 39.0 E 49.0 N
signature 2026-01-20
agreement in force from 2026-02-01 00:00
party A "Party A"
party B "Party B"
class guns is weapon.artillery_100mm
act admit done when the actor reports access
quantity personnel "peacetime strength" in persons
3.1 A must admit within 14 days of in force
3.2 B must admit within 10 days of §3.1 fulfilled
3.3 A, B must not keep guns in area once §3.1 fulfilled
5.1 open "course of the border" decided by A, B
6.1 A must keep declared personnel <= 800,000, declared every 30 days
T
run diagram "$work/sorts.truce"
expect_status 0
expect_out 'prefers-color-scheme:dark'
expect_out 'Deadlines of duties after the entry into force'
expect_out '>24 days<'
expect_equal "$(grep -c 'class="bar' "$out")" 2 'bars'
expect_equal "$(grep -c 'class="box frames"' "$out")" 1 'open terms'
expect_equal "$(grep -c 'stroke-dasharray="5 3"' "$out")" 2 'arrows from what is waited for'
python3 -c "import sys, xml.dom.minidom as x; x.parse(sys.argv[1])" "$out" || fault 'not well formed'
run bounds "$work/sorts.truce"
expect_status 0
expect_equal "$(grep -c '^  memory' "$out")" 5 'clauses with a bound of memory'
expect_equal "$(grep -c '^  work' "$out")" 5 'clauses with a bound of work'
finish

begin 'compare sets two instruments side by side and finds what the one forbids and the other demands'
cat >"$work/first.truce" <<'T'
agreement "First instrument" version 1.0
time zone "Europe/Kyiv"
area 36.0 E 47.0 N to 39.0 E 49.0 N
agreement in force from 2026-02-01 00:00
party A "Party A"
party B "Party B"
guarantor G "Guarantor States"
body JMC "Joint Monitoring Commission" of A, B
zone east is box 37.6 E 47.2 N to 38.8 E 48.8 N, boundary inside
zone west is box 36.2 E 47.2 N to 37.0 E 48.8 N, boundary inside
class guns is weapon.artillery_100mm
act admit done when JMC reports access
act convene done when G reports the meeting
act station CLASS in ZONE done when none of CLASS seen in ZONE for 48 hours with coverage >= 60 %
2.1 A, B must not keep guns in east
3.1 A must admit within 14 days of in force
3.2 G must convene within 5 days of §3.1 fulfilled
T
sed -e 's/First/Second/; s/2.1 A, B must not keep guns in east/2.1 A must station guns in east within 20 days of in force/' \
    -e 's/within 14 days/within 36 hours/; s/JMC reports access/A reports access/; /^3.2/d' "$work/first.truce" >"$work/second.truce"
run compare "$work/first.truce" "$work/second.truce"
expect_status 1
expect_out '^A §3.1 beside B §3.1'
expect_out '    deadline  A     to have done within 14 calendar days of in force'
expect_out '    deadline  B     to have done within 36 hours of in force'
expect_out '    actor     both  actors A'
expect_out '^A §3.2, which B does not ask'
expect_out '^contradiction: A §2.1 and B §2.1: who does what the one demands breaks the other'
expect_out '^contradiction: A §3.1 and B §3.1: one act, and its completion'
run compare "$work/second.truce" "$work/first.truce" --json
expect_status 1
python3 - "$out" <<'P' || fault 'the JSON is not what it should be'
import json, sys
said = json.load(open(sys.argv[1]))
assert [(c['a'], c['b']) for c in said['contradictions']] == [('2.1', '2.1'), ('3.1', '3.1')], said
assert {'a': None, 'b': '3.2'} .items() <= {k: v for p in said['pairs'] if p['b'] == '3.2' for k, v in p.items()}.items()
P
sed -i 's/guns in east within/guns in west within/; s/A reports access/JMC reports access/' "$work/second.truce"
run compare "$work/first.truce" "$work/second.truce"
expect_status 0
expect_out '^no contradiction was found'
finish

begin 'the two drafts: what changed, who is said to have changed it, the numbers that were invented'
run diff $root/agreements/draft-28-points.truce $root/agreements/draft-20-points.truce
expect_status 1
expect_out '^      was  600,000$'
expect_out '^      is   800,000$'
expect_out '^    claimed by not reported: 600,000 became 800,000$'
expect_out '^    claimed by Ushakov: '
expect_out '^parameter grace  added$'
run check $root/agreements/draft-28-points.truce
expect_status 0
expect_out ':24: note: parameter limit is 10: invented for the example: no threshold is reported$'
run check $root/agreements/draft-28-points.truce --json
expect_status 0
expect_out '"name":"settlement","line":23,"value":"10 days","source":"invented for the example"'
run explain $root/agreements/draft-28-points.truce
expect_status 0
expect_out '^parameter share_tolerance is 2 %: invented for the example$'
expect_out '§1.1 .*no more than 600,000 persons'
run bounds $root/agreements/draft-28-points.truce
expect_out '^parameter calm is 3: invented for the example$'
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
line = changes['§2.2']['timeline']
assert 'sees weapon' in line['script'] and line['was'].startswith('not_observed') and line['is'].startswith('breached'), line
assert changes['§6.1']['timeline']['script'] is None and changes['§6.1']['timeline']['tried'] > 5
P
{ sed 's/8.1 JMC must notify A, B within 6 hours/9.1 JMC must notify A, B within 5 hours/; s/^article 8 /article 9 /' "$agreement"
  printf 'positions\n2.1 A agrees, B proposes "in the east alone"\npoint 9.1 was 8.1\nchange §9.1 "an hour less" claimed by "a delegate"\n'; } >"$work/moved.truce"
run diff "$agreement" "$work/moved.truce"
expect_status 1
expect_out '^    was point 8.1'
expect_out '^    claimed by a delegate: an hour less'
run diff "$work/moved.truce" "$work/moved.truce"
expect_status 0
sed 's/B proposes "in the east alone"/B agrees/' "$work/moved.truce" >"$work/agreed.truce"
run diff "$work/moved.truce" "$work/agreed.truce"
expect_status 1
expect_out '^position of B on §2.1 moved'
expect_out '^      was  proposes "in the east alone"'
run diff "$agreement" "$work/open.truce"
expect_status 2
run diff "$agreement"
expect_status 3
finish
