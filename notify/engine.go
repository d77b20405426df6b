package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"pcnrota/rota"
)

const (
	// batch is how many reminders are claimed at a time: enough that claiming costs little, and few
	// enough that one lease covers sending them all.
	batch = 20
	// lease is how long a claim lasts. A reminder whose sender died is tried again after it.
	lease = 10 * time.Minute
	// sendWithin is how long a batch may take, so that its last message is not on its way when the lease
	// ends.
	sendWithin = lease - time.Minute
)

// Engine sees that reminders are sent. Its fields are set before its first use and stay. Any number of
// engines, in any number of processes, may share an outbox.
type Engine struct {
	Source Source
	Outbox Outbox
	Sender Sender
	Rules  Rules
	Rotas  []rota.Policy // for their titles
	Log    *slog.Logger

	Manager rota.Leader // to whom summaries go: a name and an address
	Watch   func(ctx context.Context, now time.Time) ([]Matter, error)
}

// Tally counts what a pass did.
type Tally struct {
	Planned   int // reminders new to the outbox, or wanted again
	Withdrawn int // no longer wanted: Cancelled or Superseded
	Sent      int
	Retrying  int
	Failed    int
	Missed    int // among those that were waiting
}

// Tick makes one pass at now: it plans what has been published, withdraws what no longer holds, and
// sends what is due. A message that cannot be sent is no error of Tick's; the tally counts it. When ctx
// ends, the message on its way is still sent and recorded, and nothing further is begun.
func (e *Engine) Tick(ctx context.Context, now time.Time) (Tally, error) {
	now = now.UTC().Truncate(time.Second)
	var tally Tally
	if err := e.plan(ctx, now, &tally); err != nil {
		return tally, fmt.Errorf("plan reminders: %w", err)
	}
	if err := e.deliver(ctx, now, &tally); err != nil {
		return tally, fmt.Errorf("send reminders: %w", err)
	}
	return tally, nil
}

// plan brings the outbox into line with what is published.
func (e *Engine) plan(ctx context.Context, now time.Time, tally *Tally) error {
	agenda, err := e.agenda(ctx, now)
	if err != nil {
		return err
	}
	known, err := e.Outbox.Reminders(ctx, Filter{UsefulAfter: now})
	if err != nil {
		return err
	}
	plan, drop := reconcile(Due(agenda, e.Rules, now), known, now)
	if len(plan) > 0 {
		if tally.Planned, err = e.Outbox.Plan(ctx, plan); err != nil {
			return err
		}
		e.Log.Info("reminders planned", "count", tally.Planned)
	}
	for _, d := range drop {
		if err := e.record(ctx, d.Reminder, d.Outcome, tally); err != nil {
			return err
		}
	}
	return nil
}

// agenda reads what is published from now to as far as the ladders reach. The duties of a shift start
// together, so whoever is on with somebody is in it too.
func (e *Engine) agenda(ctx context.Context, now time.Time) (Agenda, error) {
	until := now.AddDate(0, 0, e.Rules.Ladders.reach()+2) // a day more for the time of day, and one for the zone
	var a Agenda
	var err error
	if a.Duties, err = e.Source.Published(ctx, now, until); err != nil {
		return a, err
	}
	if a.Meetings, err = e.Source.Occurrences(ctx, now, until); err != nil {
		return a, err
	}
	a.Leaders, err = e.Source.Leaders(ctx)
	return a, err
}

// deliver claims and sends what is due, batch by batch, until nothing is left or there is no use in
// going on.
func (e *Engine) deliver(ctx context.Context, now time.Time, tally *Tally) error {
	defer e.Sender.Idle()
	for ctx.Err() == nil {
		claimed, err := e.Outbox.Claim(ctx, now, lease, batch)
		if err != nil || len(claimed) == 0 {
			return err
		}
		agenda, err := e.agenda(ctx, now)
		if err != nil {
			return err
		}
		goOn, err := e.sendBatch(ctx, agenda, claimed, now, tally)
		if err != nil || !goOn {
			return err
		}
	}
	return nil
}

// sendBatch sends those of the claimed reminders that are still wanted, and records what became of each
// before it turns to the next. It reports false where further messages need not be tried now.
func (e *Engine) sendBatch(ctx context.Context, a Agenda, claimed []Reminder, now time.Time, tally *Tally) (goOn bool, err error) {
	current := newWants(Due(a, e.Rules, now))
	working, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	var obstacle *SendError
	for _, r := range claimed {
		if working.Err() != nil {
			return false, nil // the rest are free again when their lease ends
		}
		outcome, wanted := current.still(r, now)
		switch {
		case !wanted:
		case ctx.Err() != nil:
			outcome = Outcome{State: Retrying, At: now, Next: now, Detail: "stopped before it was tried"}
		case obstacle != nil:
			outcome = later(r, now, "not tried: "+obstacle.Problem)
		default:
			outcome, obstacle = e.send(working, a, r, now)
		}
		if err := e.record(working, r, outcome, tally); err != nil {
			return false, err
		}
	}
	return obstacle == nil && ctx.Err() == nil, nil
}

// send tries one message. It returns the trouble too where that stands in the way of all messages.
func (e *Engine) send(ctx context.Context, a Agenda, r Reminder, now time.Time) (Outcome, *SendError) {
	m, known := e.message(a, r, now)
	var err error
	switch {
	case r.Kind == Gaps:
		if m, err = e.summarise(ctx, r, now); err != nil {
			return later(r, now, err.Error()), nil
		}
	case !known:
		return later(r, now, fmt.Sprintf("leader %s is not known", r.Leader)), nil
	}
	err = e.Sender.Send(ctx, m)
	if err == nil {
		return Outcome{State: Sent, At: now}, nil
	}
	trouble := asSendError(err)
	e.Log.Log(ctx, trouble.Trouble.level(), "reminder not sent", "key", r.Key, "attempt", r.Attempts,
		"trouble", trouble.Trouble, "problem", trouble.Problem)
	if trouble.Trouble == Permanent {
		return Outcome{State: Failed, At: now, Detail: err.Error()}, nil
	}
	outcome := later(r, now, err.Error())
	outcome.Unsure = trouble.Unsure
	if trouble.Trouble.stopsAll() {
		return outcome, trouble
	}
	return outcome, nil
}

func asSendError(err error) *SendError {
	var trouble *SendError
	if errors.As(err, &trouble) {
		return trouble
	}
	return &SendError{Trouble: Temporary, Problem: "not sent", Err: err}
}

// record stores an outcome, counts it and logs it. It goes on when ctx has ended: what has happened has
// happened.
func (e *Engine) record(ctx context.Context, r Reminder, o Outcome, tally *Tally) error {
	if err := e.Outbox.Record(context.WithoutCancel(ctx), r, o); err != nil {
		return fmt.Errorf("record that %s is %s: %w", r.Key, o.State, err)
	}
	switch o.State {
	case Sent:
		tally.Sent++
	case Retrying:
		tally.Retrying++
	case Failed:
		tally.Failed++
	case Missed:
		tally.Missed++
	case Cancelled, Superseded:
		tally.Withdrawn++
	}
	e.Log.Info("reminder "+string(o.State), "key", r.Key, "attempt", r.Attempts)
	return nil
}
