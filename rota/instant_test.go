package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// clock is what a clock in a zone shows around some day, minute by minute: an oracle that asks nothing
// but what the clock shows at a known instant.
type clock struct {
	shown map[rota.Civil][]time.Time // when it shows a civil time, in order
	jumps []jump
}

// jump is a minute after which the clock skips some civil times.
type jump struct {
	last, next rota.Civil
	offset     time.Duration // in force before it
}

func watch(zone *time.Location, around rota.Date) clock {
	c := clock{shown: map[rota.Civil][]time.Time{}}
	noon := time.Date(around.Year, around.Month, around.Day, 12, 0, 0, 0, time.UTC)
	var last rota.Civil
	for t := noon.Add(-72 * time.Hour); t.Before(noon.Add(72 * time.Hour)); t = t.Add(time.Minute) {
		local := t.In(zone)
		shows := rota.Civil{
			Date: rota.Date{Year: local.Year(), Month: local.Month(), Day: local.Day()},
			Time: rota.TimeOfDay(local.Hour()*60 + local.Minute()),
		}
		if len(c.shown) > 0 && minutes(last, shows) > 1 {
			_, offset := t.Add(-time.Minute).In(zone).Zone()
			c.jumps = append(c.jumps, jump{last, shows, time.Duration(offset) * time.Second})
		}
		c.shown[shows] = append(c.shown[shows], t)
		last = shows
	}
	return c
}

func minutes(a, b rota.Civil) int {
	return a.Date.DaysUntil(b.Date)*24*60 + int(b.Time) - int(a.Time)
}

// read gives the instant meant by civil, by RFC 5545 section 3.3.5, and how often the clock shows it.
func (c clock) read(civil rota.Civil) (time.Time, int) {
	if shown := c.shown[civil]; len(shown) > 0 {
		return shown[0], len(shown)
	}
	for _, j := range c.jumps {
		if j.last.Before(civil) && civil.Before(j.next) {
			wall := time.Date(civil.Date.Year, civil.Date.Month, civil.Date.Day, int(civil.Time)/60, int(civil.Time)%60, 0, 0, time.UTC)
			return wall.Add(-j.offset), 0
		}
	}
	return time.Time{}, -1
}

// TestInstantAgreesWithTheClock reads every minute of the days around a change of the clocks.
func TestInstantAgreesWithTheClock(t *testing.T) {
	tests := []struct {
		name, zone, day string
		never, twice    int // minutes of the day
	}{
		{"spring in London", "Europe/London", "2027-03-28", 60, 0},
		{"autumn in London", "Europe/London", "2027-10-31", 0, 60},
		{"an ordinary day in London", "Europe/London", "2027-06-16", 0, 0},
		{"half an hour forward", "Australia/Lord_Howe", "2027-10-03", 30, 0},
		{"half an hour back", "Australia/Lord_Howe", "2027-04-04", 0, 30},
		{"a day that never was", "Pacific/Apia", "2011-12-30", 24 * 60, 0},
		{"a midnight that never was", "America/Sao_Paulo", "2018-11-04", 60, 0},
		{"a midnight shown twice", "America/Sao_Paulo", "2018-02-17", 0, 60},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			zone, day := zone(t, tt.zone), date(t, tt.day)
			oracle := watch(zone, day)
			never, twice := 0, 0
			for d := day.AddDays(-1); !d.After(day.AddDays(1)); d = d.AddDays(1) {
				for m := range rota.TimeOfDay(24 * 60) {
					c := d.At(m)
					want, times := oracle.read(c)
					if d == day && times == 0 {
						never++
					} else if d == day && times == 2 {
						twice++
					}
					if got := c.Instant(zone); !got.Equal(want) {
						t.Fatalf("%s is %s, want %s (shown %d times)", c, got.UTC(), want, times)
					}
					if got := c.Ambiguous(zone); got != (times == 2) {
						t.Fatalf("%s ambiguous is %t, and it is shown %d times", c, got, times)
					}
					if times > 0 && rota.CivilOf(want, zone) != c {
						t.Fatalf("at %s the clock shows %s, want %s", want, rota.CivilOf(want, zone), c)
					}
				}
				if midnight, next := d.At(24*60), d.AddDays(1).At(0); !midnight.Instant(zone).Equal(next.Instant(zone)) || midnight.Ambiguous(zone) != next.Ambiguous(zone) {
					t.Fatalf("%s is %s, and %s is %s", midnight, midnight.Instant(zone), next, next.Instant(zone))
				}
			}
			if never != tt.never || twice != tt.twice {
				t.Errorf("%d minutes were never shown and %d twice, want %d and %d", never, twice, tt.never, tt.twice)
			}
		})
	}
}

func TestInstantAtTheLondonChanges(t *testing.T) {
	tests := []struct {
		name, civil, want string
	}{
		{"before the gap", "2027-03-28T00:59", "2027-03-28T00:59:00Z"},
		{"in the gap, read with the winter offset", "2027-03-28T01:30", "2027-03-28T01:30:00Z"},
		{"after the gap", "2027-03-28T02:00", "2027-03-28T01:00:00Z"},
		{"shown twice, the first time", "2027-10-31T01:30", "2027-10-31T00:30:00Z"},
		{"after the second showing", "2027-10-31T02:00", "2027-10-31T02:00:00Z"},
		{"the end of a summer day", "2027-06-16T24:00", "2027-06-16T23:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := civil(t, tt.civil).Instant(zone(t, "Europe/London")).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("%s is %s, want %s", tt.civil, got, tt.want)
			}
		})
	}
}

func TestSpans(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2027, time.January, 4, hour, 0, 0, 0, time.UTC) }
	span := func(from, to int) rota.Span { return rota.Span{Start: at(from), End: at(to)} }
	tests := []struct {
		name     string
		a, b     rota.Span
		overlaps bool
		gap      time.Duration
	}{
		{"one after the other", span(8, 12), span(12, 18), false, 0},
		{"with a gap", span(8, 12), span(14, 18), false, 2 * time.Hour},
		{"overlapping", span(8, 13), span(12, 18), true, 0},
		{"one inside the other", span(8, 18), span(10, 11), true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, pair := range [][2]rota.Span{{tt.a, tt.b}, {tt.b, tt.a}} {
				if got := pair[0].Overlaps(pair[1]); got != tt.overlaps {
					t.Errorf("overlaps is %t, want %t", got, tt.overlaps)
				}
				if got := pair[0].Gap(pair[1]); got != tt.gap {
					t.Errorf("gap is %s, want %s", got, tt.gap)
				}
			}
		})
	}
	if s := span(8, 12); !s.Contains(at(8)) || s.Contains(at(12)) {
		t.Error("a span holds its start and not its end")
	}
	first, last := rota.Span{Start: at(18), End: at(24)}.Days(time.UTC)
	if first != last || first.String() != "2027-01-04" {
		t.Errorf("until midnight is from %s to %s, want one day", first, last)
	}
}
