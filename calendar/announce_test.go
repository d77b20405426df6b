package calendar

import (
	"fmt"
	"strings"
	"testing"

	"pcnrota/rota"
)

func tell(t *testing.T, events string) (Told, error) {
	t.Helper()
	w := Window{From: day(t, "2027-01-01"), Until: day(t, "2028-01-01"), Zone: zoneOf(t, "Europe/London")}
	return ReadMeetings([]byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"+strings.ReplaceAll(events, "\n", "\r\n")+"\r\nEND:VCALENDAR\r\n"), w)
}

func event(lines ...string) string {
	return "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT"
}

func shown(told Told) string {
	var out []string
	for _, s := range told.Series {
		for _, m := range s.Meetings {
			out = append(out, fmt.Sprintf("%s %s: %s to %s", s.UID, m.Planned, m.Start, m.End.Time))
		}
	}
	return strings.Join(out, "\n")
}

func TestMeetingsOfACalendarKeepTheirClockAndTheirIdentity(t *testing.T) {
	for _, tt := range []struct{ name, events, want string }{
		{
			"over the change of the clocks", event("UID:a", "DTSTART;TZID=Europe/London:20270325T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
			"a 2027-03-25: 2027-03-25T10:00 to 11:00\na 2027-04-01: 2027-04-01T10:00 to 11:00",
		},
		{"in UTC, in summer", event("UID:a", "DTSTART:20270701T090000Z", "DTEND:20270701T100000Z"), "a 2027-07-01: 2027-07-01T10:00 to 11:00"},
		{
			"one that has moved is known by its old day", event("UID:a", "DTSTART:20270107T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2") + "\n" +
				event("UID:a", "RECURRENCE-ID:20270114T100000Z", "DTSTART:20270121T140000Z", "DURATION:PT1H"),
			"a 2027-01-07: 2027-01-07T10:00 to 11:00\na 2027-01-14: 2027-01-21T14:00 to 15:00",
		},
		{
			"one that is cancelled is gone", event("UID:a", "DTSTART:20270107T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2") + "\n" +
				event("UID:a", "RECURRENCE-ID:20270114T100000Z", "DTSTART:20270114T100000Z", "STATUS:CANCELLED"),
			"a 2027-01-07: 2027-01-07T10:00 to 11:00",
		},
		{"a series that is cancelled is gone", event("UID:a", "STATUS:CANCELLED", "DTSTART:20270107T100000Z", "DURATION:PT1H"), ""},
		{"without an end it lasts an hour", event("UID:a", "DTSTART:20270107T100000Z"), "a 2027-01-07: 2027-01-07T10:00 to 11:00"},
		{"outside of the window it does not matter", event("UID:a", "DTSTART:20260107T100000Z") + "\n" + event("UID:b", "DTSTART:20280107T100000Z"), ""},
		{"a whole day is none", event("UID:a", "DTSTART;VALUE=DATE:20270107"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			told, err := tell(t, tt.events)
			if err != nil || shown(told) != tt.want {
				t.Errorf("got %s (%v), want %s", shown(told), err, tt.want)
			}
		})
	}
}

// Nothing but title, place and the address to join by is kept of a meeting.
func TestTheWordsOfAMeeting(t *testing.T) {
	told, err := tell(t, event("UID:a", "DTSTART:20270107T100000Z", `SUMMARY:Board\, in public`, "LOCATION:Room\\n2", "DESCRIPTION:secret", "URL:https://icb.example/board")+"\n"+
		event("UID:b", "DTSTART:20270108T100000Z", "LOCATION:https://meet.example/1"))
	if err != nil || len(told.Series) != 2 {
		t.Fatal(told, err)
	}
	for i, want := range []rota.Announced{
		{Title: "Board, in public", Place: "Room 2", Link: "https://icb.example/board"},
		{Title: "Meeting", Place: "Online", Link: "https://meet.example/1"},
	} {
		got := told.Series[i].Meetings[0]
		if got.Title != want.Title || got.Place != want.Place || got.Link != want.Link || !told.Series[i].Once {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestACalendarOfMeetingsIsReadInFullOrNotAtAll(t *testing.T) {
	for name, events := range map[string]string{
		"line 4: DTSTART":     event("DTSTART;TZID=Europe/London:soon"),
		"line 3: RANGE":       event("UID:a", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270107T100000Z", "DTSTART:20270107T100000Z"),
		"repeats in a way":    event("DTSTART:20270107T100000Z", "RRULE:FREQ=HOURLY"),
		"more than 5000 meet": event("DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY") + strings.Repeat("\n"+event("UID:x", "DTSTART:20270101T110000Z", "RRULE:FREQ=DAILY"), 1) + many(t),
	} {
		if _, err := tell(t, events); err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(name, "line 3: ")) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func many(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for i := range 20 {
		fmt.Fprintf(&all, "\n%s", event(fmt.Sprintf("UID:m%d", i), "DTSTART:20270101T110000Z", "RRULE:FREQ=DAILY"))
	}
	return all.String()
}
