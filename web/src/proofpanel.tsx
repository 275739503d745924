// The proof of what is shown, checked in this browser, and what such a proof does not show.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { getText } from './api';
import { useApp } from './context';
import { num, shortHash } from './format';
import { t, word } from './i18n';
import { Empty, Icon, Msg, Panel, Said } from './parts';
import { verifyProof, type ProofResult } from './proof';
import type { FindingBody } from './types';

type Check = {
  state: 'pending' | 'verified' | 'failed' | 'none';
  ms: number;
  results: { entry: number; row?: number | undefined; result: ProofResult }[];
};
const MOST_CHECKED = 12;

/** Fetches and checks, in this browser, every observation shown against the head shown. */
function useProof(body: FindingBody): Check {
  const { setProof } = useApp();
  const [check, set] = useState<Check>({ state: 'pending', ms: 0, results: [] });
  const { size, root } = body.head;
  const asked = JSON.stringify([body.finding.id, size, root]);
  useEffect(() => {
    let live = true;
    const run = async () => {
      const shown = (body.observations ?? []).slice(0, MOST_CHECKED),
        p = body.proof;
      if (!p) {
        set({ state: 'none', ms: 0, results: [] });
        return;
      }
      const t0 = performance.now();
      const covers = shown.some((o) => o.entry === p.entry && o.row === p.row);
      const results = await Promise.all(
        shown.map(async (o) => ({
          entry: o.entry,
          row: o.row,
          result: await verifyProof(
            { entry: o.entry, ...(o.row === undefined ? {} : { row: o.row }), size, root, shown: o.bytes },
            (path) => getText(path),
          ),
        })),
      );
      if (!live) return;
      const ok = covers && p.size === size && results.every((r) => r.result.ok);
      set({ state: ok ? 'verified' : 'failed', ms: Math.round(performance.now() - t0), results });
      setProof(ok ? 'verified' : 'failed');
    };
    void run();
    return () => {
      live = false;
    };
  }, [asked]);
  return check;
}

export function ProofBadge({
  state,
  children,
}: {
  state: 'pending' | 'verified' | 'failed';
  children: ComponentChildren;
}) {
  return (
    <span class={`badge proof ${state}`} data-proof={state} role="status">
      {state !== 'pending' && <Icon shape={state === 'verified' ? 'check' : 'cross'} />}
      {children}
    </span>
  );
}

export function Proof({ body }: { body: FindingBody }) {
  const check = useProof(body);
  const mine =
    check.results.find((r) => r.entry === body.proof?.entry && r.row === body.proof?.row) ?? check.results[0];
  if (check.state === 'none')
    return (
      <Panel id="proof" title={t('proof.title')}>
        <Empty>{t('proof.none')}</Empty>
      </Panel>
    );
  const others = check.results.filter((r) => r !== mine);
  return (
    <Panel
      id="proof"
      title={t('proof.title')}
      end={
        <ProofBadge state={check.state}>
          {check.state === 'pending'
            ? t('proof.pending')
            : check.state === 'verified'
              ? t('proof.verified', { ms: check.ms })
              : t('proof.failed')}
        </ProofBadge>
      }
    >
      {check.state === 'failed' && (
        <p class="state error" role="alert">
          <b>{t('proof.failed')}</b>
          <span>{t('proof.failed_means')}</span>
        </p>
      )}
      <div class="proofbox">
        {mine && (
          <>
            <ProofTree result={mine.result} entry={mine.entry} size={body.head.size} />
            <table class="pairs">
              <tbody>
                {mine.result.steps.map((s, i) => (
                  <tr key={i}>
                    <th scope="row">{word('proof.step', s.id)}</th>
                    <td>
                      <Icon shape={s.ok ? 'check' : 'cross'} />{' '}
                      {s.ok ? t('proof.agrees') : <b class="bad">{t('proof.disagrees')}</b>}{' '}
                      {s.why && <Said>{s.why}</Said>}
                      {s.hash && <bdi class="mono"> {shortHash(s.hash)}…</bdi>}{' '}
                      {s.hashes !== undefined && (
                        <span class="faint">
                          <Msg id="proof.hashes" args={{ n: s.hashes }} />
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
                <tr>
                  <th scope="row">{t('proof.head')}</th>
                  <td>
                    <Msg
                      id="proof.head_of"
                      args={{
                        size: num(body.head.size),
                        root: <bdi class="mono">{shortHash(body.head.root)}…</bdi>,
                      }}
                    />
                  </td>
                </tr>
                {mine.result.signers.length > 0 && (
                  <tr>
                    <th scope="row">{t('proof.signed_by')}</th>
                    <td>
                      <bdi>{mine.result.signers.join(', ')}</bdi>{' '}
                      <span class="faint">{t('proof.not_checked_here')}</span>
                    </td>
                  </tr>
                )}
                {others.length > 0 && (
                  <tr>
                    <th scope="row">{t('proof.others')}</th>
                    <td>
                      <Msg
                        id="proof.others_n"
                        args={{ n: others.length, ok: num(others.filter((o) => o.result.ok).length) }}
                      />
                    </td>
                  </tr>
                )}
                <tr>
                  <th scope="row">{t('proof.files')}</th>
                  <td class="files">
                    <a href={`/entry/${mine.entry}`}>
                      <Msg id="word.entry" args={{ i: num(mine.entry) }} />
                    </a>{' '}
                    <a href={`/proof/${mine.entry}?size=${body.head.size}`}>{t('proof.file')}</a>
                    {mine.row !== undefined && (
                      <>
                        {' '}
                        <a href={`/proof/${mine.entry}/row/${mine.row}`}>
                          <Msg id="word.row" args={{ i: num(mine.row) }} />
                        </a>
                      </>
                    )}{' '}
                    <a href="/checkpoint">{t('proof.checkpoint')}</a>
                  </td>
                </tr>
              </tbody>
            </table>
          </>
        )}
      </div>
      <h3 class="notproven">{t('proof.not_title')}</h3>
      <ul class="plain">
        <li>{t('proof.not_content')}</li>
        <li>
          <Msg id="proof.not_signature" args={{ command: <code dir="ltr">truce log verify</code> }} />
        </li>
        <li>{t('proof.not_witnessed')}</li>
      </ul>
    </Panel>
  );
}

/** The path from the entry up to the root: filled what was hashed here, open what the server gave. */
function ProofTree({ result, entry, size }: { result: ProofResult; entry: number; size: number }) {
  const n = Math.min(8, result.hashes),
    ok = result.ok,
    step = 44,
    w = 60 + (n + 1) * step;
  const x = (i: number) => 24 + i * step,
    y = (i: number) => 96 - i * (76 / Math.max(1, n));
  return (
    <svg
      class={`ptree${ok ? '' : ' bad'}`}
      viewBox={`0 0 ${Math.max(300, w + 110)} 124`}
      role="img"
      aria-label={t('proof.tree', { n: result.hashes, entry, size })}
    >
      {Array.from({ length: n }, (_, i) => (
        <g key={i}>
          <path d={`M${x(i)} ${y(i)}V${y(i + 1)}H${x(i + 1)}M${x(i + 1)} ${y(i + 1)}h22v14`} />
          <circle class="given" cx={x(i + 1) + 22} cy={y(i + 1) + 16} r="4" />
        </g>
      ))}
      {Array.from({ length: n + 1 }, (_, i) => (
        <circle key={i} class="own" cx={x(i)} cy={y(i)} r={i === n ? 6 : 4} />
      ))}
      <text x="8" y="118">
        {t('proof.leaf_of', { i: entry })}
      </text>
      <text class="strong" x={x(n) + 12} y={y(n) - 6}>
        {t('proof.root_of', { n: size })}
      </text>
    </svg>
  );
}
