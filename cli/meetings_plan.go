package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// planAhead is for how many days meetings are planned: as far as calendars show them.
const planAhead = 400

// planMeetings plans the meetings to come and says who goes to each. It follows every change of
// meetings, leaders, absences or published duties. Whoever was chosen before and can still go keeps the
// meeting; meetings that have begun stay as they are. Which meetings lost the last who went is said.
func (p *pcn) planMeetings(ctx context.Context) error {
	return p.planAndTell(ctx, p.planner(p.at))
}

// planMeetingsAt is planMeetings for a program that goes on running: now is the time, not when the
// command was given. It counts the meetings that changed.
func (p *pcn) planMeetingsAt(ctx context.Context, now time.Time) (changed int, err error) {
	if changed, err = p.planner(now).plan(ctx); err != nil {
		return changed, err
	}
	return changed, p.planResponsibilities(ctx, now)
}

// planMeetingsWithout is planMeetings as if a leader were not there.
func (p *pcn) planMeetingsWithout(ctx context.Context, gone rota.LeaderID) error {
	planner := p.planner(p.at)
	planner.gone = gone
	return p.planAndTell(ctx, planner)
}

// planAndTell plans, and tells the manager of the meetings to which somebody went before and nobody
// does now.
func (p *pcn) planAndTell(ctx context.Context, planner meetingPlanner) error {
	before, err := p.db.Occurrences(ctx, p.at, time.Time{})
	if err != nil {
		return err
	}
	changed, err := planner.plan(ctx)
	if err != nil {
		return err
	}
	if err := p.planResponsibilitiesWithout(ctx, planner.now, planner.gone); err != nil || changed == 0 {
		return err
	}
	after, err := p.db.Occurrences(ctx, p.at, time.Time{})
	if err != nil {
		return err
	}
	attended := map[rota.OccurrenceID]bool{}
	for _, m := range before {
		attended[m.ID] = len(m.Attending) > 0
	}
	p.sayDeserted(slices.DeleteFunc(after, func(m rota.Occurrence) bool { return !attended[m.ID] || len(m.Attending) > 0 }))
	return nil
}

func (p *pcn) sayDeserted(meetings []rota.Occurrence) {
	const shown = 5
	if len(meetings) == 0 {
		return
	}
	p.warn("nobody goes any more to %s:", count(len(meetings), "meeting", "meetings"))
	for i, m := range meetings {
		if i == shown {
			fmt.Fprintf(p.stderr, "  ... and %d more\n", len(meetings)-shown)
			return
		}
		fmt.Fprintf(p.stderr, "  %s, %s, which asks for %q\n", m.Series.Title, shownCivil(m.Start), m.Series.Who)
	}
}

// meetingPlanner plans the meetings of one PCN.
type meetingPlanner struct {
	db       *sqlite.DB
	zone     *time.Location
	holidays rota.Holidays
	now      time.Time
	gone     rota.LeaderID // counts as not there

	granted []rota.Absence // count as approved
}

func (p *pcn) planner(now time.Time) meetingPlanner {
	return meetingPlanner{db: p.db, zone: p.config.Zone, holidays: p.config.Holidays, now: now, granted: p.granted}
}

func (p meetingPlanner) plan(ctx context.Context) (changed int, err error) {
	planned, err := p.planned(ctx)
	if err != nil {
		return 0, err
	}
	return p.db.PlanOccurrences(ctx, planned, p.now, p.until().At(0).Instant(p.zone))
}

// planned gives the meetings to come, with those who go, and stores nothing.
func (p meetingPlanner) planned(ctx context.Context) (planned []rota.Occurrence, err error) {
	err = p.db.View(ctx, func(r sqlite.Reader) error {
		meetings, err := p.expand(ctx, r)
		if err != nil {
			return err
		}
		planned, err = p.represent(ctx, r, meetings)
		return err
	})
	return planned, err
}

// represent says who goes to each meeting, and gives those to come.
func (p meetingPlanner) represent(ctx context.Context, r sqlite.Reader, meetings []rota.Occurrence) ([]rota.Occurrence, error) {
	people, err := r.Leaders(ctx)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(l rota.Leader) bool { return l.ID == p.gone })
	absences, err := r.Absences(ctx)
	if err != nil {
		return nil, err
	}
	published, err := r.Published(ctx, p.now, time.Time{})
	if err != nil {
		return nil, err
	}
	onCall := each(published, func(d rota.Published) rota.Duty { return d.Duty })
	meetings = rota.Represent(meetings, people, slices.Concat(absences, p.granted), onCall, p.now)
	return slices.DeleteFunc(meetings, func(m rota.Occurrence) bool { return !m.Span.Start.After(p.now) }), nil
}
