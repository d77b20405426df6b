package assign

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// plenty of work is never used up by the small problems here.
const plenty = 1 << 40

// randomRepair is an assignment that was good once, and what it has to fit now.
func randomRepair(r *rand.Rand) (Problem, Published, bool) {
	p := randomProblem(r)
	p.Steps = 300
	before := p
	before.Slots = slices.Clone(p.Slots)
	for s := range before.Slots {
		before.Slots[s].Able = slices.Repeat([]bool{true}, p.People)
	}
	solution, err := Solve(context.Background(), before, nothing)
	if err != nil || len(solution.Open) > 0 {
		return p, Published{}, false
	}
	was := Published{Holders: solution.Holders}
	for s := range p.Slots {
		p.Slots[s].Exact = []int64{p.Slots[s].Load[0], 0}
		p.Slots[s].Able = slices.Clone(before.Slots[s].Able)
		switch r.IntN(8) {
		case 0, 1:
			p.Slots[s].Able[was.Holders[s]] = false
		case 2:
			p.Slots[s].Holder = was.Holders[s]
		case 3:
			p.Slots[s].Able[r.IntN(p.People)] = false
		}
		was.Frozen = append(was.Frozen, r.IntN(3) == 0)
		was.Start = append(was.Start, int64(s/2))
	}
	if r.IntN(4) == 0 {
		was.Holders[len(was.Holders)-1] = Nobody
		p.Slots[len(was.Holders)-1].Holder = Nobody
	}
	return p, was, true
}

// worth says how good a repair is: smaller is better in the first place where two differ.
func worth(p Problem, was Published, holders []int) []int64 {
	frozen, moved := int64(0), int64(0)
	late := make([]int64, len(holders))
	excess := make([]int64, p.People)
	for person := range excess {
		excess[person] = p.Exact[person][0]
	}
	for s, h := range holders {
		excess[h] += p.Slots[s].Exact[0]
		if h == was.Holders[s] || p.Slots[s].Holder != Nobody {
			continue
		}
		late[moved] = -was.Start[s]
		moved++
		if was.Frozen[s] {
			frozen++
		}
	}
	return slices.Concat([]int64{frozen, moved}, late, leximax(excess))
}

// bestRepair tries every assignment.
func bestRepair(p Problem, was Published) (best []int64) {
	holders := make([]int, len(p.Slots))
	var fill func(s int)
	fill = func(s int) {
		if s < len(holders) {
			for h := range p.People {
				clashes := slices.ContainsFunc(p.Slots[s].Clash, func(other int) bool { return other < s && holders[other] == h })
				if fixed := p.Slots[s].Holder; p.Slots[s].Able[h] && !clashes && (fixed == Nobody || fixed == h) {
					holders[s] = h
					fill(s + 1)
				}
			}
			return
		}
		if broken(p, holders) == "" {
			if m := worth(p, was, holders); best == nil || slices.Compare(m, best) < 0 {
				best = m
			}
		}
	}
	fill(0)
	return best
}

// TestRepairReachesTheEnumeratedOptimum compares repairs with brute force.
func TestRepairReachesTheEnumeratedOptimum(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(120) {
		p, was, ok := randomRepair(rand.New(rand.NewPCG(seed, 8)))
		if !ok {
			continue
		}
		repaired, err := Repair(context.Background(), p, was, plenty)
		if err != nil {
			t.Fatal(err)
		}
		best := bestRepair(p, was)
		switch {
		case best == nil:
			kinds["hopeless"]++
			if len(repaired.Open) == 0 {
				t.Fatalf("problem %d: %v cannot be", seed, repaired.Holders)
			}
			continue
		case len(repaired.Open) > 0:
			t.Fatalf("problem %d is called hopeless", seed)
		}
		if problem := broken(p, repaired.Holders); problem != "" {
			t.Fatalf("problem %d: %s in %v", seed, problem, repaired.Holders)
		}
		if got := worth(p, was, repaired.Holders); slices.Compare(got, best) != 0 {
			t.Errorf("problem %d: %v was found, and %v is possible", seed, got, best)
		}
		if !repaired.Proved || len(repaired.Moved) != int(best[1]) {
			t.Errorf("problem %d: moved %v, proved %t", seed, repaired.Moved, repaired.Proved)
		}
		kinds[fmt.Sprintf("%d more", int(best[1])-forced(p, was))]++
	}
	for _, kind := range []string{"hopeless", "0 more", "1 more", "2 more"} {
		if kinds[kind] < 3 {
			t.Errorf("the problems are %v: too few of kind %s", kinds, kind)
		}
	}
}

// forced counts the slots that cannot stay, whatever becomes of the others.
func forced(p Problem, was Published) (n int) {
	for s, h := range was.Holders {
		if p.Slots[s].Holder == Nobody && (h == Nobody || !p.Slots[s].Able[h]) {
			n++
		}
	}
	return n
}

// TestAnUnprovedRepairIsWhole stops the search early: the repair covers everything, keeps every rule and
// does not claim more than it knows.
func TestAnUnprovedRepairIsWhole(t *testing.T) {
	unproved := 0
	for seed := range uint64(50) {
		p, was, ok := randomRepair(rand.New(rand.NewPCG(seed, 8)))
		if !ok {
			continue
		}
		best := bestRepair(p, was)
		for _, effort := range []int{0, 20, 100, 400} {
			repaired, err := Repair(context.Background(), p, was, effort)
			if err != nil {
				t.Fatal(err)
			}
			if best == nil {
				continue
			}
			if problem := broken(p, repaired.Holders); problem != "" || len(repaired.Open) > 0 {
				t.Fatalf("problem %d: %q, %v is open", seed, problem, repaired.Open)
			}
			got := worth(p, was, repaired.Holders)
			fewest := 2 + len(p.Slots) // what is proved; fairness is not
			if repaired.Proved && slices.Compare(got[:fewest], best[:fewest]) != 0 {
				t.Errorf("problem %d: %v is called the best, and %v is possible", seed, got, best)
			}
			if !repaired.Proved {
				unproved++
			}
		}
	}
	if unproved < 20 {
		t.Errorf("only %d repairs were unproved: the test shows nothing", unproved)
	}
}

// TestAHitIsBest compares the search for hitting sets with brute force.
func TestAHitIsBest(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		const slots = 10
		h := repair{effort: plenty, ctx: context.Background()}
		for range slots {
			h.was.Frozen = append(h.was.Frozen, r.IntN(2) == 0)
			h.was.Start = append(h.was.Start, r.Int64N(4))
		}
		for range 1 + r.IntN(7) {
			var core []int
			for range 1 + r.IntN(4) {
				core = insert(core, r.IntN(slots))
			}
			h.cores = append(h.cores, core)
		}
		set, _ := h.hit()
		judge := hitter{repair: &h}
		var best [][]int
		for bits := range 1 << slots {
			var other []int
			for s := range slots {
				if bits>>s&1 == 1 {
					other = append(other, s)
				}
			}
			if slices.ContainsFunc(h.cores, func(core []int) bool { return !meets(core, other) }) {
				continue
			}
			if best == nil || judge.compare(other, best[0]) < 0 {
				best = nil
			}
			if best == nil || judge.compare(other, best[0]) == 0 {
				best = append(best, other)
			}
		}
		if judge.compare(set, best[0]) != 0 {
			t.Fatalf("%v: %v hits them, and %v is better", h.cores, set, best[0])
		}
		equals := h.equals(set)
		if want := min(len(best), alike); len(equals) != want {
			t.Fatalf("%v: %d sets are as good, found %d", h.cores, len(best), len(equals))
		}
		slices.SortFunc(equals, func(a, b []int) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
		if len(slices.CompactFunc(slices.Clone(equals), slices.Equal)) != len(equals) {
			t.Fatalf("%v: one set twice in %v", h.cores, equals)
		}
	}
}
