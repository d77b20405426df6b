package roster

import (
	"math/rand/v2"
	"testing"
)

// TestThroughIsNoMoreThanTheCheapest compares the cost of lines through every shift of every day with
// all lines there are.
func TestThroughIsNoMoreThanTheCheapest(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	exact := 0
	for range 80 {
		p := randomProblem(rng)
		f := newPathfinder(p)
		for person := range p.People {
			price, rest := randomPrices(rng, p, person)
			if _, legal := f.cheapest(person, price, rest, make(Line, p.Days)); !legal {
				continue
			}
			work, idle := make([]int32, len(p.Demand)), make([]int32, p.Days)
			for at := range work {
				work[at] = never
			}
			for day := range idle {
				idle[day] = never
			}
			for _, line := range linesOf(p, person) {
				cost := priceOf(p, line, price, rest)
				for day, s := range line {
					if s == Off {
						idle[day] = min(idle[day], cost)
					} else {
						work[p.At(day, s)] = min(work[p.At(day, s)], cost)
					}
				}
			}
			got := f.through(person, price, rest)
			for at, want := range work {
				if got.work[at] > want {
					t.Fatalf("person %d, place %d: %d, but a line costs %d", person, at, got.work[at], want)
				}
				if got.work[at] == want && want < impossible {
					exact++
				}
			}
			for day, want := range idle {
				if got.idle[day] > want {
					t.Fatalf("person %d, off on day %d: %d, but a line costs %d", person, day, got.idle[day], want)
				}
			}
		}
	}
	if exact < 500 {
		t.Errorf("only %d costs were exact", exact)
	}
}

// TestNarrowKeepsTheCheapest narrows at prices that nobody would choose: every roster below the target
// stays within the limits.
func TestNarrowKeepsTheCheapest(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	narrowed := 0
	for tried := 0; tried < 40; {
		p := randomProblem(rng)
		best, ok := cheapestRoster(p)
		if !ok {
			continue
		}
		tried++
		s, err := Solve(t.Context(), p, Options{Seed: uint64(tried)})
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			m := newMaster(p, newPathfinder(p), rng)
			l := newLimits(p)
			m.limits = l
			m.center = make([]float64, len(p.Demand))
			for at := range m.center {
				m.center[at] = 12 * (rng.Float64() - 0.2)
			}
			free := freedom(l)
			if !m.narrow(l, best+1) {
				t.Fatal("nobody is left, but there is a roster")
			}
			for i, line := range s.Roster {
				if !l.allows(i, line) {
					t.Fatalf("person %d: the line of the cheapest roster is out", i)
				}
			}
			for at, n := range p.counts(s.Roster) {
				if n < l.low[at] || n > l.high[at] {
					t.Fatalf("place %d: %d people, limits %d to %d", at, n, l.low[at], l.high[at])
				}
			}
			if freedom(l) < free {
				narrowed++
			}
		}
	}
	if narrowed < 40 {
		t.Errorf("only %d cases were narrowed", narrowed)
	}
}

func freedom(l *limits) int {
	sum := 0
	for i := range l.ban {
		for _, ban := range l.ban[i] {
			if !ban {
				sum++
			}
		}
	}
	return sum
}
