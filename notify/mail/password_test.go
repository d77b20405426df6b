package mail_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

// TestAWrongPasswordStopsTheQueueUntilItIsMended has a password that stops being right at the mail server. Nothing is lost
// and the server is asked seldom; the administrator reads why; and when the password is right again, the same program
// sends everything by itself.
func TestAWrongPasswordStopsTheQueueUntilItIsMended(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS, password: "n3w", mechanism: "PLAIN"}
	options := office.open(t)
	options.Username, options.Password = "rota", "s3cret"
	server, err := mail.NewSMTP(letterhead(t), options)
	fine(t, err)
	db := oneMeeting(t)
	var log strings.Builder
	engine := &notify.Engine{
		Source: db, Outbox: db, Sender: server, Log: slog.New(slog.NewTextHandler(&log, nil)),
		Rules: notify.Rules{Ladders: notify.Ladders{Meeting: []rota.Rung{{Days: 7, At: 17 * 60}}}, Zone: letterhead(t).Zone, Domain: "pcn.example"},
	}
	due := at(t, "2027-01-11T17:00:00Z")
	for minute := range 120 {
		_, err := engine.Tick(t.Context(), due.Add(time.Duration(minute)*time.Minute))
		fine(t, err)
	}
	if n := len(office.deliveries()); n != 0 || office.sessions > 2*6 {
		t.Errorf("%d messages arrived, and %d conversations were begun, two for each try", n, office.sessions)
	}
	later := due.Add(2 * time.Hour)
	queue, err := db.Queue(t.Context(), later)
	fine(t, err)
	if why, stuck := queue.Stuck(later); !stuck || !strings.Contains(why, "does not accept the user name and password") {
		t.Errorf("stuck %v: %s", stuck, why)
	}
	if !strings.Contains(log.String(), "level=ERROR") || strings.Contains(log.String(), "s3cret") {
		t.Errorf("the log says\n%s", &log)
	}

	office.password = "s3cret" // as it was
	for minute := range 65 {
		_, err := engine.Tick(t.Context(), later.Add(time.Duration(minute)*time.Minute))
		fine(t, err)
	}
	ids := map[string]bool{}
	for _, d := range office.deliveries() {
		ids[parse(t, d.body).text(t, "Message-Id")] = true
	}
	if n := len(office.deliveries()); n != 3 || len(ids) != 3 {
		t.Errorf("%d messages arrived, %d of them different; want 3", n, len(ids))
	}
	queue, err = db.Queue(t.Context(), later.Add(65*time.Minute))
	fine(t, err)
	if why, stuck := queue.Stuck(later.Add(65 * time.Minute)); stuck {
		t.Errorf("it is still stuck: %s", why)
	}
}

// oneMeeting is a PCN of three leaders who all go to a meeting on 18 January 2027.
func oneMeeting(t *testing.T) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "pcnrota.db"))
	fine(t, err)
	t.Cleanup(func() { db.Close() })
	fine(t, db.PutPractices(t.Context(), []rota.Practice{{Code: "Y1", Name: "Quay", ListSize: 9000}}))
	var leaders []rota.Leader
	attending := []rota.LeaderID{"L1", "L2", "L3"}
	for _, id := range attending {
		leaders = append(leaders, rota.Leader{ID: id, Name: "Leader " + string(id), Email: string(id) + "@pcn.example", Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime})
	}
	fine(t, db.PutLeaders(t.Context(), leaders))
	start := at(t, "2027-01-18T13:00:00Z")
	first := rota.CivilOf(start, time.UTC)
	ids, err := db.AddSeries(t.Context(), []rota.Series{{Title: "LMC meeting", Body: "LMC", First: first.Date, At: first.Time, Minutes: 60}})
	fine(t, err)
	_, err = db.PutOccurrences(t.Context(), []rota.Occurrence{{
		ID: "m1", Series: rota.Series{ID: ids[0], Title: "LMC meeting", Body: "LMC"}, Attending: attending,
		Start: first, End: first.Date.At(first.Time + 60), Span: rota.Span{Start: start, End: start.Add(time.Hour)},
	}}, at(t, "2027-01-01T09:00:00Z"))
	fine(t, err)
	return db
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
