package assign

import "slices"

// state is an assignment under change, with everything that makes a change cheap to judge. All slots
// that are held satisfy all constraints at all times.
type state struct {
	p       *Problem
	holder  []int       // [slot]
	fixed   []bool      // [slot] not to be touched as things stand
	excess  [][]int64   // [person][dimension]
	exact   [][]int64   // [dimension][person]
	marks   [][][]int16 // [limit][person][bucket]
	pairs   [][]Pair    // [slot] pairs with this slot as A, mirrored where it was B; those that cannot be
	priced  [][]Pair    // [slot] likewise, those that can be, at a price
	open    []int       // slots without a holder
	has     [][]int     // [person] the slots held
	pos     []int       // [slot] position in open or in the holder's has
	turns   turns
	weight  int64    // exact weight of the open slots, in the first dimension
	cost    int64    // what the climb goes by: open slots, unevenness, who is passed over, and taste
	passed  int      // how often somebody is passed over, see Turn
	taste   int64    // the costs of single assignments and of crowding
	weights []int64  // [dimension] of p, or others for a while
	order   []int    // dimensions, as compareFairness goes through them
	trail   []change // given since the last commit

	moved    []change // room for compareFairness
	people   []int    // likewise
	now, was []int64  // likewise
}

// openCost outweighs any sum of squared excesses and assignment costs that occurs: excesses are in
// thousandths of a point and weights below 2^10.
const openCost = int64(1) << 50

// openShift turns the weight of an open slot into a cost: heavy enough to count on the climb, light enough
// that all of them together cost less than one slot more. The exact order has the last word.
const openShift = 26

func newState(p *Problem) *state {
	s := &state{
		p: p, weights: p.Weights, holder: make([]int, len(p.Slots)), fixed: make([]bool, len(p.Slots)), excess: make([][]int64, p.People), exact: make([][]int64, len(p.Weights)),
		marks: make([][][]int16, len(p.Limits)), pairs: make([][]Pair, len(p.Slots)), priced: make([][]Pair, len(p.Slots)), has: make([][]int, p.People), pos: make([]int, len(p.Slots)),
		turns: newTurns(p),
	}
	for i := range s.excess {
		s.excess[i] = append([]int64(nil), p.Excess[i]...)
		for d, e := range s.excess[i] {
			s.cost += p.Weights[d] * e * e
		}
	}
	for d := range p.Weights {
		for person := range p.People {
			s.exact[d] = append(s.exact[d], p.Exact[person][d])
		}
	}
	for l, limit := range p.Limits {
		s.marks[l] = make([][]int16, p.People)
		for i := range s.marks[l] {
			s.marks[l][i] = make([]int16, limit.Buckets)
		}
	}
	for _, pair := range p.Pairs {
		to := s.pairs
		if pair.Price > 0 {
			to = s.priced
		}
		to[pair.A] = append(to[pair.A], pair)
		to[pair.B] = append(to[pair.B], Pair{pair.B, pair.A, func(b, a int) bool { return pair.Forbid(a, b) }, pair.Price})
	}
	s.order = s.dimensions()
	for slot := range p.Slots {
		s.holder[slot] = Nobody
		s.addOpen(slot)
	}
	for slot := range p.Slots {
		if fixed := p.Slots[slot].Holder; fixed != Nobody {
			s.put(slot, fixed)
			s.fixed[slot] = true
		}
	}
	return s
}

func (s *state) addOpen(slot int) {
	s.open = s.add(s.open, slot)
	s.cost += openCost + s.p.weight(slot)<<openShift
	s.weight += s.p.exactWeight(slot)
}

// setAside takes an open slot out of play; addOpen brings it back.
func (s *state) setAside(slot int) {
	s.open = s.remove(s.open, slot)
	s.cost -= openCost + s.p.weight(slot)<<openShift
	s.weight -= s.p.exactWeight(slot)
}

// add and remove keep a list of slots in which each knows its position.
func (s *state) add(list []int, slot int) []int {
	s.pos[slot] = len(list)
	return append(list, slot)
}

func (s *state) remove(list []int, slot int) []int {
	at, last := s.pos[slot], len(list)-1
	list[at] = list[last]
	s.pos[list[at]] = at
	return list[:last]
}

// put gives an open slot to person.
func (s *state) put(slot, person int) {
	s.setAside(slot)
	s.has[person] = s.add(s.has[person], slot)
	s.holder[slot] = person
	s.shift(slot, person, 1)
}

// drop opens a slot that is held.
func (s *state) drop(slot int) {
	person := s.holder[slot]
	s.shift(slot, person, -1)
	s.has[person] = s.remove(s.has[person], slot)
	s.holder[slot] = Nobody
	s.addOpen(slot)
}

// shift adds the slot to what person has (sign 1) or takes it away (sign -1).
func (s *state) shift(slot, person int, sign int64) {
	sl := &s.p.Slots[slot]
	for d, weight := range sl.Exact {
		s.exact[d][person] += sign * weight
	}
	excess := s.excess[person]
	for d, load := range sl.Load {
		if load != 0 {
			s.cost += s.weights[d] * load * (load + sign*2*excess[d])
			excess[d] += sign * load
		}
	}
	if passed := s.turns.turn(s.p, slot, person, int(sign)); passed != 0 {
		s.passed += passed
		s.cost += s.p.PassOver * int64(passed)
	}
	s.please(sign * s.likes(slot, person))
	for _, tie := range sl.Ties {
		if price := s.p.Prices[tie.Rule][person]; price > 0 && s.holder[tie.Slot] == person {
			s.please(sign * price)
		}
	}
	for _, pair := range s.priced[slot] {
		if partner := s.holder[pair.B]; partner != Nobody && pair.Forbid(person, partner) {
			s.please(sign * pair.Price)
		}
	}
	for l := range sl.Marks {
		s.count(l, slot, person, sign)
	}
}

// likes gives what it costs that person holds the slot beside what else they hold.
func (s *state) likes(slot, person int) int64 {
	sl, cost := &s.p.Slots[slot], int64(0)
	if sl.Cost != nil {
		cost = sl.Cost[person]
	}
	for _, near := range sl.Near {
		if s.holder[near] == person {
			cost += s.p.Crowd
		}
	}
	return cost
}

// please changes the taste.
func (s *state) please(by int64) {
	s.taste += by
	s.cost += by
}

// may reports whether person could take the open slot as things stand.
func (s *state) may(slot, person int) bool {
	sl := &s.p.Slots[slot]
	if !sl.Able[person] {
		return false
	}
	for _, other := range sl.Clash {
		if s.holder[other] == person {
			return false
		}
	}
	for _, tie := range sl.Ties {
		if s.holder[tie.Slot] == person && s.p.Prices[tie.Rule][person] == Never {
			return false
		}
	}
	for _, pair := range s.pairs[slot] {
		if partner := s.holder[pair.B]; partner != Nobody && pair.Forbid(person, partner) {
			return false
		}
	}
	return s.withinLimits(slot, person)
}

// change is a slot and who held it before.
type change struct{ slot, holder int }

// give makes person, or Nobody, the holder of the slot, and notes the change so that rollback can take
// it back.
func (s *state) give(slot, person int) {
	s.trail = append(s.trail, change{slot, s.holder[slot]})
	s.set(slot, person)
}

func (s *state) set(slot, person int) {
	if s.holder[slot] != Nobody {
		s.drop(slot)
	}
	if person != Nobody {
		s.put(slot, person)
	}
}

// commit keeps what was given since the last commit.
func (s *state) commit() { s.trail = s.trail[:0] }

// rollback takes back what was given since the last commit.
func (s *state) rollback() {
	for _, c := range slices.Backward(s.trail) {
		s.set(c.slot, c.holder)
	}
	s.trail = s.trail[:0]
}
