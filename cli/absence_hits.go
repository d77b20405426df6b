package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// hits are what time away falls on: published duties and meetings.
type hits struct {
	leader   rota.Leader
	duties   []hitDuty   // that have not begun, in order of time
	begun    []rota.Duty // that have, or are over: they stay as they were
	meetings []hitMeeting
	names    map[rota.LeaderID]rota.Leader
}

// hitDuty is a published duty, or the part of one, with who could cover it.
type hitDuty struct {
	rota.Duty
	whole rota.Duty // the duty itself, or the one that it is a part of
	cover []coverer // the best first; then those who cannot
}

// coverer is a candidate for a duty.
type coverer struct {
	rota.Candidate
	asked bool // to be away then as well
}

// hitMeeting is a meeting with who goes instead.
type hitMeeting struct {
	rota.Occurrence
	instead []rota.LeaderID
}

// hitsOf works out what it means that a leader is away. It looks at everything as if the absence were approved.
func (p *pcn) hitsOf(ctx context.Context, a rota.Absence) (h hits, err error) {
	p.granted = []rota.Absence{a}
	defer func() { p.granted = nil }()
	people, err := p.db.Leaders(ctx)
	if err != nil {
		return h, err
	}
	h.names = byID(people)
	h.leader = h.names[a.Leader]
	zone := p.config.Zone
	published, err := p.db.Published(ctx, a.Begin().Instant(zone), a.End().Instant(zone))
	if err != nil {
		return h, err
	}
	away := during([]rota.Absence{a}, a.Leader)
	for _, d := range published {
		switch {
		case d.Holder != a.Leader || !away(d.Duty):
		case d.Span.Start.After(p.at):
			h.duties = append(h.duties, hitDuty{Duty: d.Duty})
		default:
			h.begun = append(h.begun, d.Duty)
		}
	}
	if err := p.whoCovers(ctx, &h); err != nil {
		return h, err
	}
	h.meetings, err = p.meetingsHit(ctx, a)
	return h, err
}

// whoCovers ranks for each duty that is hit who could take it.
func (p *pcn) whoCovers(ctx context.Context, h *hits) error {
	whole, err := p.wholeDuties(ctx)
	if err != nil {
		return err
	}
	wanted, err := p.db.Requests(ctx, rota.Requested)
	if err != nil {
		return err
	}
	for i := range h.duties {
		d := &h.duties[i]
		id, _, _ := strings.Cut(string(d.ID), "+") // see Duty.Divide
		d.whole = whole[rota.DutyID(id)]
		if _, declared := p.config.Rota(d.Rota); !declared {
			continue
		}
		o := d.offer()
		deal, err := p.newDeal(ctx, o, 0) // it is only looked at
		if err != nil {
			return err
		}
		candidates, err := deal.problem.Candidates(deal.duties, deal.over, rota.Transfer{Duty: o.Duty, From: o.From, Until: o.Until})
		if err != nil {
			return err
		}
		for _, k := range candidates {
			if k.Leader != d.Holder {
				d.cover = append(d.cover, coverer{k, askedFor(wanted, k.Leader, d.Duty)})
			}
		}
		slices.SortStableFunc(d.cover, func(a, b coverer) int { return cmp.Compare(a.rank(), b.rank()) })
	}
	return nil
}

// offer is what is offered where cover is asked for.
func (d hitDuty) offer() rota.Offer {
	o := rota.Offer{Duty: d.whole.ID, Leader: d.Holder}
	if d.isPart() {
		o.From, o.Until = d.Start, d.End
	}
	return o
}

func (d hitDuty) isPart() bool { return d.Start != d.whole.Start || d.End != d.whole.End }

// able gives those who can cover, the best first.
func (d hitDuty) able() []coverer {
	return slices.DeleteFunc(slices.Clone(d.cover), func(k coverer) bool { return k.Why != "" })
}

// rank puts whoever has asked to be away as well after the others who can.
func (k coverer) rank() int {
	switch {
	case k.Why != "":
		return 2
	case k.asked:
		return 1
	default:
		return 0
	}
}

// askedFor reports whether somebody has asked to be away during a duty.
func askedFor(wanted []rota.Request, l rota.LeaderID, d rota.Duty) bool {
	return slices.ContainsFunc(wanted, func(q rota.Request) bool { return during([]rota.Absence{q.Absence}, l)(d) })
}

// meetingsHit gives the meetings to come that the leader of an absence, which counts as approved, was to attend.
func (p *pcn) meetingsHit(ctx context.Context, a rota.Absence) ([]hitMeeting, error) {
	now, err := p.db.Occurrences(ctx, p.at, time.Time{})
	if err != nil {
		return nil, err
	}
	then, err := p.planner(p.at).planned(ctx)
	if err != nil {
		return nil, err
	}
	attending := map[rota.OccurrenceID][]rota.LeaderID{}
	for _, m := range then {
		attending[m.ID] = m.Attending
	}
	var all []hitMeeting
	for _, m := range now {
		if !a.Bars() || !a.Overlaps(m.Start, m.End) || !slices.Contains(m.Attending, a.Leader) || !m.Span.Start.After(p.at) {
			continue
		}
		instead := slices.DeleteFunc(slices.Clone(attending[m.ID]), func(id rota.LeaderID) bool { return slices.Contains(m.Attending, id) })
		all = append(all, hitMeeting{m, instead})
	}
	return all, nil
}

// rotas gives the rotas with a duty that is hit and has not begun, as config.toml has them.
func (p *pcn) rotasHit(h hits) (policies []rota.Policy) {
	for _, policy := range p.config.Rotas {
		if slices.ContainsFunc(h.duties, func(d hitDuty) bool { return d.Rota == policy.Name }) {
			policies = append(policies, policy)
		}
	}
	return policies
}

// sayDutiesHit shows the duties to come that time away falls on, and who could cover.
func (p *pcn) sayDutiesHit(h hits) {
	const best = 3
	if len(h.duties) == 0 {
		fmt.Fprintln(p.stdout, "It falls on no published duty that is still to come.")
		return
	}
	fmt.Fprintf(p.stdout, "It falls on %s:\n\n", count(len(h.duties), "published duty", "published duties"))
	hitsTable(h, best).write(p.stdout, p.out.width, p.ink())
	p.sayTable(h)
}

// sayRestHit shows what else time away falls on.
func (p *pcn) sayRestHit(h hits) {
	if len(h.begun) > 0 {
		fmt.Fprintln(p.stdout)
		p.say(fmt.Sprintf("%s begun or %s over, and %s: %s.", count(len(h.begun), "duty in that time has", "duties in that time have"),
			oneOrMany(len(h.begun), "is", "are"), oneOrMany(len(h.begun), "stays as it was", "stay as they were"),
			strings.Join(each(h.begun, func(d rota.Duty) string { return inFull(d.Start) }), ", ")))
	}
	if len(h.meetings) > 0 {
		t := newTable(col("when"), text("meeting"), text("instead"))
		for _, m := range h.meetings {
			instead := strings.Join(each(m.instead, func(id rota.LeaderID) string { return nameOf(h.names, id) }), ", ")
			t.row(briefly(m.Start), m.Series.Title, cmp.Or(instead, "nobody"))
		}
		fmt.Fprintf(p.stdout, "\nIt falls on %s:\n\n", count(len(h.meetings), "meeting", "meetings"))
		t.write(p.stdout, p.out.width, p.ink())
	}
}

func oneOrMany(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// hitsTable has a row for each of the best who could cover a duty.
func hitsTable(h hits, best int) *table {
	t := newTable(col("duty"), col("when"), text("could cover"), number("over"), number("after"))
	for _, d := range h.duties {
		able := d.able()
		if len(able) == 0 {
			t.row(string(d.ID), briefly(d.Start), "nobody", "", "")
		}
		for i, k := range able[:min(best, len(able))] {
			id, when, who := "", "", nameOf(h.names, k.Leader)
			if i == 0 {
				id, when = string(d.ID), briefly(d.Start)
			}
			if k.asked {
				who += " *"
			}
			t.row(id, when, who, signed(k.Over), signed(k.After))
		}
	}
	return t
}

// sayTable explains the table, and why nobody can cover what nobody can.
func (p *pcn) sayTable(h hits) {
	const shown = 6
	asked := slices.ContainsFunc(h.duties, func(d hitDuty) bool {
		return slices.ContainsFunc(d.able(), func(k coverer) bool { return k.asked })
	})
	if slices.ContainsFunc(h.duties, func(d hitDuty) bool { return len(d.able()) > 0 }) {
		fmt.Fprintln(p.stdout, "Over, after: points over their fair share, now and with the duty.")
	}
	if asked {
		fmt.Fprintln(p.stdout, "* has asked to be away then as well.")
	}
	for _, d := range h.duties {
		if len(d.able()) > 0 {
			continue
		}
		fmt.Fprintf(p.stdout, "\nNobody can take %s:\n", d.ID)
		for i, k := range d.cover {
			if i == shown {
				fmt.Fprintf(p.stdout, "  ... and %d more: pcnrota cover find %s\n", len(d.cover)-shown, d.whole.ID)
				break
			}
			p.say("  " + nameOf(h.names, k.Leader) + ": " + k.Why)
		}
		if len(d.cover) == 0 {
			fmt.Fprintln(p.stdout, "  config.toml does not declare its rota, or there is nobody else")
		}
	}
}

// hitsView is what time away falls on, in JSON.
type hitsView struct {
	Duties   []hitDutyView    `json:"duties"`
	Begun    []dutyView       `json:"begun"` // they stay as they were
	Meetings []hitMeetingView `json:"meetings"`
}

type hitDutyView struct {
	dutyView
	PartOf rota.DutyID   `json:"part_of"` // "" for a whole duty
	Cover  []covererView `json:"candidates"`
}

type covererView struct {
	candidateView
	Asked bool `json:"asked_to_be_away"`
}

type hitMeetingView struct {
	ID      rota.OccurrenceID `json:"id"`
	Title   string            `json:"title"`
	Start   string            `json:"start"`
	End     string            `json:"end"`
	Instead []rota.LeaderID   `json:"instead"`
}

func (p *pcn) viewHits(h hits) hitsView {
	duty := func(d hitDuty) hitDutyView {
		v := hitDutyView{dutyView: p.viewDuty(d.Duty, h.names), Cover: each(d.cover, func(k coverer) covererView {
			return covererView{viewCandidate(k.Candidate, h.names[k.Leader]), k.asked}
		})}
		if d.isPart() {
			v.PartOf = d.whole.ID
		}
		return v
	}
	return hitsView{
		Duties: each(h.duties, duty),
		Begun:  each(h.begun, func(d rota.Duty) dutyView { return p.viewDuty(d, h.names) }),
		Meetings: each(h.meetings, func(m hitMeeting) hitMeetingView {
			return hitMeetingView{m.ID, m.Series.Title, p.rfc3339(m.Span.Start), p.rfc3339(m.Span.End), each(m.instead, func(id rota.LeaderID) rota.LeaderID { return id })}
		}),
	}
}
