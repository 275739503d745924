// Writes public/land.json: the land of the earth at 1:50 million, from the npm package
// world-atlas (Natural Earth, public domain), as rings of quantised, delta-coded integers.
// There are no state borders in it and none can be drawn from it.
//
// Form: {"q": 200, "rings": [[x0, y0, dx1, dy1, ...], ...]}, degrees times q, rounded;
// the closing point is not repeated. One step of 1/200 degree is about 0.5 km.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { feature } from 'topojson-client';

const Q = 200;
const here = (p) => fileURLToPath(new URL(p, import.meta.url));

/**
 * A ring without jumps at 180 degrees: longitudes run on past it, and the ring is given twice, a
 * turn apart, so that any area finds it. A ring around a pole is closed along the pole.
 */
export function unwrap(ring) {
  let turn = 0;
  const run = ring.map(([lon, lat], i) => {
    const before = i ? ring[i - 1][0] : lon;
    if (lon - before > 180) turn -= 360;
    else if (before - lon > 180) turn += 360;
    return [lon + turn, lat];
  });
  const crossed = run.some(([lon]) => Math.abs(lon) > 180.001);
  if (!crossed) return [ring];
  const first = run[0],
    last = run[run.length - 1];
  if (Math.abs(first[0] - last[0]) > 180) {
    const pole = first[1] < 0 ? -90 : 90;
    run.push([last[0], pole], [first[0], pole], first);
  }
  const shift = run.some(([lon]) => lon > 180.001) ? -360 : 360;
  return [run, run.map(([lon, lat]) => [lon + shift, lat])];
}

/** Delta-code one ring of [lon, lat]; null when rounding leaves fewer than three points. */
export function encodeRing(ring, q = Q) {
  const out = [];
  let px = 0,
    py = 0;
  for (const [lon, lat] of ring.slice(0, -1)) {
    const x = Math.round(lon * q),
      y = Math.round(lat * q);
    if (out.length && x === px && y === py) continue;
    out.push(x - px, y - py);
    px = x;
    py = y;
  }
  return out.length >= 6 ? out : null;
}

const topo = JSON.parse(readFileSync(here('../node_modules/world-atlas/land-50m.json'), 'utf8'));
const shape = feature(topo, topo.objects.land);
const rings = shape.features.flatMap((f) =>
  (f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates).flat(),
);
const coded = rings
  .flatMap(unwrap)
  .map((r) => encodeRing(r))
  .filter(Boolean);
mkdirSync(here('../public'), { recursive: true });
const text = JSON.stringify({ q: Q, rings: coded });
writeFileSync(here('../public/land.json'), text);
console.log(`land.json: ${coded.length} rings, ${Math.round(text.length / 1024)} KiB`);
