// Examines the pages at the addresses given, as examine.mjs has it.
//
//   npm install --no-save playwright-core axe-core
//   node .ci/axe.mjs [--shots FOLDER] NAME=URL...
//
// A NAME stands for the page wherever something is said, because addresses hold secrets. It ends with 1 where anything
// is amiss.
import { end, examine, keep } from './examine.mjs';

const args = process.argv.slice(2);
if (args[0] === '--shots') keep(args.splice(0, 2)[1]);
const pages = args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]);
if (pages.length === 0 || pages.some(([name, url]) => !/^[\w-]+$/.test(name) || !URL.canParse(url))) {
  console.error('usage: node axe.mjs [--shots FOLDER] NAME=URL...');
  process.exit(2);
}
for (const [name, url] of pages) await examine(name, url);
await end();
