package rotatest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file checks who goes to meetings, and reads what a scenario says of them.

// wantedMeetings works out which two duties each meeting of the time asks for, and what they weigh.
func wantedMeetings(p rota.Problem) []rota.Duty {
	var duties []rota.Duty
	if p.Policy.Meetings == nil {
		return nil
	}
	for _, m := range p.Sittings {
		if m.Start.Date.Compare(p.From) < 0 || m.Start.Date.Compare(p.Until) >= 0 {
			continue
		}
		for _, tier := range p.Policy.Tiers {
			id := rota.DutyID(fmt.Sprintf("meetings.%s.%s", tier.Name, m.ID))
			if slices.ContainsFunc(p.Held, func(h rota.Duty) bool { return h.ID == id }) {
				continue
			}
			points := m.Points
			if points == 0 {
				points = rota.Points(clock(m.Start, m.End)) * p.Policy.Meetings.PerHour / 60
			}
			d := rota.Duty{
				ID: id, Rota: "meetings", Tier: tier.Name, Kind: m.Series.Title, Start: m.Start, End: m.End,
				Span: rota.Span{Start: instant(m.Start, p.Zone), End: instant(m.End, p.Zone)},
			}
			d.Load[rota.Meeting] = points * tier.Weight / rota.Point
			duties = append(duties, d)
		}
	}
	return duties
}

// meeting finds the meeting that a duty is about.
func (c *checker) meeting(d rota.Duty) (rota.Sitting, bool) {
	if d.Rota != "meetings" {
		return rota.Sitting{}, false
	}
	for _, m := range c.Sittings {
		if strings.HasSuffix(string(d.ID), "."+string(m.ID)) {
			return m, true
		}
	}
	return rota.Sitting{}, false
}

// named reports whether the words of a meeting mean l.
func named(who rota.Who, l rota.Leader) bool {
	switch who.Mode {
	case rota.EverybodyGoes:
		return true
	case rota.LeaderGoes:
		return strings.EqualFold(who.Name, string(l.ID))
	}
	return who.Name == "" || missing(rota.Eligibility{Roles: []string{who.Name}}, l) == "" ||
		missing(rota.Eligibility{Qualifications: []string{who.Name}}, l) == ""
}

// invited reports whether l is asked for at the meeting that d is about. A representative is one of those whom the
// meeting names, a deputy one of its deputies. Where a meeting names certain people and none of them can come, one of
// the deputies represents the PCN. Where that does not make two people, anybody may do what is left, if it says so.
func (c *checker) invited(l rota.Leader, d rota.Duty) bool {
	m, is := c.meeting(d)
	deputises := func(l rota.Leader) bool {
		return slices.ContainsFunc(m.Deputies, func(w rota.Who) bool { return named(w, l) })
	}
	goes := func(l rota.Leader) bool { return named(m.Series.Who, l) }
	switch {
	case !is, d.Tier == "representative" && goes(l), d.Tier == "deputy" && deputises(l):
		return true
	case m.Series.Who.Mode == rota.AnyGoes:
		return false
	}
	first, second := d, d
	first.ID = rota.DutyID("meetings.representative." + string(m.ID))
	second.ID = rota.DutyID("meetings.deputy." + string(m.ID))
	able := func(d rota.Duty, may func(rota.Leader) bool) (ids []rota.LeaderID) {
		for _, l := range c.Leaders {
			if may(l) && c.canCome(l, d) {
				ids = append(ids, l.ID)
			}
		}
		return ids
	}
	fronts, none := able(first, goes), false
	if len(fronts) == 0 {
		fronts, none = able(first, deputises), true
	}
	if d.Tier == "representative" {
		return none && deputises(l) || len(fronts) == 0 && m.Anybody
	}
	for _, front := range fronts {
		for _, second := range able(second, deputises) {
			if front != second {
				return false
			}
		}
	}
	return m.Anybody && (len(fronts) > 0 || len(able(second, deputises)) < 2)
}

// canCome asks about post, leave, what is settled by hand and what is held already.
func (c *checker) canCome(l rota.Leader, d rota.Duty) bool {
	if was, begun := c.begun[d.ID]; begun {
		return was.Holder == l.ID
	}
	first, last := touched(d)
	late := !l.Starts.IsZero() && first.Compare(l.Starts) < 0
	gone := !l.Ends.IsZero() && last.Compare(l.Ends) > 0
	if late || gone || len(c.onLeave(l, d)) > 0 || len(c.overruled(l.ID, d.ID)) > 0 {
		return false
	}
	d.Holder = l.ID
	m, _ := c.meeting(d)
	return !slices.ContainsFunc(c.Held, func(h rota.Duty) bool {
		if h.Holder != l.ID {
			return false
		}
		pair := []entry{{d, false}, {h, true}}
		inOrder(pair)
		other, is := c.meeting(h)
		return !(is && other.ID == m.ID) && len(Hard(c.apart(l.ID, pair[0], pair[1]))) > 0
	})
}

// apartMeeting names what is wrong between two duties in one hand of which one is a meeting, and a starts first.
// Judged is false for two duties on call.
func (c *checker) apartMeeting(l rota.LeaderID, where rota.DutyID, a, b rota.Duty) (breaches []Breach, judged bool) {
	from, first := c.meeting(a)
	to, second := c.meeting(b)
	say := func(rule, format string, args ...any) {
		breaches = append(breaches, Breach{rule, where, l, fmt.Sprintf(format, args...), 0})
	}
	free := b.Span.Start.Sub(a.Span.End)
	switch {
	case a.Rota != "meetings" && b.Rota != "meetings":
		return nil, false
	case a.Rota == "meetings" && b.Rota == "meetings":
		travel := time.Duration(max(from.Travel, to.Travel)) * time.Minute
		if free < 0 {
			say(RuleOverlap, "%s is at %s and at %s, which overlap", l, a.ID, b.ID)
		} else if first && second && !strings.EqualFold(from.Series.Place, to.Series.Place) && free < travel {
			say(RuleTravel, "%s has %s from %s to %s, and needs %s", l, free, a.ID, b.ID, travel)
		}
	case free < 0:
		onCall := a
		if a.Rota == "meetings" {
			onCall = b
		}
		if rules := c.Policy.Meetings; rules == nil || !rules.WhileOnCall || c.onSite(onCall) {
			say(RuleOverlap, "%s is on call and at a meeting at once, %s and %s", l, a.ID, b.ID)
		}
	case b.Rota == "meetings" && c.Policy.Meetings != nil && night(a):
		if rest := time.Duration(c.Policy.Meetings.NightHours) * time.Hour; free < rest {
			say(RuleNight, "%s is at %s %s after the night %s, and %s are asked for", l, b.ID, free, a.ID, rest)
		}
	}
	return breaches, true
}

// night reports whether the duty takes in any time from midnight to six on the day on which it ends.
func night(d rota.Duty) bool {
	return d.End.Time > 0 && clock(d.Start, rota.Civil{Date: d.End.Date, Time: 6 * 60}) > 0
}

// onlyOnCall leaves meetings out of what is held, where a rota on call is looked at: meetings give way to it.
func onlyOnCall(p rota.Problem) []rota.Duty {
	if p.Policy.Meetings != nil {
		return p.Held
	}
	return slices.DeleteFunc(slices.Clone(p.Held), func(d rota.Duty) bool { return d.Rota == "meetings" })
}

// parseMeetings reads how the rota "meetings" works.
func parseMeetings(known *world, c *clause, more []*clause) (step, error) {
	rules, deputy := rota.MeetingRules{PerHour: rota.Point}, rota.Point/4
	for _, c := range append([]*clause{c}, more...) {
		switch {
		case c.skip("deputy", "counts"):
			deputy = c.points()
		case c.skip("while", "on", "call"):
			rules.WhileOnCall = true
		default:
			n := c.points()
			if c.skip("hours", "after", "a", "night") {
				rules.NightHours = int(n / rota.Point)
			} else if !c.skip("point", "an", "hour") {
				c.need("points", "an", "hour")
				rules.PerHour = n
			}
		}
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) { w.policies[rota.Meetings] = rota.MeetingPolicy(rules, deputy) }), nil
}

// parseMeeting reads a meeting, or so many of them.
func parseMeeting(known *world, c *clause, more []*clause) (step, error) {
	series := rota.Series{Who: rota.Who{Mode: rota.AnyGoes}}
	id := c.take("a short name of the meeting")
	series.Title = c.take("what the meeting is called")
	day, starts := c.date(), c.time()
	c.need("to")
	ends, every, until := c.time(), 1, rota.Date{}
	if c.skip("every") {
		every = c.number()
		c.need("days", "until")
		until = c.date()
	}
	s := rota.Sitting{}
	for _, c := range append([]*clause{{err: c.done()}}, more...) {
		switch {
		case c.err != nil:
		case c.skip("who"):
			series.Who = read(c, "who goes, in quotation marks", rota.ParseWho)
		case c.skip("deputies"):
			s.Deputies = append(s.Deputies, read(c, "who deputises, in quotation marks", rota.ParseWho))
		case c.skip("at"):
			series.Place = c.take("the place")
		case c.skip("travel"):
			s.Travel = rota.Minutes(c.number())
			c.need("minutes")
		case c.skip("points"):
			s.Points = c.points()
		}
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) {
		if len(s.Deputies) == 0 {
			s.Deputies, s.Anybody = rota.StandIns(series.Who), true
		}
		for d := day; d == day || d.Compare(until) <= 0; d = d.AddDays(max(every, 1)) {
			s.Series, s.Start, s.End = series, d.At(starts), d.At(ends)
			s.ID = rota.OccurrenceID(fmt.Sprintf("%s.%04d%02d%02d", id, d.Year, int(d.Month), d.Day))
			s.Span = rota.Span{Start: s.Start.Instant(w.zone), End: s.End.Instant(w.zone)}
			w.sittings = append(w.sittings, s)
		}
	}), nil
}

// findMeeting works out the duty at a meeting that has the given ID.
func (w *world) findMeeting(id rota.DutyID) (rota.Duty, bool) {
	if len(w.sittings) == 0 {
		return rota.Duty{}, false
	}
	order := func(a, b rota.Sitting) int { return cmp.Compare(a.Start.String(), b.Start.String()) }
	first, last := slices.MinFunc(w.sittings, order), slices.MaxFunc(w.sittings, order)
	p := w.problem(w.policies[rota.Meetings], first.Start.Date, last.Start.Date.AddDays(1), 0)
	p.Held = nil
	for _, d := range wantedMeetings(p) {
		if d.ID == id {
			return d, true
		}
	}
	return rota.Duty{}, false
}

// expectChange asks that no two meetings of a series in a row have the same representative.
func expectChange(series string) expectation {
	return func(o *outcome) string {
		var before rota.Duty
		for _, d := range o.draft.Duties {
			if !strings.HasPrefix(string(d.ID), "meetings.representative."+series+".") {
				continue
			}
			if before.Holder == d.Holder && d.Holder != "" {
				return fmt.Sprintf("%s goes on %s and again on %s", d.Holder, before.Start.Date, d.Start.Date)
			}
			before = d
		}
		if before.ID == "" {
			return "there is no meeting " + series
		}
		return ""
	}
}
