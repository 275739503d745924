// What stands on the map above the ground: findings with their uncertainty, clusters, names, ticks, scale.
import { degrees, distance, num, span, where } from './format';
import { fromScreen, M, roundStep, sectorPath, ticks, toLonLat, toScreen, toXY } from './geo';
import type { Frame, View, XY } from './geo';
import { t } from './i18n';
import type { Finding, MapBody } from './types';

/** What marks, time bar and list share: which items are chosen, and which one is pointed at. */
export interface Selecting {
  selected: Set<string>;
  hover: string | null;
  onSelect: (ids: string[]) => void;
  onHover: (id: string | null) => void;
}

/** Names of zones and lines, once each, with `coarse` where the drawing is only that. */
export function Labels({ f, view, body, avoid }: { f: Frame; view: View; body: MapBody; avoid: XY[] }) {
  const name = (x: { name: string; coarse?: boolean }) =>
    x.coarse ? t('map.coarse', { name: x.name }) : x.name;
  const used: XY[] = [];
  const apart = (at: XY, o: XY, dx: number, dy: number) =>
    Math.abs(o[0] - at[0]) > dx || Math.abs(o[1] - at[1]) > dy;
  /** The place along the shape that is inside the picture, apart from other names, and nearest to free of marks. */
  const spot = (pts: [number, number][]): XY | null => {
    const free = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]
      .flatMap((share) => {
        const p = pts[Math.floor((pts.length - 1) * share)];
        return p ? [toScreen(view, toXY(f, ...p))] : [];
      })
      .filter(
        (at) =>
          at[0] > 20 &&
          at[0] < view.w - 140 &&
          at[1] > 60 &&
          at[1] < view.h - 40 &&
          used.every((u) => apart(at, u, 140, 14)),
      );
    const cost = (at: XY) => avoid.filter((m) => !apart([at[0] + 60, at[1] - 8], m, 85, 26)).length;
    const best = free.sort((a, b) => cost(a) - cost(b))[0];
    if (best) used.push(best);
    return best ?? null;
  };
  const all = [
    ...(body.lines ?? []).map((l) => ({ text: name(l), pts: l.points, bold: true })),
    ...(body.zones ?? []).map((z) => ({ text: name(z), pts: z.rings?.[0] ?? [], bold: false })),
  ];
  return (
    <g class="names">
      {all.map((a, i) => {
        const at = spot(a.pts);
        return (
          at && (
            <text key={i} class={a.bold ? 'lab' : 'lab thin'} x={at[0] + 6} y={at[1] - 6}>
              {a.text}
            </text>
          )
        );
      })}
    </g>
  );
}

export const radius = (x: Finding) => (x.place?.kind === 'point' ? (x.place.r90_m ?? 0) : 0);
/** Beyond this many pixels a region is drawn as outlines, and only they take the pointer. */
const VAST = 90;
const marked = (p: Selecting, ids: string[]) => ids.some((id) => p.selected.has(id) || p.hover === id);

/** One finding: disc of 90 % outline and 50 % fill, or an annulus sector from its observer. */
export function Region({ f, view, item, ...p }: Selecting & { f: Frame; view: View; item: Finding }) {
  const place = item.place!;
  if (place.kind !== 'point' && place.kind !== 'sector') return null;
  const c = toScreen(view, toXY(f, place.lon, place.lat)),
    px = (m: number) => m * M * view.k;
  const vast = place.kind === 'point' && px(place.r90_m ?? 0) > VAST;
  return (
    <g
      class={`mark${marked(p, [item.id]) ? ' sel' : ''}${vast ? ' vast' : ''}`}
      data-mark={item.id}
      onClick={() => p.onSelect([item.id])}
      onPointerEnter={() => p.onHover(item.id)}
      onPointerLeave={() => p.onHover(null)}
    >
      <title>{`${item.label}, ${span(item.begin, item.end)}, ${where(place)}`}</title>
      {place.kind === 'point' ? (
        <>
          <circle class="p90" cx={c[0]} cy={c[1]} r={Math.max(6, px(place.r90_m ?? 0))} />
          <circle class="p50" cx={c[0]} cy={c[1]} r={Math.max(3, px(place.r50_m ?? 0))} />
        </>
      ) : (
        <>
          <path
            class="wedge"
            d={sectorPath(c, px(place.r_min_m), px(place.r_max_m), place.az_begin_cdeg, place.az_end_cdeg)}
          />
          <circle class="obs" cx={c[0]} cy={c[1]} r="3.5" />
        </>
      )}
    </g>
  );
}

/** Several findings whose regions overlap: a ring with their number, thick for the certain share. */
export function Ring({ at, items, ...p }: Selecting & { at: XY; items: Finding[] }) {
  const ids = items.map((x) => x.id),
    r = 10 + Math.min(10, 2.4 * Math.log2(items.length)),
    round = 2 * Math.PI * r;
  const certain = items.filter((x) => x.in === 'certain').length / items.length;
  return (
    <g
      class={`mark${marked(p, ids) ? ' sel' : ''}`}
      data-mark={ids[0]}
      data-n={ids.length}
      onClick={() => p.onSelect(ids)}
    >
      <title>{t('map.cluster', { n: items.length })}</title>
      <circle class={`cl${items.some((x) => x.in) ? '' : ' plain'}`} cx={at[0]} cy={at[1]} r={r} />
      <circle
        class="share"
        cx={at[0]}
        cy={at[1]}
        r={r}
        stroke-dasharray={`${round * certain} ${round}`}
        transform={`rotate(-90 ${at[0]} ${at[1]})`}
      />
      <text class="cn" x={at[0]} y={at[1] + 4} text-anchor="middle">
        {num(items.length)}
      </text>
    </g>
  );
}

/** Ticks with degrees on two edges, nothing across the map. */
export function Graticule({ f, view }: { f: Frame; view: View }) {
  const [w, n] = toLonLat(f, fromScreen(view, [0, 0])),
    [e, s] = toLonLat(f, fromScreen(view, [view.w, view.h]));
  const lonStep = roundStep((e - w) / 3),
    latStep = roundStep((n - s) / 3);
  const digits = (step: number) => Math.max(0, -Math.floor(Math.log10(step)));
  return (
    <g class="grat">
      {ticks(w, e, lonStep).map((lon) => {
        const x = toScreen(view, toXY(f, lon, f.lat0))[0];
        return x < 150 || x > view.w - 30 ? null : (
          <g key={lon}>
            <path d={`M${x} ${view.h}v-6`} />
            <text class="tiny" x={x} y={view.h - 9} text-anchor="middle">
              {degrees(lon, 'lon', digits(lonStep))}
            </text>
          </g>
        );
      })}
      {ticks(s, n, latStep).map((lat) => {
        const y = toScreen(view, toXY(f, f.lon0, lat))[1];
        return y < 16 || y > view.h - 44 ? null : (
          <g key={lat}>
            <path d={`M0 ${y}h6`} />
            <text class="tiny" x="9" y={y + 3.5}>
              {degrees(lat, 'lat', digits(latStep))}
            </text>
          </g>
        );
      })}
    </g>
  );
}

export function ScaleBar({ view }: { view: View }) {
  const metres = roundStep(100 / (M * view.k)),
    px = metres * M * view.k;
  return (
    <g class="scale">
      <path d={`M10 ${view.h - 14}v4h${px}v-4`} />
      <text class="tiny" x={10 + px + 5} y={view.h - 9}>
        {distance(metres)}
      </text>
    </g>
  );
}

export const Legend = () => (
  <p class="legend" aria-hidden="true">
    <span>
      <svg width="22" height="12">
        <ellipse class="p90" cx="11" cy="6" rx="10" ry="5.4" />
        <ellipse class="p50" cx="11" cy="6" rx="4.5" ry="2.6" />
      </svg>
      {t('legend.region')}
    </span>
    <span>
      <svg width="22" height="12">
        <path class="wedge" d="M1 11L6 1h10l5 10Z" />
      </svg>
      {t('legend.sector')}
    </span>
    <span>
      <svg width="16" height="14">
        <circle class="cl" cx="8" cy="7" r="6" />
      </svg>
      {t('legend.cluster')}
    </span>
    <span>
      <svg width="16" height="12">
        <rect width="16" height="12" fill="url(#hatch)" />
      </svg>
      {t('word.not_observed')}
    </span>
  </p>
);
