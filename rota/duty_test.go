package rota_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// policy is a rota of one tier on a shipped pattern.
func policy(t testing.TB, pattern string) rota.Policy {
	t.Helper()
	for _, p := range rota.ReadyPatterns() {
		if p.Name == pattern {
			return rota.Policy{
				Name: "on-call", Pattern: p.Kinds, Points: rota.DefaultDayPoints,
				Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}},
			}
		}
	}
	t.Fatalf("no pattern %s is shipped", pattern)
	return rota.Policy{}
}

// lastSunday gives the day on which the clocks change in that month.
func lastSunday(year int, month time.Month) rota.Date {
	d := rota.Date{Year: year, Month: month, Day: 31}
	return d.AddDays(-int(d.Weekday()))
}

// TestShiftsKeepTheirTimesOverBothClockChanges walks every shipped pattern over the six weeks around each
// change of the clocks from 2026 to 2040. Civil starts and ends are those of the pattern; a shift or a gap
// that holds a change is an hour longer or shorter than the wall clock makes it look; nothing overlaps;
// and there is no gap but where the pattern says so.
func TestShiftsKeepTheirTimesOverBothClockChanges(t *testing.T) {
	london := zone(t, "Europe/London")
	// gaps says on which civil times a pattern may leave cover: from the end of a to the start of b.
	gaps := map[string]func(a, b rota.Duty) bool{
		"weekly": func(_, _ rota.Duty) bool { return false },
		"daily":  func(_, _ rota.Duty) bool { return false },
		"weeknights-and-weekends": func(a, b rota.Duty) bool { // core hours of a working day
			_, holiday := rota.Holidays{}.On(a.End.Date)
			wd := a.End.Date.Weekday()
			return a.End.Date == b.Start.Date && a.End.Time == 8*60 && b.Start.Time == 18*60+30 && !holiday && wd != time.Saturday && wd != time.Sunday
		},
		"enhanced-access": func(_, _ rota.Duty) bool { return true },
	}
	for _, ready := range rota.ReadyPatterns() {
		t.Run(ready.Name, func(t *testing.T) {
			p := policy(t, ready.Name)
			mayGap, changed := gaps[ready.Name], 0
			for year := 2026; year <= 2040; year++ {
				for _, change := range []struct {
					day  rota.Date
					hour time.Duration // by which real time is longer than the wall clock shows
				}{{lastSunday(year, time.March), -time.Hour}, {lastSunday(year, time.October), time.Hour}} {
					at := time.Date(year, change.day.Month, change.day.Day, 1, 0, 0, 0, time.UTC)
					elapsed := func(from, to rota.Civil, start, end time.Time) time.Duration {
						wall := time.Duration(minutes(from, to)) * time.Minute
						if start.Before(at) && end.After(at) {
							wall += change.hour
						}
						return wall
					}
					duties := p.Duties(change.day.AddDays(-21), change.day.AddDays(21), london, rota.Holidays{})
					for i, d := range duties {
						kind := p.Pattern[slices.IndexFunc(p.Pattern, func(k rota.ShiftKind) bool { return k.Name == d.Kind })]
						if d.Start.Time != kind.Start || d.End.Time != kind.End || d.Start.Date.DaysUntil(d.End.Date) != kind.EndDays {
							t.Errorf("%s runs from %s to %s", d.ID, d.Start, d.End)
						}
						if rota.CivilOf(d.Span.Start, london) != d.Start || rota.CivilOf(d.Span.End, london) != d.End {
							t.Errorf("%s: the clock shows %s and %s, want %s and %s", d.ID, rota.CivilOf(d.Span.Start, london), rota.CivilOf(d.Span.End, london), d.Start, d.End)
						}
						if got, want := d.Span.End.Sub(d.Span.Start), elapsed(d.Start, d.End, d.Span.Start, d.Span.End); got != want {
							t.Errorf("%s lasts %s, want %s", d.ID, got, want)
						}
						if d.Span.Contains(at) {
							changed++
						}
						if i == 0 {
							continue
						}
						last := duties[i-1]
						gap := d.Span.Start.Sub(last.Span.End)
						if want := elapsed(last.End, d.Start, last.Span.End, d.Span.Start); gap != want || gap < 0 {
							t.Errorf("between %s and %s are %s, want %s", last.ID, d.ID, gap, want)
						}
						if gap != 0 && !mayGap(last, d) {
							t.Errorf("nobody is on call between %s and %s", last.End, d.Start)
						}
					}
				}
			}
			if want := 2 * 15; changed != want && ready.Name != "enhanced-access" {
				t.Errorf("%d shifts hold a change of the clocks, want %d", changed, want)
			}
		})
	}
}

func TestANightOverTheAutumnChangeIsAnHourLonger(t *testing.T) {
	night := policy(t, "daily")
	night.Pattern = []rota.ShiftKind{{Name: "night", Days: []time.Weekday{time.Saturday}, Start: 20 * 60, End: 8 * 60, EndDays: 1}}
	for day, want := range map[string]time.Duration{"2027-03-27": 11, "2027-10-30": 13, "2027-11-06": 12} {
		d := night.Duties(date(t, day), date(t, day).AddDays(1), zone(t, "Europe/London"), rota.Holidays{})[0]
		if got := d.Span.End.Sub(d.Span.Start); got != want*time.Hour {
			t.Errorf("the night of %s lasts %s, want %d hours", day, got, want)
		}
	}
}

// TestDutiesAgreeWithTheIndependentExpansion has the checker work out the shipped patterns for fifteen
// years of its own, holidays, points and instants included.
func TestDutiesAgreeWithTheIndependentExpansion(t *testing.T) {
	for _, ready := range rota.ReadyPatterns() {
		p := rota.Problem{
			Policy: policy(t, ready.Name), From: date(t, "2026-01-01"), Until: date(t, "2041-01-01"), Zone: zone(t, "Europe/London"),
			Leaders: []rota.Leader{{ID: "L01"}},
		}
		duties := p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)
		for _, b := range rotatest.CheckDuties(p, duties) {
			if b.Rule != rotatest.RuleCover || !strings.HasPrefix(b.Detail, "nobody holds") {
				t.Errorf("%s: %s", ready.Name, b)
			}
		}
		seen := map[rota.DutyID]bool{}
		for _, d := range duties {
			if seen[d.ID] {
				t.Errorf("%s: %s names two duties", ready.Name, d.ID)
			}
			seen[d.ID] = true
		}
	}
}

func TestBankHolidaysInThePatterns(t *testing.T) {
	starts := func(pattern, from, until string) []string {
		var kinds []string
		for _, d := range policy(t, pattern).Duties(date(t, from), date(t, until), zone(t, "Europe/London"), rota.Holidays{}) {
			kinds = append(kinds, d.Start.String()+" "+d.Kind)
		}
		return kinds
	}
	tests := []struct {
		name, pattern, from, until string
		want                       []string
	}{
		{
			"Easter week, from Maundy Thursday to Tuesday", "weeknights-and-weekends", "2027-03-25", "2027-03-31",
			[]string{"2027-03-25T18:30 night", "2027-03-26T08:00 long-weekend", "2027-03-29T08:00 bank-holiday", "2027-03-30T18:30 night"},
		},
		{
			"substitute days after Christmas", "weeknights-and-weekends", "2027-12-24", "2027-12-30",
			[]string{"2027-12-24T18:30 weekend", "2027-12-27T08:00 bank-holiday", "2027-12-28T08:00 bank-holiday", "2027-12-29T18:30 night"},
		},
		{
			"Enhanced Access rests on bank holidays", "enhanced-access", "2027-05-01", "2027-05-05",
			[]string{"2027-05-01T09:00 saturday", "2027-05-04T18:30 evening"},
		},
		{
			"a week is a week", "weekly", "2027-05-01", "2027-05-12",
			[]string{"2027-05-03T09:00 week", "2027-05-10T09:00 week"},
		},
		{
			"29 February", "daily", "2028-02-28", "2028-03-02",
			[]string{"2028-02-28T08:00 day", "2028-02-29T08:00 day", "2028-03-01T08:00 day"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := starts(tt.pattern, tt.from, tt.until); !slices.Equal(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

func TestDaysOfADuty(t *testing.T) {
	tests := []struct {
		name, start, end    string
		first, last, onCall string
		days                int
	}{
		{"a night", "2027-01-03T18:30", "2027-01-04T08:00", "2027-01-03", "2027-01-04", "2027-01-03", 1},
		{"until midnight", "2027-01-03T18:30", "2027-01-04T00:00", "2027-01-03", "2027-01-03", "2027-01-03", 1},
		{"until 24:00", "2027-01-03T18:30", "2027-01-03T24:00", "2027-01-03", "2027-01-03", "2027-01-03", 1},
		{"a weekend", "2027-01-08T18:30", "2027-01-11T08:00", "2027-01-08", "2027-01-11", "2027-01-10", 3},
		{"a week", "2027-01-04T09:00", "2027-01-11T09:00", "2027-01-04", "2027-01-11", "2027-01-10", 7},
		{"a day and a minute", "2028-02-28T08:00", "2028-02-29T08:01", "2028-02-28", "2028-02-29", "2028-02-29", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := rota.Duty{Start: civil(t, tt.start), End: civil(t, tt.end)}
			if first, last := d.Days(); first.String() != tt.first || last.String() != tt.last {
				t.Errorf("it touches %s to %s, want %s to %s", first, last, tt.first, tt.last)
			}
			if days := d.OnCall(); len(days) != tt.days || days[0] != d.Start.Date || days[len(days)-1].String() != tt.onCall {
				t.Errorf("days on call are %v, want %d up to %s", days, tt.days, tt.onCall)
			}
		})
	}
}

func TestDutiesWeighTheirDaysOnCall(t *testing.T) {
	p := policy(t, "weekly")
	p.Tiers = append(p.Tiers, rota.Tier{Name: "second", Weight: rota.Point / 2})
	duties := p.Duties(date(t, "2027-12-20"), date(t, "2027-12-27"), zone(t, "Europe/London"), rota.Holidays{})
	if len(duties) != 2 || duties[0].ID != "on-call.first.20271220T0900" || duties[1].ID != "on-call.second.20271220T0900" {
		t.Fatalf("got %v, want a first and a second", duties)
	}
	// Monday to Thursday are four weekdays, the 24th to the 26th three festive days.
	if want := (rota.Load{rota.Weekday: 4 * rota.Point, rota.Festive: 12 * rota.Point}); duties[0].Load != want {
		t.Errorf("the first weighs %v, want %v", duties[0].Load, want)
	}
	if want := (rota.Load{rota.Weekday: 2 * rota.Point, rota.Festive: 6 * rota.Point}); duties[1].Load != want {
		t.Errorf("the second weighs %v, want %v", duties[1].Load, want)
	}
	p.Pattern = slices.Clone(p.Pattern)
	p.Pattern[0].Points = &rota.DayPoints{rota.Point, rota.Point, rota.Point, rota.Point}
	duties = p.Duties(date(t, "2027-12-20"), date(t, "2027-12-27"), zone(t, "Europe/London"), rota.Holidays{})
	if got := duties[0].Points(); got != 7*rota.Point || duties[0].Category() != rota.Festive {
		t.Errorf("with points of its own the week weighs %s, %s", got, duties[0].Category())
	}
}

func TestSortDuties(t *testing.T) {
	p := policy(t, "daily")
	p.Tiers = append(p.Tiers, rota.Tier{Name: "a-second", Weight: rota.Point})
	other := p
	other.Name = "hub"
	from, until := date(t, "2027-01-04"), date(t, "2027-01-06")
	duties := slices.Concat(other.Duties(from, until, time.UTC, rota.Holidays{}), p.Duties(from, until, time.UTC, rota.Holidays{}))
	slices.Reverse(duties)
	rota.SortDuties(duties)
	var ids []rota.DutyID
	for _, d := range duties {
		ids = append(ids, d.ID)
	}
	want := []rota.DutyID{
		"hub.a-second.20270104T0800", "hub.first.20270104T0800", "on-call.a-second.20270104T0800", "on-call.first.20270104T0800",
		"hub.a-second.20270105T0800", "hub.first.20270105T0800", "on-call.a-second.20270105T0800", "on-call.first.20270105T0800",
	}
	if !slices.Equal(ids, want) {
		t.Errorf("got  %v\nwant %v", ids, want)
	}
}
