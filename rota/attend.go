package rota

import (
	"cmp"
	"slices"
)

// Seating is what says who attends meetings.
type Seating struct {
	Leaders  []Leader
	Absences []Absence
	OnCall   []Duty // duties on call in force
	Held     []Duty // duties of Meetings in force
	Replies  []Reply

	NightHours int // from the end of a night on call to the next meeting, for those who go by role
}

// Attend fills in who attends the meetings and who stands by. A representative goes, or, where there is none, the
// deputy. All whom a series names by role go with them, and to a meeting of everybody all go: those who are in
// post, not away, not at another meeting for the PCN or on call then, nor straight after a night on call, and have
// not declined. From a meeting of everybody being on call keeps nobody.
func (s Seating) Attend(meetings []Occurrence) []Occurrence {
	slices.SortFunc(s.Leaders, func(a, b Leader) int { return cmp.Compare(a.ID, b.ID) })
	holders := map[DutyID]LeaderID{}
	for _, d := range s.Held {
		holders[d.ID] = d.Holder
	}
	out := slices.Clone(meetings)
	for i, m := range out {
		front, deputy := holders[SittingID(Representative, m.ID)], holders[SittingID(Deputy, m.ID)]
		if front == "" {
			front, deputy = deputy, ""
		}
		var ids []LeaderID
		if front != "" && m.Series.Who.Mode != EverybodyGoes {
			ids = append(ids, front)
		}
		if mode := m.Series.Who.Mode; mode == EverybodyGoes || mode == RoleGoes {
			for _, l := range s.Leaders {
				if l.ID != front && l.ID != deputy && m.Series.Who.Admits(l) && s.comes(l, m) {
					ids = append(ids, l.ID)
				}
			}
		}
		slices.Sort(ids)
		out[i].Attending, out[i].Deputy = ids, deputy
		if m.Series.Who.Mode == EverybodyGoes {
			out[i].Deputy = ""
		}
	}
	return out
}

func (s Seating) comes(l Leader, m Occurrence) bool {
	declined := slices.ContainsFunc(s.Replies, func(r Reply) bool { return r.Meeting == m.ID && r.Leader == l.ID && r.Answer != Accepted })
	elsewhere := slices.ContainsFunc(s.Held, func(d Duty) bool {
		_, about, _ := d.ID.MeetingOf()
		return d.Holder == l.ID && about != m.ID && d.Tier != Deputy && d.Span.Overlaps(m.Span)
	})
	return !declined && !elsewhere && s.present(l, m) && (m.Series.Who.Mode == EverybodyGoes || !s.onCall(l, m))
}

// onCall reports whether l is on call during m, or was in the night that ends too short a time before it.
func (s Seating) onCall(l Leader, m Occurrence) bool {
	return slices.ContainsFunc(s.OnCall, func(d Duty) bool {
		return d.Holder == l.ID && (d.Span.Overlaps(m.Span) || d.nightBefore(m.Span, s.NightHours))
	})
}

// present reports whether l is in post on the day of m and not away during it. Leave of whole days is
// leave for the day on which m begins, however late it ends.
func (s Seating) present(l Leader, m Occurrence) bool {
	day := m.Start.Date
	away := slices.ContainsFunc(s.Absences, func(a Absence) bool {
		return a.Leader == l.ID && a.Bars() && (a.WholeDays() && a.Covers(day) || !a.WholeDays() && a.Overlaps(m.Start, m.End))
	})
	return l.InPost(day, day) && !away
}
