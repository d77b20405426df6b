package sqlite

import (
	"regexp"
	"strings"
	"testing"

	"pcnrota/rota"
)

func TestEveryTableIsStrictAndEveryColumnExplained(t *testing.T) {
	db := newDB(t)
	tables, err := list(t.Context(), db.Reader, scanString,
		`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	ok(t, err)
	if len(tables) < 12 {
		t.Fatalf("only %d tables", len(tables))
	}
	strict := regexp.MustCompile(`\) STRICT(, WITHOUT ROWID)?$`)
	columnLine := regexp.MustCompile(`^\t([a-z_]+) +(TEXT|INTEGER|BLOB)\b`)
	for _, text := range tables {
		lines := strings.Split(text, "\n")
		name := strings.Fields(lines[0])[2]
		if !strict.MatchString(text) {
			t.Errorf("table %s is not STRICT", name)
		}
		explained := map[string]bool{}
		for _, line := range lines {
			if m := columnLine.FindStringSubmatch(line); m != nil {
				explained[m[1]] = regexp.MustCompile(`-- \S.+$`).MatchString(line)
			}
		}
		for column := range explainedLater(t, name) {
			explained[column] = true
		}
		columns, err := list(t.Context(), db.Reader, scanString, `SELECT name FROM pragma_table_info(?)`, name)
		ok(t, err)
		for _, column := range columns {
			if !explained[column] {
				t.Errorf("%s.%s has no comment", name, column)
			}
		}
	}
}

// Every reference must be found by an index or be the key, or a removal would read the whole table. The ledger's
// leader columns are left out on purpose: leaders with a place in it are never removed.
func TestEveryReferenceHasAnIndex(t *testing.T) {
	db := newDB(t)
	unindexed, err := list(t.Context(), db.Reader, scanString, `
		SELECT t.name || '.' || f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
		WHERE t.type = 'table' AND NOT EXISTS (
			SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f."from")
			AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = f."from" AND c.type = 'INTEGER' AND c.pk = 1)
		ORDER BY 1`)
	ok(t, err)
	if got := strings.Join(unindexed, " "); got != "part.leader standing.leader version.base" {
		t.Errorf("references without an index: %s", got)
	}
}

func TestLoadHasAColumnACategory(t *testing.T) {
	names := strings.Split(loadNames, ", ")
	if len(names) != len(rota.Load{}) {
		t.Fatalf("%d columns for %d categories", len(names), len(rota.Load{}))
	}
	for c, name := range names {
		if rota.Category(c).String() != name {
			t.Errorf("column %d is %s, category %s", c, name, rota.Category(c))
		}
	}
}

func TestNonsenseIsCaughtBySchema(t *testing.T) {
	db := staffed(t)
	for name, statement := range map[string]string{
		"a day that does not exist":       `INSERT INTO absence (leader, kind, first, last) VALUES ('L1', 'annual', '2027-02-30', '2027-03-01')`,
		"an absence that ends too early":  `INSERT INTO absence (leader, kind, first, last) VALUES ('L1', 'annual', '2027-02-03', '2027-02-01')`,
		"a non-working day without a day": `INSERT INTO absence (leader, kind, first, last) VALUES ('L1', 'non-working day', '2027-02-01', '2027-02-03')`,
		"an absence of nobody":            `INSERT INTO absence (leader, kind, first, last) VALUES ('L9', 'annual', '2027-02-01', '2027-02-03')`,
		"a wish about nothing":            `INSERT INTO wish (leader, kind, weight) VALUES ('L1', 'avoid', 1)`,
		"a wish that is too strong":       `INSERT INTO wish (leader, kind, weekday, weight) VALUES ('L1', 'avoid', 1, 4)`,
		"no share":                        `UPDATE leader SET share = 0`,
		"text as a number":                `UPDATE leader SET share = 'full'`,
		"roles that are no list":          `UPDATE leader SET roles = '"GP"'`,
		"a request that nobody made":      `INSERT INTO request (absence, state, asked, why) VALUES (99, 'requested', 1, '')`,
		"a second PCN":                    `INSERT INTO pcn (one, id, revision) VALUES (2, '0123456789abcdef0123456789abcdef', 0)`,
	} {
		if _, err := db.write.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// explainedLater gives the columns that a migration added to a table, with a comment behind the statement: SQLite keeps
// none of those.
func explainedLater(t *testing.T, table string) map[string]bool {
	t.Helper()
	added := regexp.MustCompile(`(?m)^ALTER TABLE ` + table + ` ADD COLUMN ([a-z_]+) .*; -- \S`)
	columns := map[string]bool{}
	files, err := schema.ReadDir("schema")
	ok(t, err)
	for _, f := range files {
		text, err := schema.ReadFile("schema/" + f.Name())
		ok(t, err)
		for _, m := range added.FindAllStringSubmatch(string(text), -1) {
			columns[m[1]] = true
		}
	}
	return columns
}
