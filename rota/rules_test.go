package rota_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// TestRulesAgainstBruteForce builds tiny rotas under rules drawn at random, some hard, some soft, some for
// employees only. All points are nothing, so that only the rules, crowding and cover decide. Every way to
// hold the duties is tried and judged by the independent checker: the planner must cover the rota where
// that is possible and keep every hard rule; and, being a search, find the cheapest way nearly always.
func TestRulesAgainstBruteForce(t *testing.T) {
	covered, dearer := 0, 0
	for seed := range uint64(24) {
		p := randomRules(rand.New(rand.NewPCG(seed, 5)), t)
		best, possible := cheapest(p)
		draft, err := rota.Build(context.Background(), p, nil)
		var open *rota.Uncoverable
		if errors.As(err, &open) {
			if possible {
				t.Errorf("problem %d can be covered: %v\n%s", seed, p.Policy.Rules.All(), open)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		covered++
		breaches := rotatest.CheckDuties(p, draft.Duties)
		for _, b := range rotatest.Hard(breaches) {
			t.Errorf("problem %d: %s\n%+v", seed, b, p.Policy.Rules.All())
		}
		if got := cost(p, draft.Duties, breaches); got != best {
			t.Logf("problem %d: the rota costs %d and could cost %d\n%+v\n%v", seed, got, best, p.Policy.Rules.All(), breaches)
			dearer++
		}
		if soft := len(rotatest.Soft(breaches)); soft != noted(draft) {
			t.Errorf("problem %d: the notes tell %q, and the checker finds %v", seed, draft.Notes, rotatest.Soft(breaches))
		}
	}
	if covered < 20 || dearer > covered/10 {
		t.Errorf("%d of the problems can be covered, and %d rotas were dearer than they need be", covered, dearer)
	}
}

// randomRules makes a rota of seven shifts of a day or two for three leaders, over a weekend and perhaps
// Easter, with something held on another rota.
func randomRules(r *rand.Rand, t *testing.T) rota.Problem {
	from := date(t, []string{"2027-01-07", "2027-03-24", "2027-10-28"}[r.IntN(3)])
	p := rota.Problem{From: from, Until: from.AddDays(7), Zone: zone(t, "Europe/London"), Seed: r.Uint64()}
	long := 1 + r.IntN(4)/3
	kind := rota.ShiftKind{Name: "shift", Start: 8 * 60, End: rota.TimeOfDay(60 * (8 + 10*r.IntN(2)*(2-long))), EndDays: long, Expected: rota.Minutes(60 * r.IntN(8))}
	if kind.End > 8*60 {
		kind.EndDays = 0
	}
	if r.IntN(2) == 0 {
		kind.Place = rota.OnSite
	}
	for d := range time.Saturday + 1 {
		if long == 1 || d%2 == 0 && d != time.Saturday {
			kind.Days = append(kind.Days, d)
		}
	}
	p.Policy = rota.Policy{Name: "r", Tiers: []rota.Tier{{Name: "t", Weight: rota.Point}}, Pattern: []rota.ShiftKind{kind}}
	for i, id := range []rota.LeaderID{"A", "B", "C"} {
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Share: rota.Share(400 * (i + 1)), Employment: rota.Employments[r.IntN(3)], NewToOnCall: r.IntN(5) == 0})
	}
	for range 1 + r.IntN(4) {
		p.Policy.Rules.Also = append(p.Policy.Rules.Also, randomRule(r))
	}
	away := from.AddDays(r.IntN(9) - 1)
	p.Absences = []rota.Absence{{Leader: "A", Kind: rota.Annual, First: away, Last: away}}
	other := p.Policy
	other.Name = "other"
	p.Rotas = []rota.Policy{p.Policy, other}
	for _, d := range other.Duties(from.AddDays(-3), from, p.Zone, p.Holidays) {
		d.Holder = p.Leaders[r.IntN(3)].ID
		p.Held = append(p.Held, d)
	}
	return p
}

func randomRule(r *rand.Rand) rota.Rule {
	rule := rota.Rule{Kind: rota.RuleKinds[r.IntN(len(rota.RuleKinds))], Price: []int{0, 1, 3, 5}[r.IntN(4)]}
	if r.IntN(4) == 0 {
		rule.Binds = rota.Employee
	}
	switch rule.Kind {
	case rota.Rest, rota.RestOnSite:
		rule.Hours, rule.WeekendTogether = 12+12*r.IntN(4), r.IntN(2) == 0
		if rule.Kind == rota.Rest && r.IntN(2) == 0 {
			rule.Hours, rule.Days = 0, 1+r.IntN(2)
		}
	case rota.Longest, rota.LongestOnSite:
		rule.Hours = 10 + 14*r.IntN(4)
	case rota.InARow:
		rule.Days = 1 + r.IntN(3)
	case rota.AtMostDuties:
		rule.Most, rule.Days = 1+r.IntN(3), 2+r.IntN(7)
	case rota.AtMostWeekends:
		rule.Most, rule.Days = 1, 14
	case rota.WorkingHours:
		rule.Hours, rule.Days, rule.Beside = 20+10*r.IntN(5), 7*(1+r.IntN(2)), rota.Minutes(60*r.IntN(20))
	case rota.DaysOnSite:
		rule.Most, rule.Days = 1+r.IntN(3), 3+r.IntN(4)
	case rota.FestivePeriods:
		rule.Most = 1
	case rota.Newcomer:
		rule.Binds = ""
	}
	return rule
}

// cheapest tries every way to hold the duties.
func cheapest(p rota.Problem) (best int, possible bool) {
	duties := p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)
	var fill func(i int)
	fill = func(i int) {
		if i < len(duties) {
			for _, l := range p.Leaders {
				duties[i].Holder = l.ID
				fill(i + 1)
			}
			return
		}
		breaches := rotatest.CheckDuties(p, duties)
		if len(rotatest.Hard(breaches)) > 0 {
			return
		}
		if c := cost(p, duties, breaches); !possible || c < best {
			best, possible = c, true
		}
	}
	fill(0)
	return best, possible
}

// cost is what soft rules and crowding charge: two for each pair of duties in one hand that start within a
// week of each other.
func cost(p rota.Problem, duties []rota.Duty, breaches []rotatest.Breach) int {
	sum := 0
	for _, b := range breaches {
		sum += b.Price
	}
	for i, a := range duties {
		for _, b := range append(duties[i+1:len(duties):len(duties)], p.Held...) {
			gap := a.Start.Date.DaysUntil(b.Start.Date)
			if a.Holder == b.Holder && max(gap, -gap) < 7 {
				sum += 2
			}
		}
	}
	return sum
}

// noted reads from the notes how many soft rules are not kept.
func noted(d rota.Draft) int {
	n := 0
	for _, note := range d.Notes {
		if strings.Contains(note, "soft rule") {
			fmt.Sscanf(note, "%d", &n)
		}
	}
	return n
}
