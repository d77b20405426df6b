package roster

import (
	"context"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// A master is the linear programme over all lines seen so far: every person has one line, in parts if
// need be, and every shift of every day has its number of people, up to a shortfall or an excess at
// their price. Its row prices say what a shift of a day is worth, and the cheapest lines at these
// prices come in as new variables until none would help.
type master struct {
	p      *Problem
	f      *pathfinder
	lp     *linear
	limits *limits
	able   []int // people who could do every shift of every day
	short  []int // variable of the shortfall of every shift of every day
	excess []int // variable of the excess
	jitter []float64
	base   float64 // cost that is in no variable
	lines  []Line  // of every variable, or nil
	owner  []int
	fixed  []int // variable of the line a dive has settled on, or out
	seen   map[uint64]bool
	bytes  []byte
	center []float64 // prices of the best bound so far, for smoothing
	rounds int       // linear programmes so far
	slope  []int     // how the bound rises with each price
	pull   float64   // how far the prices to try are drawn to the center
	price  []int32
	rest   []int32
	duals  []int32
	spare  Line
	tick   func() bool     // one unit of effort; false when it is spent
	heard  func(bound int) // told of every better bound on the way; may be nil
}

func newMaster(p *Problem, f *pathfinder, rng *rand.Rand) *master {
	people, cells := len(p.People), len(p.Demand)
	m := &master{
		p: p, f: f, able: newLimits(p).high, seen: map[uint64]bool{},
		price: make([]int32, cells), slope: make([]int, cells), pull: 0.5,
		duals: make([]int32, cells), rest: make([]int32, p.Days),
		spare: make(Line, p.Days), fixed: make([]int, people),
	}
	inf, without := math.Inf(1), p.beyond()
	rhs := make([]float64, 0, people+cells)
	var start []variable
	for i := range people {
		m.fixed[i] = out
		rhs = append(rhs, 1)
		start = append(start, variable{cost: without, most: inf, sign: 1, cells: []int32{int32(i)}})
	}
	for at, d := range p.Demand {
		rhs = append(rhs, float64(d.Need))
		m.short = append(m.short, people+at)
		start = append(start, variable{cost: float64(d.Under), most: inf, sign: 1, cells: []int32{int32(people + at)}})
	}
	m.lp = newLinear(rhs, start, rng)
	m.lp.beyond = without
	for at, d := range p.Demand {
		m.excess = append(m.excess, m.lp.add(variable{cost: float64(d.Over), most: inf, sign: -1, cells: []int32{int32(people + at)}}))
		m.jitter = append(m.jitter, m.lp.rhs[people+at]-float64(d.Need))
	}
	m.lines = make([]Line, len(m.lp.vars))
	m.owner = make([]int, len(m.lp.vars))
	return m
}

// beyond is what one unit outside the bounds costs: well above what one of demand does.
func (p *Problem) beyond() float64 { return max(beyond, 8*float64(p.dearest())) }

// learn adds the line of a person, unless it is known.
func (m *master) learn(person int, line Line) bool {
	h := fnv.New64a()
	m.bytes = append(m.bytes[:0], byte(person), byte(person>>8))
	for _, s := range line {
		m.bytes = append(m.bytes, byte(s))
	}
	h.Write(m.bytes)
	if m.seen[h.Sum64()] {
		return false
	}
	m.seen[h.Sum64()] = true
	v := variable{cost: float64(m.p.lineCost(person, line)), most: math.Inf(1), sign: 1, cells: []int32{int32(person)}}
	for day, s := range line {
		if s != Off {
			v.cells = append(v.cells, int32(len(m.p.People)+m.p.At(day, s)))
		}
	}
	if m.fixed[person] != out || m.limits != nil && !m.limits.allows(person, line) {
		v.most = 0
	}
	m.lp.add(v)
	m.lines = append(m.lines, append(Line(nil), line...))
	m.owner = append(m.owner, person)
	return true
}

// confine brings the linear programme under new limits and frees all lines that a dive has fixed.
func (m *master) confine(l *limits) {
	m.limits = l
	for i := range m.fixed {
		m.fixed[i] = out
	}
	for j, line := range m.lines {
		if line != nil {
			m.bar(j, !l.allows(m.owner[j], line))
		}
	}
	m.base = 0
	for at, d := range m.p.Demand {
		m.confineDemand(at, d)
	}
	m.lp.settle()
}

// confineDemand counts shortfall and excess from the allowed number of people that is nearest to the
// need.
func (m *master) confineDemand(at int, d Demand) {
	low, high := m.limits.low[at], m.limits.high[at]
	from := max(low, min(high, d.Need))
	m.base += float64(d.Cost(from))
	m.lp.rhs[len(m.p.People)+at] = float64(from) + m.jitter[at]
	short, excess := &m.lp.vars[m.short[at]], &m.lp.vars[m.excess[at]]
	short.most, excess.most = math.Inf(1), math.Inf(1)
	if low > 0 || from > d.Need {
		short.most = float64(max(0, from-low)) + m.blur()
	}
	if high < m.able[at] {
		excess.most = float64(max(0, high-from)) + m.blur()
	}
	short.full = short.full && !math.IsInf(short.most, 1)
	excess.full = excess.full && !math.IsInf(excess.most, 1)
}

// blur is by how much the errors of the right-hand sides can add up on one shift of a day.
func (m *master) blur() float64 { return float64(2+len(m.p.People)) * blur }

// bar sets whether a variable is kept at zero.
func (m *master) bar(j int, barred bool) {
	v := &m.lp.vars[j]
	v.most = math.Inf(1)
	if barred {
		v.most = 0
	}
	v.full = false
}

// fix settles a person on the line of variable j.
func (m *master) fix(j int) {
	person := m.owner[j]
	m.fixed[person] = j
	for k, line := range m.lines {
		if line != nil && m.owner[k] == person && k != j {
			m.bar(k, true)
		}
	}
	m.lp.reprice()
}

// An outcome says how a linear programme ended.
type outcome int

const (
	unfinished outcome = iota // out of rounds or of time
	converged                 // the bound cannot rise any more
	hopeless                  // no roster within the limits is better than the target
)

// optimize generates columns until the bound, rounded up, meets the value of the linear programme, or
// reaches target: then no roster within the limits costs less than target. The bound that it returns
// holds for all rosters within the limits and with the fixed lines.
//
// The prices of a linear programme jump about, so lines are sought at prices between these and the ones
// of the best bound so far (Wentges, Operations Research Letters 20, 1997).
func (m *master) optimize(ctx context.Context, rounds, target int) (bound int, end outcome) {
	stop := func() bool { return ctx.Err() != nil }
	bound = math.MinInt
	best := math.Inf(-1)
	try := 0 // at the best prices of the last programme first
	if m.center == nil {
		try = 1
	}
	for range rounds {
		if !m.tick() || stop() {
			return bound, unfinished
		}
		m.rounds++
		optimal, pull := false, 1.0
		if try > 0 {
			optimal = m.lp.solve(6*m.lp.rows, stop)
			pull = max(0, 1-float64(try)*(1-m.pull))
		}
		if stop() {
			return bound, unfinished
		}
		now := m.lp.price[len(m.p.People):]
		at := m.between(now, pull)
		exact, gained, legal := m.generate(at, m.wanted)
		if !legal {
			return math.MaxInt, hopeless
		}
		if try == 1 {
			m.adapt(now)
		}
		bound = max(bound, int(math.Ceil(exact-1e-9)))
		if exact > best {
			best = exact
			m.center = at
			if m.heard != nil {
				m.heard(bound)
			}
		}
		if bound >= target {
			return bound, hopeless
		}
		if m.lp.outside == 0 && float64(bound) >= m.lp.value()+m.base-0.1 {
			return bound, converged
		}
		switch {
		case gained || try == 0:
			try = 1
		case pull > 0:
			try++
		case optimal:
			return bound, converged
		}
	}
	return bound, unfinished
}

// adapt pulls less where the bound rises towards the prices of the linear programme, and more where it
// falls (Pessoa and others, INFORMS Journal on Computing 30, 2018).
func (m *master) adapt(now []float64) {
	if m.center == nil {
		return
	}
	rise := 0.0
	for i, y := range now {
		rise += float64(m.slope[i]) * (y - m.center[i])
	}
	if rise > 0 {
		m.pull = max(0, m.pull-0.1)
	} else {
		m.pull += 0.1 * (1 - m.pull)
	}
}

func (m *master) between(now []float64, pull float64) []float64 {
	at := append([]float64(nil), now...)
	if m.center != nil {
		for i := range at {
			at[i] += pull * (m.center[i] - at[i])
		}
	}
	// Where demand is not limited, prices beyond what a shortfall or an excess costs prove nothing.
	for i, d := range m.p.Demand {
		if m.limits.low[i] == 0 && m.limits.high[i] >= m.able[i] {
			at[i] = max(-float64(d.Over), min(float64(d.Under), at[i]))
		}
	}
	return at
}

// generate finds the cheapest line of everybody at the prices worth, and learns those that help the
// linear programme. The bound is exact: it is computed in integers from the rounded prices.
func (m *master) generate(worth []float64, wanted func(person int, line Line) bool) (bound float64, gained, legal bool) {
	scale := m.round(worth)
	total := m.demandPart(scale)
	for person := range m.p.People {
		low, legal := m.cheapest(person, scale)
		if low >= impossible {
			return 0, false, false
		}
		m.tally(m.spare)
		total += int64(low) + int64(m.p.People[person].Unmet)*int64(scale)
		if !legal || m.fixed[person] != out {
			continue
		}
		if wanted(person, m.spare) && m.learn(person, m.spare) {
			gained = true
		}
	}
	return float64(total) / float64(scale), gained, true
}

// round turns prices into integers, as fine as the length of the horizon lets them be.
func (m *master) round(worth []float64) (scale int32) {
	most := 1.0
	for _, y := range worth {
		most = max(most, math.Abs(y))
	}
	wish := m.p.fondest()
	room := float64(int(impossible-1)/m.p.Days - 1 - wish) // for a scale of one
	most = max(0, min(most, highest*m.lp.beyond, room))
	scale = max(1, scaleOf(m.p.Days, int(most)+1+wish))
	for at, y := range worth {
		m.duals[at] = int32(math.Round(max(-most, min(most, y)) * float64(scale)))
	}
	return scale
}

// highest caps the prices that bounds are computed from, in units of what is paid beyond the bounds. They rise far above
// what anything costs where the limits leave no roster, and it takes such prices to prove that.
const highest = 64

// demandPart is the least that demand can cost when every person on it must be paid at its price.
func (m *master) demandPart(scale int32) int64 {
	var sum int64
	for at, d := range m.p.Demand {
		y := int64(m.duals[at])
		cost := func(n int) int64 { return int64(d.Cost(n))*int64(scale) + int64(n)*y }
		low, high := 0, len(m.p.People)
		if m.limits != nil {
			low, high = m.limits.low[at], m.limits.high[at]
		}
		// The cost is convex with its only bend at the need, so it is least there or at an end.
		best := low
		if cost(high) < cost(best) {
			best = high
		}
		if d.Need > low && d.Need < high && cost(d.Need) < cost(best) {
			best = d.Need
		}
		sum += cost(best)
		m.slope[at] = best
	}
	return sum
}

// tally takes a line off what demand would pay for.
func (m *master) tally(line Line) {
	for day, s := range line {
		if s != Off {
			m.slope[m.p.At(day, s)]--
		}
	}
}

// cheapest puts the cheapest line of a person at the rounded prices into spare.
func (m *master) cheapest(person int, scale int32) (int32, bool) {
	wish := m.p.People[person].Wish
	if j := m.fixed[person]; j != out {
		var sum int32
		for day, s := range m.lines[j] {
			if s != Off {
				at := m.p.At(day, s)
				sum += int32(wish[at])*scale - m.duals[at]
			}
		}
		copy(m.spare, m.lines[j])
		return sum, true
	}
	for at, ban := range m.limits.ban[person] {
		m.price[at] = never
		if !ban {
			m.price[at] = int32(wish[at])*scale - m.duals[at]
		}
	}
	for day, awake := range m.limits.awake[person] {
		m.rest[day] = 0
		if awake {
			m.rest[day] = never
		}
	}
	return m.f.cheapest(person, m.price, m.rest, m.spare)
}

// wanted says whether a line would gain in the linear programme as it stands.
func (m *master) wanted(person int, line Line) bool {
	sum := float64(m.p.lineCost(person, line)) - m.lp.price[person]
	for day, s := range line {
		if s != Off {
			sum -= m.lp.price[len(m.p.People)+m.p.At(day, s)]
		}
	}
	return sum < -1e-6
}
