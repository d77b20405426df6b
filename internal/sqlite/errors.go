package sqlite

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// The kinds of refusal.
var (
	ErrNoDatabase = errors.New("no database")
	ErrExists     = errors.New("database exists")
	ErrForeign    = errors.New("not a database of pcnrota")
	ErrNewer      = errors.New("database of a newer pcnrota")
	ErrBusy       = errors.New("database busy")
	ErrFull       = errors.New("disk full")
	ErrReadOnly   = errors.New("database cannot be written")
	ErrUnknown    = errors.New("no such thing")
	ErrInUse      = errors.New("still in use")
	ErrNoDraft    = errors.New("no draft")
	ErrStale      = errors.New("stale")
	ErrPast       = errors.New("past would change")
	ErrNoReason   = errors.New("no reason given")
)

// Refusal is an error in the words of the user, who can do something about it.
type Refusal struct {
	kind     error // one of the Err values
	sentence string
	hint     string
	cause    error // what SQLite said, where it said something
}

func refuse(kind error, hint, format string, args ...any) *Refusal {
	return &Refusal{kind: kind, sentence: fmt.Sprintf(format, args...), hint: hint}
}

// Error says in one line what is wrong.
func (r *Refusal) Error() string { return r.sentence }

// Hint says what to type or do about it.
func (r *Refusal) Hint() string { return r.hint }

// Unwrap gives the kind of refusal and, where there is one, what SQLite said.
func (r *Refusal) Unwrap() []error {
	if r.cause == nil {
		return []error{r.kind}
	}
	return []error{r.kind, r.cause}
}

// explain turns what SQLite says into a sentence where the user can do something about it, and leaves
// everything else as it is.
func explain(err error) error {
	var said sqlite3.Error
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) || !errors.As(err, &said) {
		return err
	}
	refusal := sentenceFor(said)
	if refusal == nil {
		return err
	}
	refusal.cause = err
	return refusal
}

func sentenceFor(said sqlite3.Error) *Refusal {
	code := said.Code
	if code == sqlite3.ErrIoErr && (said.SystemErrno == syscall.ENOSPC || said.SystemErrno == syscall.EDQUOT) {
		code = sqlite3.ErrFull // there was no room even for the files beside the database
	}
	switch code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return refuse(ErrBusy, "run the command again in a moment", "another pcnrota command is writing; try again")
	case sqlite3.ErrFull:
		return refuse(ErrFull, "make room on the disk and run the command again; nothing was half-written", "the disk is full")
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return refuse(ErrReadOnly, "check that you may write in the folder of pcnrota.db", "the database cannot be written")
	case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
		return refuse(ErrForeign, "restore pcnrota.db from a backup", "the file is not a database, or it is damaged")
	}
	if said.ExtendedCode == sqlite3.ErrConstraintForeignKey {
		return refuse(ErrUnknown, "list the leaders, practices and partner bodies to see which there are",
			"it names a leader, practice, partner body or series that is not in the database")
	}
	return nil
}
