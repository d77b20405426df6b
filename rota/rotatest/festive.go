package rotatest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file checks that festive periods go round.

// season is a festive period: "Christmas 2027". Years are kept apart to be compared.
type season struct {
	name string
	year int
}

func (s season) String() string { return fmt.Sprintf("%s %d", s.name, s.year) }

// seasons lists the festive periods in which the duty has a day on call.
func seasons(d rota.Duty) []season {
	var list []season
	if d.Rota == "meetings" {
		return nil
	}
	for n := range daysOnCall(d.Start, d.End) {
		day := d.Start.Date.AddDays(n)
		if !festive(day) {
			continue
		}
		s := season{"Easter", day.Year}
		switch {
		case day.Month == time.January:
			s.name = "New Year"
		case day.Month == time.December && day.Day == 31:
			s = season{"New Year", day.Year + 1}
		case day.Month == time.December:
			s.name = "Christmas"
		}
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// again is a festive period that somebody has although others who could have it had it longer ago, or never.
type again struct {
	season
	leader rota.LeaderID
	over   []rota.LeaderID
}

// repeats finds out who has what again, given who holds the rota's duties.
func (c *checker) repeats(duties []rota.Duty) []again {
	has := map[season][]rota.LeaderID{}
	for _, d := range slices.Concat(c.Held, duties) {
		for _, s := range seasons(d) {
			has[s] = append(has[s], d.Holder)
		}
	}
	last := func(now season, l rota.LeaderID) int {
		for year := now.year - 1; year > now.year-100; year-- {
			if slices.Contains(has[season{now.name, year}], l) {
				return year
			}
		}
		return 0
	}
	var found []again
	for _, s := range c.seasonsOf(duties) {
		for _, l := range c.Leaders {
			if !slices.Contains(has[s], l.ID) {
				continue
			}
			a := again{season: s, leader: l.ID}
			for _, other := range c.Leaders {
				waits := !slices.Contains(has[s], other.ID) && last(s, other.ID) < last(s, l.ID)
				if waits && c.couldHave(s, other, duties) {
					a.over = append(a.over, other.ID)
				}
			}
			if len(a.over) > 0 {
				found = append(found, a)
			}
		}
	}
	return found
}

func (c *checker) seasonsOf(duties []rota.Duty) []season {
	var list []season
	for _, d := range duties {
		for _, s := range seasons(d) {
			if !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

func (c *checker) couldHave(s season, l rota.Leader, duties []rota.Duty) bool {
	return slices.ContainsFunc(duties, func(d rota.Duty) bool {
		return slices.Contains(seasons(d), s) && len(c.barred(l, d)) == 0
	})
}

// told checks that the draft's notes own up to every repeat, and to no other.
func (c *checker) told(d rota.Draft) {
	const word = " again, after "
	repeats := c.repeats(d.Duties)
	for _, a := range repeats {
		said := fmt.Sprintf("(%s) has %s%s", a.leader, a.season, word)
		if !slices.ContainsFunc(d.Notes, func(note string) bool { return strings.Contains(note, said) }) {
			c.breach(RuleFestive, "", a.leader, "%s has %s again before %v, and no note says so", a.leader, a.season, a.over)
		}
	}
	notes := 0
	for _, note := range d.Notes {
		if strings.Contains(note, word) {
			notes++
		}
	}
	if notes > len(repeats) {
		c.breach(RuleFestive, "", "", "%d notes tell of festive periods held again, and there are %d", notes, len(repeats))
	}
}

// checkFestive tries every exchange of two duties that weigh the same, so that fairness stays as it is,
// and names those by which fewer would be passed over.
func checkFestive(p rota.Problem, d rota.Draft) []Breach {
	m := newMover(p, d)
	for _, a := range m.repeats(d.Duties) {
		for _, give := range m.own(a.leader) {
			if !slices.Contains(seasons(give), a.season) {
				continue
			}
			for _, take := range d.Duties {
				moves := []move{{give, a.leader, take.Holder}, {take, take.Holder, a.leader}}
				if take.Holder != a.leader && take.Load == give.Load && m.allowed(moves) && m.fewer(d.Duties, moves) {
					return []Breach{{RuleFestive, give.ID, a.leader, fmt.Sprintf("%s has %s again before %v, although %s", a.leader, a.season, a.over, describe(moves)), 0}}
				}
			}
		}
	}
	return nil
}

// fewer reports whether fewer are passed over after the moves.
func (m *mover) fewer(duties []rota.Duty, moves []move) bool {
	after := slices.Clone(duties)
	for i := range after {
		for _, mv := range moves {
			if mv.ID == after[i].ID {
				after[i].Holder = mv.to
			}
		}
	}
	count := func(list []again) (n int) {
		for _, a := range list {
			n += len(a.over)
		}
		return n
	}
	return count(m.repeats(after)) < count(m.repeats(duties))
}
