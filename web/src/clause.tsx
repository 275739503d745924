// One clause: text as written, reading, state, instances with both times, ladder and clocks, findings.
import { useState } from 'preact/hooks';
import { useApp } from './context';
import { num, share, span, time } from './format';
import { t, word } from './i18n';
import { FindingList } from './list';
import {
  Chip,
  Clock,
  Counted,
  Coverage,
  Empty,
  Failure,
  Icon,
  IntervalBar,
  Latch,
  Msg,
  Panel,
  Parties,
  Party,
  RuleTag,
  Said,
  scalesOf,
  Skeleton,
} from './parts';
import { CourseCounts, Distance } from './board';
import { href, type Route } from './route';
import { listPath, useItems, useThrottled, useWindow } from './selection';
import type { Clause, Instance } from './types';

export function ClauseView({ route }: { route: Route }) {
  const { board } = useApp();
  const c = board.clauses.find((x) => x.label === route.part);
  if (!c)
    return (
      <>
        <h1>{t('view.clause')}</h1>
        <Empty
          act={
            <a class="btn" href="#/">
              {t('view.overview')}
            </a>
          }
        >
          <Msg id="clause.unknown" args={{ clause: route.part }} />
        </Empty>
      </>
    );
  const mine = (board.instances ?? []).filter(
    (i) => i.clause === c.label || i.steps?.some((s) => s.label === c.label),
  );
  const counted = c.kind === 'prohibition' ? c.label : c.kind === 'threshold' ? (c.of ?? null) : null;
  return (
    <>
      <p class="crumb">
        <a href="#/">{t('board.title')}</a> / <bdi>§{c.label}</bdi>
      </p>
      <h1>
        <bdi>§{c.label}</bdi> {c.article}
      </h1>
      <p class="under">
        {c.kind === 'threshold' && <Latch clause={c} instance={mine.find((i) => i.id === c.instance)} />}{' '}
        <Chip verdict={c.verdict} final={c.final} /> <Said>{c.words}</Said>
      </p>
      <div class="cols">
        <div>
          <Panel
            id="text"
            title={t('clause.text')}
            end={
              <Msg
                id="clause.line"
                args={{
                  line: c.line ?? '',
                  title: board.agreement.title,
                  version: board.agreement.version ?? '',
                }}
              />
            }
          >
            <blockquote>
              <Said>{c.text ?? t('clause.no_text')}</Said>
            </blockquote>
            {c.reading && (
              <p class="reading">
                <b>{t('clause.reading')}</b> <Said>{c.reading}</Said>
              </p>
            )}
          </Panel>
          <Panel id="state" title={t('clause.state')}>
            <table class="pairs">
              <tbody>
                <Rows clause={c} />
              </tbody>
            </table>
          </Panel>
        </div>
        <div>
          <Panel
            id="instances"
            title={t('clause.instances')}
            end={<Msg id="clause.instances_n" args={{ n: mine.length }} />}
          >
            {mine.length === 0 ? (
              <Empty>
                {t(c.kind === 'prohibition' ? 'clause.no_instance_prohibition' : 'clause.no_instance')}
              </Empty>
            ) : (
              [...mine].reverse().map((i) => <InstanceBlock key={i.id} instance={i} />)
            )}
          </Panel>
        </div>
      </div>
      {counted && <ClauseFindings route={route} counted={counted} />}
    </>
  );
}

const Pair = ({ name, children }: { name: string; children: preact.ComponentChildren }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{children}</td>
  </tr>
);

/** What the clause asks and where it stands, by its kind. */
function Rows({ clause: c }: { clause: Clause }) {
  const { board } = useApp();
  if (c.kind === 'threshold') {
    const scale = scalesOf(board.clauses.filter((x) => x.kind === 'threshold'))(c);
    return (
      <>
        <Pair name={t('clause.counts')}>
          {c.rule && <RuleTag rule={c.rule} version={c.rule_version} />}{' '}
          {c.of && (
            <Msg
              id="clause.of"
              args={{
                clause: (
                  <a href={href('clause', c.of)}>
                    <bdi>§{c.of}</bdi>
                  </a>
                ),
                window: c.window ?? '',
              }}
            />
          )}{' '}
          {c.late && (
            <span class="faint">
              <Said>{c.late}</Said>
            </span>
          )}
        </Pair>
        {(c.on ?? []).map((on, i) => (
          <Pair key={i} name={t('clause.on')}>
            <Msg id="clause.condition" args={{ compare: word('in', on.compare), words: on.words }} />{' '}
            {c.rule && <Counted count={on.count} rule={c.rule} version={c.rule_version} />}
            <div class="wide">
              <IntervalBar on={on} off={c.off?.[i]} scale={scale} />
            </div>
          </Pair>
        ))}
        {(c.off ?? []).map((off, i) => (
          <Pair key={i} name={t('clause.off')}>
            <Msg id="clause.condition" args={{ compare: word('in', off.compare), words: off.words }} />{' '}
            {c.off_hold && <Msg id="clause.hold" args={{ hold: c.off_hold }} />}
          </Pair>
        ))}
        <Pair name={t('col.distance')}>
          <Distance clause={c} />
        </Pair>
      </>
    );
  }
  if (c.kind === 'step') {
    return (
      <>
        <Pair name={t('clause.who')}>
          {c.actor && <Party id={c.actor} />} {t(c.must === false ? 'clause.may' : 'clause.must')}{' '}
          {word('act', c.act)} {c.to?.length ? <Parties ids={c.to} /> : ''}
        </Pair>
        <Pair name={t('clause.within')}>
          <Msg id="clause.within_of" args={{ within: c.within ?? '', zero: word('zero', c.zero) }} />
        </Pair>
        <Pair name={t('col.state')}>{word('step', c.lapsed ? 'lapsed' : c.state)}</Pair>
        {c.zero_at && <Pair name={t('clause.zero_at')}>{time(c.zero_at)}</Pair>}
        {c.due && (
          <Pair name={t('clause.due')}>
            {time(c.due)} <Clock step={c} />
          </Pair>
        )}
        {c.done_at && <Pair name={t('clause.done_at')}>{time(c.done_at)}</Pair>}
      </>
    );
  }
  if (c.kind !== 'prohibition' && c.kind !== 'obligation') {
    return (
      <>
        <Pair name={t('clause.sort')}>{word('sort', c.kind)}</Pair>
        <Pair name={t('col.state')}>
          {word('course', c.state)} {c.since && <span class="faint">{time(c.since)}</span>}
        </Pair>
        {c.due && <Pair name={t('clause.due')}>{time(c.due)}</Pair>}
        {c.done_at && <Pair name={t('clause.done_at')}>{time(c.done_at)}</Pair>}
        {c.owed ? (
          <Pair name={t('clause.periods')}>
            <CourseCounts clause={c} />
          </Pair>
        ) : (
          ''
        )}
      </>
    );
  }
  return (
    <>
      <Pair name={t('clause.who')}>
        <Parties ids={c.actors} /> {t('clause.must_not')} <Said>{c.class ?? ''}</Said>
      </Pair>
      {c.zone && (
        <Pair name={t('clause.zone')}>
          <Said>{c.zone}</Said>
        </Pair>
      )}
      {c.begin && (
        <Pair name={t('clause.force')}>
          {c.end ? span(c.begin, c.end) : <Msg id="clause.since" args={{ at: time(c.begin) }} />}
        </Pair>
      )}
      <Pair name={t('col.watched')}>
        {c.coverage_ppm === undefined ? (
          t('fact.not_stated')
        ) : (
          <>
            <Coverage ppm={c.coverage_ppm} />{' '}
            {c.coverage_ppm > 0 && <span class="vh">{share(c.coverage_ppm)}</span>}
          </>
        )}
      </Pair>
      {c.findings !== undefined && (
        <Pair name={t('clause.findings')}>
          <Msg id="clause.findings_n" args={{ n: c.findings, breaches: num(c.breaches ?? 0) }} />
        </Pair>
      )}
      {c.deaths && (
        <Pair name={t('col.deaths')}>
          <bdi>
            {num(c.deaths[1])} [{num(c.deaths[0])}, {num(c.deaths[2])}]
          </bdi>{' '}
          <span class="faint">{t('clause.deaths_order')}</span>
        </Pair>
      )}
    </>
  );
}

/** When it was reached in the world, and when the record knew; its witnesses and its ladder. */
function InstanceBlock({ instance: i }: { instance: Instance }) {
  const [all, setAll] = useState(false);
  const { board } = useApp();
  const limit = board.clauses.find((c) => c.label === i.clause),
    w = i.witnesses ?? [];
  return (
    <article class="instance">
      <h3>
        <bdi>{i.id}</bdi>{' '}
        <span class={`v latch${i.status === 'cleared' ? '' : ' on'}`}>
          <Icon shape={i.status === 'cleared' ? 'off' : 'on'} />
          {word('latch', i.status)}
        </span>
      </h3>
      <table class="pairs">
        <tbody>
          <Pair name={t('instance.reached')}>
            {time(i.reached_at)}
            {i.reached_first && i.reached_first !== i.reached_at && (
              <>
                {' '}
                <span class="faint">
                  <Msg id="instance.first" args={{ at: time(i.reached_first) }} />
                </span>
              </>
            )}
          </Pair>
          <Pair name={t('instance.known')}>
            {time(i.known_at)}{' '}
            {i.known_index !== undefined && (
              <span class="faint">
                <Msg id="word.entry" args={{ i: num(i.known_index) }} />
              </span>
            )}
          </Pair>
          {i.cleared_at ? (
            <Pair name={t('instance.cleared')}>
              {time(i.cleared_at)}{' '}
              {i.cleared_known_at && (
                <span class="faint">
                  <Msg id="instance.cleared_known" args={{ at: time(i.cleared_known_at) }} />
                </span>
              )}
            </Pair>
          ) : (
            <Pair name={t('instance.cleared')}>
              {i.off_since ? (
                <Msg id="instance.off_since" args={{ at: time(i.off_since) }} />
              ) : (
                t('instance.not_cleared')
              )}
            </Pair>
          )}
          {i.count && limit?.rule && (
            <Pair name={t('instance.count')}>
              <Counted count={i.count} rule={limit.rule} version={limit.rule_version} />
            </Pair>
          )}
          {i.count_now && limit?.rule && (
            <Pair name={t('instance.count_now')}>
              <Counted count={i.count_now} rule={limit.rule} version={limit.rule_version} />
            </Pair>
          )}
        </tbody>
      </table>
      {w.length > 0 && (
        <details>
          <summary>
            <Msg id="instance.witnesses" args={{ n: w.length }} />
          </summary>
          <p class="ids">
            {(all ? w : w.slice(0, 40)).map((id) => (
              <a key={id} data-row href={href('finding', id)}>
                <bdi>{id}</bdi>
              </a>
            ))}
          </p>
          {!all && w.length > 40 && (
            <button class="btn" onClick={() => setAll(true)}>
              <Msg id="instance.show_all" args={{ n: w.length }} />
            </button>
          )}
        </details>
      )}
      {(i.steps?.length ?? 0) > 0 && (
        <table class="ladder">
          <caption class="vh">{t('instance.ladder')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.clause')}</th>
              <th scope="col">{t('clause.who')}</th>
              <th scope="col">{t('col.state')}</th>
              <th scope="col">{t('clause.due')}</th>
              <th scope="col" class="num">
                {t('col.left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {i.steps!.map((s) => (
              <tr key={s.label}>
                <td>
                  <a href={href('clause', s.label)}>
                    <bdi>§{s.label}</bdi>
                  </a>
                </td>
                <td>
                  {s.actor && <Party id={s.actor} />} {word('act', s.act)}
                </td>
                <td>
                  {word('step', s.lapsed ? 'lapsed' : s.state)}
                  {s.overdue_at_discovery && <b> {t('clock.overdue_at_discovery')}</b>}
                </td>
                <td>{time(s.due)}</td>
                <td class="num">
                  <Clock step={s} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}

function ClauseFindings({ route, counted }: { route: Route; counted: string }) {
  const { rev } = useApp();
  const { window: w, setWindow } = useWindow(route);
  const list = useItems(listPath(counted, w), useThrottled(rev, 5000));
  const where = w
    ? t('list.window', { from: time(new Date(w.from).toISOString()), to: time(new Date(w.to).toISOString()) })
    : t('list.whole');
  return (
    <Panel
      id="list"
      title={<Msg id="list.of" args={{ clause: `§${counted}` }} />}
      class="listpanel"
      end={list.data && <Msg id="list.total" args={{ n: list.data.total, where }} />}
    >
      {list.error && <Failure error={list.error} again={list.again} />}
      {!list.data ? (
        list.slow && <Skeleton />
      ) : list.data.items.length === 0 ? (
        <Empty
          act={
            w ? (
              <button class="btn" onClick={() => setWindow(null)}>
                {t('time.whole')}
              </button>
            ) : undefined
          }
        >
          <Msg id="list.none_clause" args={{ clause: `§${counted}`, where }} />{' '}
          {list.data.why && <Said>{list.data.why}</Said>}
        </Empty>
      ) : (
        <FindingList items={list.data.items} question={list.data.path} />
      )}
    </Panel>
  );
}
