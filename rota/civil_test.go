package rota_test

import (
	"encoding/json"
	"testing"
	"time"

	"pcnrota/rota"
)

func date(t testing.TB, s string) rota.Date {
	t.Helper()
	d, err := rota.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func civil(t testing.TB, s string) rota.Civil {
	t.Helper()
	c, err := rota.ParseCivil(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParseDateRefusesWhatIsNoDay(t *testing.T) {
	for _, s := range []string{"", "2027-02-29", "2100-02-29", "2027-02-31", "2027-13-01", "2027-00-10", "2027-1-4", "04/01/2027", "2027-01-04 ", "2027-01-04T18:30"} {
		if d, err := rota.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", s, d)
		}
	}
	for _, s := range []string{"2028-02-29", "2000-02-29", "2027-12-31", "0001-01-01", "9999-12-31"} {
		if got := date(t, s).String(); got != s {
			t.Errorf("ParseDate(%q) = %s", s, got)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	tests := []struct {
		from string
		days int
		want string
	}{
		{"2028-02-28", 1, "2028-02-29"},
		{"2028-02-29", 1, "2028-03-01"},
		{"2028-02-29", 365, "2029-02-28"},
		{"2028-02-29", 366, "2029-03-01"},
		{"2028-02-29", 1461, "2032-02-29"},
		{"2027-12-31", 1, "2028-01-01"},
		{"2028-01-01", -1, "2027-12-31"},
		{"2100-02-28", 1, "2100-03-01"},
		{"2027-03-27", 2, "2027-03-29"}, // over the spring change of the clocks
		{"2027-10-30", 2, "2027-11-01"}, // and the autumn one
		{"2027-01-04", 0, "2027-01-04"},
	}
	for _, tt := range tests {
		from, want := date(t, tt.from), date(t, tt.want)
		if got := from.AddDays(tt.days); got != want {
			t.Errorf("%s and %d days is %s, want %s", from, tt.days, got, want)
		}
		if got := from.DaysUntil(want); got != tt.days {
			t.Errorf("from %s to %s are %d days, want %d", from, want, got, tt.days)
		}
	}
}

// TestDaysOfFortyYearsFollowEachOther walks from 2000 to 2040 and sees the calendar's own laws kept.
func TestDaysOfFortyYearsFollowEachOther(t *testing.T) {
	first := date(t, "2000-01-01")
	d := first
	for n := 0; d.Year < 2041; n++ {
		next := d.AddDays(1)
		if !d.Before(next) || !next.After(d) || d.DaysUntil(next) != 1 || next.AddDays(-1) != d || next.Weekday() != (d.Weekday()+1)%7 {
			t.Fatalf("%s does not follow %s", next, d)
		}
		if got := first.DaysUntil(d); got != n {
			t.Fatalf("%s is day %d, want %d", d, got, n)
		}
		if m := d.Monday(); m.Weekday() != time.Monday || m.DaysUntil(d) < 0 || m.DaysUntil(d) > 6 {
			t.Fatalf("the week of %s begins on %s", d, m)
		}
		if date(t, d.String()) != d {
			t.Fatalf("%s is not read back", d)
		}
		d = next
	}
}

func TestCivilValuesAreTextInJSON(t *testing.T) {
	type values struct {
		Day  rota.Date
		None rota.Date
		Time rota.TimeOfDay
		End  rota.TimeOfDay
		At   rota.Civil
	}
	v := values{Day: date(t, "2028-02-29"), Time: 18*60 + 30, End: 24 * 60, At: civil(t, "2027-01-04T24:00")}
	text, err := json.Marshal(v)
	const want = `{"Day":"2028-02-29","None":"","Time":"18:30","End":"24:00","At":"2027-01-04T24:00"}`
	if err != nil || string(text) != want {
		t.Errorf("got %s, %v, want %s", text, err, want)
	}
	var back values
	if err := json.Unmarshal(text, &back); err != nil || back != v {
		t.Errorf("read back as %+v, %v, want %+v", back, err, v)
	}
	for _, bad := range []string{`{"Day":"2027-02-29"}`, `{"Time":"25:00"}`, `{"At":"2027-01-04 18:30"}`, `{"At":"2027-01-04T1830"}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s is read, want an error", bad)
		}
	}
}

func TestParseTimeOfDay(t *testing.T) {
	for s, want := range map[string]rota.TimeOfDay{"00:00": 0, "08:05": 485, "23:59": 1439, "24:00": 1440} {
		if got, err := rota.ParseTimeOfDay(s); err != nil || got != want || got.String() != s {
			t.Errorf("ParseTimeOfDay(%q) = %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "8:05", "24:01", "12:60", "18.30", "6:30pm", "18:30:00"} {
		if got, err := rota.ParseTimeOfDay(s); err == nil {
			t.Errorf("ParseTimeOfDay(%q) = %s, want an error", s, got)
		}
	}
}

func TestCivilTimesAreInOrderOfTheWallCalendar(t *testing.T) {
	order := []string{"2026-12-31T23:59", "2027-01-01T00:00", "2027-01-01T00:01", "2027-01-01T24:00", "2027-01-02T00:00", "2028-02-29T08:00"}
	for i, a := range order {
		for j, b := range order {
			if got := civil(t, a).Before(civil(t, b)); got != (i < j) {
				t.Errorf("%s before %s is %t", a, b, got)
			}
		}
	}
}

// FuzzParseDate holds that what is read as a day is written as it was read.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2028-02-29", "2027-02-29", "0000-01-01", "9999-12-31", "2027-1-04", "+027-01-04"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := rota.ParseDate(s)
		if err != nil {
			return
		}
		if d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
		if d.AddDays(1).AddDays(-1) != d {
			t.Errorf("the day before the day after %s is %s", d, d.AddDays(1).AddDays(-1))
		}
	})
}

// FuzzParseCivil holds the same for a day and time.
func FuzzParseCivil(f *testing.F) {
	for _, s := range []string{"2027-01-04T18:30", "2027-01-04T24:00", "2027-01-04t18:30", "2027-01-04T18:3é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := rota.ParseCivil(s); err == nil && c.String() != s {
			t.Errorf("%q is read as %s", s, c)
		}
	})
}
