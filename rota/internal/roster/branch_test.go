package roster

import (
	"math"
	"math/rand/v2"
	"testing"
)

// proverOf is a prover of a problem, with a roster to beat.
func proverOf(t *testing.T, p *Problem) *prover {
	b := newBoard(t.Context(), p, nil)
	s := newSearch(p, 1)
	s.begin()
	b.offer(s.roster, s.cost)
	v := newProver(p, b, 1, func() bool { return true })
	v.aim = math.MaxInt
	v.learn()
	return v
}

// TestWeekendsAreSettledFirst looks at the forks below the root: about weekends while any is open.
func TestWeekendsAreSettledFirst(t *testing.T) {
	open := 0
	for seed := range uint64(8) {
		v := proverOf(t, middling(rand.New(rand.NewPCG(seed, 21))))
		n := node{limits: newLimits(v.p)}
		if v.bound(t.Context(), &n) != converged {
			continue
		}
		_, works := v.shares()
		weekends := len(v.weekendForks(works))
		for _, f := range v.forks() {
			d := f.either
			weekend := d.person != nobody && d.shift == Off && (saturday(d.day) || sunday(d.day))
			if weekends > 0 && !weekend {
				t.Errorf("seed %d: %d weekends are open, but the fork is %+v", seed, weekends, d)
			}
		}
		if weekends > 0 {
			open++
		}
	}
	if open < 3 {
		t.Errorf("weekends were open in %d cases only", open)
	}
}

// TestLimitsWithoutARosterAreHopeless asks for five of nine people on the late shift of one day and for
// five on the early shift of the next, which may not follow it. Nobody is without a line by that, so only
// prices can prove it.
func TestLimitsWithoutARosterAreHopeless(t *testing.T) {
	p := middling(rand.New(rand.NewPCG(1, 22)))
	v := proverOf(t, p)
	l := newLimits(p)
	l.apply(decision{person: nobody, day: 9, shift: 1, low: 5, high: 9})
	l.apply(decision{person: nobody, day: 10, shift: 0, low: 5, high: 9})
	v.m.confine(l)
	if bound, end := v.m.optimize(t.Context(), 200, v.target()); end != hopeless {
		t.Errorf("ended as %d with bound %d, target %d", end, bound, v.target())
	}
}
