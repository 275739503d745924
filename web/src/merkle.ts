// Merkle tree of RFC 6962: leaf = SHA-256(0x00 || bytes), node = SHA-256(0x01 || left || right).
import { sha256 } from './sha256';

const LEAF = Uint8Array.of(0),
  NODE = Uint8Array.of(1);

export const leafHash = (bytes: Uint8Array) => sha256(LEAF, bytes);
export const nodeHash = (l: Uint8Array, r: Uint8Array) => sha256(NODE, l, r);

/**
 * The root that `path` gives for `leaf` at `index` in a tree of `size` leaves (RFC 9162, 2.1.3.2).
 * Throws when the path is too short, too long, or a hash has not 32 bytes.
 * Indices stay below 2^53; halving is done by division, not by shifts.
 */
export function rootFromPath(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): Uint8Array {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new Error(`index ${index} is not inside a tree of ${size}`);
  }
  if (leaf.length !== 32) throw new Error('a leaf hash has 32 bytes');
  const odd = (x: number) => x % 2 === 1,
    half = (x: number) => Math.floor(x / 2);
  let fn = index,
    sn = size - 1,
    r = leaf;
  for (const p of path) {
    if (p.length !== 32) throw new Error('a hash of the path has 32 bytes');
    if (sn === 0) throw new Error('the path is too long');
    if (odd(fn) || fn === sn) {
      r = nodeHash(p, r);
      while (!odd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      r = nodeHash(r, p);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) throw new Error('the path is too short');
  return r;
}
