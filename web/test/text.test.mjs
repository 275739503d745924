import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from './load.mjs';

const { catalogs, setLanguage, t } = await load('i18n.ts');
const src = fileURLToPath(new URL('../src/', import.meta.url));
const sources = readdirSync(src)
  .filter((f) => /\.tsx?$/.test(f))
  .map((f) => readFileSync(src + f, 'utf8'))
  .join('\n');
const forms = (m) => (typeof m === 'string' ? [m] : Object.values(m));
const names = (s) =>
  [...s.matchAll(/\{(\w+)\}/g)]
    .map((x) => x[1])
    .sort()
    .join(' ');

test('every catalogue has every message, with the same arguments', () => {
  for (const [lang, c] of Object.entries(catalogs)) {
    assert.deepEqual(Object.keys(c).sort(), Object.keys(catalogs.en).sort(), lang);
    for (const [key, m] of Object.entries(c)) {
      for (const f of forms(m))
        assert.equal(names(f), names(forms(catalogs.en[key]).at(-1)), `${lang} ${key}`);
      assert.ok(
        forms(m).every((f) => f.trim().length > 0),
        `${lang} ${key} is empty`,
      );
    }
  }
});

test('plural messages give every form of their language', () => {
  for (const [lang, c] of Object.entries(catalogs)) {
    const asked = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
    for (const [key, m] of Object.entries(c))
      if (typeof m !== 'string') for (const f of asked) assert.ok(m[f], `${lang} ${key} has no ${f}`);
  }
});

test('every message that the code names exists, and every message is named', () => {
  const named = [
    ...sources.matchAll(/(?:\bt\(|id=|id=\{|\? |: |^)\s*'([a-z]+\.[A-Za-z_.]+)'|id="([a-z]+\.[a-z_]+)"/gm),
  ].map((m) => m[1] ?? m[2]);
  for (const k of named) assert.ok(k in catalogs.en, `${k} is not in the catalogue`);
  const prefixes = [...sources.matchAll(/word\('([a-z.]+)'/g)]
    .map((m) => `${m[1]}.`)
    .concat('view.', 'report.');
  for (const k of Object.keys(catalogs.en)) {
    assert.ok(
      sources.includes(`'${k}'`) || sources.includes(`"${k}"`) || prefixes.some((p) => k.startsWith(p)),
      `${k} is never used`,
    );
  }
});

test('words of the interface have a message', () => {
  const words = {
    verdict: ['complied', 'breached', 'open', 'undetermined', 'not_observed', 'suspended', 'not_in_force'],
    in: ['certain', 'best', 'possible'],
    step: ['waiting', 'running', 'acknowledged', 'done', 'done_late', 'missed', 'void', 'suspended'],
    latch: ['inactive', 'pending', 'active', 'review', 'cleared'],
    band: ['replay', 'exercise'],
    audience: ['mission', 'public'],
    stage: ['observation', 'event', 'incident', 'finding', 'tally', 'clause', 'response'],
    record: [
      'entries',
      'invalid',
      'ticks',
      'batches',
      'rows',
      'singles',
      'observations',
      'live',
      'duplicates',
      'held',
      'corrected',
      'retracted',
      'allegations',
      'incidents',
    ],
    'proof.step': ['row', 'batch', 'body', 'leaf', 'inclusion', 'head'],
  };
  for (const [p, list] of Object.entries(words))
    for (const w of list) assert.ok(`${p}.${w}` in catalogs.en, `${p}.${w}`);
});

test('words to avoid do not occur', () => {
  const avoid =
    /\b(rebels?|occupiers?|terrorists?|regime|enemy|hostile|targets?|strikes?|kill(ed)?|confirm(ed)?|guilty|aggression|provocation|imminent|real-time|all quiet|safe|AI|truth|attack)\b/i;
  for (const [key, m] of Object.entries(catalogs.en))
    for (const f of forms(m)) assert.doesNotMatch(f, avoid, key);
});

test('plurals follow the language', () => {
  setLanguage('uk');
  assert.deepEqual(
    [1, 2, 5, 21].map((n) => t('finding.observations_n', { n })),
    ['1 спостереження', '2 спостереження', '5 спостережень', '21 спостереження'],
  );
  assert.equal(t('list.waiting', { n: 3 }), '3 нові, показати');
  setLanguage('en');
  assert.equal(t('finding.observations_n', { n: 1 }), '1 observation');
  assert.equal(t('finding.observations_n', { n: 1200 }), '1,200 observations');
});
