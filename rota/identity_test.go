package rota_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// on is a meeting of series s planned for a day, at 10:00.
func on(t *testing.T, s rota.SeriesID, day string) rota.Occurrence {
	t.Helper()
	d := date(t, day)
	start, end, span := rota.MeetingTimes(d.At(10*60), 60, time.UTC)
	return rota.Occurrence{
		ID: rota.NewOccurrenceID(s, d), Series: rota.Series{ID: s, Title: "Board", Minutes: 60}, Planned: d, Start: start, End: end, Span: span,
	}
}

func several(t *testing.T, s rota.SeriesID, days string) []rota.Occurrence {
	var out []rota.Occurrence
	for _, day := range strings.Fields(days) {
		out = append(out, on(t, s, day))
	}
	return out
}

// told is "m1.20270121 at 2027-01-25", a meeting each.
func told(meetings []rota.Occurrence) string {
	var out []string
	for _, m := range meetings {
		out = append(out, string(m.ID)+" at "+m.Start.Date.String())
	}
	return strings.Join(out, ", ")
}

func TestMeetingsKeepTheirIdentity(t *testing.T) {
	series := []rota.Series{{ID: 1}, {ID: 2, Follows: 1}, {ID: 3}}
	for _, tt := range []struct {
		name                      string
		planned, known, cancelled []rota.Occurrence
		want                      string
	}{
		{"a new meeting is named for its day", several(t, 1, "2027-01-21"), nil, nil, "m1.20270121 at 2027-01-21"},
		{
			"a third Thursday that becomes a last Monday is paired by month", several(t, 1, "2027-01-25 2027-02-22 2027-03-29"),
			several(t, 1, "2027-01-21 2027-02-18 2027-03-18"), nil,
			"m1.20270121 at 2027-01-25, m1.20270218 at 2027-02-22, m1.20270318 at 2027-03-29",
		},
		{
			"a first Monday that becomes a last Friday is not taken for the month before", several(t, 1, "2027-01-29 2027-02-26"),
			several(t, 1, "2027-02-01"), nil, "m1.20270129 at 2027-01-29, m1.20270201 at 2027-02-26",
		},
		{
			"Wednesdays that become Tuesdays are paired by week", several(t, 1, "2027-02-02 2027-02-09 2027-02-16 2027-02-23"),
			several(t, 1, "2027-02-03 2027-02-10 2027-02-17 2027-02-24"), nil,
			"m1.20270203 at 2027-02-02, m1.20270210 at 2027-02-09, m1.20270217 at 2027-02-16, m1.20270224 at 2027-02-23",
		},
		{
			"a series that goes on with another has its meetings", several(t, 2, "2027-03-22"), several(t, 1, "2027-03-18"), nil, "m1.20270318 at 2027-03-22",
		},
		{"another series has not", several(t, 3, "2027-03-18"), several(t, 1, "2027-03-18"), nil, "m3.20270318 at 2027-03-18"},
		{"what has been is not planned again", several(t, 1, "2027-01-04 2027-01-05"), several(t, 1, "2027-01-04"), nil, "m1.20270105 at 2027-01-05"},
		{"what has been lends its name to nobody", several(t, 1, "2027-01-07"), several(t, 1, "2027-01-04"), nil, "m1.20270107 at 2027-01-07"},
		{"what was called off and is planned again counts on", several(t, 1, "2027-01-21"), nil, several(t, 1, "2027-01-21"), "m1.20270121 at 2027-01-21"},
		{
			"a name is never used twice", several(t, 1, "2027-01-21 2027-01-28"),
			[]rota.Occurrence{moved(on(t, 1, "2027-01-21"), date(t, "2027-01-28"))},
			nil,
			"m1.20270121.2 at 2027-01-21, m1.20270121 at 2027-01-28",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := rota.Recognise(tt.planned, tt.known, tt.cancelled, series, date(t, "2027-01-04").At(10*60+30).Instant(time.UTC), time.UTC)
			if told(got) != tt.want {
				t.Errorf("got %s, want %s", told(got), tt.want)
			}
			again := rota.Recognise(tt.planned, slices.Concat(got, tt.known), nil, series, date(t, "2027-01-04").At(10*60+30).Instant(time.UTC), time.UTC)
			if told(again) != tt.want {
				t.Errorf("planned again: %s, want %s", told(again), tt.want)
			}
		})
	}
}

// moved is o after its series has put it on another day.
func moved(o rota.Occurrence, to rota.Date) rota.Occurrence {
	o.Planned = to
	o.Start, o.End, o.Span = rota.MeetingTimes(to.At(o.Start.Time), 60, time.UTC)
	return o
}

func TestWhatIsDecidedAboutOneMeetingStays(t *testing.T) {
	now := date(t, "2027-01-04").At(0).Instant(time.UTC)
	place, start, minutes := "Town Hall", date(t, "2027-02-03").At(14*60), 30
	was := on(t, 1, "2027-01-21")
	was.Own = rota.Own{Place: &place, Start: &start, Minutes: &minutes}
	was.Attending = []rota.LeaderID{"L1"}
	gone := on(t, 1, "2027-02-18")
	gone.Own = rota.Own{Cancelled: true}
	got := rota.Recognise(several(t, 1, "2027-01-25 2027-02-22"), []rota.Occurrence{was}, []rota.Occurrence{gone}, []rota.Series{{ID: 1}}, now, time.UTC)
	if len(got) != 1 {
		t.Fatalf("got %s", told(got))
	}
	m := got[0]
	if m.ID != was.ID || m.Series.Place != place || m.Start != start || m.Span.End.Sub(m.Span.Start) != 30*time.Minute || !slices.Equal(m.Attending, was.Attending) {
		t.Errorf("got %+v", m)
	}
	if m.Planned != date(t, "2027-01-25") {
		t.Errorf("planned for %s", m.Planned)
	}
}

func TestMeetingsGoOffBankHolidays(t *testing.T) {
	holidays := rota.NewHolidays(map[rota.Date]string{date(t, "2027-06-02"): "Fair day"})
	for _, tt := range []struct {
		shift     rota.Shift
		day, want string
	}{
		{rota.StaysPut, "2027-05-03", "2027-05-03"},
		{rota.DayAfter, "2027-05-03", "2027-05-04"},
		{rota.DayBefore, "2027-05-03", "2027-04-30"},
		{rota.WeekAfter, "2027-12-27", "2028-01-10"}, // 3 January 2028 is one too
		{rota.LeftOut, "2027-05-03", ""},
		{rota.DayAfter, "2027-03-26", "2027-03-30"}, // Good Friday to the Tuesday
		{rota.DayBefore, "2027-03-29", "2027-03-25"},
		{rota.DayAfter, "2027-06-02", "2027-06-03"},
		{rota.DayAfter, "2027-05-08", "2027-05-08"}, // a Saturday is no bank holiday
	} {
		got, takesPlace := tt.shift.Of(date(t, tt.day), holidays)
		if takesPlace != (tt.want != "") || takesPlace && got.String() != tt.want {
			t.Errorf("%q of %s: %s, %t, want %s", tt.shift, tt.day, got, takesPlace, tt.want)
		}
	}
}
