package roster

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// randomProblem is tiny: small enough to list every line of every person.
func randomProblem(rng *rand.Rand) *Problem {
	p := &Problem{Days: 5 + rng.IntN(4), Shifts: make([]Shift, 1+rng.IntN(3))}
	lengths := []int{480, 480, 480, 600, 450}
	if rng.IntN(2) == 0 {
		lengths = lengths[:1]
	}
	for s := range p.Shifts {
		p.Shifts[s] = Shift{Minutes: lengths[rng.IntN(len(lengths))], Forbids: make([]bool, len(p.Shifts))}
		for t := range p.Shifts {
			p.Shifts[s].Forbids[t] = rng.IntN(4) == 0
		}
	}
	for range p.Days * len(p.Shifts) {
		p.Demand = append(p.Demand, Demand{Need: rng.IntN(3), Under: 10 * rng.IntN(3), Over: rng.IntN(3)})
	}
	for range 1 + rng.IntN(3) {
		p.People = append(p.People, randomPerson(rng, p))
	}
	return p
}

func randomPerson(rng *rand.Rand, p *Problem) Person {
	q := Person{
		MinMinutes: 480 * rng.IntN(p.Days/2), MaxRun: 1 + rng.IntN(p.Days+1), MinRun: rng.IntN(4), MinRest: rng.IntN(4),
		MaxWeekends: rng.IntN(3), Away: make([]bool, p.Days),
	}
	q.MaxMinutes = q.MinMinutes + 480*rng.IntN(4)
	for range p.Shifts {
		q.MaxOf = append(q.MaxOf, rng.IntN(p.Days))
	}
	q.Away[rng.IntN(p.Days)] = true
	q.Before, q.After = pastOf(rng, p, &q), pastOf(rng, p, &q)
	for range p.Days * len(p.Shifts) {
		q.Wish = append(q.Wish, rng.IntN(5)-2)
	}
	return q
}

// pastOf is a rest and then some work, or the other way about. The future is a past read backwards.
func pastOf(rng *rand.Rand, p *Problem, q *Person) Line {
	s := int8(rng.IntN(len(p.Shifts)))
	work := rng.IntN(min(q.MaxRun, 3) + 1)
	if p.Shifts[s].Forbids[s] {
		work = min(work, 1)
	}
	worked, rested := slices.Repeat(Line{s}, work), slices.Repeat(Line{Off}, rng.IntN(4))
	if rng.IntN(2) == 0 {
		return append(worked, rested...)
	}
	return append(rested, worked...)
}

// linesOf lists every legal line of a person.
func linesOf(p *Problem, person int) []Line {
	var all []Line
	line := make(Line, p.Days)
	var extend func(day int)
	extend = func(day int) {
		if day == p.Days {
			if p.brokenLine(person, line) == nil {
				all = append(all, append(Line(nil), line...))
			}
			return
		}
		for s := Off; int(s) < len(p.Shifts); s++ {
			line[day] = s
			extend(day + 1)
		}
	}
	extend(0)
	return all
}

func TestCheapestLineIsTheCheapestOfAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	legal := 0
	for range 120 {
		p := randomProblem(rng)
		f := newPathfinder(p)
		for person := range p.People {
			lines := linesOf(p, person)
			for range 3 {
				price, rest := randomPrices(rng, p, person)
				want := never
				for _, line := range lines {
					want = min(want, priceOf(p, line, price, rest))
				}
				got := make(Line, p.Days)
				low, ok := f.cheapest(person, price, rest, got)
				if ok != (want < impossible) {
					t.Fatalf("legal %v, want %d of %d lines", ok, want, len(lines))
				}
				if !ok {
					continue
				}
				legal++
				if err := p.brokenLine(person, got); err != nil {
					t.Fatal(err)
				}
				if low != want || priceOf(p, got, price, rest) != want {
					t.Fatalf("cost %d, line %d, want %d", low, priceOf(p, got, price, rest), want)
				}
			}
		}
	}
	if legal < 150 {
		t.Errorf("only %d legal cases", legal)
	}
}

func randomPrices(rng *rand.Rand, p *Problem, person int) (price, rest []int32) {
	price, rest = make([]int32, len(p.Demand)), make([]int32, p.Days)
	for at := range price {
		price[at] = int32(rng.IntN(41) - 20)
		if rng.IntN(20) == 0 || p.People[person].Away[at/len(p.Shifts)] {
			price[at] = never
		}
	}
	for day := range rest {
		rest[day] = int32(rng.IntN(21) - 10)
		if rng.IntN(20) == 0 {
			rest[day] = never
		}
	}
	return price, rest
}

func priceOf(p *Problem, line Line, price, rest []int32) int32 {
	var sum int32
	for day, s := range line {
		c := rest[day]
		if s != Off {
			c = price[p.At(day, s)]
		}
		if c >= impossible {
			return never
		}
		sum += c
	}
	return sum
}
