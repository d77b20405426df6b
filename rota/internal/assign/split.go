package assign

// Split is the fairest way to share out the weight of all slots if a slot could be split: each into
// grains of the same weight, every grain going to anybody able to hold its slot, and clashes, pairs and
// limits forgotten. Whatever an assignment of whole slots gives people, a split could give them too, so
// no assignment is fairer than the fairest split.
//
// Fairest is leximax: the largest excess as small as possible, then the second largest, and so on. What
// splits can give people are the integer points of a base polyhedron, on which the greedy algorithm
// finds the leximax point (Federgruen and Groenevelt, Operations Research 34, 1986; Frank and Murota,
// "Decreasing minimization on M-convex sets", Mathematical Programming 195, 2022).
type Split struct {
	Grain  int64   // weight of a grain: the greatest common divisor of the weights
	Excess []int64 // [person] base + what the person gets
	// Reach lists for each person, in order, those to whom some of the person's weight could be passed
	// on, directly or over others; the person too. What they have, only they can hold.
	Reach [][]int
}

// SplitFairly splits the weights among the people who are able, starting from base, which is what each
// person's excess would be without any slot. able[s] must admit somebody for each slot s, and weights
// must be positive.
func SplitFairly(able [][]bool, weights []int64, base []int64) Split {
	sp := newSplitter(able, weights, base)
	for sp.left > 0 {
		person := sp.next()
		if !sp.give(person) {
			sp.full[person] = true // and stays so: what is out of reach now never comes back
		}
	}
	out := Split{Grain: sp.grain, Excess: sp.excess, Reach: make([][]int, len(base))}
	for person := range base {
		out.Reach[person] = sp.reach(person)
	}
	return out
}

// splitter is a split under way. Slots that the same people are able to hold are one class.
type splitter struct {
	grain  int64
	able   [][]bool  // [class][person]
	free   []int64   // [class] grains that nobody has yet
	has    [][]int64 // [class][person] grains
	excess []int64   // [person]
	full   []bool    // [person] cannot get any more
	left   int64     // grains that nobody has yet, in all classes
}

func newSplitter(able [][]bool, weights []int64, base []int64) *splitter {
	sp := &splitter{excess: append([]int64(nil), base...), full: make([]bool, len(base))}
	for _, w := range weights {
		sp.grain = gcd(sp.grain, w)
	}
	classes := map[string]int{}
	for s, who := range able {
		key := make([]byte, len(who))
		for person, is := range who {
			if is {
				key[person] = 1
			}
		}
		class, known := classes[string(key)]
		if !known {
			class = len(sp.able)
			classes[string(key)] = class
			sp.able, sp.free, sp.has = append(sp.able, who), append(sp.free, 0), append(sp.has, make([]int64, len(base)))
		}
		sp.free[class] += weights[s] / sp.grain
		sp.left += weights[s] / sp.grain
	}
	return sp
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// next is the person who can still get a grain and would have the least excess with it.
func (sp *splitter) next() int {
	best := -1
	for person, full := range sp.full {
		if !full && (best < 0 || sp.excess[person] < sp.excess[best]) {
			best = person
		}
	}
	return best
}

// give finds a grain for person: one that is free, or one that somebody else can pass on for another.
// It walks from person to person, breadth first, along the grains that each could take over.
func (sp *splitter) give(person int) bool {
	type step struct{ from, class int } // from takes over a grain of class
	came := make([]step, len(sp.excess))
	seen := make([]bool, len(sp.excess))
	seen[person] = true
	for queue := []int{person}; len(queue) > 0; queue = queue[1:] {
		taker := queue[0]
		for class, able := range sp.able {
			if !able[taker] {
				continue
			}
			if sp.free[class] > 0 {
				sp.free[class]--
				sp.left--
				sp.has[class][taker]++
				for taker != person {
					s := came[taker]
					sp.has[s.class][taker]--
					sp.has[s.class][s.from]++
					taker = s.from
				}
				sp.excess[person] += sp.grain
				return true
			}
			for giver, grains := range sp.has[class] {
				if grains > 0 && !seen[giver] {
					seen[giver] = true
					came[giver] = step{taker, class}
					queue = append(queue, giver)
				}
			}
		}
	}
	return false
}

// reach lists those to whom grains of person can be passed on, directly or over others.
func (sp *splitter) reach(person int) []int {
	seen := make([]bool, len(sp.excess))
	seen[person] = true
	for queue := []int{person}; len(queue) > 0; queue = queue[1:] {
		for class, able := range sp.able {
			if sp.has[class][queue[0]] == 0 {
				continue
			}
			for taker, is := range able {
				if is && !seen[taker] {
					seen[taker] = true
					queue = append(queue, taker)
				}
			}
		}
	}
	var people []int
	for p, is := range seen {
		if is {
			people = append(people, p)
		}
	}
	return people
}
