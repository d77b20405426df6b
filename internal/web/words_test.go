package web

import (
	"testing"

	"pcnrota/rota"
)

func TestTimesAreWordedAsTheNHSDoes(t *testing.T) {
	for clock, want := range map[string]string{
		"00:00": "midnight", "00:30": "12:30am", "01:05": "1:05am", "08:00": "8am", "11:59": "11:59am",
		"12:00": "midday", "12:30": "12:30pm", "18:30": "6:30pm", "23:00": "11pm", "24:00": "midnight",
	} {
		if got := timeWords(get(rota.ParseTimeOfDay(clock))); got != want {
			t.Errorf("%s: got %q, want %q", clock, got, want)
		}
	}
}

func TestMomentsAreSeenFromToday(t *testing.T) {
	for civil, want := range map[string]string{
		"2026-05-04T18:30": "6:30pm today",
		"2026-05-05T08:00": "8am tomorrow, Tuesday 5 May 2026",
		"2026-05-06T08:00": "8am on Wednesday 6 May 2026",
		"2026-05-03T08:00": "8am on Sunday 3 May 2026",
		"2026-05-04T24:00": "midnight at the end of today",
		"2026-05-05T00:00": "midnight at the end of today",
		"2026-05-06T00:00": "midnight at the end of tomorrow, Tuesday 5 May 2026",
		"2026-05-07T00:00": "midnight at the end of Wednesday 6 May 2026",
	} {
		if got := momentWords(get(rota.ParseCivil(civil)), day("2026-05-04")); got != want {
			t.Errorf("%s: got %q, want %q", civil, got, want)
		}
	}
}

func TestShifts(t *testing.T) {
	for _, c := range []struct{ start, end, day, times string }{
		{"2026-05-04T18:30", "2026-05-04T20:00", "Monday 4 May", "6:30pm to 8pm"},
		{"2026-05-04T18:30", "2026-05-05T08:00", "Monday 4 May", "6:30pm to 8am on Tuesday"},
		{"2026-05-04T08:00", "2026-05-05T00:00", "Monday 4 May", "8am to midnight"},
		{"2026-05-08T18:30", "2026-05-11T08:00", "Friday 8 May", "6:30pm to 8am on Monday"},
		{"2026-05-04T09:00", "2026-05-11T09:00", "Monday 4 May", "9am to 9am on Monday 11 May"},
	} {
		day, times := shiftWords(get(rota.ParseCivil(c.start)), get(rota.ParseCivil(c.end)))
		if day != c.day || times != c.times {
			t.Errorf("%s to %s: got %q, %q", c.start, c.end, day, times)
		}
	}
}

func TestNumbersThatCanBeRung(t *testing.T) {
	for phone, want := range map[string]string{
		"":                                  "",
		"ask at reception":                  "",
		"01632 960123":                      "tel:01632960123",
		" (01632) 960-123 ":                 "tel:01632960123",
		"+44 1632 960123":                   "tel:+441632960123",
		"+44 (0)1632 960123":                "tel:+441632960123",
		"01632\u00a0960123":                 "tel:01632960123",
		"01632 960123 ext 4":                "tel:01632960123",
		"01632 960123 (bleep 12)":           "tel:01632960123",
		"01632 960123 / 07700 900123":       "tel:01632960123",
		"01632 960123, 07700 900123":        "tel:01632960123",
		"07700 900123;phone-context=x\"><b": "tel:07700900123",
		"javascript:alert(1)":               "",
	} {
		if got := string(phoneLink(phone)); got != want {
			t.Errorf("%q: got %q, want %q", phone, got, want)
		}
	}
}
