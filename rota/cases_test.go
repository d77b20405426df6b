package rota_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// christmasProblem is the fortnight of Christmas among three leaders, with five festive days that weigh
// differently.
func christmasProblem(r *rand.Rand) rota.Problem {
	p := smallProblem(r)
	from, _ := rota.ParseDate("2026-12-21")
	p.From, p.Until = from, from.AddDays(14)
	kind := func(name string, day time.Weekday, festive rota.Points) rota.ShiftKind {
		return rota.ShiftKind{
			Name: name, Days: []time.Weekday{day}, Start: 18 * 60, End: 8 * 60, EndDays: 1,
			Points: &rota.DayPoints{rota.Point, 2 * rota.Point, 3 * rota.Point, festive * rota.Point},
		}
	}
	p.Policy.Pattern = []rota.ShiftKind{
		kind("mon", time.Monday, 3), kind("thu", time.Thursday, rota.Points(2+r.IntN(3))),
		kind("fri", time.Friday, rota.Points(3+r.IntN(3))), kind("sat", time.Saturday, 5),
	}
	p.Policy.Rules.RestHours = 10 * r.IntN(3)
	p.Leaders = p.Leaders[:3]
	p.Absences = slices.DeleteFunc(p.Absences, func(a rota.Absence) bool { return a.Leader == "L3" })
	for i, a := range p.Absences {
		p.Absences[i].First, p.Absences[i].Last = from.AddDays(r.IntN(14)), from.AddDays(13)
		if days := r.IntN(3); p.Absences[i].First.AddDays(days).Before(a.Last) {
			p.Absences[i].Last = p.Absences[i].First.AddDays(days)
		}
	}
	return p
}

// vectors gives the excesses of the people each proof is about, the largest first, proof by proof.
func vectors(d rota.Draft, duties []rota.Duty) [][]rota.Points {
	var all [][]rota.Points
	for _, proof := range d.Certificate {
		var excesses []rota.Points
		for _, g := range proof.Given {
			at := slices.IndexFunc(d.Standings, func(s rota.Standing) bool { return s.Leader == g.Leader })
			s := d.Standings[at]
			s.Held = rota.Load{}
			for _, duty := range duties {
				if duty.Holder == g.Leader {
					s.Held = s.Held.Plus(duty.Load)
				}
			}
			excesses = append(excesses, s.Excess(proof.Dimension))
		}
		slices.Sort(excesses)
		slices.Reverse(excesses)
		all = append(all, excesses)
	}
	return all
}

// TestWhatCasesProveIsTrue compares what is proved about categories with every rota there is.
func TestWhatCasesProveIsTrue(t *testing.T) {
	byCases, complete := 0, 0
	for seed := range uint64(12) {
		p := christmasProblem(rand.New(rand.NewPCG(seed, 5)))
		draft, err := rota.Build(context.Background(), p, nil)
		if err != nil {
			continue // some cannot be covered
		}
		for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		for _, proof := range draft.Certificate {
			if proof.Cases == nil {
				continue
			}
			byCases++
			if proven, excesses := proof.Proven(draft.Standings); proven == len(excesses) {
				complete++
			}
		}
		notBelow(t, seed, p, draft)
	}
	if byCases == 0 || complete == 0 {
		t.Errorf("%d dimensions were proved by cases, %d of them to the end: the problems are too easy", byCases, complete)
	}
}

// notBelow tries every rota that keeps the rules: none that is as fair as d in some dimensions is below what
// is proved about the next.
func notBelow(t *testing.T, seed uint64, p rota.Problem, d rota.Draft) {
	t.Helper()
	reached := vectors(d, d.Duties)
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
		other, alike := vectors(d, duties), true
		for m, proof := range d.Certificate {
			if (alike || proof.Leftover == nil) && slices.Compare(other[m], proof.Least) < 0 && len(rotatest.CheckDuties(p, duties)) == 0 {
				t.Errorf("problem %d: a rota ends at %v in %s, below %v", seed, other[m], proof.Dimension, proof.Least)
			}
			if slices.Compare(other[m], reached[m]) > 0 {
				return
			}
			alike = alike && slices.Equal(other[m], reached[m])
		}
	}
	fill(0)
}

// TestForgedCasesAreRefused changes one thing at a time in a proof by cases.
func TestForgedCasesAreRefused(t *testing.T) {
	p, draft, at := provedByCases(t)
	grain := draft.Certificate[at].Grain
	forgeries := map[string]func(proof *rota.Proof){
		"no cases":         func(proof *rota.Proof) { proof.Cases = nil },
		"a higher bound":   func(proof *rota.Proof) { proof.Least[0] += grain },
		"a case left out":  func(proof *rota.Proof) { proof.Cases.Holders = proof.Cases.Holders[1:] },
		"an unknown duty":  func(proof *rota.Proof) { proof.Cases.Duty = "on-call.first.20200101T0800" },
		"a case that ends": func(proof *rota.Proof) { *proof.Cases = *firstEnd(proof.Cases) },
		"told apart twice": func(proof *rota.Proof) { proof.Cases.Holders[0].Case = *copyOf(proof.Cases) },
		"more for somebody": func(proof *rota.Proof) {
			end := firstEnd(proof.Cases).End
			end.Given[0].Excess += end.Grain
		},
		"a cut of fewer": func(proof *rota.Proof) {
			end := firstEnd(proof.Cases).End
			end.Cuts[0].Members = end.Cuts[0].Members[1:]
		},
		"no cuts":             func(proof *rota.Proof) { firstEnd(proof.Cases).End.Cuts = nil },
		"no grain":            func(proof *rota.Proof) { firstEnd(proof.Cases).End.Grain = 0 },
		"another dimension":   func(proof *rota.Proof) { firstEnd(proof.Cases).End.Dimension = rota.Dimension(rota.Weekday.String()) },
		"a heavier dimension": func(proof *rota.Proof) { firstEnd(proof.Cases).End.Dimension = rota.Total },
	}
	for name, forge := range forgeries {
		t.Run(name, func(t *testing.T) {
			forged := draft
			forged.Certificate = slices.Clone(draft.Certificate)
			proof := &forged.Certificate[at]
			proof.Least, proof.Cases = slices.Clone(proof.Least), copyOf(proof.Cases)
			if len(rotatest.Certify(p, forged)) > 0 {
				t.Fatal("the copy itself is refused")
			}
			forge(proof)
			if len(rotatest.Certify(p, forged)) == 0 {
				t.Error("the forgery was accepted")
			}
		})
	}
}

// provedByCases finds a problem with a proof by cases, some of which end in a split.
func provedByCases(t *testing.T) (rota.Problem, rota.Draft, int) {
	t.Helper()
	for seed := range uint64(40) {
		p := christmasProblem(rand.New(rand.NewPCG(seed, 5)))
		draft, err := rota.Build(context.Background(), p, nil)
		if err != nil {
			continue
		}
		for at, proof := range draft.Certificate {
			if proof.Cases != nil && len(proof.Cases.Holders) > 1 && firstEnd(proof.Cases) != nil {
				return p, draft, at
			}
		}
	}
	t.Fatal("no problem has a proof by cases")
	return rota.Problem{}, rota.Draft{}, 0
}

func firstEnd(c *rota.Case) *rota.Case {
	if c.End != nil {
		return c
	}
	for i := range c.Holders {
		if end := firstEnd(&c.Holders[i].Case); end != nil {
			return end
		}
	}
	return nil
}

func copyOf(c *rota.Case) *rota.Case {
	out := *c
	out.Holders = slices.Clone(c.Holders)
	for i := range out.Holders {
		out.Holders[i].Case = *copyOf(&c.Holders[i].Case)
	}
	if c.End != nil {
		end := *c.End
		end.Given, end.Cuts = slices.Clone(end.Given), slices.Clone(end.Cuts)
		out.End = &end
	}
	return &out
}
