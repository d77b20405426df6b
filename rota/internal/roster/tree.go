package roster

import (
	"container/heap"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// A prover generates columns at the root, dives for rosters, and branches until the bound meets the
// best roster.
type prover struct {
	p     *Problem
	board *board
	m     *master
	rng   *rand.Rand
	local *search // polishes what dives find
	open  nodes
	floor int     // least bound of the nodes that could not be decided
	weave *weaver // improves the best roster in between; nil when this is a part itself
	alone bool    // nobody else weaves
}

// A node is a set of rosters: those within its decisions. None of them costs less than bound.
type node struct {
	bound     int
	decisions []decision
}

type nodes []node

func (n nodes) Len() int { return len(n) }
func (n nodes) Less(i, j int) bool {
	if n[i].bound != n[j].bound {
		return n[i].bound < n[j].bound
	}
	return len(n[i].decisions) > len(n[j].decisions)
}
func (n nodes) Swap(i, j int) { n[i], n[j] = n[j], n[i] }
func (n *nodes) Push(x any)   { *n = append(*n, x.(node)) }
func (n *nodes) Pop() any {
	last := len(*n) - 1
	x := (*n)[last]
	*n = (*n)[:last]
	return x
}

func newProver(p *Problem, b *board, seed uint64, tick func() bool) *prover {
	local := newSearch(p, seed+1)
	rng := rand.New(rand.NewPCG(seed, 0x70726f7665))
	m := newMaster(p, local.f, rng)
	m.tick = tick
	return &prover{p: p, board: b, m: m, rng: rng, local: local, floor: math.MaxInt}
}

// run returns when the bound meets the best roster or the context ends.
func (v *prover) run(ctx context.Context) {
	v.open = nodes{{bound: math.MinInt}}
	for turn := 0; len(v.open) > 0 && ctx.Err() == nil; turn++ {
		v.board.prove(min(v.open[0].bound, v.floor, v.target()))
		n := heap.Pop(&v.open).(node)
		if n.bound >= v.target() {
			continue
		}
		if !v.explore(ctx, n, turn) {
			heap.Push(&v.open, n) // not done with: its bound still counts
			return
		}
	}
	if ctx.Err() == nil {
		v.board.prove(min(v.floor, v.target()))
	}
}

// target is the cost to beat.
func (v *prover) target() int { return v.board.solution().Cost }

// explore bounds a node, dives from it now and then, and splits it. It reports false when it was
// interrupted.
func (v *prover) explore(ctx context.Context, n node, turn int) bool {
	v.learn()
	l := newLimits(v.p)
	for _, d := range n.decisions {
		l.apply(d)
	}
	v.m.confine(l)
	bound, end := v.m.optimize(ctx, math.MaxInt, v.target())
	if end == unfinished {
		return false
	}
	n.bound = max(n.bound, bound)
	if len(n.decisions) == 0 {
		v.board.prove(min(n.bound, v.floor, v.target()))
	}
	if end == hopeless || n.bound >= v.target() {
		return true
	}
	split, whole := v.split()
	if whole {
		v.offer(ctx, v.chosen())
	}
	if turn == 0 {
		v.dive(ctx, l, plunge{lines: 1 + len(v.p.People)/15, rounds: 5})
	}
	if wide := v.target()-n.bound > 4; wide && n.bound < v.target() || turn%8 == 0 {
		v.dive(ctx, l, plunge{lines: 1, rounds: 12})
	}
	if v.weave != nil && v.alone {
		v.weave.run(ctx, 5)
	}
	if n.bound >= v.target() {
		return true
	}
	if whole {
		// The linear programme is whole and yet dearer than its bound: prices could not be exact here.
		// Nothing is left to split, so this bound is the last word.
		v.floor = min(v.floor, n.bound)
		return true
	}
	for _, d := range split {
		heap.Push(&v.open, node{bound: n.bound, decisions: append(slices.Clone(n.decisions), d)})
	}
	return true
}

// learn adds the lines of the best roster.
func (v *prover) learn() {
	for i, line := range v.board.solution().Roster {
		v.m.learn(i, line)
	}
}

// dive looks for a better roster below the present node, and polishes what it finds.
func (v *prover) dive(ctx context.Context, l *limits, how plunge) {
	r := v.m.dive(ctx, v.rng, how, v.target())
	if r != nil {
		v.offer(ctx, r)
	}
	v.m.confine(l)
}

func (v *prover) offer(ctx context.Context, r Roster) {
	if r == nil {
		return
	}
	if v.local.roster == nil {
		v.local.begin()
	}
	v.local.adopt(r)
	v.local.run(ctx, 40, v.board.offer)
	for i, line := range v.local.roster {
		v.m.learn(i, line)
	}
}

// chosen is the roster of a linear programme that came out whole.
func (v *prover) chosen() Roster {
	r := make(Roster, len(v.p.People))
	for j, line := range v.m.lines {
		if line != nil && v.m.lp.level(j) > 0.5 {
			r[v.m.owner[j]] = line
		}
	}
	if slices.ContainsFunc(r, func(line Line) bool { return line == nil }) {
		return nil
	}
	return r
}

// split finds two decisions between which every roster falls, and of which neither holds for the
// present linear programme. It reports whole where every line is chosen whole.
func (v *prover) split() (decisions []decision, whole bool) {
	shifts := len(v.p.Shifts)
	demand := make([]float64, len(v.p.Demand))
	works := make([][]float64, len(v.p.People))
	for i := range works {
		works[i] = make([]float64, len(v.p.Demand))
	}
	for j, line := range v.m.lines {
		x := 0.0
		if line != nil {
			x = v.m.lp.level(j)
		}
		if x < 1e-6 {
			continue
		}
		for day, s := range line {
			if s != Off {
				demand[v.p.At(day, s)] += x
				works[v.m.owner[j]][v.p.At(day, s)] += x
			}
		}
	}
	best, at := 0.1, out
	for i, x := range demand {
		if f := fraction(x); f > best {
			best, at = f, i
		}
	}
	if at != out {
		k := int(math.Floor(demand[at]))
		d := decision{person: nobody, day: at / shifts, shift: int8(at % shifts), high: k}
		e := d
		e.low, e.high = k+1, len(v.p.People)
		return []decision{d, e}, false
	}
	best = 0.001
	var d decision
	for i := range works {
		for day := range v.p.Days {
			sum := 0.0
			for s := range shifts {
				x := works[i][day*shifts+s]
				sum += x
				if f := fraction(x) * 0.5; f > best {
					best, d = f, decision{person: i, day: day, shift: int8(s)}
				}
			}
			if f := fraction(sum); f > best {
				best, d = f, decision{person: i, day: day, shift: Off}
			}
		}
	}
	if best == 0.001 {
		return nil, true
	}
	e := d
	e.not = true
	return []decision{d, e}, false
}

// fraction is the distance to the nearest whole number.
func fraction(x float64) float64 { return math.Abs(x - math.Round(x)) }
