package rota

import (
	"cmp"
	"slices"
	"time"
)

// Represent says who goes to each meeting. Where the series names people, by role, by name or
// everybody, those of them go who are in post and not away. Where anybody may go, it is the one among
// the eligible who is free and has gone least often; of equals the one whose last meeting is longest
// ago, then the first by ID.
//
// Free means in post, not away, not on call and at no other meeting at that time. A joiner counts as
// having gone as often as the least travelled of the others had when the joiner came. Whoever was
// chosen before and is still able to go keeps the meeting.
//
// The meetings must be in order of time. Those that have begun by now stay as they are and count as
// gone. The result has the same meetings with Attending filled in, empty where nobody can go.
func Represent(meetings []Occurrence, leaders []Leader, absences []Absence, onCall []Duty, now time.Time) []Occurrence {
	d := newDelegation(leaders, absences, onCall)
	out := slices.Clone(meetings)
	for i, m := range out {
		if m.Series.Who.Mode != AnyGoes {
			if m.Span.Start.After(now) {
				out[i].Attending = d.named(m)
			}
			d.occupy(out[i])
		}
	}
	for i, m := range out {
		if m.Series.Who.Mode == AnyGoes {
			if m.Span.Start.After(now) {
				out[i].Attending = d.choose(m)
			}
			d.occupy(out[i])
			d.count(out[i])
		}
	}
	return out
}

// delegation remembers who is busy when, and who went where.
type delegation struct {
	leaders  []Leader
	absences map[LeaderID][]Absence
	busy     map[LeaderID][]Span
	gone     map[LeaderID]int  // meetings attended for the PCN
	last     map[LeaderID]Date // of the latest of them
}

func newDelegation(leaders []Leader, absences []Absence, onCall []Duty) *delegation {
	d := &delegation{
		leaders: slices.Clone(leaders), absences: map[LeaderID][]Absence{}, busy: map[LeaderID][]Span{},
		gone: map[LeaderID]int{}, last: map[LeaderID]Date{},
	}
	slices.SortFunc(d.leaders, func(a, b Leader) int { return cmp.Compare(a.ID, b.ID) })
	for _, a := range absences {
		d.absences[a.Leader] = append(d.absences[a.Leader], a)
	}
	for _, duty := range onCall {
		d.busy[duty.Holder] = append(d.busy[duty.Holder], duty.Span)
	}
	return d
}

func (d *delegation) occupy(m Occurrence) {
	for _, id := range m.Attending {
		d.busy[id] = append(d.busy[id], m.Span)
	}
}

func (d *delegation) count(m Occurrence) {
	for _, id := range m.Attending {
		d.gone[id]++
		d.last[id] = m.Start.Date
	}
}

// named lists those whom the series names and who are there on the day.
func (d *delegation) named(m Occurrence) []LeaderID {
	var ids []LeaderID
	for _, l := range d.leaders {
		if m.Series.Who.Admits(l) && d.present(l, m) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// choose finds the one who goes to a meeting that anybody may attend.
func (d *delegation) choose(m Occurrence) []LeaderID {
	var able []LeaderID
	for _, l := range d.leaders {
		if m.Series.Who.Admits(l) && d.free(l, m) {
			able = append(able, l.ID)
		}
	}
	d.level(able)
	if len(able) == 0 {
		return nil
	}
	goes := slices.MinFunc(able, func(a, b LeaderID) int {
		return cmp.Or(cmp.Compare(d.gone[a], d.gone[b]), d.last[a].Compare(d.last[b]), cmp.Compare(a, b))
	})
	if len(m.Attending) == 1 && slices.Contains(able, m.Attending[0]) {
		goes = m.Attending[0]
	}
	return []LeaderID{goes}
}

// level starts those who could go for the first time at the least count of those who could before.
func (d *delegation) level(able []LeaderID) {
	least, known := 0, false
	for _, id := range able {
		if n, ok := d.gone[id]; ok && (!known || n < least) {
			least, known = n, true
		}
	}
	for _, id := range able {
		if _, ok := d.gone[id]; !ok {
			d.gone[id] = least
		}
	}
}

func (d *delegation) free(l Leader, m Occurrence) bool {
	return d.present(l, m) && !slices.ContainsFunc(d.busy[l.ID], m.Span.Overlaps)
}

// present reports whether l is in post on the day of m and not away during it. Leave of whole days is
// leave for the day on which m begins, however late it ends.
func (d *delegation) present(l Leader, m Occurrence) bool {
	day := m.Start.Date
	away := slices.ContainsFunc(d.absences[l.ID], func(a Absence) bool {
		return a.Bars() && (a.WholeDays() && a.Covers(day) || !a.WholeDays() && a.Overlaps(m.Start, m.End))
	})
	return l.InPost(day, day) && !away
}
