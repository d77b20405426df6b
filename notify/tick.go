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
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC), gocron.WithStopTimeout(lease))
	if err != nil {
		return fmt.Errorf("make the scheduler: %w", err)
	}
	_, err = scheduler.NewJob(gocron.DurationJob(every), gocron.NewTask(func() { e.tick(ctx) }),
		gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
	if err != nil {
		return fmt.Errorf("schedule the reminders: %w", err)
	}
	scheduler.Start()
	<-ctx.Done()
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
