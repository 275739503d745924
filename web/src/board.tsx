// The clause board: limits first, then duties with a clock, then standing duties.
import { useApp } from './context';
import { num, time } from './format';
import { t, word } from './i18n';
import {
  Cbp,
  Chip,
  Clock,
  Coverage,
  Empty,
  IntervalBar,
  Latch,
  Msg,
  Panel,
  Parties,
  Party,
  RuleTag,
  Said,
  scalesOf,
} from './parts';
import { href } from './route';
import { sidesOf } from './context';
import type { Board, Clause } from './types';

const Label = ({ clause }: { clause: Clause }) => (
  <td class="nw">
    <a data-row href={href('clause', clause.label)}>
      <bdi>§{clause.label}</bdi>
    </a>
  </td>
);

/** How far the count is from the limit, or from the off limit while the clause is active. */
export function Distance({ clause }: { clause: Clause }) {
  if (clause.off_since && clause.active)
    return <span>{t('distance.off_since', { at: time(clause.off_since) })}</span>;
  if (clause.distance === undefined) return <></>;
  return <Msg id={clause.active ? 'distance.to_off' : 'distance.to_limit'} args={{ n: clause.distance }} />;
}

function LimitRows({ clause, scale }: { clause: Clause; scale: number }) {
  const { board } = useApp();
  const instance = board.instances?.find((i) => i.id === clause.instance);
  return (
    <>
      {(clause.on ?? []).map((on, i) => (
        <tr key={i}>
          {i === 0 ? <Label clause={clause} /> : <td />}
          <td>
            <span class="fit">
              <Msg
                id="board.limit"
                args={{
                  n: Number(on.at_least) || 0,
                  window: clause.window ?? '',
                  compare: word('in', on.compare),
                }}
              />
            </span>
          </td>
          <td>{i === 0 && <Latch clause={clause} instance={instance} />}</td>
          <td class="b">
            <IntervalBar on={on} off={clause.off?.[i] ?? clause.off?.[0]} scale={scale} />
          </td>
          <td class="num">
            <Cbp count={on.count} />
          </td>
          <td class="num">{i === 0 && <Distance clause={clause} />}</td>
        </tr>
      ))}
    </>
  );
}

const Limits = ({ clauses }: { clauses: Clause[] }) => {
  if (!clauses.length) return <></>;
  const scale = scalesOf(clauses),
    rules = new Map(clauses.map((c) => [c.rule ?? '', c.rule_version]));
  return (
    <>
      <tr class="group">
        <th colSpan={6} scope="rowgroup">
          {t('board.limits')}{' '}
          <small>
            {t('board.counted_by')}{' '}
            {[...rules].map(([r, v]) => (
              <RuleTag key={r} rule={r} version={v} />
            ))}
          </small>
        </th>
      </tr>
      {clauses.map((c) => (
        <LimitRows key={c.label} clause={c} scale={scale(c)} />
      ))}
    </>
  );
};

const Steps = ({ clauses }: { clauses: Clause[] }) =>
  !clauses.length ? (
    <></>
  ) : (
    <>
      <tr class="group">
        <th colSpan={6} scope="rowgroup">
          {t('board.steps')}
        </th>
      </tr>
      {clauses.map((c) => (
        <tr key={c.label}>
          <Label clause={c} />
          <td>
            <span class="fit">
              {c.actor && <Party id={c.actor} />} {word('act', c.act)}{' '}
              {c.to?.length ? (
                <span class="faint">
                  → <bdi>{c.to.join(', ')}</bdi>
                </span>
              ) : (
                ''
              )}
            </span>
          </td>
          <td>
            <Chip verdict={c.verdict} final={c.final} />
          </td>
          <td colSpan={2}>
            <span class="fit">
              {c.zero_at ? (
                <Msg id="board.step_since" args={{ within: c.within ?? '', zero: time(c.zero_at) }} />
              ) : (
                <Msg id="board.step_waits" args={{ within: c.within ?? '', zero: word('zero', c.zero) }} />
              )}
            </span>
          </td>
          <td class="num">
            <Clock step={c} />
          </td>
        </tr>
      ))}
    </>
  );

const Standing = ({ clauses }: { clauses: Clause[] }) =>
  !clauses.length ? (
    <></>
  ) : (
    <>
      <tr class="group">
        <th colSpan={6} scope="rowgroup">
          {t('board.standing')}
        </th>
      </tr>
      {clauses.map((c) => (
        <tr key={c.label}>
          <Label clause={c} />
          <td>
            <span class="fit">
              <Parties ids={c.actors} /> {c.article ?? ''}{' '}
              <span class="faint">
                <Said>{c.class ?? ''}</Said>
              </span>
            </span>
          </td>
          <td>
            <Chip verdict={c.verdict} final={c.final} />
          </td>
          <td colSpan={2}>
            <span class="fit" title={c.words}>
              <Said>{c.words}</Said>
            </span>
          </td>
          <td class="num">
            {c.kind === 'prohibition' && <Coverage ppm={c.coverage_ppm} />}
          </td>
        </tr>
      ))}
    </>
  );

/** How many were owed, kept, missed, are missing and still open. */
export const CourseCounts = ({ clause: c }: { clause: Clause }) =>
  !c.owed ? (
    <></>
  ) : (
    <Msg
      id="course.counts"
      args={{
        owed: num(c.owed),
        kept: num(c.kept ?? 0),
        missed: num(c.missed ?? 0),
        missing: num(c.missing ?? 0),
        open: num(c.open ?? 0),
      }}
    />
  );

const Courses = ({ clauses }: { clauses: Clause[] }) =>
  !clauses.length ? (
    <></>
  ) : (
    <>
      <tr class="group">
        <th colSpan={6} scope="rowgroup">
          {t('board.courses')}
        </th>
      </tr>
      {clauses.map((c) => (
        <tr key={c.label}>
          <Label clause={c} />
          <td>
            <span class="fit">
              {word('sort', c.kind)} <span class="faint">{c.article ?? ''}</span>
            </span>
          </td>
          <td>
            <Chip verdict={c.verdict} final={c.final} />
          </td>
          <td colSpan={2}>
            <span class="fit" title={c.words}>
              {word('course', c.state)} {c.since && <span class="faint">{time(c.since)}</span>}{' '}
              <CourseCounts clause={c} />
            </span>
          </td>
          <td class="num">{c.due && <Msg id="course.due" args={{ at: time(c.due) }} />}</td>
        </tr>
      ))}
    </>
  );

/** The sorts that have rows of their own. */
const ranked = new Set<Clause['kind']>(['prohibition', 'threshold', 'step', 'obligation']);
/** A threshold nearer to its limit stands higher; active ones first. */
const nearest = (a: Clause, b: Clause) =>
  Number(b.active ?? false) - Number(a.active ?? false) || (a.distance ?? 1e9) - (b.distance ?? 1e9);

export function ClauseBoard({ board }: { board: Board }) {
  const of = (kind: Clause['kind']) => board.clauses.filter((c) => c.kind === kind);
  const first = sidesOf(board)[0];
  return (
    <Panel
      id="board"
      title={t('board.title')}
      class="boardpanel"
      end={first && <Msg id="board.order" args={{ side: first.id }} />}
    >
      {board.clauses.length === 0 ? (
        <Empty>{t('board.empty')}</Empty>
      ) : (
        <table class={`board${board.clauses.length <= 12 ? ' roomy' : ''}`}>
          <colgroup>
            <col class="c1" />
            <col />
            <col class="c3" />
            <col class="c4" />
            <col class="c5" />
            <col class="c6" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('col.clause')}</th>
              <th scope="col">{t('col.duty')}</th>
              <th scope="col">{t('col.state')}</th>
              <th scope="col">{t('col.bar')}</th>
              <th scope="col" class="num">
                <span class="cbp">
                  <span title={t('in.certain')}>{t('cbp.certain')}</span>
                  <span title={t('in.best')}>{t('cbp.best')}</span>
                  <span title={t('in.possible')}>{t('cbp.possible')}</span>
                </span>
              </th>
              <th scope="col" class="num">
                {t('col.end')}
              </th>
            </tr>
          </thead>
          <tbody>
            <Limits clauses={of('threshold').sort(nearest)} />
            <Steps clauses={of('step')} />
            <Standing clauses={board.clauses.filter((c) => c.kind === 'prohibition' || c.kind === 'obligation')} />
            <Courses clauses={board.clauses.filter((c) => !ranked.has(c.kind))} />
          </tbody>
        </table>
      )}
    </Panel>
  );
}
