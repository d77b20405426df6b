package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// reconcile compares the reminders that are wanted now with those the outbox has. It gives those to
// plan, and those that wait in the outbox and are wanted no more.
func reconcile(wanted, known []Reminder, until, now time.Time) (plan []Reminder, drop []Result) {
	stored := make(map[Key]*Reminder, len(known))
	for i := range known {
		stored[known[i].Key] = &known[i]
	}
	told := newHeard(known)
	for _, w := range wanted {
		s, found := stored[w.Key]
		merged := told.withNotice(w)
		switch {
		case found && !(w.State == Planned && s.revives()):
			continue
		case merged && found:
			continue
		case merged:
			w.State, w.Next = Superseded, time.Time{}
			w.Detail = toldByNotice
		case !found && w.State == Planned && !w.Due.After(now) && told.before(w):
			w.State, w.Next = Missed, time.Time{}
			w.Detail = "its time had passed when it was added to the ladder, and the leader had been reminded before"
		}
		plan = append(plan, w)
	}
	current := newWants(wanted, until)
	for _, k := range known {
		if k.State != Planned && k.State != Retrying {
			continue
		}
		if told.withNotice(k) {
			drop = append(drop, Result{k, Outcome{State: Superseded, At: now, Detail: toldByNotice}})
			continue
		}
		if outcome, ok := current.still(k, now); !ok {
			drop = append(drop, Result{k, outcome})
		}
	}
	return plan, drop
}

// revives reports whether r may be planned again: it was never sent, and the reason for that can pass. A
// duty is swapped away and back, or a clock that was ahead is put right; only such a clock can have
// missed something that is of use.
func (r Reminder) revives() bool {
	return r.State == Cancelled && !r.Withheld() || r.State == Superseded || r.State == Missed && !r.Changed.Before(r.Until)
}

// heard looks up what people have been told already.
type heard struct {
	reminded map[subjectAt]bool      // anything of the same duty at the same time was sent
	notices  map[subjectAt]time.Time // when a change notice told of the duty at that time; the latest
}

type subjectAt struct {
	about  string
	leader rota.LeaderID
	start  int64
}

func newHeard(known []Reminder) heard {
	h := heard{map[subjectAt]bool{}, map[subjectAt]time.Time{}}
	for _, k := range known {
		switch {
		case k.Kind == Change && k.News != nil && !k.isLost():
			for _, m := range k.News.Moves {
				if at := (subjectAt{string(m.Duty), k.Leader, 0}); m.Is != nil {
					at.start = m.Is.Span.Start.Unix()
					if k.Due.After(h.notices[at]) {
						h.notices[at] = k.Due
					}
				}
			}
		case k.State == Sent && k.Kind != Handover:
			h.reminded[subjectAt{k.About, k.Leader, k.Start.Unix()}] = true
		}
	}
	return h
}

func (r Reminder) at() subjectAt { return subjectAt{r.About, r.Leader, r.Start.Unix()} }

// before reports whether the leader had any reminder of the same duty at the same time. It keeps a change of the ladder
// from sending everybody what they already know.
func (h heard) before(w Reminder) bool { return w.Kind != Handover && h.reminded[w.at()] }

// withNotice reports whether a change notice took the place of w: it told the same leader of that duty at that time, and
// was planned when the time of w had come. A notice that never reached anybody takes no place.
func (h heard) withNotice(w Reminder) bool {
	told, found := h.notices[w.at()]
	return found && w.Kind == Duty && !w.Due.After(told)
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
	byKey  map[Key]*Reminder
	starts map[subject]time.Time
	until  time.Time // what starts on it or later is not known; zero where all is
}

// unknown reports whether nothing can be said about r, because it lies beyond the days that were looked at.
func (w wants) unknown(r Reminder) bool {
	return !w.until.IsZero() && !r.Start.Before(w.until) && (r.Kind == Duty || r.Kind == Meeting || r.Kind == Handover)
}

func newWants(wanted []Reminder, until time.Time) wants {
	w := wants{make(map[Key]*Reminder, len(wanted)), map[subject]time.Time{}, until}
	for i := range wanted {
		w.byKey[wanted[i].Key] = &wanted[i]
		w.starts[wanted[i].subject()] = wanted[i].Start
	}
	return w
}

// still reports whether r is still wanted, and where not, what becomes of it and why.
func (w wants) still(r Reminder, now time.Time) (Outcome, bool) {
	if r.News != nil && r.Kind != ConfirmOverdue {
		if now.Before(r.Until) {
			return Outcome{}, true
		}
		return Outcome{State: Missed, At: now, Detail: tooLate(r)}, false
	}
	decided, found := w.byKey[r.Key]
	start, held := w.starts[r.subject()]
	switch {
	case w.unknown(r):
		return Outcome{}, true // the clock was ahead when it was planned: nothing is known of those days
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
	case r.Leader == "" || r.Kind == Digest:
		return Outcome{State: Cancelled, At: now, Detail: whyNoMore(r)}, false
	case r.Kind == ConfirmOverdue:
		return Outcome{State: Cancelled, At: now, Detail: whyNoMore(r)}, false
	default:
		return Outcome{State: Cancelled, At: now, Detail: fmt.Sprintf("%s is not expected there at that time any more, or wants no reminder of it", r.Leader)}, false
	}
}

// whyNoMore says why something is wanted no more that is not about being somewhere.
func whyNoMore(r Reminder) string {
	if r.Kind == ConfirmOverdue {
		return "it was confirmed, or the duties have moved or are others'"
	}
	return "config.toml, or whoever gets it, asks for none at that time any more"
}

func tooLate(r Reminder) string {
	why := "it began before the reminder could be sent"
	if r.Kind == Gaps || r.Kind == Fairness {
		why = "the next summary came before it could be sent"
	}
	if r.Kind.IsEvent() || r.Kind == Digest {
		why = "it was of no more use before it could be sent"
	}
	if r.Detail != "" {
		why += "; the last try: " + r.Detail
	}
	return why
}
