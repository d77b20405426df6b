package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"net/http"
	"strconv"
	"strings"
	"time"

	"pcnrota/calendar"
	"pcnrota/rota"
)

const (
	feedGone    = "This calendar link has been turned off. Please ask your PCN manager for a new one."
	feedUnknown = "There is no calendar at this address. Please check that the whole link was copied, or ask your PCN manager for a new one."
)

// feed answers with the calendar that a link opens.
func (s *Site) feed(w http.ResponseWriter, r *http.Request) {
	token, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		s.notFound(w, r)
		return
	}
	key := feedKey{s, [sha256.Size]byte(HashToken(token))}
	now := s.Clock()
	f, found, err := s.source.FeedByHash(r.Context(), key.hash[:])
	switch {
	case err != nil:
		s.lastGood(w, r, key, err)
		return
	case !found:
		s.Memory.drop(key)
		say(w, http.StatusNotFound, feedUnknown)
		return
	case f.Ended(now):
		s.Memory.drop(key)
		say(w, http.StatusGone, feedGone)
		return
	}
	if body, err := s.current(r.Context(), key, f, now); err != nil {
		s.lastGood(w, r, key, err)
	} else {
		s.send(w, r, body)
	}
	s.visits.note(f, now, r.UserAgent())
}

// lastGood answers with what the feed last was, after err kept it from being made anew.
func (s *Site) lastGood(w http.ResponseWriter, r *http.Request, key feedKey, err error) {
	if r.Context().Err() == nil { // else the client has hung up, which is all that went wrong
		s.fail(r, err)
	}
	if kept, ok := s.Memory.get(key); ok {
		s.send(w, r, kept.body)
		return
	}
	busy(w)
}

// current gives the feed as it is now: from memory where neither the database nor the day has changed
// since it was made. Just after midnight it may be yesterday's, while those of today are being made: it differs only in
// the days at its far ends.
func (s *Site) current(ctx context.Context, key feedKey, f rota.Feed, now time.Time) (*rendition, error) {
	revision, err := s.source.Revision(ctx) // before what it counts: a change in between is then seen next time
	if err != nil {
		return nil, err
	}
	state := state{revision, s.dayOf(now)}
	kept, ok := s.Memory.get(key)
	if ok && kept.is(state, f) {
		return kept.body, nil
	}
	if ok && s.Ahead && kept.is(state.yesterday(), f) {
		s.Memory.ahead.add(s)
		return kept.body, nil
	}
	defer s.Memory.ahead.hurry()()
	s.workshop.enter() // what is read stays until the others are waiting to be made of it
	defer s.workshop.leave()
	body, err := s.workshop.renew(ctx, key, f, state, now)
	if err == nil && s.Ahead {
		s.Memory.ahead.next(s)
	}
	return body, err
}

// content gathers what calendars are made of.
func (s *Site) content(shown contents) calendar.Content {
	c := calendar.Content{
		Zone: s.Zone, PCN: s.PCN, PCNID: shown.pcn, Policies: s.Policies, Holidays: s.Holidays,
		Leaders: shown.leaders, Practices: shown.practices, Bodies: shown.bodies,
		Duties: shown.published, Meetings: shown.meetings, Items: shown.items,
	}
	if s.NowPage {
		c.Page = s.BaseURL
	}
	return c
}

// contents is what feeds and pages show.
type contents struct {
	pcn       string // PCNID
	leaders   []rota.Leader
	practices []rota.Practice
	bodies    []rota.Body
	published []rota.Published
	meetings  []rota.Occurrence
	items     []rota.Item // that have to be seen to
}

func (s *Site) read(ctx context.Context, from, until time.Time) (c contents, err error) {
	if c.pcn, err = s.source.PCNID(ctx); err != nil {
		return c, err
	}
	if c.leaders, err = s.source.Leaders(ctx); err != nil {
		return c, err
	}
	if c.practices, err = s.source.Practices(ctx); err != nil {
		return c, err
	}
	if c.bodies, err = s.source.Bodies(ctx); err != nil {
		return c, err
	}
	if c.published, err = s.source.Published(ctx, from, until); err != nil {
		return c, err
	}
	if c.meetings, err = s.source.Occurrences(ctx, from, until); err != nil {
		return c, err
	}
	c.items, err = s.source.Items(ctx, s.dayOf(from), s.dayOf(until))
	return c, err
}

// modified is the last change of anything in c.
func (c contents) modified() (latest time.Time) {
	for _, p := range c.published {
		latest = later(latest, p.Modified)
	}
	for _, o := range c.meetings {
		latest = later(latest, o.Modified)
	}
	for _, i := range c.items {
		latest = later(latest, i.Modified)
	}
	return latest
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// send writes the calendar, or says that the client has it already.
func (s *Site) send(w http.ResponseWriter, r *http.Request, b *rendition) {
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="rota.ics"`)
	h.Set("Cache-Control", "private, no-cache") // keep it, but ask each time
	h.Set("Vary", "Accept-Encoding")
	if acceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("ETag", b.gzipped.etag)
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(b.gzipped.bytes))) // ServeContent leaves it out of an encoded answer
		http.ServeContent(w, r, "", b.modified, bytes.NewReader(b.gzipped.bytes))
		return
	}
	content, err := s.Memory.plainOf(b)
	if err != nil {
		s.fail(r, err)
		busy(w)
		return
	}
	h.Set("ETag", b.plainETag)
	http.ServeContent(w, r, "", b.modified, bytes.NewReader(content))
}
