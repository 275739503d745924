import test from 'node:test';
import assert from 'node:assert/strict';
import { load } from './load.mjs';

const f = await load('format.ts'),
  geo = await load('geo.ts'),
  tl = await load('timeline.tsx'),
  route = await load('route.ts');

test('times are local to the zone of the agreement, with 24 hours', () => {
  f.setZone('Europe/Berlin');
  assert.equal(f.time('2015-02-14T22:00:00Z'), 'Sat 14 Feb 2015 23:00');
  assert.equal(f.time('2015-07-14T22:30:00Z'), 'Wed 15 Jul 2015 00:30');
  assert.equal(f.time('not a time'), 'not a time');
  f.setZone('No/Such');
  assert.equal(f.zoneName(), 'UTC');
});
test('a span names a day once, and whole days without hours', () => {
  assert.equal(f.span('2015-02-14T10:00:00Z', '2015-02-14T12:00:00Z'), 'Sat 14 Feb 2015 10:00 to 12:00');
  assert.equal(f.span('2015-02-14T00:00:00Z', '2015-02-15T00:00:00Z'), 'Sat 14 Feb 2015');
  assert.equal(f.span('2015-02-14T00:00:00Z', '2015-02-16T00:00:00Z'), 'Sat 14 Feb 2015 to Sun 15 Feb 2015');
  assert.equal(f.span('2015-02-14T10:00:00Z'), 'Sat 14 Feb 2015 10:00');
});
test('durations, intervals, shares and unbounded numbers', () => {
  assert.equal(f.duration(11_868_000), '3:17:48');
  assert.equal(f.duration(86_399_999), '23:59:59');
  assert.equal(f.duration(86_400_000), '1 d 0 h');
  assert.equal(f.duration(-5), '0:00:00');
  assert.equal(f.interval([24, 26, 33]), '26 [24, 33]');
  assert.equal(f.interval([1, 2, 'unbounded']), '2 [1, ∞]');
  assert.equal(f.share(1e6), '100\u202f%');
  assert.equal(f.share(1e6 + 1), '100\u202f%');
  assert.equal(f.share(0), '0\u202f%');
});
test('a share is rounded half up to a tenth, and never to all or nothing', () => {
  assert.equal(f.share(999_999), '99.9\u202f%');
  assert.equal(f.share(999_499), '99.9\u202f%');
  assert.equal(f.share(272_727), '27.3\u202f%');
  assert.equal(f.share(634_499), '63.4\u202f%');
  assert.equal(f.share(634_500), '63.5\u202f%');
  assert.equal(f.share(500), '0.1\u202f%');
  assert.equal(f.share(499), '<\u202f0.1\u202f%');
  assert.equal(f.share(1), '<\u202f0.1\u202f%');
});
test('a place is said with its uncertainty', () => {
  assert.equal(
    f.where({ kind: 'point', lat: 48.1, lon: -37.5, r90_m: 2500 }),
    '48.1° N, 37.5° W, 90 % within 2.5 km',
  );
  assert.match(f.where({ kind: 'point', lat: 48, lon: 37 }), /uncertainty not stated/);
  assert.match(
    f.where({
      kind: 'sector',
      lat: 48,
      lon: 37,
      r_min_m: 900,
      r_max_m: 5000,
      az_begin_cdeg: 35000,
      az_end_cdeg: 1000,
    }),
    /900 m to 5 km, bearing 350° to 10°/,
  );
  assert.equal(f.where(undefined), 'without place');
});
test('plane drawing keeps scale and comes back', () => {
  const frame = geo.frameOf([20, 59, 22, 61]),
    view = geo.fit(frame, [20, 59, 22, 61], 500, 400);
  const p = geo.toLonLat(frame, geo.fromScreen(view, geo.toScreen(view, geo.toXY(frame, 20.5, 60.25))));
  assert.ok(Math.abs(p[0] - 20.5) < 1e-9 && Math.abs(p[1] - 60.25) < 1e-9);
  const [ax] = geo.toXY(frame, 20, 60),
    [bx] = geo.toXY(frame, 21, 60),
    [, cy] = geo.toXY(frame, 20, 61);
  assert.ok(
    Math.abs((bx - ax) / -cy - 0.5) < 1e-3,
    'at 60 degrees a degree of longitude is half a degree of latitude',
  );
});
test('clipping keeps the inside and never leaves the box', () => {
  const square = [
    [-2, -2],
    [2, -2],
    [2, 2],
    [-2, 2],
  ];
  assert.deepEqual(
    new Set(geo.clipRing(square, [-1, -1, 1, 1]).map(String)),
    new Set(['-1,-1', '1,-1', '1,1', '-1,1']),
  );
  assert.deepEqual(
    geo.clipRing(
      [
        [3, 3],
        [4, 3],
        [4, 4],
      ],
      [-1, -1, 1, 1],
    ),
    [],
  );
  const inner = [
    [0, 0],
    [0.5, 0],
    [0, 0.5],
  ];
  assert.deepEqual(new Set(geo.clipRing(inner, [-1, -1, 1, 1]).map(String)), new Set(inner.map(String)));
});
test('clusters lose nothing, and separate marks stay apart', () => {
  const mark = (x, y, r = 0) => ({ item: `${x} ${y}`, at: [x, y], r });
  const marks = [mark(0, 0), mark(0.1, 0), mark(5, 5), mark(5, 9, 3)],
    c = geo.cluster(marks, 100, 30);
  assert.equal(
    c.reduce((s, x) => s + x.items.length, 0),
    marks.length,
  );
  assert.deepEqual(c.map((x) => x.items.length).sort(), [1, 1, 2]);
});
test('a sector through north and a whole ring are drawn', () => {
  assert.match(
    geo.sectorPath([0, 0], 10, 20, 35000, 1000),
    /^M-3\.47 -19\.7A20 20 0 0 1 3\.47 -19\.7L1\.74 -9\.85A10 10 0 0 0 -1\.74 -9\.85Z$/,
  );
  assert.match(geo.sectorPath([0, 0], 0, 20, 0, 0), /a20 20 0 1 0 40 0/);
  assert.match(geo.sectorPath([0, 0], 0, 20, 0, 27000), /A20 20 0 1 1/);
});
test('what was not observed is the domain without the exposure', () => {
  const w = (from, to) => ({ from, to });
  assert.deepEqual(tl.holesOf([w(0, 4), w(3, 6), w(8, 10)], w(0, 10)), [w(6, 8)]);
  assert.deepEqual(tl.holesOf([], w(0, 10)), [w(0, 10)]);
  assert.deepEqual(tl.holesOf([w(-5, 20)], w(0, 10)), []);
});
test('an address comes back as it went', () => {
  const r = route.parseRoute(route.href('finding', 'f-1.1/ä', { from: '2015-01-01T00:00:00Z' }));
  assert.deepEqual([r.view, r.part, r.query.get('from')], ['finding', 'f-1.1/ä', '2015-01-01T00:00:00Z']);
  assert.deepEqual(route.parseRoute('').view, 'overview');
  assert.equal(route.parseRoute('#/finding/%E0%A4%A').part, '%E0%A4%A');
});
