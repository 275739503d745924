#!/usr/bin/env python3
"""mfotl_check.py TRUCE WORK: a seeded record, judged by truce and, clause by clause, by an evaluator of its formulas that
shares nothing with it (mfotl.py).  Prints `ok NAME` or `FAIL NAME: why` for each check, exits 1 on one."""
import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import mfotl

TRUCE, WORK = sys.argv[1], sys.argv[2]
SEED, OBSERVATIONS = 20260301, 220
failed = False

TEXT = """agreement "Seeded" version 1.0
time zone "Europe/Kyiv"
area 36.0 E 47.0 N to 39.0 E 49.0 N
signature 2026-03-01
agreement in force from 2026-03-05 00:00
party A "Party A"
party B "Party B"
body JMC "Joint Monitoring Commission" of A, B
line midline is 37.60 E 47.60 N, 37.60 E 48.00 N, 37.60 E 48.60 N
zone strip is within 10 km of midline, boundary inside
zone east is box 37.6 E 47.2 N to 38.8 E 48.8 N, boundary outside
class firing is explosion or shot
class guns is weapon.artillery_100mm or weapon.mlrs
proof seen needs sources >= 1
counting incident version 1: R-INC
act admit done when JMC reports access
act inform to done when the actor reports the list
act leave done when JMC reports the place empty
act meet done when JMC reports the meeting
article 2 "Cease-fire"
2.1 A, B must not commit firing in strip from 2026-03-06 until 2026-04-10 proof seen
    except 2.1a "clearance" when notified to JMC 6 hours before
    except 2.1b "exercise" when exercise
2.2 A, B must not keep guns in east once §3.1 fulfilled
2.3 A, B must not commit firing in strip
2.4 A, B must not commit explosion-class in area from 2026-03-10
article 3 "Duties"
3.1 A must admit within 36 hours of in force
3.2 A, B must inform JMC within 14 days of §3.1 fulfilled
3.3 A, B must leave begin by day 3 of in force, finish within 480 hours of §3.1 fulfilled
3.4 B must leave by 2026-03-20
3.5 A must admit within 20 days of signature
article 6 "Thresholds"
6.1 day is
    active when count by incident of breaches of §2.3 by any party in strip over 24 hours > 3, by tally
    counting rung 0 or better, corroboration none, exercises out, contested in, as happened
    until count by incident of breaches of §2.3 by any party in strip over 24 hours < 2, for 12 hours
    on late facts review
6.2 week is
    active when count by incident of breaches of §2.3 by any party in strip over 7 days > 6, by tally
    counting rung 0 or better, corroboration none, exercises in, contested in, as happened
    until count by incident of breaches of §2.3 by any party in strip over 7 days < 4, for 2 days
    on compares certain, off compares possible
    on late facts review
6.3 known is
    active when count by incident of breaches of §2.3 by any party in strip over 24 hours > 4, by tally
    counting rung 0 or better, corroboration none, exercises out, contested in, as known
    until count by incident of breaches of §2.3 by any party in strip over 24 hours < 3, for 12 hours
article 7 "Ladder" on §6.1 active
7.1 JMC must meet within 12 hours of activation
7.2 JMC must admit within 30 hours of activation unless §6.1 ended
7.3 JMC must meet within 1 day of first breach
article 8 "Second ladder" on §6.2 active
8.1 JMC must meet within 2 days of activation
8.2 A may admit within 2 days of activation
article 9 "Third ladder" on §6.3 active
9.1 JMC must meet within 6 hours of activation
""".replace('class guns', 'class explosion-class is explosion\nclass guns')


def check(title, run):
    global failed
    try:
        run()
        print('ok', title)
    except Exception as e:  # every fault ends one check, not the rest
        failed = True
        print('FAIL', title + ':', type(e).__name__, e)


def truce(*words, ask=True):
    done = subprocess.run([TRUCE, *words], capture_output=True, text=True)
    if ask and done.returncode != 0:
        raise RuntimeError(f'truce {" ".join(words)}: {done.returncode} {done.stderr[:500]}')
    return done.stdout


def utc(t):
    return t.strftime('%Y-%m-%dT%H:%M:%S.000000000Z')


def path(name):
    return os.path.join(WORK, name)


def submit(kind, role, holder, body):
    with open(path('body.json'), 'w') as f:
        json.dump(body, f)
    truce('submit', path('m'), path('body.json'), '--type', kind, '--role', role, '--holder', holder)


def rows(draw, first):
    """Lulls and flurries, many on the edges of zones, some as long as a day, some exercises."""
    out, t = [], first
    for i in range(OBSERVATIONS):
        lull = draw.random() < 0.06
        t += timedelta(hours=draw.randint(40, 90)) if lull else timedelta(seconds=draw.choice([60, 600, 3600]) * draw.randint(1, 5))
        kind = draw.choice(['explosion', 'explosion.impact', 'shot', 'sniper', 'weapon.mlrs', 'weapon.tank', 'weapon.artillery_100mm'])
        lon = draw.choice([37.6, 37.72, 37.735, 37.75, 38.2, 36.9])
        out.append({'src_id': f'r{i}', 'kind': kind, 'platform': 'patrol', 'means': 'saw', 'conf_ppm': 1000000,
                    'happened': {'begin': utc(t), 'end': utc(t + timedelta(seconds=draw.choice([1, 60, 3600, 40000, 90000])))},
                    'place': {'kind': 'point', 'lat': 480000000 + draw.randint(-30, 30) * 100000, 'lon': round(lon * 10000000), 'r_m': draw.choice([100, 500, 3000])},
                    'count': {'best': 1, 'min': 1, 'max': 1}, 'assess': 'seeded', 'exercise': int(draw.random() < 0.1)})
    return out


def notice(draw, told):
    begin = told + timedelta(hours=draw.choice([2, 5, 6, 7]))
    submit('notification', 'party', 'A',
           {'from': 'A', 'to': ['JMC'], 'subject': 'clearance', 'planned': {'begin': utc(begin), 'end': utc(begin + timedelta(hours=20))},
            'place': draw.choice([{'kind': 'none'}, {'kind': 'zone', 'zone': 'strip', 'zv': 1}])})


def response(activation, step, on, role='body', holder='JMC'):
    submit('response', role, holder, {'activation': activation, 'step': step, 'status': 'done', 'on': on, 'text': 'seeded'})


def found_mission():
    """Told as it happens: every eight hours a tick, now and then a notice, then the rows of these hours, one in ten of them days later."""
    draw, first = random.Random(SEED), datetime(2026, 3, 3, 7, tzinfo=timezone.utc)
    with open(path('seeded.truce'), 'w') as f:
        f.write(TEXT)
    truce('init', path('m'), '--agreement', path('seeded.truce'), '--exercise')
    told = [(datetime.strptime(r['happened']['end'][:19], '%Y-%m-%dT%H:%M:%S').replace(tzinfo=timezone.utc)
             + timedelta(days=draw.choice([0] * 9 + [5])), r) for r in rows(draw, first)]
    for turn in range(120):
        now = first + timedelta(hours=8 * turn)
        truce('tick', path('m'), '--at', utc(now))
        if turn % 9 == 0:
            notice(draw, now)
        ready = [r for t, r in told if now - timedelta(hours=8) <= t < now]
        if ready:
            with open(path('rows.jsonl'), 'w') as f:
                f.writelines(json.dumps(r) + '\n' for r in ready)
            said = truce('import', path('m'), path('rows.jsonl'), '--source', 'native', '--as', 'P1')
            assert f'{len(ready)} accepted' in said, said
    response('o-3.1', '3.1', '2026-03-06T05:00:00.000000000Z')
    response('o-3.2-A', '3.2', '2026-03-20T04:59:00.000000000Z', 'party', 'A')
    response('o-3.2-B', '3.2', '2026-03-25T00:00:00.000000000Z', 'party', 'B')
    response('o-3.3-A', '3.3', '2026-03-26T05:00:00.000000000Z')
    response('o-3.4', '3.4', '2026-03-19T00:00:00.000000000Z')
    truce('tick', path('m'), '--at', '2026-04-13T00:00:00Z')


def board():
    return {c['label']: c for c in json.loads(truce('status', path('m'), '--json'))['clauses']}


def evaluator_by_hand():
    """Small logs whose answers are plain."""
    log = mfotl.read_log('@1 p("a",1)\n@5 q("a") p("b",2)\n@9 r()\n@20 q("b")', {'p': ['string', 'int'], 'q': ['string'], 'r': []})
    for formula, want in (('p(x, n) AND (n >= 2)', {('b', 2)}), ('q(x) AND (ONCE[4,4] (EXISTS n. (p(x, n))))', {('a',)}),
                          ('q(x) AND (NOT (ONCE[0,10] (EXISTS n. (p(x, n)))))', {('b',)}), ('EXISTS c. ((c <- CNT x (ONCE q(x))) AND (c >= 3))', set()),
                          ('(c <- CNT x (ONCE q(x))) AND (c >= 2)', {(2,)}), ('PREV q(x)', {('a',)}), ('(NOT r()) SINCE q(x)', {('a',), ('b',)}),
                          ('(EXISTS y. ((NOT r()) SINCE q(y))) AND r()', set()), ('q(x) AND ((x = "a") OR (x = "c"))', {('a',)}),
                          ('(EXISTS n. (ONCE[3,*] p(x, n))) AND (NOT (ONCE q(x)))', {('b',)})):
        assert mfotl.answers(formula, log) == want, (formula, mfotl.answers(formula, log))


def events_as_declared():
    global points
    said = truce('export', path('seeded.truce'), '--mfotl', '--log', path('m'), '--out', path('out'))
    for label, why in (('6.3', 'judged as known'), ('8.2', 'an option')):
        assert f'§{label}  not expressed: {why}' in said, said
        assert not os.path.exists(path(f'out/{label}.mfotl'))
    with open(path('out/truce.sig')) as f:
        signature = mfotl.read_signature(f.read())
    with open(path('out/record.log')) as f:
        points = mfotl.read_log(f.read(), signature)
    assert len(points) > 1000, len(points)


def found_by(label, log=None):
    with open(path(f'out/{label}.mfotl')) as f:
        return {row[0] if len(row) == 1 else row for row in mfotl.answers(f.read(), log or points)}


def breaches(label):
    said = json.loads(truce('findings', path('m'), '--clause', label, '--json'))
    assert said['total'] == len(said['findings'])
    return {f['incident'] for f in said['findings'] if f['in'] == 'certain'}


def moment(text):
    return int(datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc).timestamp())


def instances(label):
    return [i for i in json.loads(truce('status', path('m'), '--json'))['instances'] if i['clause'] == label]


def missed_steps(label, threshold):
    return {i['id'] for i in instances(threshold) if f'§{label} missed' in truce('explain', path('m'), i['id'])}


def same(label, got, want, least):
    assert got == want, f'only the formula: {sorted(got - want)[:4]}; only truce: {sorted(want - got)[:4]}'
    assert len(want) >= least, f'only {len(want)}: the seeded record shows too little'
    print(f'ok §{label}: {len(want)} by truce and by its formula')


def clause_by_clause():
    for label, least in (('2.1', 10), ('2.2', 20), ('2.3', 20), ('2.4', 30)):
        same(label, found_by(label), breaches(label), least)
    duties = board()
    for label, least in (('3.1', 0), ('3.2', 1), ('3.3', 2), ('3.4', 0), ('3.5', 1)):
        same(label, found_by(label), {d['actor'] for d in duties[label]['duties'] if d['state'] in ('breached', 'cured')}, least)
    for label, least in (('6.1', 3), ('6.2', 1)):
        same(label, found_by(label), {moment(i['reached_at']) for i in instances(label)}, least)
    for label, threshold, least in (('7.1', '6.1', 3), ('7.2', '6.1', 3), ('7.3', '6.1', 2), ('8.1', '6.2', 1)):
        same(label, found_by(label), missed_steps(label, threshold), least)


def another_log_gives_other_answers():
    shorter = [(t, e) for t, e in points if t < 1774000000]
    assert found_by('2.3', shorter) < breaches('2.3')
    quiet = [(t, {n: rows for n, rows in e.items() if n != 'in_zone'}) for t, e in points]
    assert found_by('2.3', quiet) == set() and found_by('2.4', quiet) == breaches('2.4')


for title, one in (('the evaluator agrees with small logs worked out by hand', evaluator_by_hand), ('a seeded record is founded', found_mission),
                   ('events stand in order and as the signature says', events_as_declared), ('every expressed clause is judged alike', clause_by_clause),
                   ('another log gives other answers', another_log_gives_other_answers)):
    check(title, one)
sys.exit(1 if failed else 0)
