package sqlite

import "context"

// The texts here tell a program that runs on, cheaply, whether it has anything to do after a change of the database. See
// Reader.Stamp for the reminders that are being sent.

// Decided is another text whenever anybody has changed anything: whatever a rota is built from, and whatever the audit trail
// records. What comes and goes without anybody's doing, as reminders that are sent and feeds that are fetched, leaves it as it is.
func (r Reader) Decided(ctx context.Context) (string, error) {
	text, _, err := first(ctx, r, scanString, `SELECT (SELECT revision FROM pcn)
		|| '/' || (SELECT coalesce(max(seq), 0) FROM audit) || '/' || (SELECT count(*) || '-' || coalesce(max(id), 0) FROM touched)`)
	return text, err
}

// Awaited is another text whenever a reminder has changed, or what stands in the way of all.
func (r Reader) Awaited(ctx context.Context) (string, error) {
	text, _, err := first(ctx, r, scanString, `SELECT (SELECT count(*) || '-' || coalesce(max(changed), 0) || '-' || coalesce(min(next), 0)
			|| '-' || coalesce(sum(next), 0) || '-' || count(confirmed) FROM reminder)
		|| '/' || (SELECT coalesce(max(next), 0) FROM obstacle)`)
	return text, err
}
