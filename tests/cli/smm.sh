# smm.sh -- R-SMM against published totals, each row through the whole chain: file, record, tally.
. "$here/lib.sh"
begin 'R-SMM gives the published sum of every row that adds up, and not the one that does not'
totals=$root/../shared/data/smm/smm_totals.tsv
if [ -f "$totals" ]; then
    cat >"$work/smm.truce" <<'T'
agreement "Totals" version 1.0
time zone "Europe/Kyiv"
area 30.0 E 46.0 N to 40.0 E 51.0 N
party A "Party A"
party B "Party B"
class firing is fire
counting kinds version 1: R-SMM
article 1 "Cease-fire"
1.1 A, B must not commit firing from 2014-01-01 00:00
T
    python3 - "$totals" "$truce" "$work" <<'P' || fault 'the sums differ'
import csv, json, subprocess, sys
totals, truce, work = sys.argv[1:4]
rows = list(csv.DictReader(open(totals, encoding='utf-8'), delimiter='\t'))
KINDS = ['explosions', 'projectiles', 'muzzle_flashes', 'flares', 'bursts_shots']
number = lambda r, k: int(r[k]) if r[k] else None
checked = 0
for r in rows:
    file, folder = f'{work}/{r["id"]}.tsv', f'{work}/smm-{r["id"]}'
    with open(file, 'w', encoding='utf-8') as f:
        w = csv.DictWriter(f, r.keys(), delimiter='\t', lineterminator='\n', quoting=csv.QUOTE_NONE, quotechar=None)
        w.writeheader()
        w.writerow(r)
    run = lambda *a: subprocess.run([truce, *a], check=True, capture_output=True, text=True).stdout
    run('init', folder, '--agreement', f'{work}/smm.truce', '--replay')
    run('import', folder, '--source', 'smm-totals', file)
    t = json.loads(run('tally', folder, '--rule', 'R-SMM', '--from', '2014-01-01', '--to', '2025-01-01', '--json'))
    kinds = [number(r, k) for k in KINDS]
    total = number(r, 'total')
    best = t['count'][1]
    if r['id'] == 'C4':
        assert best == 13375 != total, (r['id'], best)
    elif r['id'].startswith('K'):
        assert best == number(r, 'own_sum'), (r['id'], best)
    else:
        assert best == total, (r['id'], best, total)
    if None not in kinds:
        parts = t['parts']
        assert sum(kinds) == best, r['id']
        for name, want in zip(('explosions', 'projectiles', 'muzzle_flashes', 'flares', 'bursts_shots'), kinds):
            assert parts[name][1] == want, (r['id'], name, parts)
    c, b, p = t['count']
    assert c <= b and (p == 'unbounded' or b <= p), t['count']
    assert (p == 'unbounded') == r['qualifier'].startswith('at least'), (r['id'], r['qualifier'], t['count'])
    checked += 1
print(checked, 'rows')
P
else
    skip 'no data'
fi
finish
