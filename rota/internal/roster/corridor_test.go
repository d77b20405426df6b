package roster

import (
	"math/rand/v2"
	"testing"
)

// TestCorridor keeps near lines at hand: the best line near them is legal, no dearer than they are, and
// no cheaper than the best of all.
func TestCorridor(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	p := middling(rng)
	wide, near := newPathfinder(p), newPathfinder(p)
	near.wide = 0
	confined := 0
	for range 40 {
		person := rng.IntN(len(p.People))
		price, rest := randomPrices(rng, p, person)
		present, line := make(Line, p.Days), make(Line, p.Days)
		if _, legal := wide.cheapest(person, price, rest, present); !legal {
			continue
		}
		price, rest = randomPrices(rng, p, person)
		least, legal := wide.cheapest(person, price, rest, line)
		if !legal {
			continue
		}
		old := priceOf(p, present, price, rest)
		cost, legal := near.cheapestNear(person, price, rest, present, line)
		if !legal {
			if old < impossible {
				t.Fatal("the present line is legal, but none near it is")
			}
			continue
		}
		if err := p.brokenLine(person, line); err != nil {
			t.Fatal(err)
		}
		if cost != priceOf(p, line, price, rest) || cost > old || cost < least {
			t.Fatalf("near: %d, judged %d, present %d, best of all %d", cost, priceOf(p, line, price, rest), old, least)
		}
		if cost > least {
			confined++
		}
	}
	if confined == 0 {
		t.Error("the corridor never mattered")
	}
}

// TestStraight finds a legal line near the straight way, or further from it, whenever there is one.
func TestStraight(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	legal := 0
	for range 60 {
		p := randomProblem(rng)
		wide, near := newPathfinder(p), newPathfinder(p)
		near.wide = 0
		for person := range p.People {
			price, line := make([]int32, len(p.Demand)), make(Line, p.Days)
			for at := range price {
				price[at] = int32(rng.IntN(41) - 20)
				if p.People[person].Away[at/len(p.Shifts)] {
					price[at] = never
				}
			}
			_, want := wide.cheapest(person, price, nil, line)
			if found := near.cheapestStraight(person, price, line); found != want {
				t.Fatalf("found %v, want %v", found, want)
			}
			if !want {
				continue
			}
			legal++
			if err := p.brokenLine(person, line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if legal < 60 {
		t.Errorf("only %d people have a legal line", legal)
	}
}
