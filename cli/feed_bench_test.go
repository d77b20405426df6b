package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
)

// BenchmarkFeed fetches one feed over and over, from pcnrota serve and from a handler that has nothing but the same bytes,
// in turns within one run, and gives how many requests a second the first answers for each hundred of the second.
func BenchmarkFeed(b *testing.B) {
	for _, kind := range []struct {
		name, encoding string
		unchanged      bool
	}{{"unchanged", "gzip", true}, {"full gzip", "gzip", false}, {"full plain", "identity", false}} {
		b.Run(kind.name, func(b *testing.B) {
			ours, path := benchedPCN(b)
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Accept-Encoding", kind.encoding)
			w := httptest.NewRecorder()
			ours.ServeHTTP(w, r)
			header, body := w.Header(), w.Body.Bytes()
			if kind.unchanged {
				r.Header.Set("If-None-Match", header.Get("ETag"))
			}
			bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for name, values := range header {
					w.Header()[name] = values
				}
				if r.Header.Get("If-None-Match") == header.Get("ETag") {
					w.Header().Del("Content-Length")
					w.WriteHeader(http.StatusNotModified)
					return
				}
				w.Write(body)
			})
			compare(b, ours, bare, path, r.Header)
		})
	}
}

// compare asks both servers in turns, so that whatever else the machine does meets them alike.
func compare(b *testing.B, ours, bare http.Handler, path string, header http.Header) {
	var took [2]time.Duration
	servers := [2]*httptest.Server{httptest.NewServer(ours), httptest.NewServer(bare)}
	defer servers[0].Close()
	defer servers[1].Close()
	fetchOnce(b, servers[0], path, header)
	time.Sleep(time.Second) // until it is recorded who fetched it
	const turn = 50
	b.ResetTimer()
	for i := 0; i < b.N; i += turn {
		for which, server := range servers {
			begun := time.Now()
			for range turn {
				fetchOnce(b, server, path, header)
			}
			took[which] += time.Since(begun)
		}
	}
	n := float64((b.N + turn - 1) / turn * turn)
	b.ReportMetric(100*took[1].Seconds()/took[0].Seconds(), "%_of_memory")
	b.ReportMetric(n/took[0].Seconds(), "requests/s")
}

func fetchOnce(b *testing.B, server *httptest.Server, path string, header http.Header) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header = header
	answer, err := server.Client().Do(r)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
}

// benchedPCN is the site of a PCN with two years of duties, as pcnrota serve has it, and the path of a feed.
func benchedPCN(b *testing.B) (http.Handler, string) {
	b.Helper()
	dir := b.TempDir()
	e := &england{TB: b}
	e.initialise(dir)
	db, err := sqlite.Open(b.Context(), filepath.Join(dir, databaseFile))
	e.ok(err)
	token := e.populate(db)[0]
	e.ok(db.Close())
	long := time.Now().Add(-time.Hour) // it was changed long ago
	e.ok(os.Chtimes(filepath.Join(dir, databaseFile), long, long))
	p, _, _ := testProgram(b)
	p.now = time.Now
	h := p.newHost(p.quiet())
	b.Cleanup(h.close)
	return web.Service{}.Front(h.only(dir)), "/feed/" + token + ".ics"
}
