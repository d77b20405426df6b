package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Recognise says which meetings are which. Planned are the meetings as their series have them now; known are
// all that there ever were, cancelled those of them that do not take place. A meeting that is known keeps its
// ID, who goes, and what was decided about it alone, and is moved or renamed by that; a new one gets an ID
// that was never used. The result is the meetings to come at now, in order of time, without those that somebody
// cancelled.
//
// A meeting is recognised by the day on which its series has it. Where a series has changed its days, the rest
// are paired in order: those of the same week, then those of the same month. So the January meeting
// stays the January meeting when the third Thursday becomes the last Monday. What has begun is never
// touched, and never planned a second time. A series that goes on with another shares its meetings.
func Recognise(planned, known, cancelled []Occurrence, series []Series, now time.Time, zone *time.Location) []Occurrence {
	r := recogniser{now: now, origin: origins(series), taken: map[OccurrenceID]bool{}}
	for _, o := range slices.Concat(known, cancelled) {
		r.taken[o.ID] = true
	}
	planned = slices.Clone(planned)
	slices.SortStableFunc(planned, func(a, b Occurrence) int { return a.Span.Start.Compare(b.Span.Start) })
	found := r.pair(planned, known, cancelled)
	var out []Occurrence
	for i, o := range planned {
		if was := found[i]; was != nil {
			o = o.as(*was, zone)
			if !was.Span.Start.After(now) {
				continue // it has been, or is going on
			}
		} else {
			o.ID = r.name(o)
		}
		if o.Span.Start.After(now) && !o.Own.Cancelled {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Occurrence) int {
		return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// origins gives the first series of each chain of series that go on with one another.
func origins(series []Series) map[SeriesID]SeriesID {
	follows := map[SeriesID]SeriesID{}
	for _, s := range series {
		follows[s.ID] = s.Follows
	}
	origin := map[SeriesID]SeriesID{}
	for _, s := range series {
		first := s.ID
		for n := 0; follows[first] != 0 && n < len(series); n++ {
			first = follows[first]
		}
		origin[s.ID] = first
	}
	return origin
}

type recogniser struct {
	now    time.Time
	origin map[SeriesID]SeriesID
	taken  map[OccurrenceID]bool
}

// slot is where two meetings have to be the same to be recognised as one.
type slot struct {
	origin SeriesID
	where  Date
}

// pair finds for each planned meeting the one it was before; nil for a new one.
func (r recogniser) pair(planned, known, cancelled []Occurrence) []*Occurrence {
	found := make([]*Occurrence, len(planned))
	used := map[OccurrenceID]bool{}
	match := func(candidates []Occurrence, where func(Date) Date, admits func(Occurrence) bool) {
		free := map[slot][]*Occurrence{}
		for i := range candidates {
			o := &candidates[i]
			if !used[o.ID] && admits(*o) {
				at := slot{r.origin[o.Series.ID], where(o.Planned)}
				free[at] = append(free[at], o)
			}
		}
		for i, o := range planned {
			at := slot{r.origin[o.Series.ID], where(o.Planned)}
			if found[i] != nil || len(free[at]) == 0 {
				continue
			}
			found[i], free[at] = free[at][0], free[at][1:]
			used[found[i].ID] = true
		}
	}
	day := func(d Date) Date { return d }
	month := func(d Date) Date { return Date{d.Year, d.Month, 1} }
	all := func(Occurrence) bool { return true }
	toCome := func(o Occurrence) bool { return o.Span.Start.After(r.now) }
	decided := func(o Occurrence) bool { return toCome(o) && o.Own.Cancelled }
	match(known, day, all)
	match(cancelled, day, all)
	for _, where := range []func(Date) Date{Date.Monday, month} {
		match(known, where, toCome)
		match(cancelled, where, decided)
	}
	return found
}

// name gives a new meeting an ID that no other has had.
func (r recogniser) name(o Occurrence) OccurrenceID {
	id := NewOccurrenceID(o.Series.ID, o.Planned)
	for n := 2; r.taken[id]; n++ {
		id = OccurrenceID(fmt.Sprintf("%s.%d", NewOccurrenceID(o.Series.ID, o.Planned), n))
	}
	r.taken[id] = true
	return id
}

// as gives the planned meeting o the identity of was, and does with it what was decided about it.
func (o Occurrence) as(was Occurrence, zone *time.Location) Occurrence {
	o.ID, o.Own, o.Attending = was.ID, was.Own, was.Attending
	o.Series = o.Own.On(o.Series)
	if o.Own.Start != nil || o.Own.Minutes != nil {
		start := o.Start
		put(&start, o.Own.Start)
		o.Start, o.End, o.Span = MeetingTimes(start, o.Series.Minutes, zone)
	}
	return o
}
