package rota

import "time"

// ActionID numbers an action.
type ActionID int64

// Action is something that a meeting agreed is to be done.
type Action struct {
	ID      ActionID
	Meeting OccurrenceID
	Owner   LeaderID // who sees to it
	What    string   // in a few words; no patient data
	Due     Date
	Done    time.Time // zero while it is open
}

// Overdue reports whether a is open and its day is over.
func (a Action) Overdue(today Date) bool { return a.Done.IsZero() && a.Due.Before(today) }

// Presence says whether somebody was at a meeting.
type Presence struct {
	Meeting OccurrenceID
	Leader  LeaderID
	Came    bool
}
