package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// settlement is who goes to the meetings to come: worked out, and not stored.
type settlement struct {
	meetings []rota.Occurrence // to come, with those who go
	draft    rota.Draft        // what has to be published; without days where nothing has
	vacated  []rota.Vacated    // what somebody held and cannot hold any more
	filled   int               // duties that have just been given to somebody
	revision int64
	names    map[rota.LeaderID]rota.Leader
	back     rota.GivenBack // where a no was taken back
	comes    rota.LeaderID  // whose; ""
	nothing  bool           // there is no meeting to come, and nobody who is to go to one: nothing has to be stored
}

// reason is kept with the version.
func (s settlement) reason() string {
	if s.back.Back != "" {
		return nameOf(s.names, s.comes) + " comes after all"
	}
	if n := len(s.vacated); n > 0 {
		return fmt.Sprintf("meetings planned ahead: %s could not be kept", count(n, "part", "parts"))
	}
	return fmt.Sprintf("meetings planned ahead: %s given out", count(s.filled, "part", "parts"))
}

// settle works out who goes: what is published stays where it can, and what is missing is shared out by the
// planner, fairly in the same ledger as being on call.
func (p meetingPlanner) settle(ctx context.Context) (s settlement, err error) {
	if s.revision, err = p.db.Revision(ctx); err != nil {
		return s, err
	}
	var known []rota.Occurrence
	var seats map[rota.SeriesID]rota.Seat
	err = p.db.View(ctx, func(r sqlite.Reader) (err error) {
		if known, err = p.expand(ctx, r); err != nil {
			return err
		}
		seats, err = seatsOf(ctx, r)
		return err
	})
	if err != nil {
		return s, err
	}
	s.meetings = slices.DeleteFunc(known, func(m rota.Occurrence) bool { return !m.Span.Start.After(p.now) })
	if coming, err := p.coming(ctx, s.meetings); err != nil || !coming {
		s.nothing = err == nil
		return s, err
	}
	leaders, err := p.db.Leaders(ctx)
	if err != nil || len(leaders) == 0 {
		return s, err
	}
	problem, err := p.problem(ctx, p.config.Meetings, rota.CivilOf(p.now, p.zone).Date, p.until())
	if err != nil {
		return s, err
	}
	problem.Now, problem.AllowGaps, problem.Seed = p.now, true, 1
	problem.Leaders = slices.DeleteFunc(problem.Leaders, func(l rota.Leader) bool { return l.ID == p.gone })
	past := slices.DeleteFunc(problem.Sittings, func(s rota.Sitting) bool { return !s.Start.Date.Before(problem.From) })
	problem.Sittings = append(past, rota.SittingsOf(s.meetings, seats)...)
	problem.Pins = slices.DeleteFunc(problem.Pins, func(pin rota.Pin) bool { return pin.Says != "" && !pin.Forbid })
	problem.Pins = problem.HoldingPins()
	s.names = byID(problem.Leaders)
	inForce := problem.Published
	if p.back != nil {
		if s.back, err = p.giveBack(ctx, *p.back, inForce); err != nil {
			return s, err
		}
		inForce, s.comes = s.back.Duties, p.back.Leader
	}
	settled := problem.Settle(inForce)
	s.vacated, s.filled = settled.Vacated, len(settled.Fill)
	built, err := p.fill(ctx, problem, settled, seats)
	if err != nil {
		return s, err
	}
	held := slices.Concat(settled.Keep, built.Duties)
	if s.draft, err = p.assemble(ctx, problem, settled, built, held); err != nil {
		return s, err
	}
	replies, err := p.replies(ctx)
	if err != nil {
		return s, err
	}
	seating := rota.Seating{Leaders: problem.Leaders, Absences: problem.Absences, Held: held, Replies: replies, NightHours: problem.Policy.Meetings.NightHours}
	seating.OnCall = slices.DeleteFunc(slices.Clone(problem.Held), func(d rota.Duty) bool { return d.Rota == rota.Meetings })
	s.meetings = seating.Attend(s.meetings)
	return s, nil
}

// coming reports whether there is anything to settle: a meeting to come, or one that there is no more and that is still
// stored, or that somebody is still to go to.
func (p meetingPlanner) coming(ctx context.Context, meetings []rota.Occurrence) (bool, error) {
	if len(meetings) > 0 {
		return true, nil
	}
	if stored, err := p.db.Occurrences(ctx, p.now, time.Time{}); err != nil || len(stored) > 0 {
		return true, err
	}
	return p.db.AnyInForce(ctx, rota.Meetings, p.now)
}

// replies gives what was answered about meetings, or counts as if it were.
func (p *pcn) replies(ctx context.Context) ([]rota.Reply, error) {
	all, err := p.db.Replies(ctx)
	for _, r := range p.replied {
		all = slices.DeleteFunc(all, func(old rota.Reply) bool { return old.Meeting == r.Meeting && old.Leader == r.Leader })
	}
	return append(all, p.replied...), err
}

// seatsOf gives the seats of all series. A series that goes on with another one has its seat.
func seatsOf(ctx context.Context, r sqlite.Reader) (map[rota.SeriesID]rota.Seat, error) {
	seats, err := r.Seats(ctx)
	if err != nil {
		return nil, err
	}
	series, err := r.AllSeries(ctx)
	for _, s := range series { // in order of ID: what is followed comes first
		if _, own := seats[s.ID]; !own && s.Follows != 0 {
			seat := seats[s.Follows]
			seat.Series = s.ID
			seats[s.ID] = seat
		}
	}
	return seats, err
}

// fill shares out what nobody holds, beside what stays.
func (p meetingPlanner) fill(ctx context.Context, problem rota.Problem, settled rota.Settled, seats map[rota.SeriesID]rota.Seat) (rota.Draft, error) {
	if len(settled.Fill) == 0 {
		return rota.Draft{}, nil
	}
	inForce := problem.Published
	problem.Held = slices.Concat(problem.Held, settled.Keep)
	problem.Published = nil
	balances, err := p.db.Balances(ctx, "", rota.Date{}, rota.Date{})
	if err != nil {
		return rota.Draft{}, err
	}
	parts, err := p.db.PartsInForce(ctx, rota.Meetings, rota.Date{}, problem.Until.AddDays(366))
	if err != nil {
		return rota.Draft{}, err
	}
	problem.Balances = without(balances, inForce, parts, settled.Keep)
	problem.Pins = append(problem.Pins, problem.TermPins(seats, inForce)...)
	return p.checked(ctx, problem, func(int, int) {})
}

// without takes the duties in force that do not stay out of the balances: what was held, and what was owed.
func without(balances map[rota.LeaderID]rota.Load, inForce []rota.Duty, parts []rota.Part, keep []rota.Duty) map[rota.LeaderID]rota.Load {
	leaves := map[rota.DutyID]bool{}
	for _, d := range inForce {
		leaves[d.ID] = true
	}
	for _, d := range keep {
		delete(leaves, d.ID)
	}
	for _, d := range inForce {
		if leaves[d.ID] && d.Holder != "" {
			balances[d.Holder] = balances[d.Holder].Minus(d.Load)
		}
	}
	for _, part := range parts {
		if leaves[part.Duty] {
			balances[part.Leader] = balances[part.Leader].Plus(part.Load)
		}
	}
	return balances
}

// assemble makes a version of what stays and what is new, over the days on which anything changes.
func (p meetingPlanner) assemble(ctx context.Context, problem rota.Problem, settled rota.Settled, built rota.Draft, held []rota.Duty) (rota.Draft, error) {
	draft := rota.Draft{Policy: problem.Policy, Seed: problem.Seed, Notes: built.Notes}
	from, until := changedDays(problem, held)
	if from == until {
		return rota.Draft{}, nil
	}
	draft.From, draft.Until = from, until
	within := func(d rota.Duty) bool { return !d.Start.Date.Before(from) && d.Start.Date.Before(until) }
	for _, d := range problem.Published {
		if within(d) && !d.Span.Start.After(p.now) {
			draft.Duties = append(draft.Duties, d)
		}
	}
	for _, d := range held {
		if within(d) {
			draft.Duties = append(draft.Duties, d)
		}
	}
	rota.SortDuties(draft.Duties)
	parts, err := p.db.PartsInForce(ctx, rota.Meetings, rota.Date{}, problem.Until.AddDays(366))
	if err != nil {
		return draft, err
	}
	draft.Parts = partsOf(problem, draft.Duties, settled, built, parts)
	draft.Standings = rota.StandingsOf(draft.Duties, draft.Parts, nil)
	if len(settled.Keep) == 0 {
		draft.Certificate, draft.Standings = built.Certificate, built.Standings
	}
	return draft, nil
}

// partsOf gives the shares of the duties: those in force of what stays as it is, the new ones of all others.
func partsOf(problem rota.Problem, duties []rota.Duty, settled rota.Settled, built rota.Draft, inForce []rota.Part) []rota.Part {
	was := map[rota.DutyID]rota.Load{}
	for _, d := range problem.Published {
		was[d.ID] = d.Load
	}
	fresh := map[rota.DutyID]bool{}
	for _, d := range settled.Fill {
		fresh[d.ID] = true
	}
	parts := slices.Clone(built.Parts)
	for _, d := range duties {
		switch {
		case fresh[d.ID] || d.Holder == "":
		case was[d.ID] != d.Load:
			parts = append(parts, problem.Shares(d.ID)...)
		default:
			for _, part := range inForce {
				if part.Duty == d.ID {
					parts = append(parts, part)
				}
			}
		}
	}
	return parts
}

// changedDays gives the days, the last excluded, on which the duties held are not those in force.
func changedDays(problem rota.Problem, held []rota.Duty) (from, until rota.Date) {
	was, is := map[rota.DutyID]rota.Duty{}, map[rota.DutyID]rota.Duty{}
	for _, d := range held {
		is[d.ID] = d
	}
	var days []rota.Date
	for _, d := range problem.Published {
		was[d.ID] = d
		if _, stays := is[d.ID]; !stays && d.Span.Start.After(problem.Now) {
			days = append(days, d.Start.Date)
		}
	}
	for _, d := range held {
		old, known := was[d.ID]
		if !known || old.Start != d.Start || old.End != d.End || old.Load != d.Load || old.Holder != d.Holder {
			days = append(days, d.Start.Date)
			if known {
				days = append(days, old.Start.Date)
			}
		}
	}
	if len(days) == 0 {
		return from, from
	}
	slices.SortFunc(days, rota.Date.Compare)
	return days[0], days[len(days)-1].AddDays(1)
}

// completeMeetings completes the problem of the rota of meetings with what it is about.
func (p *pcn) completeMeetings(ctx context.Context, problem *rota.Problem) error {
	return p.db.View(ctx, func(r sqlite.Reader) error {
		zone := p.config.Zone
		from, until := problem.From.AddDays(-366).At(0).Instant(zone), problem.Until.AddDays(366).At(0).Instant(zone)
		meetings, err := r.Occurrences(ctx, from, until)
		if err != nil {
			return err
		}
		seats, err := seatsOf(ctx, r)
		if err != nil {
			return err
		}
		all, err := r.InForce(ctx, from, until)
		if err != nil {
			return err
		}
		for _, d := range all {
			switch inside := !d.Start.Date.Before(problem.From) && d.Start.Date.Before(problem.Until); {
			case d.Rota != rota.Meetings:
			case inside:
				problem.Published = append(problem.Published, d.Duty)
			case d.Holder != "":
				problem.Held = append(problem.Held, d.Duty)
			}
		}
		slices.SortStableFunc(problem.Held, func(a, b rota.Duty) int { return cmp.Compare(a.Span.Start.Unix(), b.Span.Start.Unix()) })
		problem.Sittings = rota.SittingsOf(meetings, seats)
		return nil
	})
}

// answered adds to the problem of the rota of meetings what people have answered, and whose term it is.
func (p *pcn) answered(ctx context.Context, problem *rota.Problem) error {
	replies, err := p.replies(ctx)
	if err != nil {
		return err
	}
	for _, pin := range rota.ReplyPins(replies, problem.Published) {
		if pin.Forbid || problem.WhyNot(pin) == "" {
			problem.Pins = append(problem.Pins, pin)
		}
	}
	var seats map[rota.SeriesID]rota.Seat
	err = p.db.View(ctx, func(r sqlite.Reader) (err error) {
		seats, err = seatsOf(ctx, r)
		return err
	})
	problem.Pins = append(problem.Pins, problem.TermPins(seats, problem.Published)...)
	return err
}
