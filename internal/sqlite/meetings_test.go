package sqlite

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestBodiesRoundTrip(t *testing.T) {
	db := newDB(t)
	body := rota.Body{
		ID: "HWB", Name: awkward[2], Kind: rota.HealthAndWellbeing, Starts: day("2013-04-01"), Ends: day("2027-03-31"), Into: "ICS",
		Renamed: []rota.Renaming{{From: day("2020-01-01"), Was: awkward[0]}, {From: day("2026-01-01"), Was: awkward[3]}},
		Contact: rota.Contact{Name: awkward[1], Email: "clerk@example.gov.uk", Phone: "020 7946 0000"}, TellsContact: true,
		Ladder: []rota.Rung{{Days: 14, At: 9 * 60}}, PapersTo: rota.Lead{Days: 5, Clear: true}, PapersFrom: rota.WorkingDays(3),
	}
	ok(t, db.PutBodies(t.Context(), []rota.Body{body}))
	same(t, "body", get(db.Bodies(t.Context()))[0], body)
	body.Into, body.Ends, body.Renamed, body.Ladder = "", rota.Date{}, body.Renamed[:1], nil
	ok(t, db.PutBodies(t.Context(), []rota.Body{body}))
	same(t, "body after an edit", get(db.Bodies(t.Context()))[0], body)
	body.Into = "nowhere"
	refused(t, db.PutBodies(t.Context(), []rota.Body{body}), ErrUnknown, "partner body")
}

// What was decided about one meeting is kept, and a change that no calendar shows is none of the calendar's.
func TestOneMeetingIsDecidedAlone(t *testing.T) {
	db := staffed(t)
	s, o := meeting(t, db)
	s.Link, s.Papers, s.Agenda, s.Actions = "https://meet.example/1", "https://papers.example", awkward[1], awkward[0]
	s.Capacity, s.Quorum, s.OffHolidays, s.Until = rota.Presenting, 3, rota.DayAfter, day("2027-12-31")
	ok(t, db.PutSeries(t.Context(), s))
	same(t, "series", get(db.AllSeries(t.Context())), []rota.Series{s})
	o.Series = s
	get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-01 09:00")))
	place, start := "Elsewhere", day("2027-01-13").At(9*60)
	own := rota.Own{Place: &place, Start: &start, Cancelled: true}
	refused(t, db.DecideOccurrence(t.Context(), o.ID, own, o.Span.Start), ErrPast, string(o.ID))
	ok(t, db.DecideOccurrence(t.Context(), o.ID, own, at("2026-12-02 09:00")))
	o.Own, o.Modified = own, at("2026-12-01 09:00")
	same(t, "meetings", get(db.Occurrences(t.Context(), time.Time{}, time.Time{})), []rota.Occurrence{o})
	o.Planned = day("2027-01-14")
	if n := get(db.PutOccurrences(t.Context(), []rota.Occurrence{o}, at("2026-12-03 09:00"))); n != 0 {
		t.Errorf("%d meetings changed in what a calendar shows", n)
	}
	same(t, "meetings", get(db.Occurrences(t.Context(), time.Time{}, time.Time{})), []rota.Occurrence{o})
}

// Planning calls off what is no longer planned, but nothing that has begun or lies beyond what is planned.
func TestPlanningCallsOffTheRest(t *testing.T) {
	db := staffed(t)
	_, o := meeting(t, db)
	later := o
	later.ID, later.Span = "m1.20280111", rota.Span{Start: at("2028-01-11 19:30"), End: at("2028-01-11 21:30")}
	get(db.PlanOccurrences(t.Context(), []rota.Occurrence{o, later}, at("2026-12-01 09:00"), at("2029-01-01 00:00")))
	for _, step := range []struct {
		now, until string
		left       int
	}{{"2027-01-12 19:30", "2028-01-11 19:30", 2}, {"2026-12-01 09:00", "2028-01-11 19:30", 1}, {"2026-12-01 09:00", "2028-01-12 00:00", 0}} {
		get(db.PlanOccurrences(t.Context(), nil, at(step.now), at(step.until)))
		if n := len(get(db.Occurrences(t.Context(), time.Time{}, time.Time{}))); n != step.left {
			t.Errorf("at %s up to %s: %d meetings are left, want %d", step.now, step.until, n, step.left)
		}
	}
	if n := len(get(db.Cancelled(t.Context(), time.Time{}))); n != 2 {
		t.Errorf("%d meetings are called off", n)
	}
}
