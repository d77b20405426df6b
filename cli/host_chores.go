package cli

import (
	"context"
	"log/slog"
	"time"
)

// chore is something that is done for every PCN without anybody asking for it.
type chore struct {
	command string        // that does the same by hand: the author of what changes
	fails   string        // what it means that it could not be done, for the log
	retry   time.Duration // and when it is tried again
	follows bool          // it is done too whenever the database has changed
	do      func(home *household, ctx context.Context, log *slog.Logger, now time.Time) (next time.Time, err error)
}

const daily = 24 * time.Hour

// chores are done in this order. Each tells when it has something to do again if nothing changes until then.
var chores = []chore{
	{"remind send", "reminders are held up until the next pass", 0, true, (*household).remind},
	{"plan meetings ahead", "meetings are not planned ahead until the next pass", time.Hour, true, (*household).planAhead},
	{"absence refresh", "calendars are not visited until the next pass", time.Minute, true, (*household).followCalendars},
	{"rota extend", "rotas are not extended until the next day", daily, false, (*household).extendRotas},
}

// remind makes a pass of the reminders.
func (h *household) remind(ctx context.Context, _ *slog.Logger, now time.Time) (time.Time, error) {
	if _, err := h.engine.Tick(ctx, now); err != nil {
		return now, err
	}
	return h.engine.Next(ctx, now)
}

// planAhead plans the meetings ahead as the days go by, and takes in what other commands changed.
func (h *household) planAhead(ctx context.Context, _ *slog.Logger, now time.Time) (time.Time, error) {
	_, err := h.planMeetingsAt(ctx, now)
	return now.Add(daily), err
}

// followCalendars visits the calendars that are followed when they are due.
func (h *household) followCalendars(ctx context.Context, log *slog.Logger, now time.Time) (time.Time, error) {
	if err := h.visitDue(ctx, h.fetch, log); err != nil {
		return now, err
	}
	return h.nextVisit(ctx, now.Add(daily))
}

// extendRotas extends the rotas that config.toml says are to be.
func (h *household) extendRotas(ctx context.Context, log *slog.Logger, now time.Time) (time.Time, error) {
	h.extendDaily(ctx, log, now)
	return now.Add(daily), nil
}
