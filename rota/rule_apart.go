package rota

import (
	"fmt"
	"time"
)

// This file decides what a rule has against one person's holding two duties.

// apart says in words what the rule has against a and b in one hand; "" where nothing. They must not
// overlap.
func (p *planner) apart(r Rule, a, b Duty) string {
	if b.Span.Start.Before(a.Span.Start) {
		a, b = b, a
	}
	switch {
	case r.Kind == Rest && r.WeekendTogether && saturdayThenSunday(a.Start.Date, b.Start.Date):
		return ""
	case r.Kind == Rest && r.Days > 0:
		if free := wallMinutes(a.End, b.Start); free < Minutes(r.Days)*24*60 {
			return fmt.Sprintf("%d clear days are asked for, and there would be %s", r.Days, inDays(free))
		}
		return ""
	case r.Kind == Rest, r.Kind == RestOnSite && p.kindOf(a).Place == OnSite && p.kindOf(b).Place == OnSite:
		if gap := a.Span.Gap(b.Span); gap < time.Duration(r.Hours)*time.Hour {
			return fmt.Sprintf("%d hours of rest are asked for, and there would be %s", r.Hours, hours(gap))
		}
		return ""
	case r.Kind == InARow && r.Days == 1:
		return dayAfterDay(a, b)
	default:
		return ""
	}
}

// dayAfterDay says in words where days on call of a and b follow each other, and are not a Saturday and
// its Sunday.
func dayAfterDay(a, b Duty) string {
	for _, d := range a.OnCall() {
		for _, e := range b.OnCall() {
			if gap := d.DaysUntil(e); (gap == 1 || gap == -1) && !saturdayThenSunday(d, e) && !saturdayThenSunday(e, d) {
				return "on call on two days in a row"
			}
		}
	}
	return ""
}

func saturdayThenSunday(a, b Date) bool { return a.Weekday() == time.Saturday && a.AddDays(1) == b }

// pairReach is how long after the end of a duty another may start at which some rule about two duties
// still looks.
func (p *planner) pairReach() time.Duration {
	reach := p.meetingReach()
	for _, r := range p.rules {
		switch r.Kind {
		case Rest, RestOnSite:
			reach = max(reach, time.Duration(r.Hours+24*r.Days+1)*time.Hour) // an hour for the clocks
		case InARow:
			reach = max(reach, 50*time.Hour)
		}
	}
	return reach
}

// inDays gives a length of time in days as people say it: "13.5 days".
func inDays(m Minutes) string {
	return hours(time.Duration(m)*time.Minute/24) + " days"
}
