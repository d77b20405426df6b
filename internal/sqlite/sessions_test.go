package sqlite

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

func TestASignInIsUsedOnce(t *testing.T) {
	db := staffed(t)
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	number := get(db.AddSignIn(t.Context(), SignIn{Leader: "L1", Asked: now, Expires: now.Add(time.Hour), Mailed: true, Page: "act/leave"},
		func(number int64) []notify.Reminder {
			return []notify.Reminder{notify.SignInLink("L1", number, now, now.Add(time.Hour), "example.org")}
		}))
	waiting := get(db.Reminders(t.Context(), notify.Filter{Leader: "L1"}))
	if len(waiting) != 1 || waiting[0].Kind != notify.SignInRequested || waiting[0].News.Pass != number {
		t.Fatalf("to be sent: %+v", waiting)
	}
	if s, open, err := db.OpenSignIn(t.Context(), number, now); err != nil || !open || s.Leader != "L1" || s.Page != "act/leave" {
		t.Errorf("open: %+v, %v, %v", s, open, err)
	}
	if _, open, _ := db.OpenSignIn(t.Context(), number, now.Add(time.Hour)); open {
		t.Error("it is open when it has expired")
	}
	hash := bytes.Repeat([]byte{1}, 32)
	for i, want := range []bool{true, false} {
		began, err := db.BeginSession(t.Context(), number, append(hash[:31:31], byte(i)), now, now.Add(time.Hour))
		if err != nil || began != want {
			t.Errorf("use %d: %v, %v", i+1, began, err)
		}
	}
	if n := get(db.SessionsOf(t.Context(), "L1", now)); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

func TestSigningOutEverywhere(t *testing.T) {
	db := staffed(t)
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	signIn := func(l rota.LeaderID) int64 {
		return get(db.AddSignIn(t.Context(), SignIn{Leader: l, Asked: now, Expires: now.Add(time.Hour)}, func(int64) []notify.Reminder { return nil }))
	}
	begin := func(l rota.LeaderID, with byte) []byte {
		hash := bytes.Repeat([]byte{with}, 32)
		if !get(db.BeginSession(t.Context(), signIn(l), hash, now, now.Add(time.Hour))) {
			t.Fatal("no session")
		}
		return hash
	}
	mine, other := begin("L1", 1), begin("L2", 2)
	unused := signIn("L1")
	if n := get(db.EndSessions(t.Context(), "L1", now)); n != 1 {
		t.Errorf("%d sessions ended", n)
	}
	if _, found, _ := db.SessionByHash(t.Context(), mine, now); found {
		t.Error("a session goes on")
	}
	if _, open, _ := db.OpenSignIn(t.Context(), unused, now); open {
		t.Error("a link that was given out before still works")
	}
	if s, found, _ := db.SessionByHash(t.Context(), other, now); !found || s.Leader != "L2" {
		t.Error("somebody else was signed out")
	}
	// A corrected address ends what whoever reads the wrong one has begun.
	unused = signIn("L2")
	l := get(db.Leaders(t.Context()))[1]
	l.Email = "right@example.org"
	ok(t, db.PutLeaders(t.Context(), []rota.Leader{l}))
	if _, found, _ := db.SessionByHash(t.Context(), other, now); found {
		t.Error("a session outlives its address")
	}
	if _, open, _ := db.OpenSignIn(t.Context(), unused, now); open {
		t.Error("a link outlives its address")
	}
	for _, e := range get(db.Audit(t.Context(), 0, 1000)) {
		if e.Subject == "session" && strings.Contains(string(e.Old)+string(e.New), "0101010101") {
			t.Errorf("the trail holds what a session is known by: %s", e.New)
		}
	}
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("the trail: %v", report.Faults)
	}
}
