package roster

import (
	"context"
	"math/rand/v2"
	"slices"
)

// A part is some people in some weeks of a problem, all else standing still. It is a problem of its
// own: demand is what the others leave of it, and every person's limits are what the other weeks leave.
// Because the exact solver is quick on small problems, a roster is improved part by part (a large
// neighbourhood search, Shaw 1998).
type part struct {
	people   []int
	from, to int // days; both on a Monday, or at an end of the horizon
}

// cut makes the problem of a part, and the lines that the roster has there.
func (p *Problem) cut(r Roster, x part) (*Problem, Roster) {
	shifts := len(p.Shifts)
	sub := &Problem{
		Days: x.to - x.from, Shifts: p.Shifts,
		Demand: slices.Clone(p.Demand[x.from*shifts : x.to*shifts]),
	}
	var lines Roster
	inside := make([]bool, len(r))
	for _, i := range x.people {
		inside[i] = true
		sub.People = append(sub.People, p.cutPerson(i, r[i], x))
		lines = append(lines, slices.Clone(r[i][x.from:x.to]))
	}
	for i, line := range r {
		if inside[i] {
			continue
		}
		for day, s := range line[x.from:x.to] {
			if s != Off {
				sub.Demand[sub.At(day, s)].Need--
			}
		}
	}
	for at := range sub.Demand {
		sub.Demand[at].Need = max(0, sub.Demand[at].Need)
	}
	return sub, lines
}

func (p *Problem) cutPerson(person int, line Line, x part) Person {
	q := p.People[person]
	shifts := len(p.Shifts)
	q.MaxOf = slices.Clone(q.MaxOf)
	q.Away = q.Away[x.from:x.to]
	q.Wish = q.Wish[x.from*shifts : x.to*shifts]
	q.Unmet = 0
	q.Before = slices.Concat(q.Before, line[:x.from])
	q.After = slices.Concat(line[x.to:], q.After)
	for day, s := range line {
		if s == Off || day >= x.from && day < x.to {
			continue
		}
		if q.MaxOf[s] < p.Days {
			q.MaxOf[s]--
		}
		q.MinMinutes -= p.Shifts[s].Minutes
		q.MaxMinutes -= p.Shifts[s].Minutes
		if saturday(day) || sunday(day) && line[day-1] == Off {
			q.MaxWeekends--
		}
	}
	return q
}

// A weaver improves the best roster part by part.
type weaver struct {
	p      *Problem
	board  *board
	rng    *rand.Rand
	tick   func() bool
	size   float64 // person-days of a part: as many as can just be solved
	local  *search // for long spreads in between; may be nil
	sweeps int     // of the last one
	parts  int     // left to solve before the next one
	spared bool    // somebody else solves parts meanwhile
}

func newWeaver(p *Problem, b *board, seed uint64, tick func() bool) *weaver {
	return &weaver{p: p, board: b, tick: tick, size: 300, rng: rand.New(rand.NewPCG(seed, 0x7765617665))}
}

// run solves parts until the context ends or so many are done.
func (w *weaver) run(ctx context.Context, parts int) {
	for done := 0; (parts <= 0 || done < parts) && ctx.Err() == nil && w.tick(); done++ {
		if w.local != nil && w.parts == 0 {
			w.spread(ctx)
		}
		w.improve(ctx, w.pick())
		w.parts--
	}
}

// spread lets everybody choose anew, three times as often as the last time. Unless somebody else solves
// parts meanwhile, parts take as much time afterwards.
func (w *weaver) spread(ctx context.Context) {
	w.sweeps = max(firstSweeps, w.sweeps) * 3
	best := w.board.solution()
	w.local.adopt(best.Roster)
	w.local.spread(ctx, w.sweeps, w.board.offer)
	w.parts = 1
	if !w.spared {
		w.parts += w.sweeps * len(w.p.People) * w.p.Days / w.sweptPerPart()
	}
	if w.local.cost > best.Cost+best.Cost/100 {
		w.local = nil // parts have led further than spreading does
	}
}

// sweptPerPart is how many days of people chosen anew take as long as a part: the more where lines are
// so long that only what is near them is looked at.
func (w *weaver) sweptPerPart() int {
	if len(w.p.Demand) > manyCells {
		return 200_000
	}
	return 30_000
}

// partCells is how many shifts of days a part may have: each is a row of its linear programme.
const partCells = 260

// pick draws a part: few people for long or many for short.
func (w *weaver) pick() part {
	weeks := (w.p.Days + 6) / 7
	long := []int{1, 2, 2, 3, 4, 4, 6, 8, 12}[w.rng.IntN(9)]
	long = min(long, weeks, max(1, partCells/(7*len(w.p.Shifts))))
	if weeks <= 6 && w.rng.IntN(3) > 0 {
		long = weeks
	}
	first := w.rng.IntN(weeks - long + 1)
	many := max(2, min(len(w.p.People), int(w.size)/(7*long)))
	x := part{from: 7 * first, to: min(7*(first+long), w.p.Days)}
	x.people = w.rng.Perm(len(w.p.People))[:min(many, len(w.p.People))]
	slices.Sort(x.people)
	return x
}

// partEffort is how many linear programmes a part may take. Parts grow or shrink until they take about
// as many.
const partEffort = 120

func (w *weaver) improve(ctx context.Context, x part) {
	roster := w.board.solution().Roster
	sub, lines := w.p.cut(roster, x)
	b := newBoard(ctx, sub, nil)
	defer b.stop()
	before := sub.Cost(lines)
	// Another roster of the same cost is welcome too: it leads away from where no part helps.
	b.offer(lines, before+1)
	spent := 0
	v := newProver(sub, b, w.rng.Uint64(), func() bool { spent++; return spent <= partEffort })
	v.m.keep(lines)
	v.run(b.ctx)
	found := b.solution()
	if found.Cost > found.Bound {
		w.size = max(60, w.size*0.95)
	} else {
		w.size *= 1.08
	}
	if found.Cost > before {
		return
	}
	w.board.patch(x, found.Roster)
}

// keep learns the lines of a roster.
func (m *master) keep(r Roster) {
	for i, line := range r {
		m.learn(i, line)
	}
}
