package rota

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Tally is what one leader does in a period, for pay and for job planning.
//
// Time counts where it passes: of a night over the end of a month, each month has the hours that lie in it,
// as they really pass: a night is an hour short when the clocks go forward, and an hour long when they go
// back. A duty and its points cannot be divided so, because they were given for a day on call: they count
// where the duty starts.
type Tally struct {
	Leader   LeaderID // "" for what nobody held
	Duties   int      // held, in whole or in part, by their start
	Time     time.Duration
	OnSite   time.Duration // of Time
	Points   Load          // by the start of the duty, or of the part that was held
	Meetings int           // attended for the PCN, by their start
	Met      time.Duration // time in meetings, not part of Time
}

// Plus adds up two tallies. The leader is t's.
func (t Tally) Plus(o Tally) Tally {
	t.Duties += o.Duties
	t.Time += o.Time
	t.OnSite += o.OnSite
	t.Points = t.Points.Plus(o.Points)
	t.Meetings += o.Meetings
	t.Met += o.Met
	return t
}

// AtHome is the time on call that is not on site.
func (t Tally) AtHome() time.Duration { return t.Time - t.OnSite }

// TallyUp tells who did what in period, in order of leader; what nobody held comes first. Duties are those in
// force, the ones of which a part was handed over in pieces with the holder of each (see Duty.Divide): all that
// share any time with the period, with all their pieces. A duty that two shared counts for both. Two
// duties at the same time count as both.
func TallyUp(period Span, duties []Published, place func(Published) Place, meetings []Occurrence) []Tally {
	tallies := map[LeaderID]Tally{}
	add := func(who LeaderID, more Tally) {
		t := tallies[who].Plus(more)
		t.Leader = who
		tallies[who] = t
	}
	begun := map[holding]bool{}
	duties = slices.Clone(duties)
	slices.SortStableFunc(duties, func(a, b Published) int { return compareDuties(a.Duty, b.Duty) })
	for _, d := range duties {
		h := holding{d.ID.Whole(), d.Holder}
		more := tallyOf(period, d, place(d), !begun[h])
		begun[h] = true
		if more != (Tally{}) {
			add(d.Holder, more)
		}
	}
	for _, m := range meetings {
		for _, who := range m.Attending {
			if more := tallyOfMeeting(period, m); more != (Tally{}) {
				add(who, more)
			}
		}
	}
	return slices.SortedFunc(maps.Values(tallies), func(a, b Tally) int { return cmp.Compare(a.Leader, b.Leader) })
}

// holding is one leader's hold of one duty, in however many pieces.
type holding struct {
	duty   DutyID
	leader LeaderID
}

// tallyOf is what one piece of a duty adds. Only the first piece of a holding counts as a duty.
func tallyOf(period Span, d Published, place Place, first bool) Tally {
	t := Tally{Time: period.Shared(d.Span)}
	if place == OnSite {
		t.OnSite = t.Time
	}
	if period.Contains(d.Span.Start) {
		t.Points = d.Load
		if first {
			t.Duties = 1
		}
	}
	return t
}

func tallyOfMeeting(period Span, m Occurrence) Tally {
	t := Tally{Met: period.Shared(m.Span)}
	if period.Contains(m.Span.Start) {
		t.Meetings = 1
	}
	return t
}

// Shared is the time that s and o have in common.
func (s Span) Shared(o Span) time.Duration {
	if !s.Overlaps(o) {
		return 0
	}
	start, end := s.Start, s.End
	if o.Start.After(start) {
		start = o.Start
	}
	if o.End.Before(end) {
		end = o.End
	}
	return end.Sub(start)
}

// Whole is the duty of which id may name a piece; see Duty.Divide.
func (id DutyID) Whole() DutyID {
	whole, _, _ := strings.Cut(string(id), "+")
	return DutyID(whole)
}
