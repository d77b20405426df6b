package rota

import (
	"context"
	"fmt"
	"slices"
)

// This file has deputising go round. Points alone would not see to that: standing by counts a fraction of going, so
// a rota can be fair to the last of them and have one leader stand by at every meeting.

// Stood is how often a leader deputises at meetings, and how often would be their part of all the times that anybody
// does: each is shared out, on paper, among all in post that day who are not on protected leave, by share of a post.
type Stood struct {
	Times int
	Part  Points // of one time each, in millionths
}

// over says how much more often than their part somebody deputises.
func (s Stood) over() Points { return Points(s.Times)*Point - s.Part }

// String gives "deputises 5 times, where 4.75 would be fair".
func (s Stood) String() string {
	return fmt.Sprintf("deputises %s, where %s would be fair", plural(s.Times, "time", "times"), s.Part)
}

// inTurn builds a rota of meetings in which deputising goes round: no time could pass to somebody who can come, and
// leave the two of them nearer to their parts. Published times of before and after count with those of p; a wish or a
// weekly non-working day against it counts as one time. It takes the fairest rota and evens out who deputises, then
// builds it again with everybody deputising so often at most: who goes, and who deputises where, makes up for the points.
func inTurn(ctx context.Context, p Problem, progress func(done, of int)) (Draft, error) {
	draft, err := build(ctx, p, func(done, of int) { progress(done, 2*of) })
	if err != nil {
		return draft, err
	}
	p.UntilStopped, p.Effort = false, 2*max(p.Effort, 1) // fewer are free to move, and nobody should go twice running for it
	const rounds = 4                                     // who goes may change, and with it who is free to stand by
	for n := range rounds {
		w := newPlanner(p).weigh(draft.Duties)
		if !w.evenOut() {
			break
		}
		if p.deputises = w.times(); n > 0 {
			p.Pins = slices.Concat(p.Pins, w.pins())
		}
		again, failed := build(context.WithoutCancel(ctx), p, func(done, of int) {
			if n == 0 {
				progress(of+done, 2*of)
			}
		})
		if failed != nil {
			break
		}
		draft = again
	}
	return draft, nil
}

// takesTurn reports whether somebody deputises whom nobody settled on by hand.
func (p *planner) takesTurn(d Duty) bool {
	_, begun := p.begun[d.ID]
	byHand := slices.ContainsFunc(p.pinsOf[d.ID], func(pin Pin) bool { return !pin.Forbid })
	return d.Rota == Meetings && d.Tier == Deputy && d.Holder != "" && !begun && !byHand
}

// standing is a rota of meetings with how often everybody deputises.
type standing struct {
	*planner
	duties []Duty
	busy   map[LeaderID][]Duty // what everybody holds, of the rota and besides
	stood  map[LeaderID]Stood
	excess map[LeaderID]Points
	passed map[DutyID]bool
}

func (p *planner) weigh(duties []Duty) *standing {
	w := &standing{planner: p, duties: slices.Clone(duties), busy: map[LeaderID][]Duty{}, stood: map[LeaderID]Stood{}, excess: map[LeaderID]Points{}, passed: map[DutyID]bool{}}
	SortDuties(w.duties)
	for _, d := range slices.Concat(w.duties, p.held) {
		w.busy[d.Holder] = append(w.busy[d.Holder], d)
	}
	for _, d := range slices.Concat(p.Held, w.duties) {
		w.count(d)
	}
	for _, l := range p.Leaders {
		w.excess[l.ID] = p.Balances[l.ID].Minus(p.target[l.ID]).Total()
	}
	for _, d := range w.duties {
		w.excess[d.Holder] += d.Points()
	}
	return w
}

// evenOut hands times of deputising over as long as that makes it more even, and reports whether any was.
func (w *standing) evenOut() (changed bool) {
	for at, to, found := w.best(); found; at, to, found = w.best() {
		w.pass(at, to)
		changed = true
	}
	return changed
}

// pins settles what has been handed over.
func (w *standing) pins() (pins []Pin) {
	for _, d := range w.duties {
		if w.passed[d.ID] {
			pins = append(pins, Pin{Duty: d.ID, Leader: d.Holder})
		}
	}
	return pins
}

// times gives how often everybody deputises in the rota itself.
func (w *standing) times() map[LeaderID]int {
	times := map[LeaderID]int{}
	for _, d := range w.duties {
		if d.Tier == Deputy && d.Holder != "" {
			times[d.Holder]++
		}
	}
	return times
}

// count counts one time that somebody deputises, at a meeting that is known.
func (w *standing) count(d Duty) {
	if _, known := w.sittingOf(d); !known || d.Tier != Deputy || d.Holder == "" {
		return
	}
	one := w.stood[d.Holder]
	one.Times++
	w.stood[d.Holder] = one
	pool := w.asked(d)
	weights := apply(pool, func(l Leader) int64 { return int64(l.Share) })
	for i, part := range apportion(int64(Point), weights, make([]int64, len(weights))) {
		one := w.stood[pool[i].ID]
		one.Part += Points(part)
		w.stood[pool[i].ID] = one
	}
}

// asked gives those among whom one time is shared out: who are in post that day, and not on protected leave.
func (p *planner) asked(d Duty) []Leader {
	first, last := d.Days()
	return slices.DeleteFunc(slices.Clone(p.Leaders), func(l Leader) bool {
		excused := slices.ContainsFunc(p.absencesOf[l.ID], func(a Absence) bool { return a.Excuses(first) })
		return excused || !l.InPost(first, last)
	})
}

// best finds the time that had best pass to somebody else, by its place among the duties: where it makes most of a difference, then
// where it is the least unfair in points; of equals the first.
func (w *standing) best() (at int, to LeaderID, found bool) {
	var most, least Points
	for i, d := range w.duties {
		if !w.takesTurn(d) {
			continue
		}
		for _, l := range w.Leaders {
			gain := w.gain(d, l)
			if l.ID == d.Holder || gain <= Point || gain < most {
				continue
			}
			worse := max(w.excess[l.ID]+d.Points(), w.excess[d.Holder]-d.Points()) - max(w.excess[l.ID], w.excess[d.Holder])
			if (gain > most || worse < least) && w.free(l, d) {
				at, to, found, most, least = i, l.ID, true, gain, worse
			}
		}
	}
	return at, to, found
}

// gain says by how much the holder of d is ahead of l, in times, with one more for whoever had rather not. Above one,
// handing it over leaves the two of them more even.
func (w *standing) gain(d Duty, l Leader) Points {
	ahead := func(l Leader) Points {
		over := w.stood[l.ID].over()
		if w.dislike(l, d) > 0 {
			over += Point
		}
		return over
	}
	holder := Leader{ID: d.Holder}
	if at, known := w.index[d.Holder]; known {
		holder = w.Leaders[at]
	}
	return toTheHair(ahead(holder) - ahead(l))
}

// free reports whether l can hold d beside everything else that l holds.
func (w *standing) free(l Leader, d Duty) bool {
	reach := w.pairReach()
	near := func(other Duty) bool {
		return other.Span.Start.Before(d.Span.End.Add(reach)) && d.Span.Start.Before(other.Span.End.Add(reach))
	}
	return w.bar(l, d) == "" && !slices.ContainsFunc(w.busy[l.ID], func(other Duty) bool { return near(other) && w.clash(l, d, other) != "" })
}

// pass hands the duty at a place over.
func (w *standing) pass(at int, to LeaderID) {
	d := w.duties[at]
	from := d.Holder
	w.passed[d.ID] = true
	w.busy[from] = slices.DeleteFunc(w.busy[from], func(other Duty) bool { return other.ID == d.ID })
	d.Holder = to
	w.busy[to] = append(w.busy[to], d)
	w.duties[at] = d
	less, more := w.stood[from], w.stood[to]
	less.Times--
	more.Times++
	w.stood[from], w.stood[to] = less, more
	w.excess[from] -= d.Points()
	w.excess[to] += d.Points()
}

// handed says in words what would become of deputising going round if the duty passed to l.
func (w *standing) handed(d Duty, l Leader) string {
	how := "it would be as even"
	switch gain := w.gain(d, l); {
	case gain > Point:
		how = "it would be more even"
	case gain < Point:
		how = "it would be less even"
	}
	return fmt.Sprintf("%s: %s", w.stood[l.ID], how)
}
