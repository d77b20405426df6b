package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3" // registers "sqlite3"

	"pcnrota/notify"
)

// busyWait is how long a writer waits for another process to finish writing. The deadline of a context
// does not cut this wait short.
const busyWait = 5 * time.Second

// readers is how many questions can be answered at a time.
const readers = 4

// statements is how many statements each connection keeps compiled: a pass of the reminders asks a dozen questions, the
// same every time.
const statements = "32"

// pages is how much of the file each connection keeps in memory, in KB below zero. The system keeps all of it anyway; a
// process that hosts many PCNs has many connections.
const pages = "-512"

// DB is the open database of one PCN. It is safe for concurrent use, also with other processes on the
// same file.
type DB struct {
	Reader
	write *sql.DB // one connection
	path  string

	notices *notify.Notices // how events are told of; nil: to nobody
}

// Create makes a new database at path, of the newest schema, with an identity of its own and the usual
// partner bodies. It refuses with ErrExists to touch a file that is there already.
func Create(ctx context.Context, path string) (*DB, error) {
	// The file holds personal data; SQLite gives the files beside it the same permissions.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, refuse(ErrExists, "use it as it is, or move it away first", "there is a database already: %s", path)
	case err != nil:
		return nil, fmt.Errorf("create database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	db, err := Open(ctx, path)
	if err != nil {
		for _, beside := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(path + beside)
		}
		return nil, err
	}
	return db, nil
}

// Open opens the database at path and brings it to the newest schema. It refuses with ErrNoDatabase
// where there is no file, ErrForeign where it is something else, and ErrNewer where a newer pcnrota
// has written it.
func Open(ctx context.Context, path string) (*DB, error) {
	return open(ctx, path, busyWait, migrations)
}

func open(ctx context.Context, path string, busy time.Duration, scripts []string) (*DB, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse(ErrNoDatabase, "pcnrota init", "there is no database here: %s", path)
	case err != nil:
		return nil, fmt.Errorf("open database: %w", err)
	case info.IsDir():
		return nil, refuse(ErrForeign, "name the folder that holds pcnrota.db with --home", "%s is a folder, not a database", path)
	}
	db, err := connect(path, busy)
	if err != nil {
		return nil, err
	}
	if err := bringUpToDate(ctx, db, path, scripts); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// bringUpToDate asks a reader first. Where it finds the newest schema, as is the rule, the writer connects when there is
// something to write: each connection has to read the whole schema, which takes milliseconds.
func bringUpToDate(ctx context.Context, db *DB, path string, scripts []string) error {
	version, err := versionOf(ctx, db.Reader, path, scripts)
	if err != nil {
		return explain(err)
	}
	mode, _, err := first(ctx, db.Reader, scanString, `PRAGMA journal_mode`)
	if err != nil || version == len(scripts) && mode == "wal" {
		return err
	}
	db.Rest()                                    // so that every reader finds it as the writer leaves it
	return migrate(ctx, db.write, path, scripts) // the writer sets the mode when it connects
}

func connect(path string, busy time.Duration) (*DB, error) {
	fewArenas()
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	write, err := sql.Open("sqlite3", dsn(absolute, writerOptions(busy)))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite3", dsn(absolute, readerOptions(busy)))
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{Reader: Reader{ask: read, pool: read}, write: write, path: absolute}, nil
}

// dsn names a file to SQLite, whatever characters its path has. Options belong here and not in a
// PRAGMA, which would reach one connection of the pool only.
func dsn(absolute string, options url.Values) string {
	slashed := filepath.ToSlash(absolute)
	if slashed[0] != '/' {
		slashed = "/" + slashed // C:/... has three slashes in a file: address
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: options.Encode()}).String()
}

func writerOptions(busy time.Duration) url.Values {
	return url.Values{
		"mode":             {"rw"}, // never makes a file that was not there
		"_journal_mode":    {"WAL"},
		"_synchronous":     {"FULL"}, // what was promised survives a power cut; WAL alone would settle for NORMAL
		"_txlock":          {"immediate"},
		"_foreign_keys":    {"1"},
		"_busy_timeout":    {fmt.Sprint(busy.Milliseconds())},
		"_stmt_cache_size": {statements},
		"_cache_size":      {pages},
	}
}

// readerOptions let nothing be written to the database. A reader may make the files beside it that all share, and so has
// no need of a writer.
func readerOptions(busy time.Duration) url.Values {
	return url.Values{
		"mode":             {"rw"},
		"_query_only":      {"1"},
		"_foreign_keys":    {"1"},
		"_busy_timeout":    {fmt.Sprint(busy.Milliseconds())},
		"_stmt_cache_size": {statements},
		"_cache_size":      {pages},
	}
}

// Close closes the database, readers first, so that the writer can fold its log into the file.
func (db *DB) Close() error {
	return errors.Join(db.pool.Close(), db.write.Close())
}

// Rest closes the connections that nobody is using, readers first, as Close does. The next question or change
// opens the database again, which takes about a millisecond.
func (db *DB) Rest() {
	db.pool.SetMaxIdleConns(-1)
	db.pool.SetMaxIdleConns(readers)
	db.write.SetMaxIdleConns(-1)
	db.write.SetMaxIdleConns(1)
}

// Awake reports whether the database has connections open.
func (db *DB) Awake() bool {
	return db.pool.Stats().OpenConnections+db.write.Stats().OpenConnections > 0
}
