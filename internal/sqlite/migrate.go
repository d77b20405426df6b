package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"path"
)

//go:embed schema/*.sql
var schema embed.FS

// migrations holds one script a schema version, the first at index 0. A script that has been released
// is never edited; the next change is a new file and a new line here.
var migrations = []string{
	script("0001_people_rotas_meetings.sql"),
	script("0002_reminders.sql"),
	script("0003_pins.sql"),
	script("0004_audit.sql"),
	script("0005_calendars.sql"),
	script("0006_gaps.sql"),
	script("0007_offers.sql"),
	script("0008_certificates.sql"),
	script("0009_calls.sql"),
	script("0010_summaries.sql"),
	script("0011_requests.sql"),
	script("0012_passes.sql"),
	script("0013_feeds.sql"),
	script("0014_messages.sql"),
	script("0015_bodies.sql"),
	script("0016_sessions.sql"),
	script("0017_page_links.sql"),
	script("0018_responsibilities.sql"),
	script("0019_answers.sql"),
	script("0020_seats.sql"),
	script("0021_stamp.sql"),
	script("0022_item_parts.sql"),
	script("0023_papers.sql"),
	script("0024_sending.sql"),
	script("0025_page_secrets.sql"),
	script("0026_given_up.sql"),
}

func script(name string) string {
	text, err := schema.ReadFile(path.Join("schema", name))
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(text)
}

// applicationID marks the file as ours in its header ("PCNr"), for us and for file(1).
const applicationID = 0x50434e72

// migrate brings the database to the version that the scripts end with, in one transaction. An empty file is
// version 0.
func migrate(ctx context.Context, write *sql.DB, path string, scripts []string) error {
	// Nothing to do is the rule, and no reason to wait for whoever is writing.
	version, err := versionOf(ctx, Reader{ask: write}, path, scripts)
	if err == nil && version < len(scripts) {
		err = migrateFrom(ctx, write, path, scripts)
	}
	return explain(err)
}

// migrateFrom runs the scripts that the database has not seen. It looks at the version again under the write
// lock, so that two processes never both migrate.
func migrateFrom(ctx context.Context, write *sql.DB, path string, scripts []string) error {
	tx, err := write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	defer tx.Rollback()
	version, err := versionOf(ctx, Reader{ask: tx}, path, scripts)
	if err != nil || version == len(scripts) {
		return err
	}
	if err := unwatch(ctx, tx); err != nil {
		return err
	}
	for ; version < len(scripts); version++ {
		marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1)
		if _, err := tx.ExecContext(ctx, scripts[version]+";"+marks); err != nil {
			return fmt.Errorf("migrate database to schema %d: %w", version+1, err)
		}
	}
	if err := keepTrail(ctx, tx); err != nil {
		return fmt.Errorf("migrate database to schema %d: %w", version, err)
	}
	return tx.Commit()
}

// keepTrail has the audit trail follow the tables as they are now, and begins it where there is none yet.
func keepTrail(ctx context.Context, tx *sql.Tx) error {
	r := Reader{ask: tx}
	tables, _, err := first(ctx, r, scanInt, `SELECT count(*) FROM sqlite_schema WHERE name = 'touched'`)
	if err != nil || tables == 0 {
		return err // the schema is older than the trail
	}
	if err := watch(ctx, tx); err != nil {
		return err
	}
	last, err := r.lastAudit(ctx)
	if err != nil || last.Seq > 0 {
		return err
	}
	return beginTrail(ctx, tx)
}

// versionOf gives the schema version of a database of ours, 0 for an empty one, and refuses all others.
func versionOf(ctx context.Context, r Reader, path string, scripts []string) (int, error) {
	type header struct{ version, application, tables int }
	scan := func(r row) (h header, err error) { return h, r.Scan(&h.version, &h.application, &h.tables) }
	h, _, err := first(ctx, r, scan, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`)
	switch {
	case err != nil:
		return 0, err
	case h.application != applicationID && h != header{}:
		return 0, refuse(ErrForeign, "move it away, then: pcnrota init", "%s is a database of another program", path)
	case h.version > len(scripts):
		return 0, refuse(ErrNewer, "install the newest pcnrota; your data is untouched",
			"%s was written by a newer pcnrota (schema %d; this one knows %d)", path, h.version, len(scripts))
	}
	return h.version, nil
}
