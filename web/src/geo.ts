// Plane drawing of lon/lat. Equirectangular about the middle of the agreement's area: one unit is one
// degree of latitude, x is scaled by the cosine of the middle latitude. Metres become units by M.
import type { LonLat, Place } from './types';

export const M = 1 / 111_195; // units (degrees of a great circle) in a metre, mean radius 6,371.0 km
const RAD = Math.PI / 180;

export interface Frame {
  lon0: number;
  lat0: number;
  cos: number;
}
export type XY = [number, number];

export function frameOf(area: [number, number, number, number]): Frame {
  const [w, s, e, n] = area;
  const lat0 = (s + n) / 2;
  return { lon0: (w + e) / 2, lat0, cos: Math.max(0.05, Math.cos(lat0 * RAD)) };
}
export const toXY = (f: Frame, lon: number, lat: number): XY => [(lon - f.lon0) * f.cos, f.lat0 - lat];
export const toLonLat = (f: Frame, [x, y]: XY): LonLat => [f.lon0 + x / f.cos, f.lat0 - y];

/** The piece of the plane on the screen: centre in units, pixels in a unit, size in pixels. */
export interface View {
  cx: number;
  cy: number;
  k: number;
  w: number;
  h: number;
}
export const toScreen = (v: View, [x, y]: XY): XY => [(x - v.cx) * v.k + v.w / 2, (y - v.cy) * v.k + v.h / 2];
export const fromScreen = (v: View, [x, y]: XY): XY => [
  (x - v.w / 2) / v.k + v.cx,
  (y - v.h / 2) / v.k + v.cy,
];

export function fit(f: Frame, area: [number, number, number, number], w: number, h: number): View {
  const [x0, y0] = toXY(f, area[0], area[3]),
    [x1, y1] = toXY(f, area[2], area[1]);
  const k = Math.min(w / Math.max(1e-6, x1 - x0), h / Math.max(1e-6, y1 - y0)) * 0.94;
  return { cx: (x0 + x1) / 2, cy: (y0 + y1) / 2, k, w, h };
}

/** Zoom by `factor` about a point of the screen. */
export function zoomAt(v: View, factor: number, at: XY, least: number, most: number): View {
  const k = Math.min(most, Math.max(least, v.k * factor));
  const [ux, uy] = fromScreen(v, at);
  return { ...v, k, cx: ux - (at[0] - v.w / 2) / k, cy: uy - (at[1] - v.h / 2) / k };
}

/** Sutherland-Hodgman: a ring cut to an upright box [x0, y0, x1, y1]. */
export function clipRing(ring: XY[], box: [number, number, number, number]): XY[] {
  let pts = ring;
  for (let side = 0; side < 4 && pts.length; side++) {
    const axis = side % 2,
      low = side < 2,
      edge = box[side]!;
    const inside = (p: XY) => (low ? p[axis]! >= edge : p[axis]! <= edge);
    const out: XY[] = [];
    pts.forEach((p, i) => {
      const q = pts[(i + pts.length - 1) % pts.length]!;
      if (inside(p) !== inside(q)) {
        const s = (edge - q[axis]!) / (p[axis]! - q[axis]!);
        const cut: XY = [q[0] + (p[0] - q[0]) * s, q[1] + (p[1] - q[1]) * s];
        cut[axis] = edge;
        out.push(cut);
      }
      if (inside(p)) out.push(p);
    });
    pts = out;
  }
  return pts;
}

const f2 = (x: number) => (Math.round(x * 100) / 100).toString();
export const pathOf = (pts: XY[], close = true) =>
  pts.length ? `M${pts.map(([x, y]) => `${f2(x)} ${f2(y)}`).join('L')}${close ? 'Z' : ''}` : '';

/** The coast alone: the ring without the pieces that run along the edge of the clip box. */
export function coastOf(ring: XY[], box: [number, number, number, number]): string {
  const onEdge = (p: XY, q: XY) => [0, 1, 2, 3].some((s) => p[s % 2] === box[s] && q[s % 2] === box[s]);
  let out = '',
    open = false;
  for (let i = 0; i <= ring.length; i++) {
    const q = ring[(i + ring.length - 1) % ring.length]!,
      p = ring[i % ring.length]!;
    const skip = i === 0 || onEdge(p, q);
    out += `${skip || !open ? 'M' : 'L'}${f2(p[0])} ${f2(p[1])}`;
    open = true;
  }
  return out;
}

/** Annulus sector from an observer, in pixels. Azimuths in hundredths of a degree, clockwise from north. */
export function sectorPath(c: XY, rMin: number, rMax: number, begin: number, end: number): string {
  const a0 = begin / 100,
    sweep = ((end - begin) / 100 + 360) % 360 || 360;
  if (sweep >= 359.99) {
    const ring = (r: number) =>
      `M${f2(c[0] - r)} ${f2(c[1])}a${f2(r)} ${f2(r)} 0 1 0 ${f2(2 * r)} 0a${f2(r)} ${f2(r)} 0 1 0 ${f2(-2 * r)} 0Z`;
    return ring(rMax) + (rMin > 0 ? ring(rMin) : '');
  }
  const at = (r: number, az: number): XY => [c[0] + r * Math.sin(az * RAD), c[1] - r * Math.cos(az * RAD)];
  const p = ([x, y]: XY) => `${f2(x)} ${f2(y)}`;
  const big = sweep > 180 ? 1 : 0,
    a1 = a0 + sweep;
  const inner =
    rMin > 0 ? `L${p(at(rMin, a1))}A${f2(rMin)} ${f2(rMin)} 0 ${big} 0 ${p(at(rMin, a0))}` : `L${p(c)}`;
  return `M${p(at(rMax, a0))}A${f2(rMax)} ${f2(rMax)} 0 ${big} 1 ${p(at(rMax, a1))}${inner}Z`;
}

/** Middle and outer radius in units of anything that can be drawn; null when it has no place. */
export function anchor(f: Frame, place: Place | undefined): { at: XY; r: number } | null {
  if (!place || place.kind === 'none' || place.kind === 'zone') return null;
  const c = toXY(f, place.lon, place.lat);
  if (place.kind === 'point') return { at: c, r: (place.r90_m ?? 0) * M };
  const sweep = ((place.az_end_cdeg - place.az_begin_cdeg) / 100 + 360) % 360 || 360;
  const mid = (place.az_begin_cdeg / 100 + sweep / 2) * RAD,
    r = ((place.r_min_m + place.r_max_m) / 2) * M;
  return {
    at: sweep >= 359 ? c : [c[0] + r * Math.sin(mid), c[1] - r * Math.cos(mid)],
    r: ((place.r_max_m - place.r_min_m) / 2) * M,
  };
}

export interface Mark<T> {
  item: T;
  at: XY;
  r: number;
}
export interface Cluster<T> {
  at: XY;
  items: T[];
}

/**
 * Joins marks that overlap on the screen: closer than `gap` pixels, or one's middle inside the other's
 * region. Works in units, so panning changes nothing; the first mark of a cluster is its place.
 */
export function cluster<T>(marks: Mark<T>[], k: number, gap = 40): Cluster<T>[] {
  const cell = Math.max(gap, 64) / k,
    grid = new Map<string, { at: XY; r: number; items: T[] }[]>();
  const out: { at: XY; r: number; items: T[] }[] = [];
  for (const m of marks) {
    const gx = Math.floor(m.at[0] / cell),
      gy = Math.floor(m.at[1] / cell);
    let home: { at: XY; r: number; items: T[] } | undefined;
    for (let dx = -1; dx <= 1 && !home; dx++)
      for (let dy = -1; dy <= 1 && !home; dy++) {
        home = grid.get(`${gx + dx} ${gy + dy}`)?.find((c) => {
          const d = Math.hypot(c.at[0] - m.at[0], c.at[1] - m.at[1]);
          return d < Math.max(gap / k, Math.min(cell, Math.min(c.r, m.r)));
        });
      }
    if (home) {
      home.items.push(m.item);
      continue;
    }
    const c = { at: m.at, r: m.r, items: [m.item] };
    out.push(c);
    const key = `${gx} ${gy}`,
      list = grid.get(key);
    if (list) list.push(c);
    else grid.set(key, [c]);
  }
  return out;
}

/** A round step (1, 2, 5 times a power of ten) not above `x`. */
export function roundStep(x: number): number {
  const p = 10 ** Math.floor(Math.log10(x)),
    m = x / p;
  return (m >= 5 ? 5 : m >= 2 ? 2 : 1) * p;
}
export function ticks(from: number, to: number, step: number): number[] {
  const out: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to + 1e-9; i++) out.push(i * step);
  return out;
}
