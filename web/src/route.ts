// Addresses: #/view/part?query. A link opens the same view with the same window and clause.
import { useEffect, useState } from 'preact/hooks';

export interface Route {
  view: string;
  part: string;
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [view = '', ...rest] = path.split('/');
  let part = rest.join('/');
  try {
    part = decodeURIComponent(part);
  } catch {
    /* keep it as it is */
  }
  return { view: view || 'overview', part, query: new URLSearchParams(query) };
}

export function href(view: string, part = '', query: Record<string, string | undefined> = {}): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(query)) if (v) q.set(k, v);
  const tail = q.toString();
  return `#/${view === 'overview' ? '' : view}${part ? `/${encodeURIComponent(part)}` : ''}${tail ? `?${tail}` : ''}`;
}
export const go = (to: string) => {
  location.hash = to;
};

/** Changes the query of the address without a new step in the history. */
export function setQuery(route: Route, change: Record<string, string | undefined>): void {
  const q = Object.fromEntries(route.query);
  for (const [k, v] of Object.entries(change)) {
    if (v) q[k] = v;
    else delete q[k];
  }
  history.replaceState(null, '', href(route.view, route.part, q));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(): Route {
  const [route, set] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const on = () => set(parseRoute(location.hash));
    addEventListener('hashchange', on);
    return () => removeEventListener('hashchange', on);
  }, []);
  return route;
}
