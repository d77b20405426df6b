package cli

import (
	"slices"
	"sync"

	"pcnrota/internal/sqlite"
)

// awake keeps few databases open at a time: those that were used last.
type awake struct {
	mu        sync.Mutex
	databases []*sqlite.DB // the one used last at the end
}

// awakeAtMost is how many databases stay open when nobody uses them.
const awakeAtMost = 8

// used takes note that a database was used, and lets the one rest that was not for the longest.
func (a *awake) used(db *sqlite.DB) {
	if !db.Awake() {
		return // what was asked of it did not need it
	}
	if rests := a.note(db); rests != nil {
		rests.Rest()
	}
}

func (a *awake) note(db *sqlite.DB) (rests *sqlite.DB) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if last := len(a.databases) - 1; last >= 0 && a.databases[last] == db {
		return nil
	}
	a.forgetting(db)
	if a.databases = append(a.databases, db); len(a.databases) > awakeAtMost {
		rests = a.databases[0]
		a.databases = slices.Delete(a.databases, 0, 1)
	}
	return rests
}

// closed takes note that a database is gone.
func (a *awake) closed(db *sqlite.DB) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forgetting(db)
}

func (a *awake) forgetting(db *sqlite.DB) {
	a.databases = slices.DeleteFunc(a.databases, func(other *sqlite.DB) bool { return other == db })
}

// rest lets all of them rest.
func (a *awake) rest() {
	a.mu.Lock()
	all := a.databases
	a.databases = nil
	a.mu.Unlock()
	for _, db := range all {
		db.Rest()
	}
}
