// The list of findings: the same selection as map and time bar, in pages, with rows that open a finding.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { interval, span, where } from './format';
import { t, word } from './i18n';
import { Msg, Party, Said } from './parts';
import { href } from './route';
import type { Finding } from './types';

const PAGE = 25;
export interface ListProps {
  items: Finding[];
  selected?: Set<string>;
  hover?: string | null;
  onHover?: (id: string | null) => void;
  onClear?: (() => void) | undefined;
  /** What the rows are listed for; a change starts again at the first page. */
  question: string;
}

/** Rows that came while the reader looks at the list wait until asked for. */
function useHeldBack(
  items: Finding[],
  question: string,
): { rows: Finding[]; waiting: number; show: () => void } {
  const [seen, setSeen] = useState({ question, items });
  const known = useMemo(() => new Set(seen.items.map((x) => x.id)), [seen]);
  const added = seen.question === question ? items.filter((x) => !known.has(x.id)).length : 0;
  const first = seen.items.length === 0;
  useEffect(() => {
    if (seen.question !== question || first) setSeen({ question, items });
  }, [question, items]);
  const rows = seen.question !== question || first ? items : items.filter((x) => known.has(x.id));
  return { rows, waiting: first ? 0 : added, show: () => setSeen({ question, items }) };
}

export function FindingList({ items, selected, hover, onHover, onClear, question }: ListProps) {
  const chosen = selected?.size ? items.filter((x) => selected.has(x.id)) : null;
  const { rows: all, waiting, show } = useHeldBack(items, question);
  const rows = useMemo(() => [...(chosen ?? all)].reverse(), [chosen?.length, selected, all]);
  const [page, setPage] = useState(0);
  useEffect(() => setPage(0), [question, selected]);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE)),
    here = Math.min(page, pages - 1);
  return (
    <div class="findings">
      <div class="listbar" aria-live="polite">
        {chosen && (
          <span>
            <Msg id="list.chosen" args={{ n: chosen.length }} />{' '}
            <button class="btn quiet" onClick={onClear}>
              {t('list.all')}
            </button>
          </span>
        )}
        {waiting > 0 && (
          <button class="btn" onClick={show}>
            <Msg id="list.waiting" args={{ n: waiting }} />
          </button>
        )}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('list.title')}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t('col.when')}</th>
              <th scope="col">{t('col.what')}</th>
              <th scope="col">{t('col.where')}</th>
              <th scope="col">{t('col.counts')}</th>
              <th scope="col">{t('col.side')}</th>
              <th scope="col" class="num">
                {t('col.deaths')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(here * PAGE, (here + 1) * PAGE).map((x) => (
              <tr
                key={x.id}
                class={selected?.has(x.id) || hover === x.id ? 'sel' : ''}
                onPointerEnter={() => onHover?.(x.id)}
                onPointerLeave={() => onHover?.(null)}
              >
                <td class="nw">{span(x.begin, x.end)}</td>
                <td>
                  <a data-row data-finding={x.id} href={href('finding', x.id)}>
                    {x.label}
                  </a>
                  {x.exercise && <b> {t('word.exercise')}</b>}
                  {x.contested && <b> {t('word.contested')}</b>}
                </td>
                <td class="full">
                  <Said>{x.text ?? ''}</Said>{' '}
                  <span class="faint">
                    <bdi>{where(x.place)}</bdi>
                  </span>
                </td>
                <td>
                  {x.in && <span class={`in ${x.in}`}>{word('in', x.in)}</span>}{' '}
                  {x.clause && (
                    <span class="faint">
                      <bdi>§{x.clause}</bdi>
                    </span>
                  )}
                </td>
                <td>
                  {x.side === undefined || x.side === 'undetermined' ? (
                    <span class="faint">{t('word.undetermined')}</span>
                  ) : (
                    <Party id={x.side} />
                  )}
                </td>
                <td class="num" data-label={t('col.deaths')}>
                  {x.deaths && <bdi>{interval(x.deaths)}</bdi>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav class="pages" aria-label={t('list.pages')}>
          <button class="btn" disabled={here === 0} onClick={() => setPage(here - 1)}>
            {t('list.newer')}
          </button>
          <span>
            <Msg id="list.page" args={{ a: here + 1, b: pages }} />
          </span>
          <button class="btn" disabled={here >= pages - 1} onClick={() => setPage(here + 1)}>
            {t('list.older')}
          </button>
        </nav>
      )}
    </div>
  );
}
