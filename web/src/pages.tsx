// The smaller views: the full list of findings, reports with their exports, and the record itself.
import { useEffect, useState } from 'preact/hooks';
import { getText } from './api';
import { useApp } from './context';
import { WindowForm } from './counts';
import { num, time } from './format';
import { t, word, type Key } from './i18n';
import { FindingList } from './list';
import { Empty, Failure, Msg, Panel, Said, Skeleton } from './parts';
import type { Route } from './route';
import { setQuery } from './route';
import { domainOf, isoOf, listPath, useItems, useThrottled, useWindow } from './selection';

export function FindingsView({ route }: { route: Route }) {
  const { board, rev } = useApp();
  const { clause, window: w } = useWindow(route);
  const list = useItems(listPath(clause, w), useThrottled(rev, 5000));
  const where = w ? t('list.window', { from: time(isoOf(w.from)), to: time(isoOf(w.to)) }) : t('list.whole');
  return (
    <>
      <h1>{t('view.findings')}</h1>
      <div class="filters">
        <label class="pick">
          {t('list.clause')}{' '}
          <select
            data-search
            value={clause ?? ''}
            onChange={(e) => setQuery(route, { clause: e.currentTarget.value || undefined })}
          >
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
        <WindowForm route={route} />
      </div>
      <Panel
        id="list"
        title={t('list.title')}
        end={list.data && <Msg id="list.total" args={{ n: list.data.total, where }} />}
      >
        {list.error && <Failure error={list.error} again={list.again} />}
        {!list.data ? (
          list.slow && <Skeleton lines={10} />
        ) : list.data.items.length === 0 ? (
          <Empty>
            <Msg
              id={clause ? 'list.none_clause' : 'list.none'}
              args={{ clause: `§${clause ?? ''}`, where }}
            />{' '}
            {list.data.why && <Said>{list.data.why}</Said>}
          </Empty>
        ) : (
          <FindingList items={list.data.items} question={list.data.path} />
        )}
      </Panel>
    </>
  );
}

const FORMATS = ['text', 'html', 'csv', 'geojson'] as const;

export function ReportsView({ route }: { route: Route }) {
  const { board } = useApp();
  const domain = domainOf(board);
  const from = route.query.get('from') ?? isoOf(Math.max(domain.from, domain.to - 7 * 864e5)),
    to = route.query.get('to') ?? isoOf(domain.to);
  const path = (format: string) =>
    `/api/report?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&format=${format}`;
  const [text, set] = useState<{ path: string; text?: string; error?: Error }>({ path: '' });
  const asked = path('text');
  const read = () => {
    getText(asked).then(
      (x) => set({ path: asked, text: x }),
      (e: Error) => set({ path: asked, error: e }),
    );
  };
  useEffect(read, [asked]);
  return (
    <>
      <h1>{t('view.report')}</h1>
      <WindowForm route={route} begin={from} />
      <Panel
        id="report"
        title={t('report.title')}
        end={<Msg id="report.as_of" args={{ at: time(board.now), head: num(board.head.size) }} />}
      >
        <p class="exports">
          {FORMATS.map((x) => (
            <a key={x} class="btn" href={path(x)}>
              {t(`report.${x}` as Key)}
            </a>
          ))}
        </p>
        {text.path !== asked ? (
          <Skeleton lines={10} />
        ) : text.error ? (
          <Failure error={text.error} again={read} />
        ) : (
          <pre class="paper" tabIndex={0} aria-label={t('report.title')} lang="en">
            {text.text}
          </pre>
        )}
      </Panel>
    </>
  );
}

export function RecordView() {
  const { board } = useApp();
  const c = board.counts ?? {},
    a = board.agreement;
  return (
    <>
      <h1>{t('view.record')}</h1>
      <div class="cols">
        <div>
          <Panel id="head" title={t('proof.head')}>
            <table class="pairs">
              <tbody>
                <tr>
                  <th scope="row">{t('record.size')}</th>
                  <td>
                    <bdi>{num(board.head.size)}</bdi>
                  </td>
                </tr>
                <tr>
                  <th scope="row">{t('record.root')}</th>
                  <td>
                    <bdi class="mono wrap">{board.head.root}</bdi>
                  </td>
                </tr>
                <tr>
                  <th scope="row">{t('record.witnessed')}</th>
                  <td>{t(board.head.witnessed ? 'word.yes' : 'record.not_witnessed')}</td>
                </tr>
                <tr>
                  <th scope="row">{t('record.origin')}</th>
                  <td>
                    <bdi class="mono">{board.mission.origin}</bdi>
                  </td>
                </tr>
                <tr>
                  <th scope="row">{t('record.checkpoint')}</th>
                  <td>
                    <a href="/checkpoint">/checkpoint</a>
                  </td>
                </tr>
              </tbody>
            </table>
          </Panel>
          <Panel id="agreement" title={t('record.agreement')}>
            <table class="pairs">
              <tbody>
                <tr>
                  <th scope="row">{a.title}</th>
                  <td>
                    {a.version && <Msg id="record.version" args={{ version: a.version }} />} {a.note}
                  </td>
                </tr>
                {a.sha256 && (
                  <tr>
                    <th scope="row">SHA-256</th>
                    <td>
                      <bdi class="mono wrap">{a.sha256}</bdi>
                    </td>
                  </tr>
                )}
              </tbody>
            </table>
          </Panel>
        </div>
        <div>
          <Panel id="numbers" title={t('record.numbers')} end={t('record.numbers_of')}>
            <table class="pairs">
              <tbody>
                {Object.entries(c).map(([k, v]) => (
                  <tr key={k}>
                    <th scope="row">{word('record', k)}</th>
                    <td class="num">{num(v)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        </div>
      </div>
      <Panel id="sources" title={t('record.sources')}>
        {!board.sources?.length ? (
          <Empty>{t('record.no_sources')}</Empty>
        ) : (
          <div class="scroll" tabIndex={0} role="region" aria-label={t('record.sources')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('record.source')}</th>
                  <th scope="col">{t('record.kind')}</th>
                  <th scope="col" class="num">
                    {t('record.rows_col')}
                  </th>
                  <th scope="col">{t('record.first')}</th>
                  <th scope="col">{t('record.last')}</th>
                </tr>
              </thead>
              <tbody>
                {board.sources.map((s) => (
                  <tr key={s.id}>
                    <td>
                      <bdi>{s.id}</bdi>
                    </td>
                    <td>
                      <bdi>{s.kind}</bdi>
                    </td>
                    <td class="num">{num(s.rows)}</td>
                    <td>{time(s.first)}</td>
                    <td>{time(s.last)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  );
}
