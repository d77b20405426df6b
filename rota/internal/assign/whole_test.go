package assign

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestLumpsAreSharedOutBest compares what shareWhole finds with every way to give whole slots away.
func TestLumpsAreSharedOutBest(t *testing.T) {
	for seed := range uint64(200) {
		p := lumpyProblem(rand.New(rand.NewPCG(seed, 9)))
		s, slots := newState(&p), freeSlots(&p)
		most := int64(1 << 60)
		if !s.shareWhole(1, slots, most) {
			t.Fatalf("problem %d: the search did not end", seed)
		}
		if best := bestWhole(newState(&p), slots); slices.Compare(leximax(s.exact[1]), best) != 0 {
			t.Errorf("problem %d: found %v, but %v is possible", seed, leximax(s.exact[1]), best)
		}
	}
}

func lumpyProblem(r *rand.Rand) Problem {
	p := Problem{People: 3 + r.IntN(2), Weights: []int64{400, 40}}
	for range p.People {
		owed := -r.Int64N(9000)
		p.Exact, p.Excess = append(p.Exact, []int64{0, owed}), append(p.Excess, []int64{0, owed})
	}
	for range 2 + r.IntN(5) {
		weight := []int64{2000, 4000, 6000, 8000, 12000}[r.IntN(5)]
		slot := Slot{Holder: Nobody, Able: make([]bool, p.People), Load: []int64{weight, weight}, Exact: []int64{weight, weight}}
		for person := range slot.Able {
			slot.Able[person] = r.IntN(4) > 0
		}
		slot.Able[r.IntN(p.People)] = true
		p.Slots = append(p.Slots, slot)
	}
	return p
}

func bestWhole(s *state, slots []int) (best []int64) {
	if len(slots) == 0 {
		return leximax(s.exact[1])
	}
	for person := range s.p.People {
		if !s.may(slots[0], person) {
			continue
		}
		s.put(slots[0], person)
		if found := bestWhole(s, slots[1:]); best == nil || slices.Compare(found, best) < 0 {
			best = found
		}
		s.drop(slots[0])
	}
	return best
}
