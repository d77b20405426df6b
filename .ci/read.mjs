// Reads calendars with ical.js, which is Thunderbird's, in its strict mode, and counts their events with node-ical.
// Where a file beside a calendar says what its texts are, they must be so.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const require = createRequire(process.env.NODE_PATH + '/');
const ICAL = require('ical.js').default ?? require('ical.js');
const nodeIcal = require('node-ical');
ICAL.design.strict = true;

let count = 0;
for (const path of process.argv.slice(2)) {
	const text = readFileSync(path, 'utf8');
	const calendar = new ICAL.Component(ICAL.parse(text));
	for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
	const events = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
	for (const e of events) {
		// A zone that ical.js does not find becomes "floating", which nothing else would notice.
		for (const t of [e.startDate, e.endDate]) assert(t.isDate || t.zone.tzid !== 'floating', `${path}: ${e.uid} floats`);
		assert(e.endDate.compare(e.startDate) > 0, `${path}: ${e.uid} ends before it starts`);
	}
	const others = Object.values(nodeIcal.sync.parseICS(text)).filter((c) => c.type === 'VEVENT');
	assert.equal(others.length, events.length, `${path}: events with the same UID`);
	for (const e of events) {
		const other = others.find((o) => o.uid === e.uid);
		if (!e.startDate.isDate) assert.equal(other.start.getTime(), e.startDate.toJSDate().getTime(), `${path}: start of ${e.uid}`);
	}
	const said = path.replace(/\.ics$/, '.json');
	if (existsSync(said)) {
		const texts = events.map((e) => ({
			uid: e.uid, summary: e.summary ?? '', description: e.description ?? '', location: e.location ?? '',
			categories: e.component.getFirstProperty('categories')?.getValues() ?? [],
		})).sort((a, b) => (a.uid < b.uid ? -1 : 1));
		assert.deepEqual(texts, JSON.parse(readFileSync(said, 'utf8')), path);
	}
	count += events.length;
}
console.log(`${count} events of ${process.argv.length - 2} calendars read by ical.js and node-ical`);
