package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"pcnrota/rota"
)

// ahead makes the other feeds of a PCN anew as soon as one was: what changed for one person's calendar, a publication or
// midnight, changed for the others' too, and most of the work, to read the duties of a year, is the same for all. It works
// through the sites one by one, so that those who ask meanwhile find a processor.
type ahead struct {
	mu      sync.Mutex
	waiting []*Site // each at most once, in the order in which they came
	working bool
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
	if !a.working {
		a.working = true
		go a.work()
	}
}

func (a *ahead) work() {
	for {
		a.mu.Lock()
		if a.working = len(a.waiting) > 0; !a.working {
			a.mu.Unlock()
			return
		}
		s := a.waiting[0]
		a.waiting = a.waiting[1:]
		a.mu.Unlock()
		s.makeAll()
		s.underWay.Done()
	}
}

// leave forgets a site, and returns when nothing is made for it any more.
func (a *ahead) leave(s *Site) {
	s.stop()
	a.mu.Lock()
	if i := slices.Index(a.waiting, s); i >= 0 {
		a.waiting = slices.Delete(a.waiting, i, i+1)
		s.underWay.Done()
	}
	a.mu.Unlock()
	s.underWay.Wait()
}

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
	m := making{site: s, revision: revision, now: now, today: rota.CivilOf(now, s.Zone).Date}
	for hash, f := range feeds {
		key := feedKey{s, hash}
		if kept, ok := s.Memory.get(key); f.Ended(now) || ok && m.current(kept, f) {
			continue
		}
		if _, err := m.renew(s.life, key, f); err != nil {
			return
		}
	}
}

// making is what feeds that are made together have in common.
type making struct {
	site     *Site
	revision int64 // asked for before anything is read
	now      time.Time
	today    rota.Date

	read        bool
	back, ahead int // how far shown reaches
	shown       contents
}

func (m *making) current(kept keptFeed, f rota.Feed) bool {
	return kept.revision == m.revision && kept.edition == f.Edition && kept.day == m.today
}

// renew makes a feed anew and keeps it.
func (m *making) renew(ctx context.Context, key feedKey, f rota.Feed) (*rendition, error) {
	memory := m.site.Memory
	if err := memory.begin(ctx); err != nil {
		return nil, err
	}
	defer memory.end()
	before, ok := memory.get(key)
	if ok && m.current(before, f) { // somebody has made it meanwhile
		return before.body, nil
	}
	content, modified, err := m.encode(ctx, f)
	if err != nil {
		return nil, err
	}
	body := newRendition(content, modified)
	if ok {
		body.follow(before.body, m.now)
	}
	memory.put(key, keptFeed{m.revision, f.Edition, m.today, body})
	return body, nil
}

// contents reads what a feed shows, as far back and ahead as it looks: most look equally far.
func (m *making) contents(ctx context.Context, f rota.Feed) (shown contents, err error) {
	s, from, until := m.site, m.today.AddDays(-f.Options.Back), m.today.AddDays(f.Options.Ahead+1)
	if !m.read || m.back != f.Options.Back || m.ahead != f.Options.Ahead {
		if m.shown, err = s.read(ctx, from.At(0).Instant(s.Zone), until.At(0).Instant(s.Zone)); err != nil {
			return contents{}, err
		}
		m.read, m.back, m.ahead = true, f.Options.Back, f.Options.Ahead
	}
	shown = m.shown
	if f.Options.Absences && f.Kind == rota.FeedOfLeader {
		shown.away, err = s.source.Away(ctx, f.Leader, from, until)
	}
	return shown, err
}
