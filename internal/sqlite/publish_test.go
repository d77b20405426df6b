package sqlite

import (
	"fmt"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestADraftIsSeenByNobodyUntilItIsPublished(t *testing.T) {
	db := staffed(t)
	draft := nights("on-call", "2027-01-04", "L1 L2")
	draft.Seed = 1<<63 + 7
	draft.Notes = []string{awkward[0], awkward[2]}
	draft.Policy.Title = awkward[3]
	draft.Policy.Pattern = rota.ReadyPatterns()[1].Kinds
	draft.Policy.Tiers = []rota.Tier{{Name: "first", Title: "First", Weight: rota.Point}}
	draft.Policy.Rules = rota.ReadyRuleSets()[0].Rules
	draft.Parts = []rota.Part{
		{Duty: draft.Duties[0].ID, Leader: "L1", Load: rota.Load{rota.Weekday: 333_333}},
		{Duty: draft.Duties[0].ID, Leader: "L2", Load: rota.Load{rota.Weekday: 666_667}},
	}
	draft.Standings = []rota.Standing{
		{Leader: "L1", Before: rota.Load{-1, 2, -3, 4, -5, 6}, Held: rota.Load{rota.Weekday: 7}, Target: rota.Load{rota.Festive: 8}},
		{Leader: "L3"},
	}
	split := rota.Proof{
		Dimension: rota.Total, Grain: 500_000, Bound: []rota.Points{1, -333_333}, Least: []rota.Points{7, -333_333},
		Given: []rota.Given{{Leader: "L1", Excess: 1}, {Leader: "L2", Excess: -333_333}},
		Cuts:  []rota.Cut{{Level: 1, Members: []rota.LeaderID{"L1", "L2"}}},
	}
	split.Cases = &rota.Case{Duty: draft.Duties[0].ID, Holders: []rota.Held{
		{Leader: "L1", Case: rota.Case{End: &rota.End{Dimension: rota.Total, Grain: 1, Given: split.Given, Cuts: split.Cuts}}},
	}}
	draft.Certificate = rota.Certificate{split}
	saved := save(t, db, draft)
	same(t, "draft", saved, rota.Version{
		ID: saved.ID, Rota: "on-call", From: day("2027-01-04"), Until: day("2027-01-06"), Built: at("2026-12-01 09:00"),
		Policy: draft.Policy, Seed: draft.Seed,
	})
	v, duties, err := db.DraftOf(t.Context(), "on-call")
	ok(t, err)
	same(t, "draft read back", v, saved)
	same(t, "its duties", duties, draft.Duties)
	same(t, "its parts", get(db.PartsOf(t.Context(), v.ID)), draft.Parts)
	same(t, "its standings", get(db.Standings(t.Context(), v.ID)), draft.Standings)
	same(t, "its certificate", get(db.CertificateOf(t.Context(), v.ID)), draft.Certificate)
	same(t, "its notes", get(db.NotesOf(t.Context(), v.ID)), draft.Notes)
	if got := holders(t, db); got != "" {
		t.Errorf("a draft shows: %s", got)
	}
	if n := len(get(db.Versions(t.Context(), "on-call"))); n != 0 {
		t.Errorf("a draft counts as %d versions", n)
	}

	published, changes, err := db.Publish(t.Context(), Publication{Rota: "on-call", By: awkward[0], Reason: awkward[2], At: at("2026-12-02 09:00")})
	ok(t, err)
	saved.Number, saved.Published, saved.By, saved.Reason = 1, at("2026-12-02 09:00"), awkward[0], awkward[2]
	same(t, "published version", published, saved)
	same(t, "versions", get(db.Versions(t.Context(), "on-call")), []rota.Version{saved})
	same(t, "changes", changes, []Change{{Duty: duties[0], After: "L1"}, {Duty: duties[1], After: "L2"}})
	same(t, "published duties", get(db.Published(t.Context(), time.Time{}, time.Time{})), []rota.Published{
		{Duty: duties[0], Version: v.ID, Modified: at("2026-12-02 09:00")},
		{Duty: duties[1], Version: v.ID, Modified: at("2026-12-02 09:00")},
	})
	_, _, err = db.DraftOf(t.Context(), "on-call")
	refused(t, err, ErrNoDraft, "on-call")
}

func TestPublishingAgainChangesOnlyWhatDiffers(t *testing.T) {
	longer := func(d rota.Draft) rota.Draft {
		d.Duties[0].End.Time += 60
		d.Duties[0].Span.End = d.Duties[0].Span.End.Add(time.Hour)
		return d
	}
	heavier := func(d rota.Draft) rota.Draft { d.Duties[0].Load[rota.Festive]++; return d }
	for _, test := range []struct {
		name    string
		second  rota.Draft
		want    string
		changes []Change
	}{
		{name: "the same", second: nights("on-call", "2027-01-04", "L1 L2 L3"), want: "04 L1/0 05 L2/0 06 L3/0"},
		{
			name: "another holder", second: nights("on-call", "2027-01-04", "L1 L4 L3"), want: "04 L1/0 05 L4/1 06 L3/0",
			changes: []Change{{night("on-call", day("2027-01-05"), "L4", rota.Point), "L2", "L4", true, false}},
		},
		{
			name: "another time", second: longer(nights("on-call", "2027-01-04", "L1 L2 L3")), want: "04 L1/1 05 L2/0 06 L3/0",
			changes: []Change{{longer(nights("on-call", "2027-01-04", "L1")).Duties[0], "L1", "L1", true, false}},
		},
		{
			name: "other points", second: heavier(nights("on-call", "2027-01-04", "L1 L2 L3")), want: "04 L1/1 05 L2/0 06 L3/0",
			changes: []Change{{heavier(nights("on-call", "2027-01-04", "L1")).Duties[0], "L1", "L1", true, false}},
		},
		{
			name: "a duty less", second: nights("on-call", "2027-01-04", "L1 - L3"), want: "04 L1/0 06 L3/0",
			changes: []Change{{night("on-call", day("2027-01-05"), "L2", rota.Point), "L2", "", true, true}},
		},
		{
			name: "the days that follow", second: nights("on-call", "2027-01-06", "L4 L1"), want: "04 L1/0 05 L2/0 06 L4/1 07 L1/0",
			changes: []Change{
				{night("on-call", day("2027-01-06"), "L4", rota.Point), "L3", "L4", true, false},
				{night("on-call", day("2027-01-07"), "L1", rota.Point), "", "L1", false, false},
			},
		},
		{
			name: "another rota", second: nights("second", "2027-01-05", "L1"), want: "04 L1/0 05 L2/0 05 L1/0 06 L3/0",
			changes: []Change{{night("second", day("2027-01-05"), "L1", rota.Point), "", "L1", false, false}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := staffed(t)
			publishes(t, db, nights("on-call", "2027-01-04", "L1 L2 L3"), "2026-12-02 09:00")
			_, changes := publishes(t, db, test.second, "2026-12-03 09:00")
			same(t, "changes", changes, test.changes)
			if got := holders(t, db); got != test.want {
				t.Errorf("published %q, want %q", got, test.want)
			}
			for _, p := range get(db.Published(t.Context(), time.Time{}, time.Time{})) {
				want := at("2026-12-02 09:00")
				for _, c := range changes {
					if c.Duty.ID == p.ID {
						want = at("2026-12-03 09:00")
					}
				}
				if !p.Modified.Equal(want) {
					t.Errorf("%s was modified at %s, want %s", p.ID, p.Modified, want)
				}
			}
		})
	}
}

func TestAWithdrawnDutyThatComesBackCountsOn(t *testing.T) {
	db := staffed(t)
	for n, test := range []struct{ draft, want string }{
		{"L1 L2", "04 L1/0 05 L2/0"},
		{"L1 -", "04 L1/0"},
		{"L1 -", "04 L1/0"},
		{"L1 L2", "04 L1/0 05 L2/2"},
		{"L1 L2", "04 L1/0 05 L2/2"},
	} {
		v, _ := publishes(t, db, nights("on-call", "2027-01-04", test.draft), "2026-12-02 09:00")
		if got := holders(t, db); got != test.want || v.Number != n+1 {
			t.Errorf("version %d shows %q, want %q", v.Number, got, test.want)
		}
	}
}

func TestHistoryStaysAsItWas(t *testing.T) {
	db := staffed(t)
	old, _ := publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-02 09:00")
	publishes(t, db, nights("on-call", "2027-01-04", "L3 L4"), "2026-12-03 09:00")
	same(t, "first version", get(db.DutiesOf(t.Context(), old.ID)), nights("on-call", "2027-01-04", "L1 L2").Duties)
	for _, statement := range []string{
		`UPDATE version SET reason = 'another'`, `DELETE FROM version`,
		`UPDATE assignment SET holder = 'L4'`, `DELETE FROM assignment`,
	} {
		if _, err := db.write.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("history was rewritten by %s", statement)
		}
	}
}

func TestThePastStays(t *testing.T) {
	for _, test := range []struct {
		name, second, at string
		refused          string // words of the refusal; "" where it is accepted
	}{
		{"tonight, before it begins", "L4 L2 L3", "2027-01-04 18:29", ""},
		{"tonight, as it begins", "L4 L2 L3", "2027-01-04 18:30", "on-call.first.20270104T1830 has begun on Monday 4 January 2027 with L1"},
		{"a night that is over", "L1 L4 L3", "2027-01-07 12:00", "on-call.first.20270105T1830 has begun"},
		{"a night that is over, withdrawn", "L1 - L3", "2027-01-07 12:00", "on-call.first.20270105T1830 has begun"},
		{"past nights as they were, the coming one changed", "L1 L2 L4", "2027-01-06 12:00", ""},
		{"the first of several is named", "L4 L4 L4", "2027-01-07 12:00", "on-call.first.20270104T1830"},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := staffed(t)
			publishes(t, db, nights("on-call", "2027-01-04", "L1 L2 L3"), "2027-01-06 12:00") // the past, for the first time
			before := holders(t, db)
			save(t, db, nights("on-call", "2027-01-04", test.second))
			rehearsed, refusal := db.RehearsePublish(t.Context(), byMo(test.at))
			if got := holders(t, db); got != before {
				t.Errorf("a rehearsal made it %q, was %q", got, before)
			}
			_, changes, err := db.Publish(t.Context(), byMo(test.at))
			if fmt.Sprint(rehearsed, refusal) != fmt.Sprint(changes, err) {
				t.Errorf("rehearsed %v (%v), came to %v (%v)", rehearsed, refusal, changes, err)
			}
			if test.refused == "" {
				ok(t, err)
				return
			}
			refused(t, err, ErrPast, test.refused)
			if got := holders(t, db); got != before {
				t.Errorf("published became %q, was %q", got, before)
			}
			if _, _, err := db.DraftOf(t.Context(), "on-call"); err != nil {
				t.Errorf("the draft is gone: %v", err)
			}
		})
	}
}

func TestTheHintOnThePastLeadsOut(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2 L3"), "2026-12-02 09:00")
	save(t, db, nights("on-call", "2027-01-04", "L4 L4 L4"))
	_, _, err := db.Publish(t.Context(), byMo("2027-01-05 20:00"))
	refused(t, err, ErrPast, "on-call.first.20270104T1830")
	if hint, want := err.(*Refusal).Hint(), "build from a later day: pcnrota rota build on-call --from 2027-01-06"; hint != want {
		t.Errorf("hint %q, want %q", hint, want)
	}
	save(t, db, nights("on-call", "2027-01-06", "L4"))
	_, _, err = db.Publish(t.Context(), byMo("2027-01-05 20:00"))
	ok(t, err)
}

func TestStaleDraftsAreRefused(t *testing.T) {
	t.Run("saved after somebody else wrote", func(t *testing.T) {
		db := staffed(t)
		revision := get(db.Revision(t.Context()))
		get(db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L1", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")}}))
		_, err := db.SaveDraft(t.Context(), nights("on-call", "2027-01-04", "L1"), revision, at("2026-12-01 09:00"))
		refused(t, err, ErrStale, "on-call")
	})
	t.Run("published after another version", func(t *testing.T) {
		db := staffed(t)
		publishes(t, db, nights("on-call", "2027-01-04", "L1"), "2026-12-02 09:00")
		save(t, db, nights("on-call", "2027-01-04", "L2"))
		// There is one draft a rota, so another version in between takes a hand in the database.
		_, err := db.write.ExecContext(t.Context(), `UPDATE version SET base = NULL WHERE published IS NULL`)
		ok(t, err)
		_, _, err = db.Publish(t.Context(), byMo("2026-12-03 09:00"))
		refused(t, err, ErrStale, "version 1 of on-call", "Mo")
	})
	t.Run("no draft", func(t *testing.T) {
		db := staffed(t)
		_, _, err := db.Publish(t.Context(), byMo("2026-12-03 09:00"))
		refused(t, err, ErrNoDraft, "on-call")
	})
}

func TestALeaverAndTheDraftsAreStoredTogetherOrNotAtAll(t *testing.T) {
	db := staffed(t)
	leader := func() rota.Leader { return get(db.Leaders(t.Context()))[0] }
	gone := leader()
	gone.Ends = day("2027-01-05")
	drafts := []rota.Draft{nights("on-call", "2027-01-04", "L2 L2"), nights("back-up", "2027-01-04", "L2")}
	stale := get(db.Revision(t.Context()))
	save(t, db, nights("on-call", "2027-01-04", "L1"))
	refused(t, db.EndLeader(t.Context(), gone, drafts, stale, at("2026-12-01 09:00")), ErrStale, "nothing was saved")
	if !leader().Ends.IsZero() {
		t.Error("the leader has a last day, and the drafts were refused")
	}
	ok(t, db.EndLeader(t.Context(), gone, drafts, get(db.Revision(t.Context())), at("2026-12-01 09:00")))
	if leader().Ends != gone.Ends {
		t.Errorf("the last day is %s, want %s", leader().Ends, gone.Ends)
	}
	for _, d := range drafts {
		if _, duties, err := db.DraftOf(t.Context(), d.Policy.Name); err != nil || len(duties) != len(d.Duties) {
			t.Errorf("%s has a draft of %d duties, want %d: %v", d.Policy.Name, len(duties), len(d.Duties), err)
		}
	}
}

func TestPublishedGivesDutiesThatShareAMoment(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-02 09:00")
	first := night("on-call", day("2027-01-04"), "L1", rota.Point).Span
	for _, test := range []struct {
		name        string
		from, until time.Time
		want        int
	}{
		{"before it begins", first.Start.Add(-time.Hour), first.Start, 0},
		{"a nanosecond into it", first.Start, first.Start.Add(1), 1},
		{"its last nanosecond", first.End.Add(-1), first.End, 1},
		{"from its end on", first.End, first.End.Add(time.Hour), 0},
		{"inside", first.Start.Add(time.Hour), first.Start.Add(2 * time.Hour), 1},
		{"around both", first.Start.Add(-time.Hour), first.End.AddDate(0, 0, 9), 2},
		{"from its end without bound", first.End, time.Time{}, 1},
		{"all until its end", time.Time{}, first.End, 1},
	} {
		if got := get(db.Published(t.Context(), test.from, test.until)); len(got) != test.want {
			t.Errorf("%s: %d duties, want %d", test.name, len(got), test.want)
		}
	}
}

func TestBalances(t *testing.T) {
	db := staffed(t)
	draft := nights("on-call", "2027-01-04", "L1 L1 L2")
	draft.Duties[1].Load = rota.Load{rota.Weekday: 1, rota.Weekend: 2, rota.BankHoliday: 3, rota.Festive: 4, rota.Meeting: 5, rota.Responsibility: 6}
	for _, d := range draft.Duties[:2] {
		draft.Parts = append(draft.Parts, rota.Part{Duty: d.ID, Leader: "L1", Load: rota.Load{rota.Weekday: 400_000}},
			rota.Part{Duty: d.ID, Leader: "L3", Load: rota.Load{rota.Weekday: 600_000, rota.Festive: 7}})
	}
	save(t, db, draft)
	if got := get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})); len(got) != 0 {
		t.Errorf("a draft counts: %v", got)
	}
	publishes(t, db, draft, "2026-12-02 09:00")
	publishes(t, db, nights("second", "2027-01-04", "L4"), "2026-12-02 09:00")

	all := map[rota.LeaderID]rota.Load{
		"L1": {rota.Point + 1 - 800_000, 2, 3, 4, 5, 6},
		"L2": {rota.Weekday: rota.Point},
		"L3": {rota.Weekday: -1_200_000, rota.Festive: -14},
		"L4": {rota.Weekday: rota.Point},
	}
	same(t, "all", get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})), all)
	same(t, "the ledger", get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})), []rota.Standing{
		{Leader: "L1", Held: rota.Load{rota.Point + 1, 2, 3, 4, 5, 6}, Target: rota.Load{rota.Weekday: 800_000}},
		{Leader: "L2", Held: rota.Load{rota.Weekday: rota.Point}},
		{Leader: "L3", Target: rota.Load{rota.Weekday: 1_200_000, rota.Festive: 14}},
		{Leader: "L4", Held: rota.Load{rota.Weekday: rota.Point}},
	})
	same(t, "without what starts from the 5th on", get(db.Balances(t.Context(), "on-call", day("2027-01-05"), day("2027-01-07"))),
		map[rota.LeaderID]rota.Load{
			"L1": {rota.Weekday: 600_000}, "L3": {rota.Weekday: -600_000, rota.Festive: -7}, "L4": {rota.Weekday: rota.Point},
		})
	same(t, "without what starts before the 6th", get(db.Balances(t.Context(), "on-call", day("2027-01-01"), day("2027-01-06"))),
		map[rota.LeaderID]rota.Load{"L2": all["L2"], "L4": all["L4"]})

	// A newer version's parts replace the older's, and what is withdrawn counts no more.
	publishes(t, db, nights("on-call", "2027-01-04", "L3 - L2"), "2026-12-03 09:00")
	same(t, "after another version", get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})), map[rota.LeaderID]rota.Load{
		"L2": {rota.Weekday: rota.Point}, "L3": {rota.Weekday: rota.Point}, "L4": {rota.Weekday: rota.Point},
	})
}
