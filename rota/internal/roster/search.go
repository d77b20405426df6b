package roster

import (
	"context"
	"math/rand/v2"
	"slices"
)

// A search improves a roster by taking a few people out and putting them back one after the other,
// each by the cheapest line while all others stand still. The prices of a putting back are blurred a
// little at first, so that the same few people come back in another way; then each is set right again
// at the true prices. What comes out is kept by late acceptance (see package assign).
type search struct {
	p      *Problem
	f      *pathfinder
	rng    *rand.Rand
	scale  int32 // a price of one
	roster Roster
	n      []int // people on every shift of every day
	cost   int
	price  []int32
	old    []Line
	late   []int
	turn   int
	soft   float64 // see spread; zero at the true prices
	vast   bool    // so many states that lines are only sought near those there are
}

const lateness = 60

func newSearch(p *Problem, seed uint64) *search {
	return &search{
		p: p, f: newPathfinder(p), rng: rand.New(rand.NewPCG(seed, 0x726f73746572)),
		scale: min(64, scaleOf(p.Days, p.dearest())),
		n:     make([]int, len(p.Demand)), price: make([]int32, len(p.Demand)),
		late: make([]int, lateness),
	}
}

// dearest bounds the price of a shift of a day: what one person more or less there changes.
func (p *Problem) dearest() int {
	most := 1
	for _, d := range p.Demand {
		most = max(most, d.Under, d.Over)
	}
	return most + p.fondest()
}

// fondest is the largest weight of a wish.
func (p *Problem) fondest() int {
	wish := 0
	for i := range p.People {
		for _, w := range p.People[i].Wish {
			wish = max(wish, w, -w)
		}
	}
	return wish
}

// begin puts everybody into an empty roster. It returns the first person who has no legal line, or -1.
func (s *search) begin() int {
	s.roster = make(Roster, len(s.p.People))
	clear(s.n)
	for i := range s.roster {
		s.roster[i] = make(Line, s.p.Days)
		for day := range s.roster[i] {
			s.roster[i][day] = Off
		}
	}
	s.cost = s.p.Cost(s.roster)
	s.vast = s.f.vast()
	for _, person := range s.rng.Perm(len(s.roster)) {
		if !s.join(person) {
			return person
		}
	}
	s.reset()
	return -1
}

// join gives a person a first line.
func (s *search) join(person int) bool {
	if !s.vast {
		return s.respond(person, int(s.scale))
	}
	s.priceFor(person, int(s.scale))
	line := make(Line, s.p.Days)
	if !s.f.cheapestStraight(person, s.price, line) {
		return false
	}
	s.put(person, line)
	return true
}

// adopt takes over a legal roster.
func (s *search) adopt(r Roster) {
	for i := range r {
		copy(s.roster[i], r[i])
	}
	s.n = s.p.counts(s.roster)
	s.cost = s.p.Cost(s.roster)
	s.reset()
}

func (s *search) reset() {
	for i := range s.late {
		s.late[i] = s.cost
	}
}

// put exchanges the line of a person and keeps the cost up to date.
func (s *search) put(person int, line Line) {
	s.tally(person, s.roster[person], -1)
	copy(s.roster[person], line)
	s.tally(person, line, 1)
}

func (s *search) tally(person int, line Line, by int) {
	wish := s.p.People[person].Wish
	for day, t := range line {
		if t == Off {
			continue
		}
		at := s.p.At(day, t)
		s.cost += by*wish[at] - s.p.Demand[at].Cost(s.n[at])
		s.n[at] += by
		s.cost += s.p.Demand[at].Cost(s.n[at])
	}
}

// respond gives a person the cheapest line while all others stand still, at prices wrong by up to blur.
func (s *search) respond(person int, blur int) bool { return s.respondNear(person, blur, nil) }

// respondNear is respond, but keeps near the present line where there is one.
func (s *search) respondNear(person int, blur int, present Line) bool {
	s.takeOut(person)
	s.priceFor(person, blur)
	line := make(Line, s.p.Days)
	if _, legal := s.f.cheapestNear(person, s.price, nil, present, line); !legal {
		return false
	}
	s.put(person, line)
	return true
}

func (s *search) takeOut(person int) {
	line := s.roster[person]
	s.tally(person, line, -1)
	for day := range line {
		line[day] = Off
	}
}

// priceFor is what every shift of every day costs when this person works it too.
func (s *search) priceFor(person int, blur int) {
	q := &s.p.People[person]
	shifts := len(s.p.Shifts)
	for at, d := range s.p.Demand {
		if q.Away[at/shifts] || q.MaxOf[at%shifts] == 0 {
			s.price[at] = never
			continue
		}
		s.price[at] = int32(s.more(d, s.n[at])*float64(s.scale)) + int32(q.Wish[at])*s.scale
		if blur > 0 {
			s.price[at] += int32(s.rng.IntN(blur))
		}
	}
}

// more is what one person more costs where n are.
func (s *search) more(d Demand, n int) float64 {
	switch {
	case s.soft > 0:
		return d.softened(n, s.soft)
	case n >= d.Need:
		return float64(d.Over)
	default:
		return -float64(d.Under)
	}
}

// move takes a few people out and puts them back, and undoes it where that is worse.
func (s *search) move() {
	before := s.cost
	who := s.pick()
	s.old = s.old[:0]
	for _, person := range who {
		s.old = append(s.old, slices.Clone(s.roster[person]))
		s.takeOut(person)
	}
	blur := int(s.scale) * (1 << s.rng.IntN(5)) / 2
	ok := true
	for i, person := range who {
		ok = ok && s.respondNear(person, blur, s.near(s.old[i]))
	}
	for _, person := range who {
		ok = ok && s.respondNear(person, 0, s.near(slices.Clone(s.roster[person])))
	}
	s.turn = (s.turn + 1) % len(s.late)
	if !ok || s.cost > before && s.cost > s.late[s.turn] {
		for i, person := range who {
			s.put(person, s.old[i])
		}
	}
	s.late[s.turn] = s.cost
}

// near is the line that another one is to keep near, or nil where all may be looked at.
func (s *search) near(line Line) Line {
	if !s.vast {
		return nil
	}
	return line
}

// pick draws two to four people.
func (s *search) pick() []int {
	return s.rng.Perm(len(s.roster))[:min(len(s.roster), 1+s.rng.IntN(4))]
}

// run moves until the context ends or the moves are spent, and reports every improvement.
func (s *search) run(ctx context.Context, moves int, better func(Roster, int)) {
	best := s.cost
	better(s.roster, s.cost)
	for i := 0; (moves <= 0 || i < moves) && ctx.Err() == nil; i++ {
		s.move()
		if s.cost < best {
			best = s.cost
			better(s.roster, s.cost)
		}
	}
}
