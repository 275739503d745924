// Reads the three texts a proof is made of: checkpoint, tlog-proof and entry.
import { fromBase64, hex } from './sha256';

export interface Checkpoint {
  origin: string;
  size: number;
  root: string;
  signers: string[];
}
export interface TlogProof {
  index: number;
  path: Uint8Array[];
  checkpoint: Checkpoint;
}
export interface Entry {
  origin: string;
  body: Record<string, unknown>;
  bodyText: string;
  signers: string[];
}

function integer(s: string, what: string): number {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(s)) throw new Error(`${what} is not a number: ${s.slice(0, 40)}`);
  return Number(s);
}

/** Splits a signed note at its last empty line into the lines of the text and the names that signed. */
function splitNote(note: string): { lines: string[]; signers: string[] } {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) throw new Error('not a signed note');
  const signers = note
    .slice(cut + 2, -1)
    .split('\n')
    .map((l) => {
      const m = /^\u2014 (\S+) \S+$/.exec(l);
      if (!m) throw new Error('a signature line has another form');
      return m[1]!;
    });
  return { lines: note.slice(0, cut).split('\n'), signers };
}

export function parseCheckpoint(note: string): Checkpoint {
  const { lines, signers } = splitNote(note);
  const [origin, size, root] = lines;
  if (!origin || size === undefined || root === undefined) throw new Error('a checkpoint has three lines');
  const bytes = fromBase64(root);
  if (bytes.length !== 32) throw new Error('the root of a checkpoint has 32 bytes');
  return { origin, size: integer(size, 'size'), root: hex(bytes), signers };
}

export function parseTlogProof(text: string): TlogProof {
  const cut = text.indexOf('\n\n');
  if (cut < 0) throw new Error('a proof has an empty line before its checkpoint');
  const lines = text.slice(0, cut).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('not a proof of version 1');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const m = /^index (\S+)$/.exec(lines.shift() ?? '');
  if (!m) throw new Error('the proof names no index');
  return {
    index: integer(m[1]!, 'index'),
    path: lines.map(fromBase64),
    checkpoint: parseCheckpoint(text.slice(cut + 2)),
  };
}

export function parseEntry(note: string): Entry {
  const { lines, signers } = splitNote(note);
  const [form, origin, bodyText] = lines;
  if (form !== 'truce/entry/v1' || !origin || !bodyText || lines.length !== 3)
    throw new Error('not an entry of version 1');
  return { origin, bodyText, body: JSON.parse(bodyText) as Record<string, unknown>, signers };
}
