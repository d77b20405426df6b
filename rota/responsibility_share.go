package rota

import (
	"cmp"
	"slices"
)

// ShareOut names the owners of the items of responsibilities that go round, and a deputy for each. It goes
// by the ledger: the points of every item are shared out, on paper, among all who could hold it, in proportion
// to their share of a post, as those of a duty are (see the package's essay); whoever is furthest below their
// fair part of all there is to hold gets the next. Over is the ledger as it stands without items: excess
// in points, of all rotas. Of equals, the one whose last is longest ago, then the first by ID.
//
// Deputising goes round too, by times: of those who could hold the item and do not own it, whoever deputises least for
// their share of a post, of all items so far; of equals whoever would be next. A deputy who is named for all times stays.
//
// Those away on the day, or not in post then, are passed over. What was given before stays with who
// has it, as long as they can; what was settled by hand, done or due before today stays in any case. Items of each for
// themselves count for nothing: everybody has the same.
//
// Known are the parts of before: of what is done, or was due before today, they stay as they are, whatever people's
// posts have become since. The parts of all items come back with them, in their order.
func ShareOut(items []Item, known []ItemPart, responsibilities []Obligation, leaders []Leader, absences []Absence, over map[LeaderID]Load, today Date) ([]Item, []ItemPart) {
	s := sharing{leaders: slices.Clone(leaders), absences: absences, excess: map[LeaderID]Points{}, last: map[LeaderID]Date{}, stood: map[LeaderID]Points{}}
	slices.SortFunc(s.leaders, func(a, b Leader) int { return cmp.Compare(a.ID, b.ID) })
	for id, load := range over {
		s.excess[id] = load.Total()
	}
	kinds := map[ObligationID]Obligation{}
	for _, r := range responsibilities {
		kinds[r.ID] = r
	}
	was := map[ItemID][]ItemPart{}
	for _, p := range known {
		was[p.Item] = append(was[p.Item], p)
	}
	var parts []ItemPart
	items = slices.Clone(items)
	slices.SortFunc(items, compareItems)
	for k := range items {
		i := &items[k]
		r := kinds[i.Responsibility]
		if r.Holding == ByEach {
			continue
		}
		open := i.Open() && !i.Due.Before(today)
		if open && r.Holding == GoesRound && !i.Settled {
			s.choose(i, r)
		}
		of := was[i.ID]
		if open || len(of) == 0 {
			of = s.divide(*i, r)
		}
		s.count(*i, of)
		s.countDeputy(*i, r)
		parts = append(parts, of...)
	}
	return items, parts
}

// ItemPart is a leader's fair share of one time that something has to be done.
type ItemPart struct {
	Item   ItemID
	Leader LeaderID
	Points Points
}

// sharing remembers how everybody stands.
type sharing struct {
	leaders  []Leader
	absences []Absence
	excess   map[LeaderID]Points
	last     map[LeaderID]Date
	stood    map[LeaderID]Points // how much more often than their part somebody deputises
}

// choose names the owner of i, and the deputy.
func (s sharing) choose(i *Item, r Obligation) {
	var able []LeaderID
	for _, l := range s.leaders {
		if r.Admits(l) && l.InPost(i.Due, i.Due) && !s.away(l.ID, i.Due) {
			able = append(able, l.ID)
		}
	}
	slices.SortStableFunc(able, func(a, b LeaderID) int {
		return cmp.Or(cmp.Compare(toTheHair(s.excess[a]), toTheHair(s.excess[b])), s.last[a].Compare(s.last[b]), cmp.Compare(a, b))
	})
	was, stoodBy := i.Owner, i.Deputy
	i.Owner, i.Deputy = "", r.Deputy
	switch {
	case slices.Contains(able, was):
		i.Owner = was
	case len(able) > 0:
		i.Owner = able[0]
	}
	others := slices.DeleteFunc(able, func(l LeaderID) bool { return l == i.Owner })
	switch {
	case i.Deputy != "" || len(others) == 0:
	case slices.Contains(others, stoodBy):
		i.Deputy = stoodBy
	default:
		i.Deputy = slices.MinFunc(others, func(a, b LeaderID) int { return cmp.Compare(toTheHair(s.stood[a]), toTheHair(s.stood[b])) })
	}
}

// countDeputy counts one time that somebody deputises whose turn it was, and shares it out among those who might have.
func (s sharing) countDeputy(i Item, r Obligation) {
	if r.Holding != GoesRound || r.Deputy != "" || i.Deputy == "" {
		return
	}
	var pool []LeaderID
	var weights []int64
	for _, l := range s.leaders {
		if l.ID != i.Owner && r.Admits(l) && l.InPost(i.Due, i.Due) && !s.protected(l.ID, i.Due) {
			pool, weights = append(pool, l.ID), append(weights, int64(l.Share))
		}
	}
	for k, part := range apportion(int64(Point), weights, make([]int64, len(pool))) {
		s.stood[pool[k]] -= Points(part)
	}
	s.stood[i.Deputy] += Point
}

// divide shares the points of i out among those whose business it is; nil where nobody holds it.
func (s sharing) divide(i Item, r Obligation) (parts []ItemPart) {
	if i.Owner == "" || i.Points == 0 {
		return nil
	}
	var weights []int64
	for _, l := range s.leaders {
		if r.Admits(l) && l.InPost(i.Due, i.Due) && !s.protected(l.ID, i.Due) {
			parts = append(parts, ItemPart{Item: i.ID, Leader: l.ID})
			weights = append(weights, int64(l.Share))
		}
	}
	for k, points := range apportion(int64(i.Points), weights, make([]int64, len(parts))) {
		parts[k].Points = Points(points)
	}
	return slices.DeleteFunc(parts, func(p ItemPart) bool { return p.Points == 0 })
}

// count holds i against its owner, and its parts against everybody.
func (s sharing) count(i Item, parts []ItemPart) {
	if i.Owner == "" || i.Points == 0 {
		return
	}
	for _, p := range parts {
		s.excess[p.Leader] -= p.Points
	}
	s.excess[i.Owner] += i.Points
	s.last[i.Owner] = i.Due
}

func (s sharing) away(l LeaderID, day Date) bool {
	return slices.ContainsFunc(s.absences, func(a Absence) bool { return a.Leader == l && a.Bars() && a.WholeDays() && a.Covers(day) })
}

func (s sharing) protected(l LeaderID, day Date) bool {
	return slices.ContainsFunc(s.absences, func(a Absence) bool { return a.Leader == l && a.Kind.Protected() && a.Covers(day) })
}
