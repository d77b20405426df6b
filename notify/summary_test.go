package notify_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// summarising is an engine that has just been started and tells the manager what is wrong.
func (w *world) summarising(weekly string) *notify.Engine {
	w.t.Helper()
	on, err := rota.ParseWeekly(weekly)
	w.must(err)
	e := w.engine(usual...)
	e.Rules.Summary, e.Manager = &on, rota.Leader{Name: "PCN manager", Email: "manager@pcn.example"}
	e.Watch = func(_ context.Context, now time.Time) ([]notify.Matter, error) {
		return []notify.Matter{{Urgency: rota.Soon, Says: "as at " + now.Format("15:04")}}, nil
	}
	return e
}

// mondays ticks every half hour from one instant to another, each time as a program that has just been started.
func (w *world) mondays(weekly, from, until string) []string {
	w.t.Helper()
	for now := instant(w.t, from); now.Before(instant(w.t, until)); now = now.Add(30 * time.Minute) {
		_, err := w.summarising(weekly).Tick(w.t.Context(), now)
		w.must(err)
	}
	var sent []string
	for _, m := range w.post.got {
		sent = append(sent, m.Date.UTC().Format("Mon 2006-01-02T15:04Z ")+m.Reminder.About)
	}
	return sent
}

func TestOneSummaryAWeekWhateverTheClocksDo(t *testing.T) {
	for _, test := range []struct {
		weekly, from, until string
		want                []string
	}{
		{"Mon 08:00", "2027-03-22T00:00Z", "2027-04-06T00:00Z", []string{
			"Mon 2027-03-22T00:00Z 2027-W11", "Mon 2027-03-22T08:00Z 2027-W12", "Mon 2027-03-29T07:00Z 2027-W13", "Mon 2027-04-05T07:00Z 2027-W14",
		}},
		{"Mon 08:00", "2027-10-25T07:00Z", "2027-11-09T00:00Z", []string{
			"Mon 2027-10-25T07:00Z 2027-W43", "Mon 2027-11-01T08:00Z 2027-W44", "Mon 2027-11-08T08:00Z 2027-W45",
		}},
		// A time that the clocks pass over in spring, and show twice in autumn.
		{"Sun 01:30", "2027-03-28T01:30Z", "2027-04-05T00:00Z", []string{"Sun 2027-03-28T01:30Z 2027-W12", "Sun 2027-04-04T00:30Z 2027-W13"}},
		{"Sun 01:30", "2027-10-31T00:30Z", "2027-11-08T00:00Z", []string{"Sun 2027-10-31T00:30Z 2027-W43", "Sun 2027-11-07T01:30Z 2027-W44"}},
		// The ISO week is not that of the calendar year.
		{"Sun 09:00", "2026-12-27T09:00Z", "2027-01-04T00:00Z", []string{"Sun 2026-12-27T09:00Z 2026-W52", "Sun 2027-01-03T09:00Z 2026-W53"}},
	} {
		w := newWorld(t)
		w.expect(test.weekly+" from "+test.from, w.mondays(test.weekly, test.from, test.until), test.want)
	}
}

func TestASummaryIsSentLateRatherThanLost(t *testing.T) {
	w := newWorld(t)
	tick := func(now, weekly string) {
		t.Helper()
		_, err := w.summarising(weekly).Tick(t.Context(), instant(t, now))
		w.must(err)
	}
	w.post.fail = func(notify.Message) error {
		return &notify.SendError{Trouble: notify.Unreachable, Problem: "no answer"}
	}
	tick("2027-01-04T08:00Z", "Mon 08:00")
	w.post.fail = nil
	tick("2027-01-06T12:00Z", "Mon 08:00")
	tick("2027-01-07T12:00Z", "Thu 09:00") // another time in config.toml: last Thursday's was never asked for
	tick("2027-01-08T12:00Z", "Mon 08:00")
	tick("2027-02-03T12:00Z", "Mon 08:00") // four weeks of silence end with one summary
	var sent []string
	for _, m := range w.post.got {
		sent = append(sent, fmt.Sprintf("%s %s %s", m.Date.Format("2006-01-02"), m.Reminder.About, m.Matters[0].Says))
	}
	w.expect("summaries", sent, []string{"2027-01-06 2027-W01 as at 12:00", "2027-02-03 2027-W05 as at 12:00"})
	if m := w.post.got[0]; m.To.Email != "manager@pcn.example" || m.Reminder.Leader != "" {
		t.Errorf("the summary went to %+v", m.To)
	}
}

func TestASummaryThatCannotBeWorkedOutIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	e := w.summarising("Mon 08:00")
	e.Watch = func(context.Context, time.Time) ([]notify.Matter, error) { return nil, errors.New("database is busy") }
	_, err := e.Tick(t.Context(), instant(t, "2027-01-04T08:00Z"))
	w.must(err)
	if r := w.only(notify.Retrying); !strings.Contains(r.Detail, "database is busy") {
		t.Errorf("it waits because %q", r.Detail)
	}
	_, err = w.summarising("Mon 08:00").Tick(t.Context(), instant(t, "2027-01-04T10:00Z"))
	w.must(err)
	w.only(notify.Sent)
}

func TestASummaryThatIsAskedForNoMoreIsWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.post.fail = func(notify.Message) error { return &notify.SendError{Trouble: notify.Temporary, Problem: "later"} }
	_, err := w.summarising("Mon 08:00").Tick(t.Context(), instant(t, "2027-01-04T08:00Z"))
	w.must(err)
	w.tick("2027-01-04T12:00Z")
	if r := w.only(notify.Cancelled); !strings.HasPrefix(r.Detail, "config.toml, or whoever gets it, asks for none") {
		t.Errorf("it was withdrawn because %q", r.Detail)
	}
}
