package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// leftover is a proof under check that says what the dimensions before leave for the last category. Whoever is as
// well off in all of those as somebody in the rota at hand has the difference; so the excesses of the rota at hand are
// dealt out anew in each, in every way that the steps of duties allow, and no way may come out fairer.
type leftover struct {
	*proof
	before []*proof
	dealt  []map[rota.Points]int // for each dimension before: how often an excess is still to be dealt out
	all    []rota.LeaderID       // everybody to whom something is dealt out
	has    map[rota.LeaderID]rota.Points
	looks  int
}

// manyLooks is how many ways are looked at before a proof counts as too long to be one.
const manyLooks = 2_000_000

func newLeftover(p *proof, d rota.Draft) *leftover {
	l := &leftover{proof: p, has: map[rota.LeaderID]rota.Points{}, all: slices.Clone(p.people)}
	for _, stated := range d.Certificate {
		if stated.Dimension == p.Dimension {
			break
		}
		before := newProof(p.checker, d, stated)
		dealt := map[rota.Points]int{}
		for _, excess := range before.held(d.Duties) {
			dealt[excess]++
		}
		l.before, l.dealt, l.all = append(l.before, before), append(l.dealt, dealt), append(l.all, before.people...)
	}
	slices.Sort(l.all)
	l.all = slices.Compact(l.all)
	return l
}

func (l *leftover) check(stated rota.Leftover) {
	if len(l.before) == 0 || l.before[0].Dimension != "total" || l.dimensions()[len(l.dimensions())-1] != l.Dimension {
		l.breach(RuleCertificate, "", "", "%s is not the last category after the total, so nothing is left for it", l.Dimension)
		return
	}
	if slices.ContainsFunc(l.before, func(p *proof) bool { return p.Grain <= 0 }) {
		return // told already
	}
	for _, d := range l.wanted {
		var counted rota.Points
		for _, before := range l.before[1:] {
			counted += before.points(d.Load)
		}
		if counted+l.points(d.Load) != l.before[0].points(d.Load) {
			l.breach(RuleCertificate, d.ID, "", "%s has points in no category that the certificate is about", d.ID)
			return
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(stated.Apart)))) != len(stated.Apart) {
		l.breach(RuleCertificate, "", "", "the proof tells somebody apart twice")
		return
	}
	if way, found := l.fairer(stated.Apart); found {
		l.breach(RuleCertificate, "", "", "the dimensions before leave %v for %s, below the %v that is said to be proved", way, l.Dimension, l.Least)
	} else if l.looks > manyLooks {
		l.breach(RuleCertificate, "", "", "the proof about %s takes too long to check", l.Dimension)
	}
}

// fairer looks for a way below Least, with the leaders in apart still to be told apart.
func (l *leftover) fairer(apart []rota.LeaderID) (way []rota.Points, found bool) {
	if l.looks++; l.looks > manyLooks {
		return nil, false
	}
	way, possible := l.way()
	if !possible || slices.Compare(way, l.Least) >= 0 {
		return nil, false
	}
	if len(apart) == 0 {
		return way, true
	}
	return l.deal(apart[0], 0, 0, apart[1:])
}

// deal deals out to id in the dimensions from at onwards. So far, those before leave held points for the category.
func (l *leftover) deal(id rota.LeaderID, at int, held rota.Points, apart []rota.LeaderID) (way []rota.Points, found bool) {
	if at == len(l.before) {
		if held < 0 || held > 0 && !slices.Contains(l.people, id) {
			return nil, false
		}
		l.has[id] = l.base[id] + held
		defer delete(l.has, id)
		return l.fairer(apart)
	}
	if !slices.Contains(l.before[at].people, id) { // holds nothing that counts there
		return l.deal(id, at+1, held, apart)
	}
	for _, points := range l.mayHold(id, at) {
		excess := l.before[at].base[id] + points
		l.dealt[at][excess]--
		way, found = l.deal(id, at+1, held+l.sign(at)*points, apart)
		l.dealt[at][excess]++
		if found {
			return way, true
		}
	}
	return nil, false
}

// sign is how what is held in a dimension before counts: the total less all the others.
func (l *leftover) sign(at int) rota.Points {
	if at == 0 {
		return 1
	}
	return -1
}

// mayHold lists, ascending, the points that the leader could hold in a dimension before, of what is still to be dealt out.
func (l *leftover) mayHold(id rota.LeaderID, at int) []rota.Points {
	before := l.before[at]
	var points []rota.Points
	for excess, left := range l.dealt[at] {
		if held := excess - before.base[id]; left > 0 && held >= 0 && held%before.Grain == 0 {
			points = append(points, held)
		}
	}
	slices.Sort(points)
	return points
}

// way is the vector with everybody who is not told apart at the least that they could have by themselves. It reports
// false where somebody is left with nothing that they could have.
func (l *leftover) way() (way []rota.Points, possible bool) {
	for _, id := range l.all {
		has, told := l.has[id]
		if !told {
			if has, possible = l.least(id); !possible {
				return nil, false
			}
		}
		if slices.Contains(l.people, id) {
			way = append(way, has)
		}
	}
	slices.Sort(way)
	slices.Reverse(way)
	return way, true
}

func (l *leftover) least(id rota.LeaderID) (least rota.Points, possible bool) {
	var held rota.Points
	for at, before := range l.before {
		if !slices.Contains(before.people, id) {
			continue
		}
		may := l.mayHold(id, at)
		switch {
		case len(may) == 0:
			return 0, false
		case at == 0:
			held += may[0]
		default:
			held -= may[len(may)-1]
		}
	}
	return l.base[id] + max(held, 0), true
}
