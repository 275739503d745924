// Pictures of the views for a person to look at:  node tests/web/shots.mjs OUT_DIR
// Starts fixtures of its own; light and dark, 1440 x 900 and 390 x 844.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../web/dev/fixture.mjs';
import { withBrowser } from './browser.mjs';

const out = process.argv[2] ?? 'shots';
mkdirSync(out, { recursive: true });
const normal = await serve(),
  tampered = await serve({ tamper: 'row' }),
  empty = await serve({ empty: true }),
  down = await serve({ down: true });
const finding = normal.world.items.find((x) => x.id === '0020') ?? normal.world.items[20];
const id = `f-1.1-${finding.id}`;
const VIEWS = [
  ['overview', normal, ''],
  ['clause', normal, '#/clause/6.1'],
  ['finding', normal, `#/finding/${id}`],
  ['failed', tampered, `#/finding/${id}`],
  ['counts', normal, '#/counts'],
  ['empty', empty, ''],
  ['error', down, ''],
  ['sector', normal, '#/finding/i-0004'],
  ['rtl', normal, '?dir=rtl'],
  ['uk', normal, '?lang=uk'],
  ['record', normal, '#/record'],
  ['report', normal, '#/report'],
];
const only = process.argv.slice(3);
for (const [size, w, h] of [
  ['desk', 1440, 900],
  ['phone', 390, 844],
]) {
  for (const theme of ['light', 'dark']) {
    await withBrowser({ viewport: { width: w, height: h }, colorScheme: theme }, async (context) => {
      const page = await context.newPage();
      for (const [name, server, tail] of VIEWS) {
        if (only.length && !only.includes(name)) continue;
        await page.goto('about:blank');
        await page.goto(`${server.url}/${tail}`);
        await page.waitForTimeout(900);
        await page.screenshot({
          path: join(out, `${name}-${size}-${theme}.png`),
          fullPage: size === 'phone' && name !== 'rtl',
        });
      }
    });
  }
}
[normal, tampered, empty, down].forEach((s) => s.close());
