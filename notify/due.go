package notify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// Agenda is what is published for some days, and what people want to hear of it: a snapshot to decide on.
type Agenda struct {
	Duties      []rota.Published
	Meetings    []rota.Occurrence
	Tasks       []Task
	Leaders     []rota.Leader
	Bodies      []rota.Body // some have a ladder of their own
	Preferences []Preference
	Replies     []rota.Reply    // to meetings
	Actions     []rota.Action   // that meetings agreed on, by the day they are due
	Notes       []rota.Handover // that were left for whoever is on call next, in order of time
	Asked       []Reminder      // that ask to be confirmed, were sent and are not confirmed yet
	Until       time.Time       // what starts on it or later is not known; zero where all is
}

// Task is anything else that somebody has to do by a time: a Responsibility or an Action.
type Task struct {
	Kind   Kind
	ID     string // for life
	Leader rota.LeaderID
	Deputy rota.LeaderID // who is with them in it: the deputy, or, for a deputy, who is accountable; "" for nobody
	Title  string
	Since  rota.Date // when it was due, where it is overdue and asked for again
	Second bool      // Leader is asked as the deputy
	Own    bool      // it is Leader's own, and nobody else reads of it
	Line   string    // whose it is: the partner body, "" for the PCN
	Place  string    // where it is returned
	Group  string    // whose ladder it has
	Due    rota.Civil
	Span   rota.Span // its end is when it is due
}

// Rules is what Due decides by.
type Rules struct {
	Ladders Ladders
	Zone    *time.Location // of the PCN
	Domain  string         // right-hand side of the Message-IDs
	Confirm Confirming

	Quiet       Hours
	WorkingDays bool
	Holidays    rota.Holidays // for WorkingDays, and the days by which papers are due

	Digest   *rota.Weekly // when leaders are told of their week and the team's; nil for never
	Summary  *rota.Weekly // when the manager is told what is wrong; nil for never
	Fairness *Monthly     // when the manager is told who holds how much; nil for never
}

// reach is how many days ahead has to be known.
func (a Agenda) reach(r Rules) int {
	days := r.Ladders.reach()
	for _, b := range a.Bodies {
		for _, rung := range b.Ladder {
			days = max(days, rung.Days)
		}
	}
	for _, p := range a.Preferences {
		if rung, err := rota.ParseRung(p.Rung); err == nil && p.Wanted {
			days = max(days, rung.Days)
		}
	}
	if r.WorkingDays {
		days += 5 // of Easter or Christmas, with the days around them
	}
	if r.Digest != nil {
		days = max(days, digestDays)
	}
	if r.Confirm.Within > 0 {
		days = max(days, int(r.Confirm.Ahead/(24*time.Hour))+1)
	}
	return days + int(planAgain/(24*time.Hour)) + 1 // a day more for the time of day and the zone
}

// Due decides on the reminders of everything in a that has not begun at now: one for each leader and
// rung. Those still to come, and of those already past the nearest to the start, are Planned: it goes at
// once, late, whether the duty was published at short notice or the program was not running. The
// earlier ones of the past are Missed. Nothing is due at a rung that comes at the start or after it. The
// summaries of the week and month are among them from their time until that of the next, and what is to happen
// where nobody confirms. They are in order of Due, then Key.
func Due(a Agenda, rules Rules, now time.Time) []Reminder {
	return due(a, rules, now, func(subject) bool { return true })
}

// dueOf is Due of what the reminders given are about. What does not come from a ladder is all in it.
func dueOf(a Agenda, rules Rules, about []Reminder, now time.Time) []Reminder {
	asked := make(map[subject]bool, len(about))
	for _, r := range about {
		asked[r.subject()] = true
	}
	return due(a, rules, now, func(s subject) bool { return asked[s] })
}

func due(a Agenda, rules Rules, now time.Time, concerns func(subject) bool) []Reminder {
	var reminders []Reminder
	for _, e := range a.engagements(concerns) {
		if e.at.After(now) {
			reminders = a.climb(reminders, e, rules, now)
		}
	}
	reminders = append(reminders, handovers(a, rules, now)...)
	reminders = append(reminders, regular(a, rules, now)...)
	reminders = append(reminders, overdue(a, rules, now)...)
	slices.SortFunc(reminders, func(a, b Reminder) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key)) })
	return slices.CompactFunc(reminders, func(a, b Reminder) bool { return a.Key == b.Key })
}

// climb adds the reminders of one engagement, from the first rung to the last.
func (a Agenda) climb(reminders []Reminder, e engagement, rules Rules, now time.Time) []Reminder {
	rungs := a.climbs(a.ladder(rules, e), e.kind, e.leader)
	slices.SortFunc(rungs, func(a, b rota.Rung) int { return a.Before(e.start).Compare(b.Before(e.start)) })
	reminders = slices.Grow(reminders, len(rungs))
	before := len(reminders)
	for _, rung := range slices.Compact(rungs) {
		due := rules.on(rung, e.start)
		if !due.Before(e.at) {
			continue
		}
		if last := len(reminders) - 1; last >= before && !due.After(now) {
			reminders[last].State, reminders[last].Next = Missed, time.Time{}
			reminders[last].Detail = fmt.Sprintf("its time had passed, and the next took its place: %s", rung)
		}
		key := e.key(rung)
		r := Reminder{
			Key: key, Kind: e.kind, About: e.about, Leader: e.leader, Start: e.at,
			Due: due, Until: e.at, Reason: rung.String(), MessageID: messageID(string(key), rules.Domain),
			State: Planned, Next: rules.Quiet.wakeLate(due, now, e.at, rules.Zone), Changed: now,
		}
		if rung.Confirm {
			r.ConfirmBy = rules.Confirm.by(r.Next, e.at)
		}
		reminders = append(reminders, r)
	}
	return reminders
}

// ladder is that of the partner body, where it has its own, or what config.toml says.
func (a Agenda) ladder(rules Rules, e engagement) []rota.Rung {
	for _, b := range a.Bodies {
		if e.kind == Meeting && string(b.ID) == e.group && len(b.Ladder) > 0 {
			return b.Ladder
		}
	}
	return rules.Ladders.of(e)
}

// engagements lists who must be where, as far as that concerns.
func (a Agenda) engagements(concerns func(subject) bool) []engagement {
	var all []engagement
	for _, d := range a.Duties {
		if d.Holder != "" && concerns(subject{Duty, string(d.ID), d.Holder}) {
			all = append(all, engagement{Duty, string(d.ID), d.Holder, d.Start, d.Span.Start.UTC(), string(d.Rota)})
		}
	}
	all = append(all, meetingEngagements(a.Meetings, concerns)...)
	for _, t := range a.Tasks {
		if t.Leader != "" && concerns(subject{t.Kind, t.ID, t.Leader}) {
			all = append(all, engagement{t.Kind, t.ID, t.Leader, t.Due, t.Span.End.UTC(), t.Group})
		}
	}
	return all
}

// handoverUseful is how long after the start somebody is told that they are on call.
const handoverUseful = 2 * time.Hour

// handoverFresh is how long a note is told to whoever takes over.
const handoverFresh = 7 * 24 * time.Hour

// left gives the notes that whoever begins d should read: of the duties before in the same tier, the newest first.
func (a Agenda) left(d rota.Duty) []rota.Handover {
	var notes []rota.Handover
	for _, h := range slices.Backward(a.Notes) {
		fresh := d.Span.Start.Sub(h.Written) < handoverFresh && h.Written.Before(d.Span.Start.Add(handoverUseful))
		if fresh && h.Rota == d.Rota && h.Tier == d.Tier && h.Duty != d.ID && h.Leader != d.Holder {
			notes = append(notes, h)
		}
	}
	return notes
}

// handovers gives one reminder for each duty for which something was left, at its start.
func handovers(a Agenda, rules Rules, now time.Time) []Reminder {
	if !rules.Ladders.Handover {
		return nil
	}
	var reminders []Reminder
	for _, d := range a.Duties {
		start := d.Span.Start.UTC()
		useful := start.Add(min(handoverUseful, d.Span.End.Sub(d.Span.Start)))
		if d.Holder == "" || !now.Before(useful) || !a.wants(Handover, d.Holder) || len(a.left(d.Duty)) == 0 {
			continue
		}
		e := engagement{Handover, string(d.ID), d.Holder, d.Start, start, ""}
		key := Key(fmt.Sprintf("%s/%s/%s/%s", e.kind, e.about, start.Format(keyTime), e.leader))
		reminders = append(reminders, Reminder{
			Key: key, Kind: Handover, About: e.about, Leader: e.leader, Start: start, Due: start, Until: useful,
			Reason: "at the start", MessageID: messageID(string(key), rules.Domain), State: Planned, Next: start, Changed: now,
		})
	}
	return reminders
}
