package cli

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"pcnrota/internal/follow"
	"pcnrota/internal/web"
	"pcnrota/notify"
)

// A host answers for any number of PCNs and does for each what is due. Of a folder that nobody asks for it keeps how
// its files looked and when something is due there; it opens a folder to answer or to do something, and closes
// it when it has been idle. So the cost of a PCN does not depend on how many others there are.
type host struct {
	*program
	log     *slog.Logger
	fetch   fetching
	baseURL string // of the only folder, in place of what its config.toml says; ""
	root    string // the folder of folders; "" where there is only one
	service web.Service
	working chan struct{}
	memory  *web.Memory
	awake   awake

	mu      sync.Mutex
	looked  fileSign // root, as it was when it was last looked through
	awaited bool     // a folder in root may become a PCN without root changing
	folders map[string]*folder
	inOrder []*folder       // of name; nil where it is not known
	odd     map[string]bool // names in root that cannot be part of an address, and that is logged
	passes  sync.WaitGroup
	ticks   int
	begun   time.Time // when the first tick was; zero once all that it set going is done
	ticked  time.Time // when the last tick was
	unread  bool      // root could not be read
}

const (
	patienceOfPass = time.Second      // so long a pass may stand back for those who wait for a feed
	passesAtATime  = 8                // of different PCNs: a mail server that keeps one waiting does not hold up the others
	idleAfter      = 10 * time.Minute // a folder that nobody has asked for so long is closed
	openingLasts   = time.Minute      // at most, from the start on: a folder that hangs does not hold up the others for longer
	configEvery    = 30               // of so many ticks, one looks at a folder thoroughly: once a minute
)

func (p *program) newHost(log *slog.Logger) *host {
	return &host{
		program: p, log: log, fetch: follow.New("").Fetch, working: make(chan struct{}, passesAtATime),
		memory: web.NewMemory(), folders: map[string]*folder{}, odd: map[string]bool{},
	}
}

// only makes dir the host's one folder, and gives its site.
func (h *host) only(dir string) http.Handler {
	h.folders[""] = newFolder(h, "", dir)
	return web.Only(h, "", h.log)
}

// run answers on the listener and does what is due, until ctx ends. Where one of the two stops with an error, so
// does the other. Everything is closed when it returns.
func (h *host) run(ctx context.Context, listener net.Listener, site http.Handler) error {
	defer h.close()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	parts := []func() error{
		func() error { return h.service.Serve(ctx, listener, site) },
		func() error { return notify.Ticks(ctx, h.tick) },
	}
	ended := make(chan error)
	for _, part := range parts {
		go func() { ended <- part() }()
	}
	var all error
	for range parts {
		err := <-ended
		if err != nil && !errors.Is(err, context.Canceled) {
			all = errors.Join(all, err)
		}
		stop(err)
	}
	return all
}

// tick has everything done that is due at now, and closes what is idle.
func (h *host) tick(ctx context.Context, now time.Time) {
	h.awake.rest()
	h.scan()
	h.mu.Lock()
	if h.ticks++; h.ticks == 1 {
		h.begun = now
		h.memory.Hold(true) // reminders come first
	}
	h.ticked = now
	h.mu.Unlock()
	opening := h.opening(now)
	for i, f := range h.all() {
		if waits := opening && f.lookedAt(); !waits && f.wants(now, (i+h.ticks)%configEvery == 0) {
			f.begin()
			h.passes.Go(func() {
				h.working <- struct{}{}
				defer func() { <-h.working }()
				h.letAskFirst(ctx)
				f.pass(ctx, now)
			})
		}
		f.settle(now)
	}
	h.started(now)
}

// letAskFirst holds up a pass while somebody waits for a feed, as long as that does not go on and on: many passes at a
// time, as at the start, leave little of a processor to anybody else.
func (h *host) letAskFirst(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, patienceOfPass)
	defer stop()
	h.memory.Calm(ctx)
}

// opening reports whether some folder was not looked at yet since the start. Until all were none is looked at again, so that
// everybody's reminders are planned before anybody's are sent.
func (h *host) opening(now time.Time) bool {
	return h.root != "" && !h.begun.IsZero() && now.Sub(h.begun) < openingLasts && !h.lookedThrough()
}

func (h *host) lookedThrough() bool {
	return !slices.ContainsFunc(h.all(), func(f *folder) bool { return !f.lookedAt() })
}

// started sees to what comes after all folders were looked through for the first time: that the calendars are made before
// they are asked for, and that it is logged when they are.
func (h *host) started(now time.Time) {
	if h.begun.IsZero() || !h.lookedThrough() {
		return
	}
	h.memory.Hold(false)
	if !h.memory.Making() {
		h.log.Info("all calendars are ready", "pcns", len(h.all()), "after", now.Sub(h.begun).Round(time.Second))
		h.begun = time.Time{}
	}
}

// all gives the folders in order of name.
func (h *host) all() []*folder {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.inOrder) != len(h.folders) {
		h.inOrder = slices.SortedFunc(maps.Values(h.folders), func(a, b *folder) int { return cmp.Compare(a.name, b.name) })
	}
	return h.inOrder
}

// Site gives the site of a PCN, for web.Sites. A folder that was made just now is found too.
func (h *host) Site(ctx context.Context, name string) (http.Handler, func(), error) {
	f, known := h.folder(name)
	if !known && isSegment(name) && lookAt(filepath.Join(h.root, name, configFile)).exists() {
		h.scan()
		f, known = h.folder(name)
	}
	if !known {
		return nil, nil, web.ErrNoSite
	}
	home, release, err := f.visit(ctx)
	if err != nil {
		return nil, nil, err
	}
	return home.site, release, nil
}

func (h *host) folder(name string) (*folder, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, known := h.folders[name]
	return f, known
}

// close waits for the passes under way and closes all folders.
func (h *host) close() {
	h.passes.Wait()
	for _, f := range h.all() {
		f.shut()
	}
}
