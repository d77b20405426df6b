package rota_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pcnrota/rota"
)

// TestHurriedConflictsAreTrue explains tiny rotas with too little work to make the explanation short, and holds what is
// said against every assignment there is.
func TestHurriedConflictsAreTrue(t *testing.T) {
	hurried, whole := 0, 0
	for seed := range uint64(80) {
		p := tinyProblem(t, rand.New(rand.NewPCG(seed, 5)))
		for _, work := range []int{40, 150, 400, 100_000} {
			name := fmt.Sprintf("problem %d, work %d", seed, work)
			for _, c := range rota.ConflictsAtMost(p, work) {
				if !c.Hurried {
					whole++
					continue
				}
				hurried++
				if covers(p, c.Duties) {
					t.Errorf("%s: %v can be covered", name, ids(c.Duties))
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
			}
		}
	}
	if hurried < 40 || whole < 40 {
		t.Errorf("%d conflicts were hurried, and %d were not: the test does not try both", hurried, whole)
	}
}

// TestStoppedExplanation asks for a year of 40 leaders in which nearly everybody is away for one week, and stops as soon
// as it is being explained: what is known by then is said.
func TestStoppedExplanation(t *testing.T) {
	p := pcnOf(t, 40, 52)
	p.Policy = rota.Policy{
		Name: "on-call", Pattern: rota.ReadyPatterns()[1].Kinds, Points: rota.DefaultDayPoints,
		Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}},
		Rules: rota.RuleSet{RestHours: 24, WeekendTogether: true, AtMost: []rota.Limit{{Duties: 3, Days: 7}}},
	}
	monday := p.From.AddDays(7 * 26)
	for _, l := range p.Leaders[1:] {
		p.Absences = append(p.Absences, rota.Absence{Leader: l.ID, Kind: rota.Annual, First: monday, Last: monday.AddDays(6)})
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	before := -1.0
	_, err := rota.Build(ctx, p, func(done, of int) {
		now := float64(done) / float64(of)
		if now < before {
			t.Errorf("progress went back from %.3f to %.3f", before, now)
		}
		if before = now; now > 0.5 {
			stop()
		}
	})
	var open *rota.Uncoverable
	if !errors.As(err, &open) {
		t.Fatalf("got %v", err)
	}
	if len(open.Conflicts) != 1 || !open.Conflicts[0].Hurried || open.Least < 1 {
		t.Fatalf("%d conflicts, at least %d open: %+v", len(open.Conflicts), open.Least, open.Conflicts)
	}
	for _, d := range open.Conflicts[0].Duties {
		if d.Start.Date.Before(monday.AddDays(-3)) || d.Start.Date.After(monday.AddDays(6)) {
			t.Errorf("%s is not near the week in which nobody is there", d.ID)
		}
	}
}
