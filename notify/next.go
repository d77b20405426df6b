package notify

import (
	"context"
	"fmt"
	"time"
)

// lookAgain is how long an engine may be left alone at most.
const lookAgain = 12 * time.Hour

// planAgain is how long a decision stands where nothing changes. What is published is planned for at least that long
// before the first rung of its ladder, and so nothing comes due unseen within it.
const planAgain = 7 * 24 * time.Hour

// Plan is what Tick does before it sends anything: all that is wanted is in the outbox, and what is due waits for the next
// Tick. Whoever runs engines for many PCNs begins with it, because sending takes as long as mail servers please.
func (e *Engine) Plan(ctx context.Context, now time.Time) (tally Tally, err error) {
	decided, err := e.plan(ctx, now.UTC().Truncate(time.Second), &tally)
	if err != nil {
		return tally, fmt.Errorf("plan reminders: %w", err)
	}
	e.kept = decided
	return tally, nil
}

// Next tells when a pass has something to do again if nothing changes until then: a reminder comes due, is to be
// tried again or loses its lease, a summary is due, or it is time to plan the days that have come into reach.
// Whoever runs engines for many PCNs keeps that time and leaves each alone until then.
func (e *Engine) Next(ctx context.Context, now time.Time) (time.Time, error) {
	next := now.Add(lookAgain)
	backlog, err := e.Outbox.Backlog(ctx)
	if err != nil {
		return now, fmt.Errorf("look for the next reminder: %w", err)
	}
	if !backlog.Next.IsZero() && backlog.Next.Before(next) {
		next = backlog.Next
	}
	if regular, any := e.Rules.nextRegular(now); any && regular.Before(next) {
		next = regular
	}
	if o := backlog.Obstacle; e.held(o, now) && next.Before(o.Next) {
		next = o.Next // nothing is tried before
	}
	return next, nil
}
