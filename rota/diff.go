package rota

import (
	"cmp"
	"slices"
)

// Difference is one duty about which two states of a rota differ.
type Difference struct {
	Duty   Duty     // as the new state has it, or as the old one had it where the new one does not
	Before LeaderID // who held it; "" where nobody did, or where it was not there
	After  LeaderID // who holds it; "" where nobody does, or where it is not there any more
	Moved  bool     // its time or its points are others
}

// Differences compares two states of a rota, in order of SortDuties.
func Differences(was, is []Duty) []Difference {
	before := make(map[DutyID]Duty, len(was))
	for _, d := range was {
		before[d.ID] = d
	}
	var all []Difference
	there := make(map[DutyID]bool, len(is))
	for _, d := range is {
		there[d.ID] = true
		old, known := before[d.ID]
		moved := known && (old.Start != d.Start || old.End != d.End || old.Load != d.Load)
		if !known || moved || old.Holder != d.Holder {
			all = append(all, Difference{d, old.Holder, d.Holder, moved})
		}
	}
	for _, d := range was {
		if !there[d.ID] {
			all = append(all, Difference{Duty: d, Before: d.Holder})
		}
	}
	slices.SortFunc(all, func(a, b Difference) int { return compareDuties(a.Duty, b.Duty) })
	return all
}

// Turnover is what a new state of a rota means for one leader.
type Turnover struct {
	Leader      LeaderID
	Gives       int  // duties that somebody else holds from now on, or nobody
	Takes       int  // duties that were somebody else's, or nobody's
	Was, Is     Load // points held of the rota
	Over, After Load // excess over the fair share, with the old state and with the new
}

// Turnovers sums differences up by leader, in order of ID. Was and is are the two states; over and after give
// everybody's excess in the ledger with each of them. Whoever is the same in both is left out.
func Turnovers(was, is []Duty, over, after map[LeaderID]Load) []Turnover {
	by := map[LeaderID]*Turnover{}
	of := func(id LeaderID) *Turnover {
		if by[id] == nil {
			by[id] = &Turnover{Leader: id, Over: over[id], After: after[id]}
		}
		return by[id]
	}
	for _, d := range Differences(was, is) {
		if d.Before != d.After {
			of(d.Before).Gives++
			of(d.After).Takes++
		}
	}
	for _, d := range was {
		of(d.Holder).Was = of(d.Holder).Was.Plus(d.Load)
	}
	for _, d := range is {
		of(d.Holder).Is = of(d.Holder).Is.Plus(d.Load)
	}
	var all []Turnover
	for id, t := range by {
		if id != "" && (t.Gives > 0 || t.Takes > 0 || t.Was != t.Is) {
			all = append(all, *t)
		}
	}
	slices.SortFunc(all, func(a, b Turnover) int { return cmp.Compare(a.Leader, b.Leader) })
	return all
}
