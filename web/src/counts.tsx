// Counts by rule for a chosen window and zone. Every number comes from /api/tally, with rule, effort and head.
import { useApi, type Loaded } from './api';
import { useApp } from './context';
import { interval, num, share, span } from './format';
import { t, word } from './i18n';
import { Cbp, Coverage, Failure, Msg, Panel, RuleTag, Said, Skeleton } from './parts';
import { setQuery, type Route } from './route';
import { domainOf, isoOf } from './selection';
import type { Count, MapBody, Tally } from './types';

const RULES = ['R-INC', 'R-SMM'] as const;
const LAST = { '7': 7, '30': 30, '365': 365 } as const;

export function CountsView({ route }: { route: Route }) {
  const { board, rev } = useApp();
  const map = useApi<MapBody>('/api/map');
  // A window is always named, so that effort is a share of a time the record speaks of.
  const domain = domainOf(board),
    zone = route.query.get('zone');
  const q = new URLSearchParams({
    from: route.query.get('from') ?? isoOf(domain.from),
    to: route.query.get('to') ?? isoOf(domain.to),
    ...(zone ? { zone } : {}),
  });
  const ask = (rule: string) => `/api/tally?rule=${rule}&${q}`;
  const tallies = [useApi<Tally>(ask('R-INC'), rev), useApi<Tally>(ask('R-SMM'), rev)];
  return (
    <>
      <h1>{t('view.counts')}</h1>
      <WindowForm route={route} zones={(map.data?.zones ?? []).map((z) => z.name)} />
      <div class="cols tallies">
        {RULES.map((rule, i) => (
          <TallyPanel key={rule} rule={rule} loaded={tallies[i]!} />
        ))}
      </div>
      <p class="remark">
        <Msg id="counts.remark" args={{ title: board.agreement.title }} />
      </p>
    </>
  );
}

/** Window by dates of the agreement's zone; the server reads times in UTC. */
export function WindowForm({ route, zones, begin }: { route: Route; zones?: string[]; begin?: string }) {
  const { board } = useApp();
  const domain = domainOf(board),
    from = route.query.get('from') ?? begin ?? isoOf(domain.from),
    to = route.query.get('to') ?? isoOf(domain.to);
  const date = (v: string) => v.slice(0, 10);
  const set = (change: Record<string, string | undefined>) => setQuery(route, change);
  const last = (days: number) => set({ from: isoOf(domain.to - days * 864e5), to: isoOf(domain.to) });
  const put = (k: 'from' | 'to') => (e: Event) => {
    const v = (e.currentTarget as HTMLInputElement).value;
    set({ [k]: v ? `${v}T00:00:00Z` : undefined });
  };
  return (
    <form class="windowform" onSubmit={(e) => e.preventDefault()}>
      <label>
        {t('form.from')} <input type="date" value={date(from)} onChange={put('from')} />
      </label>
      <label>
        {t('form.to')} <input type="date" value={date(to)} onChange={put('to')} />
      </label>
      <span class="faint">UTC</span>
      {zones && zones.length > 0 && (
        <label>
          {t('form.zone')}{' '}
          <select
            value={route.query.get('zone') ?? ''}
            onChange={(e) => set({ zone: e.currentTarget.value || undefined })}
          >
            <option value="">{t('form.all_zones')}</option>
            {zones.map((z) => (
              <option key={z}>{z}</option>
            ))}
          </select>
        </label>
      )}
      <span class="acts">
        {Object.values(LAST).map((d) => (
          <button key={d} type="button" class="btn" onClick={() => last(d)}>
            <Msg id="form.last" args={{ n: d }} />
          </button>
        ))}
        <button type="button" class="btn" onClick={() => set({ from: undefined, to: undefined })}>
          {t('time.whole')}
        </button>
      </span>
    </form>
  );
}

const isCount = (v: unknown): v is Count =>
  Array.isArray(v) && v.length === 3 && v.every((x) => typeof x === 'number' || x === 'unbounded');

function Row({ name, count }: { name: string; count: Count | undefined }) {
  return count ? (
    <tr>
      <th scope="row">{name}</th>
      <td class="num">
        <Cbp count={count} />
      </td>
    </tr>
  ) : (
    <></>
  );
}

function TallyPanel({ rule, loaded }: { rule: string; loaded: Loaded<Tally> }) {
  const { data: x, error, slow, again } = loaded;
  return (
    <Panel
      id={rule}
      title={<RuleTag rule={rule} version={x?.version} />}
      end={t(rule === 'R-INC' ? 'counts.inc' : 'counts.smm')}
    >
      {error && <Failure error={error} again={again} />}
      {!x ? (
        slow && <Skeleton />
      ) : x.not_observed || !x.count ? (
        <p class="state hatchbox">
          <b>{t('word.not_observed')}</b>
          <span>
            <Msg id="counts.not_observed" args={{ span: span(x.from, x.to) }} />
          </span>
        </p>
      ) : (
        <>
          <p class="large">
            <span class="big">
              <bdi>{num(x.count[1])}</bdi>
            </span>{' '}
            <bdi>
              [{num(x.count[0])}, {num(x.count[2])}]
            </bdi>{' '}
            <RuleTag rule={x.rule} version={x.version} />
          </p>
          <p class="small">
            <Msg
              id="counts.of"
              args={{
                span: span(x.from, x.to),
                zone: !x.zone || x.zone === 'area' ? t('form.all_zones') : x.zone,
              }}
            />
          </p>
          <table class="pairs">
            <thead>
              <tr>
                <td />
                <th scope="col" class="num">
                  <span class="cbp">
                    <span>{t('cbp.certain')}</span>
                    <span>{t('cbp.best')}</span>
                    <span>{t('cbp.possible')}</span>
                  </span>
                </th>
              </tr>
            </thead>
            <tbody>
              <Row name={t('counts.all')} count={x.count} />
              <Row name={t('counts.exercise')} count={x.exercise} />
              <Row name={t('counts.contested')} count={x.contested} />
              {Object.entries(x.parts ?? {}).map(([k, v]) =>
                isCount(v) ? (
                  <Row key={k} name={word('part', k)} count={v} />
                ) : typeof v === 'number' || typeof v === 'string' ? (
                  <tr key={k}>
                    <th scope="row">{word('part', k)}</th>
                    <td class="num">
                      <bdi>{typeof v === 'number' ? num(v) : v}</bdi>
                    </td>
                  </tr>
                ) : null,
              )}
            </tbody>
          </table>
        </>
      )}
      {x && (
        <table class="pairs">
          <tbody>
            {x.deaths && !x.not_observed && (
              <tr>
                <th scope="row">{t('col.deaths')}</th>
                <td>
                  <bdi>{interval(x.deaths)}</bdi> <span class="faint">{t('clause.deaths_order')}</span>
                </td>
              </tr>
            )}
            <Effort tally={x} />
            {x.head && (
              <tr>
                <th scope="row">{t('proof.head')}</th>
                <td>
                  <bdi>{num(x.head.size)}</bdi>
                </td>
              </tr>
            )}
            {x.words && (
              <tr>
                <th scope="row">{t('counts.words')}</th>
                <td>
                  <Said>{x.words}</Said>
                </td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Effort({ tally: x }: { tally: Tally }) {
  if (x.exposure_hours === undefined || !x.span_hours)
    return (
      <tr>
        <th scope="row">{t('counts.effort')}</th>
        <td>{t('fact.not_stated')}</td>
      </tr>
    );
  const ppm = Math.min(1e6, Math.round((x.exposure_hours / x.span_hours) * 1e6));
  return (
    <tr>
      <th scope="row">{t('counts.effort')}</th>
      <td>
        <Coverage ppm={ppm} />{' '}
        <Msg id="counts.effort_of" args={{ a: num(x.exposure_hours), b: num(x.span_hours) }} />
        <span class="vh"> {share(ppm)}</span>
      </td>
    </tr>
  );
}
