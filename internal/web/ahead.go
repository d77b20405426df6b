package web

import (
	"context"
	"slices"
	"sync"
)

// ahead makes the other feeds of a PCN anew as soon as one was: what changed for one person's calendar, a publication or
// midnight, changed for the others' too, and most of the work, to read the duties of a year, is the same for all. It works
// through the sites one by one, and stands back while somebody waits for a feed, so that those who ask find a processor.
type ahead struct {
	mu      sync.Mutex
	waiting []*Site // each at most once, in the order in which they came
	working bool
	held    bool    // for now nothing is begun
	read    []*Site // of which what was read for whoever asked last is kept until the others are made of it

	asked int           // feeds that are being made for somebody who waits for them
	calm  chan struct{} // closed when there are none any more; nil while there are none
}

// add has the feeds of a site made.
func (a *ahead) add(s *Site) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if slices.Contains(a.waiting, s) {
		return
	}
	a.waiting = append(a.waiting, s)
	s.underWay.Add(1)
	a.begin()
}

// next has the feeds of a site made before those of others: somebody has just asked for one, and the rest of them follow.
func (a *ahead) next(s *Site) {
	a.add(s)
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.Index(a.waiting, s)
	if i < 0 {
		return // they are being made
	}
	copy(a.waiting[1:], a.waiting[:i])
	a.waiting[0] = s
	if len(a.read) < readAtMost && !slices.Contains(a.read, s) {
		a.read = append(a.read, s)
		s.workshop.enter()
	}
}

// readAtMost is of how many sites what was read is kept, each some megabytes.
const readAtMost = 4

// forget lets go of what was read. The lock is held.
func (a *ahead) forget(s *Site) {
	if i := slices.Index(a.read, s); i >= 0 {
		a.read = slices.Delete(a.read, i, i+1)
		s.workshop.leave()
	}
}

// hurry has what is made ahead stand back until done is called.
func (a *ahead) hurry() (done func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked++; a.calm == nil {
		a.calm = make(chan struct{})
	}
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.asked--; a.asked == 0 {
			close(a.calm)
			a.calm = nil
		}
	}
}

// await returns when nobody waits for a feed.
func (a *ahead) await(ctx context.Context) {
	for ctx.Err() == nil {
		a.mu.Lock()
		calm := a.calm
		a.mu.Unlock()
		if calm == nil {
			return
		}
		select {
		case <-calm:
		case <-ctx.Done():
		}
	}
}

// Calm returns when nobody waits for a feed that has to be made, or ctx is done: what can wait is done then.
func (m *Memory) Calm(ctx context.Context) { m.ahead.await(ctx) }

// begin has the work done, if there is any and it may be done. The lock is held.
func (a *ahead) begin() {
	if !a.working && !a.held && len(a.waiting) > 0 {
		a.working = true
		go a.work()
	}
}

// Hold has no feed made before it is asked for until Hold is called with false: there is something more urgent to do.
func (m *Memory) Hold(held bool) {
	m.ahead.mu.Lock()
	defer m.ahead.mu.Unlock()
	m.ahead.held = held
	m.ahead.begin()
}

// Making reports whether feeds are being made before they are asked for, or are to be.
func (m *Memory) Making() bool {
	m.ahead.mu.Lock()
	defer m.ahead.mu.Unlock()
	return m.ahead.working || len(m.ahead.waiting) > 0
}

func (a *ahead) work() {
	for {
		a.mu.Lock()
		if a.working = len(a.waiting) > 0 && !a.held; !a.working {
			a.mu.Unlock()
			return
		}
		s := a.waiting[0]
		a.waiting = a.waiting[1:]
		a.mu.Unlock()
		s.makeAll()
		a.mu.Lock()
		a.forget(s)
		a.mu.Unlock()
		s.underWay.Done()
	}
}

// leave forgets a site, and returns when nothing is made for it any more.
func (a *ahead) leave(s *Site) {
	s.stop()
	a.mu.Lock()
	if i := slices.Index(a.waiting, s); i >= 0 {
		a.waiting = slices.Delete(a.waiting, i, i+1)
		a.forget(s)
		s.underWay.Done()
	}
	a.mu.Unlock()
	s.underWay.Wait()
}

// MakeAhead has every feed of the site made that is not in memory as it is now, when those of other sites that were asked
// for before are done.
func (s *Site) MakeAhead() { s.Memory.ahead.add(s) }

// makeAll makes every feed of the site that is not in memory as it is now. Whatever goes wrong goes wrong again for those
// who ask, and is logged then.
func (s *Site) makeAll() {
	defer s.used()
	now := s.Clock()
	revision, err := s.source.Revision(s.life)
	if err != nil {
		return
	}
	feeds, err := s.source.FeedsByHash(s.life)
	if err != nil {
		return
	}
	state := state{revision, s.dayOf(now)}
	s.workshop.enter() // so that what is read is there for all of them
	defer s.workshop.leave()
	for hash, f := range feeds {
		key := feedKey{s, hash}
		if kept, ok := s.Memory.get(key); f.Ended(now) || ok && kept.is(state, f) {
			continue
		}
		s.Memory.ahead.await(s.life)
		if _, err := s.workshop.renew(s.life, key, f, state, now); err != nil {
			return
		}
	}
}
