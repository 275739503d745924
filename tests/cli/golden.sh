# golden.sh -- the demonstration from its own command: published figures and the hypothetical clause.
. "$here/lib.sh"
begin 'the demonstration prints the figures of two real cease-fires and the activation instants'
if [ -d "$root/../shared/data/ucdp" ]; then
    "$root/run" --no-serve --json --keep "$work/demo" >"$work/demo.json" 2>"$work/errors" || fault "$(tail -n 5 "$work/errors")"
    python3 - "$work/demo.json" <<'P' || fault 'the figures differ'
import json, sys
d = json.load(open(sys.argv[1]))
want = {'minsk-2-before': (295, 613), 'minsk-2-after': (64, 131), 'minsk-1-before': (603, 1104), 'minsk-1-after': (133, 572)}
for name, (events, deaths) in want.items():
    t = d['tallies'][name]
    assert t['count'][1] == events and t['deaths'][1] == deaths, (name, t['count'], t['deaths'])
    assert t['count'][0] <= t['count'][1] <= t['count'][2], name
[a] = d['status']['instances']
assert a['clause'] == '6.1' and a['reached_at'] == '2015-02-17T22:00:00Z', a
assert a['known_at'] == '2015-02-19T22:00:00Z' and a['count'][0] == 19, a
assert a['cleared_at'] == '2015-10-10T21:00:00Z' and a['cleared_known_at'] >= a['cleared_at'], a
assert d['status']['mission']['mode'] == 'replay'
P
else
    skip 'no data'
fi
finish

begin 'without a table the demonstration says that its lines are invented'
mkdir -p "$work/elsewhere/clone" && cp -r "$root/run" "$root/tools" "$root/packages.txt" "$root/agreements" "$work/elsewhere/clone/"
mkdir -p "$work/elsewhere/clone/build"
ln -s "$build/truce" "$build/truce-sim" "$work/elsewhere/clone/build/"
printf '#!/bin/sh\nexit 0\n' >"$work/elsewhere/clone/tools/build"
"$work/elsewhere/clone/run" --no-serve >"$work/out" 2>"$work/errors" </dev/null || fault "$(tail -n 5 "$work/errors")"
out=$work/out errors=$work/errors
expect_said INVENTED
expect_out reached_at
finish
