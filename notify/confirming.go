package notify

import "time"

// Confirming says when a message asks its recipient to confirm it.
type Confirming struct {
	Within time.Duration // how long they have, and how long whoever is asked next has; 0 asks nobody
	Ahead  time.Duration // a change asks where something it gives them begins within this time: all else is reminded of in time
}

// by gives the time by which something that begins at start is to be confirmed when it is told at at: soon enough
// that half of the time is left for somebody else. It is zero where nobody is asked.
func (c Confirming) by(at, start time.Time) time.Time {
	left := start.Sub(at)
	if c.Within <= 0 || left <= 0 {
		return time.Time{}
	}
	return at.Add(min(c.Within, left/2)).UTC().Truncate(time.Second)
}
