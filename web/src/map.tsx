// The map: land, the agreement's lines and zones, and findings with their uncertainty to scale.
// No state borders, and it says so. Precision is what the server sent; zooming never adds any.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { span, where } from './format';
import { anchor, cluster, fit, frameOf, pathOf, toScreen, toXY, zoomAt } from './geo';
import type { Frame, Mark, View, XY } from './geo';
import { t, type Key } from './i18n';
import { LAND_SCALE, loadLand, type Land } from './land';
import { Graticule, Labels, Legend, radius, Region, Ring, ScaleBar, type Selecting } from './marks';
import { Msg } from './parts';
import { href } from './route';
import type { Finding, MapBody } from './types';

export interface MapProps extends Selecting {
  body: MapBody;
  items: Finding[];
  total: number;
  /** False while the first list is on its way: no number is shown yet. */
  known: boolean;
  /** The list could not be read: an empty map must not look like an empty record. */
  unread?: boolean;
  /** Nothing was observed in the chosen window. */
  blind?: boolean;
  /** A piece of the area to show first. */
  focus?: [number, number, number, number] | undefined;
}

let landCache: { key: string; land: Promise<Land> } | null = null;
function landFor(f: Frame, area: MapBody['area']): Promise<Land> {
  const key = area.join(' ');
  if (landCache?.key !== key) landCache = { key, land: loadLand(f, area) };
  return landCache.land;
}

/** Land, once the page stands: after the first paint, when the machine has time. */
function useLand(f: Frame, area: MapBody['area']): { land: Land | null; failed: boolean } {
  const [land, set] = useState<Land | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let live = true;
    const timer = setTimeout(
      () =>
        landFor(f, area).then(
          (l) => {
            if (live) set(l);
          },
          () => {
            landCache = null;
            if (live) setFailed(true);
          },
        ),
      60,
    );
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [area.join(' ')]);
  return { land, failed };
}

/** The size of the drawing and its view; the first size is known before the first paint. */
function useView(f: Frame, area: MapBody['area']) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>(() => fit(f, area, 520, 520));
  const home = useRef<View>(view);
  useLayoutEffect(() => {
    const el = box.current!;
    const resize = () => {
      const w = el.clientWidth,
        h = el.clientHeight;
      if (!w || !h) return;
      const before = home.current,
        next = fit(f, area, w, h);
      home.current = next;
      setView((v) => (v.cx === before.cx && v.cy === before.cy && v.k === before.k ? next : { ...v, w, h }));
    };
    resize();
    const watch = new ResizeObserver(resize);
    watch.observe(el);
    return () => watch.disconnect();
  }, [area.join(' ')]);
  return { box, view, setView, home };
}

export function MapView(props: MapProps) {
  const { body, items, total } = props;
  const f = useMemo(() => frameOf(body.area), [body.area.join(' ')]);
  const { box, view, setView, home } = useView(f, props.focus ?? body.area);
  const [table, setTable] = useState(false);
  const { land, failed } = useLand(f, body.area);

  const marks = useMemo(
    () =>
      items.flatMap((item): Mark<Finding>[] => {
        const a = anchor(f, item.place);
        return a ? [{ item, ...a }] : [];
      }),
    [items, f],
  );
  const clusters = useMemo(() => cluster(marks, view.k), [marks, view.k]);
  // The widest regions lie lowest, so that they hide no other.
  const single = clusters
    .filter((c) => c.items.length === 1)
    .map((c) => c.items[0]!)
    .sort((a, b) => radius(b) - radius(a));
  const many = clusters.filter((c) => c.items.length > 1);
  const inClusters = many.reduce((s, c) => s + c.items.length, 0);
  const without = items.length - marks.length,
    missing = Math.max(0, total - items.length);

  const least = home.current.k / 3,
    most = home.current.k * 400;
  const zoom = (factor: number, at?: XY) =>
    setView((v) => zoomAt(v, factor, at ?? [v.w / 2, v.h / 2], least, most));
  const pan = (dx: number, dy: number) =>
    setView((v) => ({ ...v, cx: v.cx - dx / v.k, cy: v.cy - dy / v.k }));
  const drag = useDrag(box, pan, zoom);

  const onKey = (e: KeyboardEvent) => {
    const step: Record<string, XY> = {
      ArrowLeft: [48, 0],
      ArrowRight: [-48, 0],
      ArrowUp: [0, 48],
      ArrowDown: [0, -48],
    };
    const s = step[e.key];
    if (s) pan(...s);
    else if (e.key === '+' || e.key === '=') zoom(1.5);
    else if (e.key === '-') zoom(1 / 1.5);
    else if (e.key === '0') setView(home.current);
    else if (e.key === 'Escape') props.onSelect([]);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };

  // A changed sentence is a new node, so that numbers of another width move nothing.
  const summary = (
    <span
      key={`${single.length} ${inClusters} ${many.length} ${without} ${missing}`}
      class="mapsum"
      hidden={!props.known}
      data-drawn={single.length}
      data-clustered={inClusters}
      data-unplaced={without}
      data-missing={missing}
      data-total={total}
    >
      <Msg id="map.drawn" args={{ n: single.length }} />
      {', '}
      <Msg id="map.clustered" args={{ m: inClusters, n: many.length }} />
      {', '}
      <Msg id="map.without" args={{ n: without }} />
      {missing > 0 && (
        <>
          {', '}
          <Msg id="map.missing" args={{ n: missing }} />
        </>
      )}
    </span>
  );

  return (
    <section class="panel mappanel" aria-labelledby="map">
      <header>
        <h2 id="map">{t('map.title')}</h2>
        {summary}
        <span class="end">
          <button class="btn quiet" aria-pressed={table} onClick={() => setTable(!table)}>
            {t(table ? 'map.as_map' : 'map.as_table')}
          </button>
        </span>
      </header>
      {table && <PlaceTable items={items} />}
      <div class="mapbox" ref={box} hidden={table}>
        <svg
          class="map"
          viewBox={`0 0 ${view.w} ${view.h}`}
          tabindex={0}
          role="group"
          onKeyDown={onKey}
          {...drag}
          aria-label={t('map.label', {
            drawn: single.length,
            clustered: inClusters,
            clusters: many.length,
            without,
          })}
        >
          <rect class="water" width={view.w} height={view.h} />
          <Ground f={f} view={view} land={land} body={body} />
          {props.blind && <rect class="blind" width={view.w} height={view.h} fill="url(#hatch)" />}
          <g>
            {single.map((x) => (
              <Region key={x.id} f={f} view={view} item={x} {...props} />
            ))}
          </g>
          <g>
            {many.map((c) => (
              <Ring key={c.items[0]!.id} {...props} at={toScreen(view, c.at)} items={c.items} />
            ))}
          </g>
          <Labels f={f} view={view} body={body} avoid={clusters.map((c) => toScreen(view, c.at))} />
          <Graticule f={f} view={view} />
          <ScaleBar view={view} />
          <text class="tiny note" x={view.w - 8} y={16} text-anchor="end">
            {t('map.no_borders')}
          </text>
          {props.blind && (
            <text class="lab" x={view.w / 2} y={view.h / 2} text-anchor="middle">
              {t('word.not_observed')}
            </text>
          )}
          {props.unread && (
            <text class="lab" x={view.w / 2} y={view.h / 2} text-anchor="middle">
              {t('map.unread')}
            </text>
          )}
          {failed && (
            <text class="tiny" x={view.w - 8} y={30} text-anchor="end">
              {t('map.no_land')}
            </text>
          )}
        </svg>
        <div class="mapbtns">
          <button class="btn" aria-label={t('map.zoom_in')} onClick={() => zoom(1.6)}>
            +
          </button>
          <button class="btn" aria-label={t('map.zoom_out')} onClick={() => zoom(1 / 1.6)}>
            −
          </button>
          <button class="btn" onClick={() => setView(home.current)}>
            {t('map.fit')}
          </button>
        </div>
      </div>
      {!table && <Legend />}
    </section>
  );
}

/** Dragging with one pointer moves, with two pointers zooms; the wheel zooms about its place. */
function useDrag(
  box: { current: HTMLDivElement | null },
  pan: (dx: number, dy: number) => void,
  zoom: (f: number, at?: XY) => void,
) {
  const held = useRef(new Map<number, XY>());
  const place = (e: MouseEvent): XY => {
    const r = box.current!.getBoundingClientRect();
    return [e.clientX - r.left, e.clientY - r.top];
  };
  useEffect(() => {
    const el = box.current!;
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      zoom(Math.exp(-Math.max(-200, Math.min(200, e.deltaY)) / 300), place(e));
    };
    el.addEventListener('wheel', wheel, { passive: false });
    return () => el.removeEventListener('wheel', wheel);
  }, []);
  return {
    onPointerDown: (e: PointerEvent) => {
      if ((e.target as Element).closest('[data-mark]')) return;
      held.current.set(e.pointerId, place(e));
      (e.currentTarget as Element).setPointerCapture(e.pointerId);
    },
    onPointerMove: (e: PointerEvent) => {
      const was = held.current.get(e.pointerId);
      if (!was) return;
      const now = place(e),
        other = [...held.current].find(([id]) => id !== e.pointerId)?.[1];
      if (other) {
        const d = (p: XY) => Math.max(8, Math.hypot(p[0] - other[0], p[1] - other[1]));
        zoom(d(now) / d(was), other);
      } else pan(now[0] - was[0], now[1] - was[1]);
      held.current.set(e.pointerId, now);
    },
    onPointerUp: (e: PointerEvent) => {
      held.current.delete(e.pointerId);
    },
    onPointerCancel: (e: PointerEvent) => {
      held.current.delete(e.pointerId);
    },
  };
}

/** Land, zones and lines, drawn once in units and moved by one transform. */
function Ground({ f, view, land, body }: { f: Frame; view: View; land: Land | null; body: MapBody }) {
  const s = LAND_SCALE;
  const shapes = useMemo(() => {
    const path = (pts: [number, number][], close: boolean) =>
      pathOf(
        pts.map(([lon, lat]): XY => {
          const [x, y] = toXY(f, lon, lat);
          return [x * s, y * s];
        }),
        close,
      );
    return {
      zones: (body.zones ?? []).map((z) => ({ z, d: (z.rings ?? []).map((r) => path(r, true)).join('') })),
      lines: (body.lines ?? []).map((l) => ({ l, d: path(l.points, false) })),
    };
  }, [body, f]);
  const k = view.k / s;
  return (
    <g transform={`translate(${view.w / 2 - view.cx * view.k} ${view.h / 2 - view.cy * view.k}) scale(${k})`}>
      {land && (
        <>
          <path class="land" d={land.fill} fill-rule="evenodd" />
          <path class="coast" d={land.coast} />
        </>
      )}
      {shapes.zones.map(({ z, d }) => (
        <path key={z.name} class="zone" d={d} fill-rule="evenodd">
          <title>{z.name}</title>
        </path>
      ))}
      {shapes.lines.map(({ l, d }) => (
        <path key={l.name} class={`cline${l.coarse ? ' coarse' : ''}`} d={d}>
          <title>{l.name}</title>
        </path>
      ))}
    </g>
  );
}

const PAGE = 100;
function PlaceTable({ items }: { items: Finding[] }) {
  const cols: Key[] = ['col.what', 'col.when', 'col.where'];
  return (
    <div class="mapbox scroller" tabIndex={0} role="region" aria-label={t('map.as_table')}>
      <table>
        <thead>
          <tr>
            {cols.map((c) => (
              <th key={c} scope="col">
                {t(c)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.slice(0, PAGE).map((x) => (
            <tr key={x.id}>
              <td>
                <a href={href('finding', x.id)}>{x.label}</a>
              </td>
              <td>{span(x.begin, x.end)}</td>
              <td>
                <bdi>{where(x.place)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > PAGE && <p class="small">{t('map.table_cut', { n: PAGE, m: items.length })}</p>}
    </div>
  );
}
