package sqlite

import (
	"context"
	"database/sql"
	"time"

	"pcnrota/rota"
)

// tellUnattended plans what the manager is told of meetings of the plan to which somebody went before, and nobody does
// now.
func (db *DB) tellUnattended(ctx context.Context, tx *sql.Tx, before []rota.Occurrence, now MeetingPlan, at time.Time) error {
	if db.notices == nil {
		return nil
	}
	attended := map[rota.OccurrenceID]bool{}
	for _, m := range before {
		attended[m.ID] = len(m.Attending) > 0
	}
	var deserted []rota.Occurrence
	for _, m := range now.Meetings {
		if attended[m.ID] && len(m.Attending) == 0 {
			deserted = append(deserted, m)
		}
	}
	_, err := plan(ctx, tx, db.notices.Unattended(deserted, at))
	return err
}
