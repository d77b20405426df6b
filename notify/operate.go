package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// This file is what an administrator may do to single messages. What was sent stays sent.

// withheld begins the Detail of what an administrator has called off: it is not planned again when it is wanted
// again, as what was cancelled for another reason is.
const withheld = "called off by "

// Withheld reports whether an administrator called the message off.
func (r Reminder) Withheld() bool {
	return r.State == Cancelled && strings.HasPrefix(r.Detail, withheld)
}

// Withhold calls off a message that waits. The error is the end of a sentence that begins with the message.
func (r Reminder) Withhold(by, why string, now time.Time) (Outcome, error) {
	if !r.open() {
		return Outcome{}, fmt.Errorf("is %s, so there is nothing to call off", r.State)
	}
	detail := withheld + by
	if why != "" {
		detail += ": " + why
	}
	return Outcome{State: Cancelled, At: now, Detail: detail}, nil
}

// Again has a message tried at the next pass that failed, was missed or called off, or waits for a later try; one that
// was called off before it was due waits for its time again. The error is the end of a sentence that begins with the message.
func (r Reminder) Again(now time.Time) (Outcome, error) {
	switch {
	case r.State == Sent:
		return Outcome{}, fmt.Errorf("was sent already, and is never sent twice")
	case r.State == Sending && r.Next.After(now):
		return Outcome{}, fmt.Errorf("is being sent at this moment")
	case !now.Before(r.Until):
		return Outcome{}, fmt.Errorf("is of no more use: what it is about has begun or is over")
	case r.State == Superseded, r.State == Cancelled && !r.Withheld():
		return Outcome{}, fmt.Errorf("is %s: it is not wanted any more", r.State)
	case r.State == Planned:
		return Outcome{}, fmt.Errorf("waits for its time, which has not come")
	case r.Withheld() && r.Due.After(now):
		return Outcome{State: Planned, At: now, Next: r.Due}, nil
	}
	return Outcome{State: Retrying, At: now, Next: now, Detail: "to be tried again"}, nil
}

// open reports whether a message still waits to be sent.
func (r Reminder) open() bool { return r.State == Planned || r.State == Sending || r.State == Retrying }

// Waiting gives what a pass at now would send, in the order in which it would: what is due in the outbox or new, as
// far as it is still wanted.
func (e *Engine) Waiting(ctx context.Context, now time.Time) ([]Reminder, error) {
	agenda, err := e.agenda(ctx, now)
	if err != nil {
		return nil, err
	}
	known, err := e.Outbox.Reminders(ctx, Filter{UsefulAfter: now})
	if err != nil {
		return nil, err
	}
	plan, drop := reconcile(e.addressed(Due(agenda, e.Rules, now)), known, agenda.Until, now)
	dropped := map[Key]bool{}
	for _, d := range drop {
		dropped[d.Key] = true
	}
	var waiting []Reminder
	for _, r := range slices.Concat(known, plan) {
		if r.open() && !r.Next.After(now) && !dropped[r.Key] {
			waiting = append(waiting, r)
		}
	}
	slices.SortStableFunc(waiting, func(a, b Reminder) int { return a.Next.Compare(b.Next) })
	return waiting, nil
}

// Preview puts together what r says, or would say, as things stand.
func (e *Engine) Preview(ctx context.Context, r Reminder, now time.Time) (Message, error) {
	if r.Kind == Gaps || r.Kind == Fairness {
		return e.report(ctx, r, now)
	}
	a, err := e.agenda(ctx, now)
	if err != nil {
		return Message{}, err
	}
	from, until := r.Start.AddDate(0, 0, -1), r.Start.AddDate(0, 0, 2) // what has begun, too
	duties, err := e.Source.Published(ctx, from, until)
	if err != nil {
		return Message{}, err
	}
	meetings, err := e.Source.Occurrences(ctx, from, until)
	if err != nil {
		return Message{}, err
	}
	if r.Kind != Digest {
		a.Duties, a.Meetings = duties, meetings
	}
	if a, err = e.withMeetings(ctx, a, r); err != nil {
		return Message{}, err
	}
	m, _ := e.message(a, r, now)
	return m, nil
}

// Returned gives what is told to whom because r came back from the recipient's mail system, in its words.
func (e *Engine) Returned(ctx context.Context, r Reminder, words string, now time.Time) ([]Reminder, error) {
	a, err := e.agenda(ctx, now)
	if err != nil {
		return nil, err
	}
	return Bounced(a, e.Rules, e.Manager.Email != "", r, words, now), nil
}
