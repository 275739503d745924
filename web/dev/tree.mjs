// A small Merkle log for the fixture, written apart from the page's own code (node:crypto here).
import { createHash } from 'node:crypto';

const sha = (...b) => {
  const h = createHash('sha256');
  b.forEach((x) => h.update(x));
  return h.digest();
};
export const leaf = (bytes) => sha(Buffer.of(0), bytes);
const node = (l, r) => sha(Buffer.of(1), l, r);

/** The largest power of two below n. */
const split = (n) => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

export function root(leaves) {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return node(root(leaves.slice(0, k)), root(leaves.slice(k)));
}
export function path(leaves, i) {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return i < k
    ? [...path(leaves.slice(0, k), i), root(leaves.slice(k))]
    : [...path(leaves.slice(k), i - k), root(leaves.slice(0, k))];
}
