package web

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"pcnrota/rota"
)

// Source is what the site reads from the database, and the one thing it writes: when a feed was
// fetched. Lists come in the order of their IDs, spans of duties and meetings as instants.
type Source interface {
	FeedByHash(ctx context.Context, hash []byte) (f rota.Feed, found bool, err error)
	FeedsByHash(ctx context.Context) (map[[sha256.Size]byte]rota.Feed, error) // all of them
	TouchFeeds(ctx context.Context, fetched []rota.Fetch) error
	PageLinkByHash(ctx context.Context, hash []byte) (l rota.PageLink, found bool, err error)
	// Revision changes whenever anything changes that a feed shows.
	Revision(ctx context.Context) (int64, error)
	PCNID(ctx context.Context) (string, error)
	Leaders(ctx context.Context) ([]rota.Leader, error)
	Practices(ctx context.Context) ([]rota.Practice, error)
	Bodies(ctx context.Context) ([]rota.Body, error)
	// Published, Occurrences and Away give what shares any moment with the time from from to until.
	Published(ctx context.Context, from, until time.Time) ([]rota.Published, error)
	Occurrences(ctx context.Context, from, until time.Time) ([]rota.Occurrence, error)
	// Items gives what has to be seen to from a day up to, not including, another; a zero day is no bound.
	Items(ctx context.Context, from, until rota.Date) ([]rota.Item, error)
	Away(ctx context.Context, leader rota.LeaderID, from, until rota.Date) ([]rota.Away, error)
	Versions(ctx context.Context, name rota.RotaName) ([]rota.Version, error) // published, in order
	// Ledger gives what everybody holds and what their fair share is, over all that is published.
	Ledger(ctx context.Context, exclude rota.RotaName, from, until rota.Date) ([]rota.Standing, error)
}

// Options say how a site presents its PCN. Zone and, for anything to be on show, Policies are needed.
type Options struct {
	PCN      string // its name, for headings and calendars
	Zone     *time.Location
	Holidays rota.Holidays
	Policies []rota.Policy // in the order of the page
	BaseURL  string        // the address people use, "https://rota.example.org" or with a path behind a proxy
	NowPage  bool          // whether the pages, which name people, are open to whoever reaches the server
	NowLink  bool          // whether they are there for those who have a link to them
	Desk     Desk          // where leaders act; nil where they cannot
	// WhyMine says, in a sentence or two, why a leader holds each of the duties that are not over at now; nil: it is
	// not said. The sentences are shown to that leader alone.
	WhyMine func(ctx context.Context, leader rota.LeaderID, now time.Time) (map[rota.DutyID]string, error)
	Clock   func() time.Time
	Log     *slog.Logger
	Memory  *Memory                        // of the process; nil: one of its own
	Ahead   bool                           // where a feed had to be made anew, the others are made too, before they are asked for
	Gather  time.Duration                  // for so long it waits who fetched what, to be recorded together
	Used    func()                         // called when the database was used for no request; nil: nobody needs to know
	Health  func(context.Context) []string // what is wrong, a word each; nil: nothing ever is
}

// Site answers the requests for one PCN. It is safe for use by many at a time.
type Site struct {
	Options
	source   Source
	root     string // path of BaseURL, which begins every address within a page
	handler  http.Handler
	visits   visits
	workshop *workshop
	board    board
	asking   asking
	origins  *http.CrossOriginProtection

	accounts accounts

	life     context.Context // until it is closed
	stop     context.CancelFunc
	underWay sync.WaitGroup // its feeds are being made ahead, or are to be
}

// New makes the site of the PCN that s holds. Close it before s is closed.
func New(s Source, o Options) *Site {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Memory == nil {
		o.Memory = NewMemory()
	}
	site := &Site{Options: o, source: s, origins: http.NewCrossOriginProtection()}
	if base, err := url.Parse(o.BaseURL); err == nil && base.Host != "" {
		site.root = strings.TrimRight(base.EscapedPath(), "/")
		_ = site.origins.AddTrustedOrigin(base.Scheme + "://" + base.Host) // behind a proxy the request may name another host
	}
	site.visits = visits{source: s, log: o.Log, gather: o.Gather, ending: make(chan struct{}), used: site.used}
	site.workshop = newWorkshop(site)
	site.life, site.stop = context.WithCancel(context.Background())
	site.handler = guard(site.routes(), o.Log)
	return site
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close waits until it is recorded who fetched what. It is called when the last request is answered.
func (s *Site) Close() {
	s.Memory.ahead.leave(s)
	s.visits.end()
	s.Memory.forget(s)
}

func (s *Site) used() {
	if s.Used != nil {
		s.Used()
	}
}

// routes lists everything there is to be asked for. A pattern is also what the log says of a request, so
// secrets stand in wildcards.
func (s *Site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	get := func(pattern string, answer http.HandlerFunc) { mux.HandleFunc(pattern, readOnly(answer)) }
	get("/feed/{file}", s.feed)
	s.pages(get)
	s.api(get)
	if s.Desk != nil {
		s.acts(mux)
	}
	get(stylePath, s.style)
	get("/robots.txt", robots)
	get("/healthz", health(s.Health))
	get("/favicon.ico", noContent)
	get("/", s.notFound)
	return mux
}

// readOnly refuses whatever is neither GET nor HEAD.
func readOnly(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			say(w, http.StatusMethodNotAllowed, "This address can only be read.")
			return
		}
		answer(w, r)
	}
}

// robots bars nobody: Google's calendar refuses a feed that robots.txt does not let it fetch. What keeps
// links and pages out of search engines is the X-Robots-Tag of every answer.
func robots(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, "User-agent: *\nDisallow:")
}

// health says whether all is well, for whatever watches over the program: 200, or 503 and what is wrong, a word a line.
// It is no reason to start the program anew: feeds that are in memory are answered all the same, and would be lost.
func health(wrong func(context.Context) []string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var words []string
		if wrong != nil {
			words = wrong(r.Context())
		}
		if len(words) == 0 {
			say(w, http.StatusOK, "ok")
			return
		}
		say(w, http.StatusServiceUnavailable, strings.Join(words, "\n"))
	}
}

// noContent is for browsers, which ask for an icon without being told that there is one.
func noContent(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
