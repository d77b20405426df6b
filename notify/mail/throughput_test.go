package mail_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

const (
	meetingsAtOnce   = 1000
	peopleAtEach     = 10
	remindersAtOnce  = meetingsAtOnce * peopleAtEach
	remindedOf, upTo = "2027-01-11T16:00:00Z", "2027-01-11T17:00:00Z"
)

// BenchmarkReminders sends 10,000 reminders that are due at once to a mail server on this machine, everything included:
// deciding again what is wanted, claiming, composing, sending and recording. The bare loop sends as many messages with
// the same words over one connection that it keeps, and does nothing else. The figure is the part of the loop's rate
// that the engine reaches.
func BenchmarkReminders(b *testing.B) {
	var engines, loops time.Duration
	for b.Loop() {
		office := &postOffice{encryption: mail.Plain, noCert: true}
		options := office.open(b)
		engines += office.byEngine(b, options)
		sample := parse(b, office.deliveries()[0].body)
		office.forget()
		loops += office.byBareLoop(b, options, sample.parts["text/plain"], sample.parts["text/html"])
	}
	sent := float64(b.N * remindersAtOnce)
	b.ReportMetric(100*loops.Seconds()/engines.Seconds(), "%-of-bare-loop")
	b.ReportMetric(sent/engines.Seconds(), "reminders/s")
	b.ReportMetric(sent/loops.Seconds(), "bare/s")
}

func (p *postOffice) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = nil
}

// byEngine plans the reminders an hour ahead, and tells how long the pass takes at which all of them are due.
func (p *postOffice) byEngine(b *testing.B, options mail.Options) time.Duration {
	b.Helper()
	db := manyMeetings(b)
	defer db.Close()
	server, err := mail.NewSMTP(letterhead(b), options)
	must(b, err)
	zone, err := time.LoadLocation("Europe/London")
	must(b, err)
	eve := []rota.Rung{{Days: 1, At: 17 * 60}}
	engine := &notify.Engine{
		Source: db, Outbox: db, Sender: server, Log: slog.New(slog.DiscardHandler),
		Rules: notify.Rules{Ladders: notify.Ladders{Meeting: eve}, Zone: zone, Domain: "pcn.example"},
	}
	planned, err := engine.Tick(b.Context(), at(b, remindedOf))
	must(b, err)
	begun := time.Now()
	sent, err := engine.Tick(b.Context(), at(b, upTo))
	must(b, err)
	took := time.Since(begun)
	ids := map[string]bool{}
	for _, d := range p.deliveries() {
		ids[parse(b, d.body).text(b, "Message-Id")] = true
	}
	if planned.Planned != remindersAtOnce || sent.Sent != remindersAtOnce || len(ids) != remindersAtOnce {
		b.Fatalf("%+v, %+v, %d different messages arrived", planned, sent, len(ids))
	}
	return took
}

// manyMeetings is a PCN with a thousand meetings tomorrow, ten people at each.
func manyMeetings(b *testing.B) *sqlite.DB {
	b.Helper()
	db, err := sqlite.Create(b.Context(), filepath.Join(b.TempDir(), "pcnrota.db"))
	must(b, err)
	must(b, db.PutPractices(b.Context(), []rota.Practice{{Code: "Y1", Name: "Quay", ListSize: 9000}}))
	var leaders []rota.Leader
	var attending []rota.LeaderID
	for i := range peopleAtEach {
		id := rota.LeaderID(fmt.Sprintf("L%02d", i))
		attending = append(attending, id)
		leaders = append(leaders, rota.Leader{
			ID: id, Name: fmt.Sprintf("Dr Leader %d", i), Email: fmt.Sprintf("leader%d@pcn.example", i), Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime,
		})
	}
	must(b, db.PutLeaders(b.Context(), leaders))
	start := at(b, "2027-01-12T19:00:00Z")
	first := rota.CivilOf(start, time.UTC)
	ids, err := db.AddSeries(b.Context(), []rota.Series{{Title: "LMC meeting", Body: "LMC", First: first.Date, At: first.Time, Minutes: 60}})
	must(b, err)
	var meetings []rota.Occurrence
	for i := range meetingsAtOnce {
		meetings = append(meetings, rota.Occurrence{
			ID: rota.OccurrenceID(fmt.Sprintf("m%d", i)), Series: rota.Series{ID: ids[0], Title: fmt.Sprintf("Meeting %d", i), Body: "LMC", Place: "Quay"},
			Attending: attending, Start: first, End: first.Date.At(first.Time + 60), Span: rota.Span{Start: start, End: start.Add(time.Hour)},
		})
	}
	_, err = db.PutOccurrences(b.Context(), meetings, at(b, remindedOf))
	must(b, err)
	return db
}

// byBareLoop does with the same library what is the least that sends as many messages.
func (p *postOffice) byBareLoop(b *testing.B, o mail.Options, text, html string) time.Duration {
	b.Helper()
	client, err := gomail.NewClient(o.Host, gomail.WithPort(o.Port), gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithSMTPAuth(gomail.SMTPAuthNoAuth))
	must(b, err)
	begun := time.Now()
	must(b, client.DialWithContext(context.Background()))
	for i := range remindersAtOnce {
		letter := gomail.NewMsg()
		must(b, letter.From("rota@pcn.example"))
		must(b, letter.To(fmt.Sprintf("leader%d@pcn.example", i%peopleAtEach)))
		letter.Subject(fmt.Sprintf("Meeting %d", i))
		letter.SetMessageIDWithValue(fmt.Sprintf("%d@pcn.example", i))
		letter.SetDate()
		letter.SetBodyString(gomail.TypeTextPlain, text)
		letter.AddAlternativeString(gomail.TypeTextHTML, html)
		must(b, client.Send(letter))
	}
	must(b, client.Close())
	took := time.Since(begun)
	if got := len(p.deliveries()); got != remindersAtOnce {
		b.Fatalf("%d messages arrived", got)
	}
	return took
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
