// Recomputes contrast (WCAG 2) and the distance of the party colours from the style sheet itself.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../src/style.css', import.meta.url), 'utf8');
const tokens = { light: {}, dark: {}, print: {} };
for (const [, name, light, dark] of css.matchAll(
  /--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g,
)) {
  tokens.light[name] = light;
  tokens.dark[name] = dark;
}
const print = css.slice(css.indexOf('@media print'));
for (const [, name, value] of print.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/g))
  tokens.print[name] = value.length === 4 ? `#${[...value.slice(1)].map((c) => c + c).join('')}` : value;

const rgb = (h) => [1, 3, 5].map((i) => parseInt(h.slice(i, i + 2), 16) / 255);
const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = (h) => {
  const [r, g, b] = rgb(h).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
function lab(h) {
  const [r, g, b] = rgb(h).map(linear);
  const f = (v) => (v > 216 / 24389 ? Math.cbrt(v) : ((24389 / 27) * v + 16) / 116);
  const [x, y, z] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map(f);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const SURFACES = ['ground', 'surface', 'raised'],
  TEXT = ['ink', 'ink-2', 'ink-3', 'complied', 'open', 'undet', 'breached'];
const PAIRS = [
  ['breached', 'breached-bg'],
  ['slot-1', 'slot-1-bg'],
  ['slot-2', 'slot-2-bg'],
  ['session-ink', 'session'],
  ['surface', 'ink'],
  ['outlook', 'outlook-bg'],
  ['ink', 'm-land'],
  ['ink-2', 'm-land'],
  ['ink-2', 'm-water'],
  ['ink', 'm-water'],
];

for (const [theme, t] of Object.entries(tokens)) {
  test(`text is at least 4.5 : 1 on every surface, ${theme}`, () => {
    for (const s of SURFACES)
      for (const i of TEXT)
        assert.ok(contrast(t[i], t[s]) >= 4.5, `${i} on ${s}: ${contrast(t[i], t[s]).toFixed(2)}`);
    for (const [a, b] of PAIRS)
      assert.ok(contrast(t[a], t[b]) >= 4.5, `${a} on ${b}: ${contrast(t[a], t[b]).toFixed(2)}`);
  });
  test(`edges of controls, focus and hatch are at least 3 : 1, ${theme}`, () => {
    for (const s of SURFACES)
      for (const e of ['rule-2', 'focus', ...(theme === 'print' ? [] : ['hatch'])])
        assert.ok(contrast(t[e], t[s]) >= 3, `${e} on ${s}: ${contrast(t[e], t[s]).toFixed(2)}`);
    if (theme === 'print') assert.ok(contrast(t.hatch, t.surface) >= 3, 'hatch on paper');
  });
}
test('the party colours have equal lightness and stand far apart', () => {
  for (const t of [tokens.light, tokens.dark]) {
    const a = lab(t['slot-1']),
      b = lab(t['slot-2']);
    assert.ok(Math.abs(a[0] - b[0]) <= 3, `lightness ${a[0].toFixed(1)} and ${b[0].toFixed(1)}`);
    assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) >= 60, 'distance');
  }
});
test('no colour is written outside the tokens, and nothing loads from elsewhere', () => {
  const body = css
    .slice(css.indexOf('/* ---------- base'), css.indexOf('@media print'))
    .replace(/&#x?\w+;/g, '');
  assert.doesNotMatch(body, /#[0-9a-f]{6}\b/i);
  assert.doesNotMatch(css, /https?:|@import|@font-face/);
});
test('only logical sides are named, so that the frame mirrors', () => {
  assert.doesNotMatch(
    css.replace(/\/\*[\s\S]*?\*\//g, ''),
    /(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)|[\s;{](?:left|right):/,
  );
});
