import test from 'node:test';
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { load } from './load.mjs';

const { sha256, hex, utf8, fromBase64, sameBytes } = await load('sha256.ts');

test('sha256 gives the digests of FIPS 180-4', () => {
  const known = {
    '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  };
  for (const [text, digest] of Object.entries(known)) assert.equal(hex(sha256(utf8(text))), digest);
});

test('sha256 agrees with another implementation at every length around the blocks', () => {
  for (let n = 0; n <= 260; n++) {
    const b = randomBytes(n);
    assert.equal(hex(sha256(new Uint8Array(b))), createHash('sha256').update(b).digest('hex'), `length ${n}`);
  }
  const long = randomBytes(1_000_003);
  assert.equal(hex(sha256(new Uint8Array(long))), createHash('sha256').update(long).digest('hex'));
});

test('sha256 of parts is sha256 of their concatenation', () => {
  assert.equal(hex(sha256(utf8('ab'), utf8(''), utf8('c'))), hex(sha256(utf8('abc'))));
});

test('base64 is read strictly', () => {
  assert.deepEqual([...fromBase64('AAEC')], [0, 1, 2]);
  for (const bad of ['A', 'AA', 'AAA', 'AA=A', 'A===', 'AAE*', ' AAEC', 'AA-_'])
    assert.throws(() => fromBase64(bad), bad);
  assert.ok(sameBytes(utf8('x'), utf8('x')) && !sameBytes(utf8('x'), utf8('xy')));
});
