package calendar

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func day(t testing.TB, s string) rota.Date {
	t.Helper()
	d, err := rota.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func meetingSeries(t testing.TB, first, rule string) rota.Series {
	return rota.Series{ID: 3, Title: "Board", Rule: rule, First: day(t, first), At: 10 * 60, Minutes: 90}
}

func startDays(occurrences []rota.Occurrence) string {
	var out []string
	for _, o := range occurrences {
		out = append(out, o.Start.Date.String())
	}
	return strings.Join(out, " ")
}

func TestRulesCountFromTheFirstDayTheyMatch(t *testing.T) {
	tests := []struct{ name, first, rule, from, until, want string }{
		{"third Thursday every 2 months", "2027-01-01", "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", "2027-01-01", "2027-08-01", "2027-01-21 2027-03-18 2027-05-20 2027-07-15"},
		{"third Thursday from after this month's", "2027-01-25", "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", "2027-01-01", "2027-07-01", "2027-02-18 2027-04-15 2027-06-17"},
		{"alternate Wednesdays from a Friday", "2027-01-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2027-01-01", "2027-02-10", "2027-01-06 2027-01-20 2027-02-03"},
		{"a later window keeps the count", "2027-01-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2027-01-25", "2027-02-20", "2027-02-03 2027-02-17"},
		{"the end of the window is left out", "2027-01-06", "FREQ=WEEKLY;BYDAY=WE", "2027-01-06", "2027-01-13", "2027-01-06"},
		{"last Monday every 3 months", "2027-01-01", "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO", "2027-01-01", "2027-08-01", "2027-01-25 2027-04-26 2027-07-26"},
		{"not in April, August and December", "2027-01-01", "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,5,6,7,9,10,11", "2027-03-01", "2027-07-01", "2027-03-09 2027-05-11 2027-06-08"},
		{"single meeting", "2027-03-02", "", "2027-01-01", "2028-01-01", "2027-03-02"},
		{"single meeting before the window", "2027-03-02", "", "2027-03-03", "2028-01-01", ""},
		{"single meeting on the day the window ends", "2027-03-02", "", "2027-01-01", "2027-03-02", ""},
		{"day of the month from the first day", "2027-01-31", "FREQ=MONTHLY", "2027-01-01", "2027-06-01", "2027-01-31 2027-03-31 2027-05-31"},
		{"count counts from the first meeting, not from the window", "2027-01-01", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2027-01-10", "2028-01-01", "2027-01-11 2027-01-18"},
		{"until includes its day", "2027-01-01", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270118", "2027-01-01", "2028-01-01", "2027-01-04 2027-01-11 2027-01-18"},
		{"until as an instant before the meeting", "2027-01-01", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270118T095959Z", "2027-01-01", "2028-01-01", "2027-01-04 2027-01-11"},
		{"last working day of the month", "2027-01-01", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2027-01-01", "2027-04-01", "2027-01-29 2027-02-26 2027-03-31"},
		{"empty window", "2027-01-01", "FREQ=DAILY", "2027-02-01", "2027-02-01", ""},
		{"as people type it", "2027-01-01", " rrule:freq=monthly; byday=1mo; ", "2027-01-01", "2027-03-01", "2027-01-04 2027-02-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Occurrences(meetingSeries(t, test.first, test.rule), day(t, test.from), day(t, test.until), zoneOf(t, "Europe/London"), rota.Holidays{})
			if err != nil || startDays(got) != test.want {
				t.Errorf("got %s (%v), want %s", startDays(got), err, test.want)
			}
		})
	}
}

func TestAMeetingKeepsItsTimeWhenTheClocksChange(t *testing.T) {
	zone := zoneOf(t, "Europe/London")
	got, err := Occurrences(meetingSeries(t, "2027-03-22", "FREQ=WEEKLY"), day(t, "2027-03-22"), day(t, "2027-04-04"), zone, rota.Holidays{})
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	for i, want := range []string{"2027-03-22T10:00:00Z", "2027-03-29T09:00:00Z"} {
		o := got[i]
		if o.Start.Time != 10*60 || o.End.Time != 11*60+30 || o.Span.Start.UTC().Format(time.RFC3339) != want {
			t.Errorf("%s to %s, at %s, want 10:00 to 11:30, at %s", o.Start, o.End, o.Span.Start.UTC(), want)
		}
	}
	if got[1].ID != "m3.20270329" || got[1].Series.Title != "Board" || got[1].Attending != nil {
		t.Errorf("got %+v", got[1])
	}
}

// Every start and length on the two nights on which the clocks change gives a meeting that can be
// written down in civil time: it ends after it starts, and the two forms agree.
func TestMeetingsOnTheNightsOfTheClockChangesCanBeWritten(t *testing.T) {
	zone := zoneOf(t, "Europe/London")
	for _, date := range []string{"2027-03-28", "2027-10-31"} {
		for at := rota.TimeOfDay(0); at < 4*60; at += 15 {
			for minutes := 15; minutes < 3*60; minutes += 15 {
				s := meetingSeries(t, date, "")
				s.At, s.Minutes = at, minutes
				got, err := Occurrences(s, s.First, s.First.AddDays(1), zone, rota.Holidays{})
				if err != nil || len(got) != 1 {
					t.Fatal(got, err)
				}
				o := got[0]
				if !o.Span.Start.Before(o.Span.End) || !o.Start.Instant(zone).Equal(o.Span.Start) || !o.End.Instant(zone).Equal(o.Span.End) {
					t.Errorf("%s %s for %d minutes gives %s to %s, %s to %s", date, at, minutes, o.Start, o.End, o.Span.Start, o.Span.End)
				}
			}
		}
	}
}

func TestOccurrencesRefuseWhatCannotBeListed(t *testing.T) {
	good := meetingSeries(t, "2027-01-01", "FREQ=DAILY")
	tests := []struct {
		name        string
		change      func(*rota.Series)
		from, until string
		want        string
	}{
		{"no length", func(s *rota.Series) { s.Minutes = 0 }, "2027-01-01", "2027-02-01", "0 minutes"},
		{"no first day", func(s *rota.Series) { s.First = rota.Date{} }, "2027-01-01", "2027-02-01", "not set"},
		{"a window of twenty years", func(*rota.Series) {}, "2027-01-01", "2047-01-01", "ten years"},
		{"a mistyped year", func(s *rota.Series) { s.First = rota.Date{Year: 207, Month: 1, Day: 1} }, "2027-01-01", "2027-02-01", "too long ago"},
		{"a window in the wrong century", func(*rota.Series) {}, "2270-01-01", "2271-01-01", "hundred years"},
		{"a rule that cannot be read", func(s *rota.Series) { s.Rule = "monthly" }, "2027-01-01", "2027-02-01", `list meetings of "Board"`},
		{"30 February", func(s *rota.Series) { s.Rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30" }, "2027-01-01", "2027-02-01", "no day at all"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := good
			test.change(&s)
			if _, err := Occurrences(s, day(t, test.from), day(t, test.until), time.UTC, rota.Holidays{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestCheckRuleExplainsWhatIsWrong(t *testing.T) {
	tests := []struct{ rule, want string }{
		{"", ""},
		{"FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", ""},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ""},
		{"FREQ=YEARLY;BYDAY=-53MO,53MO", ""},
		{"FREQ=MONTLY", "FREQ=MONTLY is not a frequency: use DAILY, WEEKLY, MONTHLY or YEARLY"},
		{"FREQ=HOURLY", "FREQ=HOURLY is too often for a meeting: use DAILY, WEEKLY, MONTHLY or YEARLY"},
		{"BYDAY=TU", "FREQ is missing: start with FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY"},
		{"third Thursday", `"THIRDTHURSDAY" is not a part of a rule: write NAME=VALUE with ; between, as in FREQ=MONTHLY;BYDAY=3TH`},
		{"FREQ=WEEKLY;FREQ=DAILY", "FREQ is there twice"},
		{"FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0 is not a number from 1 to 1000"},
		{"FREQ=WEEKLY;COUNT=99999999999999999999", "COUNT=99999999999999999999 is not a number from 1 to 10000"},
		{"FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL both end the rule: keep one of them"},
		{"FREQ=WEEKLY;UNTIL=31/12/2027", "UNTIL=31/12/2027 is not a day written like 20271231"},
		{"FREQ=WEEKLY;BYDAY=1WE", "BYDAY=1WE counts within a month: use it with FREQ=MONTHLY, or leave the number out"},
		{"FREQ=WEEKLY;BYDAY=WEN", `"EN" is not a day of the week: use MO, TU, WE, TH, FR, SA or SU`},
		{"FREQ=WEEKLY;BYDAY=X", `BYDAY=X does not work: "X" is not a day like TH, 3TH or -1MO`},
		{"FREQ=MONTHLY;BYDAY=0MO", `BYDAY=0MO does not work: "0MO" is not a day like TH, 3TH or -1MO`},
		{"FREQ=MONTHLY;BYDAY=6MO", "BYDAY counts too far: a month has no sixth week, a year no 54th"},
		{"FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", "BYDAY counts too far: a month has no sixth week, a year no 54th"},
		{"FREQ=MONTHLY;BYDAY=MO,1FR", "BYDAY mixes days with and without a number: number all of them or none"},
		{"FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go with FREQ=WEEKLY: use FREQ=MONTHLY"},
		{"FREQ=MONTHLY;BYMONTHDAY=0", `BYMONTHDAY=0 does not work: "0" is not a number from 1 to 31 or from -31 to -1`},
		{"FREQ=YEARLY;BYMONTH=-1", `BYMONTH=-1 does not work: "-1" is not a number from 1 to 12`},
		{"FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO goes with FREQ=YEARLY only"},
		{"FREQ=YEARLY;BYWEEKNO=3", "BYWEEKNO names weeks and not the day: add it, as in BYDAY=TU"},
		{"FREQ=YEARLY;BYWEEKNO=3;BYDAY=TU", ""},
		{"FREQ=YEARLY;INTERVAL=2;BYWEEKNO=53;BYDAY=TU", "BYWEEKNO goes with BYDAY only, every year: leave out INTERVAL and the other lists"},
		{"FREQ=YEARLY;BYMONTHDAY=29", "BYMONTHDAY with FREQ=YEARLY leaves the month open: add BYMONTH, or use FREQ=MONTHLY"},
		{"FREQ=DAILY;BYSETPOS=1", "BYSETPOS picks from a list of days: add BYDAY or another list"},
		{"FREQ=DAILY;BYHOUR=10", "BYHOUR sets a time of day, and the meeting has its own: leave it out"},
		{"FREQ=MONTHLY;BYEASTER=0", "BYEASTER is not a part of a rule: use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYWEEKNO, BYSETPOS or WKST"},
		{"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "the rule matches no day at all"},
		{"FREQ=YEARLY;BYMONTHDAY=" + strings.Repeat("1,", 300) + "1", "the rule is longer than 500 characters"},
	}
	for _, test := range tests {
		got := ""
		if err := CheckRule(test.rule); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("CheckRule(%.60q)\n got %q\nwant %q", test.rule, got, test.want)
		}
	}
}

func TestRulesInWords(t *testing.T) {
	tests := []struct{ rule, want string }{
		{"", "once"},
		{"FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", "third Thursday, every 2 months"},
		{"FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,5,6,7,9,10,11", "second Tuesday of the month, not in April, August and December"},
		{"FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO", "last Monday, every 3 months"},
		{"FREQ=MONTHLY;BYDAY=1TH", "first Thursday of the month"},
		{"FREQ=MONTHLY;BYDAY=1TH,3TH", "first and third Thursday of the month"},
		{"FREQ=MONTHLY;BYDAY=1TU,3TH", "first Tuesday and third Thursday of the month"},
		{"FREQ=MONTHLY;BYDAY=TU,TH", "every Tuesday and Thursday of the month"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "every 2 weeks on Wednesday"},
		{"FREQ=WEEKLY;BYDAY=WE", "every Wednesday"},
		{"FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10", "every week on Monday, Wednesday and Friday, 10 times"},
		{"FREQ=WEEKLY", "every week"},
		{"FREQ=DAILY;INTERVAL=3;UNTIL=20271224", "every 3 days, until 24 December 2027"},
		{"FREQ=MONTHLY;BYMONTHDAY=15", "15th of the month"},
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "last day of the month"},
		{"FREQ=MONTHLY;BYMONTHDAY=22;BYMONTH=3,6", "22nd of March and June"},
		{"FREQ=YEARLY;BYMONTH=10;BYDAY=-1FR", "last Friday of October, every year"},
		{"FREQ=YEARLY", "every year"},
		{"FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=20MO"},
		{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"},
		{"FREQ=MONTLY", "FREQ=MONTLY"},
	}
	for _, test := range tests {
		if got := Describe(test.rule); got != test.want {
			t.Errorf("Describe(%q) = %q, want %q", test.rule, got, test.want)
		}
	}
}

// outOfScope are the rules of libical's tests that CheckRule refuses, by what it says of them: no meeting has such a
// rule, and where a body's calendar has one, its import says so. Each is refused with a sentence; nothing else is.
var outOfScope = map[string]int{
	"is too often for a meeting": 23, "sets a time of day": 9, "BYWEEKNO names weeks and not the day": 14, "BYWEEKNO goes with BYDAY only": 6,
	"BYMONTHDAY with FREQ=YEARLY leaves the month open": 2,
}

// TestRecurrenceAgreesWithLibical takes the recurrence tests of libical as an oracle: every rule of them agrees, day by
// day, or is refused for what outOfScope says.
func TestRecurrenceAgreesWithLibical(t *testing.T) {
	const oracle = "../../shared/ics-samples/libical-recur/icalrecur_test.txt"
	data, err := os.ReadFile(oracle)
	if err != nil {
		t.Skip("the oracle is not there: ", err)
	}
	passed, refused := 0, map[string]int{}
	for block := range strings.SplitSeq(string(data), "\n\n") {
		fields := map[string]string{}
		for line := range strings.SplitSeq(block, "\n") {
			if name, value, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
				fields[name] = strings.TrimSpace(value)
			}
		}
		if fields["RRULE"] == "" {
			continue
		}
		if strings.HasPrefix(fields["INSTANCES"], "***") {
			refused["not implemented by libical"]++
			continue
		}
		if err := CheckRule(fields["RRULE"]); err != nil {
			says := err.Error()
			for known := range outOfScope {
				if strings.Contains(says, known) {
					says = known
				}
			}
			refused[says]++
			continue
		}
		got, want := expandLike(t, fields["RRULE"], fields["DTSTART"]), instanceDays(fields["INSTANCES"])
		if !slices.Equal(got, want) {
			t.Errorf("%s from %s\n got %v\nwant %v", fields["RRULE"], fields["DTSTART"], got, want)
			continue
		}
		passed++
	}
	if refused["not implemented by libical"] != 1 || passed != 91 {
		t.Errorf("%d rules agree, want 91; libical itself cannot do %d", passed, refused["not implemented by libical"])
	}
	delete(refused, "not implemented by libical")
	if !maps.Equal(refused, outOfScope) {
		t.Errorf("refused are %v, want %v", refused, outOfScope)
	}
}

// expandLike expands a rule from DTSTART itself, as RFC 5545 has it. Occurrences differs on purpose
// where DTSTART does not match the rule and INTERVAL is above 1; in all other cases it must agree.
func expandLike(t *testing.T, text, dtstart string) []string {
	r, err := parseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	start, err := parseUntil(dtstart)
	if err != nil {
		t.Fatal(err)
	}
	clock := rota.TimeOfDay(0)
	if len(dtstart) > 8 {
		at, _ := time.Parse("150405", dtstart[9:15])
		clock = rota.TimeOfDay(at.Hour()*60 + at.Minute())
	}
	var got []string
	for d := range r.daysFrom(start.day) {
		if !r.until.admits(d.At(clock), time.UTC) || r.count > 0 && len(got) == r.count {
			break
		}
		got = append(got, strings.ReplaceAll(d.String(), "-", ""))
	}
	if len(got) == 0 || r.interval > 1 && got[0] != dtstart[:8] {
		return got
	}
	s := rota.Series{Title: text, Rule: text, First: start.day, At: clock, Minutes: 60}
	days, err := meetingDays(s, start.day, start.day.AddDays(100*366), time.UTC)
	if fmt.Sprint(err, len(days)) != fmt.Sprint(nil, len(got)) {
		t.Errorf("%s from %s: the series has %d meetings (%v), the rule %d", text, dtstart, len(days), err, len(got))
	}
	return got
}

func instanceDays(instances string) []string {
	var days []string
	for s := range strings.SplitSeq(instances, ",") {
		days = append(days, s[:8])
	}
	return days
}

// A rule that CheckRule lets through gives meetings in order, within the window and never before its
// first day, or says that it has none; no text makes it panic.
func FuzzAnyRule(f *testing.F) {
	for _, rule := range []string{
		"FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-1;WKST=SU", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU",
		"FREQ=YEARLY;BYDAY=-53MO,53SU", "FREQ=MONTHLY;BYMONTHDAY=-31;BYMONTH=2", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20320101T000000Z",
	} {
		f.Add(rule, 10_000, 300)
	}
	f.Fuzz(func(t *testing.T, rule string, first, window int) {
		s := rota.Series{Rule: rule, First: rota.Date{Year: 1970, Month: 1, Day: 1}.AddDays(first % 30_000), Minutes: 60}
		from := s.First.AddDays(window % 1000)
		until := from.AddDays(400)
		checked := CheckRule(rule)
		got, err := Occurrences(s, from, until, time.UTC, rota.Holidays{})
		if checked != nil && err == nil {
			t.Fatalf("CheckRule refuses what Occurrences takes: %v", checked)
		}
		if Describe(rule) == "" {
			t.Error("no description")
		}
		for i, o := range got {
			d := o.Start.Date
			if d.Before(from) || !d.Before(until) || d.Before(s.First) || i > 0 && !got[i-1].Start.Date.Before(d) {
				t.Fatalf("%s from %s in %s to %s gives %s", rule, s.First, from, until, startDays(got))
			}
		}
	})
}
