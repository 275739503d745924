// Times, durations, counts and places as text. Times are local with the zone named once a view.
import { language, number, t } from './i18n';
import type { Count, Num, Place } from './types';

let zone = 'UTC';
const cache = new Map<string, Intl.DateTimeFormat>();

export function setZone(tz: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: tz });
    zone = tz;
  } catch {
    zone = 'UTC';
  }
  cache.clear();
}
export const zoneName = () => zone;

function formatter(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${kind} ${language()}`;
  let f = cache.get(key);
  if (!f) {
    f = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
      timeZone: zone,
      hourCycle: 'h23',
      ...options,
    });
    cache.set(key, f);
  }
  return f;
}

const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };

function parts(at: Date, kind: string, o: Intl.DateTimeFormatOptions): Record<string, string> {
  return Object.fromEntries(
    formatter(kind, o)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  );
}

/** `Tue 17 Nov 2026 06:12`; the year may be left out where the head names it. */
export function time(iso: string | undefined, o: { year?: boolean; day?: boolean } = {}): string {
  if (!iso) return '';
  const at = new Date(iso);
  if (Number.isNaN(+at)) return iso;
  const p = parts(at, 'full', { ...DAY, hour: '2-digit', minute: '2-digit' });
  const day = `${p.weekday} ${p.day} ${p.month}${o.year === false ? '' : ` ${p.year}`}`;
  return o.day ? day : `${day} ${p.hour}:${p.minute}`;
}
export const day = (iso: string | undefined, year = true) => time(iso, { day: true, year });
export function hour(iso: string | undefined): string {
  if (!iso) return '';
  const p = parts(new Date(iso), 'hour', { hour: '2-digit', minute: '2-digit' });
  return `${p.hour}:${p.minute}`;
}

/** A span of time without saying a day twice. */
export function span(begin: string, end?: string): string {
  if (!end || end === begin) return time(begin);
  const b = new Date(begin),
    e = new Date(end);
  if (+e - +b >= 864e5 - 1000 && hour(begin) === '00:00') {
    const last = new Date(+e - 1000).toISOString();
    return day(begin) === day(last) ? day(begin) : t('time.span', { a: day(begin), b: day(last) });
  }
  return t('time.span', { a: time(begin), b: day(begin) === day(end) ? hour(end) : time(end) });
}

/** `3:17:48` below a day, `10 d 17 h` above. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const d = Math.floor(s / 86400),
    h = Math.floor(s / 3600) % 24,
    m = Math.floor(s / 60) % 60;
  const pad = (x: number) => String(x).padStart(2, '0');
  return d ? t('time.days_hours', { d, h }) : `${h}:${pad(m)}:${pad(s % 60)}`;
}

export const num = (n: Num | undefined) => (n === undefined ? '' : n === 'unbounded' ? '∞' : number(n));
/** `26 [24, 33]`: best, then certain and possible. */
export const interval = (c: Count) => `${num(c[1])} [${num(c[0])}, ${num(c[2])}]`;
/** A share rounded half up to one decimal, but never to 100 % or 0 %: these mean all and nothing. */
export function share(ppm: number): string {
  const tenths = Math.floor((Math.max(0, ppm) + 500) / 1e3);
  if (ppm > 0 && tenths === 0) return `<\u202f${number(0.1, 1)}\u202f%`;
  return `${number((ppm < 1e6 ? Math.min(999, tenths) : 1000) / 10, 1)}\u202f%`;
}

export function distance(m: number): string {
  return m < 1000
    ? t('unit.m', { n: Math.round(m) })
    : t('unit.km', { v: number(m / 1000, m < 10000 ? 1 : 0) });
}

export function degrees(v: number, axis: 'lon' | 'lat', digits = 2): string {
  const c = axis === 'lon' ? (v < 0 ? 'W' : 'E') : v < 0 ? 'S' : 'N';
  const a = Math.abs(v);
  if (digits === 0) return `${number(a, 0)}° ${c}`;
  return `${number(a, digits)}° ${c}`;
}

/** Where, always with its uncertainty. */
export function where(p: Place | undefined): string {
  if (!p || p.kind === 'none') return t('place.none');
  if (p.kind === 'zone') return t('place.zone', { zone: p.zone });
  const lon = degrees(p.lon, 'lon'),
    lat = degrees(p.lat, 'lat');
  if (p.kind === 'point') {
    return p.r90_m ? t('place.point', { lat, lon, r: distance(p.r90_m) }) : t('place.bare', { lat, lon });
  }
  return t('place.sector', {
    lat,
    lon,
    a: distance(p.r_min_m),
    b: distance(p.r_max_m),
    from: number(p.az_begin_cdeg / 100),
    to: number(p.az_end_cdeg / 100),
  });
}

/** Bytes in lines that a narrow column can break. */
export const shortHash = (h: string | undefined) =>
  h ? (h.slice(0, 16).match(/.{4}/g) ?? []).join(' ') : '';
