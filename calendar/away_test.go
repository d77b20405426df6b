package calendar

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

var someKeywords = []string{"leave", "on holiday", "OOO", "out of office", "not on call"}

func window(t testing.TB, from, until string) Window {
	return Window{From: day(t, from), Until: day(t, until), Zone: zoneOf(t, "Europe/London"), Keywords: someKeywords}
}

// events puts the lines of a calendar into one, with the line ends of RFC 5545.
func events(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

// event is one event with the given lines.
func leaveEvent(lines string) string {
	return "BEGIN:VEVENT\nUID:1\nSUMMARY:Annual leave\n" + strings.ReplaceAll(lines, " | ", "\n") + "\nEND:VEVENT"
}

func shownBusy(busy []Busy) string {
	var out []string
	for _, b := range busy {
		if b.Start.Time == 0 && b.End.Time == 0 {
			out = append(out, fmt.Sprintf("%s..%s", b.Start.Date, b.End.Date.AddDays(-1)))
		} else {
			out = append(out, fmt.Sprintf("%s/%s", b.Start, b.End))
		}
	}
	return strings.Join(out, " ")
}

// Every case is one event of somebody on leave, read from January to December 2027 in London.
func TestTimesAwayAreRead(t *testing.T) {
	tests := []struct{ name, lines, want string }{
		{"whole days, the end excluded", "DTSTART;VALUE=DATE:20270301 | DTEND;VALUE=DATE:20270304", "2027-03-01..2027-03-03"},
		{"a day without an end", "DTSTART;VALUE=DATE:20270301", "2027-03-01..2027-03-01"},
		{"a day without its type", "DTSTART:20270301", "2027-03-01..2027-03-01"},
		{"a day that ends on itself", "DTSTART;VALUE=DATE:20270301 | DTEND;VALUE=DATE:20270301", "2027-03-01..2027-03-01"},
		{"a length in weeks", "DTSTART;VALUE=DATE:20270301 | DURATION:P1W", "2027-03-01..2027-03-07"},
		{"floating times are the reader's", "DTSTART:20270301T180000 | DTEND:20270301T230000", "2027-03-01T18:00/2027-03-01T23:00"},
		{"UTC in summer", "DTSTART:20270701T170000Z | DTEND:20270701T220000Z", "2027-07-01T18:00/2027-07-01T23:00"},
		{"another zone", "DTSTART;TZID=America/New_York:20270315T090000 | DURATION:PT2H", "2027-03-15T13:00/2027-03-15T15:00"},
		{"a zone of Windows", "DTSTART;TZID=\"GMT Standard Time\":20270701T090000 | DURATION:PT1H", "2027-07-01T09:00/2027-07-01T10:00"},
		{"a zone of Windows, unquoted", "DTSTART;TZID=W. Europe Standard Time:20270701T090000 | DURATION:PT1H", "2027-07-01T08:00/2027-07-01T09:00"},
		{"a zone in words, unquoted", "DTSTART;TZID=(UTC+00:00) Dublin, Edinburgh, Lisbon, London:20270701T090000 | DURATION:PT1H", "2027-07-01T09:00/2027-07-01T10:00"},
		{"a vendor's zone", "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20270701T090000 | DURATION:PT1H", "2027-07-01T08:00/2027-07-01T09:00"},
		{"a fixed zone", "DTSTART;TZID=UTC+01:20270101T090000 | DURATION:PT1H", "2027-01-01T08:00/2027-01-01T09:00"},
		{"midnight to midnight is days", "DTSTART:20270301T000000 | DTEND:20270303T000000", "2027-03-01..2027-03-02"},
		{"one second short of midnight", "DTSTART:20270301T000000 | DTEND:20270301T235959", "2027-03-01..2027-03-01"},
		{"the hour that London shows twice", "DTSTART:20271031T003000Z | DTEND:20271031T011500Z", "2027-10-31T01:30/2027-10-31T02:15"},
		{"weekly keeps the wall clock", "DTSTART;TZID=Europe/London:20270322T180000 | DURATION:PT1H | RRULE:FREQ=WEEKLY;COUNT=2", "2027-03-22T18:00/2027-03-22T19:00 2027-03-29T18:00/2027-03-29T19:00"},
		{"days in a row are one", "DTSTART;VALUE=DATE:20270301 | RRULE:FREQ=DAILY;COUNT=5", "2027-03-01..2027-03-05"},
		{"until a day", "DTSTART:20270301T180000 | DURATION:PT1H | RRULE:FREQ=WEEKLY;UNTIL=20270308", "2027-03-01T18:00/2027-03-01T19:00 2027-03-08T18:00/2027-03-08T19:00"},
		{"for ever, within the window", "DTSTART;VALUE=DATE:20261201 | RRULE:FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=1,12", "2027-01-01..2027-01-01 2027-12-01..2027-12-01"},
		{"the rule repeats the time", "DTSTART:20270301T180000 | DURATION:PT1H | RRULE:FREQ=DAILY;COUNT=1;BYHOUR=18;BYMINUTE=0;BYSECOND=0", "2027-03-01T18:00/2027-03-01T19:00"},
		{"one time left out", "DTSTART;VALUE=DATE:20270301 | RRULE:FREQ=DAILY;COUNT=3 | EXDATE;VALUE=DATE:20270302", "2027-03-01..2027-03-01 2027-03-03..2027-03-03"},
		{"left out by its instant", "DTSTART;TZID=Europe/London:20270701T180000 | DURATION:PT1H | RRULE:FREQ=DAILY;COUNT=2 | EXDATE:20270701T170000Z", "2027-07-02T18:00/2027-07-02T19:00"},
		{"left out by its day", "DTSTART:20270701T180000 | DURATION:PT1H | RRULE:FREQ=DAILY;COUNT=3 | EXDATE;VALUE=DATE:20270701,20270703", "2027-07-02T18:00/2027-07-02T19:00"},
		{"added days", "DTSTART;VALUE=DATE:20270301 | RDATE;VALUE=DATE:20270305,20270310", "2027-03-01..2027-03-01 2027-03-05..2027-03-05 2027-03-10..2027-03-10"},
		{"an added period", "DTSTART:20270301T180000 | DURATION:PT1H | RDATE;VALUE=PERIOD:20270302T180000/PT2H", "2027-03-01T18:00/2027-03-01T19:00 2027-03-02T18:00/2027-03-02T20:00"},
		{"an empty RDATE", "DTSTART;VALUE=DATE:20270301 | RDATE:", "2027-03-01..2027-03-01"},
		{"it began before the window", "DTSTART;VALUE=DATE:20261228 | DTEND;VALUE=DATE:20270103", "2026-12-28..2027-01-02"},
		{"it is over", "DTSTART;VALUE=DATE:20261228 | DTEND;VALUE=DATE:20270101", ""},
		{"it is over, in a zone that nobody knows", "DTSTART;TZID=Nowhere:20200101T090000 | DTEND;TZID=Nowhere:20200101T100000", ""},
		{"no length", "DTSTART:20270301T180000", ""},
		{"cancelled", "DTSTART;VALUE=DATE:20270301 | STATUS:CANCELLED", ""},
		{"free", "DTSTART;VALUE=DATE:20270301 | TRANSP:TRANSPARENT", ""},
		{"free in Outlook", "DTSTART;VALUE=DATE:20270301 | X-MICROSOFT-CDO-BUSYSTATUS:FREE", ""},
		{"out of office wins over transparent", "DTSTART;VALUE=DATE:20270301 | TRANSP:TRANSPARENT | X-MICROSOFT-CDO-BUSYSTATUS:OOF", "2027-03-01..2027-03-01"},
		{"an alarm has a start of its own", "DTSTART;VALUE=DATE:20270301 | BEGIN:VALARM | DTSTART:nonsense | TRIGGER:-PT5M | END:VALARM", "2027-03-01..2027-03-01"},
		{"lower case", "dtstart;value=date:20270301", "2027-03-01..2027-03-01"},
		{"folded in the middle", "DTSTART;VALUE=DA\n TE:2027\n\t0301", "2027-03-01..2027-03-01"},
		{"a line that lost its blank", "DTSTART;VALUE=DATE:20270301 | DESCRIPTION:a long\ntext in two lines", "2027-03-01..2027-03-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ReadAway(events(leaveEvent(test.lines)), window(t, "2027-01-01", "2028-01-01"))
			if err != nil || shownBusy(got.Busy) != test.want {
				t.Errorf("got %s (%v), want %s", shownBusy(got.Busy), err, test.want)
			}
		})
	}
}

func TestWordsMarkTimeAway(t *testing.T) {
	tests := []struct{ lines, want string }{
		{"SUMMARY:Annual leave", "leave"},
		{"SUMMARY:LEAVE - Cornwall", "leave"},
		{"SUMMARY:Leavers' party", ""},
		{"SUMMARY:Cleaveland visit", ""},
		{`SUMMARY:Ada\nleave`, "leave"},
		{"SUMMARY:not on-call\nCATEGORIES:Personal", "not on call"},
		{"SUMMARY:Ada\nCATEGORIES:Personal,Out of Office", "out of office"},
		{"SUMMARY:ooo", "OOO"},
		{"SUMMARY:Bank holiday", ""},
		{"SUMMARY:Surgery\nDESCRIPTION:leave by five", ""},
		{"SUMMARY:Surgery\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY", ""},
		{"SUMMARY:Surgery\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", "out of office"},
		{"SUMMARY:On leave\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", "leave"},
		{"X-MICROSOFT-CDO-BUSYSTATUS:OOF", "out of office"},
		{"SUMMARY;LANGUAGE=en-GB:On leave", "leave"},
	}
	for _, test := range tests {
		file := events("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270301\n" + test.lines + "\nEND:VEVENT")
		got, err := ReadAway(file, window(t, "2027-01-01", "2028-01-01"))
		keyword := ""
		if len(got.Busy) > 0 {
			keyword = got.Busy[0].Keyword
		}
		if err != nil || keyword != test.want {
			t.Errorf("%q is marked %q (%v), want %q", test.lines, keyword, err, test.want)
		}
	}
}

// A free entry with a keyword is a likely mistake of its owner: it is counted, so that somebody can ask.
func TestFreeEntriesAreCounted(t *testing.T) {
	got, err := ReadAway(events(leaveEvent("DTSTART;VALUE=DATE:20270301 | TRANSP:TRANSPARENT")), window(t, "2027-01-01", "2028-01-01"))
	if err != nil || got.Free != 1 || len(got.Busy) != 0 {
		t.Errorf("got %+v (%v)", got, err)
	}
}

func TestChangedOccurrences(t *testing.T) {
	series := "BEGIN:VEVENT\nUID:1\nSUMMARY:Not on call\nDTSTART;TZID=Europe/London:20270301T180000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT"
	days := "BEGIN:VEVENT\nUID:1\nSUMMARY:Leave\nDTSTART;VALUE=DATE:20270301\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT"
	change := func(lines string) string {
		return "BEGIN:VEVENT\nUID:1\n" + strings.ReplaceAll(lines, " | ", "\n") + "\nEND:VEVENT"
	}
	const first, second, third = "2027-03-01T18:00/2027-03-01T20:00", "2027-03-08T18:00/2027-03-08T20:00", "2027-03-15T18:00/2027-03-15T20:00"
	tests := []struct{ name, series, change, want string }{
		{"moved", series, "SUMMARY:Not on call | RECURRENCE-ID;TZID=Europe/London:20270308T180000 | DTSTART:20270309T100000Z | DURATION:PT1H", first + " 2027-03-09T10:00/2027-03-09T11:00 " + third},
		{"named in UTC, and without words", series, "RECURRENCE-ID:20270308T180000Z | DTSTART:20270309T100000Z | DURATION:PT1H", first + " 2027-03-09T10:00/2027-03-09T11:00 " + third},
		{"cancelled", series, "SUMMARY:Not on call | STATUS:CANCELLED | RECURRENCE-ID:20270308T180000Z | DTSTART:20270308T180000Z", first + " " + third},
		{"it has become something else", series, "SUMMARY:Surgery | RECURRENCE-ID:20270308T180000Z | DTSTART:20270308T180000Z | DURATION:PT2H", first + " " + third},
		{"an older change than the newest", series, "SUMMARY:Surgery | SEQUENCE:0 | RECURRENCE-ID:20270308T180000Z | DTSTART:20270308T180000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nSEQUENCE:1 | SUMMARY:Not on call | RECURRENCE-ID:20270308T180000Z | DTSTART:20270308T180000Z | DURATION:PT2H", first + " " + second + " " + third},
		{"a day of a series of days, with a time", days, "SUMMARY:Leave | RECURRENCE-ID;TZID=W. Europe Standard Time:20270308T000000 | DTSTART;VALUE=DATE:20270310", "2027-03-01..2027-03-01 2027-03-10..2027-03-10"},
		{"without its series", "", "SUMMARY:Leave | RECURRENCE-ID;VALUE=DATE:20270308 | DTSTART;VALUE=DATE:20270310", "2027-03-10..2027-03-10"},
		{"one of a series that is no time away", strings.Replace(series, "Not on call", "Surgery", 1), "SUMMARY:Leave | RECURRENCE-ID:20270308T180000Z | DTSTART:20270308T180000Z | DURATION:PT2H", second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, lines := range [][]string{{test.series, change(test.change)}, {change(test.change), test.series}} {
				got, err := ReadAway(events(lines...), window(t, "2027-01-01", "2028-01-01"))
				if err != nil || shownBusy(got.Busy) != test.want {
					t.Errorf("got %s (%v), want %s", shownBusy(got.Busy), err, test.want)
				}
			}
		})
	}
}

// The zone of the file is used where the world knows no zone of that name, whatever stands first.
func TestZonesOfTheFile(t *testing.T) {
	outlook := "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n" +
		"BEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE"
	once := "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE"
	eras := "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:19000101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0300\nEND:STANDARD\n" +
		"BEGIN:STANDARD\nDTSTART:19500101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE"
	leave := leaveEvent("DTSTART;TZID=Customized Time Zone:%sT090000 | DURATION:PT1H")
	tests := []struct{ name, zone, day, want string }{
		{"winter", outlook, "20270115", "2027-01-15T14:00/2027-01-15T15:00"},
		{"a change that London has not made", outlook, "20270315", "2027-03-15T13:00/2027-03-15T14:00"},
		{"summer", outlook, "20270715", "2027-07-15T14:00/2027-07-15T15:00"},
		{"an offset for ever", once, "20270715", "2027-07-15T04:30/2027-07-15T05:30"},
		{"two eras", eras, "20270115", "2027-01-15T07:00/2027-01-15T08:00"},
	}
	for _, test := range tests {
		for _, lines := range [][]string{{test.zone, fmt.Sprintf(leave, test.day)}, {fmt.Sprintf(leave, test.day), test.zone}} {
			got, err := ReadAway(events(lines...), window(t, "2027-01-01", "2028-01-01"))
			if err != nil || shownBusy(got.Busy) != test.want {
				t.Errorf("%s: got %s (%v), want %s", test.name, shownBusy(got.Busy), err, test.want)
			}
		}
	}
}

func TestFilesOfEveryEncoding(t *testing.T) {
	plain := string(events(leaveEvent("DTSTART;VALUE=DATE:20270301")))
	utf16 := func(low, high int, s string) []byte {
		out := make([]byte, 0, 2*len(s))
		for _, r := range "\uFEFF" + s {
			pair := []byte{byte(r >> low), byte(r >> high)}
			out = append(out, pair...)
		}
		return out
	}
	files := map[string][]byte{
		"a byte order mark": []byte("\uFEFF" + plain), "LF": []byte(strings.ReplaceAll(plain, "\r\n", "\n")),
		"CR": []byte(strings.ReplaceAll(plain, "\r\n", "\r")), "blank lines": []byte(strings.ReplaceAll(plain, "\r\n", "\r\n\r\n")),
		"UTF-16 little end first": utf16(0, 8, plain), "UTF-16 big end first": utf16(8, 0, plain), "no last line end": []byte(strings.TrimSpace(plain)),
		"trailing blanks": []byte(strings.ReplaceAll(plain, "\r\n", "  \r\n")),
		"two calendars":   []byte(string(events()) + plain),
	}
	for name, file := range files {
		got, err := ReadAway(file, window(t, "2027-01-01", "2028-01-01"))
		if err != nil || shownBusy(got.Busy) != "2027-03-01..2027-03-01" {
			t.Errorf("%s: got %s (%v)", name, shownBusy(got.Busy), err)
		}
	}
}

// A file that cannot be understood in full, where it matters, is refused: to lose an entry would put
// somebody on call who is away.
func TestWhatIsRefused(t *testing.T) {
	tests := []struct {
		name string
		file []byte
		want string
	}{
		{"a page that asks to log in", []byte("<!DOCTYPE html><title>Sign in: please</title>"), "this is not a calendar: it does not begin with BEGIN:VCALENDAR"},
		{"nothing", nil, "this is not a calendar: it does not begin with BEGIN:VCALENDAR"},
		{"half a file", events(leaveEvent("DTSTART;VALUE=DATE:20270301"))[:80], "the calendar breaks off: END:VEVENT is missing"},
		{"no end", []byte("BEGIN:VCALENDAR\nVERSION:2.0\n"), "the calendar breaks off: END:VCALENDAR is missing"},
		{"the wrong end", []byte("BEGIN:VCALENDAR\nEND:VEVENT\n"), "line 2: END:VEVENT ends what has not begun"},
		{"a zone nobody knows", events(leaveEvent("DTSTART;TZID=Nowhere/Middle:20270301T090000")), `line 6: the time zone "Nowhere/Middle" is not known, and the file does not say what it is`},
		{"the zone of this machine", events(leaveEvent("DTSTART;TZID=Local:20270301T090000")), `line 6: the time zone "Local" is not known, and the file does not say what it is`},
		{"no start", events(leaveEvent("DURATION:PT1H")), "line 3: the entry has no start"},
		{"a start in letters", events(leaveEvent("DTSTART:tomorrow")), "line 6: DTSTART is not a time written like 20270104T183000"},
		{"no colon", events(leaveEvent("DTSTART;TZID=foo")), "line 6: DTSTART has no colon after its parameters"},
		{"the year 2207", events(leaveEvent("DTSTART:22070301T090000")), "line 6: DTSTART is in the year 2207"},
		{"an end before the start", events(leaveEvent("DTSTART:20270301T090000 | DTEND:20270301T080000")), "line 7: the end is before the start"},
		{"a length that runs backwards", events(leaveEvent("DTSTART:20270301T090000 | DURATION:-PT1H")), "line 7: DURATION is not a length written like PT90M"},
		{"a rule nobody reads", events(leaveEvent("DTSTART:20270301T090000 | DURATION:PT1H | RRULE:FREQ=HOURLY")), "line 8: the entry repeats in a way that is not read: FREQ=HOURLY is too often for a meeting: use DAILY, WEEKLY, MONTHLY or YEARLY"},
		{"a rule of exceptions", events(leaveEvent("DTSTART:20270301T090000 | EXRULE:FREQ=DAILY")), "line 7: EXRULE, a rule for exceptions, is not read"},
		{"this and all to come", events(leaveEvent("DTSTART:20270301T090000 | RECURRENCE-ID;RANGE=THISANDFUTURE:20270301T090000")), "line 7: RANGE=THISANDFUTURE changes several occurrences at once, and is not read"},
		{"too deep", []byte(strings.Repeat("BEGIN:VCALENDAR\n", 1_000)), "line 9: components lie more than 8 deep in each other"},
		{"too big", make([]byte, maxFile+1), "the calendar has more than 5 MB"},
		{"too often", events(strings.Repeat(leaveEvent("DTSTART:19700101T090000 | DURATION:PT1M | RRULE:FREQ=DAILY;UNTIL=20261231")+"\n", 100)), "the entries of the calendar repeat too often"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ReadAway(test.file, window(t, "2027-01-01", "2028-01-01"))
			if err == nil || !strings.HasSuffix(err.Error(), test.want) || len(got.Busy) > 0 {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// What cannot be understood does no harm in an entry that is no time away.
func TestOtherEntriesDoNoHarm(t *testing.T) {
	broken := strings.ReplaceAll(leaveEvent("DTSTART;TZID=Nowhere:tomorrow | RRULE:FREQ=SOMETIMES | EXRULE:X"), "leave", "general meeting")
	broken = strings.Replace(broken, "UID:1", "UID:2", 1)
	got, err := ReadAway(events(broken, leaveEvent("DTSTART;VALUE=DATE:20270301")), window(t, "2027-01-01", "2028-01-01"))
	if err != nil || shownBusy(got.Busy) != "2027-03-01..2027-03-01" {
		t.Errorf("got %s (%v)", shownBusy(got.Busy), err)
	}
}

// TestHostileFilesAreCheap holds the reader to its bounds: each of these files stops careless readers for
// minutes, or for good.
func TestHostileFilesAreCheap(t *testing.T) {
	fill := func(piece string) []byte {
		return []byte("BEGIN:VCALENDAR\n" + strings.Repeat(piece, (maxFile-100)/len(piece)) + "\nEND:VCALENDAR\n")
	}
	rule := func(rule string) []byte {
		return fill("BEGIN:VEVENT\nSUMMARY:leave\nDTSTART:19000101T000000\nDURATION:PT1M\nRRULE:" + rule + "\nEND:VEVENT\n")
	}
	files := map[string][]byte{
		"one parameter of megabytes":    events(leaveEvent("DTSTART;TZID=" + strings.Repeat(`"a;b=c`, 800_000))),
		"one line of megabytes":         events("SUMMARY:" + strings.Repeat("x", 4_000_000)),
		"one folded line":               events("SUMMARY:x" + strings.Repeat("\n x", 1_000_000)),
		"nothing but begins":            []byte(strings.Repeat("BEGIN:X\n", maxFile/8)),
		"events without end":            fill("BEGIN:VEVENT\nEND:VEVENT\n"),
		"time zones without end":        fill("BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n"),
		"one event of many names":       fill("UID:x\n"),
		"a rule that never matches":     rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
		"a rule that matches every day": rule("FREQ=DAILY"),
		"a rule with all of its lists":  rule("FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366"),
		"dates without end":             events(leaveEvent("DTSTART:20270101T000000 | RDATE:20270101" + strings.Repeat(",20270101", 400_000))),
		"exceptions without end":        events(leaveEvent("DTSTART:20270101T000000" + strings.Repeat("\nEXDATE:20270101", 200_000))),
		"a zone that changes for ever": events("BEGIN:VTIMEZONE\nTZID:x"+strings.Repeat("\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nEND:STANDARD", 199)+"\nEND:VTIMEZONE",
			strings.Repeat(leaveEvent("DTSTART;TZID=x:20270101T000000")+"\n", 10_000)),
	}
	read := func(t *testing.T, file []byte) time.Duration {
		begun := time.Now()
		got, err := ReadAway(file, window(t, "2027-01-01", "2028-07-01"))
		took := time.Since(begun)
		t.Log(len(got.Busy), err, took.Round(time.Millisecond))
		return took
	}
	harmless := read(t, fill(strings.ReplaceAll(leaveEvent("DTSTART;VALUE=DATE:20200301"), "leave", "general meeting")+"\n"))
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			if took := read(t, file); took > 1000*harmless {
				t.Errorf("took %s, and a harmless file of this size %s", took, harmless)
			}
		})
	}
}

// TestSamplesAreReadOrRefused reads what real products wrote. The keywords are such that most entries are
// time away, so that they are looked at.
func TestSamplesAreReadOrRefused(t *testing.T) {
	files, err := filepath.Glob("../../shared/ics-samples/*/*.ics")
	if err != nil || len(files) == 0 {
		t.Skip("the samples are not there")
	}
	w := window(t, "1995-01-01", "2030-01-01")
	w.Keywords = []string{"a", "event", "the", "test", "meeting", "private", "day"}
	read, refused, found := 0, 0, 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadAway(data, w)
		checkBusy(t, w, got.Busy)
		switch {
		case err == nil:
			read++
			found += len(got.Busy)
		case strings.HasPrefix(err.Error(), "line ") || strings.HasPrefix(err.Error(), "th"):
			refused++
			t.Logf("%s: %v", filepath.Base(name), err)
		default:
			t.Errorf("%s is refused without a sentence: %v", name, err)
		}
	}
	t.Logf("%d files read with %d times away, %d refused", read, found, refused)
	if read < 180 {
		t.Errorf("only %d files were read", read)
	}
}

// TestTheReaderAgreesWithLibical puts the recurrence tests of libical through the reader: each rule gives
// exactly its instances or is refused with a sentence.
func TestTheReaderAgreesWithLibical(t *testing.T) {
	data, err := os.ReadFile("../../shared/ics-samples/libical-recur/icalrecur_test.txt")
	if err != nil {
		t.Skip("the oracle is not there: ", err)
	}
	passed, refused := 0, map[string]int{}
	for block := range strings.SplitSeq(string(data), "\n\n") {
		rule, start, instances := oracleFields(block)
		if rule == "" || strings.HasPrefix(instances, "***") {
			continue
		}
		w := Window{From: day(t, "1900-01-01"), Until: day(t, "2100-01-01"), Zone: time.UTC, Keywords: []string{"leave"}}
		lines := "DTSTART:" + start + " | RRULE:" + rule
		if len(start) > 8 {
			lines += " | DURATION:PT1M"
		}
		got, err := ReadAway(events(leaveEvent(lines)), w)
		if err != nil {
			_, why, _ := strings.Cut(err.Error(), "not read: ")
			refused[strings.Fields(why + " ?")[0]]++
			continue
		}
		if starts := startsOf(got.Busy, len(start) == 8); !slices.Equal(starts, toTheMinute(instances)) {
			t.Errorf("%s from %s\n got %v\nwant %v", rule, start, starts, toTheMinute(instances))
			continue
		}
		passed++
	}
	t.Logf("%d rules agree with libical; refused: %v", passed, refused)
	if passed < 80 {
		t.Errorf("only %d rules were compared", passed)
	}
}

func oracleFields(block string) (rule, start, instances string) {
	for line := range strings.SplitSeq(block, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "RRULE":
			rule = value
		case "DTSTART":
			start = value
		case "INSTANCES":
			instances = value
		}
	}
	return rule, start, instances
}

// toTheMinute gives the instances as the reader tells them: in the reader's zone and without seconds.
func toTheMinute(instances string) []string {
	var out []string
	for at := range strings.SplitSeq(instances, ",") {
		if len(at) > 8 {
			at = at[:len("20270101T0900")] + "00"
		}
		out = append(out, at)
	}
	return out
}

// startsOf gives the starts as the oracle writes them, one a day for whole days.
func startsOf(busy []Busy, days bool) []string {
	var out []string
	for _, b := range busy {
		if !days {
			out = append(out, strings.NewReplacer("-", "", ":", "").Replace(b.Start.String())+"00")
			continue
		}
		for d := b.Start.Date; d.Before(b.End.Date); d = d.AddDays(1) {
			out = append(out, strings.ReplaceAll(d.String(), "-", ""))
		}
	}
	return out
}

// checkBusy holds intervals to what ReadAway promises of them.
func checkBusy(t *testing.T, w Window, busy []Busy) {
	t.Helper()
	if len(busy) > maxBusy {
		t.Errorf("%d intervals", len(busy))
	}
	for i, b := range busy {
		if !b.Start.Before(b.End) {
			t.Errorf("%s to %s does not run forward", b.Start, b.End)
		}
		if !b.Start.Before(w.Until.At(0)) || !w.From.At(0).Before(b.End) {
			t.Errorf("%s to %s lies outside of %s to %s", b.Start, b.End, w.From, w.Until)
		}
		if !slices.Contains(w.Keywords, b.Keyword) && b.Keyword != outOfOffice {
			t.Errorf("%q is no keyword", b.Keyword)
		}
		if i > 0 && b.Start.Before(busy[i-1].Start) {
			t.Errorf("%s stands after %s", b.Start, busy[i-1].Start)
		}
	}
}

// No file makes the reader panic, for all that recover would hide it; times away run forward, lie in the
// window and carry nothing but a keyword, and there are no more of them than a calendar can have.
func FuzzAnyCalendar(f *testing.F) {
	for _, lines := range []string{
		"DTSTART;VALUE=DATE:20270301 | RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5 | EXDATE;VALUE=DATE:20270308",
		"DTSTART;TZID=Customized Time Zone:20270301T180000 | DTEND;TZID=GMT Standard Time:20270302T080000 | RDATE;VALUE=PERIOD:20270302T180000/PT2H",
		"RECURRENCE-ID:20270308T180000Z | DTSTART:20271031T003000Z | DTEND:20271031T011500Z",
	} {
		f.Add(events("BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\nEND:VTIMEZONE", leaveEvent(lines)))
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		f.Fatal(err)
	}
	w := Window{From: rota.Date{Year: 2027, Month: 1, Day: 1}, Until: rota.Date{Year: 2028, Month: 7, Day: 1}, Zone: zone, Keywords: someKeywords}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := ReadAway(data, w)
		if err != nil && (len(got.Busy) > 0 || strings.Contains(err.Error(), "not foreseen")) {
			t.Fatalf("%d intervals with %v", len(got.Busy), err)
		}
		checkBusy(t, w, got.Busy)
	})
}
