// Up to four facts in large type, each with the one line that qualifies it.
import type { ComponentChildren } from 'preact';
import { useNow } from './context';
import { duration, num, share, time } from './format';
import { t, word } from './i18n';
import { Msg, Party } from './parts';
import { href } from './route';
import type { Board, Clause } from './types';

const Fact = ({
  name,
  big,
  children,
}: {
  name: ComponentChildren;
  big: ComponentChildren;
  children: ComponentChildren;
}) => (
  <div>
    <dt>{name}</dt>
    <dd class="big">{big}</dd>
    <dd>{children}</dd>
  </div>
);

const At = ({ label }: { label: string }) => (
  <a href={href('clause', label)}>
    <bdi>§{label}</bdi>
  </a>
);

function ActiveFact({ board }: { board: Board }) {
  const on = (board.instances ?? []).filter((i) => i.status !== 'cleared').at(-1);
  const limits = board.clauses.filter((c) => c.kind === 'threshold');
  if (on) {
    return (
      <Fact
        name={<Msg id="fact.clause" args={{ clause: <At label={on.clause} /> }} />}
        big={word('latch', on.status === 'review' ? 'review' : 'active')}
      >
        <Msg
          id="fact.active"
          args={{ reached: time(on.reached_at ?? on.reached_first), known: time(on.known_at) }}
        />
      </Fact>
    );
  }
  const last = (board.instances ?? []).at(-1);
  return (
    <Fact name={t('fact.any_active')} big={t('latch.inactive')}>
      {limits.length === 0 ? (
        t('fact.no_limits')
      ) : last?.cleared_at ? (
        <Msg
          id="fact.last_cleared"
          args={{ clause: <At label={last.clause} />, at: time(last.cleared_at) }}
        />
      ) : (
        <Msg id="fact.never" args={{ n: limits.length }} />
      )}
    </Fact>
  );
}

function NearestFact({ board }: { board: Board }) {
  const limits = board.clauses.filter(
    (c) => c.kind === 'threshold' && c.on?.length && c.distance !== undefined,
  );
  const near = limits.sort(
    (a, b) => Number(a.active ?? false) - Number(b.active ?? false) || a.distance! - b.distance!,
  )[0];
  if (!near) return <></>;
  const on = near.on![0]!,
    [c, b, p] = on.count;
  return (
    <Fact
      name={<Msg id="fact.nearest" args={{ clause: <At label={near.label} /> }} />}
      big={<Msg id={near.active ? 'fact.above' : 'fact.below'} args={{ n: near.distance! }} />}
    >
      <Msg
        id="fact.nearest_of"
        args={{
          c: num(c),
          b: num(b),
          p: num(p),
          limit: num(on.at_least),
          window: near.window ?? '',
          rule: `${near.rule} v${near.rule_version ?? 1}`,
        }}
      />
    </Fact>
  );
}

/** The running clock that ends first, else the last one that ended. */
function chooseStep(board: Board): Clause | undefined {
  const steps = board.clauses.filter((c) => c.kind === 'step' && c.due);
  const by = (key: 'due' | 'done_at') => (a: Clause, b: Clause) =>
    (a[key] ?? a.due!).localeCompare(b[key] ?? b.due!);
  return (
    steps.filter((c) => c.state === 'running' || c.state === 'acknowledged').sort(by('due'))[0] ??
    steps.sort(by('done_at')).at(-1)
  );
}

function ClockFact({ board }: { board: Board }) {
  const now = useNow(),
    step = chooseStep(board);
  if (!step) {
    const n = board.clauses.filter((c) => c.kind === 'step').length;
    return (
      <Fact name={t('fact.clock')} big={t('fact.no_clock')}>
        <Msg id="fact.clocks_wait" args={{ n }} />
      </Fact>
    );
  }
  const running = step.state === 'running' || step.state === 'acknowledged';
  const left = Date.parse(step.due!) - now;
  return (
    <Fact
      name={t(running && left > 0 ? 'fact.next_clock' : 'fact.last_clock')}
      big={
        running && left > 0 ? (
          <bdi class="clock">{duration(left)}</bdi>
        ) : running ? (
          t('clock.due_past')
        ) : (
          word('step', step.lapsed ? 'lapsed' : step.state)
        )
      }
    >
      <Msg
        id="fact.clock_of"
        args={{
          clause: <At label={step.label} />,
          actor: <Party id={step.actor ?? '?'} />,
          act: word('act', step.act),
          due: time(step.due),
        }}
      />
    </Fact>
  );
}

function WatchedFact({ board }: { board: Board }) {
  const seen = board.clauses.filter((c) => c.kind === 'prohibition' && c.coverage_ppm !== undefined);
  if (!seen.length)
    return (
      <Fact name={t('fact.watched')} big={t('fact.not_stated')}>
        {t('fact.not_stated_why')}
      </Fact>
    );
  const low = seen.reduce((a, b) => (b.coverage_ppm! < a.coverage_ppm! ? b : a)),
    high = seen.reduce((a, b) => (b.coverage_ppm! > a.coverage_ppm! ? b : a));
  const none = seen.filter((c) => c.coverage_ppm === 0);
  return (
    <Fact
      name={t('fact.watched')}
      big={high.coverage_ppm === 0 ? t('word.not_observed') : <bdi>{share(high.coverage_ppm!)}</bdi>}
    >
      {none.length ? (
        <Msg
          id="fact.watched_none"
          args={{ clause: <At label={high.label} />, none: none.map((c) => `§${c.label}`).join(', ') }}
        />
      ) : (
        <Msg
          id="fact.watched_low"
          args={{
            clause: <At label={high.label} />,
            low: share(low.coverage_ppm!),
            lowest: <At label={low.label} />,
          }}
        />
      )}
    </Fact>
  );
}

export const Facts = ({ board }: { board: Board }) => (
  <dl class="facts">
    <ActiveFact board={board} />
    <NearestFact board={board} />
    <ClockFact board={board} />
    <WatchedFact board={board} />
  </dl>
);
