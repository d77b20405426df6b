package roster

// A walk is one run of the dynamic programme: h holds, for every state after a day, the cheapest way
// to live through the days that remain.
type walk struct {
	*shape
	h      []int32
	prices []int32
	rest   []int32
}

// row is the states of a node and an outer index after a day, one for each number of units.
func (w *walk) row(day, node, outer int) []int32 {
	at := w.start[day] + (node*w.outers+outer)*w.width[day]
	return w.h[at : at+w.width[day]]
}

// block is the states of a node after a day, outer index by outer index from one up to another.
func (w *walk) block(day, node, from, to int) []int32 {
	at := w.start[day] + node*w.outers*w.width[day]
	return w.h[at+from*w.width[day] : at+to*w.width[day]]
}

func (w *walk) lastDay() {
	last := w.days - 1
	all := w.h[w.start[last]:]
	per := w.outers * w.width[last]
	for i := range w.nodes() * per {
		all[i] = never
		if w.accept[i%per] && w.ends[i/per] {
			all[i] = 0
		}
	}
}

// fresh is 1 where working on day with this run of work uses up another weekend.
func fresh(day, run int) int {
	if saturday(day) || sunday(day) && run == 1 {
		return 1
	}
	return 0
}

// fill computes the states of a day from those of the next.
func (w *walk) fill(day int) {
	idle := w.rest[day+1]
	for n := range w.rests {
		w.clear(day, n)
		w.step(day, n, min(n+1, w.rests-1), idle)
	}
	for _, g := range w.every {
		w.work(day, w.rests-1, g, 1)
	}
	for class, groups := range w.shape.follow {
		for run := 1; run <= min(w.maxRun, day+1+w.before); run++ {
			n := w.node(class, run)
			w.clear(day, n)
			if w.mayRest(day, run) {
				w.step(day, n, 0, idle)
			}
			if run < w.maxRun {
				for _, g := range groups {
					w.work(day, n, g, run+1)
				}
			}
		}
	}
}

func (w *walk) clear(day, node int) {
	states := w.block(day, node, w.outerFrom[day], w.outerTo[day])
	for i := range states {
		states[i] = never
	}
}

// step lets a node go on to a rest, and work to a shift of a group.
func (w *walk) step(day, from, to int, cost int32) {
	if cost >= impossible {
		return
	}
	first, past := max(w.outerFrom[day], w.outerFrom[day+1]), min(w.outerTo[day], w.outerTo[day+1])
	if first >= past {
		return
	}
	shift := w.low[day] - w.low[day+1]
	dst, src := w.block(day, from, first, past), w.block(day+1, to, first, past)
	wide, far := w.width[day], w.width[day+1]
	if shift == 0 && wide == far {
		relax(dst, src, 0, cost) // all outer indices at once
		return
	}
	for o := range past - first {
		relax(dst[o*wide:(o+1)*wide], src[o*far:(o+1)*far], shift, cost)
	}
}

func (w *walk) work(day, from int, g int32, run int) {
	cost := w.prices[(day+1)*len(w.groups)+int(g)]
	if cost >= impossible {
		return
	}
	to := w.node(w.groups[g].class, run)
	shift := w.low[day] + w.groups[g].units - w.low[day+1]
	dst, src := w.block(day, from, 0, w.outers), w.block(day+1, to, 0, w.outers)
	wide, far := w.width[day], w.width[day+1]
	first, past := int32(w.outerFrom[day+1]), int32(w.outerTo[day+1])
	nexts := w.outer[fresh(day+1, run)][g]
	for o := w.outerFrom[day]; o < w.outerTo[day]; o++ {
		if next := nexts[o]; next >= first && next < past {
			n := int(next) * far
			relax(dst[o*wide:(o+1)*wide], src[n:n+far], shift, cost)
		}
	}
}

// relax is where the time goes: dst[i] becomes the least of itself and src[i+shift]+cost.
func relax(dst, src []int32, shift int, cost int32) {
	if shift >= 0 {
		if shift >= len(src) {
			return
		}
		src = src[shift:]
	} else {
		if -shift >= len(dst) {
			return
		}
		dst = dst[-shift:]
	}
	n := min(len(dst), len(src))
	dst, src = dst[:n], src[:n]
	for i, v := range src {
		dst[i] = min(dst[i], v+cost)
	}
}

// follow walks from the first day along equal costs and writes the groups into line.
func (w *walk) follow(line Line) int32 {
	at, low := w.first()
	if low >= impossible {
		return low
	}
	for day := 0; ; day++ {
		line[day] = at.group
		if day == w.days-1 {
			return low
		}
		at = w.next(day, at)
	}
}

// A place is one state on the way of a line, and the group that led there.
type place struct {
	node, outer, units, run, class int
	group                          int8
	left                           int32
}

func (w *walk) at(day int, pl place) int32 {
	u := pl.units - w.low[day]
	if u < 0 || u >= w.width[day] || pl.outer < w.outerFrom[day] || pl.outer >= w.outerTo[day] {
		return never
	}
	return w.row(day, pl.node, pl.outer)[u]
}

// first is the cheapest state of the first day and the cost of the whole line.
func (w *walk) first() (place, int32) {
	best, low := place{}, never
	w.each(-1, w.begin, func(to place, cost int32) bool {
		if cost < low {
			best, low = to, cost
		}
		return true
	})
	return best, low
}

// next is a state of the day after that costs no more than the present one.
func (w *walk) next(day int, from place) place {
	var found place
	w.each(day, from, func(to place, cost int32) bool {
		found = to
		return cost != from.left
	})
	return found
}

// each yields the states that may follow, and what the rest of the line costs by way of them, until
// yield has had enough.
func (w *walk) each(day int, from place, yield func(to place, cost int32) bool) {
	if from.run == 0 || w.mayRest(day, from.run) {
		to := place{outer: from.outer, units: from.units, group: Off}
		if from.run == 0 {
			to.node = min(from.node+1, w.rests-1)
		}
		to.left = w.at(day+1, to)
		if !yield(to, w.plus(to.left, w.rest[day+1])) {
			return
		}
	}
	groups := w.every
	switch {
	case from.run > 0:
		groups = w.shape.follow[from.class]
	case from.node < w.rests-1:
		groups = nil
	}
	for _, g := range groups {
		to, ok := w.onShift(day+1, from, int(g))
		if ok && !yield(to, w.plus(to.left, w.prices[(day+1)*len(w.groups)+int(g)])) {
			return
		}
	}
}

// plus keeps what is impossible so.
func (w *walk) plus(left, cost int32) int32 {
	if left >= impossible || cost >= impossible {
		return never
	}
	return left + cost
}

// onShift is the state after working group g on day, coming from a state of the day before.
func (w *walk) onShift(day int, from place, g int) (place, bool) {
	run := from.run + 1
	to := w.outer[fresh(day, run)][g][from.outer]
	if to < 0 || run > w.maxRun {
		return place{}, false
	}
	pl := place{
		node: w.node(w.groups[g].class, run), outer: int(to), run: run,
		units: from.units + w.groups[g].units, class: w.groups[g].class, group: int8(g),
	}
	pl.left = w.at(day, pl)
	return pl, true
}
