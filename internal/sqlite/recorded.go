package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// unrecorded lists the tables that the audit trail leaves out. A table that is not named here is recorded
// row by row, by triggers made from its columns. A change of this list, or of secretColumns, comes with a
// migration, because the triggers are made anew only then.
var unrecorded = []string{
	"audit", "touched", // the trail itself
	"pcn",                                       // a counter
	"version", "assignment", "part", "standing", // a publication is recorded as a whole, see publication.go
	"duty",     // likewise: who holds it, not which row says so
	"pass_key", // a secret
	"reminder", // is a record of its own, in which nothing is lost
	"obstacle", // comes and goes without anybody's doing
}

// secretColumns are left out of the rows: secrets, notes, and what changes without anybody's doing.
var secretColumns = map[string][]string{
	"session":       {"hash"},
	"feed":          {"hash", "last_fetched", "client"},
	"feed_secret":   {"hash"},
	"page_secret":   {"hash"},
	"calendar":      {"address", "tried", "read", "problem", "etag", "modified", "free"},
	"call_out":      {"note"}, // what should not have been written can be taken back for good
	"handover":      {"note"},
	"reply":         {"why"},
	"body_calendar": {"address", "tried", "read", "problem", "etag", "modified"},
	"series":        {"link", "agenda", "actions"},
	"announced":     {"link"},
	"occurrence":    {"own", "detail"}, // hold links to join
	"bounce":        {"email", "words"},
}

// watch makes the triggers that note every change of every recorded table.
func watch(ctx context.Context, tx *sql.Tx) error {
	tables, err := recordedTables(ctx, Reader{ask: tx})
	if err != nil {
		return err
	}
	for _, t := range tables {
		for _, statement := range t.triggers() {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("watch table %s: %w", t.name, err)
			}
		}
	}
	return nil
}

// unwatch removes the triggers, for as long as a migration rebuilds tables.
func unwatch(ctx context.Context, tx *sql.Tx) error {
	names, err := list(ctx, Reader{ask: tx}, scanString, `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'recorded\_%' ESCAPE '\'`)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, `DROP TRIGGER `+name); err != nil {
			return fmt.Errorf("unwatch table: %w", err)
		}
	}
	return nil
}

// recordedTable is a table as the audit trail sees it.
type recordedTable struct {
	name    string
	key     []string
	columns []recordedColumn
}

type recordedColumn struct {
	name string
	blob bool // JSON has no bytes: they are written in hexadecimal
}

func recordedTables(ctx context.Context, r Reader) ([]recordedTable, error) {
	type column struct {
		table, name, kind string
		key               int
	}
	scan := func(r row) (c column, err error) { return c, r.Scan(&c.table, &c.name, &c.kind, &c.key) }
	columns, err := list(ctx, r, scan, `SELECT t.name, c.name, c.type, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid`)
	if err != nil {
		return nil, err
	}
	var tables []recordedTable
	for _, c := range columns {
		if slices.Contains(unrecorded, c.table) {
			continue
		}
		if len(tables) == 0 || tables[len(tables)-1].name != c.table {
			tables = append(tables, recordedTable{name: c.table})
		}
		t := &tables[len(tables)-1]
		if c.key > 0 {
			t.key = append(t.key, c.name)
		}
		if !slices.Contains(secretColumns[c.table], c.name) {
			t.columns = append(t.columns, recordedColumn{c.name, c.kind == "BLOB"})
		}
	}
	return tables, nil
}

func (t recordedTable) triggers() []string {
	const note = `INSERT INTO touched (subject, key, old, new) VALUES ('%s', %s, %s, %s)`
	was, is := t.json("OLD."), t.json("NEW.")
	trigger := func(event, when, key, old, new string) string {
		return fmt.Sprintf(`CREATE TRIGGER recorded_%s_%s AFTER %s ON %s%s BEGIN `+note+`; END`,
			t.name, strings.ToLower(event), event, t.name, when, t.name, key, old, new)
	}
	return []string{
		trigger("INSERT", "", t.keyOf("NEW."), "NULL", is),
		trigger("UPDATE", fmt.Sprintf(" WHEN %s IS NOT %s", was, is), t.keyOf("NEW."), was, is),
		trigger("DELETE", "", t.keyOf("OLD."), was, "NULL"),
	}
}

// keyOf is the SQL of a row's key, the columns being named with a prefix.
func (t recordedTable) keyOf(prefix string) string {
	return prefix + strings.Join(t.key, " || '/' || "+prefix)
}

// json is the SQL of a row as a JSON object.
func (t recordedTable) json(prefix string) string {
	var pairs []string
	for _, c := range t.columns {
		value := prefix + c.name
		if c.blob {
			value = "hex(" + value + ")"
		}
		pairs = append(pairs, fmt.Sprintf("'%s', %s", c.name, value))
	}
	return "json_object(" + strings.Join(pairs, ", ") + ")"
}
