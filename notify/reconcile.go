package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// reconcile compares the reminders that are wanted now with those the outbox has. It gives those to
// plan, and those that wait in the outbox and are wanted no more.
func reconcile(wanted, known []Reminder, now time.Time) (plan []Reminder, drop []Withdrawn) {
	stored := make(map[Key]Reminder, len(known))
	for _, k := range known {
		stored[k.Key] = k
	}
	for _, w := range wanted {
		s, found := stored[w.Key]
		told := toldWith(w, known)
		switch {
		case found && !(w.State == Planned && s.revives()):
			continue
		case told && found:
			continue
		case told:
			w.State, w.Next = Superseded, time.Time{}
			w.Detail = toldByNotice
		case !found && w.State == Planned && !w.Due.After(now) && toldAlready(w, known):
			w.State, w.Next = Missed, time.Time{}
			w.Detail = "its time had passed when it was added to the ladder, and the leader had been reminded before"
		}
		plan = append(plan, w)
	}
	current := newWants(wanted)
	for _, k := range known {
		if k.State != Planned && k.State != Retrying {
			continue
		}
		if toldWith(k, known) {
			drop = append(drop, Withdrawn{k, Outcome{State: Superseded, At: now, Detail: toldByNotice}})
			continue
		}
		if outcome, ok := current.still(k, now); !ok {
			drop = append(drop, Withdrawn{k, outcome})
		}
	}
	return plan, drop
}

// revives reports whether r may be planned again: it was never sent, and the reason for that can pass. A
// duty is swapped away and back, or a clock that was ahead is put right; only such a clock can have
// missed something that is of use.
func (r Reminder) revives() bool {
	return r.State == Cancelled || r.State == Superseded || r.State == Missed && !r.Changed.Before(r.Until)
}

// toldAlready reports whether the leader had any reminder of the same duty at the same time. It keeps a
// change of the ladder from sending everybody what they already know.
func toldAlready(w Reminder, known []Reminder) bool {
	for _, k := range known {
		if k.State == Sent && k.subject() == w.subject() && k.Start.Equal(w.Start) {
			return true
		}
	}
	return false
}

// toldWith finds the change notice that took the place of w: it told the same leader of that duty at that time, and was
// planned when the time of w had come. A notice that never reached anybody takes no place.
func toldWith(w Reminder, known []Reminder) bool {
	for _, k := range known {
		if k.Kind != Change || k.Leader != w.Leader || k.News == nil || w.Due.After(k.Due) || k.isLost() {
			continue
		}
		for _, m := range k.News.Moves {
			if string(m.Duty) == w.About && m.Is != nil && m.Is.Span.Start.Equal(w.Start) {
				return true
			}
		}
	}
	return false
}

const toldByNotice = "its time had passed when the duty became theirs, and the notice of the change tells of it"

// isLost reports whether r came to an end without reaching anybody.
func (r Reminder) isLost() bool {
	switch r.State {
	case Failed, Missed, Cancelled, Superseded:
		return true
	default:
		return false
	}
}

// subject is what a ladder of reminders leads to, wherever it moves.
type subject struct {
	kind   Kind
	about  string
	leader rota.LeaderID
}

func (r Reminder) subject() subject { return subject{r.Kind, r.About, r.Leader} }

// wants looks up what Due decided.
type wants struct {
	byKey  map[Key]Reminder
	starts map[subject]time.Time
}

func newWants(wanted []Reminder) wants {
	w := wants{map[Key]Reminder{}, map[subject]time.Time{}}
	for _, r := range wanted {
		w.byKey[r.Key] = r
		w.starts[r.subject()] = r.Start
	}
	return w
}

// still reports whether r is still wanted, and where not, what becomes of it and why.
func (w wants) still(r Reminder, now time.Time) (Outcome, bool) {
	if r.Kind.IsEvent() {
		if now.Before(r.Until) {
			return Outcome{}, true
		}
		return Outcome{State: Missed, At: now, Detail: tooLate(r)}, false
	}
	decided, found := w.byKey[r.Key]
	start, held := w.starts[r.subject()]
	switch {
	case found && decided.State == Planned:
		return Outcome{}, true
	case found:
		return Outcome{State: Missed, At: now, Detail: decided.Detail}, false
	case !now.Before(r.Until):
		return Outcome{State: Missed, At: now, Detail: tooLate(r)}, false
	case held && !start.Equal(r.Start):
		return Outcome{State: Superseded, At: now, Detail: fmt.Sprintf("moved: it now starts at %s", start.Format(time.RFC3339))}, false
	case held:
		return Outcome{State: Cancelled, At: now, Detail: "the ladder has this rung no more"}, false
	case r.Kind == Gaps:
		return Outcome{State: Cancelled, At: now, Detail: "config.toml asks for no summary at that time any more"}, false
	default:
		return Outcome{State: Cancelled, At: now, Detail: fmt.Sprintf("%s is not expected there at that time any more", r.Leader)}, false
	}
}

func tooLate(r Reminder) string {
	why := "it began before the reminder could be sent"
	if r.Kind == Gaps {
		why = "the next summary came before it could be sent"
	}
	if r.Kind.IsEvent() {
		why = "it was of no more use before it could be sent"
	}
	if r.Detail != "" {
		why += "; the last try: " + r.Detail
	}
	return why
}
