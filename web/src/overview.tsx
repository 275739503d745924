// The overview: facts, clause board, map, time bar and list. Map, time bar and list are one selection.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useApi } from './api';
import { ClauseBoard } from './board';
import { useApp } from './context';
import { Facts } from './facts';
import { day, zoneName } from './format';
import { t } from './i18n';
import { FindingList } from './list';
import { MapView } from './map';
import { Empty, Failure, Msg, Panel, Said, Skeleton, States } from './parts';
import type { Route } from './route';
import { domainOf, isoOf, listPath, overlaps, useItems, useThrottled, useWindow } from './selection';
import { exposureOf, holesOf, TimeBar, type Window } from './timeline';
import type { MapBody, Timeline } from './types';

const iso = (w: Window) => [isoOf(w.from), isoOf(w.to)] as const;
const none: never[] = [];

export function Overview({ route }: { route: Route }) {
  const { board, rev } = useApp();
  const slow = useThrottled(rev, 5000);
  const { clause, window: chosen, setClause, setWindow } = useWindow(route);
  const domain = useMemo(() => domainOf(board), [board]);
  const step = domain.to - domain.from > 120 * 864e5 ? 'week' : 'day';
  const [from] = iso(domain);
  // The end of the bar follows the record; the question itself only names where it begins.
  const timeline = useApi<Timeline>(
    `/api/timeline?step=${step}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(isoOf(domain.to))}`,
    slow,
  );
  const map = useApi<MapBody>('/api/map');
  const exact = useItems(listPath(clause, chosen), slow);
  const [whole, setWhole] = useState<{ clause: string | null; items: typeof exact.data } | null>(null);
  const [preview, setPreview] = useState<Window | null>(null);
  const [picked, setPicked] = useState<Set<string>>(() => new Set());
  const [hover, setHover] = useState<string | null>(null);

  useEffect(() => {
    if (!chosen && exact.data && !exact.stale) setWhole({ clause, items: exact.data });
  }, [exact.data, exact.stale]);
  useEffect(() => setPicked(new Set()), [clause, chosen?.from, chosen?.to]);
  useKeys(domain, chosen, setWindow, step === 'week' ? 7 : 1, () => setPicked(new Set()));

  // While a window is being dragged, or its answer is on the way, the whole list is cut here;
  // then the server's answer stands.
  const wanted = preview ?? (exact.stale ? chosen : null);
  const quick =
    wanted && whole?.clause === clause ? whole.items?.items.filter((x) => overlaps(x, wanted)) : undefined;
  const items = quick ?? exact.data?.items ?? none,
    total = quick ? quick.length : (exact.data?.total ?? 0);
  const w = preview ?? chosen;
  const blind =
    timeline.data !== undefined &&
    w !== null &&
    holesOf(exposureOf(timeline.data), w).some((h) => h.from <= w.from && h.to >= w.to);
  const where = w ? t('list.window', { from: day(iso(w)[0]), to: day(iso(w)[1]) }) : t('list.whole');
  const pick = (ids: string[]) => setPicked(new Set(ids));

  return (
    <>
      <h1 class="vh">{t('view.overview')}</h1>
      <Facts board={board} />
      <div class="cols over">
        <ClauseBoard board={board} />
        <div class="mapside">
          <States loaded={map}>
            {(body) => (
              <MapView
                body={body}
                items={items}
                total={total}
                selected={picked}
                hover={hover}
                onSelect={pick}
                onHover={setHover}
                blind={blind}
                known={exact.data !== undefined}
                unread={exact.data === undefined && exact.error !== undefined}
              />
            )}
          </States>
        </div>
      </div>
      <section class="timebar" aria-labelledby="time">
        <div class="row">
          <h2 id="time" class="vh">
            {t('time.title')}
          </h2>
          <label class="pick">
            {t('list.clause')}{' '}
            <select value={clause ?? ''} onChange={(e) => setClause(e.currentTarget.value)}>
              <option value="">{t('list.incidents')}</option>
              {board.clauses
                .filter((c) => c.kind === 'prohibition')
                .map((c) => (
                  <option key={c.label} value={c.label}>
                    §{c.label} {c.article}
                  </option>
                ))}
            </select>
          </label>
          <b class="window">{where}</b>{' '}
          <span class="hide faint">{t('time.zone', { zone: timeline.data?.zone ?? zoneName() })}</span>
          {chosen && (
            <button class="btn quiet" onClick={() => setWindow(null)}>
              {t('time.whole')}
            </button>
          )}
          <span class="end hide small">{t(step === 'week' ? 'time.by_week' : 'time.by_day')}</span>
        </div>
        <div class="tlbox">
          <States loaded={timeline} lines={2}>
            {(data) => (
              <TimeBar
                data={data}
                domain={domain}
                window={chosen}
                onWindow={setWindow}
                onPreview={setPreview}
              />
            )}
          </States>
        </div>
      </section>
      <Panel
        id="list"
        title={t('list.title')}
        class="listpanel"
        end={exact.data && <Msg key={`${total} ${where}`} id="list.total" args={{ n: total, where }} />}
      >
        {exact.error && <Failure error={exact.error} again={exact.again} />}
        {exact.data === undefined ? (
          exact.slow && !exact.error && <Skeleton lines={8} />
        ) : items.length === 0 ? (
          <Empty
            act={
              w ? (
                <button class="btn" onClick={() => setWindow(null)}>
                  {t('time.whole')}
                </button>
              ) : undefined
            }
          >
            <Msg
              id={clause ? 'list.none_clause' : 'list.none'}
              args={{ clause: `§${clause ?? ''}`, where }}
            />{' '}
            {exact.data.why && <Said>{exact.data.why}</Said>}{' '}
            {blind ? (
              t('list.none_blind')
            ) : whole?.items && w ? (
              <Msg id="list.outside" args={{ n: whole.items.total }} />
            ) : (
              ''
            )}
          </Empty>
        ) : (
          <FindingList
            items={items}
            question={`${clause} ${w?.from} ${w?.to}`}
            selected={picked}
            hover={hover}
            onHover={setHover}
            onClear={() => setPicked(new Set())}
          />
        )}
      </Panel>
    </>
  );
}

/** `[ ]` move the window by a bucket, `{ }` by a week or a month, `n` shows the whole record. */
function useKeys(
  domain: Window,
  w: Window | null,
  set: (w: Window | null) => void,
  days: number,
  clear: () => void,
): void {
  const { prefs } = useApp();
  useEffect(() => {
    const on = (e: KeyboardEvent) => {
      if (
        prefs.keys === 'off' ||
        e.ctrlKey ||
        e.metaKey ||
        e.altKey ||
        (e.target as Element).closest('input, select, textarea, dialog')
      )
        return;
      const by = { '[': -1, ']': 1, '{': -7, '}': 7 }[e.key];
      if (e.key === 'n') set(null);
      else if (e.key === 'Escape') clear();
      else if (by) {
        const size = days * 864e5,
          now = w ?? { from: domain.to - 7 * size, to: domain.to };
        const move = Math.max(domain.from - now.from, Math.min(domain.to - now.to, w ? by * size : 0));
        set({ from: now.from + move, to: now.to + move });
      }
    };
    addEventListener('keydown', on);
    return () => removeEventListener('keydown', on);
  });
}
