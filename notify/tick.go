package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// every is the time between two passes: the longest that a reminder is late.
const every = 30 * time.Second

// Run makes a pass at once and then every 30 seconds until ctx ends. It returns when the message on its
// way, if there is one, has been sent and recorded. The times of reminders are ours and stored in the
// outbox; the scheduler does nothing but tick, so that no clock change, jump or restart can confuse it.
func (e *Engine) Run(ctx context.Context) error {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC))
	if err != nil {
		return fmt.Errorf("make the scheduler: %w", err)
	}
	running := make(chan struct{}, 1)
	pass := func() {
		select {
		case running <- struct{}{}:
			e.tick(ctx)
			<-running
		default: // stopping
		}
	}
	_, err = scheduler.NewJob(gocron.DurationJob(every), gocron.NewTask(pass),
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

// tick is the one place where the clock is read.
func (e *Engine) tick(ctx context.Context) {
	if _, err := e.Tick(ctx, time.Now()); err != nil && ctx.Err() == nil {
		e.Log.Error("reminders are held up until the next pass", "problem", err)
	}
}
