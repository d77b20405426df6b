package cli

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// visitDue visits the calendars that are followed and due. The log names a calendar by its number: whose it is,
// and where, is nobody's business who reads logs.
func (p *pcn) visitDue(ctx context.Context, fetch fetching, log *slog.Logger) error {
	return errors.Join(p.visitLeadersDue(ctx, fetch, log), p.visitBodiesDue(ctx, fetch, log))
}

func (p *pcn) visitLeadersDue(ctx context.Context, fetch fetching, log *slog.Logger) error {
	all, err := p.db.Calendars(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, own := range all {
		if own.Address == "" || p.now().Before(follow.Due(own.Address, own.Visit.Tried)) {
			continue
		}
		changed, problem, err := p.visit(ctx, fetch, own, false)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
		case problem != "":
			log.Warn("a leader's calendar could not be read; what was read before stays", "calendar", int64(own.ID), "problem", problem)
		case !changed.none():
			log.Info("a leader's calendar has changed", "calendar", int64(own.ID), "added", len(changed.added), "removed", changed.removed)
			failed = errors.Join(failed, p.logTouched(ctx, own, changed, log))
		}
	}
	return failed
}

// nextVisit tells when the first of the calendars that are followed is due again; at latest where none is before.
func (p *pcn) nextVisit(ctx context.Context, latest time.Time) (time.Time, error) {
	all, err := p.db.Calendars(ctx)
	for _, own := range all {
		if due := follow.Due(own.Address, own.Visit.Tried); own.Address != "" && due.Before(latest) {
			latest = due
		}
	}
	bodies, failed := p.db.BodyCalendars(ctx)
	for _, own := range bodies {
		if due := follow.Due(own.Address, own.Visit.Tried); own.Address != "" && due.Before(latest) {
			latest = due
		}
	}
	return latest, errors.Join(err, failed)
}

// visitBodiesDue is visitLeadersDue for the calendars of partner bodies.
func (p *pcn) visitBodiesDue(ctx context.Context, fetch fetching, log *slog.Logger) error {
	all, err := p.db.BodyCalendars(ctx)
	var failed error
	for _, own := range all {
		if own.Address == "" || p.now().Before(follow.Due(own.Address, own.Visit.Tried)) {
			continue
		}
		changed, problem, err := p.visitBody(ctx, fetch, own, false)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
		case problem != "":
			log.Warn("the calendar of a partner body could not be read; what was read before stays", "calendar", int64(own.ID), "problem", problem)
		case !changed.none():
			log.Info("the calendar of a partner body has changed", "calendar", int64(own.ID), "meetings", changed.String(), "conflicts", len(changed.conflicts))
		}
	}
	return errors.Join(err, failed)
}

// logTouched says how many published duties fall into the time away that has come to light.
func (p *pcn) logTouched(ctx context.Context, own sqlite.Calendar, changed news, log *slog.Logger) error {
	hits, err := p.heldDuties(ctx, own.Leader, rota.CivilOf(p.now(), p.config.Zone).Date, during(changed.added, own.Leader))
	if len(hits) > 0 {
		log.Warn("published duties fall into it: pcnrota rota repair gives them to others", "calendar", int64(own.ID), "duties", len(hits))
	}
	return err
}
