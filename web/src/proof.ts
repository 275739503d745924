// Checks in this browser that what a finding rests on is in the record under the head shown:
// row bytes -> root of the batch -> body of the entry -> leaf -> root of the head.
import { leafHash, rootFromPath } from './merkle';
import { parseCheckpoint, parseEntry, parseTlogProof, type Entry } from './note';
import { fromBase64, hex, utf8 } from './sha256';

export interface ProofQuestion {
  entry: number;
  row?: number;
  /** The head the page shows. */
  size: number;
  root: string;
  /** The bytes the page shows for this entry and row. */
  shown: string;
}
export interface Step {
  id: 'row' | 'batch' | 'body' | 'leaf' | 'inclusion' | 'head';
  ok: boolean;
  hash?: string;
  hashes?: number;
  why?: string;
}
export interface ProofResult {
  ok: boolean;
  steps: Step[];
  leaf?: string;
  root?: string;
  signers: string[];
  hashes: number;
}

interface RowProof {
  rows: number;
  root: string;
  row: string;
  path: string[];
}
type Fetch = (path: string) => Promise<string>;

/** The entry's body holds `root` and `rows` of a batch at its top level or one level down. */
function batchOf(body: Record<string, unknown>): { root: string; rows: number } | null {
  const layers = [
    body,
    ...Object.values(body).filter(
      (v): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v),
    ),
  ];
  for (const l of layers) {
    if (typeof l.root === 'string' && typeof l.rows === 'number') return { root: l.root, rows: l.rows };
  }
  return null;
}

/** Whether the bytes shown for an entry without rows are its body or a part of it, word for word. */
function bodyHolds(entry: Entry, shown: string): boolean {
  return shown.startsWith('{') && shown.endsWith('}') && entry.bodyText.includes(shown);
}

function checkRow(steps: Step[], q: ProofQuestion, entry: Entry, p: RowProof): void {
  steps.push(
    p.row === q.shown
      ? { id: 'row', ok: true }
      : { id: 'row', ok: false, why: 'the bytes shown are not the bytes that were proved' },
  );
  const batch = batchOf(entry.body);
  if (!batch) {
    steps.push({ id: 'batch', ok: false, why: 'the entry holds no root of rows' });
    return;
  }
  const root = hex(rootFromPath(leafHash(utf8(p.row)), q.row!, batch.rows, p.path.map(fromBase64)));
  const ok = root === batch.root && p.rows === batch.rows && p.root === batch.root;
  steps.push({
    id: 'batch',
    ok,
    hash: root,
    hashes: p.path.length,
    ...(ok ? {} : { why: 'the row does not lead to the root in the entry' }),
  });
}

/** Runs all checks; a thrown error (no answer, wrong form) becomes a failed step. */
export async function verifyProof(q: ProofQuestion, get: Fetch): Promise<ProofResult> {
  const steps: Step[] = [];
  const out: ProofResult = { ok: false, steps, signers: [], hashes: 0 };
  let at: Step['id'] = 'leaf';
  try {
    const [note, proofText, headText] = await Promise.all([
      get(`/entry/${q.entry}`),
      get(`/proof/${q.entry}?size=${q.size}`),
      get('/checkpoint'),
    ]);
    const leaf = leafHash(utf8(note));
    out.leaf = hex(leaf);
    const entry = parseEntry(note);
    if (q.row !== undefined) {
      at = 'row';
      checkRow(steps, q, entry, JSON.parse(await get(`/proof/${q.entry}/row/${q.row}`)) as RowProof);
    } else {
      const ok = bodyHolds(entry, q.shown);
      steps.push({ id: 'body', ok, ...(ok ? {} : { why: 'the bytes shown are not in the entry' }) });
    }
    at = 'leaf';
    steps.push({ id: 'leaf', ok: true, hash: out.leaf });

    at = 'inclusion';
    const proof = parseTlogProof(proofText);
    if (proof.index !== q.entry) throw new Error(`the proof is for entry ${proof.index}`);
    const root = hex(rootFromPath(leaf, q.entry, q.size, proof.path));
    out.root = root;
    out.hashes = proof.path.length;
    const included = root === q.root;
    steps.push({
      id: 'inclusion',
      ok: included,
      hash: root,
      hashes: proof.path.length,
      ...(included ? {} : { why: 'the path does not lead to the root of the head shown' }),
    });

    at = 'head';
    checkHead(steps, q, entry, proof.checkpoint, parseCheckpoint(headText));
    out.signers = proof.checkpoint.signers;
  } catch (e) {
    steps.push({ id: at, ok: false, why: e instanceof Error ? e.message : String(e) });
  }
  out.ok = steps.length > 0 && steps.every((s) => s.ok);
  return out;
}

/** The checkpoint of the proof is the head shown; the newest one is the same or a later one. */
function checkHead(
  steps: Step[],
  q: ProofQuestion,
  entry: Entry,
  mine: ReturnType<typeof parseCheckpoint>,
  newest: ReturnType<typeof parseCheckpoint>,
): void {
  const fail = (why: string) => steps.push({ id: 'head', ok: false, why });
  if (mine.size !== q.size || mine.root !== q.root) return void fail('the checkpoint is not the head shown');
  if (entry.origin !== mine.origin || newest.origin !== mine.origin)
    return void fail('entry and checkpoint name different records');
  if (newest.size < q.size) return void fail('the newest checkpoint is smaller than the head shown');
  if (newest.size === q.size && newest.root !== q.root)
    return void fail('two heads of one size have different roots');
  steps.push({ id: 'head', ok: true, hash: mine.root });
}
