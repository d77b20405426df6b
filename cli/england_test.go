package cli

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

// TestAllOfEngland hosts as many PCNs as PCNROTA_ENGLAND says, each with ten leaders, twenty links and two years of duties
// in two tiers, and says what that costs: the start, an idle tick, feeds at 500 a second, and memory. Set it to 1250. With
// PCNROTA_ENGLAND_EARLY, it asks for so many feeds a second from the start on instead, until all are made.
func TestAllOfEngland(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PCNROTA_ENGLAND"))
	if err != nil {
		t.Skip("set PCNROTA_ENGLAND to the number of PCNs")
	}
	e := &england{TB: t, root: filepath.Join(t.TempDir(), "england"), n: n}
	e.settle()
	p, _, _ := testProgram(t)
	p.now = time.Now
	h := p.newHost(slog.New(slog.NewTextHandler(io.Discard, nil)))
	h.root = e.root
	if rate, err := strconv.Atoi(os.Getenv("PCNROTA_ENGLAND_EARLY")); err == nil {
		e.early(t, h, rate)
		return
	}
	e.start(t, h)
	e.idle(t, h)
	if minutes() > 0 {
		e.serve(t, h)
	}
	t.Logf("resident, without the client: %d MB, at most %d MB; load of the machine: %s", resident(t, "VmRSS"), resident(t, "VmHWM"), load())
	t.Logf("of it the program's own: %d MB; what SQLite has, and had, is the rest", held()>>20)
}

// start has the host look through all folders for the first time.
func (e *england) start(t *testing.T, h *host) {
	took := stopwatch(t)
	h.tick(t.Context(), time.Now())
	h.passes.Wait()
	t.Logf("%d PCNs: start-up, with every reminder planned that is within reach: %s", e.n, took())
	h.tick(t.Context(), time.Now())
	h.passes.Wait()
	t.Logf("and with what is due sent: %s", took())
	for h.memory.Making() {
		time.Sleep(100 * time.Millisecond)
		h.tick(t.Context(), time.Now())
		h.passes.Wait()
	}
	t.Logf("and with all %d calendars made: %s", e.n*linksEach, took())
}

// early asks for feeds from the first moment on, so many a second, until all calendars are made.
func (e *england) early(t *testing.T, h *host, rate int) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	e.ok(err)
	e.address, e.tags, e.paths = "http://"+l.Addr().String(), map[string]string{}, e.links()
	took := stopwatch(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	h.scan()
	go func() { ended <- h.run(ctx, l, web.NewHost(h, h.log)) }()
	ready := func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.ticks > 0 && h.begun.IsZero()
	}
	e.ask("from the start until all calendars are made", rate, func(yield func(string) bool) {
		for !ready() && yield(e.paths[rand.IntN(len(e.paths))]) {
		}
	})
	t.Logf("all %d calendars made: %s; load of the machine: %s", len(e.paths), took(), load())
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// idle has ticks in which there is nothing to do, once what follows from the start is done.
func (e *england) idle(t *testing.T, h *host) {
	for range 5 {
		h.tick(t.Context(), time.Now())
		h.passes.Wait()
		for h.memory.Making() {
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(2 * settlesFine)
	}
	const ticks = 40
	least, used := time.Hour, processor(t)
	for range ticks {
		begun := time.Now()
		h.tick(t.Context(), time.Now())
		least = min(least, time.Since(begun))
		h.passes.Wait()
	}
	t.Logf("idle tick: %.2f ms of a processor, the quickest took %.2f ms", ms((processor(t)-used)/ticks), ms(least))
}

// serve has another process ask for the feeds.
func (e *england) serve(t *testing.T, h *host) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	e.ok(err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- h.run(ctx, l, web.NewHost(h, h.log)) }()
	client := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAskAllOfEngland$", "-test.v")
	client.Env = append(os.Environ(), askedAt+"=http://"+l.Addr().String())
	client.Stdout, client.Stderr = t.Output(), t.Output()
	used := processor(t)
	if err := client.Run(); err != nil {
		t.Error(err)
	}
	requests := e.n*linksEach + minutes()*perMinute
	t.Logf("one feed, with all that goes on besides: %.2f ms of a processor", ms((processor(t)-used)/time.Duration(requests)))
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// held is how many bytes the program itself has from the system, without what C code has.
func held() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys - m.HeapReleased
}

// stopwatch gives what has passed since, in words.
func stopwatch(t *testing.T) func() string {
	begun, used := time.Now(), processor(t)
	return func() string {
		return fmt.Sprintf("%.1f s, of processors %.1f s", time.Since(begun).Seconds(), (processor(t) - used).Seconds())
	}
}

// load is how many want a processor of this machine, over the last minute, five and fifteen: who measures should be alone.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	return strings.Join(strings.Fields(string(text))[:3], ", ")
}

// askedAt is the variable by which TestAllOfEngland tells the process that asks for its feeds where they are.
const askedAt = "PCNROTA_ENGLAND_ADDRESS"

// TestAskAllOfEngland is the client of TestAllOfEngland, in a process of its own so that its memory is not the server's.
func TestAskAllOfEngland(t *testing.T) {
	e := &england{TB: t, address: os.Getenv(askedAt), tags: map[string]string{}}
	if e.address == "" {
		t.Skip("started by TestAllOfEngland")
	}
	var err error
	e.n, err = strconv.Atoi(os.Getenv("PCNROTA_ENGLAND"))
	e.ok(err)
	e.paths = e.links()
	e.ask("every link for the first time", perSecond, slices.Values(e.shuffled()))
	for range minutes() {
		e.ask("a minute of links at random", perSecond, func(yield func(string) bool) {
			for range perMinute {
				if !yield(e.paths[rand.IntN(len(e.paths))]) {
					return
				}
			}
		})
	}
}

// links gives the paths of all feeds.
func (e *england) links() (paths []string) {
	for i := range e.n {
		for token := range linksEach {
			secret, _, err := web.NewToken(seeded(token))
			e.ok(err)
			paths = append(paths, "/"+pcnNumber(i)+"/feed/"+secret+".ics")
		}
	}
	return paths
}

// minutes is for how long links are asked for at random: as many as PCNROTA_ENGLAND_MINUTES says, or one.
func minutes() int {
	n, err := strconv.Atoi(os.Getenv("PCNROTA_ENGLAND_MINUTES"))
	if err != nil {
		return 1
	}
	return n
}

func pcnNumber(i int) string { return fmt.Sprintf("pcn%04d", i) }

// perSecond is how many feeds are asked for, and so in a minute.
const (
	perSecond = 500
	perMinute = 60 * perSecond
)

// linksEach is how many links each PCN of england has, two for each leader.
const linksEach = 20

// england is a folder of many PCNs, which are copies of one.
type england struct {
	testing.TB
	root, address string
	n             int
	paths         []string // of all feeds

	mu   sync.Mutex
	tags map[string]string // what each feed was when it was fetched last
}

// settle makes one PCN and copies it.
func (e *england) settle() {
	model := filepath.Join(e.TempDir(), "model")
	e.initialise(model)
	db, err := sqlite.Open(e.Context(), filepath.Join(model, databaseFile))
	e.ok(err)
	e.populate(db)
	e.ok(db.Close())
	e.hasRun(model)
	long := time.Now().Add(-time.Hour) // it was changed long ago
	for _, file := range []string{configFile, databaseFile} {
		content, err := os.ReadFile(filepath.Join(model, file))
		e.ok(err)
		for i := range e.n {
			path := filepath.Join(e.root, pcnNumber(i), file)
			e.ok(os.MkdirAll(filepath.Dir(path), 0o750))
			e.ok(os.WriteFile(path, content, 0o600))
			e.ok(os.Chtimes(path, long, long))
		}
	}
}

// hasRun has what is due in a PCN before it is copied done, unless PCNROTA_ENGLAND_FIRST is set: then the start is the very
// first, and forty messages go out from each.
func (e *england) hasRun(dir string) {
	if os.Getenv("PCNROTA_ENGLAND_FIRST") != "" {
		return
	}
	p, _, _ := testProgram(e.TB)
	p.now = time.Now
	h := p.newHost(p.quiet())
	h.only(dir)
	h.tick(e.Context(), time.Now())
	h.close()
}

func (e *england) initialise(dir string) {
	p, _, stderr := testProgram(e.TB)
	if code := p.run(e.Context(), []string{"pcnrota", "init", "--name", "Everytown", "--home", dir}); code != exitOK {
		e.Fatal(stderr)
	}
}

// populate fills a PCN and gives the secrets of its links.
func (e *england) populate(db *sqlite.DB) (tokens []string) {
	ctx, london := e.Context(), e.london()
	var leaders []rota.Leader
	for i := range 10 {
		leaders = append(leaders, rota.Leader{
			ID: rota.LeaderID(fmt.Sprintf("L%02d", i)), Name: fmt.Sprintf("Dr Leader Number %d", i), Phone: "07700 900123",
			Email: fmt.Sprintf("l%d@example.org", i), Employment: rota.Partner, Share: rota.FullTime,
		})
	}
	e.ok(db.PutLeaders(ctx, leaders))
	policy := rota.Policy{
		Name: "on-call", Title: "Leadership on call", Points: rota.DefaultDayPoints,
		Tiers: []rota.Tier{{Name: "first", Title: "First", Weight: rota.Point}, {Name: "second", Title: "Second", Weight: rota.Point}},
	}
	for _, ready := range rota.ReadyPatterns() {
		if ready.Name == "weeknights-and-weekends" {
			policy.Pattern = ready.Kinds
		}
	}
	from := rota.CivilOf(time.Now(), london).Date.AddDays(-365)
	draft := rota.Draft{Policy: policy, From: from, Until: from.AddDays(2 * 365)}
	draft.Duties = policy.Duties(draft.From, draft.Until, london, rota.Holidays{})
	for i := range draft.Duties {
		draft.Duties[i].Holder = leaders[(i/2+i%2)%len(leaders)].ID
	}
	revision, err := db.Revision(ctx)
	e.ok(err)
	at := from.At(0).Instant(london)
	_, err = db.SaveDraft(ctx, draft, revision, at)
	e.ok(err)
	_, _, err = db.Publish(ctx, sqlite.Publication{Rota: policy.Name, By: "Mo", Reason: "the start", At: at})
	e.ok(err)
	for i := range linksEach {
		token, hash, err := web.NewToken(seeded(i))
		e.ok(err)
		_, err = db.AddFeed(ctx, rota.Feed{
			Kind: rota.FeedOfLeader, Leader: leaders[i/2].ID, Name: "phone", Created: at, Options: rota.FeedOptions{Back: rota.FeedBack, Ahead: rota.FeedAhead, Phones: true},
		}, hash)
		e.ok(err)
		tokens = append(tokens, token)
	}
	return tokens
}

func (e *england) london() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	e.ok(err)
	return zone
}

// seeded makes the secrets of tests, which are the same each time.
func seeded(n int) io.Reader {
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], uint64(n))
	return rand.NewChaCha8(seed)
}

func (e *england) shuffled() []string {
	paths := slices.Clone(e.paths)
	rand.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return paths
}

// ask has the paths asked for, so many a second whatever the answers take, as calendars do: each says what it has.
func (e *england) ask(what string, rate int, paths func(func(string) bool)) {
	every := time.Second / time.Duration(rate)
	transport := &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var took []time.Duration
	statuses := map[int]int{}
	var group sync.WaitGroup
	begun, i := time.Now(), 0
	for path := range paths {
		due := begun.Add(time.Duration(i) * every)
		time.Sleep(time.Until(due))
		i++
		group.Go(func() {
			status := e.fetch(client, path)
			e.mu.Lock()
			defer e.mu.Unlock()
			took = append(took, time.Since(due)) // and so what one has to wait for others counts
			statuses[status]++
		})
	}
	group.Wait()
	slices.Sort(took)
	at := func(part float64) float64 { return ms(took[int(part*float64(len(took)-1))]) }
	e.Logf("%s: %d requests, %.0f a second, median %.2f ms, p99 %.2f ms, most %.0f ms; by status %v",
		what, len(took), float64(len(took))/time.Since(begun).Seconds(), at(0.5), at(0.99), at(1), statuses)
}

func (e *england) fetch(client *http.Client, path string) int {
	r, err := http.NewRequestWithContext(e.Context(), http.MethodGet, e.address+path, nil)
	if err != nil {
		return 0
	}
	r.Header.Set("Accept-Encoding", "gzip")
	e.mu.Lock()
	if tag := e.tags[path]; tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	e.mu.Unlock()
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tags[path] = answer.Header.Get("ETag")
	return answer.StatusCode
}

func (e *england) ok(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// processor is how long this process has had processors, in all.
func processor(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// resident gives a line of what Linux says of this process's memory, in MB.
func resident(t *testing.T, line string) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("memory is measured on Linux only")
	}
	for row := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(row, line+":"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb >> 10
		}
	}
	return 0
}
