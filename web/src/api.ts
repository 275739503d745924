// Reading the interface: one hook with the states a panel can be in, and the event stream.
import { useEffect, useRef, useState } from 'preact/hooks';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
    readonly hint: string,
  ) {
    super(text);
  }
}

export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(path, { signal: signal ?? null, credentials: 'same-origin', cache: 'no-cache' });
  const text = await answer.text();
  if (answer.ok) return text;
  let e: { code?: string; text?: string; hint?: string } = {};
  try {
    e = (JSON.parse(text) as { error?: typeof e }).error ?? {};
  } catch {
    /* not our own error body */
  }
  throw new ApiError(
    answer.status,
    e.code ?? String(answer.status),
    e.text ?? `status ${answer.status}`,
    e.hint ?? '',
  );
}
export const getJson = async <T>(path: string, signal?: AbortSignal) =>
  JSON.parse(await getText(path, signal)) as T;

export interface Loaded<T> {
  data?: T;
  error?: Error;
  /** True while asking and 300 ms have passed without an answer. */
  slow: boolean;
  /** The data shown is of an earlier question or could not be renewed. */
  stale: boolean;
  again: () => void;
}

/** Asks `path` (nothing while null) and again whenever `rev` changes; keeps the last answer meanwhile. */
export function useApi<T>(path: string | null, rev: unknown = 0): Loaded<T> {
  const [state, set] = useState<{ path: string | null; data?: T; error?: Error; slow: boolean }>({
    path: null,
    slow: false,
  });
  const [tries, setTries] = useState(0);
  const asked = useRef(0);
  useEffect(() => {
    if (path === null) return;
    const mine = ++asked.current,
      stop = new AbortController();
    const timer = setTimeout(() => set((s) => ({ ...s, slow: true })), 300);
    getJson<T>(path, stop.signal)
      .then((data) => {
        if (mine === asked.current) set({ path, data, slow: false });
      })
      .catch((error: unknown) => {
        if (mine !== asked.current || stop.signal.aborted) return;
        const e = error instanceof Error ? error : new Error(String(error));
        set((s) => ({
          path,
          ...(s.path === path && s.data !== undefined ? { data: s.data } : {}),
          error: e,
          slow: false,
        }));
      })
      .finally(() => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, rev, tries]);
  const { data, error, slow } = state;
  return {
    ...(data !== undefined ? { data } : {}),
    ...(error ? { error } : {}),
    slow,
    stale: state.path !== path || (error !== undefined && data !== undefined),
    again: () => setTries((n) => n + 1),
  };
}

export interface LiveHead {
  size: number;
  root: string;
  now?: string;
}

/** Follows the heads of the record. `down` tells since when (ms) the stream is broken, or 0. */
export function useLive(): { head: LiveHead | null; down: number } {
  const [head, setHead] = useState<LiveHead | null>(null);
  const [down, setDown] = useState(0);
  useEffect(() => {
    const stream = new EventSource('/events');
    let last = 0,
      timer = 0,
      waiting: LiveHead | null = null;
    const pass = () => {
      timer = 0;
      last = Date.now();
      if (waiting) setHead(waiting);
      waiting = null;
    };
    stream.addEventListener('head', (e) => {
      // at most one change of the page a second
      waiting = JSON.parse((e as MessageEvent<string>).data) as LiveHead;
      if (!timer) timer = window.setTimeout(pass, Math.max(0, last + 1000 - Date.now()));
    });
    stream.onopen = () => setDown(0);
    stream.onerror = () => setDown((d) => d || Date.now());
    const leave = () => stream.close();
    addEventListener('pagehide', leave);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', leave);
      stream.close();
    };
  }, []);
  return { head, down };
}
