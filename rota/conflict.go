package rota

import (
	"cmp"
	"slices"

	"pcnrota/rota/internal/assign"
)

// Conflict is a set of duties that cannot all be covered, and what is in the way. Unless it is Hurried it is minimal:
// all of the duties but any one could be covered, and were any one of the causes not there, all of them could.
type Conflict struct {
	Duties   []Duty     // in order
	Able     []LeaderID // who could hold at least one of them, in order
	Causes   []Cause    // together in the way, the cheapest to change first; none where there are too few leaders
	Also     [][]Duty   // other duties that conflict in the same way, with the same causes
	Remedies []Remedy   // each would make Duties and Also possible, the cheapest first
	Hurried  bool       // there was no time to find out whether fewer duties or causes are a conflict
}

// All gives every duty that the conflict is about, in order.
func (c Conflict) All() []Duty {
	var all []Duty
	for _, duties := range append([][]Duty{c.Duties}, c.Also...) {
		for _, d := range duties {
			if !slices.ContainsFunc(all, func(known Duty) bool { return known.ID == d.ID }) {
				all = append(all, d)
			}
		}
	}
	SortDuties(all)
	return all
}

// alike reports whether the same is in the way.
func (c Conflict) alike(o Conflict) bool {
	return len(c.Duties) == len(o.Duties) && slices.EqualFunc(c.Causes, o.Causes, func(a, b Cause) bool { return a.Reads == b.Reads })
}

// Remedy is what would have to be otherwise for the duties of a conflict to be covered.
type Remedy struct {
	Changes []Change // all of them; one is usually enough
	Cost    int
	Around  bool // all duties for weeks around could be covered, too: nothing else is in the way there
}

// How much the exact searches may try. A search that runs out proves nothing, and nothing is claimed.
const (
	workWindow = 40_000 // on one stretch of a rota
	workTest   = 20_000 // on the duties of a conflict
)

// conflict looks into one duty of a rota that nobody holds: how many duties around it have to be taken
// together for it to be impossible. It gives false where that is not proved.
func (p *planner) conflict(q *inquiry, exact *assign.Coverer, hole int) (Conflict, bool) {
	covered := func(slots []int, most int) assign.Verdict {
		return q.test(len(slots), most, func(work *int) assign.Verdict {
			_, verdict := exact.Cover(slots, work)
			return verdict
		})
	}
	for _, window := range p.windows(hole) {
		switch covered(window, workWindow) {
		case assign.Covered:
			continue
		case assign.Unknown:
			return Conflict{}, false // and a wider window is harder still
		}
		near := p.nearest(window, hole)
		core := pick(near, minimal(len(near), func(keep []int) bool {
			slots := pick(near, keep)
			slices.Sort(slots)
			return covered(slots, workTest) == assign.Impossible
		}))
		slices.Sort(core)
		return p.inquire(q, pick(p.duties, core)), true
	}
	return Conflict{}, false
}

// windows gives the duties around a hole, on its day and then over more and more days.
func (p *planner) windows(hole int) [][]int {
	var windows [][]int
	day := p.duties[hole].Start.Date
	for _, reach := range []int{0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56} {
		window := p.between(day.AddDays(-reach), day.AddDays(reach))
		if n := len(windows); n == 0 || len(windows[n-1]) < len(window) {
			windows = append(windows, window)
		}
	}
	return windows
}

// between gives the slots of the duties that start on the days from first to last and have not begun.
func (p *planner) between(first, last Date) []int {
	var slots []int
	for s, d := range p.duties {
		if _, begun := p.begun[d.ID]; !begun && !d.Start.Date.Before(first) && !d.Start.Date.After(last) {
			slots = append(slots, s)
		}
	}
	return slots
}

// nearest sorts slots by how close their duties are to the hole, in time.
func (p *planner) nearest(slots []int, hole int) []int {
	away := func(s int) int {
		gap := p.duties[hole].Start.Date.DaysUntil(p.duties[s].Start.Date)
		return max(gap, -gap)
	}
	slots = slices.Clone(slots)
	slices.SortStableFunc(slots, func(a, b int) int {
		return cmp.Or(cmp.Compare(away(a), away(b)), cmp.Compare(max(a-hole, hole-a), max(b-hole, hole-b)))
	})
	return slots
}

// inquire finds out what is in the way of duties that cannot all be covered.
func (p *planner) inquire(q *inquiry, duties []Duty) Conflict {
	c := Conflict{Duties: duties, Causes: p.inTheWay(q, duties), Hurried: q.over()}
	for _, l := range p.Leaders {
		if slices.ContainsFunc(duties, func(d Duty) bool { return p.bar(l, d) == "" }) {
			c.Able = append(c.Able, l.ID)
		}
	}
	return c
}

// inTheWay gives a minimal set of causes for which the duties cannot all be covered, or a larger one where the inquiry
// is over. Cheap ones are preferred.
func (p *planner) inTheWay(q *inquiry, duties []Duty) []Cause {
	all := p.causes(duties)
	here := p.within(duties)
	return pick(all, minimal(len(all), func(keep []int) bool {
		without := here
		for i, c := range all {
			if !slices.Contains(keep, i) {
				without = c.Lift(without)
			}
		}
		return q.coverable(without, duties) == assign.Impossible
	}))
}

// coverable decides whether the duties could all be covered if there were no others but those held. It takes what it
// tries off work.
func (p Problem) coverable(duties []Duty, work *int) assign.Verdict {
	first, last := duties[0].Start.Date, duties[len(duties)-1].Start.Date
	p.From, p.Until = first, last.AddDays(1)
	plan := tablesOf(p)
	var slots []int
	for s, d := range plan.duties {
		if slices.ContainsFunc(duties, func(asked Duty) bool { return asked.ID == d.ID }) {
			slots = append(slots, s)
		}
	}
	problem := plan.compile()
	_, verdict := assign.NewCoverer(&problem).Cover(slots, work)
	return verdict
}

// minimal gives a smallest part of the items from 0 up to n that still is a conflict, in the sense that
// nothing can be taken from it: QuickXplain (Junker, "QuickXplain: Preferred explanations and relaxations
// for over-constrained problems", AAAI 2004). All items together must be a conflict. Earlier items are
// preferred to later ones.
func minimal(n int, conflict func(keep []int) bool) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	if n == 0 || conflict(nil) {
		return nil
	}
	found := quickXplain(nil, nil, all, conflict)
	slices.Sort(found)
	return found
}

// quickXplain finds what of candidates is needed next to background. Added is what came to background last.
func quickXplain(background, added, candidates []int, conflict func(keep []int) bool) []int {
	if len(added) > 0 && conflict(background) {
		return nil
	}
	if len(candidates) == 1 {
		return candidates
	}
	half := len(candidates) / 2
	first, second := candidates[:half], candidates[half:]
	needed := quickXplain(slices.Concat(background, first), first, second, conflict)
	return slices.Concat(quickXplain(slices.Concat(background, needed), needed, first, conflict), needed)
}

// pick gives the items of those numbers.
func pick[T any](items []T, numbers []int) []T {
	out := make([]T, len(numbers))
	for i, n := range numbers {
		out[i] = items[n]
	}
	return out
}
