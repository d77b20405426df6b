package notify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// Agenda is what is published for some days: a snapshot to decide on.
type Agenda struct {
	Duties   []rota.Published
	Meetings []rota.Occurrence
	Leaders  []rota.Leader
}

// Ladders holds the rungs of each kind of thing. An empty ladder reminds of nothing.
type Ladders struct {
	Duty    []rota.Rung
	Meeting []rota.Rung
}

func (l Ladders) of(k Kind) []rota.Rung {
	if k == Meeting {
		return l.Meeting
	}
	return l.Duty
}

// reach is how many days ahead a duty or meeting can be and have its first reminder due.
func (l Ladders) reach() int {
	days := 0
	for _, r := range slices.Concat(l.Duty, l.Meeting) {
		days = max(days, r.Days)
	}
	return days
}

// Rules is what Due decides by.
type Rules struct {
	Ladders Ladders
	Zone    *time.Location // of the PCN
	Domain  string         // right-hand side of the Message-IDs
	Summary *rota.Weekly   // when the manager is told what is wrong; nil for never
}

// Due decides on the reminders of everything in a that has not begun at now: one for each leader and
// rung. Those still to come, and of those already past the nearest to the start, are Planned: it goes at
// once, late, whether the duty was published at short notice or the program was not running. The
// earlier ones of the past are Missed. Nothing is due at a rung that comes at the start or after it. The
// summary of the week is among them from its time until that of the next.
// They are in order of Due, then Key.
func Due(a Agenda, rules Rules, now time.Time) []Reminder {
	var reminders []Reminder
	for _, e := range a.engagements() {
		if e.at.After(now) {
			reminders = append(reminders, climb(e, rules, now)...)
		}
	}
	reminders = append(reminders, summary(rules, now)...)
	slices.SortFunc(reminders, func(a, b Reminder) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key)) })
	return slices.CompactFunc(reminders, func(a, b Reminder) bool { return a.Key == b.Key })
}

// climb gives the reminders of one engagement, from the first rung to the last.
func climb(e engagement, rules Rules, now time.Time) []Reminder {
	rungs := slices.Clone(rules.Ladders.of(e.kind))
	slices.SortFunc(rungs, func(a, b rota.Rung) int { return a.Before(e.start).Compare(b.Before(e.start)) })
	var reminders []Reminder
	for _, rung := range slices.Compact(rungs) {
		due := rung.Before(e.start).Instant(rules.Zone).UTC()
		if !due.Before(e.at) {
			continue
		}
		if last := len(reminders) - 1; last >= 0 && !due.After(now) {
			reminders[last].State, reminders[last].Next = Missed, time.Time{}
			reminders[last].Detail = fmt.Sprintf("its time had passed, and the next took its place: %s", rung)
		}
		key := e.key(rung)
		reminders = append(reminders, Reminder{
			Key: key, Kind: e.kind, About: e.about, Leader: e.leader, Start: e.at,
			Due: due, Until: e.at, Reason: rung.String(), MessageID: messageID(string(key), rules.Domain),
			State: Planned, Next: due, Changed: now,
		})
	}
	return reminders
}

// engagements lists who must be where.
func (a Agenda) engagements() []engagement {
	var all []engagement
	for _, d := range a.Duties {
		if d.Holder != "" {
			all = append(all, engagement{Duty, string(d.ID), d.Holder, d.Start, d.Span.Start.UTC()})
		}
	}
	for _, m := range a.Meetings {
		for _, leader := range m.Attending {
			all = append(all, engagement{Meeting, string(m.ID), leader, m.Start, m.Span.Start.UTC()})
		}
	}
	return all
}
