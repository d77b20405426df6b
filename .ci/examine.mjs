// What .ci/axe.mjs and .ci/act.mjs ask of every page, with scripts switched off, at the width of a phone and of a desk, in
// light and dark: that axe-core finds nothing, that nothing scrolls sideways, that nothing is asked of anybody else, that
// the page says no error, and that the keyboard does it all: the skip link comes first, everything is reached in the order of
// the page, in sight, and seen to be focused. A picture of each is kept, and the page as it prints.
//
// It needs: npm install --no-save playwright-core axe-core. CHROMIUM names the browser (default /usr/bin/chromium).
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json')); // modules of the folder it is run in
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--lang=en-GB', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let amiss = 0, examined = 0, shots = '';

// complain says what is amiss, of a page by the name that stands for it, because addresses hold secrets.
export const complain = (...words) => { amiss++; console.log(...words); };

// keep says in which folder the pictures are kept; without it, none are.
export function keep(folder) { mkdirSync(shots = folder, { recursive: true }); }

// end closes the browser and says how it went.
export async function end() {
  await browser.close();
  console.log(amiss ? `${amiss} amiss` : `${examined} pages, nothing amiss`);
  if (shots) console.log(`pictures are in ${shots}`);
  process.exit(amiss ? 1 : 0);
}

// examine looks at a page. Visit is its address, or what one does in a fresh window to come to it, which is done twice.
// State is the cookies of whoever looks, and status what the page answers with.
export async function examine(name, visit, { state, status = 200 } = {}) {
  examined++;
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled, storageState: state, locale: 'en-GB' });
    try {
      const page = await arrive(context, visit, name, status);
      if (javaScriptEnabled) await judge(page, name);
      else await look(page, name);
    } catch (error) {
      complain(`${name}:`, error.message);
    }
    await context.close();
  }
}

// arrive comes to a page, and watches it meanwhile.
async function arrive(context, visit, name, status) {
  const page = await context.newPage();
  let last;
  page.on('pageerror', (error) => complain(`${name}:`, error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text())) complain(`${name}:`, 'console:', message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'about:' && origin !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).origin) complain(`${name}:`, 'asks', origin);
  });
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) last = response.status();
    else if (response.status() >= 400) complain(`${name}:`, 'needs', new URL(response.url()).pathname, 'which answers', response.status());
  });
  if (typeof visit === 'string') await page.goto(visit);
  else await visit(page);
  if (last !== status) complain(`${name}:`, 'answers', last);
  return page;
}

const widths = [360, 1280], schemes = ['light', 'dark'];

async function* views(page, name) {
  for (const colorScheme of schemes) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 740 });
      yield { width, colorScheme, where: `${name} ${width}px ${colorScheme}:` };
    }
  }
}

// look sees a page as people do.
async function look(page, name) {
  for await (const { width, colorScheme, where } of views(page, name)) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain(where, `${wide} pixels too wide`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    if (colorScheme === 'light') {
      await walk(page, where);
      await skip(page, where);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (shots) await page.pdf({ path: join(shots, `${name}.pdf`), preferCSSPageSize: true, format: 'A4' });
}

// begin goes back to where one is when a page has just come.
const begin = (page) => page.evaluate(() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  scrollTo(0, 0);
});

// tab goes on to the next stop: within a date there are several, one for each of its parts.
async function tab(page) {
  for (let part = 0; part < 8; part++) {
    await page.evaluate(() => { window.before = document.activeElement; });
    await page.keyboard.press('Tab');
    if (!await page.evaluate(() => document.activeElement === window.before && /^date/.test(window.before.type))) return;
  }
}

// walk goes through the page with the Tab key.
async function walk(page, where) {
  await begin(page);
  const all = await page.evaluate(() => {
    const shown = (e) => e.checkVisibility() && !e.closest('details:not([open]) > :not(summary)');
    const later = (e) => e.type === 'radio' && [...document.getElementsByName(e.name)].find((o) => o.checked) !== e; // a group is one stop
    const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((e) => shown(e) && !later(e));
    window.stops = stops;
    window.looks = stops.map((e) => { const s = getComputedStyle(e); return s.outline + s.boxShadow + s.backgroundColor + s.borderColor; });
    return stops.length;
  });
  for (let i = 0; i < all; i++) {
    await tab(page);
    const said = await page.evaluate((i) => {
      const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e), name = e.outerHTML.slice(0, 120);
      if (e !== window.stops[i]) return `stop ${i + 1} is ${name} and not ${window.stops[i].outerHTML.slice(0, 120)}`;
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
  await begin(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const inMain = await page.evaluate(() => document.activeElement.id === 'main');
  await page.keyboard.press('Tab');
  const beyond = await page.evaluate(() => document.activeElement.closest('header') === null);
  if (!inMain || !beyond) complain(where, 'the skip link does not skip');
  await begin(page);
}

// judge asks axe-core, which is a script and needs a window in which scripts run. The page itself has none.
async function judge(page, name) {
  if (await page.evaluate(() => document.scripts.length)) complain(`${name}:`, 'has a script');
  await page.evaluate(axe);
  for await (const { where } of views(page, name)) {
    const { violations } = await page.evaluate(() =>
      window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const v of violations) complain(where, v.id, v.help, v.nodes.map((n) => n.html).join('\n    '));
  }
}
