// Opens each page given, with scripts switched off, at the width of a phone and of a desk, in light and dark, and
// checks it with axe-core, for sideways scrolling, for errors, for requests to anywhere else, and by keyboard:
// the skip link comes first, everything is reached in the order of the page, in sight, and seen to be focused.
// It keeps a picture of each, and the page as it prints.
//
//   npm install --no-save playwright-core axe-core
//   node .ci/axe.mjs [--shots FOLDER] NAME=URL...
//
// A NAME stands for the page wherever something is said, because addresses hold secrets. CHROMIUM names the browser
// (default /usr/bin/chromium). It ends with 1 where anything is amiss.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json')); // modules of the folder it is run in
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const args = process.argv.slice(2);
const shots = args[0] === '--shots' ? args.splice(0, 2)[1] : '';
const pages = args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]);
if (pages.length === 0 || pages.some(([name, url]) => !/^[\w-]+$/.test(name) || !URL.canParse(url))) {
  console.error('usage: node axe.mjs [--shots FOLDER] NAME=URL...');
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let amiss = 0;
const complain = (...words) => { amiss++; console.log(...words); };

// look opens a page and gives it, watched.
async function look(context, url, where) {
  const page = await context.newPage();
  page.on('pageerror', (error) => complain(where, error.message));
  page.on('console', (message) => { if (message.type() === 'error') complain(where, 'console:', message.text()); });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) complain(where, 'asks', new URL(request.url()).origin);
  });
  const answer = await page.goto(url);
  if (answer.status() !== 200) complain(where, 'answers', answer.status());
  return page;
}

// walk goes through the page with the Tab key.
async function walk(page, where) {
  const all = await page.evaluate(() => {
    const shown = (e) => e.checkVisibility() && !e.closest('details:not([open]) > :not(summary)');
    const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(shown);
    window.stops = stops;
    window.looks = stops.map((e) => { const s = getComputedStyle(e); return s.outline + s.boxShadow + s.backgroundColor + s.borderColor; });
    return stops.length;
  });
  for (let i = 0; i < all; i++) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate((i) => {
      const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e), name = e.outerHTML.slice(0, 120);
      if (e !== window.stops[i]) {
        const radios = e.type === 'radio' && window.stops[i].type === 'radio';
        return radios ? '' : `stop ${i + 1} is ${name} and not ${window.stops[i].outerHTML.slice(0, 120)}`;
      }
      if (i === 0 && e.getAttribute('href') !== '#main') return `the first stop is ${name}, not the skip link`;
      if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) return `${name} is focused out of sight`;
      if (s.outline + s.boxShadow + s.backgroundColor + s.borderColor === window.looks[i]) return `${name} does not show that it is focused`;
      return '';
    }, i);
    if (said) { complain(where, said); return; }
  }
}

// skip uses the skip link: the next stop after it is beyond the header.
async function skip(page, where) {
  await page.reload();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const inMain = await page.evaluate(() => document.activeElement.id === 'main' || location.hash === '#main');
  await page.keyboard.press('Tab');
  const beyond = await page.evaluate(() => document.activeElement.closest('header') === null);
  if (!inMain || !beyond) complain(where, 'the skip link does not skip');
}

// judge asks axe-core, which is a script and needs a window in which scripts run. The page itself has none.
async function judge(url, how, where) {
  const context = await browser.newContext(how);
  const page = await look(context, url, where);
  if (await page.evaluate(() => document.scripts.length)) complain(where, 'has a script');
  const { violations } = await page.evaluate(`${axe};
    axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
  for (const v of violations) complain(where, v.id, v.help, v.nodes.map((n) => n.html).join('\n    '));
  await context.close();
}

for (const [name, url] of pages) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const where = `${name} ${width}px ${colorScheme}:`;
      const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme, javaScriptEnabled: false });
      const page = await look(context, url, where);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) complain(where, `${wide} pixels too wide`);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      if (colorScheme === 'light') {
        await walk(page, where);
        await skip(page, where);
      }
      if (shots && width === 1280 && colorScheme === 'light') {
        await page.pdf({ path: join(shots, `${name}.pdf`), preferCSSPageSize: true, format: 'A4' });
      }
      await context.close();
      await judge(url, { viewport: { width, height: 740 }, colorScheme }, where);
    }
  }
}
await browser.close();
console.log(amiss ? `${amiss} amiss` : `${pages.length} pages, nothing amiss`);
if (shots) console.log(`pictures are in ${shots}`);
process.exit(amiss ? 1 : 0);
