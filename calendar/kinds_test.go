package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/calendar/caltest"
	"pcnrota/rota"
)

// team is harbourside with a second rota's title, a gap, a leader away and one with nothing to do.
func team(t testing.TB) calendar.Content {
	c := harbourside(t)
	c.Policies = append(c.Policies, rota.Policy{Name: "estates", Title: "Estates, buildings & boilers", Tiers: []rota.Tier{{Name: "lead", Title: "Lead"}}})
	gap := c.Duties[5]
	gap.ID, gap.Tier, gap.Holder, gap.Sequence = "on-call.second.20270105T1830", "second", "", 2
	c.Duties = append(c.Duties, gap)
	c.Leaders = append(c.Leaders, rota.Leader{ID: "L04", Name: "Idle", Practice: "Y2"})
	c.Away = []rota.Away{
		{ID: 7, Leader: "L01", Start: civil(t, "2027-03-29T00:00"), End: civil(t, "2027-04-03T00:00"), Modified: modified.Add(time.Hour), Sequence: 1},
		{ID: 8, Leader: "L01", Start: civil(t, "2027-05-04T12:30"), End: civil(t, "2027-05-04T17:00"), Modified: modified},
		{ID: 9, Leader: "L02", Start: civil(t, "2027-05-04T00:00"), End: civil(t, "2027-05-05T00:00"), Modified: modified},
	}
	return c
}

func link(kind rota.FeedKind, change func(*rota.Feed)) rota.Feed {
	f := rota.Feed{Kind: kind, Name: "desk", Options: rota.DefaultFeedOptions(kind), Created: modified}
	if change != nil {
		change(&f)
	}
	return f
}

func rotaLink(f *rota.Feed)     { f.Rota = "on-call" }
func practiceLink(f *rota.Feed) { f.Practice = "Y1" }
func bodyLink(f *rota.Feed)     { f.Body = "ICS" }

func TestEveryKindOfFeed(t *testing.T) {
	tests := []struct {
		file string
		link rota.Feed
		name string
		want []string // titles
	}{
		{"rota.ics", link(rota.FeedOfRota, rotaLink), "Harbourside PCN: Leadership on call", []string{
			"First on call: Tom O'Brien, RGN", "Second on call: Dr Asha Patel",
			"First on call: Dr Zoë Łukasz", "GAP: Second on call, nobody yet",
			"First on call: Dr Asha Patel", "Second on call: Tom O'Brien, RGN", "Shadow: Dr Zoë Łukasz",
		}},
		{"practice.ics", link(rota.FeedOfPractice, practiceLink), "Harbourside PCN: Quay Surgery", []string{
			"First on call: Tom O'Brien, RGN (Leadership on call)", "Second on call: Dr Asha Patel (Leadership on call)",
			"PCN board (3 leaders)", "LMC liaison (Tom O'Brien, RGN)", "Lead: Dr Asha Patel (Estates, buildings & boilers)",
			"First on call: Dr Asha Patel (Leadership on call)", "Second on call: Tom O'Brien, RGN (Leadership on call)",
			"ICS: Board (public) (Dr Asha Patel)",
		}},
		{"body.ics", link(rota.FeedOfBody, bodyLink), "Harbourside PCN: meetings of Humber and North Yorkshire ICB", []string{"ICS: Board (public) (Dr Asha Patel)"}},
		{"pcn.ics", link(rota.FeedOfPCN, nil), "Harbourside PCN: duties and meetings", []string{
			"First on call: Tom O'Brien, RGN (Leadership on call)", "Second on call: Dr Asha Patel (Leadership on call)",
			"First on call: Dr Zoë Łukasz (Leadership on call)", "GAP: Second on call, nobody yet (Leadership on call)",
			"PCN board (3 leaders)", "LMC liaison (Tom O'Brien, RGN)", "Lead: Dr Asha Patel (Estates, buildings & boilers)",
			"First on call: Dr Asha Patel (Leadership on call)", "Second on call: Tom O'Brien, RGN (Leadership on call)", "Shadow: Dr Zoë Łukasz (Leadership on call)",
			"ICS: Board (public) (Dr Asha Patel)",
		}},
		{"busy.ics", link(rota.FeedOfLeader, func(f *rota.Feed) {
			f.Leader, f.Options.BusyOnly, f.Options.Absences = "L01", true, true
		}), "Busy (desk)", []string{"Busy", "Busy", "Busy", "Busy", "Busy", "Busy", "Busy"}},
		{"absences.ics", link(rota.FeedOfLeader, func(f *rota.Feed) {
			f.Leader, f.Options.Absences, f.Options.Alarms = "L01", true, []int{30, 1440}
			f.Options.Categories = []rota.Category{rota.Festive}
		}), "Harbourside PCN rota (Dr Asha Patel)", []string{"Lead: Estates, buildings & boilers", "Away", "Away"}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			read := golden(t, test.file, encode(t, calendar.FeedOf(test.link, team(t))))
			if read.Name != test.name {
				t.Errorf("it is called %q, want %q", read.Name, test.name)
			}
			if got := titles(read); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func titles(c caltest.Calendar) (all []string) {
	for _, e := range c.Events {
		all = append(all, e.Summary)
	}
	return all
}

func TestOptionsLetThroughWhatTheySay(t *testing.T) {
	asha := func(change func(*rota.FeedOptions)) rota.Feed {
		f := rota.NewLeaderFeed("L01", "phone", modified)
		change(&f.Options)
		return f
	}
	second, week, weekend, board, meeting := "Second on call: Leadership on call", "Lead: Estates, buildings & boilers", "First on call: Leadership on call", "PCN board", "ICS: Board (public)"
	tests := []struct {
		name string
		link rota.Feed
		want []string
	}{
		{"all", asha(func(*rota.FeedOptions) {}), []string{second, board, week, weekend, meeting}},
		{"weekends", asha(func(o *rota.FeedOptions) { o.Categories = []rota.Category{rota.Weekend} }), []string{weekend}},
		{"weekdays, also of a weekend", asha(func(o *rota.FeedOptions) { o.Categories = []rota.Category{rota.Weekday} }), []string{second, weekend}},
		{"meetings", asha(func(o *rota.FeedOptions) { o.Categories = []rota.Category{rota.Meeting} }), []string{board, meeting}},
		{"festive days and meetings", asha(func(o *rota.FeedOptions) { o.Categories = []rota.Category{rota.Festive, rota.Meeting} }), []string{board, week, meeting}},
		{"first on call", asha(func(o *rota.FeedOptions) { o.Tiers = []rota.TierName{"first"} }), []string{board, weekend, meeting}},
		{"first on call at weekends", asha(func(o *rota.FeedOptions) {
			o.Tiers, o.Categories = []rota.TierName{"first", "second"}, []rota.Category{rota.Weekend}
		}), []string{weekend}},
		{"nobody", rota.NewLeaderFeed("L99", "phone", modified), nil},
		{"nobody's practice", link(rota.FeedOfPractice, func(f *rota.Feed) { f.Practice = "Y9" }), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := titles(caltest.Check(t, encode(t, calendar.FeedOf(test.link, team(t))))); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTimeIsShownAsTheLinkSays(t *testing.T) {
	for as, want := range map[rota.ShowAs]string{
		rota.ShowAsUsual: "FREE BUSY FREE FREE OOF BUSY OOF", // duties are free, meetings busy, absences out of office
		rota.ShowAsBusy:  "BUSY BUSY BUSY BUSY OOF BUSY OOF",
		rota.ShowAsFree:  "FREE FREE FREE FREE FREE FREE FREE",
	} {
		f := rota.NewLeaderFeed("L01", "phone", modified)
		f.Options.ShowAs, f.Options.Absences = as, true
		var got []string
		for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(f, team(t)))).Events {
			got = append(got, e.BusyStatus)
			if e.Busy == (e.BusyStatus == "FREE") {
				t.Errorf("%s is opaque: %v, and %s", e.Summary, e.Busy, e.BusyStatus)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %s, want %s", as, strings.Join(got, " "), want)
		}
	}
}

func TestAlarmsAreThereWhenTheLinkAsks(t *testing.T) {
	f := rota.NewLeaderFeed("L01", "phone", modified)
	for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(f, team(t)))).Events {
		if len(e.Alarms) > 0 {
			t.Errorf("%s has alarms that nobody asked for: %v", e.Summary, e.Alarms)
		}
	}
	f.Options.Alarms, f.Options.Absences = []int{30, 1440}, true
	for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(f, team(t)))).Events {
		want := []string{"-PT30M", "-PT1440M"}
		if e.Summary == "Away" {
			want = nil // nobody needs to be told that they are away, and least of all at midnight
		}
		if !slices.Equal(e.Alarms, want) {
			t.Errorf("%s has the alarms %v, want %v", e.Summary, e.Alarms, want)
		}
	}
}

func TestNumbersAndPlacesOnlyWhereTheLinkAllowsThem(t *testing.T) {
	for _, f := range []rota.Feed{
		link(rota.FeedOfRota, rotaLink), link(rota.FeedOfPractice, practiceLink), link(rota.FeedOfPCN, nil),
		link(rota.FeedOfLeader, func(f *rota.Feed) { f.Leader, f.Options.Phones = "L01", false }),
	} {
		ics := string(encode(t, calendar.FeedOf(f, team(t))))
		if strings.Contains(ics, "07700") || strings.Contains(ics, "Committee Room") && f.Kind != rota.FeedOfLeader {
			t.Errorf("the feed of a %s has numbers or places:\n%s", f.Kind, ics)
		}
		f.Options.Phones = true
		if ics = string(encode(t, calendar.FeedOf(f, team(t)))); !strings.Contains(ics, "07700 900102") {
			t.Errorf("the feed of a %s has no number of Tom:\n%s", f.Kind, ics)
		}
	}
}

// A calendar that has both feeds knows the two for one duty, and a duty that changes hands stays the same.
func TestADutyIsTheSameInEveryFeedAndForLife(t *testing.T) {
	c := team(t)
	uids := func(f rota.Feed) map[string]bool {
		found := map[string]bool{}
		for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(f, c))).Events {
			found[e.UID] = true
		}
		return found
	}
	all := uids(link(rota.FeedOfPCN, nil))
	for _, f := range []rota.Feed{
		rota.NewLeaderFeed("L01", "phone", modified), rota.NewLeaderFeed("L03", "phone", modified),
		link(rota.FeedOfRota, rotaLink), link(rota.FeedOfPractice, practiceLink), link(rota.FeedOfBody, bodyLink),
	} {
		for uid := range uids(f) {
			if !all[uid] {
				t.Errorf("%s of the feed of a %s is another in the feed of the PCN", uid, f.Kind)
			}
		}
	}
	d := &c.Duties[1]
	was := calendar.UID(string(d.ID), c.PCNID)
	d.Holder, d.Sequence, d.Start, d.Modified = "L01", 4, civil(t, "2027-03-26T20:00"), modified.Add(time.Hour)
	d.Span.Start = d.Start.Instant(c.Zone)
	found := false
	for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(rota.NewLeaderFeed("L01", "phone", modified), c))).Events {
		if e.UID == was {
			found = e.Sequence == 4 && e.Start.Equal(d.Span.Start) && e.Stamp.Equal(d.Modified) && e.Modified.Equal(d.Modified)
		}
	}
	if !found {
		t.Error("the duty that moved and changed hands is not the one it was, or not with its new sequence and stamps")
	}
}

func TestBusyTimeTellsNothingElse(t *testing.T) {
	for _, f := range []rota.Feed{
		link(rota.FeedOfLeader, func(f *rota.Feed) { f.Leader, f.Options.Absences, f.Options.Alarms = "L01", true, []int{30} }),
		link(rota.FeedOfRota, rotaLink), link(rota.FeedOfPractice, practiceLink), link(rota.FeedOfBody, bodyLink), link(rota.FeedOfPCN, nil),
	} {
		open := caltest.Check(t, encode(t, calendar.FeedOf(f, team(t))))
		f.Options.BusyOnly, f.Options.Phones = true, true
		ics := encode(t, calendar.FeedOf(f, team(t)))
		read := caltest.Check(t, ics)
		if len(read.Events) != len(open.Events) {
			t.Fatalf("%d times are taken, want %d", len(read.Events), len(open.Events))
		}
		for _, secret := range []string{"Asha", "L01", "Patel", "on call", "on-call", "on_call", "estates", "board", "Room", "07700", "example.org", "Away", "CATEGORIES", "OOF"} {
			if strings.Contains(strings.ToLower(string(ics)), strings.ToLower(secret)) {
				t.Errorf("%q is in the busy time of a %s:\n%s", secret, f.Kind, ics)
			}
		}
		for i, e := range read.Events {
			if e.Summary != "Busy" || !e.Busy || !e.Start.Equal(open.Events[i].Start) && !slices.ContainsFunc(open.Events, func(o caltest.Event) bool { return o.Start.Equal(e.Start) && o.End.Equal(e.End) }) {
				t.Errorf("got %+v", e)
			}
		}
	}
}

func TestWhoeverSeesABusyTimeSeesNoChangeThatIsNotOfIt(t *testing.T) {
	f := link(rota.FeedOfLeader, func(f *rota.Feed) { f.Leader, f.Options.BusyOnly = "L01", true })
	before := encode(t, calendar.FeedOf(f, team(t)))
	c := team(t)
	c.Duties[1].Holder, c.Duties[1].Modified = "L03", modified.Add(time.Hour) // second on call beside her
	c.Meetings[0].Series.Place, c.Leaders[1].Phone = "Elsewhere", "07700 900999"
	if after := encode(t, calendar.FeedOf(f, c)); string(after) != string(before) {
		t.Errorf("the bytes changed:\n%s", after)
	}
}

// Days are days: an absence over the clock change does not become one of 23 hours, and ends before the day after.
func TestWholeDaysAreWrittenAsDaysWithTheEndExcluded(t *testing.T) {
	f := rota.NewLeaderFeed("L01", "phone", modified)
	f.Options.Absences = true
	c := team(t)
	c.Away = append(c.Away,
		rota.Away{ID: 10, Leader: "L01", Start: civil(t, "2027-03-28T00:00"), End: civil(t, "2027-03-29T00:00"), Modified: modified},
		rota.Away{ID: 11, Leader: "L01", Start: civil(t, "2026-10-24T00:00"), End: civil(t, "2026-10-26T00:00"), Modified: modified},
		rota.Away{ID: 12, Leader: "L01", Start: civil(t, "2026-12-31T00:00"), End: civil(t, "2027-01-02T00:00"), Modified: modified},
	)
	ics := string(encode(t, calendar.FeedOf(f, c)))
	caltest.Check(t, []byte(ics))
	for _, want := range []string{
		"DTEND;VALUE=DATE:20270403\r\nDTSTAMP:20260901T103000Z\r\nDTSTART;VALUE=DATE:20270329\r\n",
		"DTEND;VALUE=DATE:20270329\r\nDTSTAMP:20260901T093000Z\r\nDTSTART;VALUE=DATE:20270328\r\n",
		"DTEND;VALUE=DATE:20261026\r\nDTSTAMP:20260901T093000Z\r\nDTSTART;VALUE=DATE:20261024\r\n",
		"DTEND;VALUE=DATE:20270102\r\nDTSTAMP:20260901T093000Z\r\nDTSTART;VALUE=DATE:20261231\r\n",
		"DTEND;TZID=Europe/London:20270504T170000\r\n",
	} {
		if !strings.Contains(ics, want) {
			t.Errorf("%q is missing in\n%s", want, ics)
		}
	}
}

// A deputy keeps the time in mind, and can see who would have to fall out.
func TestADeputySeesTheMeetingAsFreeTime(t *testing.T) {
	c := team(t)
	c.Meetings[0].Deputy, c.Meetings[0].Series.Link = "L03", "https://meet.example.org/secret"
	events := func(f rota.Feed) map[string]caltest.Event {
		all := map[string]caltest.Event{}
		for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(f, c))).Events {
			all[e.UID] = e
		}
		return all
	}
	uid := calendar.UID(string(c.Meetings[0].ID), c.PCNID)
	e, ok := events(rota.NewLeaderFeed("L03", "phone", modified))[uid]
	if !ok || e.Busy || e.Summary != "Deputy: ICS: Board (public)" || !strings.Contains(e.Description, "You stand by, and go where Dr Asha Patel cannot.") {
		t.Errorf("the deputy sees %+v", e)
	}
	e = events(rota.NewLeaderFeed("L01", "phone", modified))[uid]
	if !e.Busy || !strings.Contains(e.Description, "Standing by: Dr Zoë Łukasz.") || !strings.Contains(e.Description, "Join: https://meet.example.org/secret") {
		t.Errorf("the representative sees %+v", e)
	}
	if e = events(link(rota.FeedOfPCN, nil))[uid]; strings.Contains(e.Description, "secret") {
		t.Errorf("a feed of many has the link to join: %+v", e)
	}
}
