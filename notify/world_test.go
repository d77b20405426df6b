package notify_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// world is a PCN with four leaders on a real database, and a sender that keeps what it is given.
type world struct {
	t    testing.TB
	path string
	db   *sqlite.DB
	post *post
	log  bytes.Buffer
}

// post is a sender that a test can make fail.
type post struct {
	mu   sync.Mutex
	fail func(notify.Message) error // nil: it takes everything
	got  []notify.Message
}

func (p *post) Send(_ context.Context, m notify.Message) error {
	if p.fail != nil {
		if err := p.fail(m); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, m)
	return nil
}

func (*post) Idle() {}

// letters says of each message when it went, to whom, and why.
func (p *post) letters() []string {
	var out []string
	for _, m := range p.got {
		out = append(out, fmt.Sprintf("%s %s %s: %s", m.Date.UTC().Format("2006-01-02T15:04Z"), m.To.ID, m.What, m.Reminder.Reason))
	}
	slices.Sort(out)
	return out
}

var policy = rota.Policy{
	Name: "on-call", Title: "Leadership on call",
	Pattern: []rota.ShiftKind{{
		Name: "night", Start: 18*60 + 30, End: 8 * 60, EndDays: 1,
		Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday},
	}},
	Tiers:  []rota.Tier{{Name: "first", Title: "First on call", Weight: rota.Point}},
	Points: rota.DefaultDayPoints,
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(memory(t), "pcnrota.db"), post: &post{}}
	var err error
	if w.db, err = sqlite.Create(t.Context(), w.path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.db.Close() })
	w.must(w.db.PutPractices(t.Context(), []rota.Practice{{Code: "Y1", Name: "Quay", ListSize: 9000}}))
	var leaders []rota.Leader
	for _, id := range []rota.LeaderID{"L1", "L2", "L3", "L4"} {
		leaders = append(leaders, rota.Leader{
			ID: id, Name: "Secretname " + string(id), Email: "mail." + string(id) + "@secret.example", Phone: "07700 900123",
			Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime,
		})
	}
	w.must(w.db.PutLeaders(t.Context(), leaders))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// engine is one that has just been started, on the ladder given.
func (w *world) engine(rungs ...rota.Rung) *notify.Engine {
	return &notify.Engine{
		Source: w.db, Outbox: w.db, Sender: w.post, Rotas: []rota.Policy{policy}, Rules: rules(w.t, rungs...),
		Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	}
}

// tick makes one pass of a program that has just been started.
func (w *world) tick(now string, rungs ...rota.Rung) notify.Tally {
	w.t.Helper()
	if len(rungs) == 0 {
		rungs = usual
	}
	tally, err := w.engine(rungs...).Tick(w.t.Context(), instant(w.t, now))
	w.must(err)
	return tally
}

// publish gives the nights from a day on to the holders named, one each, and makes it known at now.
func (w *world) publish(now, from string, holders ...rota.LeaderID) {
	w.t.Helper()
	first := civil(w.t, from+"T00:00").Date
	w.publishAt(instant(w.t, now), first, holders...)
}

func (w *world) publishAt(now time.Time, first rota.Date, holders ...rota.LeaderID) {
	w.t.Helper()
	draft := rota.Draft{Policy: policy, From: first, Until: first.AddDays(len(holders))}
	draft.Duties = policy.Duties(draft.From, draft.Until, london(w.t), rota.Holidays{})
	for i := range draft.Duties {
		draft.Duties[i].Holder = holders[i]
	}
	revision, err := w.db.Revision(w.t.Context())
	w.must(err)
	_, err = w.db.SaveDraft(w.t.Context(), draft, revision, now)
	w.must(err)
	_, _, err = w.db.Publish(w.t.Context(), sqlite.Publication{Rota: "on-call", By: "Mo", Reason: "test", At: now})
	w.must(err)
}

// meet plans a single meeting of an hour.
func (w *world) meet(now string, id rota.SeriesID, start string, attending ...rota.LeaderID) {
	w.t.Helper()
	at := civil(w.t, start)
	o := rota.Occurrence{
		ID: rota.NewOccurrenceID(id, at.Date), Series: rota.Series{ID: id, Title: "LMC meeting", Body: "LMC"}, Attending: attending,
		Start: at, End: at.Date.At(at.Time + 60), Span: rota.Span{Start: at.Instant(london(w.t))},
	}
	o.ID = rota.OccurrenceID(fmt.Sprintf("m%d", id))
	o.Span.End = o.Span.Start.Add(time.Hour)
	_, err := w.db.PutOccurrences(w.t.Context(), []rota.Occurrence{o}, instant(w.t, now))
	w.must(err)
}

// ledger says of each reminder who, when it was due, and what became of it, in order of due time.
func (w *world) ledger() []string {
	w.t.Helper()
	reminders, err := w.db.Reminders(w.t.Context(), notify.Filter{})
	w.must(err)
	var out []string
	for _, r := range reminders {
		out = append(out, fmt.Sprintf("%s %s %s", r.Due.UTC().Format("2006-01-02T15:04Z"), r.Leader, r.State))
	}
	return out
}

// only is the one reminder in the outbox that is in the state.
func (w *world) only(state notify.State) notify.Reminder {
	w.t.Helper()
	reminders, err := w.db.Reminders(w.t.Context(), notify.Filter{States: []notify.State{state}})
	w.must(err)
	if len(reminders) != 1 {
		w.t.Fatalf("%d reminders are %s, want 1:\n%v", len(reminders), state, w.ledger())
	}
	return reminders[0]
}

func (w *world) expect(what string, got, want []string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}

// slowPost is a sender that takes half a minute for a message.
type slowPost struct {
	*post
	begun chan struct{}
}

func (s *slowPost) Send(ctx context.Context, m notify.Message) error {
	close(s.begun)
	time.Sleep(30 * time.Second)
	return s.post.Send(ctx, m)
}

// deafPost is a sender that never gets an answer.
type deafPost struct{}

func (deafPost) Send(ctx context.Context, _ notify.Message) error {
	<-ctx.Done()
	return ctx.Err()
}

func (deafPost) Idle() {}

// memory is a folder of the test's own, in memory where the system has any that looks like a disk: what survives a power
// cut is tested elsewhere.
func memory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "pcnrota")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
