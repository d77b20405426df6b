package sqlite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

// awkward are names that other programs have garbled.
var awkward = []string{
	`O'Brien, "Pat"; Smith\Jones`,
	"Zoë Ångström-Nguyễn",
	"🚑 Dr 👩🏽‍⚕️",
	"ד״ר שרה כהן / د. ليلى",
	"two\r\nlines\tand -- ; DROP TABLE leader; %s ?1",
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestPracticesAndLeadersRoundTrip(t *testing.T) {
	db := newDB(t)
	practices := []rota.Practice{{Code: "Y1", Name: awkward[0], ListSize: 12345}, {Code: "Y2", Name: awkward[3]}}
	leaders := []rota.Leader{
		{
			ID: "L01", Name: awkward[0], Email: "o'brien+rota@example.nhs.uk", Phone: "+44 20 7946 0000",
			Roles: []string{"GP Partner", awkward[1], "Clinical Director"}, Practice: "Y1", Employment: rota.Partner, Share: 800,
			Registration:   rota.Registration{Body: "GMC", Number: "0012345", Expires: day("2027-03-31")},
			Qualifications: []string{"prescriber", awkward[2]}, Starts: day("2020-02-29"), Ends: day("2031-12-31"), NewToOnCall: true,
		},
		{ID: "L02", Name: awkward[2], Employment: rota.Locum, Share: 1},
		{ID: "L03", Name: awkward[3], Share: rota.FullTime},
		{ID: "L04", Name: awkward[4], Employment: rota.Employee, Share: 1500},
	}
	ok(t, db.PutPractices(t.Context(), []rota.Practice{practices[1], practices[0]}))
	ok(t, db.PutLeaders(t.Context(), []rota.Leader{leaders[3], leaders[1], leaders[0], leaders[2]}))
	same(t, "practices", get(db.Practices(t.Context())), practices)
	same(t, "leaders", get(db.Leaders(t.Context())), leaders)

	leaders[0].Practice, leaders[0].Roles, leaders[0].Ends, leaders[0].NewToOnCall = "", nil, rota.Date{}, false
	practices[0].Name, practices[0].ListSize = "New name", 1
	ok(t, db.PutLeaders(t.Context(), leaders[:1]))
	ok(t, db.PutPractices(t.Context(), practices[:1]))
	same(t, "practices after an edit", get(db.Practices(t.Context())), practices)
	same(t, "leaders after an edit", get(db.Leaders(t.Context())), leaders)
}

func TestAbsencesAndWishesRoundTrip(t *testing.T) {
	db := staffed(t)
	absences := []rota.Absence{
		{Leader: "L2", Kind: rota.Sick, First: day("2027-02-01"), Last: day("2027-02-01")},
		{Leader: "L1", Kind: rota.NonWorkingDay, First: day("2027-01-01"), Last: day("2027-12-31"), Weekday: time.Wednesday},
		{Leader: "L1", Kind: rota.Annual, First: day("2026-12-20"), Last: day("2027-01-03")},
		{Leader: "L1", Kind: rota.NonWorkingDay, First: day("2027-01-01"), Last: day("2027-12-31"), Weekday: time.Sunday},
	}
	for i, id := range get(db.AddAbsences(t.Context(), absences)) {
		absences[i].ID = id
	}
	want := []rota.Absence{absences[2], absences[1], absences[3], absences[0]}
	same(t, "absences", get(db.Absences(t.Context())), want)
	want[0].Kind, want[0].Last = rota.Study, day("2027-01-05")
	ok(t, db.PutAbsence(t.Context(), want[0]))
	ok(t, db.RemoveAbsence(t.Context(), want[3].ID))
	same(t, "absences after edits", get(db.Absences(t.Context())), want[:3])
	refused(t, db.RemoveAbsence(t.Context(), want[3].ID), ErrUnknown, "absence")
	refused(t, db.PutAbsence(t.Context(), want[3]), ErrUnknown, "absence")

	wishes := []rota.Wish{
		{Leader: "L1", Kind: rota.Avoid, Weekday: time.Sunday, Weight: 3},
		{Leader: "L2", Kind: rota.Prefer, Weekday: time.Friday, Weight: 1},
		{Leader: "L2", Kind: rota.Avoid, First: day("2027-08-01"), Last: day("2027-08-31"), Weight: 2},
	}
	for i, id := range get(db.AddWishes(t.Context(), wishes)) {
		wishes[i].ID = id
	}
	same(t, "wishes", get(db.Wishes(t.Context())), wishes)
	wishes[0] = rota.Wish{ID: wishes[0].ID, Leader: "L1", Kind: rota.Prefer, First: day("2027-01-01"), Last: day("2027-01-01"), Weight: 1}
	ok(t, db.PutWish(t.Context(), wishes[0]))
	ok(t, db.RemoveWish(t.Context(), wishes[2].ID))
	same(t, "wishes after edits", get(db.Wishes(t.Context())), wishes[:2])
	refused(t, db.RemoveWish(t.Context(), wishes[2].ID), ErrUnknown, "wish")
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	db := staffed(t)
	before := get(db.Revision(t.Context()))
	_, err := db.AddAbsences(t.Context(), []rota.Absence{
		{Leader: "L1", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")},
		{Leader: "L99", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")},
	})
	refused(t, err, ErrUnknown, "leader")
	if n := len(get(db.Absences(t.Context()))); n != 0 {
		t.Errorf("%d absences stayed", n)
	}
	if now := get(db.Revision(t.Context())); now != before {
		t.Errorf("the revision rose from %d to %d", before, now)
	}
}

// meeting is a series of the LMC, and its first meeting.
func meeting(t *testing.T, db *DB) (rota.Series, rota.Occurrence) {
	t.Helper()
	s := rota.Series{
		Title: awkward[0], Body: "LMC", Rule: "FREQ=MONTHLY;BYDAY=2TU", First: day("2027-01-01"), At: 19*60 + 30, Minutes: 120,
		Place: awkward[3], Who: rota.Who{Mode: rota.AnyGoes, Name: "GP"}, PapersTo: rota.WorkingDays(5),
	}
	s.ID = get(db.AddSeries(t.Context(), []rota.Series{s}))[0]
	start := day("2027-01-12").At(s.At)
	return s, rota.Occurrence{
		ID: rota.NewOccurrenceID(s.ID, start.Date), Series: s, Planned: start.Date, Start: start, End: start.Date.At(s.At + 120),
		Span: rota.Span{Start: at("2027-01-12 19:30"), End: at("2027-01-12 21:30")}, Attending: []rota.LeaderID{"L1", "L3"},
	}
}

func TestMeetingsRoundTrip(t *testing.T) {
	db := staffed(t)
	ok(t, db.PutBodies(t.Context(), []rota.Body{{ID: "HWB", Name: awkward[2]}}))
	_, o := meeting(t, db)
	more := []rota.Series{
		{Title: "b", Body: "HWB", First: day("2027-01-01"), Minutes: 1, Who: rota.Who{Mode: rota.EverybodyGoes}},
		{Title: "c", Body: "PCN", First: day("2027-01-01"), At: 24 * 60, Minutes: 1, Who: rota.Who{Mode: rota.RoleGoes, Name: "any GP"}},
		{Title: "d", Body: "ICS", First: day("2027-01-01"), Minutes: 1, Who: rota.Who{Mode: rota.LeaderGoes, Name: "L1"}},
	}
	for i, id := range get(db.AddSeries(t.Context(), more)) {
		more[i].ID = id
	}
	same(t, "series", get(db.AllSeries(t.Context())), append([]rota.Series{o.Series}, more...))

	if n := get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00"))); n != 1 {
		t.Errorf("%d meetings are new, want 1", n)
	}
	o.Modified = at("2026-12-01 09:00")
	same(t, "meetings", get(db.Occurrences(t.Context(), time.Time{}, time.Time{})), []rota.Occurrence{o})
	for _, test := range []struct {
		from, until string
		want        int
	}{
		{"2027-01-12 19:30", "2027-01-12 19:31", 1},
		{"2027-01-12 19:31", "2027-01-12 21:30", 0},
		{"2027-01-12 00:00", "2027-01-12 19:30", 0},
	} {
		if got := get(db.Occurrences(t.Context(), at(test.from), at(test.until))); len(got) != test.want {
			t.Errorf("%d meetings start in [%s, %s), want %d", len(got), test.from, test.until, test.want)
		}
	}
}

func TestAMeetingIsModifiedOnlyByARealChange(t *testing.T) {
	db := staffed(t)
	series, o := meeting(t, db)
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00")))
	steps := []struct {
		name     string
		change   func()
		sequence int
	}{
		{"nothing", func() {}, 0},
		{"order of those who attend", func() { o.Attending = []rota.LeaderID{"L3", "L1", "L3"} }, 0},
		{"the rule of the series", func() { series.Rule = "FREQ=WEEKLY"; o.Series = series }, 0},
		{"attendance", func() { o.Attending = []rota.LeaderID{"L1"} }, 1},
		{"nobody attends", func() { o.Attending = nil }, 2},
		{"place", func() { o.Series.Place = "Online" }, 3},
		{"title", func() { o.Series.Title = "LMC" }, 4},
		{"time", func() { o.Start.Time += 30; o.Span.Start = o.Span.Start.Add(30 * time.Minute) }, 5},
		{"end", func() { o.End.Time += 30; o.Span.End = o.Span.End.Add(30 * time.Minute) }, 6},
		{"nothing again", func() {}, 6},
	}
	modified := at("2026-12-01 09:00")
	for n, step := range steps {
		step.change()
		sequence := get(db.Occurrences(t.Context(), time.Time{}, time.Time{}))[0].Sequence
		revision := get(db.Revision(t.Context()))
		now := at("2026-12-02 09:00").AddDate(0, 0, n)
		changed := get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, now))
		if changed == 1 {
			modified = now
		}
		got := get(db.Occurrences(t.Context(), time.Time{}, time.Time{}))[0]
		if got.Sequence != step.sequence || !got.Modified.Equal(modified) || changed != step.sequence-sequence {
			t.Errorf("%s: sequence %d, modified %s, changed %d; want sequence %d, modified %s", step.name, got.Sequence, got.Modified, changed, step.sequence, modified)
		}
		if rose := get(db.Revision(t.Context())) != revision; rose != (changed > 0) {
			t.Errorf("%s: revision rose: %v", step.name, rose)
		}
	}
}

func TestAMeetingIsCalledOffAndOnAgain(t *testing.T) {
	db := staffed(t)
	_, o := meeting(t, db)
	ids := []rota.OccurrenceID{o.ID}
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00")))
	refused(t, db.WithdrawOccurrences(t.Context(), ids, o.Span.Start), ErrPast, string(o.ID))
	ok(t, db.WithdrawOccurrences(t.Context(), ids, at("2026-12-02 09:00")))
	if n := len(get(db.Occurrences(t.Context(), time.Time{}, time.Time{}))); n != 0 {
		t.Errorf("%d meetings after it was called off", n)
	}
	refused(t, db.WithdrawOccurrences(t.Context(), ids, at("2026-12-02 09:00")), ErrUnknown, string(o.ID))
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-03 09:00")))
	o.Sequence, o.Modified = 2, at("2026-12-03 09:00")
	same(t, "meetings", get(db.Occurrences(t.Context(), time.Time{}, time.Time{})), []rota.Occurrence{o})
}

func TestASeriesIsEditedWithoutTouchingPlannedMeetings(t *testing.T) {
	db := staffed(t)
	series, o := meeting(t, db)
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00")))
	series.Title, series.Place, series.PapersTo = "New title", "New place", rota.WorkingDays(1)
	ok(t, db.PutSeries(t.Context(), series))
	got := get(db.Occurrences(t.Context(), time.Time{}, time.Time{}))[0]
	if got.Series.Title != o.Series.Title || got.Series.Place != o.Series.Place || got.Series.PapersTo != o.Series.PapersTo {
		t.Errorf("planned meeting shows %+v", got.Series)
	}
	series.ID = 99
	refused(t, db.PutSeries(t.Context(), series), ErrUnknown, "meeting 99")
}

func TestRemovals(t *testing.T) {
	db := staffed(t)
	refused(t, db.RemovePractice(t.Context(), "Y1"), ErrInUse, "4 leaders", "Y1")
	refused(t, db.RemovePractice(t.Context(), "Y9"), ErrUnknown, "Y9")
	refused(t, db.RemoveLeader(t.Context(), "L9"), ErrUnknown, "L9")

	_, o := meeting(t, db)
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00")))
	refused(t, db.RemoveLeader(t.Context(), "L3"), ErrInUse, "L3", "meeting")

	get(db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L2", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")}}))
	get(db.AddWishes(t.Context(), []rota.Wish{{Leader: "L2", Kind: rota.Avoid, Weight: 1}}))
	get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L2", "phone", at("2027-01-01 09:00")), make([]byte, 32)))
	for name, draft := range map[rota.RotaName]rota.Draft{
		"holds":    nights("holds", "2027-01-04", "L2"),
		"standing": {Policy: rota.Policy{Name: "standing"}, From: day("2027-01-04"), Until: day("2027-01-05"), Standings: []rota.Standing{{Leader: "L2"}}},
		"others":   nights("others", "2027-01-04", "L1"),
	} {
		draft.Policy.Name = name
		save(t, db, draft)
	}
	ok(t, db.RemoveLeader(t.Context(), "L2"))
	if n := len(get(db.Absences(t.Context()))) + len(get(db.Wishes(t.Context()))) + len(get(db.Feeds(t.Context()))); n != 0 {
		t.Errorf("%d things of a removed leader stayed", n)
	}
	for _, name := range []rota.RotaName{"holds", "standing"} {
		_, _, err := db.DraftOf(t.Context(), name)
		refused(t, err, ErrNoDraft, string(name))
	}
	_, _, err := db.DraftOf(t.Context(), "others")
	ok(t, err)

	draft := nights("on-call", "2027-01-04", "L1")
	draft.Parts = []rota.Part{{Duty: draft.Duties[0].ID, Leader: "L4", Load: rota.Load{rota.Weekday: rota.Point}}}
	publishes(t, db, draft, "2026-12-02 09:00")
	refused(t, db.RemoveLeader(t.Context(), "L1"), ErrInUse, "L1", "duty")
	refused(t, db.RemoveLeader(t.Context(), "L4"), ErrInUse, "L4", "fair share")
}

func TestRevisionRisesWithWhatRotasAreBuiltFrom(t *testing.T) {
	db := staffed(t)
	feed := get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L1", "phone", at("2027-01-01 09:00")), make([]byte, 32)))
	absence := rota.Absence{ID: 1, Leader: "L1", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")}
	wish := rota.Wish{ID: 1, Leader: "L1", Kind: rota.Avoid, Weight: 1}
	for _, step := range []struct {
		name  string
		do    func() error
		rises bool
	}{
		{"practices", func() error { return db.PutPractices(t.Context(), []rota.Practice{{Code: "Y2"}}) }, true},
		{"practice removed", func() error { return db.RemovePractice(t.Context(), "Y2") }, true},
		{"leaders", func() error {
			return db.PutLeaders(t.Context(), []rota.Leader{{ID: "L5", Name: "x", Share: 1}})
		}, true},
		{"leader removed", func() error { return db.RemoveLeader(t.Context(), "L5") }, true},
		{"absences added", func() error { _, err := db.AddAbsences(t.Context(), []rota.Absence{absence}); return err }, true},
		{"absence edited", func() error { return db.PutAbsence(t.Context(), absence) }, true},
		{"absence removed", func() error { return db.RemoveAbsence(t.Context(), 1) }, true},
		{"wishes added", func() error { _, err := db.AddWishes(t.Context(), []rota.Wish{wish}); return err }, true},
		{"wish edited", func() error { return db.PutWish(t.Context(), wish) }, true},
		{"wish removed", func() error { return db.RemoveWish(t.Context(), 1) }, true},
		{"draft", func() error { save(t, db, nights("on-call", "2027-01-04", "L1")); return nil }, true},
		{"publication", func() error {
			_, _, err := db.Publish(t.Context(), byMo("2026-12-01 09:00"))
			return err
		}, true},
		{"feed fetched", func() error {
			return db.TouchFeeds(t.Context(), []rota.Fetch{{Feed: feed.ID, At: at("2027-01-01 09:00"), Client: ""}})
		}, false},
	} {
		before := get(db.Revision(t.Context()))
		ok(t, step.do())
		if rose := get(db.Revision(t.Context())) > before; rose != step.rises {
			t.Errorf("%s: revision rose: %v", step.name, rose)
		}
	}
}
