package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// batch is how many reminders are claimed at a time: enough that claiming costs little, and few
	// enough that one lease covers sending them all at 30 a minute.
	batch = 256
	// lease is how long a claim lasts. A reminder whose sender died is tried again after it, or as soon as another
	// process finds itself alone.
	lease = 10 * time.Minute
	// sendWithin is how long a batch may take, so that its last message is not on its way when the lease
	// ends.
	sendWithin = lease - time.Minute
	// unrecorded is how many messages may have been sent without their results being stored: so many at most, and the one
	// on its way, are sent again, with the same Message-ID, when the process dies.
	unrecorded = 16
)

// deliver claims and sends what is due, batch by batch, until nothing is left or there is no use in
// going on. Decided is made anew where anything has changed meanwhile.
func (e *Engine) deliver(ctx context.Context, now time.Time, decided *decision, tally *Tally) error {
	backlog, err := e.Outbox.Backlog(ctx)
	if err != nil || e.held(backlog.Obstacle, now) {
		return err
	}
	if o := backlog.Obstacle; o != nil && now.Before(o.Next) { // the first pass does not wait for what a former engine put off
		o.Next = now
		if err := e.Outbox.SetObstacle(ctx, o); err != nil {
			return err
		}
	} else if !backlog.concerns(now) {
		return nil
	}
	release, err := e.Outbox.BeginSending(ctx, now, backlog.Sending)
	if err != nil {
		return err
	}
	defer release()
	defer e.Sender.Idle()
	d := delivery{Engine: e, decided: decided, now: now, tally: tally, obstacle: backlog.Obstacle}
	for d.more = true; d.more && ctx.Err() == nil; {
		limit := batch
		if d.obstacle != nil {
			limit = 1 // to see whether it still stands
		}
		claimed, err := e.Outbox.Claim(ctx, now, lease, limit)
		if err != nil || len(claimed) == 0 {
			return err
		}
		e.tried, d.more = true, len(claimed) == limit
		if goOn, err := d.batch(ctx, claimed); err != nil || !goOn {
			return err
		}
	}
	return nil
}

// delivery is the sending part of a pass.
type delivery struct {
	*Engine
	decided  *decision // the last that was made
	now      time.Time
	tally    *Tally
	obstacle *Obstacle // what stood in the way before; nil once a message has been taken
	wants    wants     // of what is claimed
	more     bool      // something may be due that was not claimed
}

// look decides again where anything has changed since, and looks up what is wanted of what was claimed.
func (d *delivery) look(ctx context.Context, claimed []Reminder) error {
	stamp, err := d.Source.Stamp(ctx)
	if err != nil {
		return err
	}
	if stamp != d.decided.stamp {
		if *d.decided, err = d.decide(ctx, stamp, d.now); err != nil {
			return err
		}
		d.decided.onlyUntil(d.now) // it is not planned for yet
	}
	d.wants = newWants(dueOf(d.decided.agenda, d.Rules, claimed, d.now), d.decided.agenda.Until)
	return nil
}

// batch sends those of the claimed reminders that are still wanted. While one is on its way the next are put together,
// and what became of those before is stored. It reports false where further messages need not be tried now.
func (d *delivery) batch(ctx context.Context, claimed []Reminder) (goOn bool, err error) {
	if err := d.look(ctx, claimed); err != nil {
		return false, err
	}
	working, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	notes := d.takeNotes(working, len(claimed))
	var trouble *SendError
	for p := range d.parcels(working, claimed) {
		if working.Err() != nil || notes.failed() {
			break // the rest are free again when their lease ends
		}
		outcome := p.unwanted
		switch {
		case !p.wanted:
		case ctx.Err() != nil:
			outcome = Outcome{State: Retrying, At: d.now, Next: d.now, Untried: true, Detail: "stopped before it was tried"}
		case trouble != nil:
			outcome = Outcome{State: Retrying, At: d.now, Next: d.obstacle.Next, Untried: true, Detail: "not tried: " + trouble.Problem}
		default:
			if outcome, trouble = d.send(working, p); trouble != nil {
				outcome.Obstacle = d.meet(ctx, trouble)
				d.obstacle, outcome.Next = outcome.Obstacle, outcome.Obstacle.Next
			} else if outcome.State == Sent && d.obstacle != nil {
				if err := d.cleared(ctx); err != nil {
					return false, errors.Join(err, notes.close())
				}
			}
		}
		d.decided.after(outcome, d.Rules.Quiet)
		d.more = d.more || len(outcome.Then) > 0
		notes.take(Result{p.Reminder, outcome})
	}
	err = notes.close()
	return err == nil && trouble == nil && working.Err() == nil && ctx.Err() == nil, err
}

// cleared forgets the obstacle. What waited for it is due at the time that it was put off to.
func (d *delivery) cleared(ctx context.Context) error {
	d.Log.Info("messages are being sent again", "after", d.now.Sub(d.obstacle.Since))
	d.obstacle = nil
	return d.Outbox.SetObstacle(context.WithoutCancel(ctx), nil)
}

// send tries one message. It returns the trouble too where that stands in the way of all messages.
func (d *delivery) send(ctx context.Context, p parcel) (Outcome, *SendError) {
	if p.fault != nil {
		return later(p.Reminder, d.now, p.fault.Error()), nil
	}
	err := p.send(ctx)
	if err == nil {
		return Outcome{State: Sent, At: d.now}, nil
	}
	trouble := asSendError(err)
	d.Log.Log(ctx, trouble.Trouble.level(), "reminder not sent", "key", p.Key, "attempt", p.Attempts,
		"trouble", trouble.Trouble, "problem", trouble.Problem)
	if trouble.Trouble == Permanent {
		then := Bounced(d.decided.agenda, d.Rules, d.Manager.Email != "", p.Reminder, err.Error(), d.now)
		return Outcome{State: Failed, At: d.now, Detail: err.Error(), Then: then}, nil
	}
	outcome := later(p.Reminder, d.now, err.Error())
	outcome.Unsure = trouble.Unsure
	if trouble.Trouble.stopsAll() {
		return outcome, trouble
	}
	return outcome, nil
}

// compose puts together what r says, as things are now.
func (d *delivery) compose(ctx context.Context, r Reminder) (Message, error) {
	if r.Kind == Gaps || r.Kind == Fairness {
		return d.report(ctx, r, d.now)
	}
	if decided, found := d.wants.byKey[r.Key]; found && r.Kind == ConfirmOverdue {
		r.News = decided.News
	}
	agenda, err := d.withMeetings(ctx, d.decided.agenda, r)
	if err != nil {
		return Message{}, err
	}
	m, known := d.message(agenda, r, d.now)
	switch {
	case !known && r.Kind == Attendance:
		return m, fmt.Errorf("the body has no contact with an address who may be told")
	case !known:
		return m, fmt.Errorf("leader %s is not known", r.Leader)
	}
	return m, nil
}

func asSendError(err error) *SendError {
	var trouble *SendError
	if errors.As(err, &trouble) {
		return trouble
	}
	return &SendError{Trouble: Temporary, Problem: "not sent", Err: err}
}

// notes stores results while others come about.
type notes struct {
	store   func(results []Result)
	results chan Result // nil where each is stored at once
	stored  chan struct{}

	mu  sync.Mutex
	err error
}

// takeNotes begins to store so many results: those that have come about while the last were being stored, in one
// transaction.
func (d *delivery) takeNotes(ctx context.Context, most int) *notes {
	n := &notes{}
	n.store = func(results []Result) {
		err := d.record(ctx, results, d.tally)
		n.mu.Lock()
		defer n.mu.Unlock()
		n.err = errors.Join(n.err, err)
	}
	if most == 1 {
		return n
	}
	n.results, n.stored = make(chan Result, unrecorded/2), make(chan struct{})
	go func() {
		defer close(n.stored)
		for first := range n.results {
			n.store(n.waiting(first))
		}
	}()
	return n
}

func (n *notes) waiting(first Result) []Result {
	all := []Result{first}
	for len(all) < unrecorded/2 {
		select {
		case r, more := <-n.results:
			if !more {
				return all
			}
			all = append(all, r)
		default:
			return all
		}
	}
	return all
}

func (n *notes) take(r Result) {
	if n.results == nil {
		n.store([]Result{r})
		return
	}
	n.results <- r
}

func (n *notes) failed() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err != nil
}

// close waits until everything is stored.
func (n *notes) close() error {
	if n.results != nil {
		close(n.results)
		<-n.stored
	}
	return n.err
}
