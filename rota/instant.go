package rota

import "time"

// This file is the only place where civil time becomes an instant and back. Everything that is
// declared (patterns, meetings, reminder times) is civil; everything that is compared, stored or
// sent is an instant.

// Instant gives the moment at which a clock in zone shows c, by the rule of RFC 5545 section 3.3.5:
// a time shown twice (autumn) means the first showing; a time never shown (spring) is read with the
// offset that held before the gap, so 01:30 in the London gap is 02:30 BST.
func (c Civil) Instant(zone *time.Location) time.Time {
	first, second := c.readings(zone)
	if CivilOf(second, zone) == c.normal() && CivilOf(first, zone) != c.normal() {
		return second
	}
	return first
}

// Ambiguous reports whether a clock in zone shows c twice. Calendars write such a time in UTC.
func (c Civil) Ambiguous(zone *time.Location) bool {
	first, second := c.readings(zone)
	return first != second && CivilOf(first, zone) == c.normal() && CivilOf(second, zone) == c.normal()
}

// readings reads c with the offset that held a day earlier and with the one that holds a day later.
// They differ only around a change of the clocks.
func (c Civil) readings(zone *time.Location) (before, after time.Time) {
	wall := time.Date(c.Date.Year, c.Date.Month, c.Date.Day, 0, int(c.Time), 0, 0, time.UTC)
	read := func(at time.Time) time.Time {
		_, offset := at.In(zone).Zone()
		return wall.Add(-time.Duration(offset) * time.Second).In(zone)
	}
	return read(wall.AddDate(0, 0, -1)), read(wall.AddDate(0, 0, 1))
}

// normal turns 24:00 into 00:00 of the next day.
func (c Civil) normal() Civil {
	if c.Time == 24*60 {
		return Civil{c.Date.AddDays(1), 0}
	}
	return c
}

// CivilOf gives what a clock in zone shows at t, to the minute.
func CivilOf(t time.Time, zone *time.Location) Civil {
	t = t.In(zone)
	return Civil{dateOf(t), TimeOfDay(t.Hour()*60 + t.Minute())}
}

// Span is the time from Start up to, but not including, End.
type Span struct {
	Start, End time.Time
}

// Overlaps reports whether s and o share any moment.
func (s Span) Overlaps(o Span) bool { return s.Start.Before(o.End) && o.Start.Before(s.End) }

// Contains reports whether t lies in s.
func (s Span) Contains(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// Gap gives the time between two spans that do not overlap, and zero for two that do.
func (s Span) Gap(o Span) time.Duration {
	switch {
	case s.Overlaps(o):
		return 0
	case s.Start.Before(o.Start):
		return o.Start.Sub(s.End)
	default:
		return s.Start.Sub(o.End)
	}
}

// Days gives the first and the last civil day that s touches in zone.
func (s Span) Days(zone *time.Location) (first, last Date) {
	return CivilOf(s.Start, zone).Date, CivilOf(s.End.Add(-time.Nanosecond), zone).Date
}
