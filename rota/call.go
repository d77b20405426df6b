package rota

import (
	"cmp"
	"slices"
	"time"
)

// CallID numbers a call-out.
type CallID int64

// Call is one time at which somebody on call was called and worked. It says nothing about patients.
type Call struct {
	ID      CallID
	Duty    DutyID   // the whole duty, also where a part of it was somebody else's
	Leader  LeaderID // who was on call then
	At      time.Time
	Minutes Minutes // of work, from 1 to LongestCall
	Note    string  // one line; may be ""
	Load    Load    // what it adds to what the leader holds, by the points an hour of the day it was logged
	Logged  time.Time
}

// LongestCall is the longest single call that can be logged. What lasts longer is logged in two, so that no
// call reaches into a second night.
const LongestCall Minutes = 12 * 60

// Span is the time of the work.
func (c Call) Span() Span { return Span{c.At, c.At.Add(time.Duration(c.Minutes) * time.Minute)} }

// SortCalls orders calls by time, then by number.
func SortCalls(calls []Call) {
	slices.SortFunc(calls, func(a, b Call) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
}

// Overlapping finds a call of the same leader that shares time with c: nobody works the same minute twice.
func (c Call) Overlapping(calls []Call) (Call, bool) {
	for _, other := range calls {
		if other.ID != c.ID && other.Leader == c.Leader && other.Span().Overlaps(c.Span()) {
			return other, true
		}
	}
	return Call{}, false
}

// Worked adds up the minutes that each leader actually worked.
func Worked(calls []Call) map[LeaderID]Minutes {
	worked := map[LeaderID]Minutes{}
	for _, c := range calls {
		worked[c.Leader] += c.Minutes
	}
	return worked
}

// CallPoints weighs work on call: perHour for each hour, in the heaviest category of the duty.
func CallPoints(d Duty, worked Minutes, perHour Points) (load Load) {
	load[d.Category()] = perHour * Points(worked) / 60
	return load
}

// ShareCall makes what a call weighs everybody's business, as its duty was: it is shared out among those who
// have a part in the duty, in the proportion of their parts, so that what is held and what is owed stay equal.
// A duty that was shared out to nobody gives nil.
func ShareCall(load Load, parts []Part) []Part {
	weights := make([]int64, len(parts))
	for i, p := range parts {
		weights[i] = int64(p.Load.Total())
	}
	shares := make([]Part, len(parts))
	for i, p := range parts {
		shares[i] = Part{Duty: p.Duty, Leader: p.Leader}
	}
	for category, points := range load {
		for i, amount := range apportion(int64(points), weights, make([]int64, len(parts))) {
			shares[i].Load[category] = Points(amount)
		}
	}
	return slices.DeleteFunc(shares, func(p Part) bool { return p.Load == Load{} })
}

// HandoverID numbers a handover note.
type HandoverID int64

// Handover is a note that whoever held a duty, or a part of it, leaves for whoever takes over. It is for the
// PCN alone, and says nothing about patients.
type Handover struct {
	ID      HandoverID
	Duty    DutyID // the whole duty
	Rota    RotaName
	Tier    TierName
	Leader  LeaderID // who wrote it
	Note    string
	Written time.Time
}

// NewestHandovers gives the note written last for each rota and tier, in order of time, then of number.
func NewestHandovers(notes []Handover) []Handover {
	type line struct {
		rota RotaName
		tier TierName
	}
	newest := map[line]HandoverID{}
	notes = slices.Clone(notes)
	slices.SortFunc(notes, func(a, b Handover) int { return cmp.Or(a.Written.Compare(b.Written), cmp.Compare(a.ID, b.ID)) })
	for _, n := range notes {
		newest[line{n.Rota, n.Tier}] = n.ID
	}
	return slices.DeleteFunc(notes, func(n Handover) bool { return newest[line{n.Rota, n.Tier}] != n.ID })
}
