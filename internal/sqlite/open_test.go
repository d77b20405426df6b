package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pcnrota/rota"
)

func TestCreateRefusesWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	ok(t, os.WriteFile(path, []byte("precious"), 0o600))
	_, err := Create(t.Context(), path)
	refused(t, err, ErrExists, path)
	if got, _ := os.ReadFile(path); string(got) != "precious" {
		t.Errorf("the file was changed to %q", got)
	}
}

func TestOpenRefusals(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	ok(t, os.WriteFile(text, []byte("this is a letter, not a database, and it goes on for a while\n"), 0o600))
	other := filepath.Join(dir, "other.db")
	exec(t, other, `CREATE TABLE song (title TEXT)`)
	newer := filepath.Join(dir, "newer.db")
	ok(t, created(t, newer).Close())
	exec(t, newer, fmt.Sprintf(`PRAGMA user_version = %d`, len(migrations)+1))

	for _, test := range []struct {
		name, path string
		kind       error
	}{
		{"no file", filepath.Join(dir, "missing.db"), ErrNoDatabase},
		{"no folder", filepath.Join(dir, "nowhere", "pcnrota.db"), ErrNoDatabase},
		{"a folder", dir, ErrForeign},
		{"no database at all", text, ErrForeign},
		{"a database of another program", other, ErrForeign},
		{"a database of a newer pcnrota", newer, ErrNewer},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Open(t.Context(), test.path)
			refused(t, err, test.kind)
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "missing.db")); err == nil {
		t.Error("opening a missing database made a file")
	}
}

// exec runs a statement on any database file.
func exec(t *testing.T, path, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite3", dsn(path, nil))
	ok(t, err)
	defer raw.Close()
	_, err = raw.ExecContext(t.Context(), statement)
	ok(t, err)
}

func TestPathsWithOddCharacters(t *testing.T) {
	for _, name := range []string{"with space", "what?", "no#1", "100%", "%41", "a&b=c", "Ünïcode 🚑", "semi;colon", "back\\slash", "+plus+", "file:x", "quote'\"s"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			ok(t, os.Mkdir(dir, 0o700))
			path := filepath.Join(dir, name+".db")
			id := get(created(t, path).PCNID(t.Context()))
			again, err := Open(t.Context(), path)
			if got := get(closing(t, again, err).PCNID(t.Context())); got != id {
				t.Errorf("PCN %s became %s", id, got)
			}
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	ok(t, created(t, "pcnrota.db").Close())
	if _, err := os.Stat("pcnrota.db"); err != nil {
		t.Error(err)
	}
}

func TestTheFileIsForItsOwnerOnly(t *testing.T) {
	db := newDB(t)
	var path string
	ok(t, db.write.QueryRow(`SELECT file FROM pragma_database_list`).Scan(&path))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		ok(t, err)
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has permissions %o; it holds personal data", info.Name(), mode)
		}
	}
}

func TestEveryMigrationKeepsWhatIsThere(t *testing.T) {
	for version := range migrations {
		t.Run(fmt.Sprintf("from schema %d", version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pcnrota.db")
			ok(t, os.WriteFile(path, nil, 0o600))
			old, err := open(t.Context(), path, busyWait, migrations[:version])
			ok(t, err)
			var id string
			if version > 0 {
				id = get(old.PCNID(t.Context()))
			}
			ok(t, old.Close())

			db, err := Open(t.Context(), path)
			closing(t, db, err)
			if got := get(db.PCNID(t.Context())); len(got) != 32 || id != "" && got != id {
				t.Errorf("PCN %q became %q", id, got)
			}
			fresh := newDB(t)
			if got, want := dump(t, db), dump(t, fresh); got != want {
				t.Errorf("migrated schema\n%s\ndiffers from a new one\n%s", got, want)
			}
		})
	}
}

func dump(t *testing.T, db *DB) string {
	t.Helper()
	text, _, err := first(t.Context(), db.Reader, scanString, `SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)`)
	ok(t, err)
	return text
}

func TestAFailedMigrationChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	db := created(t, path)
	broken := append(migrations[:len(migrations):len(migrations)], `CREATE TABLE half (x TEXT) STRICT; SELECT nonsense`)
	if _, err := open(t.Context(), path, busyWait, broken); err == nil {
		t.Fatal("the broken migration was accepted")
	}
	n, _, err := first(t.Context(), db.Reader, scanInt, `SELECT count(*) FROM sqlite_schema WHERE name = 'half'`)
	ok(t, err)
	again, err := Open(t.Context(), path)
	closing(t, again, err)
	if n != 0 {
		t.Error("a half-done migration stayed")
	}
}

func TestTwoPCNsDiffer(t *testing.T) {
	a, b := newDB(t), newDB(t)
	if get(a.PCNID(t.Context())) == get(b.PCNID(t.Context())) {
		t.Error("two PCNs have one identity")
	}
}

func TestEveryConnectionHasItsOptions(t *testing.T) {
	db := newDB(t)
	want := map[string]map[string]int64{
		"writer": {"foreign_keys": 1, "busy_timeout": 5000, "synchronous": 2, "query_only": 0},
		"reader": {"foreign_keys": 1, "busy_timeout": 5000, "query_only": 1},
	}
	pools := map[string]*sql.DB{"writer": db.write, "reader": db.pool}
	sizes := map[string]int{"writer": 1, "reader": readers}
	for name, pool := range pools {
		for range sizes[name] { // all held at once, so that each is another connection
			conn, err := pool.Conn(context.Background())
			ok(t, err)
			defer conn.Close()
			for pragma, value := range want[name] {
				var got int64
				ok(t, conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got))
				if got != value {
					t.Errorf("%s has %s = %d, want %d", name, pragma, got, value)
				}
			}
			var mode string
			ok(t, conn.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&mode))
			if mode != "wal" {
				t.Errorf("%s has journal mode %s", name, mode)
			}
		}
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := newDB(t)
	if _, err := db.pool.ExecContext(t.Context(), `DELETE FROM body`); err == nil {
		t.Error("a reader wrote")
	}
}

// TestADatabaseAtRestIsThereWhenItIsAsked has every kind of use be the first after a rest, and another process's change
// come in between.
func TestADatabaseAtRestIsThereWhenItIsAsked(t *testing.T) {
	db := staffed(t)
	path, _, err := first(t.Context(), db.Reader, scanString, `SELECT file FROM pragma_database_list`)
	ok(t, err)
	rest := func() {
		t.Helper()
		db.Rest()
		if db.Awake() {
			t.Fatal("it is awake")
		}
		if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
			t.Error("it left changes in its log")
		}
	}
	for range 3 {
		rest()
		before := get(db.Revision(t.Context()))
		rest()
		if err := db.PutPractices(t.Context(), []rota.Practice{{Code: "Y7", Name: "Quay", ListSize: 7}}); err != nil {
			t.Fatal(err)
		}
		rest()
		other := get(Open(t.Context(), path))
		if err := other.PutPractices(t.Context(), []rota.Practice{{Code: "Y8", Name: "Lock", ListSize: 8}}); err != nil {
			t.Fatal(err)
		}
		other.Close()
		if after := get(db.Revision(t.Context())); after != before+2 {
			t.Errorf("revision %d after %d", after, before)
		}
	}
}
