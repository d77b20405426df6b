package rota

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pcnrota/rota/internal/assign"
)

// Explanation says why a duty is held by whom it is.
type Explanation struct {
	Duty   Duty
	Excess Points        // with which its holder ends: carried in, plus held, minus the fair share
	Breach string        // what would keep the holder from it today, in words; "" where nothing does
	Stood  *Stood        // how often its holder deputises at meetings; nil for what is no deputising
	Gap    *Conflict     // why nobody holds it, as far as it is proved; nil where somebody does
	Others []Alternative // everybody else: first who could hold it, the least unfair first; then by ID
}

// Alternative is somebody else who might hold a duty, and why that is not so. Excesses are totals.
type Alternative struct {
	Leader LeaderID
	Barred bool   // by a hard rule, as the rest of the rota stands
	Why    string // the rule, or what would become of fairness
	Worse  Points // by how much the larger of the two excesses would grow; 0 where Barred
	Now    Points // excess of Leader as things are
	Then   Points // excess of Leader if the duty were handed over, and nothing else changed
	Left   Points // excess of the holder then
}

// Explain says why the holder of a duty of d holds it and, for each other leader, which rule bars them, or
// how fairness would change if the duty were handed over to them. It looks at this one hand-over, never
// at exchanges of several duties, and at people, leave and rules as p has them. Neither p.Held nor
// p.Balances may count the duties of d. Parts are taken from d, and worked out anew where it has none.
func Explain(p Problem, d Draft, id DutyID) (Explanation, error) {
	all, err := ExplainEach(p, d, []DutyID{id})
	if err != nil {
		return Explanation{}, err
	}
	return all[0], nil
}

// ExplainEach is Explain for several duties of one rota, in the order of ids, for the work of reading the rota once.
func ExplainEach(p Problem, d Draft, ids []DutyID) ([]Explanation, error) {
	plan := planAsHeld(p, d)
	of := handover{planner: plan, all: slices.Concat(plan.duties, plan.held), excess: map[LeaderID]Load{}}
	of.spacing = spacingOf(of.all)
	if p.Policy.Meetings != nil {
		of.turns = plan.weigh(plan.duties)
	}
	for _, s := range plan.standings(plan.duties) {
		of.excess[s.Leader] = s.After()
	}
	var all []Explanation
	for _, id := range ids {
		at := slices.IndexFunc(plan.duties, func(d Duty) bool { return d.ID == id })
		if at < 0 {
			return nil, fmt.Errorf("the rota has no duty %s", id)
		}
		of.duty = plan.duties[at]
		all = append(all, of.explain(p))
	}
	return all, nil
}

// explain says why the duty is held as it is.
func (h handover) explain(p Problem) Explanation {
	if h.duty.Holder == "" {
		return Explanation{Duty: h.duty, Gap: p.whyOpen(h.duty.ID), Others: h.toAll()}
	}
	h.holder = Leader{ID: h.duty.Holder, Name: string(h.duty.Holder)}
	e := Explanation{Duty: h.duty, Excess: h.excess[h.duty.Holder].Total()}
	if i, known := h.index[h.duty.Holder]; known {
		h.holder = h.Leaders[i]
		e.Breach = h.obstacle(h.holder, h.duty, h.all)
	}
	if h.goesRound() {
		stood := h.turns.stood[h.duty.Holder]
		e.Stood = &stood
	}
	e.Others = h.toAll()
	return e
}

// toAll looks at the duty in everybody else's hands.
func (h handover) toAll() []Alternative {
	var able, barred []Alternative
	for _, l := range h.Leaders {
		switch a := h.to(l); {
		case l.ID == h.duty.Holder:
		case a.Barred:
			barred = append(barred, a)
		default:
			able = append(able, a)
		}
	}
	slices.SortStableFunc(able, func(a, b Alternative) int {
		if h.goesRound() {
			return cmp.Compare(h.turns.stood[a.Leader].over(), h.turns.stood[b.Leader].over())
		}
		return cmp.Compare(a.Worse, b.Worse)
	})
	return append(able, barred...)
}

// whyOpen finds out why nobody can hold a duty beside what else there is to hold; nil where that is not
// proved.
func (p Problem) whyOpen(id DutyID) *Conflict {
	plan := newPlanner(p)
	hole := slices.IndexFunc(plan.duties, func(d Duty) bool { return d.ID == id })
	if hole < 0 {
		return nil
	}
	problem := plan.compile()
	conflicts := plan.conflicts(newInquiry(context.Background(), func(int, int) {}), assign.NewCoverer(&problem), []int{hole})
	if len(conflicts) == 0 {
		return nil
	}
	return &conflicts[0]
}

// planAsHeld is the planner of a rota that is already there.
func planAsHeld(p Problem, d Draft) *planner {
	plan := newPlanner(p)
	plan.duties, plan.parts = slices.Clone(d.Duties), d.Parts
	SortDuties(plan.duties)
	if len(plan.parts) == 0 {
		plan.parts = plan.shareOut()
	}
	plan.target = targets(plan.parts)
	return plan
}

// handover is a duty that could pass from its holder to others.
type handover struct {
	*planner
	duty    Duty
	holder  Leader
	all     []Duty
	spacing spacing // of all
	excess  map[LeaderID]Load
	turns   *standing // of the rota of meetings
}

// goesRound reports whether the duty is deputising, which goes by times and not by points.
func (h handover) goesRound() bool {
	return h.turns != nil && h.duty.Tier == Deputy && h.duty.Holder != ""
}

// to looks at the duty in the hands of l.
func (h handover) to(l Leader) Alternative {
	now, held := h.excess[l.ID], h.excess[h.duty.Holder]
	a := Alternative{Leader: l.ID, Now: now.Total(), Then: now.Plus(h.duty.Load).Total(), Left: held.Minus(h.duty.Load).Total()}
	if a.Why = h.obstacle(l, h.duty, h.all); a.Why != "" {
		a.Barred = true
		return a
	}
	if h.duty.Holder == "" {
		a.Why = "nothing stands against it, as the rota is now"
		return a
	}
	a.Worse = worse(now, held, h.duty.Load, Load.Total)
	if a.Why = h.fairness(l, now, held); h.goesRound() {
		a.Why = h.turns.handed(h.duty, l)
	}
	return a
}

// worse gives how much the larger of two excesses grows when a load passes to the one with now from the
// one with held. Their sum stays the same, so in the leximax order this alone decides which is fairer.
func worse(now, held, load Load, of func(Load) Points) Points {
	return max(of(now.Plus(load)), of(held.Minus(load))) - max(of(now), of(held))
}

// visible is the least difference that people are told of; Points.String rounds it up to 0.01.
const visible = Point / 200

// fairness says in words what would become of fairness, by the first of the planner's criteria that
// tells the two apart: the total, then festive days, bank holidays and weekends, then wishes and spacing.
func (h handover) fairness(l Leader, now, held Load) string {
	if w := worse(now, held, h.duty.Load, Load.Total); w >= visible || w <= -visible {
		return h.compared(w, "", now.Total(), held.Total(), h.duty.Points())
	}
	for c := Festive; c > Weekday; c-- {
		of := func(l Load) Points { return l[c] }
		if w := worse(now, held, h.duty.Load, of); w >= visible || w <= -visible {
			return h.compared(w, c.Title()+" days", now[c], held[c], h.duty.Load[c])
		}
	}
	return h.taste(l)
}

// compared puts numbers into words. In says of which category they are, and is "" for the total.
func (h handover) compared(worse Points, in string, now, held, load Points) string {
	how, share := "less fair", "share"
	if worse < 0 {
		how, worse = "fairer", -worse
	}
	if in != "" {
		how, share = "as fair in all, "+how+" in "+in, "share of "+in
	}
	return fmt.Sprintf("%s by %s: would end %s their %s, and %s %s; now %s and %s", how, inPoints(worse),
		against(now+load), share, h.holder.Name, against(held-load), against(now), against(held))
}

// inPoints gives "1 point" or "1.29 points".
func inPoints(p Points) string {
	if s := p.String(); s != "1" {
		return s + " points"
	}
	return "1 point"
}

// against says where an excess stands: "1.29 over", "0.71 under", "0 over".
func against(excess Points) string {
	if excess < 0 && excess.String() != "0" {
		return (-excess).String() + " under"
	}
	return excess.String() + " over"
}

// taste says what speaks for the holder where fairness does not: wishes and spacing.
func (h handover) taste(l Leader) string {
	wishes := h.dislike(l, h.duty) - h.dislike(h.holder, h.duty)
	crowd, running := h.crowd(l.ID)
	keeps, _ := h.crowd(h.holder.ID)
	crowd -= keeps
	soft, why := h.softly(l)
	kept, _ := h.softly(h.holder)
	switch {
	case soft > kept:
		return fmt.Sprintf("as fair, but a soft rule speaks against it at a price of %d: %s", soft-kept, why)
	case wishes > 0 && crowd > 0:
		return "as fair, but wishes speak against it, and duties would stand closer together"
	case wishes > 0:
		return "as fair, but wishes speak against it"
	case crowd > 0 && running:
		return "as fair, but it would be the same meeting twice running"
	case crowd > 0:
		return "as fair, but duties would stand closer together"
	default:
		return "as fair: it could be either"
	}
}

// softly gives what the soft rules charge for l's holding the duty beside everything else l holds, and the
// dearest of their reasons in words.
func (h handover) softly(l Leader) (price int, why string) {
	var own []Duty
	for _, d := range h.all {
		if d.Holder == l.ID && d.ID != h.duty.ID {
			own = append(own, d)
		}
	}
	before := h.unkeptBy(l, own)
	own = append(own, h.duty)
	slices.SortFunc(own, func(a, b Duty) int { return a.Span.Start.Compare(b.Span.Start) })
	dearest := 0
	for _, u := range h.unkeptBy(l, own) {
		price += u.price
		if u.price > dearest && !slices.ContainsFunc(before, func(b unkeptRule) bool { return b.why == u.why && b.duty == u.duty }) {
			dearest, why = u.price, u.why
		}
	}
	for _, u := range before {
		price -= u.price
	}
	return price, why
}

// crowd counts the leader's other duties that had better not be held with the duty; running says whether one of them is
// the same meeting before or after.
func (h handover) crowd(id LeaderID) (n int, running bool) {
	for _, other := range h.all {
		if other.Holder == id && other.ID != h.duty.ID && h.spacing.crowded(h.duty, other) {
			n++
			running = running || h.spacing.inARow(h.duty, other)
		}
	}
	return n, running
}
