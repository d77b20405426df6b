package roster

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// cheapestRoster tries every roster, or gives up where there are too many.
func cheapestRoster(p *Problem) (cost int, ok bool) {
	lines, all := make([][]Line, len(p.People)), 1
	for i := range p.People {
		lines[i] = linesOf(p, i)
		all *= len(lines[i])
		if all == 0 || all > 20000 {
			return 0, false
		}
	}
	cost = math.MaxInt
	r := make(Roster, len(p.People))
	for n := range all {
		for i := range r {
			r[i] = lines[i][n%len(lines[i])]
			n /= len(lines[i])
		}
		cost = min(cost, p.Cost(r))
	}
	return cost, true
}

func TestSolveProvesTheCheapestRoster(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for solved := 0; solved < 60; {
		p := randomProblem(rng)
		want, ok := cheapestRoster(p)
		if !ok {
			continue
		}
		solved++
		s, err := Solve(context.Background(), p, Options{Seed: uint64(solved), Workers: 1 + solved%2, Progress: func(_, bound int) {
			if bound > want {
				t.Errorf("bound %d above the cheapest roster, %d", bound, want)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Broken(s.Roster); err != nil {
			t.Fatal(err)
		}
		if s.Cost != want || s.Bound != want || p.Cost(s.Roster) != want {
			t.Fatalf("cost %d, judged %d, bound %d, want %d", s.Cost, p.Cost(s.Roster), s.Bound, want)
		}
	}
}

// TestHeavyWeights makes demand dearer than what the linear programme pays for being beyond its bounds as a rule.
func TestHeavyWeights(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	for solved := 0; solved < 20; {
		p := randomProblem(rng)
		for at := range p.Demand {
			p.Demand[at].Under *= 30_000
			p.Demand[at].Over *= 10_000
		}
		want, ok := cheapestRoster(p)
		if !ok {
			continue
		}
		solved++
		s, err := Solve(t.Context(), p, Options{Seed: 1, Workers: 1, Effort: 3000})
		if err != nil {
			t.Fatal(err)
		}
		if s.Cost != want || s.Bound != want {
			t.Fatalf("cost %d, bound %d, want %d", s.Cost, s.Bound, want)
		}
	}
}

// TestBoundsAtAnyPrices asks for the bound at prices that nobody would choose.
func TestBoundsAtAnyPrices(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for tried := 0; tried < 40; {
		p := randomProblem(rng)
		best, ok := cheapestRoster(p)
		if !ok {
			continue
		}
		tried++
		m := newMaster(p, newPathfinder(p), rng)
		m.limits = newLimits(p)
		for range 20 {
			worth := make([]float64, len(p.Demand))
			for i := range worth {
				worth[i] = 40 * (rng.Float64() - 0.5)
			}
			bound, _, legal := m.generate(worth, m.wanted)
			if !legal || bound > float64(best) {
				t.Fatalf("legal %v, bound %g, cheapest roster %d", legal, bound, best)
			}
		}
	}
}

// middling is a problem of the size of a small practice.
func middling(rng *rand.Rand) *Problem {
	p := &Problem{Days: 28, Shifts: []Shift{{480, []bool{false, false}}, {480, []bool{true, false}}}}
	for at := range p.Days * len(p.Shifts) {
		p.Demand = append(p.Demand, Demand{Need: 2 + at%2, Under: 100, Over: 1})
	}
	for range 9 {
		q := Person{
			MaxOf: []int{28, 14}, MinMinutes: 15 * 480, MaxMinutes: 18 * 480, MaxRun: 5, MinRun: 2, MinRest: 2,
			MaxWeekends: 2, Away: make([]bool, p.Days),
		}
		q.Away[rng.IntN(p.Days)] = true
		for range p.Demand {
			q.Wish = append(q.Wish, max(0, rng.IntN(8)-5))
		}
		p.People = append(p.People, q)
	}
	return p
}

func TestEffortIsRepeatable(t *testing.T) {
	p := middling(rand.New(rand.NewPCG(7, 8)))
	solve := func() Solution {
		s, err := Solve(context.Background(), p, Options{Seed: 5, Workers: 2, Effort: 60})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := solve(), solve()
	if a.Cost != b.Cost || a.Bound != b.Bound {
		t.Fatalf("%d and %d, then %d and %d", a.Cost, a.Bound, b.Cost, b.Bound)
	}
	for i := range a.Roster {
		if string(bytes(a.Roster[i])) != string(bytes(b.Roster[i])) {
			t.Errorf("person %d works otherwise the second time", i)
		}
	}
}

// TestBoundBeforeTheEnd stops the first linear programme before it has converged: what it has proved by then counts.
func TestBoundBeforeTheEnd(t *testing.T) {
	p := middling(rand.New(rand.NewPCG(7, 8)))
	s, err := Solve(t.Context(), p, Options{Seed: 1, Workers: 1, Effort: 8})
	if err != nil {
		t.Fatal(err)
	}
	if s.Bound <= p.floor() || s.Bound > s.Cost {
		t.Errorf("cost %d, bound %d, and nothing to prove would be %d", s.Cost, s.Bound, p.floor())
	}
}

func bytes(line Line) []byte {
	b := make([]byte, len(line))
	for i, s := range line {
		b[i] = byte(s)
	}
	return b
}

// TestPartsFitTheWhole cuts parts out of a roster and puts other legal lines in: the whole stays legal,
// and its cost moves by as much as that of the part.
func TestPartsFitTheWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	p := middling(rng)
	s := newSearch(p, 1)
	s.begin()
	w := newWeaver(p, nil, 1, nil)
	for range 60 {
		x := w.pick()
		sub, lines := p.cut(s.roster, x)
		if err := sub.Broken(lines); err != nil {
			t.Fatal(err)
		}
		other := newSearch(sub, rng.Uint64())
		if person := other.begin(); person >= 0 {
			t.Fatalf("person %d of the part has no line, but has one in the whole", person)
		}
		before, after := s.cost, clone(s.roster)
		for k, i := range x.people {
			copy(after[i][x.from:x.to], other.roster[k])
		}
		if err := p.Broken(after); err != nil {
			t.Fatal(err)
		}
		if got, want := p.Cost(after)-before, other.cost-sub.Cost(lines); got != want {
			t.Fatalf("the whole moved by %d, the part by %d", got, want)
		}
		s.adopt(after)
	}
}

func TestNobodyWithoutALine(t *testing.T) {
	p := middling(rand.New(rand.NewPCG(1, 1)))
	p.People[3].MinMinutes = 27 * 480
	if _, err := Solve(context.Background(), p, Options{}); err == nil || err.Error() != "person 3 has no legal line" {
		t.Errorf("got %v", err)
	}
}
