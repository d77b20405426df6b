package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// departure is a leader who goes, with what they hold beyond their last day and who is to have it.
type departure struct {
	leader   rota.Leader
	duties   []rota.Published  // published, beyond the last day, not over
	meetings []rota.Occurrence // at which they are expected beyond it, with those who went for the PCN before
	after    []rota.Occurrence // the same, with those who go now; empty until it is done
	replans  []replan
	revision int64
	names    map[rota.LeaderID]rota.Leader
}

// replan is one rota, repaired around the one who goes.
type replan struct {
	draft    rota.Draft
	repaired rota.Repaired
}

// departureOf works out, before anything is stored, what it means that l has a last day.
func (p *pcn) departureOf(c *cli.Context, l rota.Leader) (d departure, err error) {
	d.leader = l
	if d.revision, err = p.db.Revision(c.Context); err != nil {
		return d, err
	}
	everybody, err := p.db.Leaders(c.Context)
	if err != nil {
		return d, err
	}
	d.names = byID(everybody)
	published, err := p.db.Published(c.Context, p.at, time.Time{})
	if err != nil {
		return d, err
	}
	for _, duty := range published {
		if _, last := duty.Days(); duty.Holder == l.ID && last.After(l.Ends) {
			d.duties = append(d.duties, duty)
		}
	}
	coming, err := p.db.Occurrences(c.Context, p.at, time.Time{})
	if err != nil {
		return d, err
	}
	for _, m := range coming {
		if m.Start.Date.After(l.Ends) && slices.Contains(m.Attending, l.ID) {
			d.meetings = append(d.meetings, m)
		}
	}
	if c.Bool("replan") {
		err = p.replan(c, &d)
	}
	return d, err
}

// replan repairs each rota of which the leader has a duty that has not begun. What one repair moves counts in
// those after it.
func (p *pcn) replan(c *cli.Context, d *departure) error {
	p.foreseen = []rota.Leader{d.leader}
	for _, policy := range p.config.Rotas {
		if !slices.ContainsFunc(d.duties, func(duty rota.Published) bool { return duty.Rota == policy.Name && duty.Span.Start.After(p.at) }) {
			continue
		}
		problem, err := p.toRepair(c, policy)
		if err != nil {
			return err
		}
		problem.AllowGaps = c.Bool("allow-gaps")
		for _, before := range d.replans {
			passOn(problem.Held, before.repaired.Moves)
		}
		step, finish := p.progress("repairing " + string(policy.Name))
		draft, repaired, err := rota.Repair(c.Context, problem, policy.FreezeDays, step)
		finish()
		if err != nil {
			return p.notReplanned(err, *d)
		}
		if err := recheck(problem, draft); err != nil {
			return err
		}
		if repaired.Changes() {
			d.replans = append(d.replans, replan{draft, repaired})
		}
	}
	return nil
}

// passOn gives the duties that move to their new holders.
func passOn(held []rota.Duty, moves []rota.Move) {
	for i := range held {
		for _, m := range moves {
			if held[i].ID == m.Duty.ID {
				held[i].Holder = m.Duty.Holder
			}
		}
	}
}

// notReplanned says why nothing was done, and how it can be done all the same.
func (p *pcn) notReplanned(err error, d departure) error {
	var open *rota.Uncoverable
	if !errors.As(err, &open) {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "nothing was changed: when %s goes, %s\n", d.leader.Name, howMany(open))
	p.tellGaps(&b, open, d.names)
	again := fmt.Sprintf("pcnrota leader end %s --on %s", d.leader.ID, d.leader.Ends)
	return wrong(b.String(), append(remedyHints(open.Conflicts), "leave open what cannot be covered: "+again+" --replan --allow-gaps",
		"or give the last day alone, and find cover later: "+again)...)
}

// carryOutEnd stores the last day and the drafts in one step, and plans the meetings without the leader.
func (p *pcn) carryOutEnd(ctx context.Context, d *departure) error {
	drafts := each(d.replans, func(r replan) rota.Draft { return r.draft })
	if err := p.db.EndLeader(ctx, d.leader, drafts, d.revision, p.at); err != nil {
		return err
	}
	if err := p.planMeetings(ctx); err != nil {
		return err
	}
	now, err := p.db.Occurrences(ctx, p.at, time.Time{})
	for _, m := range d.meetings {
		if at := slices.IndexFunc(now, func(is rota.Occurrence) bool { return is.ID == m.ID }); at >= 0 {
			d.after = append(d.after, now[at])
		}
	}
	return err
}

// departureView is a departure in JSON.
type departureView struct {
	LeaderID rota.LeaderID         `json:"leader_id"`
	Leader   string                `json:"leader"`
	Ends     rota.Date             `json:"ends"`
	DryRun   bool                  `json:"dry_run"`
	Duties   []dutyView            `json:"duties"` // published, after the last day
	Meetings []departedMeetingView `json:"meetings"`
	Repairs  []repairView          `json:"repairs"` // the drafts, with --replan
}

type departedMeetingView struct {
	ID    rota.OccurrenceID `json:"id"`
	Title string            `json:"title"`
	Start string            `json:"start"`
	Goes  []rota.LeaderID   `json:"goes"` // who goes now; empty in a dry run, and where nobody does
}

func (p *pcn) showDeparture(c *cli.Context, d departure) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewDeparture(d))
	}
	p.did("end", fmt.Sprintf("leader %s: last day in post %s", leaders.label(d.leader), d.leader.Ends))
	p.tellMeetings(d)
	if !c.Bool("replan") {
		return p.sayHeldAfterwards(c.Context, d.leader)
	}
	for _, duty := range d.duties {
		if !duty.Span.Start.After(p.at) {
			p.warn("%s has begun and stays with %s until %s.", duty.ID, d.leader.Name, shownCivil(duty.End))
		}
	}
	if len(d.replans) == 0 {
		fmt.Fprintln(p.stdout, "nothing to re-plan: no published duty after that day is theirs to give")
	}
	for _, r := range d.replans {
		fmt.Fprintln(p.stdout)
		if err := p.showRepair(c, r.draft, r.repaired, d.names); err != nil {
			return err
		}
	}
	return nil
}

// tellMeetings lists the meetings beyond the last day, and who goes to each now.
func (p *pcn) tellMeetings(d departure) {
	if len(d.meetings) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "\nExpected at %s after that day:\n", count(len(d.meetings), "meeting", "meetings"))
	t := newTable(col("starts"), text("meeting"), name("now"))
	for _, m := range d.meetings {
		goes := "(dry run)"
		if !p.rehearse {
			goes = cmp.Or(strings.Join(each(d.goesTo(m.ID), func(id rota.LeaderID) string { return nameOf(d.names, id) }), ", "), vacant)
		}
		t.row(inFull(m.Start), m.Series.Title, goes)
	}
	t.write(p.stdout, p.out.width, p.ink())
}

func (d departure) goesTo(id rota.OccurrenceID) []rota.LeaderID {
	for _, m := range d.after {
		if m.ID == id {
			return m.Attending
		}
	}
	return nil
}

func (p *pcn) viewDeparture(d departure) departureView {
	return departureView{
		LeaderID: d.leader.ID, Leader: d.leader.Name, Ends: d.leader.Ends, DryRun: p.rehearse,
		Duties: each(d.duties, func(duty rota.Published) dutyView { return p.viewDuty(duty.Duty, d.names) }),
		Meetings: each(d.meetings, func(m rota.Occurrence) departedMeetingView {
			goes := each(d.goesTo(m.ID), func(id rota.LeaderID) rota.LeaderID { return id })
			return departedMeetingView{m.ID, m.Series.Title, p.rfc3339(m.Span.Start), goes}
		}),
		Repairs: each(d.replans, func(r replan) repairView { return p.viewRepair(r.draft, r.repaired, d.names) }),
	}
}
