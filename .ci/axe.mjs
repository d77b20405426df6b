// Opens each page given, at the width of a phone and of a desk, in light and dark, and checks it with
// axe-core, for sideways scrolling, for script errors and for requests to anywhere else.
//
//   npm install --no-save playwright-core axe-core
//   node .ci/axe.mjs [--shots FOLDER] URL...
//
// CHROMIUM names the browser (default /usr/bin/chromium). It ends with 1 where anything is amiss.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json')); // modules of the folder it is run in
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const args = process.argv.slice(2);
const shots = args[0] === '--shots' ? args.splice(0, 2)[1] : '';
if (args.length === 0) {
  console.error('usage: node axe.mjs [--shots FOLDER] URL...');
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let amiss = 0;
const complain = (...words) => { amiss++; console.log(...words); };

for (const url of args) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const where = `${url} ${width}px ${colorScheme}:`;
      const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme });
      const page = await context.newPage();
      page.on('pageerror', (error) => complain(where, error.message));
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(url).origin) complain(where, 'asks', request.url());
      });
      await page.goto(url);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) complain(where, `${wide} pixels too wide`);
      if (shots) await page.screenshot({ path: join(shots, `${new URL(url).pathname.slice(1) || 'now'}-${width}-${colorScheme}.png`), fullPage: true });
      const { violations } = await page.evaluate(`${axe};
        axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
      for (const v of violations) complain(where, v.id, v.help, v.nodes.map((n) => n.html).join('\n    '));
      await context.close();
    }
  }
}
await browser.close();
console.log(amiss ? `${amiss} amiss` : `${args.length} pages, nothing amiss`);
process.exit(amiss ? 1 : 0);
