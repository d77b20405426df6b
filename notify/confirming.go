package notify

import "time"

// Confirming says when a message asks its recipient to confirm it.
type Confirming struct {
	Within time.Duration // how long they have, and how long whoever is asked next has; 0 asks nobody
	Ahead  time.Duration // a change asks where something it gives them begins within this time: all else is reminded of in time
}

// newAhead takes the place of Ahead for a duty that nobody had before. When a whole rota is published, only those are asked
// whose first duty may begin before a reminder of it.
const newAhead = 3 * 24 * time.Hour

// ofMove is by for what was told at at; zero too for what begins later than anybody is asked about.
func (c Confirming) ofMove(at time.Time, m Move) time.Time {
	ahead := c.Ahead
	if m.New {
		ahead = min(ahead, newAhead)
	}
	if m.Is == nil || m.Is.Span.Start.Sub(at) > ahead {
		return time.Time{}
	}
	return c.by(at, m.Is.Span.Start)
}

// answerBy gives the time by which r is to be confirmed where it reached its recipient at at and what it is about begins
// at first. Whoever is told late is not asked to have answered before.
func (c Confirming) answerBy(r Reminder, at, first time.Time) time.Time {
	if late := c.by(at, first); late.After(r.ConfirmBy) && at.Sub(r.Due) > time.Minute {
		return late
	}
	return r.ConfirmBy
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
