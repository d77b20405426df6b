package rota_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// TestConflictsAgreeWithEnumeration explains tiny rotas that cannot be covered, and holds what is said against
// every assignment there is, judged by the checker, which shares no decision with the planner.
func TestConflictsAgreeWithEnumeration(t *testing.T) {
	seen := map[rota.CauseKind]int{}
	conflicts, larger, several := 0, 0, 0
	for seed := range uint64(150) {
		p := tinyProblem(t, rand.New(rand.NewPCG(seed, 3)))
		_, err := rota.Build(t.Context(), p, nil)
		least, _ := fewestGaps(p)
		var open *rota.Uncoverable
		if errors.As(err, &open) != (least > 0) {
			t.Fatalf("problem %d: %v, and at least %d duties stay open", seed, err, least)
		}
		if open == nil {
			continue
		}
		if open.Least < 1 && least > 0 || open.Least > least {
			t.Errorf("problem %d: said to leave %d open at least, and it is %d", seed, open.Least, least)
		}
		if len(open.Conflicts) == 0 {
			t.Errorf("problem %d: no conflict was found", seed)
		}
		for _, c := range open.Conflicts {
			checkConflict(t, fmt.Sprintf("problem %d", seed), p, c)
			for _, cause := range c.Causes {
				seen[cause.Kind]++
			}
			conflicts++
			if len(c.Duties) > 1 {
				larger++
			}
			if len(c.Remedies) > 0 && len(c.Remedies[0].Changes) > 1 {
				several++
			}
		}
	}
	for kind, least := range map[rota.CauseKind]int{
		rota.CausePin: 2, rota.CauseLimit: 2, rota.CausePractices: 2, rota.CauseRest: 2, rota.CauseHeld: 2,
		rota.CauseAbsence: 2, rota.CauseEligible: 2, rota.CausePost: 2, rota.CauseRegistration: 2, rota.CauseNewcomer: 2,
	} {
		if seen[kind] < least {
			t.Errorf("%d causes are of the kind %q: the test does not try them", seen[kind], kind)
		}
	}
	if conflicts < 60 || larger < 20 || several < 2 {
		t.Errorf("of %d conflicts %d are about several duties, and %d ask for several changes", conflicts, larger, several)
	}
}

func checkConflict(t *testing.T, name string, p rota.Problem, c rota.Conflict) {
	t.Helper()
	if covers(p, c.Duties) {
		t.Errorf("%s: %v can be covered", name, ids(c.Duties))
	}
	for i := range c.Duties {
		if rest := slices.Delete(slices.Clone(c.Duties), i, i+1); !covers(p, rest) {
			t.Errorf("%s: %v without %s cannot be covered either", name, ids(c.Duties), c.Duties[i].ID)
		}
	}
	alone := p
	for _, other := range rota.CausesOf(p, c.Duties) {
		if !slices.ContainsFunc(c.Causes, func(cause rota.Cause) bool { return cause.Reads == other.Reads }) {
			alone = other.Lift(alone)
		}
	}
	if covers(alone, c.Duties) {
		t.Errorf("%s: %v can be covered although %q stand in the way", name, ids(c.Duties), reads(c.Causes))
	}
	for _, cause := range c.Causes {
		if !covers(cause.Lift(alone), c.Duties) {
			t.Errorf("%s: %v cannot be covered even without %q of %q", name, ids(c.Duties), cause.Reads, reads(c.Causes))
		}
	}
	checkRemedies(t, name, p, c)
}

// checkRemedies makes sure that every remedy works, that nothing in it is superfluous, and that no single
// change which would do is cheaper than the cheapest.
func checkRemedies(t *testing.T, name string, p rota.Problem, c rota.Conflict) {
	t.Helper()
	cheapest := 1 << 30
	for _, r := range c.Remedies {
		changed := p
		for _, change := range r.Changes {
			changed = change.Apply(changed)
		}
		if !covers(changed, c.All()) {
			t.Errorf("%s: %v cannot be covered after %+v", name, ids(c.All()), r.Changes)
		}
		if all := covers(changed, wanted(p)); all != r.Around {
			t.Errorf("%s: all around can be covered is %v after %+v, and said to be %v", name, all, r.Changes, r.Around)
		}
		cheapest = min(cheapest, r.Cost)
	}
	for _, cause := range rota.CausesOf(p, c.All()) {
		if ease := cause.Ease(); ease.Cost < cheapest && covers(ease.Apply(p), c.All()) {
			t.Errorf("%s: %q would do for %v at %d, and the remedies are %+v", name, ease.Reads, ids(c.Duties), ease.Cost, c.Remedies)
		}
	}
}

// TestGapsAreFewestThenLightest builds tiny rotas with gaps and compares what is open with the best of all
// assignments.
func TestGapsAreFewestThenLightest(t *testing.T) {
	lighter := 0
	for seed := range uint64(80) {
		p := tinyProblem(t, rand.New(rand.NewPCG(seed, 4)))
		p.AllowGaps = true
		draft, err := rota.Build(t.Context(), p, nil)
		if err != nil {
			t.Fatalf("problem %d: %v", seed, err)
		}
		for _, b := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, b)
		}
		open, weight := openOf(draft.Duties)
		fewest, lightest := fewestGaps(p)
		if open != fewest || weight != lightest {
			t.Errorf("problem %d: %d open of %s points, and %d of %s are possible", seed, open, weight, fewest, lightest)
		}
		var held, target rota.Points
		for _, s := range draft.Standings {
			held, target = held+s.Held.Total(), target+s.Target.Total()
		}
		if held != target {
			t.Errorf("problem %d: %s points are held and %s are shared out", seed, held, target)
		}
		if open > 0 && open < len(draft.Duties) {
			lighter++
		}
	}
	if lighter < 20 {
		t.Errorf("only %d rotas have a choice of gaps", lighter)
	}
}

// tinyProblem makes up a rota of a few days and people in which much is in the way.
func tinyProblem(t *testing.T, r *rand.Rand) rota.Problem {
	days := 2 + r.IntN(2)
	from := date(t, "2027-01-07").AddDays(r.IntN(3))
	p := rota.Problem{From: from, Until: from.AddDays(days), Zone: zone(t, "Europe/London"), Seed: 1}
	p.Policy = rota.Policy{Name: "call", Title: "Call", Points: rota.DefaultDayPoints, Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}}}
	day := rota.ShiftKind{Name: "day", Start: 8 * 60, End: 8 * 60, EndDays: 1}
	for d := time.Sunday; d <= time.Saturday; d++ {
		day.Days = append(day.Days, d)
	}
	p.Policy.Pattern = []rota.ShiftKind{day}
	if days < 3 || r.IntN(2) == 0 {
		p.Policy.Tiers = append(p.Policy.Tiers, rota.Tier{Name: "second", Weight: rota.Point / 2})
	}
	rules := &p.Policy.Rules
	rules.RestHours = []int{0, 0, 12, 24, 36}[r.IntN(5)]
	if r.IntN(2) == 0 {
		rules.AtMost = append(rules.AtMost, rota.Limit{Duties: 1 + r.IntN(2), Days: 2 + r.IntN(3)})
	}
	if r.IntN(4) == 0 {
		rules.AtMost = append(rules.AtMost, rota.Limit{Duties: 0, Days: 7, Weekends: true})
	}
	p.Policy.DifferentPractices = r.IntN(3) == 0
	rules.NewcomerNeedsExperienced = r.IntN(4) == 0
	if r.IntN(4) == 0 {
		p.Policy.Registration = rota.RegistrationRequired
	}
	if r.IntN(4) == 0 {
		p.Policy.Tiers[len(p.Policy.Tiers)-1].Eligible.Roles = []string{"GP"}
	}
	for i := range 2 + r.IntN(2) {
		peopleOf(&p, r, rota.LeaderID(fmt.Sprintf("L%d", i+1)), days)
	}
	duties := wanted(p)
	for range r.IntN(2) {
		l := p.Leaders[r.IntN(len(p.Leaders))].ID
		p.Pins = append(p.Pins, rota.Pin{Duty: duties[r.IntN(len(duties))].ID, Leader: l, Forbid: r.IntN(2) == 0})
	}
	if r.IntN(3) == 0 {
		held := p.Policy.Duties(from.AddDays(-1), from, p.Zone, p.Holidays)[0]
		held.ID, held.Rota, held.Holder = "other."+held.ID[len("call."):], "other", p.Leaders[0].ID
		p.Held = append(p.Held, held)
	}
	return p
}

func peopleOf(p *rota.Problem, r *rand.Rand, id rota.LeaderID, days int) {
	l := rota.Leader{ID: id, Practice: rota.PracticeCode("AB"[r.IntN(2):][:1]), Share: rota.FullTime}
	l.Registration.Body = "GMC"
	switch r.IntN(8) {
	case 0:
		l.Registration.Body = ""
	case 1:
		l.Registration.Expires = p.From.AddDays(r.IntN(days))
	case 2:
		l.Starts = p.From.AddDays(1 + r.IntN(days))
	case 3:
		l.Ends = p.From.AddDays(r.IntN(days))
	}
	l.NewToOnCall = r.IntN(3) == 0
	if r.IntN(2) == 0 {
		l.Roles = []string{"GP"}
	}
	p.Leaders = append(p.Leaders, l)
	for range r.IntN(3) {
		first := p.From.AddDays(r.IntN(days))
		kind := []rota.AbsenceKind{rota.Annual, rota.Sick}[r.IntN(2)]
		p.Absences = append(p.Absences, rota.Absence{Leader: id, Kind: kind, First: first, Last: first.AddDays(r.IntN(days))})
	}
}

func wanted(p rota.Problem) []rota.Duty {
	return p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)
}

// covers tries whether the duties can all be held, by every assignment.
func covers(p rota.Problem, duties []rota.Duty) bool {
	found := false
	assignments(p, duties, false, func([]rota.Duty) bool { found = true; return false })
	return found
}

// fewestGaps gives the fewest open duties, and the least they can weigh, over every assignment.
func fewestGaps(p rota.Problem) (open int, weight rota.Points) {
	open = 1 << 30
	assignments(p, wanted(p), true, func(duties []rota.Duty) bool {
		n, w := openOf(duties)
		if cmp.Or(cmp.Compare(n, open), cmp.Compare(w, weight)) < 0 {
			open, weight = n, w
		}
		return true
	})
	return open, weight
}

func openOf(duties []rota.Duty) (open int, weight rota.Points) {
	for _, d := range duties {
		if d.Holder == "" {
			open++
			weight += d.Points()
		}
	}
	return open, weight
}

// assignments looks at every assignment of the duties that breaks no rule, until look has seen enough.
func assignments(p rota.Problem, duties []rota.Duty, gaps bool, look func([]rota.Duty) bool) {
	p.AllowGaps = true
	holders := []rota.LeaderID{}
	for _, l := range p.Leaders {
		holders = append(holders, l.ID)
	}
	if gaps {
		holders = append(holders, "")
	}
	duties = slices.Clone(duties)
	var fill func(at int) bool
	fill = func(at int) bool {
		if at == len(duties) {
			return look(duties)
		}
		for _, h := range holders {
			duties[at].Holder = h
			if h != "" && broken(p, duties[:at+1]) {
				continue
			}
			if !fill(at + 1) {
				return false
			}
		}
		return true
	}
	fill(0)
}

func broken(p rota.Problem, duties []rota.Duty) bool {
	return slices.ContainsFunc(rotatest.CheckDuties(p, duties), func(b rotatest.Breach) bool {
		return b.Rule != rotatest.RuleCover // which speaks of the duties that are not looked at
	})
}

func ids(duties []rota.Duty) []rota.DutyID {
	var all []rota.DutyID
	for _, d := range duties {
		all = append(all, d.ID)
	}
	return all
}

func reads(causes []rota.Cause) []string {
	var all []string
	for _, c := range causes {
		all = append(all, c.Reads)
	}
	return all
}
