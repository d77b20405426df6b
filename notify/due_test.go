package notify_test

import (
	"slices"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

var usual = []rota.Rung{{Days: 7, At: 17 * 60}, {Days: 1, At: 17 * 60}}

func london(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func civil(t testing.TB, s string) rota.Civil {
	t.Helper()
	c, err := rota.ParseCivil(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func rules(t testing.TB, rungs ...rota.Rung) notify.Rules {
	return notify.Rules{Ladders: notify.Ladders{Duty: rungs, Meeting: rungs}, Zone: london(t), Domain: "pcn.example"}
}

// night is a duty of twelve hours of L01's that starts when a clock in London shows start.
func night(t testing.TB, start string) notify.Agenda {
	return notify.Agenda{Duties: []rota.Published{duty(t, "on-call.first.x", "L01", start)}}
}

func duty(t testing.TB, id rota.DutyID, holder rota.LeaderID, start string) rota.Published {
	at := civil(t, start)
	end := at.Date.AddDays(1).At(at.Time)
	return rota.Published{Duty: rota.Duty{
		ID: id, Rota: "on-call", Tier: "first", Kind: "night", Start: at, End: end, Holder: holder,
		Span: rota.Span{Start: at.Instant(london(t)), End: end.Instant(london(t))},
	}}
}

// brief is what a test looks at of a decision.
type brief struct {
	due    string
	state  notify.State
	reason string
}

func briefs(reminders []notify.Reminder) []brief {
	var out []brief
	for _, r := range reminders {
		out = append(out, brief{r.Due.Format("2006-01-02T15:04Z"), r.State, r.Reason})
	}
	return out
}

func TestDue(t *testing.T) {
	week, eve := "7 days before, 17:00", "1 day before, 17:00"
	morning := rota.Rung{Days: 0, At: 7 * 60}
	for _, test := range []struct {
		name, start, now string
		rungs            []rota.Rung
		want             []brief
	}{
		{
			"both rungs are ahead", "2027-01-18T18:30", "2027-01-01T00:00Z", usual,
			[]brief{{"2027-01-11T17:00Z", notify.Planned, week}, {"2027-01-17T17:00Z", notify.Planned, eve}},
		},
		{
			"a rung is due on the dot and not a moment before", "2027-01-18T18:30", "2027-01-17T17:00Z", usual,
			[]brief{{"2027-01-11T17:00Z", notify.Missed, week}, {"2027-01-17T17:00Z", notify.Planned, eve}},
		},
		{
			"of the rungs that have passed only the nearest is sent", "2027-01-18T18:30", "2027-01-18T09:00Z", usual,
			[]brief{{"2027-01-11T17:00Z", notify.Missed, week}, {"2027-01-17T17:00Z", notify.Planned, eve}},
		},
		{
			"inside the lead time the rung that has passed is sent late", "2027-01-18T18:30", "2027-01-14T12:00Z", usual,
			[]brief{{"2027-01-11T17:00Z", notify.Planned, week}, {"2027-01-17T17:00Z", notify.Planned, eve}},
		},
		{"nothing for a duty that begins now", "2027-01-18T18:30", "2027-01-18T18:30Z", usual, nil},
		{"nothing for a duty that has begun", "2027-01-18T18:30", "2027-01-19T07:00Z", usual, nil},
		{
			"the clocks go forward between rung and duty", "2027-03-28T18:30", "2027-03-01T00:00Z", usual,
			[]brief{{"2027-03-21T17:00Z", notify.Planned, week}, {"2027-03-27T17:00Z", notify.Planned, eve}},
		},
		{
			"the day after the clocks went forward 17:00 is an hour earlier in UTC", "2027-03-29T18:30", "2027-03-01T00:00Z", usual,
			[]brief{{"2027-03-22T17:00Z", notify.Planned, week}, {"2027-03-28T16:00Z", notify.Planned, eve}},
		},
		{
			"the clocks go back between rung and duty", "2027-11-01T18:30", "2027-10-01T00:00Z", usual,
			[]brief{{"2027-10-25T16:00Z", notify.Planned, week}, {"2027-10-31T17:00Z", notify.Planned, eve}},
		},
		{
			"a rung in the hour that is skipped comes when the hour is over", "2027-03-28T18:30", "2027-03-01T00:00Z",
			[]rota.Rung{{Days: 0, At: 90}},
			[]brief{{"2027-03-28T01:30Z", notify.Planned, "on the day, 01:30"}},
		},
		{
			"a rung in the hour that comes twice is due the first time", "2027-10-31T18:30", "2027-10-01T00:00Z",
			[]rota.Rung{{Days: 0, At: 90}},
			[]brief{{"2027-10-31T00:30Z", notify.Planned, "on the day, 01:30"}},
		},
		{
			"a week before 7 March of a leap year is 29 February", "2028-03-07T18:30", "2028-02-01T00:00Z", usual,
			[]brief{{"2028-02-29T17:00Z", notify.Planned, week}, {"2028-03-06T17:00Z", notify.Planned, eve}},
		},
		{
			"the eve of 1 March is 28 February in other years", "2027-03-01T18:30", "2027-02-25T00:00Z", usual,
			[]brief{{"2027-02-22T17:00Z", notify.Planned, week}, {"2027-02-28T17:00Z", notify.Planned, eve}},
		},
		{
			"a duty from midnight belongs to the day that begins", "2027-01-18T00:00", "2027-01-01T00:00Z", usual[1:],
			[]brief{{"2027-01-17T17:00Z", notify.Planned, eve}},
		},
		{
			"a rung at the start or after it is none", "2027-01-18T08:00", "2027-01-01T00:00Z",
			[]rota.Rung{{Days: 0, At: 17 * 60}, {Days: 0, At: 8 * 60}, morning},
			[]brief{{"2027-01-18T07:00Z", notify.Planned, "on the day, 07:00"}},
		},
		{
			"the order in which rungs are written does not matter, nor one written twice", "2027-01-18T18:30", "2027-01-18T09:00Z",
			[]rota.Rung{usual[1], morning, usual[0], morning},
			[]brief{
				{"2027-01-11T17:00Z", notify.Missed, week},
				{"2027-01-17T17:00Z", notify.Missed, eve},
				{"2027-01-18T07:00Z", notify.Planned, "on the day, 07:00"},
			},
		},
		{"an empty ladder reminds of nothing", "2027-01-18T18:30", "2027-01-01T00:00Z", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := notify.Due(night(t, test.start), rules(t, test.rungs...), instant(t, test.now))
			if !slices.Equal(briefs(got), test.want) {
				t.Errorf("got  %v\nwant %v", briefs(got), test.want)
			}
		})
	}
}

func TestDueTellsWhyAnEarlierRungIsMissed(t *testing.T) {
	got := notify.Due(night(t, "2027-01-18T18:30"), rules(t, usual...), instant(t, "2027-01-18T09:00Z"))
	if want := "its time had passed, and the next took its place: 1 day before, 17:00"; got[0].Detail != want {
		t.Errorf("got %q, want %q", got[0].Detail, want)
	}
}

func TestDueKeysSayWhatStartWhoAndRung(t *testing.T) {
	meeting := rota.Occurrence{
		ID: "m3.20270715", Start: civil(t, "2027-07-15T13:00"), Attending: []rota.LeaderID{"L02", "L07"},
	}
	meeting.Span.Start = meeting.Start.Instant(london(t))
	got := notify.Due(notify.Agenda{Meetings: []rota.Occurrence{meeting}}, rules(t, usual[1]), instant(t, "2027-07-01T00:00Z"))
	want := []notify.Key{"meeting/m3.20270715/20270715T120000Z/L02/1d17:00", "meeting/m3.20270715/20270715T120000Z/L07/1d17:00"}
	if len(got) != 2 || got[0].Key != want[0] || got[1].Key != want[1] {
		t.Fatalf("got %v, want keys %v", got, want)
	}
	if got[0].MessageID == got[1].MessageID {
		t.Errorf("two reminders have the same Message-ID %s", got[0].MessageID)
	}
	if got[0].Until != meeting.Span.Start.UTC() {
		t.Errorf("useful until %s, want the start %s", got[0].Until, meeting.Span.Start)
	}
}

func TestDueIsSilentAboutADutyNobodyHolds(t *testing.T) {
	agenda := notify.Agenda{Duties: []rota.Published{duty(t, "on-call.first.x", "", "2027-01-18T18:30")}}
	if got := notify.Due(agenda, rules(t, usual...), instant(t, "2027-01-01T00:00Z")); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// FuzzDue walks duties over the calendar: at whatever moment, each has at most one reminder to send at
// once, none at its start or later, and every one is at the rung's time on a clock in London.
func FuzzDue(f *testing.F) {
	f.Add(int16(86), uint16(1110), int32(86*24*60), uint8(1))
	f.Add(int16(303), uint16(90), int32(300*24*60), uint8(0))
	zone := london(f)
	f.Fuzz(func(t *testing.T, day int16, minute uint16, now int32, extra uint8) {
		start := rota.Date{Year: 2027, Month: 1, Day: 1}.AddDays(int(day)).At(rota.TimeOfDay(minute % 1440))
		d := rota.Published{Duty: rota.Duty{ID: "x", Holder: "L01", Start: start}}
		d.Span.Start = start.Instant(zone)
		at := time.Date(2027, 1, 1, 0, int(now), 0, 0, time.UTC)
		rungs := append(slices.Clone(usual), rota.Rung{Days: int(extra % 30), At: 9 * 60})
		atOnce := 0
		for _, r := range notify.Due(notify.Agenda{Duties: []rota.Published{d}}, rules(t, rungs...), at) {
			if !r.Due.Before(r.Start) || !at.Before(r.Until) {
				t.Errorf("due %s, useful until %s, for a duty that starts %s, at %s", r.Due, r.Until, r.Start, at)
			}
			if c := rota.CivilOf(r.Due, zone).Time; c != 17*60 && c != 9*60 {
				t.Errorf("due at %s on a clock in London", c)
			}
			if r.State == notify.Planned && !r.Due.After(at) {
				atOnce++
			}
		}
		if atOnce > 1 {
			t.Errorf("%d reminders of one duty go at once", atOnce)
		}
	})
}
