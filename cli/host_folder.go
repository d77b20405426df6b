package cli

import (
	"context"
	"errors"
	"hash/crc32"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"pcnrota/internal/web"
	"pcnrota/notify"
)

// folder is the folder of one PCN, as the host has it.
type folder struct {
	host      *host
	name, dir string
	log       *slog.Logger

	mu      sync.Mutex
	home    *household // nil while closed
	used    time.Time  // when home was last asked for by somebody
	problem string     // why it could not be opened; "" where it could
	read    fileSign   // config.toml, as home or problem came of it
	looked  time.Time  // when config.toml was last looked at
	gone    bool       // it has been shut for good
	warned  bool       // that its links lead elsewhere

	planning sync.Mutex
	agenda   agenda
}

// household is a folder that is open.
type household struct {
	*pcn
	site   *web.Site
	engine *notify.Engine
	fetch  fetching
	awake  *awake
	ready  atomic.Bool // its calendars are there before they are asked for
	users  int         // requests and passes that have it; under the folder's lock
}

func newFolder(h *host, name, dir string) *folder {
	f := &folder{host: h, name: name, dir: dir, log: h.log, agenda: agenda{next: make([]time.Time, len(chores))}}
	if name != "" {
		f.log = h.log.With("pcn", name)
	}
	return f
}

// gatherVisits is for about how long, where there are many PCNs, it waits who fetched which feed. Each record of it is a change of
// the database, after which the host looks through the folder.
const gatherVisits = 5 * time.Minute

// configLook is for how long config.toml of an open folder is not looked at again.
const configLook = 100 * time.Millisecond

var errShut = errors.New("the folder has been shut")

// enter gives the open folder, which stays open until release is called.
func (f *folder) enter(ctx context.Context) (home *household, release func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		return nil, nil, errShut
	}
	if err := f.current(ctx); err != nil {
		return nil, nil, err
	}
	home = f.home
	home.users++
	return home, func() { f.leave(home) }, nil
}

// visit is enter for somebody who may well come again soon.
func (f *folder) visit(ctx context.Context) (*household, func(), error) {
	home, release, err := f.enter(ctx)
	if err == nil {
		f.mu.Lock()
		f.used = f.host.now()
		f.mu.Unlock()
	}
	return home, release, err
}

// current opens the folder where it is closed, and anew where config.toml has changed. While a changed config.toml
// has faults, the folder stays open as it was.
func (f *folder) current(ctx context.Context) error {
	if f.home != nil && time.Since(f.looked) < configLook {
		return nil
	}
	config := lookAt(filepath.Join(f.dir, configFile))
	f.looked = time.Now()
	if f.home != nil && config == f.read {
		return nil
	}
	home, err := f.host.household(ctx, f)
	if err != nil {
		if text := firstLine(err); text != f.problem {
			f.problem = text
			f.log.Error("the folder of a PCN cannot be opened", "problem", text)
		}
		if f.home != nil {
			f.read = config
			return nil
		}
		return err
	}
	f.problem, f.read = "", config
	f.close()
	f.home = home
	return nil
}

// firstLine is what a log line says of an error: what follows is for a person at a terminal.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func (f *folder) leave(home *household) {
	f.host.awake.used(home.db)
	f.mu.Lock()
	defer f.mu.Unlock()
	home.users--
	if home != f.home && home.users == 0 {
		home.close(f.log)
	}
}

// close closes the household, now or when the last who has it leaves.
func (f *folder) close() {
	home := f.home
	f.home = nil
	if home != nil && home.users == 0 {
		home.close(f.log)
	}
}

// settle closes the folder where nobody has asked for it for a while, and it has no calendars.
func (f *folder) settle(now time.Time) {
	if !f.mu.TryLock() {
		return // it is in use
	}
	defer f.mu.Unlock()
	if f.home != nil && f.home.users == 0 && !f.home.ready.Load() && now.Sub(f.used) >= idleAfter {
		f.close()
	}
}

// shut closes the folder for good.
func (f *folder) shut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = true
	f.close()
}

func (h *household) close(log *slog.Logger) {
	h.site.Close()
	h.awake.closed(h.db)
	if err := h.db.Close(); err != nil {
		log.Warn("close database", "problem", err)
	}
}

// household opens a folder.
func (h *host) household(ctx context.Context, f *folder) (*household, error) {
	p, err := h.open(ctx, f.dir)
	if err != nil {
		return nil, err
	}
	p.config.Server.BaseURL = f.address(p.config.Server.BaseURL)
	home := &household{pcn: p, fetch: h.fetch, awake: &h.awake}
	if home.engine, err = p.engine(f.log); err != nil {
		p.db.Close()
		return nil, err
	}
	o := p.siteOptions(f.log)
	o.Memory, o.Health, o.Ahead, o.Used = h.memory, f.health(home), true, func() { h.awake.used(p.db) }
	if h.root != "" {
		o.Gather = gatherVisits/2 + time.Duration(crc32.ChecksumIEEE([]byte(f.name)))%gatherVisits // not all at the same time
	}
	home.site = web.New(&steady{DB: p.db, dir: f.dir}, o)
	return home, nil
}

// address is what the links of the folder begin with.
func (f *folder) address(configured string) string {
	switch {
	case f.host.baseURL != "":
		return f.host.baseURL
	case f.name == "" || strings.HasSuffix(configured, "/"+f.name):
		return configured
	}
	if !f.warned {
		f.warned = true
		f.log.Warn("links that commands make in this folder lead elsewhere: base_url in config.toml should end in the folder's name",
			"base_url", configured, "should_be", configured+"/"+f.name)
	}
	return configured + "/" + f.name
}
