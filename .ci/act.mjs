// Acts on the pages as leaders do, and examines each page that they come to, as examine.mjs has it: they ask for a link to
// sign in, read it in the mail, press the button, swap, ask for leave, leave a note, answer a meeting, confirm a change and
// stop reminders; and it sees what they see who open a link that has ended, that never was, or do something wrongly.
//
//   npm install --no-save playwright-core axe-core
//   node .ci/act.mjs [--shots FOLDER] PCNROTA FOLDER ADDRESS
//
// FOLDER is that of a PCN whose mail goes to its outbox folder, in which somebody is on call now: an invented one, because
// what is done there stays done.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, end, examine, keep } from './examine.mjs';

const args = process.argv.slice(2);
if (args[0] === '--shots') keep(args.splice(0, 2)[1]);
const [program, folder, site] = args;
const pcnrota = (...words) => execFileSync(program, ['--home', folder, ...words], { encoding: 'utf8' });
const ask = (...words) => JSON.parse(pcnrota(...words, '--json'));

// letters gives the texts of all mail to somebody, or to anybody, with the links in it whole.
function letters(email) {
  const outbox = join(folder, 'outbox');
  return readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'latin1'))
    .filter((eml) => !email || eml.includes(`<${email}>`))
    .map((eml) => eml.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))));
}

const linksIn = (email, purpose) => letters(email).flatMap((text) => text.match(new RegExp(`http[^\\s"<>]*/do/${purpose}[^\\s"<>]*`)) ?? []);

// mailed waits for a link that was not in anybody's mail before.
async function mailed(email, purpose, before = []) {
  for (let wait = 0; wait < 100; wait++) {
    const fresh = linksIn(email, purpose).filter((link) => !before.includes(link));
    if (fresh.length) return fresh.at(-1);
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`no mail with a link to ${purpose} has come`);
}

// within does something in a window of somebody's, and gives what is in their browser afterwards.
async function within(state, act) {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: state });
  const page = await context.newPage();
  await act(page);
  const after = await context.storageState();
  const at = page.url();
  await context.close();
  return { state: after, at };
}

// go presses a button or opens a link, and waits for where that leads.
async function go(page, what) {
  await Promise.all([page.waitForNavigation(), what.click()]);
}

const press = (page, name) => go(page, page.getByRole('button', { name, exact: typeof name === 'string' }));
const follow = (page, name) => go(page, page.getByRole('link', { name }).first());

const askForLink = (email) => async (page) => {
  await page.goto(`${site}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await press(page, 'Send me a link');
};

// signIn signs somebody in, and shows the pages on the way to whoever wants to see them.
async function signIn(email, see = async () => {}) {
  const before = linksIn(email, 'sign-in');
  await within(undefined, askForLink(email));
  const link = await mailed(email, 'sign-in', before);
  await see('link', link);
  const { state } = await within(undefined, async (page) => {
    await page.goto(link);
    await press(page, 'Sign in');
  });
  await see('used', link, 410);
  return state;
}

// Those who act: whoever is on call first now, and a colleague.
const leaders = ask('leader', 'list');
const me = leaders.find((l) => l.id === ask('now')[0].leader_id);
const duty = ask('now')[0].duty_id;

await examine('sign-in-wrong', askForLink('nobody'), { status: 422 });
await examine('sign-in-sent', askForLink('nobody@example.org'));
const state = await signIn(me.email, (name, link, status) => examine(`sign-in-${name}`, link, { status }));
const mine = { state };
await examine('me', `${site}/me`, mine);
await examine('act', `${site}/act`, mine);

// A swap: one asks for a duty in return, the other looks at it and takes it.
const { at: offering } = await within(state, async (page) => {
  await page.goto(`${site}/act`);
  await follow(page, /^Swap it or give it away/);
});
await examine('act-duty', offering, mine);
await examine('act-duty-part', async (page) => {
  await page.goto(offering);
  await page.getByText('Offer only a part of its time').click();
  await page.getByLabel('From', { exact: true }).fill((await page.getByLabel('Until').inputValue()).replace(/T.*/, 'T00:00'));
  await press(page, 'See who could take that part');
}, mine);
await examine('act-duty-nobody', async (page) => {
  await page.goto(offering);
  await press(page, 'Offer it to those I ticked');
}, mine);
const returns = (await within(state, async (page) => {
  await page.goto(offering);
  await follow(page, /^Ask for a duty in return/);
})).at;
await examine('act-swap', returns, mine);
const { at: offer } = await within(state, async (page) => {
  await page.goto(returns);
  await page.getByLabel('A word to them').fill('I would be grateful: we have guests that evening.');
  await press(page, /^Ask .* to swap$/);
});
await examine('act-offer', offer, mine);
const you = leaders.find((l) => l.id === decodeURIComponent(returns.split('/').at(-1)));
const theirs = { state: await signIn(you.email) };
await examine('act-asked', `${site}/act`, theirs);
await examine('act-offer-asked', offer, theirs);
await within(theirs.state, async (page) => {
  await page.goto(offer);
  await press(page, 'Take it');
});
await examine('act-offer-taken', offer, theirs);
await examine('act-offer-given', offer, mine);

// Leave, on top of duties, that is then refused.
const leave = (first, last) => async (page) => {
  await page.goto(`${site}/act/leave`);
  await page.getByLabel('First day away').fill(first);
  await page.getByLabel('Last day away').fill(last);
  await press(page, 'Ask for it');
};
const next = (await within(state, async (page) => {
  await page.goto(`${site}/act`);
  await follow(page, /^Swap it or give it away/);
})).at.match(/\d{8}/)[0].replace(/(....)(..)(..)/, '$1-$2-$3');
await examine('act-leave', `${site}/act/leave`, mine);
await examine('act-leave-wrong', leave('2020-01-01', '2019-01-01'), mine);
const { at: asked } = await within(state, leave(next, ''));
await examine('act-leave-asked', asked, mine);
await examine('act-leave-repeated', leave(next, next), mine);
pcnrota('absence', 'refuse', new URL(asked).searchParams.get('asked'), '--reason', 'too many are away that month');
await examine('act-leave-refused', `${site}/act/leave`, mine);

// A note about the duty that is going on.
const note = (text) => async (page) => {
  await page.goto(`${site}/act/notes/${duty}`);
  await page.getByLabel('Note').fill(text);
  await press(page, 'Leave the note');
};
await examine('act-note', `${site}/act/notes/${duty}`, mine);
await examine('act-note-wrong', note('Patient 943 476 5919 rings again'), mine);
await examine('act-note-left', note('The lift is out of order until Thursday.'), mine);

// A meeting in three hours, which is told of whatever the time is, to whoever can go and to the deputy.
const [on, at] = new Date(Date.now() + 3 * 36e5).toLocaleString('sv-SE', { timeZone: 'Europe/London' }).split(' ');
pcnrota('meeting', 'add', 'Winter plan', '--body', 'PCN', '--on', on, '--at', at.slice(0, 5), '--who', 'any', '--place', 'Harbour Road Surgery');
const summons = await mailed('', 'answer');
const unsubscribe = await mailed('', 'unsubscribe');
await examine('mail-answer', summons);
await examine('mail-answered', async (page) => {
  await page.goto(summons);
  const no = page.getByRole('button', { name: /^No/ });
  if (await no.count() === 0) return; // the second time: it has been said
  await page.getByLabel(/why, for the PCN manager/).fill('clinic');
  await go(page, no);
});
const { at: meeting } = await within(state, async (page) => {
  await page.goto(`${site}/act`);
  await follow(page, /^Say whether you|^Change your answer/);
});
await examine('act-meeting', meeting, mine);
await examine('act-meeting-answered', async (page) => {
  await page.goto(meeting);
  await go(page, page.getByRole('button', { name: /^(Yes|No)/ }).first());
}, mine);

// What mail asks for without signing in.
const confirm = await mailed(me.email, 'confirm');
await examine('mail-confirm', confirm);
await examine('mail-confirmed', async (page) => {
  await page.goto(confirm);
  if (await page.getByRole('button').count()) await press(page, 'Yes, I have seen it');
});
await examine('mail-stop', unsubscribe);
await examine('mail-stopped', async (page) => {
  await page.goto(unsubscribe);
  if (await page.getByRole('button').count()) await press(page, 'Stop them');
});

// What has ended, and what never was.
const see = ask('page', 'add', '--name', 'to be revoked');
pcnrota('page', 'revoke', String(see.id));
await examine('gone', site + new URL(see.url).pathname, { status: 410 });
await examine('missing', `${site}/my/${'x'.repeat(43)}`, { status: 404 });
await examine('missing-offer', `${site}/act/offers/999`, { state, status: 409 });
await examine('missing-note', `${site}/act/notes/nothing`, { state, status: 404 });
await examine('act-signed-out', async (page) => {
  await page.goto(`${site}/act/leave`);
  await page.context().clearCookies();
  await press(page, 'Ask for it');
}, { state, status: 401 });
const sessions = [await signIn(you.email), await signIn(you.email)];
await examine('signed-out', async (page) => {
  await page.context().addCookies(sessions.pop().cookies);
  await page.goto(`${site}/act`);
  await press(page, 'Sign out');
});
await end();
