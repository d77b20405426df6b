package cli

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
)

const onLeave = `BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Leave in Cornwall
DTSTART;VALUE=DATE:20270104
DTEND;VALUE=DATE:20270118
END:VEVENT
BEGIN:VEVENT
SUMMARY:Not on call
DTSTART:20270104T180000
DURATION:PT1H
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
`

// TestCalendarsAreFollowed lets serve follow a calendar for a month: it visits once an hour, asks only for
// what is new but reads it in full once a week, and keeps what it has when something goes wrong.
func TestCalendarsAreFollowed(t *testing.T) {
	dir := t.TempDir()
	for _, words := range []string{"init", "leader add L01 --name Ada", "leader add L02 --name Bo"} {
		if code, _, stderr := in(t, dir, words); code != exitOK {
			t.Fatal(stderr)
		}
	}
	program, _, _ := testProgram(t)
	now := time.Date(2026, 12, 14, 9, 0, 0, 0, time.UTC)
	program.now = func() time.Time { return now }
	p, err := program.open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.db.Close()
	const address = "https://cal.example.org/very-secret"
	if _, err := p.db.AddCalendar(t.Context(), sqlite.Calendar{Leader: "L01", Name: "cal.example.org", Address: address, Added: now}); err != nil {
		t.Fatal(err)
	}
	visits, full := 0, 0
	var lines bytes.Buffer
	log := slog.New(slog.NewTextHandler(&lines, nil))
	var answer func() (follow.Answer, error)
	fetch := func(_ context.Context, asked, etag, _ string) (follow.Answer, error) {
		if visits++; asked != address {
			t.Errorf("asked for %s", asked)
		}
		if etag == `"1"` {
			return follow.Answer{Unchanged: true, ETag: etag}, nil
		}
		full++
		return answer()
	}
	pass := func(d time.Duration) (absences int, visit sqlite.Visit) {
		for end := now.Add(d); now.Before(end); now = now.Add(10 * time.Minute) {
			if err := p.visitDue(t.Context(), fetch, log); err != nil {
				t.Fatal(err)
			}
		}
		all, err1 := p.db.Absences(t.Context())
		calendars, err2 := p.db.Calendars(t.Context())
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		return len(all), calendars[0].Visit
	}

	answer = func() (follow.Answer, error) { return follow.Answer{Body: []byte(onLeave), ETag: `"1"`}, nil }
	begun, _ := pass(24 * time.Hour)
	if begun < 70 || visits < 16 || visits > 24 || full != 1 {
		t.Errorf("after a day: %d absences of %d visits, %d of them in full", begun, visits, full)
	}
	later, _ := pass(27 * 24 * time.Hour)
	if later < begun+3 || full != 4 {
		t.Errorf("after four weeks: %d absences after %d, %d visits in full", later, begun, full)
	}

	for name, broken := range map[string]func() (follow.Answer, error){
		"cal.example.org is busy (503)":                        func() (follow.Answer, error) { return follow.Answer{}, errors.New("cal.example.org is busy (503)") },
		"cal.example.org: the calendar breaks off: END:VEVENT": func() (follow.Answer, error) { return follow.Answer{Body: []byte(onLeave[:60])}, nil },
	} {
		answer = broken
		kept, visit := pass(8 * 24 * time.Hour)
		if kept != later || !strings.HasPrefix(visit.Problem, name) || visit.ETag != `"1"` || visit.Read.IsZero() {
			t.Errorf("%s: %d absences after %d, %+v", name, kept, later, visit)
		}
	}
	answer = func() (follow.Answer, error) {
		return follow.Answer{Body: []byte("BEGIN:VCALENDAR\nEND:VCALENDAR\n")}, nil
	}
	if left, visit := pass(2 * time.Hour); left >= later || visit.Problem != "" {
		t.Errorf("after an empty calendar: %d absences, %+v", left, visit)
	}
	if strings.Contains(lines.String(), "secret") || strings.Contains(lines.String(), "Cornwall") || strings.Contains(lines.String(), "L01") {
		t.Errorf("the log tells too much:\n%s", lines.String())
	}
	if !strings.Contains(lines.String(), "could not be read") {
		t.Error("the log does not tell of a calendar that cannot be read")
	}
}
