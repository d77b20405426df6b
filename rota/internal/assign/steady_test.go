package assign

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWhoHeldItCountsLast compares with brute force: what is found is as good as without a look at who held
// what, and of all assignments that are as good, none changes fewer hands.
func TestWhoHeldItCountsLast(t *testing.T) {
	changed := 0
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := randomProblem(r)
		p.Crowd = 0
		for s := range p.Slots {
			p.Slots[s].Cost = make([]int64, p.People) // so that many are as good
			p.Was = append(p.Was, r.IntN(p.People))
		}
		found, err := Solve(context.Background(), p, nothing)
		if err != nil {
			t.Fatal(err)
		}
		best, fewest := enumerate(p), fewestChanges(p)
		if got := judge(p, found.Holders); slices.Compare(got, best) != 0 {
			t.Errorf("problem %d: found %v, but %v is possible", seed, got, best)
		}
		if got := changes(p, found.Holders); got != fewest {
			t.Errorf("problem %d: %d change hands, and %d could", seed, got, fewest)
		}
		p.Was = nil
		if free, _ := Solve(context.Background(), p, nothing); !slices.Equal(free.Holders, found.Holders) {
			changed++
		}
		p.Was = found.Holders
		if again, _ := Solve(context.Background(), p, nothing); !slices.Equal(again.Holders, found.Holders) {
			t.Errorf("problem %d: %v became %v, although nothing has changed", seed, found.Holders, again.Holders)
		}
	}
	if changed == 0 {
		t.Error("it never made a difference who held what")
	}
}

func changes(p Problem, holders []int) (n int) {
	for slot, holder := range holders {
		if holder != Nobody && holder != p.Was[slot] {
			n++
		}
	}
	return n
}

// fewestChanges looks at all assignments that are as good as any.
func fewestChanges(p Problem) int {
	best, fewest := enumerate(p), len(p.Slots)
	holders := make([]int, len(p.Slots))
	var fill func(s int)
	fill = func(s int) {
		if s == len(holders) {
			if broken(p, holders) == "" && changes(p, holders) < fewest && slices.Compare(judge(p, holders), best) == 0 {
				fewest = changes(p, holders)
			}
			return
		}
		for h := Nobody; h < p.People; h++ {
			holders[s] = h
			fill(s + 1)
		}
	}
	fill(0)
	return fewest
}
