package roster

import (
	"math/rand/v2"
	"testing"
)

func TestSharpPricesAreTrue(t *testing.T) {
	d := Demand{Need: 3, Under: 100, Over: 2}
	for n := range 7 {
		if got, want := d.softened(n, 0.5), float64(d.Cost(n+1)-d.Cost(n)); got != want {
			t.Errorf("one more than %d costs %g, want %g", n, got, want)
		}
	}
	if d.softened(1, 3) <= d.softened(0, 3) || d.softened(2, 3) > 0 {
		t.Error("from afar, a demand that is nearly met should still pull, but less")
	}
}

// TestSpreadLeavesALegalRoster checks the roster and the cost that is carried along.
func TestSpreadLeavesALegalRoster(t *testing.T) {
	p := middling(rand.New(rand.NewPCG(19, 20)))
	s := newSearch(p, 1)
	s.begin()
	first := s.cost
	offered := 0
	s.spread(t.Context(), 40, func(r Roster, cost int) {
		offered++
		if err := p.Broken(r); err != nil {
			t.Fatal(err)
		}
		if got := p.Cost(r); got != cost {
			t.Fatalf("cost %d, carried along %d", got, cost)
		}
	})
	if offered == 0 || s.cost > first {
		t.Errorf("offered %d times, cost %d, at first %d", offered, s.cost, first)
	}
}
