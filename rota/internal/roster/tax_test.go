package roster

import (
	"math/rand/v2"
	"testing"
)

// TestTaxedLinesAreLegal gives nobody an axis, so that every maximum that is in the way is taxed. Some of the people
// have settled what they do before and after.
func TestTaxedLinesAreLegal(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for taxed := 0; taxed < 60; {
		p := randomProblem(rng)
		f := newPathfinder(p)
		f.limit = 1
		for person := range p.People {
			price, rest := randomPrices(rng, p, person)
			line := make(Line, p.Days)
			low, found := f.cheapest(person, price, rest, line)
			if !found || f.tax[person] == nil {
				continue
			}
			taxed++
			if err := p.brokenLine(person, line); err != nil {
				t.Fatal(err)
			}
			if cost := priceOf(p, line, price, rest); cost < low {
				t.Fatalf("no line costs less than %d, and this one costs %d", low, cost)
			}
		}
	}
}

// TestNoTaxHelps has a person who can only work twelve days of either shift where each is as good as the other on every
// day: as long as a tax is on one of them, all days go to the other.
func TestNoTaxHelps(t *testing.T) {
	p := &Problem{
		Days:   28,
		Shifts: []Shift{{480, []bool{false, false}}, {600, []bool{false, false}}},
		People: []Person{{
			MaxOf: []int{12, 12}, MinMinutes: 12*480 + 12*600, MaxMinutes: 12*480 + 12*600, MaxRun: 28, MinRun: 1, MinRest: 1,
			MaxWeekends: 4, Away: make([]bool, 28), Wish: make([]int, 56),
		}},
		Demand: make([]Demand, 56),
	}
	f := newPathfinder(p)
	f.limit = 1
	line := make(Line, p.Days)
	if _, found := f.cheapest(0, make([]int32, 56), nil, line); !found || f.tax[0] == nil {
		t.Fatalf("found %v, taxed %v", found, f.tax[0] != nil)
	}
	if err := p.brokenLine(0, line); err != nil {
		t.Fatal(err)
	}
}
