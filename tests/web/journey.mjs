// From the clause board to a finding to its verified proof, against any truce server.
//   node tests/web/journey.mjs BASE_URL
// Rows are chosen by what they are, never by name; a record with points only passes as well.
import { axe, Checks, watch, withBrowser } from './browser.mjs';

const base = process.argv[2];
if (!base) {
  console.error('usage: node tests/web/journey.mjs BASE_URL');
  process.exit(2);
}
const checks = new Checks();
const PATIENCE = 30_000;

/** The address of a view, loaded anew. */
const at = (hash = '') => new URL(`./${hash}`, base).href;

/** Waits until `f` holds in the page. Polled from here: the page's own policy forbids eval. */
async function until(page, f, ms = PATIENCE) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await page.evaluate(f)) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

async function overview(page) {
  const times = [];
  for (let i = 0; i < 3 && !(Math.min(...times) <= 2000); i++) {
    // the best of three: the machine may be busy
    await page.goto('about:blank');
    const t0 = Date.now();
    await page.goto(at());
    await page.waitForSelector('.board tbody tr td', { timeout: PATIENCE });
    await page.waitForSelector('.map .mark, .mapsum:not([hidden])', { timeout: PATIENCE });
    times.push(Date.now() - t0);
  }
  checks.ok(
    Math.min(...times) <= 2000,
    `board and map are drawn within 2 s of navigation (${times.join(', ')} ms)`,
  );
  const text = await page.textContent('body');
  const board = await (await page.request.get(at('api/board'))).json();
  for (const n of board.notices ?? [])
    checks.ok(text.includes(n), `notice stands on the view: ${n.slice(0, 40)}`);
  if (board.mission.mode !== 'live')
    checks.ok(await page.isVisible('.exercise'), `the band says ${board.mission.mode}`);
  for (const c of board.clauses)
    checks.ok(
      (await page.locator(`.board a[href="#/clause/${encodeURIComponent(c.label)}"]`).count()) === 1,
      `clause ${c.label} stands on the board once`,
    );
  return board;
}

/** drawn + clustered + without place + not read = total of the filter. */
async function sum(page) {
  await until(page, () => document.querySelector('.mapsum')?.dataset.total > 0, 10_000);
  const d = await page.locator('.mapsum').evaluate((e) => ({ ...e.dataset }));
  const n = ['drawn', 'clustered', 'unplaced', 'missing'].reduce((s, k) => s + Number(d[k]), 0);
  checks.ok(
    n === Number(d.total),
    `the map adds up: ${d.drawn} drawn, ${d.clustered} clustered, ${d.unplaced} without place, ${d.missing} not read of ${d.total}`,
  );
  return Number(d.total);
}

async function boardFits(page) {
  const [bottom, bar] = await page.evaluate(() => [
    document.querySelector('.board').getBoundingClientRect().bottom,
    document.querySelector('.timebar').getBoundingClientRect().top,
  ]);
  const rows = await page.locator('.board tbody tr:not(.group)').count();
  if (rows <= 14)
    checks.ok(
      bottom <= bar,
      `the whole board of ${rows} rows is visible at 1440 x 900 (${Math.round(bottom)} of ${Math.round(bar)} px)`,
    );
}

async function oneSelection(page) {
  const mark = page.locator('.map .mark').first();
  if (!(await mark.count())) return;
  await mark.dispatchEvent('click');
  await page.waitForSelector('.listbar span');
  const n = await mark.evaluate((e) => Number(e.dataset.n ?? 1));
  const listed = await page.locator('.findings tbody tr').count();
  checks.ok(listed === Math.min(n, 25), `a click on the map lists what it stands for (${n})`);
  await page.locator('.listbar button').first().click();

  const before = Number(await page.locator('.mapsum').getAttribute('data-total'));
  const handle = page.locator('.tl .handle').first();
  await handle.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown');
  checks.ok(
    await until(page, () => location.hash.includes('from='), 5000),
    'the handle of the time bar sets a window in the address',
  );
  await page.waitForTimeout(700);
  await sum(page);
  const after = Number(await page.locator('.mapsum').getAttribute('data-total'));
  checks.ok(after <= before, `the window of the time bar filters map and list (${before} to ${after})`);
  await page.keyboard.press('Escape');
  checks.ok(
    await until(page, () => !location.hash.includes('from='), 5000),
    'Escape shows the whole record again',
  );
}

/** Clause board -> clause -> a finding in its list -> proof verified. */
async function toProof(page, board) {
  const ids = board.clauses
    .filter((c) => c.kind === 'prohibition' && c.findings > 0)
    .sort((a, b) => b.findings - a.findings);
  const clause = ids[0] ?? board.clauses[0];
  await page.locator(`.board a[href="#/clause/${encodeURIComponent(clause.label)}"]`).click();
  await page.waitForSelector('main[data-view=clause] h1');
  checks.ok(
    (await page.textContent('h1')).includes(clause.label),
    `clause ${clause.label} opens from the board`,
  );
  if (clause.text)
    checks.ok(
      (await page.textContent('blockquote')).trim() === clause.text.trim(),
      'the text of the clause is shown as written',
    );
  await accessible(page, 'clause view');

  const row = page.locator('a[data-finding]').first();
  await row.waitFor({ timeout: PATIENCE });
  const id = await row.getAttribute('data-finding');
  await row.click();
  await page
    .waitForSelector('[data-proof=verified], [data-proof=failed]', { timeout: PATIENCE })
    .catch(() => {});
  const state = await page
    .locator('.panel [data-proof]')
    .first()
    .getAttribute('data-proof')
    .catch(() => 'none');
  checks.ok(
    state === 'verified',
    `the proof of ${id} is verified in the browser`,
    `${state}: ${await page
      .locator('#proof')
      .locator('xpath=../..')
      .innerText()
      .catch(() => '')}`,
  );
  const shown = await page
    .locator('.bytes')
    .first()
    .textContent()
    .catch(() => '');
  checks.ok(shown.startsWith('{'), 'the bytes as recorded are shown');
  checks.ok((await page.locator('.sides > div').count()) >= 2, 'both sides stand beside the finding');
  checks.ok((await page.getByText('truce log verify').count()) > 0, 'what the proof does not show is listed');
  await accessible(page, 'finding view');

  await page.goBack();
  await page.waitForSelector('main[data-view=clause]');
  checks.ok(true, 'back leads to the clause');
}

async function accessible(page, name) {
  const found = await axe(page);
  checks.ok(found.length === 0, `no serious accessibility violation: ${name}`, found.join('; '));
}

async function still(page, name) {
  const shifts = await page.evaluate(() => globalThis.shifts ?? []);
  const score = shifts.reduce((s, x) => s + x.value, 0);
  checks.ok(score === 0, `layout shift is 0 after the first paint: ${name}`, JSON.stringify(shifts));
}

async function others(page) {
  for (const [hash, name] of [
    ['#/counts', 'counts'],
    ['#/report', 'reports'],
    ['#/record', 'record'],
    ['#/findings', 'findings'],
  ]) {
    await page.goto(at(hash));
    await page.waitForSelector(`main[data-view=${hash.slice(2)}] .panel`, { timeout: PATIENCE });
    await page.waitForTimeout(500);
    await accessible(page, name);
  }
  await page.goto(at('#/counts'));
  await page.waitForSelector('.tallies .rule');
  const bare = await page
    .locator('.tallies .large')
    .evaluateAll((all) => all.filter((e) => !e.querySelector('.rule')).length);
  checks.ok(bare === 0, 'no count stands without its rule');
}

async function keyboard(page) {
  await page.goto(at());
  await page.waitForSelector('.board tbody tr td');
  await page.keyboard.press('j');
  checks.ok(await page.evaluate(() => document.activeElement?.hasAttribute('data-row')), 'j moves to a row');
  await page.keyboard.press('?');
  checks.ok((await page.locator('dialog[open]').count()) === 1, '? lists the keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForSelector('main[data-view=counts]');
  checks.ok(true, 'g c opens the counts');
}

await withBrowser({}, async (context) => {
  const page = context.pages()[0] ?? (await context.newPage());
  const seen = await watch(page, base);
  const board = await overview(page);
  await page.waitForTimeout(1200);
  await sum(page);
  await boardFits(page);
  await still(page, 'overview');
  await accessible(page, 'overview, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(400);
  await accessible(page, 'overview, dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await oneSelection(page);
  await toProof(page, board);
  await others(page);
  await keyboard(page);
  checks.ok(seen.foreign.length === 0, 'no request leaves the server', seen.foreign.join(' '));
  checks.ok(seen.errors.length === 0, 'no error on the console', seen.errors.join(' | '));
});
process.exit(checks.end());
