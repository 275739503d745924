// One selection for map, time bar and list: clause and window in the address, picked rows in memory.
import { useEffect, useRef, useState } from 'preact/hooks';
import { getJson, type Loaded } from './api';
import { setQuery, type Route } from './route';
import type { Board, Finding, FindingsBody } from './types';
import type { Window } from './timeline';

const MOST = 4; // pages of 5,000

/** All pages of a list, up to MOST; the total is the server's. */
async function readAll(path: string, signal: AbortSignal): Promise<Omit<Items, 'path'>> {
  const items: Finding[] = [];
  let total = 0,
    after: string | undefined,
    why: string | undefined;
  for (let i = 0; i < MOST; i++) {
    const body = await getJson<FindingsBody>(
      `${path}${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      signal,
    );
    items.push(...(body.findings ?? body.incidents ?? []));
    total = body.total;
    why = body.why;
    after = body.next;
    if (!after) break;
  }
  return { items, total, ...(why ? { why } : {}) };
}

export interface Items {
  items: Finding[];
  total: number;
  path: string;
  why?: string;
}

/** Like useApi for a list of many pages; keeps the last list while the next is on its way. */
export function useItems(path: string | null, rev: unknown): Loaded<Items> {
  const [state, set] = useState<{ data?: Items; error?: Error; slow: boolean }>({ slow: false });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => set((s) => ({ ...s, slow: true })), 300);
    readAll(path, stop.signal)
      .then(
        (d) => set({ data: { ...d, path }, slow: false }),
        (e: unknown) => {
          if (!stop.signal.aborted)
            set((s) => ({ ...s, slow: false, error: e instanceof Error ? e : new Error(String(e)) }));
        },
      )
      .finally(() => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, rev, tries]);
  return { ...state, stale: state.data?.path !== path, again: () => setTries((n) => n + 1) };
}

/** A value that changes at most once in `ms`. */
export function useThrottled<T>(value: T, ms: number): T {
  const [out, set] = useState(value);
  const last = useRef(Date.now());
  useEffect(() => {
    if (value === out) return;
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        set(value);
      },
      Math.max(0, last.current + ms - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [value]);
  return out;
}

export const isoOf = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

export function listPath(clause: string | null, w: Window | null): string {
  const q = new URLSearchParams();
  if (clause) q.set('clause', clause);
  if (w) {
    q.set('from', isoOf(w.from));
    q.set('to', isoOf(w.to));
  }
  q.set('limit', '5000');
  return `/api/${clause ? 'findings' : 'incidents'}?${q}`;
}

/** The time the record speaks of: from the first row of a source to the last tick. */
export function domainOf(board: Board): Window {
  const to = board.now ? Date.parse(board.now) : Date.now();
  const firsts = [...(board.sources ?? []).map((s) => s.first), ...board.clauses.map((c) => c.begin)]
    .flatMap((s) => (s ? [Date.parse(s)] : []))
    .filter((x) => x < to);
  return { from: firsts.length ? Math.min(...firsts) : to - 7 * 864e5, to };
}

/** Clause and window from the address; `null` where it names none. */
export function useWindow(route: Route): {
  clause: string | null;
  window: Window | null;
  setClause: (c: string) => void;
  setWindow: (w: Window | null) => void;
} {
  const q = route.query,
    from = Date.parse(q.get('from') ?? ''),
    to = Date.parse(q.get('to') ?? '');
  return {
    clause: q.get('clause'),
    window: from < to ? { from, to } : null,
    setClause: (c) => setQuery(route, { clause: c || undefined }),
    setWindow: (w) =>
      setQuery(route, { from: w ? isoOf(w.from) : undefined, to: w ? isoOf(w.to) : undefined }),
  };
}
export const overlaps = (x: Finding, w: Window) =>
  Date.parse(x.begin) < w.to && Date.parse(x.end ?? x.begin) >= w.from;
