package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// This file decides which nights on call were so disturbed that the next morning has to begin later. It is a
// warning and binds no rota: what has happened, no planner can change.
//
// A night is disturbed where somebody was called more than twice after 23:00 (the house rule of pcn-light), or
// where they were left with less than five hours of rest on end or eight in all between 22:00 and 07:00, which
// is what a period on call is expected to leave (Terms and Conditions of Service for NHS Doctors and Dentists in
// Training (England) 2016, Schedule 3 paragraph 30, the eight hours being looked for at night, as people with a
// day's work take them). What is owed then is rest equal to what was missed (Working Time Regulations 1998,
// regulation 24, as NHS Employers explain it for work on call): the day begins later by the time that was worked.

const (
	nightFrom, nightUntil TimeOfDay = 22 * 60, 7 * 60
	lateFrom              TimeOfDay = 23 * 60
	mostLateCalls                   = 2
	restOnEnd                       = 5 * time.Hour
	restInAll                       = 8 * time.Hour
)

// Mornings says when an ordinary day's work begins.
type Mornings struct {
	Starts   TimeOfDay
	Zone     *time.Location
	Holidays Holidays
}

// LateStart is what a leader is owed after a disturbed night.
type LateStart struct {
	Leader    LeaderID
	NotBefore Civil   // when the next day's work may begin
	Calls     []Call  // of the night, in order of time
	Worked    Minutes // between 22:00 and 07:00
	Why       string  // what was disturbed, in words
	Clashes   []Duty  // duties of the leader that begin before that, in order
	zone      *time.Location
}

// LateStarts gives what is owed after the nights in which calls were made, in order of time, then of leader. A
// morning of a weekend or bank holiday is left out, unless a duty of the leader begins before it is due.
// Duties may be anybody's.
func (m Mornings) LateStarts(calls []Call, duties []Duty) []LateStart {
	type night struct {
		of     LeaderID
		begins Date
	}
	nights := map[night][]Call{}
	calls = slices.Clone(calls)
	SortCalls(calls)
	for _, c := range calls {
		begins := m.nightOf(c)
		if c.Span().Overlaps(m.night(begins)) {
			nights[night{c.Leader, begins}] = append(nights[night{c.Leader, begins}], c)
		}
	}
	var owed []LateStart
	for n, calls := range nights {
		if late, ok := m.lateStart(n.begins, calls, duties); ok {
			owed = append(owed, late)
		}
	}
	slices.SortFunc(owed, func(a, b LateStart) int {
		return cmp.Or(a.NotBefore.Date.Compare(b.NotBefore.Date), cmp.Compare(a.Leader, b.Leader))
	})
	return owed
}

// nightOf is the day on whose evening the night of a call begins.
func (m Mornings) nightOf(c Call) Date {
	at := CivilOf(c.At, m.Zone)
	if at.Time < nightUntil {
		return at.Date.AddDays(-1)
	}
	return at.Date
}

func (m Mornings) night(begins Date) Span {
	return Span{begins.At(nightFrom).Instant(m.Zone), begins.AddDays(1).At(nightUntil).Instant(m.Zone)}
}

// lateStart looks at one night of one leader.
func (m Mornings) lateStart(begins Date, calls []Call, duties []Duty) (LateStart, bool) {
	night, morning := m.night(begins), begins.AddDays(1)
	rest, longest := restIn(night, calls)
	late := LateStart{
		Leader: calls[0].Leader, Calls: calls, zone: m.Zone,
		Worked: Minutes((night.End.Sub(night.Start) - rest) / time.Minute),
		Why:    m.disturbed(begins, calls, rest, longest),
	}
	due := morning.At(m.Starts).Instant(m.Zone).Add(time.Duration(late.Worked) * time.Minute)
	last := calls[len(calls)-1].Span().End
	if last.After(due) {
		due = last
	}
	late.NotBefore = CivilOf(due, m.Zone)
	for _, d := range duties {
		if d.Holder == late.Leader && d.ID != calls[0].Duty && !d.Span.Start.Before(last) && d.Span.Start.Before(due) {
			late.Clashes = append(late.Clashes, d)
		}
	}
	SortDuties(late.Clashes)
	return late, late.Why != "" && (m.works(morning) || len(late.Clashes) > 0)
}

// works reports whether a day is one of ordinary work.
func (m Mornings) works(d Date) bool {
	_, holiday := m.Holidays.On(d)
	return !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// restIn gives the time of a night in which nobody called: all of it, and the longest on end. Calls are in
// order of time.
func restIn(night Span, calls []Call) (rest, longest time.Duration) {
	from := night.Start
	until := func(t time.Time) {
		if t.After(night.End) {
			t = night.End
		}
		if free := t.Sub(from); free > 0 {
			rest, longest = rest+free, max(longest, free)
		}
	}
	for _, c := range calls {
		until(c.At)
		if end := c.Span().End; end.After(from) {
			from = end
		}
	}
	until(night.End)
	return rest, longest
}

// disturbed says what the calls disturbed; "" where they left rest enough.
func (m Mornings) disturbed(begins Date, calls []Call, rest, longest time.Duration) string {
	late, from := 0, begins.At(lateFrom).Instant(m.Zone)
	for _, c := range calls {
		if !c.At.Before(from) {
			late++
		}
	}
	switch {
	case late > mostLateCalls:
		return fmt.Sprintf("%d calls after 23:00", late)
	case longest < restOnEnd:
		return fmt.Sprintf("no more than %s of rest on end between 22:00 and 07:00, where 5 h are expected", inClock(longest))
	case rest < restInAll:
		return fmt.Sprintf("%s of rest in all between 22:00 and 07:00, where 8 h are expected", inClock(rest))
	default:
		return ""
	}
}

// Says gives the warning in a sentence, with the leader's name: "Ada Obi was called at 02:15 and 04:40: late
// start on Tuesday 5 January 2027, not before 09:45 (no more than ...)."
func (l LateStart) Says(name string) string {
	says := fmt.Sprintf("%s was called at %s: late start on %s, not before %s (%s).",
		name, l.Called(), l.NotBefore.Date.Format("Monday 2 January 2006"), l.NotBefore.Time, l.Why)
	return says + l.TooSoon()
}

// Called gives the times of the calls: "02:15 and 04:40".
func (l LateStart) Called() string {
	var times []string
	for _, c := range l.Calls {
		times = append(times, CivilOf(c.At, l.zone).Time.String())
	}
	last := len(times) - 1
	if last == 0 {
		return times[0]
	}
	return strings.Join(times[:last], ", ") + " and " + times[last]
}

// TooSoon names the duties that begin before the start that is owed, each in a sentence; "" where there are none.
func (l LateStart) TooSoon() string {
	says := ""
	for _, d := range l.Clashes {
		says += fmt.Sprintf(" But %s of theirs begins at %s.", d.ID, d.Start.Time)
	}
	return says
}

// inClock gives "4 h 15 min", "5 h" or "40 min".
func inClock(d time.Duration) string {
	h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case m == 0:
		return fmt.Sprintf("%d h", h)
	case h == 0:
		return fmt.Sprintf("%d min", m)
	default:
		return fmt.Sprintf("%d h %d min", h, m)
	}
}
