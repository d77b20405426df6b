package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// every is the time between two ticks: the longest that a reminder is late. What a command has just changed goes out
// within it, too.
const every = 2 * time.Second

// lookEvery is the longest time between two passes of Run, for what others have changed.
const lookEvery = 30 * time.Second

// Run makes a pass at once, and then whenever something is due, and every 30 seconds, until ctx ends. It returns when
// the message on its way, if there is one, has been sent and recorded. It is for one PCN whose changes nobody tells of;
// pcnrota serve drives its engines by Ticks and Next instead.
func (e *Engine) Run(ctx context.Context) error {
	var next time.Time
	return Ticks(ctx, func(ctx context.Context, now time.Time) {
		if now.Before(next) {
			return
		}
		_, err := e.Tick(ctx, now)
		next = now.Add(lookEvery)
		if due, wrong := e.Next(ctx, now); wrong == nil && due.Before(next) {
			next = due
		}
		if err != nil && ctx.Err() == nil {
			e.Log.Error("reminders are held up until the next pass", "problem", err)
		}
	})
}

// Ticks calls pass at once and then every two seconds until ctx ends, never twice at a time, and returns when the
// last call has. The times of reminders are ours and stored in the outbox; the scheduler does nothing but
// tick, so that no clock change, jump or restart can confuse it. It is the one place where the clock is read.
func Ticks(ctx context.Context, pass func(ctx context.Context, now time.Time)) error {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC))
	if err != nil {
		return fmt.Errorf("make the scheduler: %w", err)
	}
	running := make(chan struct{}, 1)
	task := func() {
		select {
		case running <- struct{}{}:
			pass(ctx, time.Now())
			<-running
		default: // stopping
		}
	}
	_, err = scheduler.NewJob(gocron.DurationJob(every), gocron.NewTask(task),
		gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
	if err != nil {
		return fmt.Errorf("schedule the reminders: %w", err)
	}
	scheduler.Start()
	<-ctx.Done()
	running <- struct{}{} // wait for the pass ourselves: the scheduler would keep a processor busy with waiting
	if err := scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stop the reminders: %w", err)
	}
	return nil
}
