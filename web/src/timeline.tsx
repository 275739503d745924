// The time bar: counts by day or week, activations, and hatch where nothing was observed.
// Dragging or the two handles choose the window that filters map and list.
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { day, interval, num, span } from './format';
import { t } from './i18n';
import { roundStep } from './geo';
import type { Num, Timeline } from './types';

export interface Window {
  from: number;
  to: number;
}
const H = 84,
  TOP = 20,
  BASE = 66;
const n0 = (n: Num) => (n === 'unbounded' ? Infinity : n);

/** Where nothing was observed: the domain without the exposure. */
export function holesOf(exposure: Window[], domain: Window): Window[] {
  const holes: Window[] = [];
  let at = domain.from;
  for (const e of [...exposure].sort((a, b) => a.from - b.from)) {
    if (e.from > at) holes.push({ from: at, to: Math.min(e.from, domain.to) });
    at = Math.max(at, e.to);
  }
  if (at < domain.to) holes.push({ from: at, to: domain.to });
  return holes.filter((h) => h.to > h.from);
}
export const exposureOf = (tl: Timeline): Window[] =>
  (tl.exposure ?? []).map((e) => ({ from: Date.parse(e.begin), to: Date.parse(e.end) }));

/** Labels of the axis: years, months or days, whichever leaves room. */
function axis(domain: Window, width: number): { t: number; label: string }[] {
  const out: { t: number; label: string }[] = [],
    days = (domain.to - domain.from) / 864e5,
    room = Math.max(2, width / 96);
  const start = new Date(domain.from);
  if (days / 31 > room) {
    const step = Math.max(1, Math.ceil(days / 365 / room) || 1),
      months = days / 365 < room / 2 ? 6 : 12 * step;
    for (let m = 0; ; m += months) {
      const at = Date.UTC(start.getUTCFullYear(), m, 1);
      if (at > domain.to) break;
      if (at >= domain.from)
        out.push({
          t: at,
          label: day(new Date(at + 432e5).toISOString())
            .split(' ')
            .slice(2)
            .join(' '),
        });
    }
    return out;
  }
  const step = [1, 2, 7, 14, 31].find((s) => days / s <= room) ?? 31;
  for (let at = Math.ceil(domain.from / 864e5) * 864e5; at <= domain.to; at += step * 864e5) {
    out.push({ t: at, label: day(new Date(at + 432e5).toISOString(), false) });
  }
  return out;
}

export interface TimeBarProps {
  data: Timeline;
  domain: Window;
  window: Window | null;
  onWindow: (w: Window | null) => void;
  onPreview: (w: Window | null) => void;
}

export function TimeBar({ data, domain, window: chosen, onWindow, onPreview }: TimeBarProps) {
  const box = useRef<HTMLDivElement>(null);
  const [w, setW] = useState(1200);
  useLayoutEffect(() => {
    const el = box.current!,
      resize = () => setW(Math.max(200, el.clientWidth));
    resize();
    const watch = new ResizeObserver(resize);
    watch.observe(el);
    return () => watch.disconnect();
  }, []);
  const step = (data.step === 'week' ? 7 : 1) * 864e5;
  const x = (ms: number) =>
    ((Math.min(domain.to, Math.max(domain.from, ms)) - domain.from) / (domain.to - domain.from || 1)) * w;
  const snap = (px: number) => {
    const ms = domain.from + (Math.min(w, Math.max(0, px)) / w) * (domain.to - domain.from);
    const first = data.buckets[0] ? Date.parse(data.buckets[0].t) : domain.from;
    return Math.min(domain.to, Math.max(domain.from, first + Math.round((ms - first) / step) * step));
  };
  const [live, setLive] = useState<Window | null>(null);
  const shown = live ?? chosen;
  const held = useRef<{ anchor: number; moved: boolean } | null>(null);
  const at = (e: PointerEvent) => e.clientX - box.current!.getBoundingClientRect().left;
  const preview = (v: Window | null) => {
    setLive(v);
    onPreview(v);
  };

  const drag = {
    onPointerDown: (e: PointerEvent) => {
      const edge = (e.target as Element).getAttribute('data-edge');
      const anchor = edge && chosen ? (edge === 'from' ? chosen.to : chosen.from) : snap(at(e));
      held.current = { anchor, moved: Boolean(edge) };
      (e.currentTarget as Element).setPointerCapture(e.pointerId);
    },
    onPointerMove: (e: PointerEvent) => {
      if (!held.current) return;
      const here = snap(at(e)),
        { anchor } = held.current;
      if (here !== anchor) {
        held.current.moved = true;
        preview({ from: Math.min(here, anchor), to: Math.max(here, anchor) });
      }
    },
    onPointerUp: () => {
      if (held.current?.moved && live) onWindow(live);
      else if (held.current && !held.current.moved) onWindow(null);
      held.current = null;
      preview(null);
    },
  };
  const nudge = (edge: 'from' | 'to') => (e: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -4, PageDown: 4 }[e.key];
    if (!by && e.key !== 'Escape') return;
    e.preventDefault();
    e.stopPropagation();
    if (!by) return onWindow(null);
    const now = chosen ?? domain,
      next = { ...now, [edge]: Math.min(domain.to, Math.max(domain.from, now[edge] + by * step)) };
    if (next.from < next.to) onWindow(next);
  };

  return (
    <div class="tl" ref={box}>
      <svg viewBox={`0 0 ${w} ${H}`} height={H} width={w} role="group" aria-label={t('time.label')} {...drag}>
        <Columns data={data} x={x} step={step} w={w} />
        {holesOf(exposureOf(data), domain).map((h) => (
          <rect
            key={h.from}
            class="hole"
            x={x(h.from)}
            y={TOP}
            width={Math.max(1, x(h.to) - x(h.from))}
            height={BASE - TOP}
            fill="url(#hatch)"
          >
            <title>{t('word.not_observed')}</title>
          </rect>
        ))}
        <Spans data={data} x={x} domain={domain} />
        <path class="axis" d={`M0 ${BASE}H${w}`} />
        {axis(domain, w).map((a) => (
          <g key={a.t}>
            <path class="axis" d={`M${x(a.t)} ${BASE}v4`} />
            {x(a.t) < w - 60 && (
              <text x={x(a.t) + 3} y={BASE + 14}>
                {a.label}
              </text>
            )}
          </g>
        ))}
        {shown && (
          <>
            <rect class="veil" x="0" y={TOP - 4} width={x(shown.from)} height={BASE - TOP + 4} />
            <rect class="veil" x={x(shown.to)} y={TOP - 4} width={w - x(shown.to)} height={BASE - TOP + 4} />
          </>
        )}
        {(['from', 'to'] as const).map((edge) => (
          <g
            key={edge}
            class="handle"
            data-edge={edge}
            role="slider"
            tabindex={0}
            aria-orientation="horizontal"
            aria-label={t(edge === 'from' ? 'time.handle_from' : 'time.handle_to')}
            onKeyDown={nudge(edge)}
            aria-valuemin={domain.from}
            aria-valuemax={domain.to}
            aria-valuenow={(shown ?? domain)[edge]}
            aria-valuetext={day(new Date((shown ?? domain)[edge]).toISOString())}
            transform={`translate(${Math.min(w - 1, Math.max(1, x((shown ?? domain)[edge])))} 0)`}
          >
            <path class="cur" d={`M0 ${TOP - 4}V${BASE}`} />
            <rect
              data-edge={edge}
              class="grip"
              x={edge === 'from' ? -2 : -10}
              y={TOP + 8}
              width="12"
              height="24"
              rx="2"
            />
            <rect data-edge={edge} class="catch" x="-12" y="0" width="24" height={BASE} />
          </g>
        ))}
      </svg>
    </div>
  );
}

/** One column a day or week: solid to certain, tick at best, open box to possible. */
function Columns({
  data,
  x,
  step,
  w,
}: {
  data: Timeline;
  x: (ms: number) => number;
  step: number;
  w: number;
}) {
  return useMemo(() => {
    const highest = Math.max(
      1,
      ...data.buckets.map((b) => (b.count[2] === 'unbounded' ? n0(b.count[1]) : b.count[2])),
    );
    const y = (n: Num) => BASE - (Math.min(highest, n0(n)) / highest) * (BASE - TOP),
      mark = roundStep(highest);
    return (
      <g class="columns">
        <path class="lane" d={`M0 ${y(mark)}H${w}`} />
        <text x="18" y={y(mark) - 2}>
          {num(mark)}
        </text>
        {data.buckets.map((b) => {
          const t0 = Date.parse(b.t),
            left = x(t0),
            width = Math.max(1, x(t0 + step) - left - (x(t0 + step) - left > 4 ? 1 : 0));
          const [c, best, p] = b.count;
          if (n0(p) === 0) return null;
          return (
            <g key={b.t}>
              <title>{`${span(b.t, new Date(t0 + step).toISOString())}: ${interval(b.count)}`}</title>
              {n0(p) > n0(c) && <rect class="poss" x={left} y={y(p)} width={width} height={y(c) - y(p)} />}
              <rect class="c" x={left} y={y(c)} width={width} height={BASE - y(c)} />
              {width > 3 && <path class="best" d={`M${left} ${y(best)}h${width}`} />}
            </g>
          );
        })}
      </g>
    );
  }, [data, w, step]);
}

/** Activations on lanes above the columns, a lane a clause, at most three. */
function Spans({ data, x, domain }: { data: Timeline; x: (ms: number) => number; domain: Window }) {
  const clauses = [...new Set((data.spans ?? []).map((s) => s.clause))].slice(0, 3);
  return (
    <g class="spans">
      {(data.spans ?? []).map((s) => {
        const lane = clauses.indexOf(s.clause),
          a = x(Date.parse(s.begin)),
          b = x(s.end ? Date.parse(s.end) : domain.to);
        if (lane < 0) return null;
        const h = clauses.length === 1 ? 12 : Math.floor(15 / clauses.length);
        const name = t('time.active', { clause: s.clause, span: span(s.begin, s.end) });
        return (
          <g key={s.instance + s.begin}>
            <a href={`#/clause/${encodeURIComponent(s.clause)}`} aria-label={name}>
              <rect class="on" x={a} y={lane * (h + 1)} width={Math.max(2, b - a)} height={h}>
                <title>{name}</title>
              </rect>
            </a>
            {h >= 12 && b - a > 44 && (
              <text class="onlab" x={a + 4} y={lane * h + 9.5} aria-hidden="true">
                §{s.clause}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
