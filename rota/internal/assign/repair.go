package assign

import (
	"cmp"
	"context"
	"slices"
)

// Published is an assignment in force, to be kept as far as can be.
type Published struct {
	Holders []int   // [slot] Nobody where nobody holds it, or nobody who is still there
	Frozen  []bool  // [slot] to be moved only where it must
	Start   []int64 // [slot] when it begins: of two slots, the later one is moved rather than the earlier one
}

// Repaired is an assignment close to a published one.
type Repaired struct {
	Solution
	Moved  []int // slots with another holder than before, in ascending order
	Proved bool  // no assignment that covers everything moves fewer or later ones, in the order of Repair
}

// Repair finds an assignment of p near was. In this order it wants every slot covered, the fewest frozen
// slots moved, the fewest slots moved, and those that are moved as late as can be: of two lists of
// beginnings in ascending order, the one that is later in the first place where they differ. Among
// assignments that are equal in all this it looks for the fairest, and for the one of least cost, as Solve
// does. A slot with a Holder of its own in p keeps that holder.
//
// How it knows: a conflict is a set of slots that cannot all stay as they are, whatever becomes of the
// others. Every repair moves at least one slot of each conflict. So the least set that hits all known
// conflicts is tried; either the others can stay, and then nothing less would do, or the attempt yields
// another conflict (an implicit hitting set search, after Reiter, "A theory of diagnosis from first
// principles", Artificial Intelligence 32, 1987, and Chandrasekaran et al., "Algorithms for implicit
// hitting set problems", SODA 2011). Effort limits the work spent so, in tests of one slot against one
// person; where it ends first, the set is closed with whatever conflicts ask for, and not Proved.
func Repair(ctx context.Context, p Problem, was Published, effort int) (Repaired, error) {
	p.Was, p.UntilStopped, p.Tolerance = nil, false, 0 // what moves is proved, or not; waiting longer adds nothing
	r := &repair{p: &p, was: was, effort: effort, ctx: ctx}
	sets, hopeless := r.search()
	proved := len(sets) > 0
	if !proved && !hopeless {
		sets = r.close()
	}
	if err := ctx.Err(); err != nil {
		return Repaired{}, err
	}
	if len(sets) == 0 {
		return r.start(ctx)
	}
	var best *state
	for _, set := range sets {
		s, err := r.fairest(set)
		if err != nil {
			return Repaired{}, err
		}
		if best == nil || s.betterThan(best) {
			best = s
		}
	}
	return r.repaired(best.holder, proved), nil
}

// repair is a search for the slots to be moved.
type repair struct {
	p      *Problem
	was    Published
	ctx    context.Context
	effort int
	work   int
	cores  [][]int // conflicts found, each in ascending order
}

// alike is how many sets of slots that are equally few and late are compared for fairness.
const alike = 24

// plan is a set of slots to move, with an assignment in which nothing else is.
type plan struct {
	moved   []int
	holders []int
}

// search gives the best sets of slots to move: several where they are equally good, none where effort runs
// out first. Hopeless are those problems of which it is proved that some slot stays open.
func (r *repair) search() (sets []plan, hopeless bool) {
	for !r.spent() {
		set, ok := r.hit()
		if !ok {
			return nil, false
		}
		holders, feasible, known := r.try(set)
		switch {
		case feasible:
			return append([]plan{{set, holders}}, r.ties(set)...), false
		case !known:
			return nil, false
		case len(r.cores[len(r.cores)-1]) == 0:
			return nil, true
		}
	}
	return nil, false
}

func (r *repair) spent() bool { return r.work > r.effort || r.ctx.Err() != nil }

// ties finds other sets as good as the one given.
func (r *repair) ties(set []int) []plan {
	var more []plan
	for _, other := range r.equals(set) {
		if slices.Equal(other, set) || r.spent() {
			continue
		}
		if holders, feasible, _ := r.try(other); feasible {
			more = append(more, plan{other, holders})
		}
	}
	return more
}

// close finds some set that will do: it moves one slot more for each conflict that is left, later ones
// rather than earlier ones, and then puts back whatever need not move after all.
func (r *repair) close() []plan {
	set, _ := r.hit()
	r.effort = r.work + r.effort
	for !r.spent() {
		holders, feasible, known := r.try(set)
		if feasible {
			return []plan{r.shrink(plan{set, holders})}
		}
		if !known || len(r.cores[len(r.cores)-1]) == 0 {
			return nil
		}
		for _, core := range r.cores {
			if !meets(core, set) {
				set = insert(set, slices.MinFunc(core, r.rather))
			}
		}
	}
	return nil
}

// shrink takes out of the set what need not move, frozen and early slots first.
func (r *repair) shrink(best plan) plan {
	order := slices.Clone(best.moved)
	slices.SortFunc(order, func(a, b int) int { return r.rather(b, a) })
	for _, slot := range order {
		smaller := slices.DeleteFunc(slices.Clone(best.moved), func(s int) bool { return s == slot })
		if holders, feasible, _ := r.try(smaller); feasible {
			best = plan{smaller, holders}
		}
	}
	return best
}

// rather orders slots by which is moved rather: those that are not frozen, then the later ones.
func (r *repair) rather(a, b int) int {
	return cmp.Or(compareBool(r.was.Frozen[a], r.was.Frozen[b]), cmp.Compare(r.was.Start[b], r.was.Start[a]), cmp.Compare(a, b))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// fairest shares out the slots of a plan, while all others stay: as Solve does it, or from the plan's own
// assignment on where that leads to something better.
func (r *repair) fairest(move plan) (*state, error) {
	p := *r.p
	p.Slots = slices.Clone(r.p.Slots)
	for slot, holder := range r.was.Holders {
		if !slices.Contains(move.moved, slot) && p.Slots[slot].Holder == Nobody {
			p.Slots[slot].Holder = holder
		} else if holder != Nobody && p.Slots[slot].Holder == Nobody && move.holders[slot] != holder {
			p.Slots[slot].Able = slices.Clone(p.Slots[slot].Able)
			p.Slots[slot].Able[holder] = false
		}
	}
	if best, all := everyWay(&p); all {
		return best, nil
	}
	own := holding(&p, move.holders)
	polish(r.ctx, own, freeSlots(&p), aim{})
	found, err := Solve(r.ctx, p, func(int, int) {})
	if err != nil || len(found.Open) > 0 {
		return own, err
	}
	if other := holding(&p, found.Holders); other.betterThan(own) {
		return other, nil
	}
	return own, nil
}

// holding is the state of an assignment.
func holding(p *Problem, holders []int) *state {
	s := newState(p)
	for slot, holder := range holders {
		if holder != Nobody && p.Slots[slot].Holder == Nobody {
			s.put(slot, holder)
		}
	}
	return s
}

// ways is how many partial assignments are tried before it is left to the search.
const ways = 20_000

// everyWay gives the best of all assignments that leave no slot open, where there are few enough to try
// them all.
func everyWay(p *Problem) (best *state, all bool) {
	s, free, tried := newState(p), freeSlots(p), 0
	var fill func(left []int)
	fill = func(left []int) {
		if tried++; tried > ways {
			return
		}
		if len(left) == 0 {
			if best == nil || s.betterThan(best) {
				best = holding(p, s.holder)
			}
			return
		}
		for person := range p.People {
			if s.may(left[0], person) {
				s.put(left[0], person)
				fill(left[1:])
				s.drop(left[0])
			}
		}
	}
	fill(free)
	return best, best != nil && tried <= ways
}

// start gives up being near and covers what can be covered.
func (r *repair) start(ctx context.Context) (Repaired, error) {
	found, err := Solve(ctx, *r.p, func(int, int) {})
	if err != nil {
		return Repaired{}, err
	}
	anew := r.repaired(found.Holders, false)
	anew.Open = found.Open
	return anew, nil
}

// repaired says which slots have changed hands.
func (r *repair) repaired(holders []int, proved bool) Repaired {
	out := Repaired{Solution: Solution{Holders: holders}, Proved: proved}
	for slot, holder := range r.was.Holders {
		if holders[slot] != holder && r.p.Slots[slot].Holder == Nobody {
			out.Moved = append(out.Moved, slot)
		}
	}
	return out
}
