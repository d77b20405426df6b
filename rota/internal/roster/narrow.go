package roster

// What is left to look at shrinks with the gap. At any prices, a roster in which a person works a shift
// of a day costs at least the bound and what the cheapest line through that shift costs more than the
// cheapest of all. Where that reaches the cost to beat, nobody need look at such rosters again (Irnich
// and others, INFORMS Journal on Computing 22, 2010); and likewise for the number of people on a shift.

// narrow takes out of the limits what cannot be part of a roster below target, judged at the prices of
// the best bound so far. It reports false where the limits leave somebody without a line.
func (m *master) narrow(l *limits, target int) bool {
	scale := m.round(m.center)
	total := m.demandPart(scale)
	least := make([]int32, len(m.p.People))
	cost := make([]passage, len(m.p.People))
	for person := range m.p.People {
		low, _ := m.cheapest(person, scale)
		if low >= impossible {
			return false
		}
		least[person] = low
		total += int64(low) + int64(m.p.People[person].Unmet)*int64(scale)
		cost[person] = m.f.through(person, m.price, m.rest)
	}
	spare := int64(target-1)*int64(scale) - total
	for person, c := range cost {
		most := int64(least[person]) + spare
		for at, low := range c.work {
			l.ban[person][at] = l.ban[person][at] || int64(low) > most
		}
		for day, low := range c.idle {
			l.awake[person][day] = l.awake[person][day] || int64(low) > most
		}
	}
	m.narrowDemand(l, scale, spare)
	return true
}

// shutsOut says whether a line that is chosen, in part at least, is outside the limits.
func (m *master) shutsOut(l *limits) bool {
	for _, j := range m.lp.basis {
		if line := m.lines[j]; line != nil && m.lp.level(j) > 0.01 && !l.allows(m.owner[j], line) {
			return true
		}
	}
	return false
}

// narrowDemand raises the least and lowers the largest number of people on every shift of every day.
// The cost of a number is convex, so only the ends can be out of the question.
func (m *master) narrowDemand(l *limits, scale int32, spare int64) {
	for at, d := range m.p.Demand {
		cost := func(n int) int64 { return int64(d.Cost(n))*int64(scale) + int64(n)*int64(m.duals[at]) }
		least := cost(m.slope[at])
		for l.low[at] < m.slope[at] && cost(l.low[at]) > least+spare {
			l.low[at]++
		}
		for l.high[at] > m.slope[at] && cost(l.high[at]) > least+spare {
			l.high[at]--
		}
	}
}

// A passage says what the cheapest line costs that works a shift of a day, or is off on a day.
type passage struct {
	work []int32 // of every shift of every day
	idle []int32 // of every day
}

// through follows all lines of a person forward, where cheapest has just followed them back at the same
// prices. Without maxima that have not been in the way the costs may be too low, never too high. It is
// empty for people whose shifts are taxed.
func (f *pathfinder) through(person int, price, rest []int32) passage {
	if f.tax[person] != nil {
		return passage{}
	}
	s := f.shape(person, f.bound[person])
	w := forward{
		walk: walk{shape: s, h: f.states, prices: f.prices, rest: rest},
		idle: make([]int32, s.days), group: make([]int32, s.days*len(s.groups)),
	}
	w.run()
	return passage{work: f.byShift(s, price, w.group), idle: w.idle}
}

// byShift turns the costs of groups into those of their members.
func (f *pathfinder) byShift(s *shape, price, group []int32) []int32 {
	work := make([]int32, len(price))
	for at := range work {
		work[at] = never
	}
	for day := range s.days {
		for g := range s.groups {
			cost, least := group[day*len(s.groups)+g], f.prices[day*len(s.groups)+g]
			if cost >= impossible {
				continue
			}
			for _, t := range s.groups[g].members {
				if at := f.p.At(day, t); price[at] < impossible {
					work[at] = cost - least + price[at]
				}
			}
		}
	}
	return work
}

// A forward is the dynamic programme from the first day to the last, beside what the walk back has left
// in h.
type forward struct {
	walk
	g, next     []int32 // of every state after the present day and the next: the cheapest way there
	idle, group []int32 // of every day, and group of every day: the cheapest whole line through it
}

func (w *forward) run() {
	for i := range w.idle {
		w.idle[i] = never
	}
	for i := range w.group {
		w.group[i] = never
	}
	w.reset(0)
	w.each(-1, w.begin, func(to place, cost int32) bool {
		if cost < impossible {
			i := (to.node*w.outers+to.outer)*w.width[0] + to.units - w.low[0]
			w.next[i] = min(w.next[i], cost-to.left)
			w.record(0, to.group, cost)
		}
		return true
	})
	for day := range w.days - 1 {
		w.g, w.next = w.next, w.g
		w.reset(day + 1)
		w.day(day)
	}
}

func (w *forward) reset(day int) {
	w.next = append(w.next[:0], make([]int32, w.nodes()*w.outers*w.width[day])...)
	for i := range w.next {
		w.next[i] = never
	}
}

func (w *forward) record(day int, group int8, cost int32) {
	if group == Off {
		w.idle[day] = min(w.idle[day], cost)
		return
	}
	at := day*len(w.groups) + int(group)
	w.group[at] = min(w.group[at], cost)
}

// day goes on from the states of a day, as fill comes back to them.
func (w *forward) day(day int) {
	for n := range w.rests {
		w.off(day, n, min(n+1, w.rests-1))
	}
	for _, g := range w.every {
		w.on(day, w.rests-1, g, 1)
	}
	for class, groups := range w.shape.follow {
		for run := 1; run <= min(w.maxRun, day+1+w.before); run++ {
			n := w.node(class, run)
			if w.mayRest(day, run) {
				w.off(day, n, 0)
			}
			if run < w.maxRun {
				for _, g := range groups {
					w.on(day, n, g, run+1)
				}
			}
		}
	}
}

func (w *forward) off(day, from, to int) {
	cost := w.rest[day+1]
	if cost >= impossible {
		return
	}
	for o := range w.outers {
		w.record(day+1, Off, w.pass(day, from, o, to, o, 0, cost))
	}
}

func (w *forward) on(day, from int, g int32, run int) {
	cost := w.prices[(day+1)*len(w.groups)+int(g)]
	if cost >= impossible {
		return
	}
	to := w.node(w.groups[g].class, run)
	for o, next := range w.outer[fresh(day+1, run)][g] {
		if next >= 0 {
			w.record(day+1, int8(g), w.pass(day, from, o, to, int(next), w.groups[g].units, cost))
		}
	}
}

// pass carries a row of states on, and returns what the cheapest line through them costs.
func (w *forward) pass(day, from, outer, to, next, units int, cost int32) int32 {
	wide, far := w.width[day], w.width[day+1]
	src := w.g[(from*w.outers+outer)*wide:][:wide]
	at := (to*w.outers + next) * far
	dst, back := w.next[at:at+far], w.row(day+1, to, next)
	shift := w.low[day] + units - w.low[day+1]
	least := never
	for i, v := range src {
		j := i + shift
		if v >= impossible || j < 0 || j >= far {
			continue
		}
		dst[j] = min(dst[j], v+cost)
		least = min(least, v+cost+back[j])
	}
	return least
}
