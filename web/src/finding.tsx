// One finding or incident: the chain, what it rests on, where it counts and why, both statements, the proof.
import { useMemo } from 'preact/hooks';
import { useApi } from './api';
import { sidesOf, useApp } from './context';
import { num, span, time, where } from './format';
import { anchor, frameOf, M } from './geo';
import { t, word } from './i18n';
import { MapView } from './map';
import { Chip, Empty, Icon, Msg, Panel, Party, Said, States } from './parts';
import { Proof } from './proofpanel';
import { href, type Route } from './route';
import { useThrottled } from './selection';
import type { Finding, FindingBody, MapBody } from './types';

export function FindingView({ route }: { route: Route }) {
  const { rev } = useApp();
  const loaded = useApi<FindingBody>(
    `/api/finding/${encodeURIComponent(route.part)}`,
    useThrottled(rev, 5000),
  );
  return (
    <States loaded={loaded} lines={12}>
      {(body) => <Body key={route.part} body={body} />}
    </States>
  );
}

function Body({ body }: { body: FindingBody }) {
  const { finding: x, clause } = body;
  return (
    <>
      <p class="crumb">
        <a href="#/findings">{t('view.findings')}</a>
        {clause && (
          <>
            {' '}
            /{' '}
            <a href={href('clause', clause.label)}>
              <bdi>§{clause.label}</bdi>
            </a>
          </>
        )}{' '}
        / <bdi>{x.id}</bdi>
      </p>
      <h1>
        {x.label}
        {x.text && (
          <>
            , <Said>{x.text}</Said>
          </>
        )}
      </h1>
      <p class="under">
        {/* of this finding, not of its clause: what is only possible breaches nothing */}
        {clause && <Chip verdict={x.in === 'certain' ? 'breached' : 'undetermined'} final={false} />}
        <span>{span(x.begin, x.end)}</span>{' '}
        <span>
          <bdi>{where(x.place)}</bdi>
        </span>
        {x.incident && x.incident !== x.id && (
          <a href={href('finding', x.incident)}>
            <bdi>{x.incident}</bdi>
          </a>
        )}
        {(x.findings ?? []).slice(0, 6).map((id) => (
          <a key={id} href={href('finding', id)}>
            <bdi>{id}</bdi>
          </a>
        ))}
        {x.exercise && <b>{t('word.exercise')}</b>}
        {x.contested && <b>{t('word.contested')}</b>}
      </p>
      <Chain body={body} />
      <div class="cols wideleft">
        <div>
          <Counting body={body} />
          <Statements body={body} />
          <Observations body={body} />
        </div>
        <div>
          <Proof body={body} />
          <PlaceMap finding={x} />
        </div>
      </div>
    </>
  );
}

function Chain({ body }: { body: FindingBody }) {
  if (!body.chain?.length) return <></>;
  return (
    <ol class="chain" aria-label={t('finding.chain')}>
      {body.chain.map((c, i) => (
        <li key={i}>
          <h3>{word('stage', c.stage)}</h3>
          <p>
            <Said>{c.words}</Said>
          </p>
          {c.at && <p class="small">{time(c.at)}</p>}
        </li>
      ))}
    </ol>
  );
}

/** Counted in and not counted stand in one table with the same typography. */
function Counting({ body }: { body: FindingBody }) {
  const counts = body.counts_in ?? [],
    out = body.excluded ?? [];
  return (
    <Panel
      id="counting"
      title={t('finding.counting')}
      end={<Msg id="finding.counting_n" args={{ n: counts.length, m: num(out.length) }} />}
    >
      {counts.length + out.length === 0 ? (
        <Empty>{t('finding.counts_nowhere')}</Empty>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t('col.clause')}</th>
              <th scope="col">{t('col.counts')}</th>
              <th scope="col">{t('finding.why')}</th>
              <th scope="col" class="num">
                {t('finding.windows')}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map((c, i) => (
              <tr key={`in${i}`}>
                <td>
                  <a href={href('clause', c.clause)}>
                    <bdi>§{c.clause}</bdi>
                  </a>
                </td>
                <td class="nw">
                  <Icon shape="check" /> {word('in', c.in)}
                </td>
                <td class="full">
                  <Said>{c.why}</Said>
                </td>
                <td class="num">
                  {c.windows?.enters &&
                    (c.windows.leaves ? (
                      <Msg
                        id="finding.window"
                        args={{
                          a: time(c.windows.enters, { year: false }),
                          b: time(c.windows.leaves, { year: false }),
                        }}
                      />
                    ) : (
                      time(c.windows.enters)
                    ))}
                </td>
              </tr>
            ))}
            {out.map((c, i) => (
              <tr key={`out${i}`}>
                <td>
                  <a href={href('clause', c.clause)}>
                    <bdi>§{c.clause}</bdi>
                  </a>
                </td>
                <td class="nw">
                  <Icon shape="cross" /> {t('finding.not_counted')}
                </td>
                <td class="full">
                  <Said>{c.why}</Said>
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {body.flip && (
        <p class="flip">
          <b>{t('finding.flip')}</b> <Said>{body.flip}</Said>
        </p>
      )}
    </Panel>
  );
}

function Statements({ body }: { body: FindingBody }) {
  const { board } = useApp();
  const all = body.statements ?? [],
    sides = sidesOf(board).map((a) => a.id);
  const others = [...new Set(all.map((s) => s.by))].filter((b) => !sides.includes(b));
  return (
    <Panel id="statements" title={t('finding.statements')}>
      <div class="sides">
        {[...sides, ...others].map((by) => {
          const mine = all.filter((s) => s.by === by);
          return (
            <div key={by}>
              <h3>
                <Party id={by} />
              </h3>
              {mine.length === 0 ? (
                <p class="faint">{t('finding.no_statement')}</p>
              ) : (
                mine.map((s, i) => (
                  <p key={i}>
                    <Said>“{s.text}”</Said>{' '}
                    <span class="faint">
                      <Said>{s.stance}</Said>
                      {s.entry !== undefined && (
                        <>
                          , <Msg id="word.entry" args={{ i: num(s.entry) }} />
                        </>
                      )}
                    </span>
                  </p>
                ))
              )}
            </div>
          );
        })}
      </div>
    </Panel>
  );
}

function Observations({ body }: { body: FindingBody }) {
  const all = body.observations ?? [];
  return (
    <Panel
      id="observations"
      title={t('finding.observations')}
      end={<Msg id="finding.observations_n" args={{ n: all.length }} />}
    >
      {all.length === 0 ? (
        <Empty>{t('finding.no_observations')}</Empty>
      ) : (
        all.map((o, i) => (
          <article key={i} class="obsv">
            <h3>
              <bdi>{o.source}</bdi>{' '}
              {o.src_id && (
                <span class="faint">
                  <bdi>{o.src_id}</bdi>
                </span>
              )}
            </h3>
            <p class="small">
              <Msg id="word.entry" args={{ i: num(o.entry) }} />
              {o.row !== undefined && (
                <>
                  , <Msg id="word.row" args={{ i: num(o.row) }} />
                </>
              )}
              {o.status && <>, {word('status', o.status)}</>}
              {o.happened && (
                <>
                  , <Msg id="finding.happened" args={{ at: time(o.happened) }} />
                </>
              )}
              {o.known_at && (
                <>
                  , <Msg id="finding.known" args={{ at: time(o.known_at) }} />
                </>
              )}
            </p>
            <pre class="bytes" dir="ltr" tabIndex={0} aria-label={t('finding.bytes')}>
              {o.bytes}
            </pre>
          </article>
        ))
      )}
    </Panel>
  );
}

/** The place at a scale that shows its uncertainty whole. */
function PlaceMap({ finding }: { finding: Finding }) {
  const map = useApi<MapBody>('/api/map');
  const items = useMemo(() => [finding], [finding]);
  return (
    <States loaded={map}>
      {(body) => {
        const a = anchor(frameOf(body.area), finding.place);
        const reach = Math.max(
            0.12,
            (a?.r ?? 0) * 3,
            finding.place?.kind === 'sector' ? finding.place.r_max_m * M * 1.4 : 0,
          ),
          p = finding.place;
        const cos = frameOf(body.area).cos;
        const focus: MapBody['area'] | undefined =
          p?.kind === 'point' || p?.kind === 'sector'
            ? [p.lon - reach / cos, p.lat - reach, p.lon + reach / cos, p.lat + reach]
            : undefined;
        return (
          <div class="placemap">
            <MapView
              body={body}
              items={items}
              total={1}
              known
              selected={new Set()}
              hover={null}
              onSelect={() => {}}
              onHover={() => {}}
              focus={focus}
            />
          </div>
        );
      }}
    </States>
  );
}
