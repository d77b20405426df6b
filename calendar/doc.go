// Package calendar decides what a calendar sees: it turns what is published into iCalendar bytes (RFC
// 5545) for Outlook, Apple, Google and Thunderbird, and recurrence rules into days; and it reads from the
// calendars that others wrote when their owner is away. It is pure: no HTTP, no database, no clock.
//
// # From a link to bytes
//
// FeedOf picks what a link shows (of one leader, a rota, a practice, a partner body or the whole PCN) and words
// it for a phone; Encode writes it. The bytes depend on nothing but their input, so a feed of which nothing has
// changed is byte for byte the same, and its ETag with it.
//
// # Identity and change
//
// The UID of an event is the identity of its duty or meeting, for life: a calendar that sees it moved
// moves it, and one that no longer sees it takes it away; it is the same in the feed of whoever holds the duty
// and in that of the rota. There is therefore no cancelled event in a
// feed. SEQUENCE counts the changes of the duty itself; DTSTAMP and LAST-MODIFIED are the last real
// change of anything the event shows, never the time of the request.
//
// # Time
//
// Events are declared in civil time and written with TZID=Europe/London and a VTIMEZONE in the form
// that Outlook, Apple and Thunderbird all understand. Where a civil time could be misread (an hour that
// is shown twice in autumn, another zone than London, a year in which London kept other rules) the
// event is written in UTC, which nobody misreads.
//
// # What is left out on purpose
//
// No METHOD, ORGANIZER or ATTENDEE, which make a subscription look like an invitation; no alarms unless the
// link asks for them, because Google and Outlook ignore them and Apple strips them: reminders are ours, by email.
//
// # What others wrote
//
// ReadAway trusts nothing: lines are cut, components kept and rules expanded within fixed bounds, and no
// parser of somebody else's sees the file. What is kept of an entry is its times and a keyword. A file is
// read in full or refused with a sentence: half of it would put people on call who are away.
package calendar
