// The parts every view is built from: chips, tags, bars, clocks and the states of a panel.
import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, useNow } from './context';
import { ApiError, type Loaded } from './api';
import { duration, interval, num, share } from './format';
import { pattern, t, word, type Key } from './i18n';
import type { Clause, Condition, Count, Instance, Num, StepOf, Verdict } from './types';

/** A message with elements as arguments; plain arguments are isolated from the direction around them. */
export function Msg({ id, args = {} }: { id: Key; args?: Record<string, ComponentChildren> }) {
  const n = typeof args.n === 'number' ? args.n : undefined;
  const pieces = pattern(id, n).split(/\{(\w+)\}/g);
  return (
    <span class="msg">
      {pieces.map((p, i) =>
        i % 2 === 0 ? (
          p
        ) : typeof args[p] === 'object' ? (
          <Fragment key={i}>{args[p]}</Fragment>
        ) : (
          <bdi key={i}>{typeof args[p] === 'number' ? num(args[p] as number) : args[p]}</bdi>
        ),
      )}
    </span>
  );
}

const SHAPES: Record<string, ComponentChildren> = {
  complied: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path class="cut" d="M3.2 6.2 5.2 8.2 8.9 4" fill="none" stroke-width="1.6" />
    </>
  ),
  breached: <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />,
  open: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M6 3v3.2l2.2 1.3" fill="none" stroke="currentColor" stroke-width="1.4" />
    </>
  ),
  undetermined: (
    <>
      <path d="M6 .9 11.1 6 6 11.1 .9 6Z" fill="none" stroke="currentColor" stroke-width="1.4" />
      <path d="M6 0V12L0 6Z" fill="currentColor" />
    </>
  ),
  suspended: <path d="M2 1h3v10H2zM7 1h3v10H7z" fill="currentColor" />,
  not_in_force: (
    <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2 2" />
  ),
  no_verdict: <path d="M1 5h10v2H1z" fill="currentColor" />,
  not_observed: (
    <>
      <path d="M.7.7h10.6v10.6H.7z" fill="none" stroke="currentColor" stroke-width="1.2" />
      <path d="M1 7 7 1M1 11 11 1M5 11l6-6" stroke="currentColor" />
    </>
  ),
  off: <rect x="1" y="1" width="10" height="10" fill="none" stroke="currentColor" stroke-width="1.4" />,
  on: <rect width="12" height="12" fill="currentColor" />,
  check: <path d="M1.5 6.5 4.6 9.6 10.6 2.6" fill="none" stroke="currentColor" stroke-width="1.8" />,
  cross: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="1.8" />,
};
export const Icon = ({ shape }: { shape: string }) => (
  <svg class="i" viewBox="0 0 12 12" aria-hidden="true">
    {SHAPES[shape]}
  </svg>
);

/** Verdict by shape, word and colour; dashed edge provisional, solid final. */
export function Chip({ verdict, final }: { verdict: Verdict; final?: boolean | undefined }) {
  const settled = verdict === 'complied' || verdict === 'breached' || verdict === 'undetermined';
  return (
    <span class={`v ${verdict}${final ? '' : ' prov'}`}>
      <Icon shape={verdict} />
      {word('verdict', verdict)}
      {settled && <span class="vh">, {t(final ? 'chip.final' : 'chip.provisional')}</span>}
    </span>
  );
}

/** Clause state: computed only; an activation under review stays active. */
export function Latch({ clause, instance }: { clause: Clause; instance?: Instance | undefined }) {
  const state = clause.active
    ? clause.review || instance?.status === 'review'
      ? 'review'
      : 'active'
    : clause.pending
      ? 'pending'
      : 'inactive';
  return (
    <span class={`v latch${clause.active ? ' on' : ''}${state === 'pending' ? ' prov' : ''}`}>
      <Icon shape={clause.active ? 'on' : 'off'} />
      {word('latch', state)}
    </span>
  );
}

/** An actor by the letter or name of the agreement. Colour only helps the eye. */
export function Party({ id }: { id: string }) {
  const actors = useApp().board.actors ?? [];
  const slot =
    ['a', 'b'][actors.filter((a) => a.kind === 'party').findIndex((a) => a.id === id)] ??
    (id === 'undetermined' || id === '?' ? 'u' : 'g');
  const name = actors.find((a) => a.id === id)?.name;
  return (
    <bdi class={`p ${slot}`} title={name ?? id}>
      {slot === 'u' ? '?' : id}
    </bdi>
  );
}
export const Parties = ({ ids }: { ids: string[] | undefined }) => (
  <>
    {(ids ?? []).map((p) => (
      <Party key={p} id={p} />
    ))}
  </>
);

export const RuleTag = ({ rule, version }: { rule: string; version?: number | undefined }) => (
  <a class="rule" href={`#/counts?rule=${rule}`}>
    <bdi>
      {rule}
      {version !== undefined && <i>&thinsp;v{version}</i>}
    </bdi>
  </a>
);

/** Words that come from the server, in the language they were written in. */
export const Said = ({ children }: { children: ComponentChildren }) => (
  <bdi class="said" lang="en">
    {children}
  </bdi>
);

/** True for 60 s after a value changed in place, so that a reader coming back sees it without a flash. */
function useChanged(value: string): boolean {
  const [changed, set] = useState(false),
    last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    set(true);
    const timer = setTimeout(() => set(false), 60_000);
    return () => clearTimeout(timer);
  }, [value]);
  return changed;
}

/** Three numbers in fixed columns: certain, best, possible. */
export const Cbp = ({ count }: { count: Count }) => (
  <bdi class={`cbp${useChanged(count.join(' ')) ? ' changed' : ''}`}>
    <span>{num(count[0])}</span>
    <span>{num(count[1])}</span>
    <span>{num(count[2])}</span>
  </bdi>
);

const finite = (n: Num | undefined, other: number) => (typeof n === 'number' ? n : other);
const BAR = 172;

/** Solid to certain, tick at best, open dashed box to possible, line at the limit, dots at the off limit. */
export function IntervalBar({
  on,
  off,
  scale,
}: {
  on: Condition;
  off?: Condition | undefined;
  scale: number;
}) {
  const x = (n: Num) => Math.min(BAR, (finite(n, scale) / scale) * BAR);
  const [c, b, p] = on.count,
    limit = finite(on.at_least, 0);
  const label = t('bar.label', { c: num(c), b: num(b), p: num(p), limit });
  return (
    <svg class="ib" viewBox="0 0 172 22" preserveAspectRatio="xMinYMid meet" role="img" aria-label={label}>
      <path class="track" d="M0 14.5H172" />
      {x(p) > x(c) && <rect class="poss" x={x(c)} y="9.5" width={x(p) - x(c)} height="9" />}
      <rect class="c" x="0" y="9.5" width={x(c)} height="9" />
      <path class="best" d={`M${x(b)} 6.5V21`} />
      {off?.at_most !== undefined && off.at_most !== 'unbounded' && (
        <path class="off" d={`M${x(off.at_most)} 9V20`} stroke-dasharray="1 2" />
      )}
      <path class="thr" d={`M${x(limit)} 5V22`} />
      <text class="tl" x={Math.min(BAR - 8, Math.max(6, x(limit)))} y="5" text-anchor="middle" dy="-.5">
        {num(limit)}
      </text>
    </svg>
  );
}

/** One scale for all rows of a rule and window, with room beyond the highest limit. */
export function scalesOf(clauses: Clause[]): (c: Clause) => number {
  const top = new Map<string, number>();
  const key = (c: Clause) => `${c.rule} ${c.window}`;
  for (const c of clauses)
    for (const o of c.on ?? []) {
      const most = Math.max(finite(o.at_least, 0) * 1.2, ...o.count.map((n) => finite(n, 0) * 1.04), 1);
      top.set(key(c), Math.max(top.get(key(c)) ?? 0, most));
    }
  return (c) => top.get(key(c)) ?? 1;
}

/** Share watched; what was not seen keeps the hatch, and 0 is said in words. */
export function Coverage({ ppm }: { ppm: number | undefined }) {
  if (ppm === undefined) return <></>;
  return (
    <span class={`cv${ppm === 0 ? ' zero' : ''}`}>
      <svg class="cov" viewBox="0 0 54 9" aria-hidden="true" preserveAspectRatio="none">
        <rect class="hole" width="54" height="9" fill="url(#hatch)" />
        <rect class="seen" width={(54 * ppm) / 1e6} height="9" />
      </svg>
      {ppm === 0 ? (
        <b class="none">{t('word.not_observed')}</b>
      ) : (
        <b>
          <bdi>{share(ppm)}</bdi>
        </b>
      )}
    </span>
  );
}

/** What is left of a step, or what became of it. */
export function Clock({ step }: { step: StepOf | Clause }) {
  const now = useNow(),
    { state, due, done_at, zero_at } = step;
  const ms = due ? Date.parse(due) : NaN;
  if ((state === 'running' || state === 'acknowledged') && due) {
    const left = ms - now,
      whole = zero_at ? ms - Date.parse(zero_at) : Infinity;
    if (left <= 0)
      return <b>{t(step.overdue_at_discovery ? 'clock.overdue_at_discovery' : 'clock.due_past')}</b>;
    return (
      <span class={`clock${left < whole / 10 ? ' soon' : ''}`}>
        <bdi>{duration(left)}</bdi>
      </span>
    );
  }
  if (state === 'done' && done_at && due)
    return <span>{t('clock.done_before', { d: duration(ms - Date.parse(done_at)) })}</span>;
  if (state === 'done_late' && done_at && due)
    return <span>{t('clock.done_late', { d: duration(Date.parse(done_at) - ms) })}</span>;
  if (state === 'missed' && due)
    return (
      <span>
        <b>{t('clock.missed')}</b>
      </span>
    );
  return <span class="faint">{word('step', state)}</span>;
}

/** A tally with its rule, or nothing: a bare number is not shown. */
export function Counted({
  count,
  rule,
  version,
}: {
  count: Count;
  rule: string;
  version?: number | undefined;
}) {
  return (
    <span class="nw">
      <b>
        <bdi>{interval(count)}</bdi>
      </b>{' '}
      <RuleTag rule={rule} version={version} />
    </span>
  );
}

export function Panel({
  id,
  title,
  end,
  children,
  class: extra = '',
}: {
  id: string;
  title: ComponentChildren;
  end?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}) {
  return (
    <section class={`panel ${extra}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {end !== undefined && <span class="end">{end}</span>}
      </header>
      {children}
    </section>
  );
}

export const Skeleton = ({ lines = 6 }: { lines?: number }) => (
  <div class="skels" role="status">
    <span class="vh">{t('state.loading')}</span>
    {Array.from({ length: lines }, (_, i) => (
      <span key={i} class={`skel w${i % 3}`} />
    ))}
  </div>
);

/** Fact, consequence and act of an answer that did not come. */
export function Failure({ error, again }: { error: Error; again?: (() => void) | undefined }) {
  const api = error instanceof ApiError ? error : null;
  return (
    <div class="state error" role="alert">
      <b>{t(api ? 'state.error' : 'state.offline')}</b>
      <span>
        {api ? (
          <Msg id="error.fact" args={{ code: api.code, text: <Said>{api.message}</Said> }} />
        ) : (
          t('error.unreached')
        )}{' '}
        {t('error.consequence')} {api?.hint && <Said>{api.hint}</Said>}
      </span>
      {again && (
        <button class="btn" onClick={again}>
          {t('act.again')}
        </button>
      )}
    </div>
  );
}

/** Chooses between the states of a panel: error, loading, stale, data. */
export function States<T>({
  loaded,
  lines,
  children,
}: {
  loaded: Loaded<T>;
  lines?: number;
  children: (data: T) => ComponentChildren;
}) {
  const { data, error, slow, again } = loaded;
  if (data === undefined)
    return error ? <Failure error={error} again={again} /> : slow ? <Skeleton lines={lines ?? 6} /> : <></>;
  return (
    <>
      {error && <Failure error={error} again={again} />}
      {children(data)}
    </>
  );
}

export const Empty = ({ children, act }: { children: ComponentChildren; act?: ComponentChildren }) => (
  <div class="state empty">
    <b>{t('state.empty')}</b>
    <span>{children}</span>
    {act}
  </div>
);
