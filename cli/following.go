package cli

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
)

// keepFollowing visits the calendars that are followed when they are due. The log names a calendar by its
// number: whose it is, and where, is nobody's business who reads logs.
func (p *pcn) keepFollowing(ctx context.Context, f *follow.Fetcher, log *slog.Logger) error {
	const look = time.Minute
	ctx = sqlite.WithAuthor(ctx, sqlite.Author{Who: "pcnrota serve", Command: "absence refresh", Now: p.now})
	for {
		if err := p.visitDue(ctx, f, log); err != nil && ctx.Err() == nil {
			log.Error("calendars are not visited until the next pass", "problem", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(look):
		}
	}
}

func (p *pcn) visitDue(ctx context.Context, f *follow.Fetcher, log *slog.Logger) error {
	all, err := p.db.Calendars(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, own := range all {
		if own.Address == "" || p.now().Before(follow.Due(own.Address, own.Visit.Tried)) {
			continue
		}
		changed, problem, err := p.visit(ctx, f, own, false)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
		case problem != "":
			log.Warn("a leader's calendar could not be read; what was read before stays", "calendar", int64(own.ID), "problem", problem)
		case !changed.none():
			log.Info("a leader's calendar has changed", "calendar", int64(own.ID), "added", len(changed.added), "removed", changed.removed)
		}
	}
	return failed
}
