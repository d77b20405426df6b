package web

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"pcnrota/calendar"
	"pcnrota/rota"
)

// state is what a feed depends on besides its link: how the database stands, and the civil day, from which it looks back
// and ahead.
type state struct {
	revision int64
	day      rota.Date
}

func (s state) yesterday() state { return state{s.revision, s.day.AddDays(-1)} }

// is reports whether the feed is as it would be if it were made of the link in that state.
func (f keptFeed) is(s state, link rota.Feed) bool { return f.state == s && f.edition == link.Edition }

// workshop makes the feeds of one site, one after another. Whoever waits for one while another is made finds that what
// was read for the first is there for the others too, and so is every calendar that two links have in common.
type workshop struct {
	site *Site
	turn chan struct{} // held by the one that makes; has room for one

	mu      sync.Mutex
	wanting int
	batch   *batch // what the last one made its feed of; nil when nobody wants anything
}

func newWorkshop(s *Site) *workshop {
	return &workshop{site: s, turn: make(chan struct{}, 1)}
}

// batch is what feeds that are made together have in common.
type batch struct {
	state
	back, ahead int // how far content reaches
	content     calendar.Content
	modified    time.Time             // the last change of anything in it
	made        map[string]*rendition // by rota.Feed.Shown
}

// renew makes a feed anew and keeps it, if nobody has made it meanwhile.
func (w *workshop) renew(ctx context.Context, key feedKey, f rota.Feed, s state, now time.Time) (*rendition, error) {
	w.enter()
	defer w.leave()
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	memory := w.site.Memory
	before, ok := memory.get(key)
	if ok && before.is(s, f) {
		return before.body, nil
	}
	if err := memory.begin(ctx); err != nil {
		return nil, err
	}
	defer memory.end()
	body, err := w.makeOf(ctx, f, s)
	if err != nil {
		return nil, err
	}
	if ok {
		body = body.following(before.body, now)
	}
	memory.put(key, keptFeed{s, f.Edition, body})
	return body, nil
}

func (w *workshop) enter() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wanting++
}

// leave lets go of what was read once nobody wants any of it: it is hundreds of times what becomes of it.
func (w *workshop) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.wanting--; w.wanting == 0 {
		w.batch = nil
	}
}

// makeOf makes what the link shows. Modified is the last change of any duty or meeting in the PCN: one that a leader
// has given away is still a change of the leader's own feed.
func (w *workshop) makeOf(ctx context.Context, f rota.Feed, s state) (body *rendition, err error) {
	defer func() {
		if cause := recover(); cause != nil { // a subscriber must not lose the calendar over it
			err = fmt.Errorf("encode feed %d: %v\n%s", f.ID, cause, debug.Stack())
		}
	}()
	b, err := w.read(ctx, f, s)
	if err != nil {
		return nil, err
	}
	shown := f.Shown()
	name, err := json.Marshal(shown)
	if err != nil {
		return nil, fmt.Errorf("encode feed %d: %w", f.ID, err)
	}
	if same := b.made[string(name)]; same != nil {
		return same.modifiedAt(later(same.modified, f.Created)), nil
	}
	content, modified := b.content, b.modified
	if f.Options.Absences && f.Kind == rota.FeedOfLeader {
		from, until := f.Options.Window(s.day)
		if content.Away, err = w.site.source.Away(ctx, f.Leader, from, until); err != nil {
			return nil, err
		}
		for _, a := range content.Away {
			modified = later(modified, a.Modified)
		}
	}
	bytes, err := calendar.Encode(calendar.FeedOf(shown, content))
	if err != nil {
		return nil, fmt.Errorf("encode feed %d: %w", f.ID, err)
	}
	body = newRendition(bytes, modified)
	b.made[string(name)] = body
	return body.modifiedAt(later(modified, f.Created)), nil
}

// read gives what a feed shows, as far back and ahead as it looks: most look equally far.
func (w *workshop) read(ctx context.Context, f rota.Feed, s state) (*batch, error) {
	if b := w.batch; b != nil && b.state == s && b.back == f.Options.Back && b.ahead == f.Options.Ahead {
		return b, nil
	}
	from, until := f.Options.Window(s.day)
	zone := w.site.Zone
	shown, err := w.site.read(ctx, from.At(0).Instant(zone), until.At(0).Instant(zone))
	if err != nil {
		return nil, err
	}
	w.batch = &batch{
		state: s, back: f.Options.Back, ahead: f.Options.Ahead, content: w.site.content(shown).Sorted(),
		modified: shown.modified(), made: map[string]*rendition{},
	}
	return w.batch, nil
}
