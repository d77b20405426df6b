package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/calendar/caltest"
	"pcnrota/rota"
)

// harbourside is a small PCN: Asha Patel holds a weekend first on call, a night second on call and a
// week on a rota that the configuration no longer knows, and goes to two meetings.
func harbourside(t testing.TB) calendar.Content {
	zone := london(t)
	duty := func(name rota.RotaName, tier rota.TierName, start, end string, holder rota.LeaderID, load rota.Load) rota.Published {
		from, to := civil(t, start), civil(t, end)
		id := rota.DutyID(string(name) + "." + string(tier) + "." + strings.NewReplacer("-", "", ":", "").Replace(start))
		return rota.Published{
			Duty: rota.Duty{
				ID: id, Rota: name, Tier: tier, Start: from, End: to,
				Span: rota.Span{Start: from.Instant(zone), End: to.Instant(zone)}, Load: load, Holder: holder,
			},
			Modified: modified,
		}
	}
	weekday, weekend := rota.Load{rota.Weekday: rota.Point}, rota.Load{rota.Weekday: rota.Point, rota.Weekend: 4 * rota.Point}
	c := calendar.Content{
		Zone: zone, PCN: "Harbourside PCN", PCNID: "k7x2", Page: "https://rota.example.org/now",
		Policies: []rota.Policy{{
			Name: "on-call", Title: "Leadership on call",
			Tiers: []rota.Tier{{Name: "first", Title: "First on call"}, {Name: "second", Title: "Second on call"}, {Name: "shadow", Title: "Shadow", Shadow: true}},
		}},
		Leaders: []rota.Leader{
			{ID: "L01", Name: "Dr Asha Patel", Phone: "07700 900101", Practice: "Y1"},
			{ID: "L02", Name: "Tom O'Brien, RGN", Phone: "07700 900102", Practice: "Y1"},
			{ID: "L03", Name: "Dr Zoë Łukasz", Practice: "Y2"},
		},
		Duties: []rota.Published{
			duty("on-call", "shadow", "2027-03-26T18:30", "2027-03-29T08:00", "L03", weekend),
			duty("on-call", "second", "2027-03-26T18:30", "2027-03-29T08:00", "L02", weekend),
			duty("on-call", "first", "2027-03-26T18:30", "2027-03-29T08:00", "L01", weekend),
			duty("on-call", "first", "2027-01-04T18:30", "2027-01-05T08:00", "L02", weekday),
			duty("on-call", "second", "2027-01-04T18:30", "2027-01-05T08:00", "L01", weekday),
			duty("on-call", "first", "2027-01-05T18:30", "2027-01-06T08:00", "L03", weekday),
			duty("estates", "lead", "2027-02-01T00:00", "2027-02-08T00:00", "L01", rota.Load{rota.Festive: 3 * rota.Point / 2}),
		},
		Practices: []rota.Practice{{Code: "Y1", Name: "Quay Surgery"}, {Code: "Y2", Name: "Hilltop, Surgery & Co"}},
		Bodies:    []rota.Body{{ID: "ICS", Name: "Humber and North Yorkshire ICB"}, {ID: "PCN", Name: "Harbourside PCN"}},
	}
	meeting := func(id rota.SeriesID, title, place string, body rota.BodyID, start string, papers int, attending ...rota.LeaderID) rota.Occurrence {
		at := civil(t, start)
		s := rota.Series{ID: id, Title: title, Body: body, First: at.Date, At: at.Time, Minutes: 150, Place: place, PapersTo: rota.WorkingDays(papers)}
		found, err := calendar.Occurrences(s, at.Date, at.Date.AddDays(1), zone, rota.Holidays{})
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		found[0].Attending, found[0].Modified = attending, modified
		return found[0]
	}
	c.Meetings = []rota.Occurrence{
		meeting(1, "Board (public)", "Civic Centre, Committee Room 2", "ICS", "2027-04-06T10:00", 6, "L01"),
		meeting(2, "PCN board", "Online", "PCN", "2027-01-07T12:30", 0, "L01", "L02", "L03"),
		meeting(3, "LMC liaison", "", "LMC", "2027-01-12T19:30", 0, "L02"),
	}
	return c
}

// ashas is the calendar of Asha Patel, with the usual options.
func ashas(c calendar.Content) calendar.Feed {
	return calendar.FeedOf(rota.NewLeaderFeed("L01", "phone", modified), c)
}

func TestALeadersCalendar(t *testing.T) {
	read := golden(t, "leader.ics", encode(t, ashas(harbourside(t))))
	type shown struct{ summary, description, place string }
	want := []shown{
		{"Second on call: Leadership on call", "You are on call until Tuesday 5 January 2027, 08:00.\n\nFirst on call: Tom O'Brien, RGN, 07700 900102\n\n" +
			"Counts 1 point (weekday).\nWho is on call now: https://rota.example.org/now", ""},
		{"PCN board", "Meeting of Harbourside PCN.\nAlso going: Tom O'Brien, RGN and Dr Zoë Łukasz.", "Online"},
		{"lead: estates", "You are on call until midnight at the end of Sunday 7 February 2027.\n\nCounts 1.5 points (festive).\nWho is on call now: https://rota.example.org/now", ""},
		{"First on call: Leadership on call", "You are on call until Monday 29 March 2027, 08:00.\nThe clocks go forward during it, so it is an hour shorter than the times say.\n\n" +
			"Second on call: Tom O'Brien, RGN, 07700 900102\nShadow: Dr Zoë Łukasz\n\nCounts 5 points: 1 weekday and 4 weekend.\nWho is on call now: https://rota.example.org/now", ""},
		{"ICS: Board (public)", "Meeting of Humber and North Yorkshire ICB.\nPapers are due by Thursday 25 March 2027 (6 working days before).\n" +
			"Nobody else goes from the PCN: you represent it.", "Civic Centre, Committee Room 2"},
	}
	if len(read.Events) != len(want) {
		t.Fatalf("%d events, want %d", len(read.Events), len(want))
	}
	for i, e := range read.Events {
		if got := (shown{e.Summary, e.Description, e.Location}); got != want[i] {
			t.Errorf("event %d\n got %q\nwant %q", i, got, want[i])
		}
		if meeting := strings.HasPrefix(e.UID, "m"); e.Busy != meeting {
			t.Errorf("%s is busy: %v", e.Summary, e.Busy)
		}
	}
	if uid := read.Events[0].UID; uid != "on-call.second.20270104T1830@k7x2.pcnrota" {
		t.Errorf("UID is %s", uid)
	}
}

func TestAnEventIsAsNewAsTheNewestThingItShows(t *testing.T) {
	c := harbourside(t)
	later := modified.Add(48 * time.Hour)
	c.Duties[1].Modified, c.Duties[1].Sequence, c.Duties[1].Holder = later, 4, "L03"
	c.Duties[3].Sequence = 7
	for _, e := range caltest.Check(t, encode(t, ashas(c))).Events {
		want := modified
		if strings.HasPrefix(e.UID, "on-call.first.20270326") {
			want = later
		}
		if !e.Stamp.Equal(want) || e.Sequence != 0 {
			t.Errorf("%s has the stamp %s and the sequence %d, want %s and 0", e.UID, e.Stamp, e.Sequence, want)
		}
	}
}

func TestBytesChangeOnlyWithWhatTheLeaderSees(t *testing.T) {
	before := encode(t, ashas(harbourside(t)))
	c := harbourside(t)
	c.Duties[5].Holder, c.Duties[5].Modified, c.Meetings[2].Modified = "L02", modified.Add(time.Hour), modified.Add(time.Hour)
	if after := encode(t, ashas(c)); !bytes.Equal(before, after) {
		t.Errorf("a change between two others changed the bytes:\n%s", after)
	}
	c.Leaders[1].Phone = "07700 900999"
	if after := encode(t, ashas(c)); !bytes.Contains(after, []byte("900999")) {
		t.Errorf("the new number of a colleague is not shown")
	}
}

func TestCoverForPartOfADutyIsShownWithItsTimes(t *testing.T) {
	c := harbourside(t)
	split := c.Duties[1]
	split.ID, split.Holder, split.Start = "on-call.second.20270328T0800", "L03", civil(t, "2027-03-28T08:00")
	split.Span.Start = split.Start.Instant(c.Zone)
	c.Duties[1].End = split.Start
	c.Duties[1].Span.End = split.Span.Start
	c.Duties = append(c.Duties, split)
	read := caltest.Check(t, encode(t, ashas(c)))
	want := "Second on call: Tom O'Brien, RGN, 07700 900102, until Sunday 28 March 2027, 08:00\nSecond on call: Dr Zoë Łukasz, from Sunday 28 March 2027, 08:00\nShadow:"
	if got := read.Events[3].Description; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

func TestAPageAddressThatCalendarsCannotCarryDoesNotSpoilTheFeed(t *testing.T) {
	c := harbourside(t)
	c.Page = "https://rota.ärzte.example/now"
	e := caltest.Check(t, encode(t, ashas(c))).Events[0]
	if e.URL != "" || !strings.Contains(e.Description, c.Page) {
		t.Errorf("got %+v", e)
	}
}

func TestAMeetingOfManyNamesTheFirstTen(t *testing.T) {
	c := harbourside(t)
	for _, id := range strings.Fields("A B C D E F G H I J K L") {
		c.Meetings[1].Attending = append(c.Meetings[1].Attending, rota.LeaderID(id))
	}
	read := caltest.Check(t, encode(t, ashas(c)))
	if got, want := read.Events[1].Description, "D, E, F, G, H and 4 others."; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q at its end", got, want)
	}
}

func TestOwnHolidaysBringPapersForward(t *testing.T) {
	c := harbourside(t)
	c.Holidays = rota.NewHolidays(map[rota.Date]string{civil(t, "2027-03-25T00:00").Date: "Staff day"})
	read := caltest.Check(t, encode(t, ashas(c)))
	if got := read.Events[4].Description; !strings.Contains(got, "Wednesday 24 March 2027") {
		t.Errorf("got %q", got)
	}
}
