import test from 'node:test';
import assert from 'node:assert/strict';
import { serve } from '../dev/fixture.mjs';
import { load } from './load.mjs';

const { verifyProof } = await load('proof.ts');
const { parseCheckpoint, parseEntry, parseTlogProof } = await load('note.ts');

/** Asks a fixture for the proof of one item; `change` spoils the question or an answer. */
async function check(options, pick, change = {}) {
  const s = await serve(options);
  try {
    const x = pick(s.world.items),
      h = s.world.head();
    const question = {
      entry: x.entry,
      ...(x.row === undefined ? {} : { row: x.row }),
      size: h.size,
      root: h.root,
      shown: x.bytes,
      ...change.question,
    };
    return await verifyProof(question, async (p) => {
      const text = await (await fetch(s.url + p)).text();
      return change.answer ? change.answer(p, text) : text;
    });
  } finally {
    s.close();
  }
}
const row = (items) => items[60],
  single = (items) => items.find((x) => x.row === undefined);
const failedAt = (r) => r.steps.filter((x) => !x.ok).map((x) => x.id);

test('a row is followed to the root of the head', async () => {
  const r = await check({}, row);
  assert.ok(r.ok, JSON.stringify(r));
  assert.deepEqual(
    r.steps.map((x) => x.id),
    ['row', 'batch', 'leaf', 'inclusion', 'head'],
  );
});
test('a single observation is followed to the root of the head', async () => {
  const r = await check({}, single);
  assert.ok(r.ok, JSON.stringify(r));
  assert.deepEqual(
    r.steps.map((x) => x.id),
    ['body', 'leaf', 'inclusion', 'head'],
  );
});
test('a changed row, entry, path or checkpoint is found', async () => {
  assert.deepEqual(failedAt(await check({ tamper: 'row' }, row)), ['row', 'batch']);
  assert.ok(failedAt(await check({ tamper: 'entry' }, row)).includes('inclusion'));
  assert.ok(failedAt(await check({ tamper: 'path' }, row)).includes('inclusion'));
  assert.ok(failedAt(await check({ tamper: 'head' }, row)).includes('head'));
});
test('other bytes on the screen than those proved are found', async () => {
  assert.deepEqual(failedAt(await check({}, row, { question: { shown: '{}' } })), ['row']);
  assert.deepEqual(failedAt(await check({}, single, { question: { shown: '{"kind":"other"}' } })), ['body']);
  assert.deepEqual(failedAt(await check({}, single, { question: { shown: '' } })), ['body']);
});
test('a head with another root than the one shown is found', async () => {
  assert.deepEqual(failedAt(await check({}, row, { question: { root: '00'.repeat(32) } })), [
    'inclusion',
    'head',
  ]);
});
test('a proof of another entry, an empty answer and no answer fail', async () => {
  assert.ok(
    !(
      await check({}, row, {
        answer: (p, t) => (p.includes('?size') ? t.replace(/index \d+/, 'index 0') : t),
      })
    ).ok,
  );
  assert.ok(!(await check({}, row, { answer: () => '' })).ok);
  assert.ok(
    !(
      await check({}, row, {
        answer: () => {
          throw new Error('gone');
        },
      })
    ).ok,
  );
});
test('an entry of another record fails', async () => {
  const r = await check({}, row, {
    answer: (p, t) => (p === '/checkpoint' ? t.replace('mission.example', 'other.example') : t),
  });
  assert.deepEqual(failedAt(r), ['head']);
});
test('texts of another form are refused', () => {
  const root = Buffer.alloc(32).toString('base64');
  assert.equal(parseCheckpoint(`o\n7\n${root}\n\n\u2014 o AAAA\n`).size, 7);
  for (const bad of [
    '',
    'o\n7\n',
    `o\n07\n${root}\n\n\u2014 o AAAA\n`,
    `o\n7\nAAAA\n\n\u2014 o AAAA\n`,
    `o\n7\n${root}\n\n- o AAAA\n`,
  ])
    assert.throws(() => parseCheckpoint(bad), bad);
  assert.throws(() => parseTlogProof('c2sp.org/tlog-proof@v2\nindex 1\n\n'));
  assert.throws(() => parseEntry('truce/entry/v2\no\n{}\n\n\u2014 o AAAA\n'));
});
