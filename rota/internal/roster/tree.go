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
	dived int     // linear programmes of dives so far
	turn  int     // nodes so far
	aim   int     // cost below which the present tree looks for rosters
	root  int     // bound of the first node of all
}

// A node is a set of rosters: those within its limits. None of them costs less than bound.
type node struct {
	bound  int
	depth  int // decisions so far
	limits *limits
}

type nodes []node

func (n nodes) Len() int { return len(n) }
func (n nodes) Less(i, j int) bool {
	if n[i].bound != n[j].bound {
		return n[i].bound < n[j].bound
	}
	return n[i].depth > n[j].depth
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

// run returns when the bound meets the best roster or the context ends. A tree that looks for a roster
// just above the bound is small, because so much can be taken out of it: so the first tree aims there,
// and the next ones ever higher, until one aims at the cost to beat.
func (v *prover) run(ctx context.Context) {
	for v.aim = math.MaxInt; ctx.Err() == nil; {
		v.floor = math.MaxInt
		if !v.search(ctx) || v.floor < v.goal() {
			return
		}
		v.aim = v.above(v.goal())
	}
}

// search goes through all rosters cheaper than the goal, and reports false when it was interrupted.
func (v *prover) search(ctx context.Context) bool {
	v.open = nodes{{bound: v.board.solution().Bound, limits: newLimits(v.p)}}
	for ; len(v.open) > 0 && ctx.Err() == nil; v.turn++ {
		least := min(v.open[0].bound, v.floor, v.goal())
		v.board.prove(least)
		if v.turn > 0 {
			v.aim = min(v.aim, v.above(least))
		}
		n := heap.Pop(&v.open).(node)
		if n.bound >= v.goal() {
			continue
		}
		if !v.explore(ctx, n) {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	v.board.prove(min(v.floor, v.goal()))
	return true
}

// above is where to aim over a bound: a quarter of the way to the cost to beat, or as high as that where
// the way from the root is long. Then little can be taken out, and the next tree would repeat the last.
func (v *prover) above(bound int) int {
	if v.target()-v.root > longWay {
		return math.MaxInt
	}
	return bound + 1 + (v.target()-bound-1)/4
}

const longWay = 16

// target is the cost to beat.
func (v *prover) target() int { return v.board.solution().Cost }

// goal is the cost below which rosters are looked for now.
func (v *prover) goal() int { return min(v.aim, v.target()) }

// explore bounds a node, dives from it now and then, and splits it. It reports false when it was
// interrupted.
func (v *prover) explore(ctx context.Context, n node) bool {
	v.learn()
	l := n.limits
	end := v.bound(ctx, &n)
	if end == unfinished {
		return false
	}
	if n.depth == 0 {
		v.board.prove(min(n.bound, v.goal()))
	}
	if end == hopeless || n.bound >= v.goal() {
		return true
	}
	split, whole := v.branch(ctx, &n)
	if whole {
		v.offer(ctx, v.chosen())
	}
	if v.turn == 0 {
		v.dive(ctx, l, plunge{lines: 1 + len(v.p.People)/15, rounds: 5})
	}
	if n.bound < v.target() && v.mayDive(n.bound) {
		v.dive(ctx, l, plunge{lines: 1, rounds: 12})
	}
	if v.weave != nil && v.alone && !v.near(n.bound) {
		v.weave.run(ctx, 5)
	}
	if n.bound >= v.goal() {
		return true
	}
	if whole {
		// The linear programme is whole and yet dearer than its bound: prices could not be exact here.
		// Nothing is left to split, so this bound is the last word.
		v.floor = min(v.floor, n.bound)
		return true
	}
	for _, d := range []decision{split.either, split.or} {
		child := l.clone()
		child.apply(d)
		heap.Push(&v.open, node{bound: n.bound, depth: n.depth + 1, limits: child})
	}
	return true
}

// bound raises the bound of a node and narrows its limits, in turns while that shuts out lines that the
// linear programme has chosen.
func (v *prover) bound(ctx context.Context, n *node) outcome {
	if n.depth == 0 { // on a long horizon it takes long until the first linear programme ends
		v.m.heard = func(bound int) { v.board.prove(min(bound, v.goal())) }
		defer func() { v.m.heard = nil }()
	}
	for range 4 {
		v.m.confine(n.limits)
		bound, end := v.m.optimize(ctx, math.MaxInt, v.goal())
		if end == unfinished {
			return end
		}
		n.bound = max(n.bound, bound)
		if end == hopeless || n.bound >= v.goal() {
			return hopeless
		}
		if v.turn == 0 {
			v.root = n.bound
		}
		if n.depth == 0 {
			v.aim = min(v.aim, v.above(n.bound))
		}
		if !v.m.narrow(n.limits, v.goal()) {
			return hopeless
		}
		if !v.m.shutsOut(n.limits) {
			break
		}
	}
	v.m.confine(n.limits)
	v.m.lp.solve(6*v.m.lp.rows, func() bool { return ctx.Err() != nil })
	return converged
}

// near says whether the bound is so near that a proof is more promising than more search.
func (v *prover) near(bound int) bool { return v.target()-bound <= 2+v.target()/1000 }

// mayDive keeps dives in proportion: they take as many linear programmes as the nodes while the best
// roster is far from the bound, and far fewer when it is near.
func (v *prover) mayDive(bound int) bool {
	most := diveAtFirst + v.m.rounds/2
	if v.near(bound) {
		most = v.m.rounds / 4
	}
	return v.dived <= most
}

// diveAtFirst is how many linear programmes the first dives may take.
const diveAtFirst = 300

// learn adds the lines of the best roster.
func (v *prover) learn() {
	for i, line := range v.board.solution().Roster {
		v.m.learn(i, line)
	}
}

// dive looks for a better roster below the present node, and polishes what it finds.
func (v *prover) dive(ctx context.Context, l *limits, how plunge) {
	before := v.m.rounds
	r := v.m.dive(ctx, v.rng, how, v.target())
	v.dived += v.m.rounds - before
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
