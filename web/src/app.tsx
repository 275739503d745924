// The frame of every view: band, bar, notices, routes, foot, keyboard.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApi, useLive } from './api';
import { ClauseView } from './clause';
import { AppContext, useApp, useNow, type App as AppState, type ProofState } from './context';
import { CountsView } from './counts';
import { FindingView } from './finding';
import { num, setZone, time, zoneName } from './format';
import { catalogs, t, word, type Key } from './i18n';
import { Overview } from './overview';
import { FindingsView, RecordView, ReportsView } from './pages';
import { Empty, Failure, Msg, Said, Skeleton } from './parts';
import { ProofBadge } from './proofpanel';
import { applyPrefs, isDark, readPrefs, savePref, type Prefs } from './prefs';
import { go, useRoute, type Route } from './route';
import type { Board } from './types';

const VIEWS = [
  ['overview', 'o'],
  ['findings', 'f'],
  ['counts', 'c'],
  ['report', 'r'],
  ['record', 'l'],
] as const;

export function App() {
  const route = useRoute();
  const [prefs, setPrefs] = useState<Prefs>(readPrefs);
  const [proof, setProof] = useState<ProofState>('unchecked');
  const { head, down } = useLive();
  const rev = head?.size ?? 0;
  const board = useApi<Board>('/api/board', rev);
  const received = useRef(0);
  const last = useRef<Board | null>(null);
  if (board.data && board.data !== last.current) {
    last.current = board.data;
    received.current = Date.now();
    setZone(board.data.agreement.tz);
  }
  const setPref = (k: keyof Prefs, v: string) => {
    savePref(k, v);
    const next = { ...prefs, [k]: v };
    applyPrefs(next);
    setPrefs(next);
  };
  // A failed check stays on every view until a later one succeeds.
  const state: AppState | null = board.data
    ? { board: board.data, received: received.current, rev, prefs, setPref, proof, setProof }
    : null;

  if (!state) return <Waiting error={board.error} slow={board.slow} again={board.again} />;
  return (
    <AppContext.Provider value={state}>
      <Frame route={route} down={down} failing={board.error} again={board.again} />
    </AppContext.Provider>
  );
}

function Waiting({ error, slow, again }: { error: Error | undefined; slow: boolean; again: () => void }) {
  return (
    <main id="main" class="waiting">
      <h1 class="vh">truce</h1>
      {error ? <Failure error={error} again={again} /> : slow && <Skeleton lines={14} />}
    </main>
  );
}

function Frame({
  route,
  down,
  failing,
  again,
}: {
  route: Route;
  down: number;
  failing: Error | undefined;
  again: () => void;
}) {
  const { board } = useApp();
  const help = useRef<HTMLDialogElement>(null);
  useKeys(route, () => help.current?.showModal());
  useEffect(() => {
    const mode = board.mission.mode === 'live' ? '' : ` · ${word('band', board.mission.mode)}`;
    const name = t(`view.${viewOf(route)}` as Key);
    document.title = `${route.part || name}${mode} · truce`;
  }, [route.view, route.part, board.mission.mode]);
  const main = useRef<HTMLElement>(null),
    first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [route.view, route.part]);
  const stale = down > 0 || failing !== undefined;
  return (
    <>
      <Patterns />
      <a
        class="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          main.current?.focus();
        }}
      >
        {t('frame.skip')}
      </a>
      <Band />
      <Top route={route} onHelp={() => help.current?.showModal()} />
      <Notices />
      {stale && (
        <div class="state stale strip" role="status">
          <b>{t(failing ? 'state.offline' : 'state.stale')}</b>
          <span>
            <Msg id="stale.fact" args={{ at: time(board.now), head: num(board.head.size) }} />
          </span>
          <button class="btn" onClick={again}>
            {t('act.again')}
          </button>
        </div>
      )}
      <main id="main" ref={main} tabIndex={-1} data-view={viewOf(route)}>
        <View route={route} />
      </main>
      <Foot />
      <Announcer />
      <Help box={help} />
    </>
  );
}

const viewOf = (route: Route) =>
  ['overview', 'clause', 'finding', 'findings', 'counts', 'report', 'record'].includes(route.view)
    ? route.view
    : 'unknown';

function View({ route }: { route: Route }) {
  switch (viewOf(route)) {
    case 'overview':
      return <Overview route={route} />;
    case 'clause':
      return <ClauseView route={route} />;
    case 'finding':
      return <FindingView route={route} />;
    case 'findings':
      return <FindingsView route={route} />;
    case 'counts':
      return <CountsView route={route} />;
    case 'report':
      return <ReportsView route={route} />;
    case 'record':
      return <RecordView />;
    default:
      return (
        <>
          <h1>{t('view.unknown')}</h1>
          <Empty
            act={
              <a class="btn" href="#/">
                {t('view.overview')}
              </a>
            }
          >
            {t('frame.unknown')}
          </Empty>
        </>
      );
  }
}

/** Says on every view that this is a replay or an exercise. */
function Band() {
  const { board } = useApp(),
    { mode } = board.mission;
  if (mode === 'live') return <></>;
  return (
    <div class="exercise" role="note">
      <b>{word('band', mode)}</b>
      <Msg
        id={mode === 'replay' ? 'band.replay_means' : 'band.exercise_means'}
        args={{ title: board.agreement.title }}
      />
      <b aria-hidden="true">{word('band', mode)}</b>
    </div>
  );
}

function Top({ route, onHelp }: { route: Route; onHelp: () => void }) {
  const { board, proof } = useApp();
  return (
    <header class="top">
      <a class="mark" href="#/">
        truce
      </a>
      <nav class="nav" aria-label={t('frame.views')}>
        {VIEWS.map(([v]) => (
          <a
            key={v}
            href={v === 'overview' ? '#/' : `#/${v}`}
            {...(viewOf(route) === v ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`view.${v}` as Key)}
          </a>
        ))}
      </nav>
      <div class="end">
        <button class="btn quiet wide" onClick={onHelp} aria-keyshortcuts="?">
          {t('frame.keys')}
          <kbd>?</kbd>
        </button>
        <span class="badge wide">{word('audience', board.audience)}</span>
        <a class="plain" href="#/record">
          {proof === 'failed' ? (
            <ProofBadge state="failed">{t('proof.failed')}</ProofBadge>
          ) : (
            <ProofBadge state={proof === 'verified' ? 'verified' : 'pending'}>
              <Msg
                id={proof === 'verified' ? 'badge.checked' : 'badge.head'}
                args={{ head: num(board.head.size) }}
              />
            </ProofBadge>
          )}
        </a>
        <NowClock />
      </div>
    </header>
  );
}

function NowClock() {
  const { board } = useApp(),
    now = useNow();
  if (!board.now) return <span class="clocknow">{t('frame.no_tick')}</span>;
  return (
    <span class="clocknow">
      <bdi>{time(new Date(now).toISOString())}</bdi>{' '}
      <small class="wide">
        <bdi>{zoneName()}</bdi>
      </small>
    </span>
  );
}

function Notices() {
  const { board } = useApp(),
    n = board.notices ?? [];
  return n.length ? (
    <ul class="notices" aria-label={t('frame.notices')}>
      {n.map((s) => (
        <li key={s}>
          <Said>{s}</Said>
        </li>
      ))}
    </ul>
  ) : (
    <></>
  );
}

/** Says a change of a clause state politely, one sentence a change; numbers change without a word. */
function Announcer() {
  const { board } = useApp(),
    said = useRef<Map<string, string> | null>(null);
  const [text, set] = useState('');
  useEffect(() => {
    const now = new Map((board.instances ?? []).map((i) => [i.id, `${i.clause} ${i.status}`]));
    const fresh =
      said.current && (board.instances ?? []).filter((i) => said.current!.get(i.id) !== now.get(i.id));
    if (fresh?.length)
      set(
        fresh.map((i) => t('frame.changed', { clause: i.clause, state: word('latch', i.status) })).join(' '),
      );
    said.current = now;
  }, [board]);
  return (
    <p class="vh" aria-live="polite">
      {text}
    </p>
  );
}

function Foot() {
  const { board, prefs, setPref } = useApp();
  const dark = isDark(prefs);
  return (
    <footer class="foot">
      <span>
        <bdi>{board.agreement.title}</bdi>{' '}
        <Msg id="record.version" args={{ version: board.agreement.version ?? '' }} />
      </span>
      <span>{t('frame.principle')}</span>
      <button class="btn quiet" onClick={() => setPref('theme', dark ? 'light' : 'dark')}>
        {t(dark ? 'frame.light' : 'frame.dark')}
      </button>
      <button class="btn quiet" onClick={() => setPref('swap', prefs.swap === '1' ? '' : '1')}>
        {t('frame.swap')}
      </button>
      <button class="btn quiet" onClick={() => setPref('density', prefs.density === 'wall' ? '' : 'wall')}>
        {t(prefs.density === 'wall' ? 'frame.desk' : 'frame.wall')}
      </button>
      <button class="btn quiet" onClick={() => setPref('keys', prefs.keys === 'off' ? '' : 'off')}>
        {t(prefs.keys === 'off' ? 'frame.keys_on' : 'frame.keys_off')}
      </button>
      <label>
        {t('frame.language')}{' '}
        <select value={prefs.lang || 'en'} onChange={(e) => setPref('lang', e.currentTarget.value)}>
          {Object.keys(catalogs).map((l) => (
            <option key={l} value={l}>
              {new Intl.DisplayNames(l, { type: 'language' }).of(l)}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}

const KEYS: [string, Key][] = [
  ['g o', 'view.overview'],
  ['g f', 'view.findings'],
  ['g c', 'view.counts'],
  ['g r', 'view.report'],
  ['g l', 'view.record'],
  ['j  k', 'keys.rows'],
  ['Enter', 'keys.open'],
  ['Esc', 'keys.back'],
  ['/', 'keys.search'],
  ['[  ]', 'keys.step'],
  ['{  }', 'keys.steps'],
  ['n', 'keys.whole'],
  ['d', 'keys.theme'],
  ['p', 'keys.print'],
  ['+  -  0', 'keys.map'],
  ['?', 'keys.help'],
];

function Help({ box }: { box: { current: HTMLDialogElement | null } }) {
  return (
    <dialog ref={box} class="help" aria-labelledby="helptitle">
      <h2 id="helptitle">{t('frame.keys')}</h2>
      <dl>
        {KEYS.map(([k, id]) => (
          <div key={k}>
            <dt>
              <kbd>{k}</kbd>
            </dt>
            <dd>{t(id)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button class="btn primary">{t('act.close')}</button>
      </form>
    </dialog>
  );
}

/** Hatch in two shapes: the one pattern that means not observed. */
const Patterns = () => (
  <svg class="defs" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="hs" d="M0 0V6" />
      </pattern>
    </defs>
  </svg>
);

function moveRow(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(
    (r) => r.offsetParent !== null,
  );
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

function useKeys(route: Route, help: () => void): void {
  const { prefs, setPref } = useApp();
  const leader = useRef(0);
  useEffect(() => {
    const on = (e: KeyboardEvent) => {
      const target = e.target as Element;
      if (e.ctrlKey || e.metaKey || e.altKey || target.closest('input, select, textarea, dialog')) return;
      if (e.key === 'Escape' && route.view !== 'overview') {
        history.back();
        return;
      }
      if (prefs.keys === 'off') return;
      if (Date.now() - leader.current < 1500) {
        leader.current = 0;
        const view = VIEWS.find(([, k]) => k === e.key)?.[0];
        if (view) {
          go(view === 'overview' ? '#/' : `#/${view}`);
          e.preventDefault();
          return;
        }
      }
      const acts: Record<string, () => void> = {
        g: () => {
          leader.current = Date.now();
        },
        j: () => moveRow(1),
        k: () => moveRow(-1),
        d: () => setPref('theme', isDark(prefs) ? 'light' : 'dark'),
        p: () => print(),
        '?': help,
        '/': () => document.querySelector<HTMLElement>('main select, main input')?.focus(),
      };
      const act = acts[e.key];
      if (act) {
        act();
        e.preventDefault();
      }
    };
    addEventListener('keydown', on);
    return () => removeEventListener('keydown', on);
  });
}
