package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/rota"
)

// street is a host of the PCNs in a folder of folders, whose clock a test moves.
type street struct {
	*testing.T
	host *host
	site http.Handler
	unix atomic.Int64 // what its clock shows: what the host does on its own reads it too
	log  bytes.Buffer
}

func (s *street) now() time.Time { return time.Unix(s.unix.Load(), 0).UTC() }

// waits lets time pass in which the host does nothing.
func (s *street) waits(passes time.Duration) { s.unix.Add(int64(passes / time.Second)) }

func newStreet(t *testing.T, names ...string) *street {
	t.Helper()
	s := &street{T: t}
	s.unix.Store(time.Date(2026, 12, 14, 9, 0, 0, 0, time.UTC).Unix())
	p, _, _ := testProgram(t)
	p.now = s.now
	s.host = p.newHost(slog.New(slog.NewTextHandler(&s.log, nil)))
	s.host.root = t.TempDir()
	for _, name := range names {
		s.command(name, "init --name PCN-"+name)
	}
	s.site = web.NewHost(s.host, s.host.log)
	t.Cleanup(s.host.close)
	return s
}

func (s *street) dir(name string) string { return filepath.Join(s.host.root, name) }

func (s *street) command(name, words string) {
	s.Helper()
	if code, _, stderr := in(s.T, s.dir(name), words); code != exitOK {
		s.Fatal(stderr)
	}
}

// tick lets time pass and the host do what is due.
func (s *street) tick(later time.Duration) {
	s.waits(later)
	s.host.tick(s.Context(), s.now())
	s.host.passes.Wait()
}

func (s *street) asks(path string, status int, says string) {
	s.Helper()
	for _, f := range s.host.all() {
		f.mu.Lock()
		f.looked = time.Time{} // time enough has passed to look at config.toml again
		f.mu.Unlock()
	}
	w := httptest.NewRecorder()
	s.site.ServeHTTP(w, httptest.NewRequest("GET", "http://rota.example.org"+path, nil))
	if w.Code != status || !strings.Contains(w.Body.String(), says) {
		s.Errorf("%s: %d, want %d with %q\n%s", path, w.Code, status, says, w.Body)
	}
}

func (s *street) logs(says string, times int) {
	s.Helper()
	if got := strings.Count(s.log.String(), says); got != times {
		s.Errorf("the log says %q %d times, want %d\n%s", says, got, times, s.log.String())
	}
}

// settles lets ticks pass until nothing more follows from what was done before.
func (s *street) settles() {
	for range 4 {
		time.Sleep(settlesFine + 10*time.Millisecond)
		s.tick(2 * time.Second)
		for s.host.memory.Making() {
			time.Sleep(time.Millisecond)
			s.tick(0)
		}
	}
}

// passes says over which folders the next tick makes a pass.
func (s *street) passes(says string, want ...string) {
	s.Helper()
	var got []string
	for _, f := range s.host.all() {
		if f.wants(s.now(), false) {
			got = append(got, f.name)
		}
	}
	if !slices.Equal(got, want) {
		s.Errorf("%s: a pass over %v, want %v", says, got, want)
	}
}

// The summaries of the week and month are due in both when the host starts: they are planned everywhere before they are
// sent anywhere.
func TestAStartPlansEverythingBeforeItSendsAnything(t *testing.T) {
	s := newStreet(t, "alpha", "beta")
	states := func(want notify.State) {
		t.Helper()
		for _, name := range []string{"alpha", "beta"} {
			db, err := sqlite.Open(t.Context(), filepath.Join(s.dir(name), databaseFile))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			all, err := db.Reminders(t.Context(), notify.Filter{})
			other := func(r notify.Reminder) bool { return r.State != want }
			if err != nil || len(all) != 2 || slices.ContainsFunc(all, other) {
				t.Errorf("%s has %+v (%v), want two summaries that are %s", name, all, err, want)
			}
		}
	}
	for _, name := range []string{"alpha", "beta"} {
		path := filepath.Join(s.dir(name), configFile)
		text, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, bytes.Replace(text, []byte(`email = ""`), []byte(`email = "manager@example.org"`), 1), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.tick(0)
	states(notify.Planned)
	s.tick(2 * time.Second)
	states(notify.Sent)
}

func TestATickSeesWhatACommandChanged(t *testing.T) {
	s := newStreet(t, "alpha", "beta")
	s.settles()
	s.passes("nothing has happened")
	s.command("alpha", "leader add L01 --name Asha --role gp")
	s.passes("a command was given", "alpha")
	s.settles()
	s.passes("it was taken in")
	db, err := sqlite.Open(t.Context(), filepath.Join(s.dir("beta"), databaseFile)) // by somebody who goes on having it open
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s.settles()
	s.passes("the database was opened")
	for n := range 3 {
		if err := db.PutLeaders(t.Context(), []rota.Leader{{ID: "L01", Name: fmt.Sprint("Ben the ", n), Share: rota.FullTime}}); err != nil {
			t.Fatal(err)
		}
		s.passes("and written to", "beta")
		s.settles()
		s.passes("and that was taken in")
	}
}

// TestACalendarIsThereBeforeItIsAskedFor has it answered while the database is at rest.
func TestACalendarIsThereBeforeItIsAskedFor(t *testing.T) {
	s := newStreet(t, "alpha")
	s.command("alpha", "leader add L01 --name Asha --role gp")
	_, out, _ := in(t, s.dir("alpha"), "feed add L01 --json")
	var added struct{ URL string }
	if err := json.Unmarshal([]byte(out), &added); err != nil {
		t.Fatal(err, out)
	}
	_, path, _ := strings.Cut(added.URL, "/feed/")
	s.settles()
	s.asks("/alpha/feed/"+path, 200, "END:VCALENDAR")
	home := s.host.all()[0].home
	if home == nil || home.db.Awake() {
		t.Error("the database had to be opened for it")
	}
	s.command("alpha", "feed revoke 1")
	s.asks("/alpha/feed/"+path, 410, "turned off")
}

func TestFoldersComeAndGo(t *testing.T) {
	s := newStreet(t, "alpha", "beta")
	s.tick(0)
	s.asks("/alpha/", 200, "PCN-alpha")
	s.asks("/beta/team", 200, "PCN-beta")
	s.asks("/gamma/", 404, "no PCN")
	s.command("gamma", "init --name PCN-gamma")
	s.asks("/gamma/", 200, "PCN-gamma")
	s.command("not a name", "init --name Odd")
	s.command("healthz", "init --name Odd")
	if err := os.Rename(s.dir("beta"), s.dir("delta")); err != nil {
		t.Fatal(err)
	}
	s.tick(30 * time.Second)
	s.asks("/beta/", 404, "no PCN")
	s.asks("/delta/", 200, "PCN-beta")
	s.asks("/not%20a%20name/", 404, "no PCN")
	s.asks("/healthz/", 404, "no PCN")
	s.tick(30 * time.Second)
	s.logs("this folder is not served", 2)
}

func TestAFolderWithAFaultHarmsNoOther(t *testing.T) {
	s := newStreet(t, "alpha", "beta", "gamma")
	config := filepath.Join(s.dir("beta"), configFile)
	good, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("zone = \n")
	if err := os.WriteFile(filepath.Join(s.dir("gamma"), databaseFile), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		s.tick(30 * time.Second)
		s.asks("/alpha/", 200, "PCN-alpha")
		s.asks("/beta/", 503, "manager can see why")
		s.asks("/gamma/", 503, "manager can see why")
	}
	s.logs("cannot be opened", 2)
	write(string(good))
	s.asks("/beta/", 200, "PCN-beta")
	write(strings.Replace(string(good), "PCN-beta", "PCN-renamed", 1))
	s.asks("/beta/", 200, "PCN-renamed")
	write("zone = \n") // what is served stays as it was
	s.asks("/beta/", 200, "PCN-renamed")
	s.logs("cannot be opened", 3)
}

func TestHealthNamesTroubleInAWord(t *testing.T) {
	s := newStreet(t, "alpha", "beta")
	s.tick(0)
	s.asks("/healthz", 200, "ok")
	s.asks("/alpha/healthz", 200, "ok")
	config := filepath.Join(s.dir("alpha"), configFile)
	if err := os.WriteFile(config, []byte("zone =\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.asks("/alpha/healthz", 503, "settings\n")
	s.asks("/beta/healthz", 200, "ok")
	s.asks("/healthz", 200, "ok")
	s.waits(11 * time.Minute)
	s.asks("/healthz", 503, "stopped\n")
	s.tick(0)
	if err := os.Rename(s.host.root, s.host.root+"-away"); err != nil {
		t.Fatal(err)
	}
	s.tick(30 * time.Second)
	s.asks("/healthz", 503, "folder\n")
	if err := os.Rename(s.host.root+"-away", s.host.root); err != nil {
		t.Fatal(err)
	}
	s.tick(30 * time.Second)
	s.asks("/healthz", 200, "ok\n")
}

// TestHealthAndDoctorJudgeAlike lets the same happen to the messages of a PCN, and asks both.
func TestHealthAndDoctorJudgeAlike(t *testing.T) {
	s := newStreet(t, "alpha")
	s.tick(0)
	db, err := sqlite.Open(t.Context(), filepath.Join(s.dir("alpha"), databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	both := func(what string, well bool) {
		t.Helper()
		status, says := 503, "reminders\n"
		if well {
			status, says = 200, "ok\n"
		}
		s.asks("/alpha/healthz", status, says)
		p := &pcn{program: s.host.program, db: db, at: s.now()}
		if f := p.checkQueue(t.Context()); f.OK != well {
			t.Errorf("%s: the doctor says %+v", what, f)
		}
	}
	stands := func(o *notify.Obstacle) {
		t.Helper()
		if err := db.SetObstacle(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	both("nothing is due", true)
	stands(&notify.Obstacle{Trouble: notify.Configuration, Problem: "wrong password", Since: s.now(), Tries: 1, Next: s.now().Add(time.Minute)})
	both("a wrong password is for somebody to act on at once", false)
	stands(&notify.Obstacle{Trouble: notify.Unreachable, Problem: "no answer", Since: s.now(), Tries: 1, Next: s.now().Add(time.Minute)})
	both("the mail server has just gone", true)
	stands(&notify.Obstacle{Trouble: notify.Unreachable, Problem: "no answer", Since: s.now().Add(-time.Hour), Tries: 20, Next: s.now()})
	both("the mail server has been gone for an hour", false)
	stands(nil)
	at := s.now().Add(-11 * time.Minute)
	_, err = db.Plan(t.Context(), []notify.Reminder{{
		Key: "gaps/2026-W51", Kind: notify.Gaps, About: "2026-W51", Start: at, Due: at, Until: s.now().Add(time.Hour),
		Reason: "test", MessageID: "a@b", State: notify.Planned, Next: at, Changed: at,
	}})
	if err != nil {
		t.Fatal(err)
	}
	both("what is due has waited for eleven minutes", false)
}

// TestTheDoctorNamesAMailboxThatIsRefused lets the last message to somebody be refused for good, and then one go through.
func TestTheDoctorNamesAMailboxThatIsRefused(t *testing.T) {
	s := newStreet(t, "alpha")
	s.tick(0)
	db, err := sqlite.Open(t.Context(), filepath.Join(s.dir("alpha"), databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	leaders := []rota.Leader{{ID: "A1", Name: "Ada Obi", Email: "ada@example.com", Share: rota.FullTime}}
	if err := db.PutLeaders(t.Context(), leaders); err != nil {
		t.Fatal(err)
	}
	settled := func(key notify.Key, state notify.State, at time.Time) {
		t.Helper()
		r := notify.Reminder{
			Key: key, Kind: notify.Digest, About: string(key), Leader: leaders[0].ID, Start: at, Due: at, Until: at.Add(time.Hour),
			Reason: "test", MessageID: string(key) + "@b", State: notify.Planned, Next: at, Changed: at,
		}
		if _, err := db.Plan(t.Context(), []notify.Reminder{r}); err != nil {
			t.Fatal(err)
		}
		if err := db.Record(t.Context(), []notify.Result{{Reminder: r, Outcome: notify.Outcome{State: state, At: at, Detail: "550 no such user"}}}); err != nil {
			t.Fatal(err)
		}
	}
	p := &pcn{program: s.host.program, db: db, at: s.now(), config: config.Config{Zone: time.UTC}}
	says := func() string {
		f := p.checkAddresses(t.Context())
		return f.Says
	}
	settled("digest/1", notify.Failed, s.now().Add(2*time.Hour))
	if want := "the last message to " + string(leaders[0].ID); !strings.HasPrefix(says(), want) {
		t.Errorf("got %q, want %q", says(), want)
	}
	settled("digest/2", notify.Sent, s.now().Add(3*time.Hour))
	if strings.HasPrefix(says(), "the last message to ") {
		t.Errorf("one has gone through since, and the doctor says %q", says())
	}
}
