package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// harbour is a PCN of three leaders with a daily rota of two tiers, published for 28 April to 24 May
// 2026, looked at on the early May bank holiday, Monday 4 May, at 10:15.
type harbour struct {
	*testing.T
	db     *sqlite.DB
	source *shaky
	site   *Site
	log    *safeBuffer
	policy rota.Policy
	gaps   bool // what publish is told to leave out it publishes without a holder

	mu  sync.Mutex
	now time.Time
}

var london = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func newHarbour(t *testing.T) *harbour {
	t.Helper()
	db := get(sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "pcnrota.db")))
	h := &harbour{T: t, db: db, source: &shaky{DB: db}, log: &safeBuffer{}, now: at("2026-05-04T10:15"), policy: dailyPolicy()}
	h.ok(db.PutLeaders(t.Context(), []rota.Leader{
		{ID: "L1", Name: "Dr Asha Patel", Phone: "07700 900101", Email: "asha@example.org", Employment: rota.Partner, Share: rota.FullTime},
		{ID: "L2", Name: `Ben "B" O'Neil <b>`, Phone: "+44 (0)7700 900102 (bleep 12)", Employment: rota.Partner, Share: rota.FullTime},
		{ID: "L3", Name: "Cerys Hughes", Employment: rota.Employee, Share: rota.FullTime},
	}))
	h.publish("2026-04-28", "2026-05-25", nil, "2026-04-01T09:00")
	h.open(Options{NowPage: true})
	t.Cleanup(func() {
		h.site.Close()
		h.ok(db.Close())
	})
	return h
}

func dailyPolicy() rota.Policy {
	var days []rota.ShiftKind
	for _, p := range rota.ReadyPatterns() {
		if p.Name == "daily" {
			days = p.Kinds
		}
	}
	return rota.Policy{
		Name: "on-call", Title: "Leadership on call", Pattern: days, Points: rota.DefaultDayPoints,
		Tiers: []rota.Tier{{Name: "first", Title: "First on call", Weight: rota.Point}, {Name: "second", Title: "Second on call", Weight: rota.Point}},
	}
}

// open makes a site over h's database, as a restart of the program would.
func (h *harbour) open(o Options) {
	if o.Policies == nil {
		o.Policies = []rota.Policy{h.policy}
	}
	o.PCN, o.Zone, o.Clock = "Harbourside PCN", london, h.clock
	o.BaseURL = "https://rota.example.org"
	o.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if h.site != nil {
		h.site.Close()
	}
	h.site = New(h.source, o)
}

func (h *harbour) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *harbour) set(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = now
}

// publish publishes the policy's duties from one day up to another. They go round L1, L2, L3, the second
// tier one ahead; leave out those for which skip is true.
func (h *harbour) publish(from, until string, skip func(rota.Duty) bool, when string) {
	h.Helper()
	draft := rota.Draft{Policy: h.policy, From: day(from), Until: day(until)}
	for _, d := range h.policy.Duties(draft.From, draft.Until, london, rota.Holidays{}) {
		turn := day("2026-04-28").AddDays(-300).DaysUntil(d.Start.Date)
		if d.Tier == "second" {
			turn++
		}
		d.Holder = []rota.LeaderID{"L1", "L2", "L3"}[turn%3]
		left := skip != nil && skip(d)
		if left && h.gaps {
			d.Holder = ""
		}
		if !left || h.gaps {
			draft.Duties = append(draft.Duties, d)
		}
	}
	revision := get(h.db.Revision(h.Context()))
	get(h.db.SaveDraft(h.Context(), draft, revision, at(when)))
	_, _, err := h.db.Publish(h.Context(), sqlite.Publication{Rota: h.policy.Name, By: "Mo", Reason: "because", At: at(when)})
	h.ok(err)
}

// meeting plans a meeting that L1 attends.
func (h *harbour) meeting(on, when string) {
	h.Helper()
	s := rota.Series{Title: "Public board", Body: "ICS", First: day(on), At: 10 * 60, Minutes: 120, Place: "Council Chamber"}
	s.ID = get(h.db.AddSeries(h.Context(), []rota.Series{s}))[0]
	o := rota.Occurrence{
		ID: rota.NewOccurrenceID(s.ID, s.First), Series: s, Start: s.First.At(10 * 60), End: s.First.At(12 * 60), Attending: []rota.LeaderID{"L1"},
	}
	o.Span = rota.Span{Start: o.Start.Instant(london), End: o.End.Instant(london)}
	get(h.db.PutOccurrences(h.Context(), []rota.Occurrence{o}, at(when)))
}

// link makes a feed of the leader and gives its path and its ID.
func (h *harbour) link(leader rota.LeaderID) (path string, id rota.FeedID) {
	h.Helper()
	token, hash, err := NewToken(rand.Reader)
	h.ok(err)
	f := get(h.db.AddFeed(h.Context(), rota.NewLeaderFeed(leader, "work Outlook", at("2026-03-01T09:00")), hash))
	return "/feed/" + token + ".ics", f.ID
}

// get asks the site for a path; headers are pairs of name and value.
func (h *harbour) get(path string, headers ...string) *httptest.ResponseRecorder {
	return h.ask(http.MethodGet, path, headers...)
}

func (h *harbour) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://rota.example.org"+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

// status asks for a path and wants a status.
func (h *harbour) status(want int, path string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	w := h.get(path, headers...)
	if w.Code != want {
		h.Fatalf("%s %v: got %d, want %d\n%s", path, headers, w.Code, want, w.Body)
	}
	return w
}

func (h *harbour) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// contains checks that text has all of the wanted words.
func contains(t testing.TB, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in:\n%s", w, text)
		}
	}
}

// lacks checks that text has none of the words.
func lacks(t testing.TB, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("%q should not be in:\n%s", w, text)
		}
	}
}

// headers checks the values of headers, given in pairs; "" wants none.
func headers(t testing.TB, w *httptest.ResponseRecorder, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := strings.Join(w.Header().Values(pairs[i]), " | "); got != pairs[i+1] {
			t.Errorf("%s: got %q, want %q", pairs[i], got, pairs[i+1])
		}
	}
}

// shaky is a database that can be made to fail.
type shaky struct {
	*sqlite.DB
	holding chan struct{} // TouchFeeds waits for it to be closed; nil: it does not wait

	mu     sync.Mutex
	broken string // name of the method that fails, "all" for each
	panics bool   // it panics instead
	asked  map[string]int
}

// breaks makes a method fail from now on, "all" each, "" none.
func (s *shaky) breaks(method string, panics bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken, s.panics = method, panics
}

// times is how often a method was asked.
func (s *shaky) times(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[method]
}

var errDisk = errors.New("read database: SELECT secret FROM feed: disk I/O error")

func (s *shaky) failing(method string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	s.asked[method]++
	if s.broken != method && s.broken != "all" {
		return nil
	}
	if s.panics {
		panic(errDisk)
	}
	return errDisk
}

func (s *shaky) FeedByHash(ctx context.Context, hash []byte) (rota.Feed, bool, error) {
	if err := s.failing("FeedByHash"); err != nil {
		return rota.Feed{}, false, err
	}
	return s.DB.FeedByHash(ctx, hash)
}

func (s *shaky) Revision(ctx context.Context) (int64, error) {
	if err := s.failing("Revision"); err != nil {
		return 0, err
	}
	return s.DB.Revision(ctx)
}

func (s *shaky) Published(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	if err := s.failing("Published"); err != nil {
		return nil, err
	}
	return s.DB.Published(ctx, from, until)
}

func (s *shaky) TouchFeeds(ctx context.Context, fetched []rota.Fetch) error {
	if s.holding != nil {
		<-s.holding
	}
	if err := s.failing("TouchFeeds"); err != nil {
		return err
	}
	return s.DB.TouchFeeds(ctx, fetched)
}

// safeBuffer is a log that several goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func get[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func day(s string) rota.Date { return get(rota.ParseDate(s)) }

func civil(s string) rota.Civil { return get(rota.ParseCivil(s)) }

// at is the moment at which a clock in London shows s.
func at(s string) time.Time { return get(rota.ParseCivil(s)).Instant(london) }

func body(w *httptest.ResponseRecorder) string { return w.Body.String() }
