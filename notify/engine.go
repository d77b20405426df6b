package notify

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"pcnrota/rota"
)

// Engine sees that reminders are sent. Its fields are set before its first use and stay. Any number of
// engines, in any number of processes, may share an outbox; one engine makes one pass at a time.
type Engine struct {
	Source Source
	Outbox Outbox
	Sender Sender
	Rules  Rules
	Rotas  []rota.Policy // for their titles
	Log    *slog.Logger

	Manager rota.Leader // to whom what is the manager's goes: a name and an address; no address where there is nobody
	Watch   func(ctx context.Context, now time.Time) ([]Matter, error)
	Fair    func(ctx context.Context, now time.Time) ([]Balance, error)
	Tasks   func(ctx context.Context, from, until time.Time) ([]Task, error) // responsibilities and actions; nil for none

	tried bool     // it has sent, or tried to, since it was started
	kept  decision // of the last pass; its zero value where that did not come to an end
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
	decided, err := e.plan(ctx, now, &tally)
	if err != nil {
		return tally, fmt.Errorf("plan reminders: %w", err)
	}
	e.kept = decision{}
	if err := e.deliver(ctx, now, &decided, &tally); err != nil {
		return tally, fmt.Errorf("send reminders: %w", err)
	}
	e.kept = decided
	return tally, nil
}

// plan brings the outbox into line with what is published. Where the decision of the last pass stands, that is done, but
// for what comes every week or month.
func (e *Engine) plan(ctx context.Context, now time.Time, tally *Tally) (decision, error) {
	stamp, err := e.Source.Stamp(ctx)
	if err != nil {
		return e.kept, err
	}
	if e.kept.stands(stamp, now) {
		return e.planRegular(ctx, e.kept, now, tally)
	}
	decided, err := e.decide(ctx, stamp, now)
	if err != nil {
		return decided, err
	}
	return decided, e.align(ctx, Due(decided.agenda, e.Rules, now), Filter{UsefulAfter: now}, decided.agenda.Until, now, tally)
}

// planRegular plans what comes every week or month and has come since d was made.
func (e *Engine) planRegular(ctx context.Context, d decision, now time.Time, tally *Tally) (decision, error) {
	if d.regular.IsZero() || now.Before(d.regular) {
		return d, nil
	}
	d.regular, _ = e.Rules.nextRegular(now)
	return d, e.align(ctx, regular(d.agenda, e.Rules, now), Filter{UsefulAfter: now, Kinds: regularKinds}, d.agenda.Until, now, tally)
}

// align brings the reminders of the outbox that f asks for into line with those that are wanted.
func (e *Engine) align(ctx context.Context, wanted []Reminder, f Filter, until, now time.Time, tally *Tally) error {
	known, err := e.Outbox.Reminders(ctx, f)
	if err != nil {
		return err
	}
	plan, settled := reconcile(e.addressed(wanted), known, until, now)
	if len(plan) > 0 {
		if tally.Planned, err = e.Outbox.Plan(ctx, plan); err != nil {
			return err
		}
		e.Log.Info("reminders planned", "count", tally.Planned)
	}
	return e.record(ctx, append(settled, e.asleep(known, settled, now)...), tally)
}

// addressed leaves out what goes to a manager where there is none.
func (e *Engine) addressed(wanted []Reminder) []Reminder {
	return slices.DeleteFunc(wanted, func(r Reminder) bool { return r.Leader == "" && e.Manager.Email == "" })
}

// asleep puts off what has come due in the quiet hours and can wait. What tells of an event goes out whatever the hour:
// somebody has just done it.
func (e *Engine) asleep(known []Reminder, settled []Result, now time.Time) []Result {
	gone := map[Key]bool{}
	for _, s := range settled {
		gone[s.Key] = true
	}
	var later []Result
	for _, k := range known {
		open := k.State == Planned || k.State == Retrying
		wake := e.Rules.Quiet.wake(now, k.Start, e.Rules.Zone)
		if open && k.News == nil && k.Kind != Handover && !k.Next.After(now) && wake.After(now) && wake.Before(k.Until) && !gone[k.Key] {
			later = append(later, Result{k, Outcome{State: k.State, At: now, Next: wake, Detail: k.Detail}})
		}
	}
	return later
}

// agenda reads what is published from now to as far as the ladders reach. The duties of a shift start
// together, so whoever is on with somebody is in it too.
func (e *Engine) agenda(ctx context.Context, now time.Time) (a Agenda, err error) {
	if a.Bodies, err = e.Source.Bodies(ctx); err != nil {
		return a, err
	}
	if a.Preferences, err = e.Source.Preferences(ctx); err != nil {
		return a, err
	}
	a.Until = now.AddDate(0, 0, a.reach(e.Rules))
	if a.Duties, err = e.Source.Published(ctx, now, a.Until); err != nil {
		return a, err
	}
	if a.Meetings, err = e.Source.Occurrences(ctx, now, a.Until); err != nil {
		return a, err
	}
	if e.Tasks != nil {
		if a.Tasks, err = e.Tasks(ctx, now, a.Until); err != nil {
			return a, err
		}
	}
	if a.Replies, err = e.Source.Replies(ctx); err != nil {
		return a, err
	}
	if a.Actions, err = e.Source.Actions(ctx); err != nil {
		return a, err
	}
	if a.Notes, err = e.Source.Handovers(ctx); err != nil {
		return a, err
	}
	if a.Asked, err = e.Outbox.Reminders(ctx, Filter{Unconfirmed: true, States: []State{Sent}, UsefulAfter: now}); err != nil {
		return a, err
	}
	a.Leaders, err = e.Source.Leaders(ctx)
	return a, err
}

// record stores outcomes, counts them and logs them. It goes on when ctx has ended: what has happened has
// happened.
func (e *Engine) record(ctx context.Context, results []Result, tally *Tally) error {
	if len(results) == 0 {
		return nil
	}
	if err := e.Outbox.Record(context.WithoutCancel(ctx), results); err != nil {
		return fmt.Errorf("record what became of %s: %w", messages(len(results)), err)
	}
	for _, r := range results {
		switch r.Outcome.State {
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
		if !r.Outcome.Untried {
			e.Log.Info("reminder "+string(r.Outcome.State), "key", r.Key, "attempt", r.Attempts)
		}
	}
	return nil
}
