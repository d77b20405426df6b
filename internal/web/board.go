package web

import (
	"sync"
	"time"
)

// board remembers what a screen on a wall was last made from. It reaches weeks ahead, so who is on call can
// be told for a good while after the database has gone away.
type board struct {
	mu    sync.Mutex
	plan  schedule
	since time.Time // when it was read; zero: never
}

func (b *board) put(plan schedule, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.plan, b.since = plan, now
}

func (b *board) get() (plan schedule, since time.Time, known bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.plan, b.since, !b.since.IsZero()
}
