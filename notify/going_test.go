package notify_test

import (
	"testing"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// TestAReminderSaysWhatToKnowOfAMeeting has L1 go and L3 stand by, with papers, answers and actions of their own and
// of others.
func TestAReminderSaysWhatToKnowOfAMeeting(t *testing.T) {
	w := newWorld(t)
	day := civil(t, "2027-01-21T08:00")
	w.must(w.db.PutBodies(t.Context(), []rota.Body{{
		ID: "LMC", Name: "New committee", Renamed: []rota.Renaming{{From: day.Date.AddDays(1), Was: "Old committee"}}, Kind: rota.LocalMedical,
	}}))
	id := w.series()
	w.meet("2027-01-01T09:00Z", id, "2027-01-21T08:00", "L1")
	all, err := w.db.Occurrences(t.Context(), instant(t, "2027-01-01T00:00Z"), instant(t, "2028-01-01T00:00Z"))
	w.must(err)
	m := all[0]
	m.Deputy, m.Series.Link, m.Series.Quorum, m.Series.Capacity = "L3", "https://meet.example/secret", 2, rota.Observer
	m.Series.PapersTo, m.Series.PapersFrom = rota.WorkingDays(5), rota.Lead{Days: 2, Clear: true}
	_, err = w.db.PutOccurrences(t.Context(), []rota.Occurrence{m}, instant(t, "2027-01-02T09:00Z"))
	w.must(err)
	w.must(w.db.PutReply(t.Context(), rota.Reply{Meeting: m.ID, Leader: "L1", Answer: rota.Accepted, At: instant(t, "2027-01-03T09:00Z")}))
	for _, a := range []rota.Action{
		{Meeting: m.ID, Owner: "L1", What: "figures", Due: day.Date},
		{Meeting: m.ID, Owner: "L3", What: "not theirs", Due: day.Date},
		{Meeting: m.ID, Owner: "L1", What: "done", Due: day.Date},
	} {
		_, err := w.db.AddAction(t.Context(), a)
		w.must(err)
	}
	actions, err := w.db.Actions(t.Context())
	w.must(err)
	actions[2].Done = instant(t, "2027-01-03T09:00Z")
	w.must(w.db.PutAction(t.Context(), actions[2]))

	w.tick("2027-01-20T17:00Z", rota.Rung{Days: 1, At: 17 * 60})
	w.expect("sent", w.post.letters(), []string{
		"2027-01-20T17:00Z L1 LMC meeting: 1 day before, 17:00", "2027-01-20T17:00Z L3 LMC meeting: 1 day before, 17:00",
	})
	for _, got := range w.post.got {
		g := got.Going
		papers := g.PapersTo.String() == "2027-01-14" && g.PapersFrom.String() == "2027-01-18"
		if g.Body != "Old committee" || g.Capacity != rota.Observer || !papers || g.Quorum.String() != "1 of 1 accepted, 2 needed" {
			t.Errorf("%s is told %+v", got.To.ID, g)
		}
		switch deputises := got.To.ID == "L3"; {
		case g.Deputises != deputises:
			t.Errorf("%s deputises: %v", got.To.ID, g.Deputises)
		case deputises && (g.Link != "" || g.Deputy != "" || g.Answer != "" || len(g.Actions) != 1 || len(got.With) != 1):
			t.Errorf("the deputy is told %+v, with %v", g, got.With)
		case !deputises && (g.Link == "" || g.Deputy != "Secretname L3" || g.Answer != rota.Accepted || len(g.Actions) != 1 || g.Actions[0].What != "figures"):
			t.Errorf("the representative is told %+v", g)
		}
	}
}

// TestADeputyWhoStepsInIsNotRemindedTwice: the same rung is not sent again to whoever had it as deputy.
func TestADeputyWhoStepsInIsNotRemindedTwice(t *testing.T) {
	w := newWorld(t)
	id := w.series()
	w.meet("2027-01-01T09:00Z", id, "2027-01-21T08:00", "L1")
	swapRoles := func(now string, goes, deputy rota.LeaderID) {
		all, err := w.db.Occurrences(t.Context(), instant(t, now), instant(t, "2028-01-01T00:00Z"))
		w.must(err)
		all[0].Attending, all[0].Deputy = []rota.LeaderID{goes}, deputy
		_, err = w.db.PutOccurrences(t.Context(), all, instant(t, now))
		w.must(err)
	}
	swapRoles("2027-01-02T09:00Z", "L1", "L2")
	w.tick("2027-01-14T17:00Z")
	swapRoles("2027-01-15T09:00Z", "L2", "L3")
	w.tick("2027-01-15T09:01Z")
	w.tick("2027-01-20T17:00Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-14T17:00Z L1 LMC meeting: 7 days before, 17:00", "2027-01-14T17:00Z L2 LMC meeting: 7 days before, 17:00",
		"2027-01-15T09:01Z L3 LMC meeting: 7 days before, 17:00",
		"2027-01-20T17:00Z L2 LMC meeting: 1 day before, 17:00", "2027-01-20T17:00Z L3 LMC meeting: 1 day before, 17:00",
	})
}

// TestTheManagerIsToldOnceWhenNobodyGoes: what is planned again and again is told when it happens, and not of what
// nobody went to before.
func TestTheManagerIsToldOnceWhenNobodyGoes(t *testing.T) {
	w := newWorld(t)
	w.db.Announce(notify.Notices{Zone: london(t), Domain: "pcn.example", Manager: true})
	id := w.series()
	w.meet("2027-01-01T09:00Z", id, "2027-01-21T08:00", "L1")
	for _, now := range []string{"2027-01-02T09:00Z", "2027-01-03T09:00Z", "2027-01-04T09:00Z"} {
		all, err := w.db.Occurrences(t.Context(), instant(t, now), instant(t, "2028-01-01T00:00Z"))
		w.must(err)
		all[0].Attending = nil
		revision, err := w.db.Revision(t.Context())
		w.must(err)
		_, _, err = w.db.Settle(t.Context(), rota.Draft{}, sqlite.Publication{Rota: rota.Meetings, At: instant(t, now), Revision: revision}, sqlite.MeetingPlan{Meetings: all})
		w.must(err)
	}
	if got := w.ledger(); len(got) != 1 || got[0] != "2027-01-02T09:00Z  planned" {
		t.Errorf("told %q", got)
	}
}
