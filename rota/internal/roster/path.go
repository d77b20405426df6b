package roster

import (
	"math"
	"math/bits"
)

// Prices are 32-bit integers, so that the inner loop moves half the memory. A price of never forbids.
// A sum of prices below the least impossible sum belongs to a legal line: the true prices of a line
// add up to less than half of never, however they are signed (see scaleOf).
const (
	never      int32 = 1 << 30
	impossible int32 = never / 2
)

// maxStates is up to where a maximum is worth an axis. The states without any are never too many.
const maxStates = 6 << 20

// A pathfinder finds the cheapest legal line of a person. It is not safe for concurrent use.
type pathfinder struct {
	p      *Problem
	limit  int
	states []int32
	shapes map[shapeKey]*shape
	bound  []uint64 // shifts of each person whose maximum has once been in the way
	prices []int32  // of every group of every day
	none   []int32  // no cost of rest
	count  []int
	tax    [][]int32 // of each person who would need too many states: a price on every shift
	dear   []int32
	kept   Line
}

type shapeKey struct {
	person int
	bound  uint64
}

func newPathfinder(p *Problem) *pathfinder {
	return &pathfinder{
		p: p, limit: maxStates,
		shapes: map[shapeKey]*shape{},
		bound:  make([]uint64, len(p.People)),
		none:   make([]int32, p.Days),
		count:  make([]int, len(p.Shifts)),
		tax:    make([][]int32, len(p.People)),
	}
}

// cheapest puts the cheapest legal line of a person into line, where price is that of every shift of
// every day and rest that of every day off (nil where it is free), and returns what it costs. No legal
// line costs less than the result. Where the result is impossible there is no legal line.
//
// The maxima of single shifts are the reason for many states. They are left out at first and put in
// for good, one by one, when a line breaks them (the decremental state space of Boland, Dethridge and
// Dumitrescu, Operations Research Letters 34, 2006, and of Righini and Salani, Networks 51, 2008).
// Where that would take too many states, the shift is taxed instead: then the line is legal but may
// cost more than the result, and found is false if no tax makes it legal.
func (f *pathfinder) cheapest(person int, price, rest []int32, line Line) (low int32, found bool) {
	if rest == nil {
		rest = f.none
	}
	for {
		s := f.shape(person, f.bound[person])
		if s.size == 0 {
			return never, false
		}
		if f.tax[person] != nil {
			return f.taxed(s, person, price, rest, line)
		}
		low = f.solve(s, price, rest, line)
		if low >= impossible {
			return low, false
		}
		over := f.overworked(person, line)
		if over < 0 {
			return low, true
		}
		if f.shape(person, f.bound[person]|1<<over) == nil {
			f.tax[person] = make([]int32, len(f.p.Shifts))
			continue
		}
		f.bound[person] |= 1 << over
	}
}

// taxed puts a price on the shifts that a line holds too often, higher and higher until it is legal.
// What a line costs with the tax, less the tax on as many shifts as are allowed, is a bound at any tax.
// The next time begins near the tax that was enough, and a little below.
func (f *pathfinder) taxed(s *shape, person int, price, rest []int32, line Line) (low int32, found bool) {
	tax, most := f.tax[person], f.p.People[person].MaxOf
	for t := range tax {
		tax[t] -= tax[t] / 4
	}
	low = -impossible
	least := never
	for round := 0; round < 4 || least == never && round < 24; round++ {
		cost := f.solve(s, f.withTax(price, tax), rest, line)
		if cost >= impossible {
			return cost, false
		}
		for t := range tax {
			cost -= tax[t] * int32(min(most[t], f.p.Days))
		}
		low = max(low, cost)
		legal := f.overworked(person, line) < 0
		for t, n := range f.count {
			if n > most[t] {
				tax[t] += min(1<<18, max(4, tax[t]/4)<<min(round/4, 3)+int32(n-most[t]))
			}
		}
		f.exchange(person, price, line)
		if c := f.priceOf(line, price, rest); f.overworked(person, line) < 0 && c < least {
			least = c
			f.kept = append(f.kept[:0], line...)
		}
		if legal {
			break
		}
	}
	copy(line, f.kept)
	return low, least < impossible
}

// exchange swaps shifts that the line holds too often for others of the same length, day by day and
// each time the one that costs least.
func (f *pathfinder) exchange(person int, price []int32, line Line) {
	most := f.p.People[person].MaxOf
	for f.overworked(person, line) >= 0 {
		at, to, least := -1, Off, never
		for day, s := range line {
			if s == Off || f.count[s] <= most[s] {
				continue
			}
			for t := range int8(len(most)) {
				extra := price[f.p.At(day, t)] - price[f.p.At(day, s)]
				if f.count[t] < most[t] && extra < least && f.fits(line, day, t) {
					at, to, least = day, t, extra
				}
			}
		}
		if at < 0 || least >= impossible {
			return
		}
		line[at] = to
	}
}

// fits says whether a shift may stand in place of the one of the day: as long, and in order with the
// days before and after.
func (f *pathfinder) fits(line Line, day int, t int8) bool {
	shifts := f.p.Shifts
	switch {
	case shifts[t].Minutes != shifts[line[day]].Minutes:
		return false
	case day > 0 && line[day-1] != Off && shifts[line[day-1]].Forbids[t]:
		return false
	}
	return day+1 == len(line) || line[day+1] == Off || !shifts[t].Forbids[line[day+1]]
}

func (f *pathfinder) priceOf(line Line, price, rest []int32) int32 {
	var sum int32
	for day, s := range line {
		if s == Off {
			sum += rest[day]
		} else {
			sum += price[f.p.At(day, s)]
		}
	}
	return sum
}

func (f *pathfinder) withTax(price, tax []int32) []int32 {
	f.dear = append(f.dear[:0], price...)
	for at := range f.dear {
		if f.dear[at] < impossible {
			f.dear[at] += tax[at%len(tax)]
		}
	}
	return f.dear
}

// shape is nil where the axes would need too many states.
func (f *pathfinder) shape(person int, bound uint64) *shape {
	key := shapeKey{person, bound}
	s, known := f.shapes[key]
	if !known {
		limit := f.limit
		if bound == 0 {
			limit = math.MaxInt
		}
		s, _ = f.p.shapeOf(person, bound, limit)
		f.shapes[key] = s
	}
	return s
}

// overworked is a shift that the line holds more often than it may, the worst, or Off.
func (f *pathfinder) overworked(person int, line Line) int8 {
	clear(f.count)
	for _, s := range line {
		if s != Off {
			f.count[s]++
		}
	}
	worst, by := Off, 0
	for s, n := range f.count {
		if over := n - f.p.People[person].MaxOf[s]; over > by {
			worst, by = int8(s), over
		}
	}
	return worst
}

// solve fills the states from the last day to the first and walks forward along the cheapest.
func (f *pathfinder) solve(s *shape, price, rest []int32, line Line) int32 {
	f.groupPrices(s, price)
	if len(f.states) < s.size {
		f.states = make([]int32, s.size)
	}
	w := walk{shape: s, h: f.states, prices: f.prices, rest: rest}
	w.lastDay()
	for day := s.days - 2; day >= 0; day-- {
		w.fill(day)
	}
	low := w.follow(line)
	if low < impossible {
		f.nameShifts(s, price, line)
	}
	return low
}

// groupPrices is the price of the cheapest member of every group.
func (f *pathfinder) groupPrices(s *shape, price []int32) {
	need := s.days * len(s.groups)
	if len(f.prices) < need {
		f.prices = make([]int32, need)
	}
	shifts := len(f.p.Shifts)
	for day := range s.days {
		today := price[day*shifts : (day+1)*shifts]
		for g := range s.groups {
			least := never
			for _, t := range s.groups[g].members {
				least = min(least, today[t])
			}
			f.prices[day*len(s.groups)+g] = least
		}
	}
}

// nameShifts turns the groups of a line into their cheapest shifts.
func (f *pathfinder) nameShifts(s *shape, price []int32, line Line) {
	for day, g := range line {
		if g == Off {
			continue
		}
		members := s.groups[g].members
		best := members[0]
		for _, t := range members[1:] {
			if price[f.p.At(day, t)] < price[f.p.At(day, best)] {
				best = t
			}
		}
		line[day] = best
	}
}

// A walk is one run of the dynamic programme: h holds, for every state after a day, the cheapest way
// to live through the days that remain.
type walk struct {
	*shape
	h      []int32
	prices []int32
	rest   []int32
}

// row is the states of a node and an outer index after a day, one for each number of units.
func (w *walk) row(day, node, outer int) []int32 {
	at := w.start[day] + (node*w.outers+outer)*w.width[day]
	return w.h[at : at+w.width[day]]
}

func (w *walk) lastDay() {
	last := w.days - 1
	all := w.h[w.start[last]:]
	per := w.outers * w.width[last]
	for i := range w.nodes() * per {
		all[i] = never
		if w.accept[i%per] && w.ends[i/per] {
			all[i] = 0
		}
	}
}

// fresh is 1 where working on day with this run of work uses up another weekend.
func fresh(day, run int) int {
	if saturday(day) || sunday(day) && run == 1 {
		return 1
	}
	return 0
}

// fill computes the states of a day from those of the next.
func (w *walk) fill(day int) {
	idle := w.rest[day+1]
	for n := range w.rests {
		w.clear(day, n)
		w.step(day, n, min(n+1, w.rests-1), idle)
	}
	for _, g := range w.every {
		w.work(day, w.rests-1, g, 1)
	}
	for class, groups := range w.shape.follow {
		for run := 1; run <= min(w.maxRun, day+1+w.before); run++ {
			n := w.node(class, run)
			w.clear(day, n)
			if w.mayRest(day, run) {
				w.step(day, n, 0, idle)
			}
			if run < w.maxRun {
				for _, g := range groups {
					w.work(day, n, g, run+1)
				}
			}
		}
	}
}

func (w *walk) clear(day, node int) {
	per := w.outers * w.width[day]
	at := w.start[day] + node*per
	states := w.h[at : at+per]
	for i := range states {
		states[i] = never
	}
}

// step lets a node go on to a rest, and work to a shift of a group.
func (w *walk) step(day, from, to int, cost int32) {
	if cost >= impossible {
		return
	}
	shift := w.low[day] - w.low[day+1]
	for o := range w.outers {
		relax(w.row(day, from, o), w.row(day+1, to, o), shift, cost)
	}
}

func (w *walk) work(day, from int, g int32, run int) {
	cost := w.prices[(day+1)*len(w.groups)+int(g)]
	if cost >= impossible {
		return
	}
	to := w.node(w.groups[g].class, run)
	shift := w.low[day] + w.groups[g].units - w.low[day+1]
	for o, next := range w.outer[fresh(day+1, run)][g] {
		if next >= 0 {
			relax(w.row(day, from, o), w.row(day+1, to, int(next)), shift, cost)
		}
	}
}

// relax is where the time goes: dst[i] becomes the least of itself and src[i+shift]+cost.
func relax(dst, src []int32, shift int, cost int32) {
	if shift >= 0 {
		if shift >= len(src) {
			return
		}
		src = src[shift:]
	} else {
		if -shift >= len(dst) {
			return
		}
		dst = dst[-shift:]
	}
	n := min(len(dst), len(src))
	dst, src = dst[:n], src[:n]
	for i, v := range src {
		dst[i] = min(dst[i], v+cost)
	}
}

// follow walks from the first day along equal costs and writes the groups into line.
func (w *walk) follow(line Line) int32 {
	at, low := w.first()
	if low >= impossible {
		return low
	}
	for day := 0; ; day++ {
		line[day] = at.group
		if day == w.days-1 {
			return low
		}
		at = w.next(day, at)
	}
}

// A place is one state on the way of a line, and the group that led there.
type place struct {
	node, outer, units, run, class int
	group                          int8
	left                           int32
}

func (w *walk) at(day int, pl place) int32 {
	u := pl.units - w.low[day]
	if u < 0 || u >= w.width[day] {
		return never
	}
	return w.row(day, pl.node, pl.outer)[u]
}

// first is the cheapest state of the first day and the cost of the whole line.
func (w *walk) first() (place, int32) {
	best, low := place{}, never
	w.each(-1, w.begin, func(to place, cost int32) bool {
		if cost < low {
			best, low = to, cost
		}
		return true
	})
	return best, low
}

// next is a state of the day after that costs no more than the present one.
func (w *walk) next(day int, from place) place {
	var found place
	w.each(day, from, func(to place, cost int32) bool {
		found = to
		return cost != from.left
	})
	return found
}

// each yields the states that may follow, and what the rest of the line costs by way of them, until
// yield has had enough.
func (w *walk) each(day int, from place, yield func(to place, cost int32) bool) {
	if from.run == 0 || w.mayRest(day, from.run) {
		to := place{outer: from.outer, units: from.units, group: Off}
		if from.run == 0 {
			to.node = min(from.node+1, w.rests-1)
		}
		to.left = w.at(day+1, to)
		if !yield(to, w.plus(to.left, w.rest[day+1])) {
			return
		}
	}
	groups := w.every
	switch {
	case from.run > 0:
		groups = w.shape.follow[from.class]
	case from.node < w.rests-1:
		groups = nil
	}
	for _, g := range groups {
		to, ok := w.onShift(day+1, from, int(g))
		if ok && !yield(to, w.plus(to.left, w.prices[(day+1)*len(w.groups)+int(g)])) {
			return
		}
	}
}

// plus keeps what is impossible so.
func (w *walk) plus(left, cost int32) int32 {
	if left >= impossible || cost >= impossible {
		return never
	}
	return left + cost
}

// onShift is the state after working group g on day, coming from a state of the day before.
func (w *walk) onShift(day int, from place, g int) (place, bool) {
	run := from.run + 1
	to := w.outer[fresh(day, run)][g][from.outer]
	if to < 0 || run > w.maxRun {
		return place{}, false
	}
	pl := place{
		node: w.node(w.groups[g].class, run), outer: int(to), run: run,
		units: from.units + w.groups[g].units, class: w.groups[g].class, group: int8(g),
	}
	pl.left = w.at(day, pl)
	return pl, true
}

// scaleOf is the largest power of two by which prices up to most a day may be multiplied so that the
// cost of a line stays possible.
func scaleOf(days, most int) int32 {
	room := uint32(int(impossible-1) / max(1, days*most))
	if room == 0 {
		return 0
	}
	return 1 << (bits.Len32(min(room, math.MaxInt16)) - 1)
}
