package assign

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCoverAgreesWithEnumeration asks for random slots of random problems, some of them held already,
// whether they can all be held, and compares with every assignment there is.
func TestCoverAgreesWithEnumeration(t *testing.T) {
	verdicts := map[Verdict]int{}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 2))
		p := randomProblem(r)
		around := make([]int, len(p.Slots))
		var slots []int
		for s := range around {
			if around[s] = Nobody; r.IntN(3) > 0 {
				slots = append(slots, s)
			}
		}
		var ways [][]int
		allWays(p, func(holders []int) { ways = append(ways, slices.Clone(holders)) })
		for s, h := range ways[r.IntN(len(ways))] {
			if !slices.Contains(slots, s) {
				around[s] = h
			}
		}
		possible := slices.ContainsFunc(ways, func(way []int) bool {
			for s, h := range way {
				if slices.Contains(slots, s) && h == Nobody || !slices.Contains(slots, s) && h != around[s] {
					return false
				}
			}
			return true
		})
		work := 1 << 20
		holders, verdict := NewCoverer(&p).CoverAround(around, slots, &work)
		verdicts[verdict]++
		if (verdict == Covered) != possible || verdict == Unknown {
			t.Fatalf("problem %d: verdict %d on slots %v around %v, and possible is %v", seed, verdict, slots, around, possible)
		}
		for i, s := range slots {
			around[s] = holders[i]
		}
		if problem := broken(p, around); verdict == Covered && (problem != "" || slices.Contains(holders, Nobody)) {
			t.Fatalf("problem %d: %s in %v", seed, problem, around)
		}
	}
	if verdicts[Covered] < 50 || verdicts[Impossible] < 50 {
		t.Errorf("the problems are one-sided: %v", verdicts)
	}
}

// TestCoverProvesAPigeonhole has six people alike who may hold three of any seven slots in a row each, and
// no two that touch: eighteen slots are too many for a week of twenty-one.
func TestCoverProvesAPigeonhole(t *testing.T) {
	const people, days, tiers = 6, 7, 3
	p := Problem{People: people, Weights: []int64{}, Limits: []Limit{{Max: 3, Window: days, Buckets: days}}}
	for range people {
		p.Excess, p.Exact = append(p.Excess, nil), append(p.Exact, nil)
	}
	var slots []int
	for s := range days * tiers {
		slot := Slot{Holder: Nobody, Able: slices.Repeat([]bool{true}, people), Marks: [][]int{{s / tiers}}}
		for o := range days * tiers {
			if o != s && o/tiers == s/tiers {
				slot.Clash = append(slot.Clash, o)
			}
		}
		p.Slots, slots = append(p.Slots, slot), append(slots, s)
	}
	work := 20_000
	if _, verdict := NewCoverer(&p).Cover(slots, &work); verdict != Impossible {
		t.Errorf("verdict %d on %d slots", verdict, len(slots))
	}
	work = 20_000
	if _, verdict := NewCoverer(&p).Cover(slots[3:], &work); verdict != Covered {
		t.Errorf("verdict %d on %d slots", verdict, len(slots)-3)
	}
	work = 10
	if _, verdict := NewCoverer(&p).Cover(slots, &work); verdict != Unknown {
		t.Errorf("verdict %d with next to no work allowed", verdict)
	}
}
