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

// migrate brings the database to the version that the scripts end with, each script in a transaction of
// its own. An empty file is version 0.
func migrate(ctx context.Context, write *sql.DB, path string, scripts []string) error {
	for {
		done, err := migrateOnce(ctx, write, path, scripts)
		if done || err != nil {
			return explain(err)
		}
	}
}

// migrateOnce takes the write lock before it looks at the version, so that two processes never both
// migrate.
func migrateOnce(ctx context.Context, write *sql.DB, path string, scripts []string) (done bool, err error) {
	tx, err := write.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("open database: %w", err)
	}
	defer tx.Rollback()
	version, err := versionOf(ctx, tx, path)
	switch {
	case err != nil:
		return false, err
	case version > len(scripts):
		return false, refuse(ErrNewer, "install the newest pcnrota; your data is untouched",
			"%s was written by a newer pcnrota (schema %d; this one knows %d)", path, version, len(scripts))
	case version == len(scripts):
		return true, nil
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1)
	if _, err := tx.ExecContext(ctx, scripts[version]+";"+marks); err != nil {
		return false, fmt.Errorf("migrate database to schema %d: %w", version+1, err)
	}
	return false, tx.Commit()
}

// versionOf gives the schema version of a database of ours, 0 for an empty one.
func versionOf(ctx context.Context, tx *sql.Tx, path string) (int, error) {
	var version, application, tables int
	err := tx.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &application, &tables)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if application != applicationID && (application != 0 || version != 0 || tables != 0) {
		return 0, refuse(ErrForeign, "move it away, then: pcnrota init", "%s is a database of another program", path)
	}
	return version, nil
}
