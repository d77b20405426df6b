package rotatest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// expectation looks at what was built last. It gives "" where it is met, or what it found instead.
type expectation func(o *outcome) string

// parseExpect reads what is expected of the rota that was built last.
func parseExpect(known *world, c *clause, more []*clause) (step, error) {
	if known.building == "" {
		return nil, fmt.Errorf("nothing has been built yet")
	}
	var met expectation
	var err error
	uncoverable := false
	switch {
	case c.skip("uncoverable"):
		met, uncoverable = expectUncoverable(known, c, more), true
		more = nil
	case c.skip("conflict"):
		met, uncoverable = expectConflict(known, c), true
	case c.skip("remedy"):
		met, uncoverable = expectRemedy(c.take("a part of the remedy, in quotation marks,")), true
	case c.skip("no", "gaps"):
		met = expectGaps(0)
	case c.skip("covered"):
		met = func(*outcome) string { return "" }
	case c.skip("nobody", "breaches", "a", "rule"), c.skip("fair"):
		met = func(*outcome) string { return "" } // every build is checked, said or unsaid
	case c.skip("totals", "proved"):
		met = expectProof
	case c.skip("nobody", "has", "a", "festive", "period", "again"):
		met = expectTurns
	case c.skip("nobody", "goes", "twice", "running", "to"):
		met = expectChange(c.take("a meeting"))
	case c.skip("nothing", "moves", "within", "the", "freeze", "window"):
		met = expectNoSoonMove
	case len(c.words) > 2 && strings.EqualFold(c.words[2].text, "spent"):
		met = expectSpent(c)
	case c.skip("soft", "rules", "cost"):
		met = expectCost(c.number())
	case c.skip("note"):
		met = expectNote(c.take("the text of the note"))
	case c.skip("no", "duty", "starts", "on"):
		met = expectNothingOn(c.date())
	case c.skip("everybody"):
		var within func(rota.LeaderID) expectation
		within = withinTarget(c)
		met = func(o *outcome) string { return everybody(o, within) }
	case !c.empty() && known.knows(rota.LeaderID(c.words[0].text)):
		met = expectLeader(known, c)
	case !c.empty() && strings.Contains(c.words[0].text, "."):
		met, err = expectDuty(known, c, more)
		more = nil
	default:
		met = expectCount(c)
	}
	for _, c := range more {
		c.fail("%q follows a comma, and this kind of expectation has none", c.take("an expectation"))
		err = c.err
	}
	if c.done() != nil {
		err = c.err
	}
	return judge(met, uncoverable), err
}

// expectProof asks that no rota be fairer in its totals.
func expectProof(o *outcome) string {
	totals := o.draft.Certificate[0]
	if proven, excesses := totals.Proven(o.draft.Standings); proven < len(excesses) {
		return totals.Verdict(o.draft.Standings)
	}
	return ""
}

// judge makes a step of an expectation.
func judge(met expectation, uncoverable bool) step {
	return func(_ context.Context, w *world) []string {
		if !uncoverable && w.built.open != nil && !w.built.problem.AllowGaps {
			return []string{"the rota could not be covered"}
		}
		if problem := met(w.built); problem != "" {
			return []string{problem}
		}
		w.built.forgiven = w.built.forgiven || uncoverable
		return nil
	}
}

// expectUncoverable reads "DUTY because L01 "away" and L02 "not eligible"".
func expectUncoverable(known *world, c *clause, more []*clause) expectation {
	id := known.duty(c)
	reasons := map[rota.LeaderID]string{}
	var order []rota.LeaderID
	c.skip("because")
	for !c.empty() {
		l := known.leader(c)
		reasons[l] = c.take("the reason, in quotation marks,")
		order = append(order, l)
		c.skip("and")
	}
	for _, m := range more {
		c.fail("%q follows a comma: join reasons by and", m.take("a reason"))
	}
	return func(o *outcome) string {
		if o.open == nil {
			return "the rota was covered"
		}
		i := slices.IndexFunc(o.open.Duties, func(d rota.UncoveredDuty) bool { return d.Duty.ID == id })
		if i < 0 {
			return o.open.Error()
		}
		for _, l := range order {
			why := "no reason at all"
			for _, r := range o.open.Duties[i].Reasons {
				if r.Leader == l {
					why = r.Why
				}
			}
			if !strings.Contains(why, reasons[l]) {
				return fmt.Sprintf("the reason for %s is: %s", l, why)
			}
		}
		return ""
	}
}

// expectTurns asks that nobody have a festive period before others who had it longer ago.
func expectTurns(o *outcome) string {
	var found []string
	for _, a := range newChecker(o.problem).repeats(o.draft.Duties) {
		found = append(found, fmt.Sprintf("%s has %s before %v", a.leader, a.season, a.over))
	}
	return strings.Join(found, "; ")
}

// expectSpent reads "1 point spent": in some place of some vector no less, and never more than the tolerance,
// which is checked anyhow.
func expectSpent(c *clause) expectation {
	least := c.points()
	if !c.skip("point") {
		c.need("points")
	}
	c.need("spent")
	return func(o *outcome) string {
		var most rota.Points
		if o.draft.Spent != nil {
			for _, level := range o.draft.Spent.Levels {
				most = max(most, level.Most())
			}
		}
		if most < least {
			return fmt.Sprintf("%s points were spent", most)
		}
		return ""
	}
}

// expectCost adds up the prices of the soft rules that are not kept.
func expectCost(want int) expectation {
	return func(o *outcome) string {
		cost, all := 0, ""
		for _, b := range Soft(Check(o.problem, o.draft)) {
			cost += b.Price
			all += "; " + b.String()
		}
		if cost != want {
			return fmt.Sprintf("they cost %d%s", cost, all)
		}
		return ""
	}
}

func expectNote(text string) expectation {
	return func(o *outcome) string {
		if slices.ContainsFunc(o.draft.Notes, func(n string) bool { return strings.Contains(n, text) }) {
			return ""
		}
		return fmt.Sprintf("the notes are: %q", o.draft.Notes)
	}
}

func expectNothingOn(day rota.Date) expectation {
	return func(o *outcome) string {
		for _, d := range o.draft.Duties {
			if d.Start.Date == day {
				return fmt.Sprintf("%s starts then", d.ID)
			}
		}
		return ""
	}
}

// expectCount reads "260 duties".
func expectCount(c *clause) expectation {
	want := read(c, "what is expected", func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, fmt.Errorf("%q is neither a leader above, nor a duty, nor anything else that can be expected", s)
		}
		return n, nil
	})
	if c.skip("gaps") || c.skip("gap") {
		return expectGaps(want)
	}
	if c.skip("duties", "move") || c.skip("duty", "moves") {
		return expectMoves(want)
	}
	c.need("duties")
	return func(o *outcome) string {
		if got := len(o.draft.Duties); got != want {
			return fmt.Sprintf("there are %d duties", got)
		}
		return ""
	}
}

// expectDuty reads what is expected of one duty.
func expectDuty(known *world, c *clause, more []*clause) (expectation, error) {
	id := known.duty(c)
	var met func(rota.Duty) string
	switch {
	case c.skip("stays"):
		return expectStays(id), c.err
	case c.skip("moves"):
		because := ""
		if c.skip("because") {
			because = c.take("the reason, in quotation marks,")
		}
		return expectMove(id, because), c.err
	case c.skip("held", "by"):
		met = heldBy(known.oneOf(c), true)
	case c.skip("not", "held", "by"):
		met = heldBy(known.oneOf(c), false)
	case c.skip("open"):
		met = heldBy([]rota.LeaderID{""}, true)
	case c.skip("lasts"):
		met = lasts(c)
	case c.skip("counts"):
		var want rota.Load
		err := load(c, more, func(category rota.Category, points rota.Points) { want[category] += points })
		if err != nil {
			return nil, err
		}
		more, met = nil, counts(want)
	default:
		c.fail("%s where held by, not held by, open, moves, stays, lasts or counts belongs", c.found())
	}
	for _, m := range more {
		c.fail("%q follows a comma, and this kind of expectation has none", m.take("an expectation"))
	}
	return func(o *outcome) string {
		i := slices.IndexFunc(o.draft.Duties, func(d rota.Duty) bool { return d.ID == id })
		if i < 0 {
			return "the rota has no such duty"
		}
		return met(o.draft.Duties[i])
	}, c.err
}

func heldBy(leaders []rota.LeaderID, want bool) func(rota.Duty) string {
	return func(d rota.Duty) string {
		if slices.Contains(leaders, d.Holder) != want {
			return fmt.Sprintf("it is held by %s", cmp.Or(d.Holder, "nobody"))
		}
		return ""
	}
}

// lasts reads "14.5 hours".
func lasts(c *clause) func(rota.Duty) string {
	want := c.points().Float()
	c.need("hours")
	return func(d rota.Duty) string {
		if got := d.Span.End.Sub(d.Span.Start).Hours(); got != want {
			return fmt.Sprintf("it lasts %g hours", got)
		}
		return ""
	}
}

func counts(want rota.Load) func(rota.Duty) string {
	return func(d rota.Duty) string {
		if d.Load == want {
			return ""
		}
		var got []string
		for category, points := range d.Load {
			if points != 0 {
				got = append(got, fmt.Sprintf("%s %s", points, rota.Category(category).Title()))
			}
		}
		return "it counts " + strings.Join(got, ", ")
	}
}
