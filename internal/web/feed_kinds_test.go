package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// open records a link and gives its path.
func (h *harbour) openLink(f rota.Feed) (path string, id rota.FeedID) {
	h.Helper()
	token, hash, err := NewToken(rand.Reader)
	h.ok(err)
	f.Name, f.Created = "link", at("2026-03-01T09:00")
	if f.Options.Ahead == 0 {
		f.Options = rota.DefaultFeedOptions(f.Kind)
	}
	return "/feed/" + token + ".ics", get(h.db.AddFeed(h.Context(), f, hash)).ID
}

func unfolded(ics string) string { return strings.ReplaceAll(ics, "\r\n ", "") }

func TestFeedsOfMoreThanOneLeader(t *testing.T) {
	h := newHarbour(t)
	h.ok(h.db.PutPractices(t.Context(), []rota.Practice{{Code: "Y1", Name: "Quay & Mill"}}))
	h.ok(h.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L3", Name: "Cerys Hughes", Practice: "Y1", Employment: rota.Employee, Share: rota.FullTime}}))
	h.meeting("2026-06-18", "2026-04-02T12:00")
	for _, c := range []struct {
		feed   rota.Feed
		name   string
		events int
	}{
		{rota.Feed{Kind: rota.FeedOfRota, Rota: "on-call"}, "Harbourside PCN: Leadership on call", 54},
		{rota.Feed{Kind: rota.FeedOfPractice, Practice: "Y1"}, "Harbourside PCN: Quay & Mill", 18},
		{rota.Feed{Kind: rota.FeedOfBody, Body: "ICS"}, "Harbourside PCN: meetings of", 1},
		{rota.Feed{Kind: rota.FeedOfPCN}, "Harbourside PCN: duties and meetings", 55},
	} {
		path, _ := h.openLink(c.feed)
		calendar := unfolded(body(h.status(http.StatusOK, path)))
		contains(t, calendar, "X-WR-CALNAME:"+c.name)
		lacks(t, calendar, "07700", "900101")
		if got := strings.Count(calendar, "BEGIN:VEVENT"); got != c.events {
			t.Errorf("%s: %d events, want %d", c.name, got, c.events)
		}
	}
}

func TestALinkShowsFromThenOnWhatItIsToldTo(t *testing.T) {
	h := newHarbour(t)
	path, id := h.openLink(rota.NewLeaderFeed("L1", "", time.Time{}))
	before := h.status(http.StatusOK, path)
	contains(t, unfolded(body(before)), "7700 900102", "TRANSP:TRANSPARENT")
	f := get(h.db.Feeds(t.Context()))[0]
	f.Options = rota.FeedOptions{Back: 0, Ahead: 7, ShowAs: rota.ShowAsBusy, Tiers: []rota.TierName{"first"}, Alarms: []int{60}, Absences: true}
	h.ok(h.db.EditFeed(t.Context(), f))
	after := h.status(http.StatusOK, path, "If-None-Match", before.Header().Get("ETag"), "If-Modified-Since", before.Header().Get("Last-Modified"))
	lacks(t, unfolded(body(after)), "7700 900102", "TRANSP:TRANSPARENT", "SUMMARY:Second")
	contains(t, body(after), "TRANSP:OPAQUE", "TRIGGER:-PT60M")
	get(h.db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L1", Kind: rota.Sick, First: day("2026-05-05"), Last: day("2026-05-06")}}))
	away := body(h.status(http.StatusOK, path))
	contains(t, away, "SUMMARY:Away", "DTSTART;VALUE=DATE:20260505", "DTEND;VALUE=DATE:20260507")
	lacks(t, strings.ToLower(away), "sick")

	f.Options.BusyOnly = true
	h.ok(h.db.EditFeed(t.Context(), f))
	lacks(t, body(h.status(http.StatusOK, path)), "Asha", "Away", "on-call", "on call")
	h.ok(h.db.RevokeFeed(t.Context(), id, h.clock()))
	h.status(http.StatusGone, path)
}

func TestALinkEndsWhenItsTimeIsOver(t *testing.T) {
	h := newHarbour(t)
	f := rota.NewLeaderFeed("L1", "", time.Time{})
	f.Expires = at("2026-05-05T00:00")
	path, _ := h.openLink(f)
	h.set(at("2026-05-04T23:59"))
	h.status(http.StatusOK, path)
	h.set(at("2026-05-05T00:00"))
	contains(t, body(h.status(http.StatusGone, path)), feedGone)
}

func TestAReplacedSecretEndsAfterItsGrace(t *testing.T) {
	h := newHarbour(t)
	old, id := h.openLink(rota.NewLeaderFeed("L1", "", time.Time{}))
	token, hash, err := NewToken(rand.Reader)
	h.ok(err)
	h.ok(h.db.RotateFeed(t.Context(), id, hash, at("2026-05-06T09:00")))
	fresh := "/feed/" + token + ".ics"
	was, is := h.status(http.StatusOK, old), h.status(http.StatusOK, fresh)
	if !bytes.Equal(was.Body.Bytes(), is.Body.Bytes()) {
		t.Error("the two secrets show two calendars")
	}
	h.set(at("2026-05-06T09:00"))
	h.status(http.StatusGone, old)
	h.status(http.StatusOK, fresh)
}

// counting records what a site asks of its source.
type counting struct {
	Source
	asked []string
}

func (c *counting) FeedByHash(ctx context.Context, hash []byte) (rota.Feed, bool, error) {
	c.asked = append(c.asked, "FeedByHash")
	return c.Source.FeedByHash(ctx, hash)
}

func (c *counting) Revision(ctx context.Context) (int64, error) {
	c.asked = append(c.asked, "Revision")
	return c.Source.Revision(ctx)
}

func (c *counting) TouchFeeds(ctx context.Context, fetched []rota.Fetch) error {
	c.asked = append(c.asked, "TouchFeeds")
	return c.Source.TouchFeeds(ctx, fetched)
}

func (c *counting) Published(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	c.asked = append(c.asked, "Published")
	return c.Source.Published(ctx, from, until)
}

// A link that ended takes the same way through the program as one that never was: who tries links learns
// nothing from how long the answer takes.
func TestEndedAndUnknownLinksTakeTheSameWay(t *testing.T) {
	h := newHarbour(t)
	revoked, id := h.openLink(rota.NewLeaderFeed("L1", "", time.Time{}))
	h.ok(h.db.RevokeFeed(t.Context(), id, h.clock()))
	over := rota.NewLeaderFeed("L1", "", time.Time{})
	over.Expires = at("2026-05-01T00:00")
	expired, _ := h.openLink(over)
	replaced, id := h.openLink(rota.NewLeaderFeed("L1", "", time.Time{}))
	_, hash, err := NewToken(rand.Reader)
	h.ok(err)
	h.ok(h.db.RotateFeed(t.Context(), id, hash, h.clock()))
	source := &counting{Source: h.db}
	site := New(source, h.site.Options)
	defer site.Close()
	for path, status := range map[string]int{
		revoked: http.StatusGone, expired: http.StatusGone, replaced: http.StatusGone,
		"/feed/" + strings.Repeat("A", 43) + ".ics": http.StatusNotFound,
		"/feed/x.ics": http.StatusNotFound,
	} {
		source.asked = nil
		h.site = site
		h.status(status, path, "User-Agent", "Outlook")
		site.visits.wait()
		if got := strings.Join(source.asked, " "); got != "FeedByHash" {
			t.Errorf("status %d: asked %q, want one question only", status, got)
		}
	}
}
