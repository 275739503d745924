// The states of a panel, against fixtures of its own: failed proof, empty, error, offline, stale,
// new rows, public audience, other language and direction.   node tests/web/states.mjs
import { serve } from '../../web/dev/fixture.mjs';
import { axe, Checks, watch, withBrowser } from './browser.mjs';

const checks = new Checks();
const servers = [];
const start = async (o) => {
  const s = await serve(o);
  servers.push(s);
  return s;
};

async function tampered(page) {
  for (const tamper of ['row', 'entry', 'path', 'head']) {
    const s = await start({ tamper });
    await page.goto(`${s.url}/#/finding/i-0042`);
    await page.waitForSelector('[data-proof=failed]');
    const text = await page.textContent('.panel[aria-labelledby=proof]');
    checks.ok(text.includes('do not rely on this page'), `a changed ${tamper} is found and said`);
    await page.locator('.nav a').first().click();
    await page.waitForSelector('.board');
    checks.ok(
      (await page.locator('.top [data-proof=failed]').count()) === 1,
      `the failed check of a ${tamper} stands on the next view`,
    );
    await page.goto('about:blank');
  }
}

async function empty(page) {
  const s = await start({ empty: true });
  await page.goto(`${s.url}/`);
  await page.waitForSelector('.state.empty');
  const text = await page.textContent('body');
  checks.ok(/No incident recorded in: whole record/.test(text), 'an empty list says what was searched');
  checks.ok(!/quiet|no violations/i.test(text), 'an empty record does not comfort');
  await page.goto(`${s.url}/#/counts`);
  await page.waitForSelector('.tallies .hatchbox');
  checks.ok(
    (await page.locator('.tallies .large').count()) === 0,
    'an unobserved window shows words and no number',
  );
}

async function failing(page) {
  const s = await start({ down: true });
  await page.goto(`${s.url}/`);
  await page.waitForSelector('.state.error');
  const text = await page.textContent('.state.error');
  checks.ok(
    /TR0903/.test(text) && /Nothing in the record is lost/.test(text) && /Try again/.test(text),
    'an error has fact, consequence and act',
  );
  checks.ok((await page.locator('.board tbody tr').count()) > 5, 'the board stands while a list fails');
  await page.goto('about:blank');

  const t = await start({});
  await page.goto(`${t.url}/`);
  await page.waitForSelector('.board');
  t.close();
  await page.waitForSelector('.state.stale', { timeout: 15_000 });
  checks.ok(
    /Shown is what was known at/.test(await page.textContent('.state.stale')),
    'a broken stream says as of when the page stands',
  );
  checks.ok((await page.locator('.board tbody tr').count()) > 5, 'what was read stays');
}

async function live(page) {
  const s = await start({});
  await page.goto(`${s.url}/`);
  await page.waitForSelector('.findings tbody tr');
  const before = await page.locator('.findings tbody tr').first().textContent();
  s.grow();
  await page.waitForSelector('.listbar .btn', { timeout: 15_000 });
  checks.ok(/\d+ new, show/.test(await page.textContent('.listbar')), 'a new row waits behind a button');
  checks.ok(
    (await page.locator('.findings tbody tr').first().textContent()) === before,
    'nothing moves meanwhile',
  );
  await page.locator('.listbar .btn').click();
  checks.ok((await page.locator('.listbar .btn').count()) === 0, 'the button shows it');
  checks.ok(
    (await page.textContent('.top .proof')).includes(String(s.world.entries.length)),
    'the head in the bar follows the record',
  );
}

async function languages(page) {
  const s = await start({ audience: 'public' });
  await page.goto(`${s.url}/?lang=uk`);
  await page.waitForSelector('.board');
  checks.ok((await page.textContent('h2#board')).includes('Стан пунктів'), 'the page speaks Ukrainian');
  checks.ok((await page.textContent('.top')).includes('Громадськість'), 'the audience is said');
  await page.goto(`${s.url}/?dir=rtl`);
  await page.waitForSelector('.board');
  const [h, m] = await page.evaluate(() => [
    document.querySelector('.boardpanel').getBoundingClientRect().x,
    document.querySelector('.mappanel').getBoundingClientRect().x,
  ]);
  checks.ok(h > m, 'right to left mirrors the frame');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  checks.ok(wide <= 0, `nothing sticks out sideways (${wide} px)`);
}

async function phone(base) {
  await withBrowser({ viewport: { width: 390, height: 844 }, hasTouch: true }, async (context) => {
    const page = await context.newPage();
    for (const hash of [
      '',
      '#/clause/6.1',
      '#/finding/i-0042',
      '#/counts',
      '#/record',
      '#/report',
      '#/findings',
    ]) {
      await page.goto('about:blank');
      await page.goto(`${base}/${hash}`);
      await page.waitForSelector('main .panel');
      await page.waitForTimeout(500);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      checks.ok(wide <= 0, `on a phone nothing sticks out sideways: ${hash || 'overview'} (${wide} px)`);
    }
    const found = await axe(page);
    checks.ok(found.length === 0, 'no serious accessibility violation on a phone', found.join('; '));
  });
}

await withBrowser({}, async (context) => {
  const page = await context.newPage();
  const seen = await watch(page, 'http://127.0.0.1');
  await tampered(page);
  await empty(page);
  await live(page);
  await languages(page);
  const missing = seen.errors.filter((e) => e.includes('missing message'));
  checks.ok(missing.length === 0, 'no message is missing', missing.join(' '));
  await failing(page);
});
await phone((await start({})).url);
servers.forEach((s) => s.close());
process.exit(checks.end());
