package rota

import "time"

// Away is an absence as a calendar may show it: when, and never why.
type Away struct {
	ID         AbsenceID
	Leader     LeaderID
	Start, End Civil     // in the PCN's zone, End excluded
	Sequence   int       // changes since it was entered, from 0
	Modified   time.Time // last of them, UTC
}

// WholeDays reports whether it is from a midnight to a midnight.
func (a Away) WholeDays() bool { return a.Start.Time == 0 && a.End.Time == 0 }
