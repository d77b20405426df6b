package notify_test

import (
	"context"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// halfHours makes a pass of e's every half hour from one instant to another.
func (w *world) halfHours(e *notify.Engine, from, until string) {
	w.t.Helper()
	for now := instant(w.t, from); now.Before(instant(w.t, until)); now = now.Add(30 * time.Minute) {
		_, err := e.Tick(w.t.Context(), now)
		w.must(err)
	}
}

func TestQuietHoursPutOffWhatCanWait(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	e := w.engine(rota.Rung{Days: 7, At: 23 * 60}, rota.Rung{Days: 0, At: 6*60 + 30})
	e.Rules.Quiet = notify.Hours{From: 22 * 60, Until: 7 * 60}
	w.halfHours(e, "2027-01-11T20:00Z", "2027-01-12T09:00Z")
	w.halfHours(e, "2027-01-18T05:00Z", "2027-01-18T09:00Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-12T07:00Z L1 First on call: 7 days before, 23:00",
		"2027-01-18T06:30Z L1 First on call: on the day, 06:30", // what begins within twelve hours cannot wait
	})
}

// A program that is started at night does not make good then what was due while it was down.
func TestQuietHoursPutOffWhatIsLate(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	e := w.engine(rota.Rung{Days: 7, At: 17 * 60})
	e.Rules.Quiet = notify.Hours{From: 22 * 60, Until: 7 * 60}
	w.halfHours(e, "2027-01-12T02:00Z", "2027-01-12T09:00Z")
	w.expect("sent", w.post.letters(), []string{"2027-01-12T07:00Z L1 First on call: 7 days before, 17:00"})
}

func TestQuietHoursPutOffNoChange(t *testing.T) {
	w := newWorld(t)
	w.telling()
	e := w.engine(usual...)
	e.Rules.Quiet = notify.Hours{From: 22 * 60, Until: 7 * 60}
	w.publish("2027-01-01T23:30Z", "2027-01-18", "L1")
	w.halfHours(e, "2027-01-01T23:30Z", "2027-01-02T09:00Z")
	w.expect("told", w.heard(), []string{"01T23:30 change L1: +18 from "})
}

func TestWorkingDaysBringForwardWhatFallsOnADayOff(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2") // a Monday and a Tuesday
	e := w.engine(rota.Rung{Days: 8, At: 17 * 60}, rota.Rung{Days: 1, At: 17 * 60})
	e.Rules.WorkingDays = true
	w.halfHours(e, "2027-01-07T12:00Z", "2027-01-11T18:00Z")
	w.halfHours(e, "2027-01-17T12:00Z", "2027-01-18T18:00Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-08T17:00Z L1 First on call: 8 days before, 17:00", // not on Sunday the 10th
		"2027-01-11T17:00Z L2 First on call: 8 days before, 17:00",
		"2027-01-17T17:00Z L1 First on call: 1 day before, 17:00", // the last call stays, on a Sunday
		"2027-01-18T17:00Z L2 First on call: 1 day before, 17:00",
	})
}

func TestADigestTellsOnesOwnAndThenTheTeams(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2", "L1")
	w.must(w.db.PutPreference(t.Context(), notify.Preference{Leader: "L2", Kind: notify.Digest}))
	e := w.engine()
	e.Rules.Digest = &rota.Weekly{Day: time.Friday, At: 12 * 60}
	w.halfHours(e, "2027-01-15T10:00Z", "2027-01-15T16:00Z")
	w.expect("sent", w.went(), []string{`15T12:00 digest "L1"`}) // L2 wants none, L3 and L4 have nothing
	if m := w.post.got[0]; len(m.Yours) != 2 || len(m.Team) != 3 || m.Team[1].Who != "Secretname L2" {
		t.Errorf("it tells %+v, then %+v", m.Yours, m.Team)
	}
}

// What somebody has to see to stands in their digest, and in the team's but for what is their own; a deputy reads of the meeting.
func TestADigestTellsOfTasksAndOfDeputies(t *testing.T) {
	w := newWorld(t)
	e := w.engine()
	e.Rules.Digest = &rota.Weekly{Day: time.Friday, At: 12 * 60}
	due, _ := rota.ParseDate("2027-01-18")
	task := func(id, title string, own bool, since rota.Date) notify.Task {
		by := due.At(17 * 60)
		return notify.Task{
			Kind: notify.Responsibility, ID: id, Leader: "L1", Title: title, Own: own, Since: since, Due: by,
			Span: rota.Span{Start: due.At(0).Instant(e.Rules.Zone), End: by.Instant(e.Rules.Zone)},
		}
	}
	e.Tasks = func(context.Context, time.Time, time.Time) ([]notify.Task, error) {
		return []notify.Task{task("r1", "Return", false, due.AddDays(-7)), task("r2", "Appraisal", true, rota.Date{})}, nil
	}
	w.meet("2027-01-01T09:00Z", w.series(), "2027-01-21T08:00", "L2")
	met, err := w.db.Occurrences(t.Context(), instant(t, "2027-01-01T00:00Z"), instant(t, "2028-01-01T00:00Z"))
	w.must(err)
	met[0].Deputy = "L1"
	_, err = w.db.PutOccurrences(t.Context(), met, instant(t, "2027-01-01T10:00Z"))
	w.must(err)
	w.must(w.db.PutPreference(t.Context(), notify.Preference{Leader: "L2", Kind: notify.Digest}))
	e.Rules.Ladders = notify.Ladders{}
	w.halfHours(e, "2027-01-15T11:00Z", "2027-01-15T13:00Z")
	m := w.post.got[len(w.post.got)-1]
	if len(m.Yours) != 3 || m.Yours[1].What != "overdue since 11 January: Return" || m.Yours[2].What != "LMC meeting, as the deputy" ||
		len(m.Team) != 2 || m.Team[0].Who == "" || m.Team[1].What != "LMC meeting" {
		t.Errorf("it tells %+v, then %+v", m.Yours, m.Team)
	}
}

func TestTheManagerHearsOnceAMonthWhoHoldsHowMuch(t *testing.T) {
	w := newWorld(t)
	e := w.engine()
	e.Rules.Fairness = &notify.Monthly{Day: 1, At: 8 * 60}
	e.Manager = rota.Leader{Name: "PCN manager", Email: "manager@pcn.example"}
	e.Fair = func(context.Context, time.Time) ([]notify.Balance, error) {
		return []notify.Balance{{Name: "Ada", Held: 3 * rota.Point, Target: 2 * rota.Point}}, nil
	}
	w.passesOf(e, "2027-01-01T07:59Z", "2027-01-01T08:00Z", "2027-01-20T08:00Z", "2027-02-01T08:00Z", "2027-02-01T08:01Z")
	w.expect("sent", w.went(), []string{`01T07:59 fairness ""`, `01T08:00 fairness ""`, `01T08:00 fairness ""`})
	if m := w.post.got[1]; len(m.Standings) != 1 || m.Standings[0].Name != "Ada" {
		t.Errorf("got %+v", m.Standings)
	}
}

func TestWhatWasLeftIsToldAtTheStart(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2", "L3")
	duties, err := w.db.Published(t.Context(), instant(t, "2027-01-18T00:00Z"), instant(t, "2027-01-19T09:00Z"))
	w.must(err)
	_, err = w.db.AddHandover(t.Context(), rota.Handover{
		Duty: duties[0].ID, Rota: "on-call", Tier: "first", Leader: "L1", Written: instant(t, "2027-01-19T07:00Z"), Note: "The boiler at Quay is out.",
	})
	w.must(err)
	e := w.engine()
	e.Rules.Ladders.Handover = true
	w.halfHours(e, "2027-01-19T12:00Z", "2027-01-20T21:00Z")
	w.expect("sent", w.went(), []string{`19T18:30 handover "L2"`, `20T18:30 handover "L3"`})
	if m := w.post.got[0]; len(m.Notes) != 1 || m.Notes[0].Note != "The boiler at Quay is out." || m.Notes[0].From.Name != "Secretname L1" {
		t.Errorf("got %+v", m.Notes)
	}
}

func TestALeaderHasMoreOrLessButIsToldOfEveryChange(t *testing.T) {
	w := newWorld(t)
	for _, p := range []notify.Preference{
		{Leader: "L1", Kind: notify.Duty},                                 // none at all
		{Leader: "L2", Kind: notify.Duty, Rung: "7d 17:00"},               // not this one
		{Leader: "L2", Kind: notify.Duty, Rung: "2d 12:00", Wanted: true}, // but another
		{Leader: "L1", Kind: notify.Digest}, {Leader: "L2", Kind: notify.Digest},
	} {
		w.must(w.db.PutPreference(t.Context(), p))
	}
	w.telling()
	w.publish("2027-01-05T09:00Z", "2027-01-18", "L1", "L2")
	w.halfHours(w.engine(usual...), "2027-01-05T09:00Z", "2027-01-19T18:30Z")
	w.expect("told", w.heard(), []string{
		"05T09:00 change L1: +18 from ", "05T09:00 change L2: +19 from ",
		"17T12:00 duty L2: 2 days before, 12:00", "18T17:00 duty L2: 1 day before, 17:00",
	})
}
