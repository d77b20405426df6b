package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// planAhead is for how many days, at least, meetings are planned: as far as calendars show them.
const planAhead = 400

// planMeetings plans the meetings to come, and publishes who goes to those to which nobody was published yet. It
// follows every change of meetings, leaders, absences or published duties. Whoever is published keeps the meeting
// as long as no rule stands against it; meetings that have begun stay as they are. What changed hands is said.
func (p *pcn) planMeetings(ctx context.Context) error {
	return p.planAndTell(ctx, p.planner(p.at))
}

// planMeetingsAt is planMeetings for a program that goes on running: now is the time, not when the
// command was given. It counts the meetings that changed.
func (p *pcn) planMeetingsAt(ctx context.Context, now time.Time) (changed int, err error) {
	if _, changed, err = p.planner(now).plan(ctx); err != nil {
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

// planAndTell plans, and tells the manager who goes instead of whom, and to which meetings nobody does any more.
func (p *pcn) planAndTell(ctx context.Context, planner meetingPlanner) error {
	before, err := p.db.Occurrences(ctx, p.at, time.Time{})
	if err != nil {
		return err
	}
	done, changed, err := planner.plan(ctx)
	if err != nil {
		return err
	}
	if err := p.planResponsibilitiesWithout(ctx, planner.now, planner.gone); err != nil || changed == 0 {
		return err
	}
	attended := map[rota.OccurrenceID]bool{}
	for _, m := range before {
		attended[m.ID] = len(m.Attending) > 0
	}
	p.sayInstead(done)
	p.sayDeserted(slices.DeleteFunc(done.meetings, func(m rota.Occurrence) bool { return !attended[m.ID] || len(m.Attending) > 0 }))
	return nil
}

// sayInstead says who goes instead of whom.
func (p *pcn) sayInstead(done settlement) {
	const shown = 5
	holders := map[rota.DutyID]rota.LeaderID{}
	for _, d := range done.draft.Duties {
		holders[d.ID] = d.Holder
	}
	var others []rota.Vacated
	for _, v := range done.vacated {
		if v.Duty.Tier == rota.Representative && holders[v.Duty.ID] != "" {
			others = append(others, v)
		}
	}
	for i, v := range others {
		if i == shown {
			p.warn("%d more meetings have gone to somebody else: pcnrota rota diff %s", len(others)-shown, rota.Meetings)
			return
		}
		p.warn("%s goes to %s, %s, instead of %s (%s)", nameOf(done.names, holders[v.Duty.ID]), v.Duty.Kind, shownCivil(v.Duty.Start),
			nameOf(done.names, v.Was), v.Why)
	}
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
	*pcn
	db       *sqlite.DB
	zone     *time.Location
	holidays rota.Holidays
	now      time.Time
	gone     rota.LeaderID // counts as not there
	back     *rota.Reply   // an earlier no that is taken back; nil
}

func (p *pcn) planner(now time.Time) meetingPlanner {
	return meetingPlanner{pcn: p, db: p.db, zone: p.config.Zone, holidays: p.config.Holidays, now: now}
}

// plan stores what settle works out. Where something else was written meanwhile, it looks again.
func (p meetingPlanner) plan(ctx context.Context) (done settlement, changed int, err error) {
	const tries = 4
	for try := 1; ; try++ {
		if done, err = p.settle(ctx); err != nil || done.nothing {
			return done, 0, err
		}
		_, changed, err = p.db.Settle(ctx, done.draft, sqlite.Publication{
			Rota: rota.Meetings, By: "pcnrota", Reason: done.reason(), At: p.now, Revision: done.revision,
		}, sqlite.MeetingPlan{Meetings: done.meetings, Until: p.until().At(0).Instant(p.zone)})
		if !errors.Is(err, sqlite.ErrStale) || try == tries {
			return done, changed, err
		}
	}
}

// planned gives the meetings to come, with those who go, and stores nothing.
func (p meetingPlanner) planned(ctx context.Context) ([]rota.Occurrence, error) {
	done, err := p.settle(ctx)
	return done.meetings, err
}
