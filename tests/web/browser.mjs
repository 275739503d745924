// Starts the system's Chromium for the browser tests, with a fresh user data directory,
// and prints one `ok` or `not ok` line for each check.
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const need = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = need('playwright-core');
export const axeSource = () => readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');

const PATHS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

/** Runs `work(context)` in a browser of its own and cleans up after it. */
export async function withBrowser(options, work) {
  const dir = mkdtempSync(join(tmpdir(), 'truce-web-'));
  const context = await chromium.launchPersistentContext(dir, {
    executablePath: PATHS.find((p) => p && existsSync(p)),
    headless: true,
    args: ARGS,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'en-GB',
    ...options,
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Collects checks; `end()` prints the closing line and gives the exit code. */
export class Checks {
  passed = 0;
  failed = 0;
  ok(good, name, why = '') {
    if (good) this.passed++;
    else this.failed++;
    console.log(
      `${good ? 'ok' : 'not ok'} ${this.passed + this.failed} - ${name}${good || !why ? '' : `: ${why}`}`,
    );
    return Boolean(good);
  }
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed || !this.passed ? 1 : 0;
  }
}

/** Watches a page: requests that leave `base`, errors on the console, layout shift. */
export async function watch(page, base) {
  const seen = { foreign: [], errors: [] };
  const origin = new URL(base).origin;
  page.on('request', (r) => {
    if (!r.url().startsWith('data:') && new URL(r.url()).origin !== origin) seen.foreign.push(r.url());
  });
  page.on('console', (m) => {
    if (m.type() === 'error') seen.errors.push(m.text());
  });
  page.on('pageerror', (e) => seen.errors.push(String(e)));
  await page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((l) => {
      for (const e of l.getEntries())
        if (!e.hadRecentInput)
          globalThis.shifts.push({
            value: e.value,
            at: e.startTime,
            what: e.sources.map((s) => s.node?.className || s.node?.nodeName),
          });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return seen;
}

/** Serious and critical violations of WCAG 2.2 A and AA on the page as it stands. */
export async function axe(page) {
  await page.evaluate(axeSource());
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }),
  );
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map(
      (v) =>
        `${v.id} (${v.nodes.length}): ${v.nodes
          .slice(0, 2)
          .map((n) => n.target.join(' '))
          .join(', ')}`,
    );
}
