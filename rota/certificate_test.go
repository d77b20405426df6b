package rota_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// smallProblem is a fortnight with three shifts a week among three or four leaders: small enough to try
// every rota.
func smallProblem(r *rand.Rand) rota.Problem {
	monday, _ := rota.ParseDate("2027-02-01")
	kind := func(name string, day time.Weekday, points rota.Points) rota.ShiftKind {
		return rota.ShiftKind{
			Name: name, Days: []time.Weekday{day}, Start: 18 * 60, End: 8 * 60, EndDays: 1,
			Points: &rota.DayPoints{points, points, points, points},
		}
	}
	p := rota.Problem{
		From: monday, Until: monday.AddDays(14), Zone: time.UTC, Seed: r.Uint64(), Balances: map[rota.LeaderID]rota.Load{},
		Policy: rota.Policy{
			Name: "small", Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}}, Registration: rota.RegistrationIgnored,
			Pattern: []rota.ShiftKind{
				kind("mon", time.Monday, rota.Point), kind("wed", time.Wednesday, rota.Points(1+r.IntN(3))*rota.Point), kind("fri", time.Friday, 2*rota.Point),
			},
			Rules: rota.RuleSet{RestHours: 24 * r.IntN(4)},
		},
	}
	for i := range 3 + r.IntN(2) {
		id := rota.LeaderID(fmt.Sprintf("L%d", i))
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Name: string(id), Share: rota.Share(200 * (1 + r.IntN(5)))})
		p.Balances[id] = rota.Load{rota.Weekday: rota.Points(r.IntN(3)) * rota.Point / 2}
		first := monday.AddDays(r.IntN(14))
		kinds := []rota.AbsenceKind{rota.Annual, rota.Sick}
		p.Absences = append(p.Absences, rota.Absence{Leader: id, Kind: kinds[r.IntN(2)], First: first, Last: first.AddDays(r.IntN(6))})
	}
	return p
}

// everyRota gives the excesses over target, the largest first, of every rota that keeps the rules.
func everyRota(p rota.Problem, d rota.Draft, each func([]rota.Points)) {
	duties := slices.Clone(d.Duties)
	var fill func(i int)
	fill = func(i int) {
		if i < len(duties) {
			for _, l := range p.Leaders {
				duties[i].Holder = l.ID
				fill(i + 1)
			}
			return
		}
		if len(rotatest.CheckDuties(p, duties)) > 0 {
			return
		}
		var excesses []rota.Points
		for _, g := range d.Certificate[0].Given {
			at := slices.IndexFunc(d.Standings, func(s rota.Standing) bool { return s.Leader == g.Leader })
			excess := rota.Standing{Before: d.Standings[at].Before, Target: d.Standings[at].Target}.Excess(rota.Total)
			for _, duty := range duties {
				if duty.Holder == g.Leader {
					excess += duty.Points()
				}
			}
			excesses = append(excesses, excess)
		}
		slices.Sort(excesses)
		slices.Reverse(excesses)
		each(excesses)
	}
	fill(0)
}

// TestWhatIsProvedIsTrue compares the certificate with every rota there is: none is fairer than the
// bound, and where everything is proved, none is fairer than the rota that was built.
func TestWhatIsProvedIsTrue(t *testing.T) {
	proved, built := 0, 0
	for seed := range uint64(20) {
		p := smallProblem(rand.New(rand.NewPCG(seed, 3)))
		draft, err := rota.Build(context.Background(), p, nil)
		if err != nil {
			continue // some cannot be covered
		}
		built++
		for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		proven, excesses := draft.Certificate[0].Proven(draft.Standings)
		var best []rota.Points
		everyRota(p, draft, func(other []rota.Points) {
			if best == nil || slices.Compare(other, best) < 0 {
				best = other
			}
		})
		if slices.Compare(best, draft.Certificate[0].Bound) < 0 {
			t.Errorf("problem %d: a rota with excesses %v exists, below the bound %v", seed, best, draft.Certificate[0].Bound)
		}
		if slices.Compare(best, excesses) != 0 {
			t.Errorf("problem %d: built %v, but %v is possible", seed, excesses, best)
		}
		if proven == len(excesses) {
			proved++
		}
	}
	if proved == 0 || proved == built {
		t.Errorf("%d of %d rotas were proved: the problems should be of both kinds", proved, built)
	}
}

// TestAForgedCertificateIsRefused changes one thing at a time.
func TestAForgedCertificateIsRefused(t *testing.T) {
	p := smallProblem(rand.New(rand.NewPCG(5, 3)))
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if breaches := rotatest.Certify(p, draft); len(breaches) > 0 {
		t.Fatalf("the certificate itself is refused: %v", breaches)
	}
	forgeries := map[string]func(c *rota.Proof){
		"a higher bound":      func(c *rota.Proof) { c.Bound[0] += c.Grain },
		"a lower bound":       func(c *rota.Proof) { c.Bound[0] -= c.Grain },
		"a coarser grain":     func(c *rota.Proof) { c.Grain *= 2 },
		"no grain":            func(c *rota.Proof) { c.Grain = 0 },
		"more for somebody":   func(c *rota.Proof) { c.Given[0].Excess += c.Grain },
		"off the ladder":      func(c *rota.Proof) { c.Given[0].Excess++ },
		"somebody left out":   func(c *rota.Proof) { c.Given = c.Given[1:] },
		"a cut of fewer":      func(c *rota.Proof) { c.Cuts[0].Members = c.Cuts[0].Members[1:] },
		"a cut at a level up": func(c *rota.Proof) { c.Cuts[0].Level += c.Grain },
		"more duties":         func(c *rota.Proof) { c.Cuts[0].Duties++ },
		"no cuts":             func(c *rota.Proof) { c.Cuts = nil },
		"moved from one to another, bound to match": func(c *rota.Proof) {
			most, least := 0, 0
			for i, g := range c.Given {
				if g.Excess > c.Given[most].Excess {
					most = i
				}
				if g.Excess < c.Given[least].Excess {
					least = i
				}
			}
			c.Given[most].Excess += c.Grain
			c.Given[least].Excess -= c.Grain
			for i, g := range c.Given {
				c.Bound[i] = g.Excess
			}
			slices.Sort(c.Bound)
			slices.Reverse(c.Bound)
			c.Cuts[0].Level = c.Bound[0]
		},
	}
	for name, forge := range forgeries {
		t.Run(name, func(t *testing.T) {
			forged := draft
			forged.Certificate = slices.Clone(draft.Certificate)
			totals := &forged.Certificate[0]
			totals.Bound, totals.Given = slices.Clone(totals.Bound), slices.Clone(totals.Given)
			totals.Cuts = slices.Clone(totals.Cuts)
			for i := range totals.Cuts {
				totals.Cuts[i].Members = slices.Clone(totals.Cuts[i].Members)
			}
			forge(totals)
			if len(rotatest.Certify(p, forged)) == 0 {
				t.Error("the forgery was accepted")
			}
		})
	}
}
