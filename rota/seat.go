package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Seat is what the manager settled about who goes to the meetings of a series, beside whom it names.
type Seat struct {
	Series   SeriesID
	Deputies Panel   // empty where nobody is named: see StandIns
	Term     int     // so many months one person goes, counted from the first day of the series; 0 for no terms
	Travel   Minutes // to the place, or from it
	Points   Points  // of one meeting; 0 for so much an hour
}

// SittingsOf gives the meetings for which somebody is to be chosen, in their order.
func SittingsOf(meetings []Occurrence, seats map[SeriesID]Seat) []Sitting {
	var sittings []Sitting
	for _, m := range meetings {
		if m.Series.Who.Mode == EverybodyGoes {
			continue
		}
		seat := seats[m.Series.ID]
		s := Sitting{Occurrence: m, Deputies: seat.Deputies, Points: seat.Points, Travel: seat.Travel}
		if len(s.Deputies) == 0 {
			s.Deputies, s.Anybody = StandIns(m.Series.Who), true
		}
		sittings = append(sittings, s)
	}
	return sittings
}

// term gives the first day of the term that a day falls into.
func (seat Seat) term(first, day Date) Date {
	start := first
	for months := seat.Term; ; months += seat.Term {
		next := dateOf(first.At(0).Instant(time.UTC).AddDate(0, months, 0))
		if next.After(day) {
			return start
		}
		start = next
	}
}

// TermPins settles who goes to the meetings of series with terms: whoever has at least half of the term's meetings
// already, by the duties in force, or, where nobody has, the one who is furthest below their share. Where that
// one cannot come, nothing is settled.
func (p Problem) TermPins(seats map[SeriesID]Seat, inForce []Duty) []Pin {
	plan := newPlanner(p)
	holders, settled := map[DutyID]LeaderID{}, map[DutyID]bool{}
	for _, d := range inForce {
		holders[d.ID] = d.Holder
	}
	for _, pin := range p.Pins {
		settled[pin.Duty] = settled[pin.Duty] || !pin.Forbid
	}
	type term struct {
		series SeriesID
		from   Date
	}
	var order []term
	terms := map[term][]Sitting{}
	for _, s := range p.Sittings {
		if seat := seats[s.Series.ID]; seat.Term > 0 && s.Series.Who.Mode == AnyGoes && p.spans(s) {
			t := term{s.Series.ID, seat.term(s.Series.First, s.Start.Date)}
			if terms[t] == nil {
				order = append(order, t)
			}
			terms[t] = append(terms[t], s)
		}
	}
	over := map[LeaderID]Points{}
	for id, balance := range p.Balances {
		over[id] = balance.Total()
	}
	var pins []Pin
	for _, t := range order {
		duties := plan.representing(terms[t])
		goes := plan.mostOf(duties, holders)
		if goes == "" {
			goes = plan.elect(duties, over)
		}
		for _, d := range duties {
			at, known := plan.index[goes]
			if !known || settled[d.ID] || !plan.comes(plan.Leaders[at], d) {
				continue
			}
			over[goes] += d.Points()
			says := fmt.Sprintf("%s goes for the term from %s", plan.Leaders[at].Name, t.from)
			pins = append(pins, Pin{Duty: d.ID, Leader: goes, Reason: says, Says: says})
		}
	}
	return pins
}

// representing gives the duties of those who represent the PCN at meetings.
func (p *planner) representing(sittings []Sitting) []Duty {
	var duties []Duty
	for _, s := range sittings {
		duties = append(duties, s.duties(p.Policy)[0])
	}
	return duties
}

// mostOf gives who holds most of the duties, half of them at least, and can hold any to come; of equals the first by
// ID. Who has fewer went in turn with others, and has no term to go on with.
func (p *planner) mostOf(duties []Duty, holders map[DutyID]LeaderID) LeaderID {
	best, most := LeaderID(""), 0
	for _, l := range p.Leaders {
		held := 0
		for _, d := range duties {
			if holders[d.ID] == l.ID && p.outsidePool(l, d) == "" {
				held++
			}
		}
		if held > most && 2*held >= len(duties) {
			best, most = l.ID, held
		}
	}
	return best
}

// elect gives who is furthest below their share of those who can come to at least half as many of the meetings as
// anybody can.
func (p *planner) elect(duties []Duty, over map[LeaderID]Points) LeaderID {
	can, most := map[LeaderID]int{}, 0
	for _, l := range p.Leaders {
		for _, d := range duties {
			if p.comes(l, d) {
				can[l.ID]++
			}
		}
		most = max(most, can[l.ID])
	}
	able := slices.DeleteFunc(slices.Clone(p.Leaders), func(l Leader) bool { return can[l.ID] == 0 || 2*can[l.ID] < most })
	if len(able) == 0 {
		return ""
	}
	return slices.MinFunc(able, func(a, b Leader) int {
		return cmp.Or(cmp.Compare(over[a.ID], over[b.ID]), cmp.Compare(a.ID, b.ID))
	}).ID
}
