package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// held is a duty of one point in force, in London.
func held(t testing.TB, who, start, end string) rota.Published {
	t.Helper()
	london := zone(t, "Europe/London")
	d := rota.Duty{Rota: "on-call", Tier: "first", Start: civil(t, start), End: civil(t, end), Holder: rota.LeaderID(who)}
	d.ID = rota.NewDutyID(d.Rota, d.Tier, d.Start)
	d.Span = rota.Span{Start: d.Start.Instant(london), End: d.End.Instant(london)}
	d.Load[rota.Weekday] = rota.Point
	return rota.Published{Duty: d}
}

func atHome(rota.Published) rota.Place { return rota.AtHome }

func tallies(t testing.TB, month string, duties ...rota.Published) map[rota.LeaderID]rota.Tally {
	t.Helper()
	p, err := rota.ParseMonth(month)
	if err != nil {
		t.Fatal(err)
	}
	of := map[rota.LeaderID]rota.Tally{}
	for _, tally := range rota.TallyUp(p.Span(zone(t, "Europe/London")), duties, atHome, nil) {
		of[tally.Leader] = tally
	}
	return of
}

func TestTallyCountsTheHoursThatPass(t *testing.T) {
	for _, test := range []struct {
		name, month, start, end string
		hours                   float64
		duties                  int
	}{
		{"an ordinary night", "2027-01", "2027-01-04T18:30", "2027-01-05T08:00", 13.5, 1},
		{"the clocks go forward", "2027-03", "2027-03-27T18:30", "2027-03-28T08:00", 12.5, 1},
		{"the clocks go back, and the month ends", "2027-10", "2027-10-30T18:30", "2027-10-31T08:00", 14.5, 1},
		{"a day of 23 hours", "2027-03", "2027-03-28T00:00", "2027-03-28T24:00", 23, 1},
		{"a day of 25 hours", "2027-10", "2027-10-31T00:00", "2027-10-31T24:00", 25, 1},
		{"into the next year", "2027-12", "2027-12-31T18:30", "2028-01-01T08:00", 5.5, 1},
		{"out of the old year", "2028-01", "2027-12-31T18:30", "2028-01-01T08:00", 8, 0},
		{"into 29 February", "2028-02", "2028-02-28T18:30", "2028-02-29T08:00", 13.5, 1},
		{"out of 29 February", "2028-02", "2028-02-29T18:30", "2028-03-01T08:00", 5.5, 1},
		{"a week around the end of a month", "2027-02", "2027-01-29T08:00", "2027-02-05T08:00", 104, 0},
		{"ends where the month begins", "2027-02", "2027-01-31T08:00", "2027-01-31T24:00", 0, 0},
		{"begins where the month ends", "2027-01", "2027-02-01T00:00", "2027-02-01T08:00", 0, 0},
	} {
		got := tallies(t, test.month, held(t, "L1", test.start, test.end))["L1"]
		want := rota.Points(test.duties) * rota.Point
		if got.Time.Hours() != test.hours || got.Duties != test.duties || got.Points.Total() != want {
			t.Errorf("%s: %v, %d duties, %v points; want %v hours, %d duties", test.name, got.Time, got.Duties, got.Points.Total(), test.hours, test.duties)
		}
	}
}

// A year's months add up to the year, whatever lies across their ends.
func TestMonthsAddUpToTheYear(t *testing.T) {
	var duties []rota.Published
	for d := date(t, "2027-03-31"); d.Before(date(t, "2028-04-02")); d = d.AddDays(1) {
		night := held(t, "L1", d.At(18*60+30).String(), d.AddDays(1).At(8*60).String())
		if d.Day%3 == 0 {
			night.Holder = "L2"
		}
		duties = append(duties, night)
	}
	year, err := rota.ParseYear("2027/28")
	if err != nil {
		t.Fatal(err)
	}
	london := zone(t, "Europe/London")
	sums := map[rota.LeaderID]rota.Tally{}
	for _, month := range year.Months() {
		for _, tally := range rota.TallyUp(month.Span(london), duties, atHome, nil) {
			sum := sums[tally.Leader].Plus(tally)
			sum.Leader = tally.Leader
			sums[tally.Leader] = sum
		}
	}
	whole := rota.TallyUp(year.Span(london), duties, atHome, nil)
	for _, tally := range whole {
		if sums[tally.Leader] != tally {
			t.Errorf("months %+v\nyear   %+v", sums[tally.Leader], tally)
		}
	}
	// 366 nights of 13.5 hours begin in the year, one an hour short, one an hour long; the last runs 8 hours
	// beyond its end, and as many of the night before its first belong to it.
	if all := whole[0].Plus(whole[1]); all.Duties != 366 || all.Time != 366*13*time.Hour+366*30*time.Minute {
		t.Errorf("the year has %d duties and %v", all.Duties, all.Time)
	}
}

func TestTallyOfWhatWasHandedOver(t *testing.T) {
	london := zone(t, "Europe/London")
	night := held(t, "L1", "2027-01-31T18:30", "2027-02-01T08:00")
	left, part := night.Divide(civil(t, "2027-01-31T22:00"), civil(t, "2027-02-01T02:00"), london)
	part.Holder = "L2"
	pieces := []rota.Published{{Duty: left[1]}, {Duty: part}, {Duty: left[0]}} // in any order

	january, february := tallies(t, "2027-01", pieces...), tallies(t, "2027-02", pieces...)
	for _, test := range []struct {
		name   string
		got    rota.Tally
		hours  float64
		duties int
	}{
		{"L1 in January", january["L1"], 3.5, 1},
		{"L2 in January", january["L2"], 2, 1},
		{"L1 in February", february["L1"], 6, 0}, // the duty began in January
		{"L2 in February", february["L2"], 2, 0},
	} {
		if test.got.Time.Hours() != test.hours || test.got.Duties != test.duties {
			t.Errorf("%s: %v and %d duties, want %v hours and %d", test.name, test.got.Time, test.got.Duties, test.hours, test.duties)
		}
	}
	points := january["L1"].Points.Plus(january["L2"].Points).Plus(february["L1"].Points).Plus(february["L2"].Points)
	if points != night.Load {
		t.Errorf("the parts have %v points, the night %v", points.Total(), night.Points())
	}
}

func TestTallyTellsPlacesMeetingsAndNobody(t *testing.T) {
	london := zone(t, "Europe/London")
	p, err := rota.ParseMonth("2027-01")
	if err != nil {
		t.Fatal(err)
	}
	duties := []rota.Published{
		held(t, "L1", "2027-01-04T08:00", "2027-01-04T18:00"),
		held(t, "L1", "2027-01-05T18:00", "2027-01-06T08:00"),
		held(t, "", "2027-01-07T18:00", "2027-01-08T08:00"),
	}
	duties[0].Kind = "clinic"
	place := func(d rota.Published) rota.Place {
		if d.Kind == "clinic" {
			return rota.OnSite
		}
		return rota.AtHome
	}
	meetings := []rota.Occurrence{{Attending: []rota.LeaderID{"L1", "L2"}, Span: rota.Span{
		Start: civil(t, "2027-01-14T13:00").Instant(london), End: civil(t, "2027-01-14T14:30").Instant(london),
	}}}
	got := rota.TallyUp(p.Span(london), duties, place, meetings)
	if len(got) != 3 || got[0].Leader != "" || got[1].Leader != "L1" || got[2].Leader != "L2" {
		t.Fatalf("got %+v", got)
	}
	if got[0].Time != 14*time.Hour || got[0].Duties != 1 {
		t.Errorf("nobody: %+v", got[0])
	}
	if got[1].OnSite != 10*time.Hour || got[1].AtHome() != 14*time.Hour || got[1].Time != 24*time.Hour {
		t.Errorf("L1: %+v", got[1])
	}
	if got[2].Meetings != 1 || got[2].Met != 90*time.Minute || got[2].Duties != 0 || got[2].Time != 0 {
		t.Errorf("L2: %+v", got[2])
	}
}
