package rota

import (
	"cmp"
	"slices"
	"strings"
)

// Two duties of one person that start within a week are crowded, which costs as much as going against a
// wish of weight crowdWeight. So are two meetings of one series in a row, however far apart they are, at which the same
// person represents the PCN, or deputises.
const (
	crowdDays   = 7
	crowdWeight = 2
)

// spacing says which duties had better be held by two.
type spacing struct {
	next map[DutyID]DutyID // from representing the PCN, or deputising, at one meeting to the same at the next of its series
}

// spacingOf looks at all duties of a time, whatever their order.
func spacingOf(all []Duty) spacing {
	series := map[string][]Duty{}
	for _, d := range all {
		if d.Rota == Meetings {
			name := string(d.ID[:strings.LastIndexByte(string(d.ID), '.')])
			series[name] = append(series[name], d)
		}
	}
	s := spacing{next: map[DutyID]DutyID{}}
	for _, meetings := range series {
		slices.SortFunc(meetings, func(a, b Duty) int { return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID)) })
		for i := range len(meetings) - 1 {
			s.next[meetings[i].ID] = meetings[i+1].ID
		}
	}
	return s
}

// crowded reports whether one person had better not hold both.
func (s spacing) crowded(a, b Duty) bool {
	gap := a.Start.Date.DaysUntil(b.Start.Date)
	return max(gap, -gap) < crowdDays || s.inARow(a, b)
}

// inARow reports whether one is the same part at the next meeting after the other's.
func (s spacing) inARow(a, b Duty) bool { return s.next[a.ID] == b.ID || s.next[b.ID] == a.ID }
