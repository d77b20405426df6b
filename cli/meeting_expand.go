package cli

import (
	"context"
	"slices"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// expand gives all meetings that have been, and those to come as the series have them now, in
// order of time. Meetings that were planned before keep their identity, those who go, and what was decided
// about each alone.
func (p meetingPlanner) expand(ctx context.Context, r sqlite.Reader) ([]rota.Occurrence, error) {
	known, err := r.Occurrences(ctx, time.Time{}, time.Time{})
	if err != nil {
		return nil, err
	}
	cancelled, err := r.Cancelled(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	series, err := r.AllSeries(ctx)
	if err != nil {
		return nil, err
	}
	planned, err := p.fromSeries(ctx, r, series, p.from(slices.Concat(known, cancelled)))
	if err != nil {
		return nil, err
	}
	coming := rota.Recognise(planned, known, cancelled, series, p.now, p.zone)
	begun := slices.DeleteFunc(known, func(m rota.Occurrence) bool { return m.Span.Start.After(p.now) })
	return append(begun, coming...), nil
}

// from is the first day of series that matters: a meeting that was moved may be yet to come although its
// series has it in the past.
func (p meetingPlanner) from(known []rota.Occurrence) rota.Date {
	day := rota.CivilOf(p.now, p.zone).Date
	for _, m := range known {
		if m.Span.Start.After(p.now) && m.Planned.Before(day) {
			day = m.Planned
		}
	}
	return day
}

// until is the day after the last for which meetings are planned: the end of a month, so that there is a new
// version of who goes once a month and not every day.
func (p meetingPlanner) until() rota.Date {
	far := rota.CivilOf(p.now, p.zone).Date.AddDays(planAhead)
	next := far.AddDays(32 - far.Day)
	return next.AddDays(1 - next.Day)
}

// fromSeries gives the meetings as their series have them, with the times for papers that the body has where the
// series leaves that to it.
func (p meetingPlanner) fromSeries(ctx context.Context, r sqlite.Reader, series []rota.Series, from rota.Date) ([]rota.Occurrence, error) {
	bodies, err := r.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	announced, err := r.Announced(ctx)
	if err != nil {
		return nil, err
	}
	var all []rota.Occurrence
	for _, s := range series {
		if i := slices.IndexFunc(bodies, func(b rota.Body) bool { return b.ID == s.Body }); i >= 0 {
			s.PapersTo, s.PapersFrom = s.PapersTo.Or(bodies[i].PapersTo), s.PapersFrom.Or(bodies[i].PapersFrom)
		}
		if s.Calendar != 0 {
			told := slices.DeleteFunc(announced[s.ID], func(a rota.Announced) bool { return !s.Until.IsZero() && a.Planned.After(s.Until) })
			all = append(all, each(told, func(a rota.Announced) rota.Occurrence { return a.Of(s, p.zone) })...)
			continue
		}
		ahead, err := calendar.Occurrences(s, from, p.until(), p.zone, p.holidays)
		if err != nil {
			return nil, err
		}
		all = append(all, ahead...)
	}
	return all, nil
}
