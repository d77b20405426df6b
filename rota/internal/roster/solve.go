package roster

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// Options say how hard to try.
type Options struct {
	Seed    uint64
	Workers int // one or two
	// Effort, where it is positive, is the number of moves and of linear programmes after which to
	// stop. With an effort the result depends on nothing but the problem and the options.
	Effort   int
	Progress func(cost, bound int) // called, never twice at once, whenever either improves
}

// A Solution is a legal roster, its cost, and a cost that no legal roster is below.
type Solution struct {
	Roster Roster
	Cost   int
	Bound  int
}

// Solve finds a roster of least cost, or the best it can until the context ends. It is an error if the
// problem is misshapen or if somebody has no legal line; the end of the context is none.
func Solve(ctx context.Context, p *Problem, o Options) (Solution, error) {
	if err := p.Check(); err != nil {
		return Solution{}, err
	}
	b := newBoard(ctx, p, o.Progress)
	defer b.stop()
	s := newSearch(p, o.Seed)
	if person := s.begin(); person >= 0 {
		return Solution{}, fmt.Errorf("person %d has no legal line", person)
	}
	b.work(s, o)
	return b.solution(), nil
}

// work sets the workers going: a short search always comes first, since a good roster makes the
// proof shorter. Alone, or with an effort, the prover goes on by itself; its dives search too.
func (b *board) work(s *search, o Options) {
	spent := 0
	tick := func() bool {
		if o.Effort == 0 {
			return true
		}
		spent++ // an effort is spent by one worker alone
		return spent <= o.Effort
	}
	b.offer(s.roster, s.cost)
	if s.vast {
		s.spread(b.ctx, hastySweeps, b.offer)
	}
	s.spread(b.ctx, firstSweeps, b.offer)
	s.run(b.ctx, warmUp*28/b.p.Days, b.offer)
	weave := newWeaver(b.p, b, o.Seed, tick)
	weave.local = s
	alone := o.Workers < 2 || o.Effort > 0
	if len(b.p.Demand) > manyCells {
		b.weaveOnly(o, weave, alone)
		return
	}
	v := newProver(b.p, b, o.Seed, tick)
	v.weave, v.alone = weave, alone
	if alone {
		v.run(b.ctx)
		if o.Effort == 0 {
			weave.run(b.ctx, 0) // where the prover can do no more
		}
		return
	}
	var both sync.WaitGroup
	both.Go(func() { weave.run(b.ctx, 0) })
	both.Go(func() { v.run(b.ctx) })
	both.Wait()
}

// manyCells is where the linear programme of the whole is too slow to be of use.
const manyCells = 800

// weaveOnly improves part by part and proves nothing. Of two workers, one spreads and the other weaves.
func (b *board) weaveOnly(o Options, first *weaver, alone bool) {
	var both sync.WaitGroup
	first.spared = !alone
	both.Go(func() { first.run(b.ctx, 0) })
	if !alone {
		second := newWeaver(b.p, b, o.Seed+1, first.tick)
		both.Go(func() { second.run(b.ctx, 0) })
	}
	both.Wait()
}

// warmUp is the number of moves before the first linear programme.
const warmUp = 200

// A board is what the workers share: the best roster and the best bound. When they meet, the context
// of the workers ends.
type board struct {
	p        *Problem
	ctx      context.Context
	stop     context.CancelFunc
	progress func(cost, bound int)

	mu   sync.Mutex
	best Solution
}

func newBoard(ctx context.Context, p *Problem, progress func(cost, bound int)) *board {
	b := &board{p: p, progress: progress, best: Solution{Bound: p.floor()}}
	b.ctx, b.stop = context.WithCancel(ctx)
	return b
}

// floor is what every roster costs at least: all demand met, and every wish.
func (p *Problem) floor() int {
	sum := 0
	for i := range p.People {
		sum += p.People[i].Unmet
		for _, w := range p.People[i].Wish {
			sum += min(w, 0)
		}
	}
	return sum
}

// offer takes a roster if it is the best so far.
func (b *board) offer(r Roster, cost int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.best.Roster != nil && cost >= b.best.Cost {
		return
	}
	b.best.Roster, b.best.Cost = clone(r), cost
	b.report()
}

// patch puts the lines of a part into the best roster, if that stays legal and gets no worse: somebody
// else may have changed it in the meantime.
func (b *board) patch(x part, lines Roster) {
	whole := clone(b.solution().Roster)
	for k, i := range x.people {
		copy(whole[i][x.from:x.to], lines[k])
	}
	if b.p.Broken(whole) != nil {
		return
	}
	cost := b.p.Cost(whole)
	b.offer(whole, cost)
	b.mu.Lock()
	defer b.mu.Unlock()
	if cost == b.best.Cost {
		b.best.Roster = whole
	}
}

// prove takes a bound if it is the best so far.
func (b *board) prove(bound int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bound <= b.best.Bound {
		return
	}
	b.best.Bound = bound
	b.report()
}

func (b *board) report() {
	if b.progress != nil {
		b.progress(b.best.Cost, b.best.Bound)
	}
	if b.best.Roster != nil && b.best.Cost <= b.best.Bound {
		b.stop()
	}
}

func (b *board) solution() Solution {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.best
}

func clone(r Roster) Roster {
	c := make(Roster, len(r))
	for i := range r {
		c[i] = slices.Clone(r[i])
	}
	return c
}
