package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// Whoever declines a meeting in their calendar makes way for the deputy, at once and once.
func TestCalendarAnswersMeetings(t *testing.T) {
	dir := t.TempDir()
	now := "2026-12-14T09:30:00Z"
	text, err := os.ReadFile("../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	run := func(stdin string, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		env := func(name string) string { return map[string]string{"PCNROTA_NOW": now, "PCNROTA_HOME": dir}[name] }
		p, err := newProgram(strings.NewReader(stdin), &out, &errs, env, text)
		if err != nil {
			t.Fatal(err)
		}
		if code := p.run(t.Context(), append([]string{"pcnrota"}, args...)); code != 0 {
			t.Fatalf("%s: exit %d: %s", strings.Join(args, " "), code, errs.String())
		}
		return out.String()
	}
	run("", "init")
	run("", "leader", "add", "L01", "--name", "Ada Obi", "--role", "Clinical Director", "--email", "ada@pcn.example")
	run("", "leader", "add", "L02", "--name", "Bo Chen", "--email", "bo@pcn.example")
	run("", "leader", "add", "L03", "--name", "Cy Doe", "--email", "cy@pcn.example")
	run("", "meeting", "add", "Board", "--body", "ICS", "--at", "10:00", "--on", "2027-01-21", "--who", "Clinical Director")
	run("", "leader", "invite", "L01")
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	id, err := db.PCNID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	uid := calendar.UID(string(rota.SittingID(rota.Representative, "m1.20270121")), id)
	reply := func(from, answer, stamp string) string {
		return fmt.Sprintf("From: %[1]s\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"+
			"ATTENDEE;PARTSTAT=%[2]s:mailto:%[1]s\r\nUID:%[3]s\r\nSEQUENCE:9\r\nDTSTAMP:%[4]s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", from, answer, uid, stamp)
	}
	for _, tt := range []struct{ from, answer, stamp, want string }{
		{"cy@pcn.example", "DECLINED", "20261214T100000Z", "ignored: it answers no invitation of ours to that person"},
		{"ada@pcn.example", "TENTATIVE", "20261214T100000Z", "answer: Ada Obi has tentatively accepted meetings.representative.m1.20270121"},
		{"ada@pcn.example", "ACCEPTED", "20261214T110000Z", "answer: Ada Obi has accepted meetings.representative.m1.20270121: Ada Obi goes, "},
		{"ada@pcn.example", "DECLINED", "20261214T120000Z", "answer: Ada Obi has declined meetings.representative.m1.20270121: "},
		{"ada@pcn.example", "ACCEPTED", "20261214T110000Z", "ignored: a later answer is there already"},
	} {
		if got := run(reply(tt.from, tt.answer, tt.stamp), "mail", "receive"); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s %s: %q, want %q", tt.from, tt.answer, got, tt.want)
		}
	}
	meetings, err := db.Occurrences(t.Context(), time.Time{}, time.Time{})
	if err != nil || len(meetings) != 1 {
		t.Fatal(meetings, err)
	}
	if m := meetings[0]; len(m.Attending) != 1 || m.Attending[0] == "L01" || m.Deputy == "L01" || m.Deputy == "" {
		t.Errorf("%v go and %s deputises after L01 declined", m.Attending, m.Deputy)
	}
	now = "2027-01-21T11:00:00Z"
	if got := run(reply("ada@pcn.example", "ACCEPTED", "20270121T110000Z"), "mail", "receive"); !strings.Contains(got, "moves nobody: Board began on") {
		t.Errorf("after the meeting: %q", got)
	}
}
