package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota/internal/assign"
)

// This file remembers festive periods over years, so that nobody has one again before all have had it.

// Festivity is a festive period that comes round every year.
type Festivity string

// The festivities, in the order of the year.
const (
	NewYear   Festivity = "New Year"  // 31 December and 1 January
	Easter    Festivity = "Easter"    // Good Friday to Easter Monday
	Christmas Festivity = "Christmas" // 24 to 26 December
)

// Festivities lists them in that order.
var Festivities = []Festivity{NewYear, Easter, Christmas}

// FestivePeriod is one of them in one year. A New Year belongs to the year that begins.
type FestivePeriod struct {
	Festivity Festivity `json:"festivity"`
	Year      int       `json:"year"`
}

// String names the period: "Christmas 2027".
func (f FestivePeriod) String() string { return fmt.Sprintf("%s %d", f.Festivity, f.Year) }

// FestivePeriodOf gives the festive period that d belongs to, if it is a festive day.
func FestivePeriodOf(d Date) (FestivePeriod, bool) {
	switch name := FestiveName(d); {
	case name == "":
		return FestivePeriod{}, false
	case d.Month == time.December && d.Day == 31:
		return FestivePeriod{NewYear, d.Year + 1}, true
	case d.Month == time.January:
		return FestivePeriod{NewYear, d.Year}, true
	case d.Month == time.December:
		return FestivePeriod{Christmas, d.Year}, true
	default:
		return FestivePeriod{Easter, d.Year}, true
	}
}

// Festive lists the festive periods in which the duty has a day on call; a meeting has none. Whoever holds it has them.
func (d Duty) Festive() []FestivePeriod {
	var periods []FestivePeriod
	if d.Rota == Meetings {
		return nil
	}
	for _, day := range d.OnCall() {
		if f, ok := FestivePeriodOf(day); ok && !slices.Contains(periods, f) {
			periods = append(periods, f)
		}
	}
	return periods
}

// Turn is a festive period as a rota shares it out.
type Turn struct {
	Period FestivePeriod
	Before []Had // everybody who could have it, and had it before; the longest ago first, then by ID
	Never  []LeaderID
	Has    []LeaderID // in order of ID, whoever has it, in this rota or in others
}

// Had says when a leader had a festivity last.
type Had struct {
	Leader LeaderID `json:"leader"`
	Year   int      `json:"year"`
}

// Repeat is a festive period held again by somebody who had it since others who could have had it now.
type Repeat struct {
	Had
	Period FestivePeriod
	Over   []LeaderID // those passed over, in order of ID
}

// Repeats lists whoever has the turn again before all have had it.
func (t Turn) Repeats() []Repeat {
	var repeats []Repeat
	for i, had := range t.Before {
		if !slices.Contains(t.Has, had.Leader) {
			continue
		}
		over := slices.DeleteFunc(slices.Clone(t.Never), func(l LeaderID) bool { return slices.Contains(t.Has, l) })
		for _, other := range t.Before[:i] {
			if other.Year < had.Year && !slices.Contains(t.Has, other.Leader) {
				over = append(over, other.Leader)
			}
		}
		if slices.Sort(over); len(over) > 0 {
			repeats = append(repeats, Repeat{had, t.Period, over})
		}
	}
	return repeats
}

// memory says who had which festive periods.
type memory map[FestivePeriod]map[LeaderID]bool

func (m memory) add(duties []Duty) {
	for _, d := range duties {
		for _, f := range d.Festive() {
			if m[f] == nil {
				m[f] = map[LeaderID]bool{}
			}
			m[f][d.Holder] = true
		}
	}
}

// last gives the year before the period in which the leader had its festivity last; 0 for never.
func (m memory) last(before FestivePeriod, l LeaderID) int {
	year := 0
	for f, who := range m {
		if f.Festivity == before.Festivity && f.Year < before.Year && who[l] {
			year = max(year, f.Year)
		}
	}
	return year
}

// remember gives who had which festive periods by the published duties and by the rota's own, as held.
func (p *planner) remember(duties []Duty) memory {
	m := memory{}
	m.add(p.Held)
	m.add(duties)
	return m
}

// TurnsOf tells who had the festive periods of one duty before, over all rotas, and whose turn they are now. The
// duties are those of the rota, as held.
func TurnsOf(p Problem, duties []Duty, id DutyID) []Turn {
	var periods []FestivePeriod
	for _, d := range duties {
		if d.ID == id {
			periods = d.Festive()
		}
	}
	return slices.DeleteFunc(newPlanner(p).turns(duties), func(t Turn) bool { return !slices.Contains(periods, t.Period) })
}

// turns tells of every festive period of the rota, in order of time, who had it last before, over all
// rotas, and who has it now.
func (p *planner) turns(duties []Duty) []Turn {
	m := p.remember(duties)
	var turns []Turn
	for _, period := range periodsOf(duties) {
		t := Turn{Period: period}
		for _, l := range p.Leaders {
			has := m[period][l.ID]
			if has {
				t.Has = append(t.Has, l.ID)
			}
			year := m.last(period, l.ID)
			switch could := has || p.could(period, l, duties); {
			case could && year > 0:
				t.Before = append(t.Before, Had{l.ID, year})
			case could:
				t.Never = append(t.Never, l.ID)
			}
		}
		slices.SortStableFunc(t.Before, func(a, b Had) int { return cmp.Compare(a.Year, b.Year) })
		turns = append(turns, t)
	}
	return turns
}

// could reports whether l could hold any duty of the period, whatever else is on the rota.
func (p *planner) could(period FestivePeriod, l Leader, duties []Duty) bool {
	return slices.ContainsFunc(duties, func(d Duty) bool {
		return slices.Contains(d.Festive(), period) && p.bar(l, d) == ""
	})
}

// periodsOf lists the festive periods of duties in order of time.
func periodsOf(duties []Duty) []FestivePeriod {
	var periods []FestivePeriod
	for _, d := range duties {
		for _, f := range d.Festive() {
			if !slices.Contains(periods, f) {
				periods = append(periods, f)
			}
		}
	}
	return periods
}

// rounds puts the festivities to the search. All are the slots, the rota's own duties first.
func (p *planner) rounds(all []Duty, slots []assign.Slot) []assign.Round {
	m := p.remember(nil)
	var rounds []assign.Round
	for _, festivity := range Festivities {
		periods := slices.DeleteFunc(periodsOf(p.duties), func(f FestivePeriod) bool { return f.Festivity != festivity })
		if len(periods) == 0 {
			continue
		}
		var round assign.Round
		for _, l := range p.Leaders {
			round.Last = append(round.Last, m.last(periods[0], l.ID))
		}
		for _, period := range periods {
			turn := assign.Turn{When: period.Year, Could: make([]bool, len(p.Leaders))}
			for s, d := range all {
				if !slices.Contains(d.Festive(), period) {
					continue
				}
				turn.Slots = append(turn.Slots, s)
				for i := range turn.Could {
					turn.Could[i] = turn.Could[i] || (s < len(p.duties) && slots[s].Able[i])
				}
			}
			round.Turns = append(round.Turns, turn)
		}
		rounds = append(rounds, round)
	}
	return rounds
}

// again tells of everybody who has a festive period again before all have had it.
func (p *planner) again(duties []Duty) []string {
	var notes []string
	for _, t := range p.turns(duties) {
		for _, r := range t.Repeats() {
			verb := "has"
			if len(r.Over) > 1 {
				verb = "have"
			}
			notes = append(notes, fmt.Sprintf("%s has %s again, after %d, though %s could have it and %s not had it since. No rota as fair was found without that.",
				p.name(r.Leader), r.Period, r.Year, p.nameFirst(r.Over), verb))
		}
	}
	return notes
}

func (p *planner) name(id LeaderID) string {
	if i, known := p.index[id]; known {
		return fmt.Sprintf("%s (%s)", p.Leaders[i].Name, id)
	}
	return string(id)
}

// nameFirst names the first few of a list and counts the rest: "Ann (L01), Bo (L02) and 3 others".
func (p *planner) nameFirst(ids []LeaderID) string {
	const shown = 3
	var names []string
	for i, id := range ids {
		if i == shown-1 && len(ids) > shown {
			names = append(names, fmt.Sprintf("%d others", len(ids)-i))
			break
		}
		names = append(names, p.name(id))
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return names[0]
}
