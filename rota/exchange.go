package rota

import (
	"cmp"
	"fmt"
	"slices"
)

// Transfer gives one duty, or a part of its time, to somebody else.
type Transfer struct {
	Duty        DutyID
	To          LeaderID
	From, Until Civil // the part; zero for all of it
}

// Exchanged is what a rota would be after some transfers.
type Exchanged struct {
	Duties    []Duty // the rota's duties, whole, with the new holders; parts stay with the holder of the rest
	Pieces    []Duty // the parts, with their new holders
	Obstacles []Obstacle
	Effects   []Effect // on everybody who gives or takes, in order of ID
}

// Obstacle is a hard rule that a transfer would break.
type Obstacle struct {
	Leader LeaderID
	Duty   DutyID
	Why    string
}

// Effect is what an exchange does to one leader.
type Effect struct {
	Leader      LeaderID
	Over, After Points // excess over the fair share in the whole ledger, before and after
}

// Exchange works out transfers between the duties of one rota, those of p.Policy that start in [p.From, p.Until),
// as they are in force. P.Held are the duties in force besides, and over is everybody's excess as it is. It
// refuses a duty that is not among them; what the rules say is in the answer.
func (p Problem) Exchange(duties []Duty, over map[LeaderID]Load, transfers []Transfer) (Exchanged, error) {
	plan := newPlanner(p)
	x := Exchanged{Duties: slices.Clone(duties)}
	moved := map[LeaderID]Load{}
	var taken []Duty // what the new holders would hold, each with the whole duty at the same place in wholes
	var wholes []Duty
	for _, t := range transfers {
		at := slices.IndexFunc(x.Duties, func(d Duty) bool { return d.ID == t.Duty })
		if at < 0 {
			return x, fmt.Errorf("%s is not among the duties of %s from %s to %s", t.Duty, p.Policy.Name, p.From, p.Until.AddDays(-1))
		}
		d := &x.Duties[at]
		piece := *d
		if t.From != (Civil{}) {
			_, piece = d.Divide(t.From, t.Until, p.Zone)
			piece.Holder = t.To
			x.Pieces = append(x.Pieces, piece)
		}
		moved[d.Holder] = moved[d.Holder].Minus(piece.Load)
		moved[t.To] = moved[t.To].Plus(piece.Load)
		if t.From == (Civil{}) {
			d.Holder = t.To
			piece.Holder = t.To
		}
		taken, wholes = append(taken, piece), append(wholes, *d)
	}
	all := slices.Concat(x.Duties, x.Pieces, plan.held)
	for i, d := range taken {
		if why := plan.keptFrom(d, wholes[i], all); why != "" {
			x.Obstacles = append(x.Obstacles, Obstacle{d.Holder, wholes[i].ID, why})
		}
	}
	for id, load := range moved {
		if id != "" {
			before := over[id].Total()
			x.Effects = append(x.Effects, Effect{id, before, before + load.Total()})
		}
	}
	slices.SortFunc(x.Effects, func(a, b Effect) int { return cmp.Compare(a.Leader, b.Leader) })
	return x, nil
}

// keptFrom says in words what keeps the holder of d, which is whole or a part of it, from holding it.
func (p *planner) keptFrom(d, whole Duty, all []Duty) string {
	at, known := p.index[d.Holder]
	if d.Holder == "" {
		return "" // it becomes the gap that it was
	}
	if !known {
		return "is not a leader here"
	}
	l := p.Leaders[at]
	own := slices.DeleteFunc(slices.Clone(all), func(other Duty) bool { return other.ID == whole.ID })
	if why := p.obstacle(l, d, own); why != "" {
		return why
	}
	for _, other := range own { // a part does not begin with its shift, but goes with the same people
		m, known := p.index[other.Holder]
		if known && other.ID.Whole() != whole.ID && other.Rota == whole.Rota && other.Kind == whole.Kind && other.Start == whole.Start {
			if why := p.mismatch(whole, l, other, p.Leaders[m]); why != "" {
				return why
			}
		}
	}
	return ""
}

// Shares gives the fair shares of one duty of the problem, in order of leader.
func (p Problem) Shares(id DutyID) []Part {
	return slices.DeleteFunc(newPlanner(p).parts, func(part Part) bool { return part.Duty != id })
}

// Candidate is somebody who could, or could not, take a duty over.
type Candidate struct {
	Leader      LeaderID
	Why         string // the hard rule against it; "" for whoever can
	Over, After Points // excess over the fair share in the whole ledger, before and after
	Dislike     int    // the weight of their wishes against it; below zero where they would like it
}

// Candidates ranks who could take a duty, or a part of its time: first whoever can, the one with the smallest
// excess afterwards first; of equals, the one whose wishes speak for it. The holder is left out. Arguments are as
// for Exchange.
func (p Problem) Candidates(duties []Duty, over map[LeaderID]Load, t Transfer) ([]Candidate, error) {
	plan := newPlanner(p)
	var all []Candidate
	for _, l := range plan.Leaders {
		at := slices.IndexFunc(duties, func(d Duty) bool { return d.ID == t.Duty })
		if at >= 0 && duties[at].Holder == l.ID {
			continue
		}
		t.To = l.ID
		x, err := p.Exchange(duties, over, []Transfer{t})
		if err != nil {
			return nil, err
		}
		c := Candidate{Leader: l.ID, Dislike: plan.dislike(l, duties[at])}
		for _, e := range x.Effects {
			if e.Leader == l.ID {
				c.Over, c.After = e.Over, e.After
			}
		}
		if len(x.Obstacles) > 0 {
			c.Why = x.Obstacles[0].Why
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Candidate) int {
		return cmp.Or(boolFirst(a.Why == "", b.Why == ""), cmp.Compare(a.After, b.After), cmp.Compare(a.Dislike, b.Dislike), cmp.Compare(a.Leader, b.Leader))
	})
	return all, nil
}

// boolFirst orders what is true before what is not.
func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}
