package calendar_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/calendar/caltest"
	"pcnrota/rota"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares ics with a whole file of testdata, after the lint.
func golden(t *testing.T, name string, ics []byte) caltest.Calendar {
	t.Helper()
	read := caltest.Check(t, ics)
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, ics, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ics, want) {
		t.Errorf("%s differs; look at the change and run go test ./calendar -update\ngot:\n%s", path, ics)
	}
	return read
}

func encode(t testing.TB, f calendar.Feed) []byte {
	t.Helper()
	ics, err := calendar.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return ics
}

func london(t testing.TB) *time.Location { return location(t, "Europe/London") }

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
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

var modified = time.Date(2026, time.September, 1, 9, 30, 0, 0, time.UTC)

func event(t testing.TB, uid, start, end, summary string) calendar.Event {
	return calendar.Event{UID: uid + "@test.pcnrota", Modified: modified, Start: civil(t, start), End: civil(t, end), Summary: summary}
}

func TestAnEmptyFeedIsAValidCalendar(t *testing.T) {
	read := golden(t, "empty.ics", encode(t, calendar.Feed{Name: "Harbourside PCN rota (Dr Asha Patel)", Zone: london(t)}))
	if read.Name != "Harbourside PCN rota (Dr Asha Patel)" || len(read.Events) != 0 {
		t.Errorf("got %+v", read)
	}
}

func TestDutiesKeepTheirTimesOverBothClockChanges(t *testing.T) {
	events := []calendar.Event{
		event(t, "autumn-night", "2026-10-24T18:30", "2026-10-25T08:00", "night on which the clocks go back"),
		event(t, "autumn-weekend", "2026-10-23T18:30", "2026-10-26T08:00", "weekend on which the clocks go back"),
		event(t, "autumn-week", "2026-10-19T09:00", "2026-10-26T09:00", "week in which the clocks go back"),
		event(t, "spring-night", "2027-03-27T20:00", "2027-03-28T08:00", "night on which the clocks go forward"),
		event(t, "spring-week", "2027-03-22T09:00", "2027-03-29T09:00", "week in which the clocks go forward"),
		event(t, "to-midnight", "2027-06-01T18:30", "2027-06-01T24:00", "until midnight"),
		event(t, "shown-twice", "2026-10-25T01:30", "2026-10-25T09:00", "starts in the hour that is shown twice"),
		event(t, "never-shown", "2027-03-28T01:30", "2027-03-28T09:00", "starts in the hour that is never shown"),
	}
	read := golden(t, "clock-changes.ics", encode(t, calendar.Feed{Name: "Clock changes", Zone: london(t), Events: events}))
	want := map[string]struct {
		start string
		hours float64
	}{
		"autumn-night":   {";TZID=Europe/London:20261024T183000", 14.5},
		"autumn-weekend": {";TZID=Europe/London:20261023T183000", 62.5},
		"autumn-week":    {";TZID=Europe/London:20261019T090000", 169},
		"spring-night":   {";TZID=Europe/London:20270327T200000", 11},
		"spring-week":    {";TZID=Europe/London:20270322T090000", 167},
		"to-midnight":    {";TZID=Europe/London:20270601T183000", 5.5},
		"shown-twice":    {":20261025T003000Z", 8.5},
		"never-shown":    {";TZID=Europe/London:20270328T023000", 6.5},
	}
	if len(read.Events) != len(want) {
		t.Errorf("%d events, want %d", len(read.Events), len(want))
	}
	for _, e := range read.Events {
		w := want[strings.TrimSuffix(e.UID, "@test.pcnrota")]
		if hours := e.End.Sub(e.Start).Hours(); e.StartText != w.start || hours != w.hours {
			t.Errorf("%s starts %s and lasts %v hours, want %s and %v", e.UID, e.StartText, hours, w.start, w.hours)
		}
	}
}

// nastyNames is what people type, paste and import.
var nastyNames = []string{
	`Comma, Semi; Colon: "Quote" 'Apostrophe' O’Brien`,
	`back\slash \n \\ \, not a line break`,
	"line\r\nbreak\rof\nthree kinds",
	"Zoë Nuñez-Æther Łukasz Nguyễn Thị Ánh",
	"د. فاطمة الزهراء (on call) עִבְרִית",
	"👩🏽‍⚕️ Dr Emoji 🏴󠁧󠁢󠁷󠁬󠁳󠁿 " + strings.Repeat("👨‍👩‍👧‍👦", 8),
	strings.Repeat("long ", 60) + strings.Repeat("ë", 100) + strings.Repeat("漢", 60),
	"=SUM(A1) <b>&amp;</b> %0d%0aATTENDEE:mailto:evil@example.org",
	"\r\nEND:VEVENT\r\nATTENDEE:mailto:evil@example.org",
	"nul\x00 bell\x07 delete\x7f tab\there line\u2028separator \ufeffmark",
	"cut off \xc3",
	"  blanks around  ",
}

// shown is what a client must make of a text: line breaks of all kinds as \n, no other controls.
func shown(text string) string {
	for _, pair := range [][2]string{{"\r\n", "\n"}, {"\r", "\n"}, {"\u2028", "\n"}, {"\u2029", "\n"}, {"\u0085", "\n"}, {"\ufeff", ""}} {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), pair[0], pair[1])
	}
	for r := rune(0); r <= 0x9f; r++ {
		if (r < ' ' || r >= 0x7f) && r != '\n' && r != '\t' {
			text = strings.ReplaceAll(text, string(r), "")
		}
	}
	return text
}

func TestNastyNamesSurvive(t *testing.T) {
	f := calendar.Feed{Name: strings.Join(nastyNames[:6], " / "), Zone: london(t)}
	for i, name := range nastyNames {
		e := event(t, fmt.Sprintf("nasty%02d", i), fmt.Sprintf("2027-01-%02dT18:30", i+1), fmt.Sprintf("2027-01-%02dT08:00", i+2), name)
		e.Description, e.Location, e.Categories = name+"\n"+name, name, []string{name, "On call"}
		e.URL = "https://rota.example.org/now?pcn=1&x=%C3%A9"
		f.Events = append(f.Events, e)
	}
	read := golden(t, "nasty-names.ics", encode(t, f))
	shownBy(t, "nasty-names.json", f)
	if read.Name != shown(f.Name) || len(read.Events) != len(nastyNames) {
		t.Errorf("%d events of %q", len(read.Events), read.Name)
	}
	for i, e := range read.Events {
		name := shown(nastyNames[i])
		if e.Summary != name || e.Description != name+"\n"+name || e.Location != name || !slices.Equal(e.Categories, []string{name, "On call"}) {
			t.Errorf("%q is read back as %+v", name, e)
		}
		if e.URL != f.Events[i].URL {
			t.Errorf("URL is read back as %s", e.URL)
		}
	}
}

// shownBy compares what every client must make of f with a file, which .ci/clients holds against what they do.
func shownBy(t *testing.T, name string, f calendar.Feed) {
	t.Helper()
	type texts struct {
		UID         string   `json:"uid"`
		Summary     string   `json:"summary"`
		Description string   `json:"description"`
		Location    string   `json:"location"`
		Categories  []string `json:"categories"`
	}
	var all []texts
	for _, e := range f.Events {
		one := texts{e.UID, shown(e.Summary), shown(e.Description), shown(e.Location), nil}
		for _, c := range e.Categories {
			one.Categories = append(one.Categories, shown(c))
		}
		all = append(all, one)
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(append(text, '\n'), want) {
		t.Errorf("%s differs (%v); run go test ./calendar -update", path, err)
	}
}

func TestBytesDoNotDependOnTheOrderOfEvents(t *testing.T) {
	f := calendar.Feed{Name: "Order", Zone: london(t), Events: []calendar.Event{
		event(t, "b", "2027-01-04T18:30", "2027-01-05T08:00", "same start, later UID"),
		event(t, "a", "2027-01-04T18:30", "2027-01-05T08:00", "same start, earlier UID"),
		event(t, "c", "2027-01-03T18:30", "2027-01-04T08:00", "first"),
	}}
	first := encode(t, f)
	slices.Reverse(f.Events)
	if again := encode(t, f); !bytes.Equal(first, again) {
		t.Errorf("got\n%s\nand\n%s", first, again)
	}
	var order []string
	for _, e := range caltest.Check(t, first).Events {
		order = append(order, e.UID[:1])
	}
	if strings.Join(order, "") != "cab" {
		t.Errorf("order is %s, want c, a, b", order)
	}
}

func TestEventsSayWhenTheyChangedAndWhetherTheyAreBusy(t *testing.T) {
	busy := event(t, "busy", "2027-01-04T10:00", "2027-01-04T11:00", "meeting")
	busy.Busy, busy.Sequence, busy.Modified = true, 3, modified.In(location(t, "America/New_York"))
	never := event(t, "never", "2027-01-05T10:00", "2027-01-05T11:00", "duty")
	never.Modified = time.Time{}
	ics := encode(t, calendar.Feed{Zone: london(t), Events: []calendar.Event{busy, never}})
	read := caltest.Check(t, ics)
	if e := read.Events[0]; !e.Busy || e.Sequence != 3 || !e.Stamp.Equal(modified) || !e.Modified.Equal(modified) || e.Status != "CONFIRMED" {
		t.Errorf("busy event is read back as %+v", e)
	}
	if e := read.Events[1]; e.Busy || e.Sequence != 0 || e.Stamp.Unix() != 0 {
		t.Errorf("free event is read back as %+v", e)
	}
	for _, want := range []string{"\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n", "\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n", "\r\nX-PUBLISHED-TTL:PT1H\r\n", "\r\nX-WR-TIMEZONE:Europe/London\r\n"} {
		if !bytes.Contains(ics, []byte(want)) {
			t.Errorf("no line %q", strings.TrimSpace(want))
		}
	}
}

func TestOtherZonesAndYearsAreWrittenInUTC(t *testing.T) {
	tests := []struct {
		name  string
		zone  *time.Location
		start string
		want  string
	}{
		{"UTC", time.UTC, "2027-07-01T10:00", ":20270701T100000Z"},
		{"no zone is UTC", nil, "2027-07-01T10:00", ":20270701T100000Z"},
		{"Paris", location(t, "Europe/Paris"), "2027-07-01T10:00", ":20270701T080000Z"},
		{"a nameless zone", time.FixedZone("", 3600), "2027-07-01T10:00", ":20270701T090000Z"},
		{"a zone with a nasty name", time.FixedZone("a/b\r\nX:", 3600), "2027-07-01T10:00", ":20270701T090000Z"},
		{"London before the rule of 1996", london(t), "1995-10-22T10:00", ":19951022T100000Z"},
		{"London under the rule", london(t), "1997-10-26T10:00", ";TZID=Europe/London:19971026T100000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := event(t, "a", test.start, test.start[:11]+"12:00", "x")
			read := caltest.Check(t, encode(t, calendar.Feed{Zone: test.zone, Events: []calendar.Event{e}}))
			if got := read.Events[0].StartText; got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestEncodeNamesTheEventThatCannotBeWritten(t *testing.T) {
	good := event(t, "good", "2027-01-04T18:30", "2027-01-05T08:00", "Night")
	tests := []struct {
		name   string
		change func(*calendar.Event)
		want   string
	}{
		{"same UID twice", func(*calendar.Event) {}, "is there twice"},
		{"no UID", func(e *calendar.Event) { e.UID = "" }, "has no UID"},
		{"long UID", func(e *calendar.Event) { e.UID = strings.Repeat("x", 203) }, "203 bytes"},
		{"UID with a line break", func(e *calendar.Event) { e.UID = "a\r\nATTENDEE:b" }, "characters that calendars change"},
		{"UID of Outlook", func(e *calendar.Event) { e.UID = "040000008200E00074C5B7101A82E00800000000" }, "Outlook"},
		{"ends when it starts", func(e *calendar.Event) { e.UID, e.End = "b", e.Start }, "ends at 2027-01-04T18:30"},
		{"negative sequence", func(e *calendar.Event) { e.UID, e.Sequence = "b", -1 }, "below 0"},
		{"year 10000", func(e *calendar.Event) { e.UID, e.End.Date.Year = "b", 10000 }, "year 10000"},
		{"address that is none", func(e *calendar.Event) { e.UID, e.URL = "b", "rota.example.org/now" }, "not a complete web address"},
		{"address with a line break", func(e *calendar.Event) { e.UID, e.URL = "b", "https://x/\r\nATTENDEE:y" }, "not a complete web address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			bad := good
			test.change(&bad)
			_, err := calendar.Encode(calendar.Feed{Zone: london(t), Events: []calendar.Event{good, bad}})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), `"Night", 2027-01-04T18:30`) {
				t.Errorf("got %v, want an error with %q that names the event", err, test.want)
			}
		})
	}
}

func TestUIDsAreFitForCalendars(t *testing.T) {
	if got := calendar.UID("on-call.first.20270104T1830", "k7x2"); got != "on-call.first.20270104T1830@k7x2.pcnrota" {
		t.Errorf("got %s", got)
	}
	seen := map[string]bool{}
	for _, id := range []string{"m3.20270121", "", "rufbereitschaft über nacht.first.20270104T1830", strings.Repeat("long", 60), strings.Repeat("long", 61), "a;b", "a,b"} {
		uid := calendar.UID(id, "k7x2")
		e := event(t, "", "2027-01-04T18:30", "2027-01-05T08:00", id)
		e.UID = uid
		caltest.Check(t, encode(t, calendar.Feed{Zone: london(t), Events: []calendar.Event{e}}))
		if seen[uid] {
			t.Errorf("%q has the UID %s of another", id, uid)
		}
		seen[uid] = true
	}
}

// Whatever the texts, Encode gives bytes that pass the lint and say the same texts, or an error.
func FuzzAnyTextSurvives(f *testing.F) {
	for i, name := range nastyNames {
		f.Add(fmt.Sprintf("uid%d@x", i), name, name, name, "https://example.org/now", name, int64(i)*1_000_000, 60)
	}
	f.Add("a@b", "", "", "", "", "", int64(29_876_400), 1)
	f.Fuzz(func(t *testing.T, uid, summary, description, place, address, name string, minute int64, length int) {
		start := rota.CivilOf(time.Unix(minute%(300*366*24*60)*60, 0), time.UTC)
		end := rota.CivilOf(time.Unix((minute%(300*366*24*60)+int64(length)%100_000)*60, 0), time.UTC)
		ics, err := calendar.Encode(calendar.Feed{Name: name, Zone: london(t), Events: []calendar.Event{{
			UID: uid, Modified: modified, Start: start, End: end,
			Summary: summary, Description: description, Location: place, URL: address, Categories: []string{summary, place},
		}}})
		if err != nil {
			return
		}
		read := caltest.Check(t, ics)
		if len(read.Events) != 1 || read.Name != shown(name) {
			t.Fatalf("%d events of %q, want 1 of %q", len(read.Events), read.Name, shown(name))
		}
		e := read.Events[0]
		if e.UID != uid || e.Summary != shown(summary) || e.Description != shown(description) || e.Location != shown(place) || e.URL != address {
			t.Errorf("read back %+v\nof %q %q %q %q", e, summary, description, place, address)
		}
		if !e.Start.Equal(start.Instant(london(t))) || !e.End.Equal(end.Instant(london(t))) {
			t.Errorf("read back %s to %s of %s to %s", e.Start, e.End, start, end)
		}
	})
}
