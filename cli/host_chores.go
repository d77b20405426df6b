package cli

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"pcnrota/rota"
)

// chore is something that is done for every PCN without anybody asking for it.
type chore struct {
	command string        // that does the same by hand: the author of what changes
	fails   string        // what it means that it could not be done, for the log
	retry   time.Duration // and when it is tried again
	follows follows
	do      func(home *household, ctx context.Context, log *slog.Logger, now time.Time) (next time.Time, err error)
	first   func(home *household, ctx context.Context, log *slog.Logger, now time.Time) (next time.Time, err error) // in its place at the first pass over one of many folders; nil: the same
}

// follows says upon which changes of the database a chore is done, besides when it is due.
type follows int

const (
	noChange    follows = iota
	anyChange           // of its files; once more when it shows in their times whether they have changed again
	anyReminder         // of what is decided, or of a reminder
	anyDecision         // of what somebody has decided: not that a message was sent, or a feed fetched
)

const daily = 24 * time.Hour

// chores are done in this order. Each tells when it has something to do again if nothing changes until then.
var chores = []chore{
	{"remind send", "reminders are held up until the next pass", 0, anyReminder, (*household).remind, (*household).planReminders},
	{"plan meetings ahead", "meetings are not planned ahead until the next pass", time.Hour, anyDecision, (*household).planAhead, nil},
	{"absence refresh", "calendars are not visited until the next pass", time.Minute, anyDecision, (*household).followCalendars, nil},
	{"feed show", "calendars are made when they are asked for", time.Hour, anyChange, (*household).keepReady, nil},
	{"rota extend", "rotas are not extended until the next day", daily, noChange, (*household).extendRotas, nil},
}

// remind makes a pass of the reminders.
func (h *household) remind(ctx context.Context, _ *slog.Logger, now time.Time) (time.Time, error) {
	if _, err := h.engine.Tick(ctx, now); err != nil {
		return now, err
	}
	return h.engine.Next(ctx, now)
}

// planReminders leaves what is due to the next pass: where a mail server takes only so many a minute, a folder may send for
// hours, and the others would not have been looked at.
func (h *household) planReminders(ctx context.Context, _ *slog.Logger, now time.Time) (time.Time, error) {
	if _, err := h.engine.Plan(ctx, now); err != nil {
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

// keepReady has all calendars made before they are asked for, and the folder stay open to answer with them: they take more
// memory than that.
func (h *household) keepReady(ctx context.Context, _ *slog.Logger, now time.Time) (time.Time, error) {
	feeds, err := h.db.Feeds(ctx)
	if slices.ContainsFunc(feeds, func(f rota.Feed) bool { return !f.Ended(now) }) {
		h.ready.Store(true)
		h.site.MakeAhead()
	}
	return h.dayOf(now).AddDays(1).At(0).Instant(h.config.Zone), err
}

// extendRotas extends the rotas that config.toml says are to be.
func (h *household) extendRotas(ctx context.Context, log *slog.Logger, now time.Time) (time.Time, error) {
	h.extendDaily(ctx, log, now)
	return now.Add(daily), nil
}
