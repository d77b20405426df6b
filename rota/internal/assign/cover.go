package assign

import (
	"cmp"
	"slices"
)

// Verdict is what an exact search found out about some slots.
type Verdict int

// The verdicts.
const (
	Unknown    Verdict = iota // the work it was allowed ran out
	Covered                   // all of them can be held at once
	Impossible                // whoever holds what, one of them stays open
)

// Coverer decides whether some slots of a Problem can be held all at once. Where Solve looks for a good
// assignment of everything, it looks for any assignment of a few, and knows when there is none.
//
// It gives the slots to people one by one, in their order, and goes back where a slot has nobody left.
// Dead ends are remembered by what they leave behind: two beginnings that bar the same people from the
// same slots to come end the same way, and people who are alike may trade places. In order of time, with
// rules that reach a few days, there are few different beginnings, so that a week with too few people is
// found impossible without trying everybody everywhere (failure memory over an elimination order, as in
// Dechter, "Constraint Processing", 2003, chapters 5 and 9).
type Coverer struct {
	s     *state
	alike [][]bool // [person][person] can trade places: no rule tells one from the other
}

// NewCoverer prepares the search. The people to be tried for a slot are those in Able; costs do not
// matter.
func NewCoverer(p *Problem) *Coverer {
	return &Coverer{s: newState(p), alike: lookAlike(p)}
}

// Cover looks for holders of the slots, which stand in order of time and have no holder of their own, next
// to what is held already. It takes what it tries off work, and gives up when nothing is left. The holders
// are in the order of the slots.
func (c *Coverer) Cover(slots []int, work *int) ([]int, Verdict) {
	t := c.newTour(slots)
	verdict := t.extend(0, work)
	holders := make([]int, len(slots))
	for i, slot := range slots {
		holders[i] = c.s.holder[slot]
		if holders[i] != Nobody {
			c.s.drop(slot)
		}
	}
	return holders, verdict
}

// CoverAround is Cover where everybody else holds what the assignment says.
func (c *Coverer) CoverAround(assignment, slots []int, work *int) ([]int, Verdict) {
	var fixed []int
	for slot, holder := range assignment {
		if holder != Nobody && c.s.holder[slot] == Nobody && !slices.Contains(slots, slot) {
			c.s.put(slot, holder)
			fixed = append(fixed, slot)
		}
	}
	holders, verdict := c.Cover(slots, work)
	for _, slot := range fixed {
		c.s.drop(slot)
	}
	return holders, verdict
}

// tour is one search of a Coverer.
type tour struct {
	*Coverer
	slots  []int
	behind []int // slots held from the outset that bear on these
	people []int // those able to hold any of the slots
	stages []stage
}

// stage is what is known of a tour before the slot of that number is given to anybody.
type stage struct {
	known  bool
	class  []int          // [person] people of one class are alike from here on
	effect map[int]uint16 // [slot] given before: slots of one effect bar their holder from the same slots to come
	dead   map[string]bool
}

func (c *Coverer) newTour(slots []int) *tour {
	t := &tour{Coverer: c, slots: slots, stages: make([]stage, len(slots)+1)}
	for person := range c.s.p.People {
		if slices.ContainsFunc(slots, func(slot int) bool { return c.s.p.Slots[slot].Able[person] }) {
			t.people = append(t.people, person)
		}
	}
	for slot, holder := range c.s.holder {
		if holder != Nobody && c.reaches(slot, slots) {
			t.behind = append(t.behind, slot)
		}
	}
	return t
}

// extend gives the slots from number at on to people.
func (t *tour) extend(at int, work *int) Verdict {
	if at == len(t.slots) {
		return Covered
	}
	here := t.stage(at)
	traces := t.traces(here, at)
	key := t.key(here, traces)
	if here.dead[key] {
		return Impossible
	}
	slot, tried := t.slots[at], map[string]bool{}
	for _, person := range t.candidates(slot) {
		like := string(append([]byte{byte(here.class[person]), byte(here.class[person] >> 8)}, traces[person]...))
		if tried[like] || !t.s.may(slot, person) {
			continue
		}
		tried[like] = true
		if *work--; *work < 0 {
			return Unknown
		}
		t.s.put(slot, person)
		if t.open(at) {
			if verdict := t.extend(at+1, work); verdict != Impossible {
				return verdict // with everything in place
			}
		}
		t.s.drop(slot)
	}
	here.dead[key] = true
	return Impossible
}

// candidates lists people in the order in which to try them: whoever holds least comes first.
func (t *tour) candidates(slot int) []int {
	var able []int
	for _, person := range t.people {
		if t.s.p.Slots[slot].Able[person] {
			able = append(able, person)
		}
	}
	slices.SortStableFunc(able, func(a, b int) int { return cmp.Compare(len(t.s.has[a]), len(t.s.has[b])) })
	return able
}

// open reports whether somebody is left for each of the slots to come.
func (t *tour) open(at int) bool {
	for _, slot := range t.slots[at+1:] {
		if !slices.ContainsFunc(t.people, func(person int) bool { return t.s.may(slot, person) }) {
			return false
		}
	}
	return true
}

// stage works out, once, what matters from number at on.
func (t *tour) stage(at int) *stage {
	here := &t.stages[at]
	if here.known {
		return here
	}
	*here = stage{known: true, class: make([]int, t.s.p.People), effect: map[int]uint16{}, dead: map[string]bool{}}
	ahead := t.slots[at:]
	var heads []int
	for _, person := range t.people {
		class := slices.IndexFunc(heads, func(head int) bool { return t.alike[head][person] && t.sameSkills(head, person, ahead) })
		if class < 0 {
			class = len(heads)
			heads = append(heads, person)
		}
		here.class[person] = class
	}
	numbers := map[string]uint16{"": 0}
	for _, slot := range slices.Concat(t.behind, t.slots[:at]) {
		what := t.bars(slot, ahead)
		if _, known := numbers[what]; !known {
			numbers[what] = uint16(len(numbers))
		}
		here.effect[slot] = numbers[what]
	}
	return here
}

func (t *tour) sameSkills(a, b int, ahead []int) bool {
	return !slices.ContainsFunc(ahead, func(slot int) bool { return t.s.p.Slots[slot].Able[a] != t.s.p.Slots[slot].Able[b] })
}

// traces gives for each person what they hold, as far as it matters from stage here on.
func (t *tour) traces(here *stage, at int) [][]byte {
	effects := make([][]uint16, t.s.p.People)
	for _, list := range [][]int{t.behind, t.slots[:at]} {
		for _, slot := range list {
			if holder := t.s.holder[slot]; here.effect[slot] != 0 {
				effects[holder] = append(effects[holder], here.effect[slot])
			}
		}
	}
	traces := make([][]byte, t.s.p.People)
	for person, list := range effects {
		slices.Sort(list)
		for _, effect := range list {
			traces[person] = append(traces[person], byte(effect), byte(effect>>8))
		}
	}
	return traces
}

// key describes a beginning up to the order of people who are alike.
func (t *tour) key(here *stage, traces [][]byte) string {
	people := slices.Clone(t.people)
	slices.SortFunc(people, func(a, b int) int {
		return cmp.Or(cmp.Compare(here.class[a], here.class[b]), slices.Compare(traces[a], traces[b]))
	})
	var key []byte
	for _, person := range people {
		if len(traces[person]) > 0 {
			key = append(key, 0xff, 0xff, byte(here.class[person]), byte(here.class[person]>>8))
			key = append(key, traces[person]...)
		}
	}
	return string(key)
}

// bars describes what holding slot bars its holder, or others, from among the slots ahead; "" where it is
// nothing.
func (c *Coverer) bars(slot int, ahead []int) string {
	var what []byte
	note := func(kind byte, number int) {
		what = append(what, kind, byte(number), byte(number>>8), byte(number>>16))
	}
	for _, other := range ahead {
		if slices.Contains(c.s.p.Slots[slot].Clash, other) {
			note('c', other)
		}
		for _, tie := range c.s.p.Slots[slot].Ties {
			if tie.Slot == other {
				note('t', other)
				note('r', tie.Rule)
			}
		}
		for _, pair := range c.s.pairs[slot] {
			if pair.B == other {
				note('p', slot)
			}
		}
	}
	for l := range c.s.p.Slots[slot].Marks {
		for i, b := range c.s.p.Slots[slot].Marks[l] {
			if slices.ContainsFunc(ahead, func(other int) bool { return c.near(l, b, other) }) {
				note('l', l)
				note('b', b)
				note('n', c.s.p.counts(l, slot, i))
			}
		}
	}
	return string(what)
}

// near reports whether bucket b and a bucket of slot fall into one window of limit l.
func (c *Coverer) near(l, b, slot int) bool {
	if len(c.s.p.Slots[slot].Marks) == 0 {
		return false
	}
	return slices.ContainsFunc(c.s.p.Slots[slot].Marks[l], func(o int) bool { return max(o-b, b-o) < c.s.p.Limits[l].Window })
}

// reaches reports whether holding slot bears on any of the others.
func (c *Coverer) reaches(slot int, others []int) bool { return c.bars(slot, others) != "" }

// lookAlike finds people who can trade places: the same limits and prices bind them, and whatever is forbidden
// to one beside somebody is forbidden to the other, too.
func lookAlike(p *Problem) [][]bool {
	tables := tablesOf(p)
	same := make([][]bool, p.People)
	for a := range same {
		same[a] = make([]bool, p.People)
		for b := range same[a] {
			same[a][b] = boundAlike(p, a, b) && !slices.ContainsFunc(tables, func(forbid [][]bool) bool { return !interchangeable(forbid, a, b) })
		}
	}
	return same
}

func boundAlike(p *Problem, a, b int) bool {
	for i := range p.Limits {
		if l := &p.Limits[i]; l.most(a) != l.most(b) || (l.price(a) > 0) != (l.price(b) > 0) {
			return false
		}
	}
	return !slices.ContainsFunc(p.Prices, func(price []int64) bool { return (price[a] == Never) != (price[b] == Never) })
}

func interchangeable(forbid [][]bool, a, b int) bool {
	if forbid[a][a] != forbid[b][b] || forbid[a][b] != forbid[b][a] {
		return false
	}
	for q := range forbid {
		if q != a && q != b && (forbid[a][q] != forbid[b][q] || forbid[q][a] != forbid[q][b]) {
			return false
		}
	}
	return true
}

// tablesOf writes out what the pairs forbid for good, each different table once.
func tablesOf(p *Problem) [][][]bool {
	var tables [][][]bool
	for _, pair := range p.Pairs {
		if pair.Price > 0 {
			continue
		}
		table := make([][]bool, p.People)
		for a := range table {
			for b := range p.People {
				table[a] = append(table[a], pair.Forbid(a, b))
			}
		}
		equal := func(other [][]bool) bool { return slices.EqualFunc(table, other, slices.Equal[[]bool]) }
		if !slices.ContainsFunc(tables, equal) {
			tables = append(tables, table)
		}
	}
	return tables
}
