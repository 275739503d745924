import test from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tree from '../dev/tree.mjs';
import { load } from './load.mjs';

const { leafHash, rootFromPath } = await load('merkle.ts');
const { hex, utf8, fromBase64 } = await load('sha256.ts');
const bytes = (b) => new Uint8Array(b);

test('every leaf of trees of 1 to 40 leads to the root, and no other index or size does', () => {
  for (let n = 1; n <= 40; n++) {
    const leaves = Array.from({ length: n }, (_, i) => tree.leaf(Buffer.from(`leaf ${i}`))),
      root = tree.root(leaves).toString('hex');
    for (let i = 0; i < n; i++) {
      const path = tree.path(leaves, i).map(bytes),
        leaf = leafHash(utf8(`leaf ${i}`));
      assert.equal(hex(rootFromPath(leaf, i, n, path)), root);
      if (n > 1) {
        const other = (i + 1) % n;
        let got = '';
        try {
          got = hex(rootFromPath(leaf, other, n, path));
        } catch {
          /* refused: also right */
        }
        assert.notEqual(got, root, `index ${other} instead of ${i} of ${n}`);
        assert.throws(() => rootFromPath(leaf, i, n, path.slice(1)), 'a shorter path');
      }
      assert.throws(() => rootFromPath(leaf, i, n, [...path, leaf]), 'a longer path');
    }
  }
});

test('an index outside the tree and a hash of another length are refused', () => {
  const leaf = leafHash(utf8('x'));
  for (const [i, n] of [
    [1, 1],
    [-1, 4],
    [0, 0],
    [0.5, 4],
    [0, 2 ** 60],
  ])
    assert.throws(() => rootFromPath(leaf, i, n, []));
  assert.throws(() => rootFromPath(leaf, 0, 2, [leaf.slice(1)]));
  assert.throws(() => rootFromPath(leaf.slice(1), 0, 1, []));
});

const vectors = fileURLToPath(new URL('../../../shared/vectors/rfc6962-merkle/inclusion/', import.meta.url));
test(
  'the published inclusion vectors are accepted and refused as they say',
  { skip: existsSync(vectors) ? false : 'no vectors here' },
  () => {
    let n = 0;
    for (const file of readdirSync(vectors, { recursive: true })
      .map(String)
      .filter((f) => f.endsWith('.json'))) {
      const v = JSON.parse(readFileSync(vectors + file, 'utf8'));
      let good = false;
      try {
        const root = rootFromPath(
          fromBase64(v.leafHash ?? ''),
          Number(v.leafIdx),
          Number(v.treeSize),
          (v.proof ?? []).map((p) => fromBase64(p)),
        );
        good = hex(root) === hex(fromBase64(v.root ?? ''));
      } catch {
        good = false;
      }
      assert.equal(good, !v.wantErr, `${file}: ${v.desc}`);
      n++;
    }
    assert.ok(n >= 50, `only ${n} vectors`);
  },
);
