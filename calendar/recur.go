package calendar

import (
	"errors"
	"fmt"
	"time"

	"pcnrota/rota"
)

// maxWindow is how many days Occurrences looks at in one go, and maxReach how far a rule may count from
// its first day: beyond, somebody has mistyped a year.
const (
	maxWindow = 10*366 + 1
	maxReach  = 100 * 366
)

// CheckRule reports in a sentence for a manager why rule, an RRULE value, cannot be used; nil where it
// can. The empty rule is that of a single meeting.
func CheckRule(rule string) error {
	if rule == "" {
		return nil
	}
	r, err := parseRule(rule)
	if err != nil {
		return err
	}
	if _, ok := r.firstDay(rota.Date{Year: 2024, Month: time.January, Day: 1}); !ok {
		return errNoDay
	}
	return nil
}

// Occurrences gives the meetings of s that its rule puts on a day from from up to, not including, until, in
// order; who attends is not decided here. A meeting keeps its time on the wall clock when the clocks
// change. One that goes elsewhere because of a bank holiday (s.OffHolidays) is still planned for the day of
// the rule, which names it; s.From and s.Until are days of the rule too.
//
// The rule counts from the first day on or after s.First that its BY parts allow, so s.First need not
// match: from Friday 1 January 2027, FREQ=WEEKLY;INTERVAL=2;BYDAY=WE gives 6 January, 20 January and so
// on, and FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH 21 January, 18 March. What a rule leaves open comes from
// s.First: FREQ=MONTHLY alone is its day of the month. COUNT counts from the first meeting.
func Occurrences(s rota.Series, from, until rota.Date, zone *time.Location, holidays rota.Holidays) ([]rota.Occurrence, error) {
	if from.Before(s.From) {
		from = s.From
	}
	if !s.Until.IsZero() && s.Until.Before(until) {
		until = s.Until.AddDays(1)
	}
	switch {
	case s.First.IsZero():
		return nil, fmt.Errorf("list meetings of %q: the day the rule counts from is not set", s.Title)
	case s.First.Year < 1900:
		return nil, fmt.Errorf("list meetings of %q: %s, the day the rule counts from, is too long ago", s.Title, s.First)
	case s.Minutes <= 0:
		return nil, fmt.Errorf("list meetings of %q: a meeting of %d minutes has no length", s.Title, s.Minutes)
	case from.DaysUntil(until) > maxWindow:
		return nil, fmt.Errorf("list meetings of %q: from %s to %s is more than ten years", s.Title, from, until)
	case s.First.DaysUntil(until) > maxReach:
		return nil, fmt.Errorf("list meetings of %q: from %s to %s is more than a hundred years", s.Title, s.First, until)
	}
	days, err := meetingDays(s, from, until, zone)
	if err != nil {
		return nil, fmt.Errorf("list meetings of %q: %w", s.Title, err)
	}
	var out []rota.Occurrence
	for _, d := range days {
		if to, takesPlace := s.OffHolidays.Of(d, holidays); takesPlace {
			out = append(out, occurrence(s, d, to, zone))
		}
	}
	return out, nil
}

// meetingDays gives the days of the meetings of s in [from, until).
func meetingDays(s rota.Series, from, until rota.Date, zone *time.Location) ([]rota.Date, error) {
	if s.Rule == "" {
		if s.First.Before(from) || !s.First.Before(until) {
			return nil, nil
		}
		return []rota.Date{s.First}, nil
	}
	r, err := parseRule(s.Rule)
	if err != nil {
		return nil, err
	}
	start, ok := r.firstDay(s.First)
	if !ok {
		return nil, errNoDay
	}
	var days []rota.Date
	met := 0
	for d := range r.daysFrom(start) {
		if !d.Before(until) || !r.until.admits(d.At(s.At), zone) || r.count > 0 && met == r.count {
			break
		}
		met++
		if !d.Before(from) {
			days = append(days, d)
		}
	}
	return days, nil
}

var errNoDay = errors.New("the rule matches no day at all")

// firstDay gives the day from which r counts its intervals: the first one on or after first that
// matches all else.
func (r rule) firstDay(first rota.Date) (rota.Date, bool) {
	r.interval = 1
	for d := range r.daysFrom(first) {
		return d, true
	}
	return rota.Date{}, false
}

// occurrence is the meeting of s that is planned for one day and takes place on d.
func occurrence(s rota.Series, planned, d rota.Date, zone *time.Location) rota.Occurrence {
	start, end, span := rota.MeetingTimes(d.At(s.At), s.Minutes, zone)
	return rota.Occurrence{ID: rota.NewOccurrenceID(s.ID, planned), Series: s, Planned: planned, Start: start, End: end, Span: span}
}

// Days gives the days from from up to, not including, until on which a rule falls that counts from first, in order; of
// the empty rule, first alone. They are those on which Occurrences has meetings. A rule that matches no day has none:
// one that was stored must not keep all others from being planned.
func Days(rule string, first, from, until rota.Date) ([]rota.Date, error) {
	meetings, err := Occurrences(rota.Series{Title: "rule", Rule: rule, First: first, Minutes: 1}, from, until, time.UTC, rota.Holidays{})
	if errors.Is(err, errNoDay) {
		return nil, nil
	}
	var days []rota.Date
	for _, m := range meetings {
		days = append(days, m.Planned)
	}
	return days, err
}
