package assign

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

func nothing(int, int) {}

// TestSolveReachesTheEnumeratedOptimum compares the search with brute force on problems small enough
// to try every assignment: by open slots, then by the leximax vectors, dimension by dimension, then by who is
// passed over, then by taste.
func TestSolveReachesTheEnumeratedOptimum(t *testing.T) {
	passing := 0
	for seed := range uint64(40) {
		p := randomProblem(rand.New(rand.NewPCG(seed, 1)))
		solution, err := Solve(context.Background(), p, nothing)
		if err != nil {
			t.Fatal(err)
		}
		if problem := broken(p, solution.Holders); problem != "" {
			t.Fatalf("problem %d: %s in %v", seed, problem, solution.Holders)
		}
		found, best := judge(p, solution.Holders), enumerate(p)
		if slices.Compare(found, best) != 0 {
			t.Errorf("problem %d: found %v, but %v is possible", seed, found, best)
		}
		if best[len(best)-2] > 0 {
			passing++
		}
	}
	if passing == 0 || passing == 100 {
		t.Errorf("in %d of 100 problems somebody is passed over: there should be both kinds", passing)
	}
}

// TestNoMoreIsSpentThanAllowed compares what is found within a tolerance with brute force: no place of any
// vector above the fairest by more, and within that nothing that is better in who is passed over, in taste, and
// last in fairness.
func TestNoMoreIsSpentThanAllowed(t *testing.T) {
	spent, missed := 0, 0
	for seed := range uint64(10) {
		p := randomProblem(rand.New(rand.NewPCG(seed, 2)))
		p.Steps, p.Tolerance = 4000, 1000*int64(1+seed%2)
		fairest := enumerate(p)
		most := slices.Clone(fairest)
		for i := range most[2 : len(most)-2] { // the vectors alone
			most[2+i] += p.Tolerance
		}
		var best []int64
		allWays(p, func(holders []int) {
			merits := judge(p, holders)
			if merits[0] == most[0] && merits[1] == most[1] && below(merits[:len(merits)-2], most) {
				if merits = lastFirst(merits); best == nil || slices.Compare(merits, best) < 0 {
					best = merits
				}
			}
		})
		solution, err := Solve(context.Background(), p, nothing)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Compare(judge(p, solution.Fairest), fairest) != 0 {
			missed++
			continue
		}
		found := judge(p, solution.Holders)
		if !below(found[:len(found)-2], most) {
			t.Errorf("problem %d: found %v, and no more is allowed than %v", seed, found, most)
		}
		if slices.Compare(lastFirst(found), best) != 0 {
			t.Errorf("problem %d: found %v, but %v is possible", seed, lastFirst(found), best)
		}
		if slices.Compare(found, fairest) != 0 {
			spent++
		}
	}
	if spent == 0 || missed > 1 {
		t.Errorf("in %d problems something was spent, in %d the fairest was not found", spent, missed)
	}
}

// lastFirst puts who is passed over and taste before fairness, and after what is open.
func lastFirst(merits []int64) []int64 {
	n := len(merits) - 2
	return slices.Concat(merits[:2], merits[n:], merits[2:n])
}

func below(merits, most []int64) bool {
	for i, m := range merits {
		if m > most[i] {
			return false
		}
	}
	return true
}

func TestSolveIsDeterministic(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(7, 7)))
	first, _ := Solve(context.Background(), p, nothing)
	second, _ := Solve(context.Background(), p, nothing)
	if !slices.Equal(first.Holders, second.Holders) {
		t.Errorf("the same problem gave %v and %v", first.Holders, second.Holders)
	}
}

func TestSolveStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Solve(ctx, randomProblem(rand.New(rand.NewPCG(1, 1))), nothing); err != context.Canceled {
		t.Errorf("Solve after cancel: error %v, want %v", err, context.Canceled)
	}
}

func TestASearchUntilStoppedGivesWhatItHasFound(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 1)))
	for seed := uint64(3); enumerate(p)[0] > 0; seed++ {
		p = randomProblem(rand.New(rand.NewPCG(seed, 1)))
	}
	p.UntilStopped = true
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	solution, err := Solve(ctx, p, func(int, int) {
		if calls++; calls == 40 {
			cancel()
		}
	})
	if err != nil || broken(p, solution.Holders) != "" || len(solution.Open) > 0 {
		t.Errorf("stopped after 40 looks: %v, error %v", solution, err)
	}
}

func TestProgressEndsAtAll(t *testing.T) {
	done, of := 0, 1
	p := randomProblem(rand.New(rand.NewPCG(3, 1)))
	if _, err := Solve(context.Background(), p, func(d, o int) {
		if d < done {
			t.Errorf("progress went back from %d to %d", done, d)
		}
		done, of = d, o
	}); err != nil {
		t.Fatal(err)
	}
	if done != of {
		t.Errorf("progress ended at %d of %d", done, of)
	}
}

func randomProblem(r *rand.Rand) Problem {
	people, slots := 2+r.IntN(3), 4+r.IntN(4)
	p := Problem{People: people, Slots: make([]Slot, slots), Weights: []int64{20, 3}, Crowd: 1500, PassOver: 5000, Seed: r.Uint64(), Steps: 2000, Starts: 4}
	p.Limits = []Limit{
		{Max: 2, Window: 3, Buckets: slots},
		{Max: 1, Window: 2, Buckets: slots, Distinct: true},
		{Window: 1 + r.IntN(3), Buckets: slots + 2},
		{Max: 2, Window: 1 + r.IntN(4), Buckets: slots + 2, Distinct: true},
	}
	p.Prices = make([][]int64, 2)
	for range people {
		start := []int64{-r.Int64N(6) * 1000, -r.Int64N(3) * 1000}
		p.Excess = append(p.Excess, start)
		p.Exact = append(p.Exact, start)
		p.Limits[2].MaxOf = append(p.Limits[2].MaxOf, 3+r.IntN(4))
		p.Limits[3].Price = append(p.Limits[3].Price, r.Int64N(3)*700)
		p.Prices[0] = append(p.Prices[0], 900)
		p.Prices[1] = append(p.Prices[1], []int64{Never, 1300}[r.IntN(2)])
	}
	for s := range p.Slots {
		slot := &p.Slots[s]
		slot.Holder = Nobody
		heavy := 1000 * (1 + r.Int64N(3))
		slot.Load = []int64{heavy, heavy * int64(r.IntN(2))}
		slot.Exact = slot.Load
		slot.Marks, slot.Counts = make([][]int, 4), make([][]int, 4)
		slot.Marks[0] = []int{s / 2}
		if r.IntN(3) == 0 {
			slot.Marks[1] = []int{s / 2}
		}
		for b := s; b < s+3; b++ { // several buckets, not always side by side
			if r.IntN(2) == 0 {
				slot.Marks[2], slot.Counts[2] = append(slot.Marks[2], b), append(slot.Counts[2], 1+r.IntN(2))
			}
			if r.IntN(2) == 0 {
				slot.Marks[3] = append(slot.Marks[3], b)
			}
		}
		for range people {
			slot.Able = append(slot.Able, r.IntN(5) > 0)
			slot.Cost = append(slot.Cost, r.Int64N(3)*1000)
		}
	}
	for s := range slots - 1 {
		if r.IntN(2) == 0 {
			p.Slots[s].Clash = append(p.Slots[s].Clash, s+1)
			p.Slots[s+1].Clash = append(p.Slots[s+1].Clash, s)
		} else {
			p.Slots[s].Near = append(p.Slots[s].Near, s+1)
			p.Slots[s+1].Near = append(p.Slots[s+1].Near, s)
		}
	}
	for s := range slots - 2 {
		if r.IntN(3) == 0 {
			rule := r.IntN(2)
			p.Slots[s].Ties = append(p.Slots[s].Ties, Tie{s + 2, rule})
			p.Slots[s+2].Ties = append(p.Slots[s+2].Ties, Tie{s, rule})
		}
	}
	p.Pairs = []Pair{
		{A: 0, B: 1, Forbid: func(a, b int) bool { return (a+b)%2 == 1 }},
		{A: 2, B: 3, Forbid: func(a, b int) bool { return a <= b }, Price: 800},
	}
	p.Rounds = []Round{randomRound(r, people, []int{0, 1}, []int{slots - 1}), randomRound(r, people, []int{2, 3})}
	return p
}

func randomRound(r *rand.Rand, people int, turns ...[]int) Round {
	var round Round
	for range people {
		round.Last = append(round.Last, r.IntN(4))
	}
	for i, slots := range turns {
		turn := Turn{When: 10 + i, Slots: slots}
		for range people {
			turn.Could = append(turn.Could, r.IntN(4) > 0)
		}
		round.Turns = append(round.Turns, turn)
	}
	return round
}

// broken names a constraint that the assignment breaks, worked out from the problem alone.
func broken(p Problem, holders []int) string {
	for s, h := range holders {
		if h == Nobody {
			continue
		}
		if !p.Slots[s].Able[h] {
			return "an unable holder"
		}
		for _, c := range p.Slots[s].Clash {
			if holders[c] == h {
				return "a clash"
			}
		}
	}
	for s, h := range holders {
		for _, tie := range p.Slots[s].Ties {
			if h != Nobody && holders[tie.Slot] == h && p.Prices[tie.Rule][h] == Never {
				return "a tie"
			}
		}
	}
	for _, pair := range p.Pairs {
		if a, b := holders[pair.A], holders[pair.B]; pair.Price == 0 && a != Nobody && b != Nobody && pair.Forbid(a, b) {
			return "a forbidden pair"
		}
	}
	for l, limit := range p.Limits {
		for person := range p.People {
			for from := range limit.Buckets {
				if n, _ := counted(p, holders, l, person, from); n > limit.most(person) && limit.price(person) == 0 {
					return "a limit"
				}
			}
		}
	}
	return ""
}

// counted gives what limit l counts of person in the window from a bucket on, and in that bucket alone.
func counted(p Problem, holders []int, l, person, from int) (n, opening int) {
	in := make([]int, p.Limits[l].Window)
	for s, h := range holders {
		for i, b := range p.Slots[s].Marks[l] {
			if h == person && b >= from && b < from+p.Limits[l].Window {
				in[b-from] += p.counts(l, s, i)
			}
		}
	}
	for i := range in {
		if p.Limits[l].Distinct {
			in[i] = min(in[i], 1)
		}
		n += in[i]
	}
	return n, in[0]
}

// judge says how good an assignment is, in the order of what matters; less is better.
func judge(p Problem, holders []int) []int64 {
	open, weight, taste := int64(0), int64(0), int64(0)
	for s, h := range holders {
		if h == Nobody {
			open++
			weight += p.Slots[s].Exact[0]
		} else {
			taste += p.Slots[s].Cost[h]
		}
		for _, near := range p.Slots[s].Near {
			if near > s && h != Nobody && holders[near] == h {
				taste += p.Crowd
			}
		}
		for _, tie := range p.Slots[s].Ties {
			if tie.Slot > s && h != Nobody && holders[tie.Slot] == h {
				taste += p.Prices[tie.Rule][h]
			}
		}
	}
	for _, pair := range p.Pairs {
		if a, b := holders[pair.A], holders[pair.B]; a != Nobody && b != Nobody && pair.Forbid(a, b) {
			taste += pair.Price
		}
	}
	merits := []int64{open, weight}
	for _, vector := range vectors(p, holders) {
		merits = append(merits, vector...)
	}
	return append(merits, passedOver(p, holders), taste+overfull(p, holders))
}

// overfull charges every window that begins with something counted and holds too much.
func overfull(p Problem, holders []int) (cost int64) {
	for l, limit := range p.Limits {
		for person := range p.People {
			for from := range limit.Buckets {
				if n, opening := counted(p, holders, l, person, from); opening > 0 && n > limit.most(person) {
					cost += limit.price(person)
				}
			}
		}
	}
	return cost
}

// vectors gives the excesses in each dimension, the largest first.
func vectors(p Problem, holders []int) [][]int64 {
	all := make([][]int64, len(p.Weights))
	for d := range all {
		for person := range p.People {
			e := p.Exact[person][d]
			for s, h := range holders {
				if h == person {
					e += p.Slots[s].Exact[d]
				}
			}
			all[d] = append(all[d], e)
		}
		slices.Sort(all[d])
		slices.Reverse(all[d])
	}
	return all
}

// passedOver counts pairs: one has a turn, though the other could have had it and had it longer ago.
func passedOver(p Problem, holders []int) (count int64) {
	for _, round := range p.Rounds {
		last := slices.Clone(round.Last)
		for _, turn := range round.Turns {
			has := make([]bool, p.People)
			for _, slot := range turn.Slots {
				if holders[slot] != Nobody {
					has[holders[slot]] = true
				}
			}
			for i := range p.People {
				for j := range p.People {
					if has[i] && !has[j] && turn.Could[j] && last[j] < last[i] {
						count++
					}
				}
			}
			for i := range p.People {
				if has[i] {
					last[i] = turn.When
				}
			}
		}
	}
	return count
}

func enumerate(p Problem) (best []int64) {
	allWays(p, func(holders []int) {
		if merits := judge(p, holders); best == nil || slices.Compare(merits, best) < 0 {
			best = merits
		}
	})
	return best
}

// allWays gives every assignment that breaks no constraint.
func allWays(p Problem, look func(holders []int)) {
	holders := make([]int, len(p.Slots))
	var fill func(s int)
	fill = func(s int) {
		if s == len(holders) {
			if broken(p, holders) == "" {
				look(holders)
			}
			return
		}
		for h := Nobody; h < p.People; h++ {
			holders[s] = h
			fill(s + 1)
		}
	}
	fill(0)
}
