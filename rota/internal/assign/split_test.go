package assign

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestNoAssignmentIsFairerThanTheSplit enumerates all assignments of small problems, whole slots to able
// people, and all splits into grains: the split found must be the best split, and no assignment better.
func TestNoAssignmentIsFairerThanTheSplit(t *testing.T) {
	reached := 0
	for seed := range uint64(400) {
		able, weights, base := randomSplit(rand.New(rand.NewPCG(seed, 2)))
		got := SplitFairly(able, weights, base)
		found := descending(got.Excess)
		if best := bestSplit(able, weights, base, got.Grain); slices.Compare(found, best) != 0 {
			t.Errorf("problem %d: the split has excesses %v, but %v is possible", seed, found, best)
		}
		best := bestSplit(able, weights, base, 0)
		if slices.Compare(best, found) < 0 {
			t.Errorf("problem %d: the assignment %v is fairer than the split %v", seed, best, found)
		}
		if slices.Compare(best, found) == 0 {
			reached++
		}
	}
	if reached == 0 {
		t.Error("no assignment is as fair as the split: the bound says nothing")
	}
}

func randomSplit(r *rand.Rand) (able [][]bool, weights, base []int64) {
	people, slots := 2+r.IntN(3), 1+r.IntN(4)
	for range people {
		base = append(base, -r.Int64N(5000))
	}
	for range slots {
		who := make([]bool, people)
		for i := range who {
			who[i] = r.IntN(3) > 0
		}
		who[r.IntN(people)] = true
		able, weights = append(able, who), append(weights, 500*(1+r.Int64N(3)))
	}
	return able, weights, base
}

// bestSplit tries everything: whole slots where grain is 0, otherwise every grain by itself.
func bestSplit(able [][]bool, weights, base []int64, grain int64) []int64 {
	excess := slices.Clone(base)
	var best []int64
	var fill func(slot int, left int64)
	fill = func(slot int, left int64) {
		if slot == len(able) {
			if d := descending(excess); best == nil || slices.Compare(d, best) < 0 {
				best = d
			}
			return
		}
		if left == 0 {
			next := int64(0)
			if slot+1 < len(able) {
				next = weights[slot+1]
			}
			fill(slot+1, next)
			return
		}
		part := left
		if grain > 0 {
			part = grain
		}
		for person, is := range able[slot] {
			if is {
				excess[person] += part
				fill(slot, left-part)
				excess[person] -= part
			}
		}
	}
	fill(0, weights[0])
	return best
}

func descending(xs []int64) []int64 {
	out := slices.Clone(xs)
	slices.Sort(out)
	slices.Reverse(out)
	return out
}
