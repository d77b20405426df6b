package web

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestAFeedIsTheLeadersCalendar(t *testing.T) {
	h := newHarbour(t)
	h.meeting("2026-06-18", "2026-04-02T12:00")
	path, _ := h.link("L1")
	w := h.status(http.StatusOK, path)
	calendar := body(w)
	contains(t, calendar, "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "DTSTART;TZID=Europe/London:20260428T080000", "Public board", "Harbourside PCN")
	if got := strings.Count(calendar, "BEGIN:VEVENT"); got != 9+9+1 {
		t.Errorf("%d events, want 9 first, 9 second and 1 meeting", got)
	}
	headers(t, w,
		"Content-Type", "text/calendar; charset=utf-8", "Content-Disposition", `inline; filename="rota.ics"`,
		"Cache-Control", "private, no-cache", "Vary", "Accept-Encoding", "X-Robots-Tag", "noindex", "Referrer-Policy", "no-referrer",
		"Content-Encoding", "", "Content-Length", strconv.Itoa(len(calendar)), "X-Content-Type-Options", "nosniff")
}

func TestAFeedOfNothingIsAValidCalendar(t *testing.T) {
	h := newHarbour(t)
	h.ok(h.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L9", Name: "New", Employment: rota.Partner, Share: rota.FullTime}}))
	path, _ := h.link("L9")
	w := h.status(http.StatusOK, path)
	contains(t, body(w), "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "END:VCALENDAR")
	if w.Header().Get("Last-Modified") == "" {
		t.Error("no Last-Modified")
	}
}

func TestAFeedLooks90DaysBackAnd400Ahead(t *testing.T) {
	h := newHarbour(t)
	h.policy.Name = "history"
	h.publish("2026-01-25", "2026-02-10", nil, "2026-01-02T09:00")
	h.policy.Name = "future"
	h.publish("2027-06-01", "2027-06-15", nil, "2026-01-02T09:00")
	var calendars string
	for _, leader := range []rota.LeaderID{"L1", "L2", "L3"} {
		path, _ := h.link(leader)
		calendars += body(h.status(http.StatusOK, path))
	}
	const starts = "DTSTART;TZID=Europe/London:"
	// 90 days before 4 May is 3 February: the day on call that ends on its morning is still there.
	contains(t, calendars, starts+"20260202T080000", starts+"20270608T080000")
	lacks(t, calendars, starts+"20260201T080000", starts+"20270609T080000")
}

func TestAnUnchangedFeedIsTheSameBytesAllDay(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	h.set(at("2026-05-04T00:00"))
	first := h.status(http.StatusOK, path)
	h.set(at("2026-05-04T23:59"))
	h.open(Options{NowPage: true}) // nothing depends on what the process remembers
	second := h.status(http.StatusOK, path)
	if !bytes.Equal(first.Body.Bytes(), second.Body.Bytes()) {
		t.Error("the bytes differ within a day")
	}
	for _, name := range []string{"ETag", "Last-Modified"} {
		headers(t, second, name, first.Header().Get(name))
	}
}

func TestConditionalRequests(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	w := h.status(http.StatusOK, path)
	tag, stamp := w.Header().Get("ETag"), w.Header().Get("Last-Modified")
	if !strings.HasPrefix(tag, `"`) {
		t.Fatalf("ETag %s is not strong", tag)
	}
	earlier := at("2026-03-31T12:00").UTC().Format(http.TimeFormat)
	later := at("2026-05-04T10:00").UTC().Format(http.TimeFormat)
	for _, c := range []struct {
		name   string
		want   int
		header []string
	}{
		{"the tag", 304, []string{"If-None-Match", tag}},
		{"the tag as a proxy weakens it", 304, []string{"If-None-Match", "W/" + tag}},
		{"a list with the tag", 304, []string{"If-None-Match", `"old", W/"older", ` + tag}},
		{"anything", 304, []string{"If-None-Match", "*"}},
		{"another tag", 200, []string{"If-None-Match", `"old"`}},
		{"half a tag", 200, []string{"If-None-Match", tag[:8]}},
		{"the stamp", 304, []string{"If-Modified-Since", stamp}},
		{"a later time", 304, []string{"If-Modified-Since", later}},
		{"an earlier time", 200, []string{"If-Modified-Since", earlier}},
		{"no time", 200, []string{"If-Modified-Since", "yesterday"}},
		{"another tag with the stamp: the tag decides", 200, []string{"If-None-Match", `"old"`, "If-Modified-Since", stamp}},
		{"the tag with an earlier time: the tag decides", 304, []string{"If-None-Match", tag, "If-Modified-Since", earlier}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				w := h.ask(method, path, c.header...)
				if w.Code != c.want {
					t.Errorf("%s: got %d, want %d", method, w.Code, c.want)
				}
				if w.Code == http.StatusNotModified {
					headers(t, w, "ETag", tag, "Vary", "Accept-Encoding", "Cache-Control", "private, no-cache", "Content-Length", "")
					if w.Body.Len() != 0 {
						t.Error("a 304 with a body")
					}
				}
			}
		})
	}
}

func TestAnOldTagGetsTheNewCalendar(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	before := h.status(http.StatusOK, path)
	h.publish("2026-05-11", "2026-05-25", func(d rota.Duty) bool { return d.Start.Date == day("2026-05-19") }, "2026-05-04T10:10")
	after := h.status(http.StatusOK, path, "If-None-Match", before.Header().Get("ETag"), "If-Modified-Since", before.Header().Get("Last-Modified"))
	if bytes.Equal(before.Body.Bytes(), after.Body.Bytes()) {
		t.Error("the calendar did not change with what is published")
	}
	// All that changed is that something went away, which leaves no stamp on what is left.
	h.status(http.StatusOK, path, "If-Modified-Since", before.Header().Get("Last-Modified"))
	h.status(http.StatusNotModified, path, "If-Modified-Since", after.Header().Get("Last-Modified"))
}

func TestLastModifiedIsTheLastChange(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	headers(t, h.status(http.StatusOK, path), "Last-Modified", "Wed, 01 Apr 2026 08:00:00 GMT")
	h.meeting("2026-06-18", "2026-05-01T12:00")
	headers(t, h.status(http.StatusOK, path), "Last-Modified", "Fri, 01 May 2026 11:00:00 GMT")
}

func TestAChangeWithoutAStampCountsAsMadeWhenItIsNoticed(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	before := h.status(http.StatusOK, path).Header().Get("Last-Modified")
	h.ok(h.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L2", Name: "Ben Neil", Phone: "07700 900999", Employment: rota.Partner, Share: rota.FullTime}}))
	w := h.status(http.StatusOK, path, "If-Modified-Since", before)
	contains(t, body(w), "07700 900999")
	headers(t, w, "Last-Modified", "Mon, 04 May 2026 09:15:00 GMT")
	h.set(h.clock().Add(time.Hour))
	headers(t, h.status(http.StatusOK, path), "Last-Modified", "Mon, 04 May 2026 09:15:00 GMT")
}

func TestHEADIsGETWithoutTheBytes(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	for _, encoding := range []string{"identity", "gzip"} {
		got, head := h.ask("GET", path, "Accept-Encoding", encoding), h.ask("HEAD", path, "Accept-Encoding", encoding)
		for name := range got.Header() {
			headers(t, head, name, got.Header().Get(name))
		}
		if head.Code != http.StatusOK || head.Body.Len() != 0 {
			t.Errorf("HEAD: %d with %d bytes", head.Code, head.Body.Len())
		}
	}
}

func TestGzip(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	plain := h.status(http.StatusOK, path)
	packed := h.status(http.StatusOK, path, "Accept-Encoding", "gzip, deflate, br, zstd")
	headers(t, packed, "Content-Encoding", "gzip", "Vary", "Accept-Encoding", "Content-Length", strconv.Itoa(packed.Body.Len()))
	tag := packed.Header().Get("ETag")
	if tag == plain.Header().Get("ETag") {
		t.Error("different bytes with the same strong ETag")
	}
	h.status(http.StatusNotModified, path, "Accept-Encoding", "gzip", "If-None-Match", tag)
	unpacked := get(io.ReadAll(get(gzip.NewReader(packed.Body))))
	if !bytes.Equal(unpacked, plain.Body.Bytes()) {
		t.Error("unpacked, the calendar differs")
	}
}

func TestAcceptsGzip(t *testing.T) {
	for field, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip; q=0.000": false,
		"*": true, "*;q=0": false, "*;q=0, gzip": true, "gzip;q=0, *": false, "identity": false, "deflate, br": false,
		"gzip;q=lots": false, "x-gzip": true, ",, gzip ;q=1": true, "notgzip": false,
	} {
		if got := acceptsGzip(field); got != want {
			t.Errorf("Accept-Encoding %q: got %t, want %t", field, got, want)
		}
	}
}

func TestRevokedAndUnknownLinks(t *testing.T) {
	h := newHarbour(t)
	path, id := h.link("L1")
	h.status(http.StatusOK, path)
	h.ok(h.db.RevokeFeed(t.Context(), id, h.clock()))
	gone := h.status(http.StatusGone, path)
	contains(t, body(gone), feedGone)
	unknown := h.status(http.StatusNotFound, "/feed/"+strings.Repeat("A", 43)+".ics")
	contains(t, body(unknown), feedUnknown)
	headers(t, unknown, "Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store", "X-Robots-Tag", "noindex")
	for name := range gone.Header() {
		headers(t, unknown, name, gone.Header().Get(name))
	}
}

func TestOnlyTheWholeAddressIsAFeed(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	for _, other := range []string{strings.TrimSuffix(path, ".ics"), path + "/", path + "/x", strings.ToUpper(path), "/feed/", "/feed/.ics", path + ".ics"} {
		h.status(http.StatusNotFound, other)
	}
	h.status(http.StatusOK, path+"?cache=1")
}

func TestAFeedIsOnlyRead(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	for _, method := range []string{"POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"} {
		w := h.ask(method, path)
		if w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: got %d", method, w.Code)
		}
		headers(t, w, "Allow", "GET, HEAD")
	}
}

func TestAFailureIsAnsweredWithTheLastGoodBytes(t *testing.T) {
	for _, broken := range []string{"FeedByHash", "Revision", "Published"} {
		t.Run(broken, func(t *testing.T) {
			h := newHarbour(t)
			path, _ := h.link("L1")
			other, _ := h.link("L2")
			good := h.status(http.StatusOK, path)
			h.publish("2026-05-18", "2026-05-25", func(d rota.Duty) bool { return d.Holder == "L1" }, "2026-05-04T10:10")
			h.source.breaks(broken, false)
			w := h.status(http.StatusOK, path)
			if !bytes.Equal(w.Body.Bytes(), good.Body.Bytes()) {
				t.Error("not the last good bytes")
			}
			headers(t, w, "ETag", good.Header().Get("ETag"))
			h.status(http.StatusNotModified, path, "If-None-Match", good.Header().Get("ETag"))

			busy := h.status(http.StatusServiceUnavailable, other) // never fetched: there is nothing to fall back on
			headers(t, busy, "Retry-After", "300", "Content-Type", "text/plain; charset=utf-8")
			lacks(t, body(busy), "SELECT", "disk", "database")
			contains(t, h.log.String(), "level=ERROR", "disk I/O error", "route=/feed/{file}")
		})
	}
}

func TestAPanicIsAnsweredWithTheLastGoodBytes(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	good := h.status(http.StatusOK, path)
	h.set(at("2026-05-05T10:15"))
	h.source.breaks("Published", true)
	w := h.status(http.StatusOK, path)
	headers(t, w, "ETag", good.Header().Get("ETag"))
}

func TestARevokedLinkIsForgotten(t *testing.T) {
	h := newHarbour(t)
	path, id := h.link("L1")
	h.status(http.StatusOK, path)
	h.ok(h.db.RevokeFeed(t.Context(), id, h.clock()))
	h.status(http.StatusGone, path)
	h.source.breaks("all", false)
	h.status(http.StatusServiceUnavailable, path)
}

func TestTokensNeverReachTheLog(t *testing.T) {
	h := newHarbour(t)
	path, id := h.link("L1")
	token := strings.TrimSuffix(strings.TrimPrefix(path, "/feed/"), ".ics")
	everywhere := func() {
		for _, p := range []string{path, "/" + path, path + "/", "/feed/" + token, "/FEED/" + token + ".ics", "/x/.." + path, "/?link=" + path, "/" + token} {
			for _, method := range []string{"GET", "HEAD", "POST", "CONNECT"} {
				h.ask(method, p, "Referer", "https://rota.example.org"+path)
			}
		}
	}
	everywhere()
	h.source.breaks("all", false)
	everywhere()
	h.source.breaks("all", true)
	everywhere()
	h.source.breaks("", false)
	h.ok(h.db.RevokeFeed(t.Context(), id, h.clock()))
	everywhere()
	h.site.Close()
	log := h.log.String()
	lacks(t, log, token, "07700", "asha@")
	contains(t, log, "route=/feed/{file}", "level=DEBUG", "level=ERROR", "status=503", "status=410")
}

func TestWhoFetchedIsRecordedOnceInTenMinutes(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	visited := func(want, client string) {
		t.Helper()
		h.site.visits.wait()
		f := get(h.db.Feeds(t.Context()))[0]
		if !f.LastFetched.Equal(at(want)) || f.Client != client {
			t.Errorf("last fetched %v by %q, want %s by %q", f.LastFetched, f.Client, want, client)
		}
	}
	h.get(path, "User-Agent", "Thunderbird/140\x1b[31m")
	visited("2026-05-04T10:15", "Thunderbird")
	h.set(h.clock().Add(9*time.Minute + 59*time.Second))
	h.get(path, "User-Agent", "curl/8.0")
	visited("2026-05-04T10:15", "Thunderbird")
	h.set(at("2026-05-04T10:25"))
	h.ask("HEAD", path, "User-Agent", "Outlook")
	visited("2026-05-04T10:25", "Outlook")
}

func TestAnAnswerDoesNotWaitForTheRecordOfIt(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	h.source.holding = make(chan struct{})
	for range 5 {
		h.status(http.StatusOK, path) // would hang here
	}
	h.source.breaks("TouchFeeds", false)
	close(h.source.holding)
	h.site.Close()
	h.status(http.StatusOK, path)
	contains(t, h.log.String(), "record visits of feeds")
}

func TestTheMemoryOfFeedsIsBounded(t *testing.T) {
	random := make([]byte, 30_000)
	feed := func(n byte) keptFeed {
		random[0] = n
		get(rand.Read(random[1:]))
		return keptFeed{state: state{revision: int64(n)}, body: newRendition(random, at("2026-05-04T10:15"))}
	}
	m := newMemory(100_000, 50_000)
	key := func(n byte) feedKey { return feedKey{hash: [32]byte{n}} }
	for n := range byte(3) {
		m.put(key(n), feed(n))
	}
	m.get(key(0))
	m.put(key(3), feed(3))
	for n, want := range map[byte]bool{0: true, 1: false, 2: true, 3: true} {
		f, ok := m.get(key(n))
		if ok != want {
			t.Errorf("feed %d: kept %t, want %t", n, ok, want)
		}
		if plain := []byte{n}; ok && (get(m.plainOf(f.body))[0] != plain[0] || m.plain.held > 50_000) {
			t.Errorf("feed %d is not what it was, or %d bytes are kept in plain", n, m.plain.held)
		}
	}
	for n := range byte(3) {
		m.drop(key(n))
	}
	m.drop(key(3))
	if m.feeds.held != 0 || len(m.alike) != 0 || m.plain.held != 0 {
		t.Errorf("left: %d bytes, %d renditions, %d bytes in plain", m.feeds.held, len(m.alike), m.plain.held)
	}
}

func TestLinksToTheSameCalendarShareIt(t *testing.T) {
	h := newHarbour(t)
	one, _ := h.link("L1")
	two, _ := h.link("L1")
	other, _ := h.link("L2")
	for _, path := range []string{one, two, other, one} {
		h.status(http.StatusOK, path)
	}
	if n := len(h.site.Memory.alike); n != 2 {
		t.Errorf("%d calendars are kept for three links to two", n)
	}
}
