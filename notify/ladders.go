package notify

import (
	"slices"
	"time"

	"pcnrota/rota"
)

// Ladders holds the rungs of each kind of thing. An empty ladder reminds of nothing.
type Ladders struct {
	Duty           []rota.Rung
	Meeting        []rota.Rung
	Responsibility []rota.Rung
	Action         []rota.Rung

	// Ladders of their own, in place of those above.
	Rotas            map[rota.RotaName][]rota.Rung
	Bodies           map[rota.BodyID][]rota.Rung // of the meetings of a partner body
	Responsibilities map[string][]rota.Rung      // by identity

	Handover bool // whoever's duty begins is told of it at the start, with what was left for them
}

// of gives the ladder of what e is about.
func (l Ladders) of(e engagement) []rota.Rung {
	own, usual := []rota.Rung(nil), []rota.Rung(nil)
	found := false
	switch e.kind {
	case Duty:
		own, found = l.Rotas[rota.RotaName(e.group)]
		usual = l.Duty
	case Meeting:
		own, found = l.Bodies[rota.BodyID(e.group)]
		usual = l.Meeting
	case Responsibility:
		own, found = l.Responsibilities[e.group]
		usual = l.Responsibility
	case Action:
		usual = l.Action
	}
	if found {
		return own
	}
	return usual
}

// reach is how many days ahead something can be and have its first reminder due.
func (l Ladders) reach() int {
	days := 0
	for _, ladder := range l.all() {
		for _, r := range ladder {
			days = max(days, r.Days)
		}
	}
	return days
}

func (l Ladders) all() [][]rota.Rung {
	all := [][]rota.Rung{l.Duty, l.Meeting, l.Responsibility, l.Action}
	for _, name := range sortedKeys(l.Rotas) {
		all = append(all, l.Rotas[name])
	}
	for _, name := range sortedKeys(l.Bodies) {
		all = append(all, l.Bodies[name])
	}
	for _, name := range sortedKeys(l.Responsibilities) {
		all = append(all, l.Responsibilities[name])
	}
	return all
}

// Preference is what one leader wants otherwise than the ladders say. A change to one's own duty is told whatever
// anybody prefers.
type Preference struct {
	Leader rota.LeaderID
	Kind   Kind   // one of Preferable
	Rung   string // "7d 17:00", as rota.Rung.Short has it; "" for the kind as a whole
	Wanted bool   // besides what config.toml says; false: not at all
}

// Preferable are the kinds that a leader may have more or less of. Of an Invitation, nobody has any who did not ask.
var Preferable = []Kind{Duty, Handover, Meeting, Responsibility, Action, Digest, Invitation}

// climbs gives the rungs of a ladder as a leader prefers them.
func (a Agenda) climbs(ladder []rota.Rung, kind Kind, leader rota.LeaderID) []rota.Rung {
	if !a.wants(kind, leader) {
		return nil
	}
	rungs := slices.Clone(ladder)
	for _, p := range a.Preferences {
		rung, err := rota.ParseRung(p.Rung)
		if p.Leader != leader || p.Kind != kind || err != nil {
			continue
		}
		at := slices.IndexFunc(rungs, func(r rota.Rung) bool { return r.Short() == p.Rung })
		switch {
		case p.Wanted && at < 0:
			rungs = append(rungs, rung)
		case !p.Wanted && at >= 0:
			rungs = slices.Delete(rungs, at, at+1)
		}
	}
	return rungs
}

// wants reports whether a leader has not declined a kind as a whole.
func (a Agenda) wants(kind Kind, leader rota.LeaderID) bool {
	return !slices.Contains(a.Preferences, Preference{Leader: leader, Kind: kind})
}

// Hours are the hours of the day, by the clocks of the PCN, in which nothing goes out that can wait. The zero Hours are
// none.
type Hours struct {
	From, Until rota.TimeOfDay // Until may come before From: they reach over midnight
}

// soon is how near after the end of the quiet hours something must begin to be told in spite of them.
const soon = 12 * time.Hour

// wake gives when a reminder that would go out at t does go out, being about something that begins at start: at t, or
// at the end of the quiet hours.
func (h Hours) wake(t, start time.Time, zone *time.Location) time.Time {
	if h.From == h.Until {
		return t
	}
	c := rota.CivilOf(t, zone)
	end := c.Date
	switch {
	case h.From < h.Until && (c.Time < h.From || c.Time >= h.Until), h.From > h.Until && c.Time < h.From && c.Time >= h.Until:
		return t
	case h.From > h.Until && c.Time >= h.From:
		end = end.AddDays(1)
	}
	awake := end.At(h.Until).Instant(zone).UTC()
	if start.Sub(awake) < soon {
		return t
	}
	return awake
}

// wakeLate is wake for a reminder whose time t may have passed by now: it is not made good in the quiet hours either.
func (h Hours) wakeLate(t, now, start time.Time, zone *time.Location) time.Time {
	if t.Before(now) && h.wake(now, start, zone).After(now) {
		t = now
	}
	return h.wake(t, start, zone)
}

// on gives the moment of a rung for something that starts at start. With WorkingDays, what would come on a Saturday,
// a Sunday or a bank holiday comes on the last working day before, at the same time; the day of the start and the
// day before it stay, because they are the last call.
func (r Rules) on(rung rota.Rung, start rota.Civil) time.Time {
	at := rung.Before(start)
	for r.WorkingDays && rung.Days > 1 && !r.isWorkingDay(at.Date) {
		at.Date = at.Date.AddDays(-1)
	}
	return at.Instant(r.Zone).UTC()
}

func (r Rules) isWorkingDay(d rota.Date) bool {
	_, holiday := r.Holidays.On(d)
	return !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}
