package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestParseShare(t *testing.T) {
	for s, want := range map[string]rota.Share{"1": 1000, "0.8": 800, "1.0": 1000, "0.001": 1, "1.5": 1500, "0.375": 375} {
		got, err := rota.ParseShare(s)
		if err != nil || got != want {
			t.Errorf("ParseShare(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "0", "0.0004", "-0.5", "1.6", "80%", "NaN", "full"} {
		if got, err := rota.ParseShare(s); err == nil {
			t.Errorf("ParseShare(%q) = %d, want an error", s, got)
		}
	}
	if got := rota.Share(800).String(); got != "0.8" {
		t.Errorf("800 thousandths are %q", got)
	}
}

func TestInPostFromTheFirstToTheLastDay(t *testing.T) {
	l := rota.Leader{Starts: date(t, "2027-03-01"), Ends: date(t, "2028-02-29")}
	tests := []struct {
		name        string
		leader      rota.Leader
		first, last string
		want        bool
	}{
		{"the day before", l, "2027-02-28", "2027-02-28", false},
		{"a night into the first day", l, "2027-02-28", "2027-03-01", false},
		{"the first day", l, "2027-03-01", "2027-03-01", true},
		{"the last day", l, "2028-02-29", "2028-02-29", true},
		{"a night out of the last day", l, "2028-02-29", "2028-03-01", false},
		{"with no start and no end", rota.Leader{}, "1990-01-01", "2090-01-01", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.leader.InPost(date(t, tt.first), date(t, tt.last)); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestARegistrationIsValidOnItsLastDay(t *testing.T) {
	last := date(t, "2027-04-27")
	tests := []struct {
		name               string
		registration       rota.Registration
		day                rota.Date
		registered, lapsed bool
	}{
		{"on the last day", rota.Registration{Body: "GMC", Expires: last}, last, true, false},
		{"the day after", rota.Registration{Body: "GMC", Expires: last}, last.AddDays(1), false, true},
		{"without an end", rota.Registration{Body: "NMC"}, last, true, false},
		{"who needs none", rota.Registration{}, last, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := rota.Leader{Registration: tt.registration}
			if got := l.RegisteredOn(tt.day); got != tt.registered {
				t.Errorf("registered is %t", got)
			}
			if got := l.LapsedOn(tt.day); got != tt.lapsed {
				t.Errorf("lapsed is %t", got)
			}
		})
	}
}

func TestQualified(t *testing.T) {
	tests := []struct {
		name   string
		leader rota.Leader
		asked  string
		want   bool
	}{
		{"by the body", rota.Leader{Registration: rota.Registration{Body: "GPhC"}}, "gphc", true},
		{"a GP by the GMC", rota.Leader{Registration: rota.Registration{Body: "GMC"}}, "GP", true},
		{"a GP by role", rota.Leader{Roles: []string{"Salaried GP"}}, "gp", true},
		{"a pharmacist is no GP", rota.Leader{Roles: []string{"GPhC lead"}, Registration: rota.Registration{Body: "GPhC"}}, "GP", false},
		{"by a competence", rota.Leader{Qualifications: []string{"Prescriber"}}, "prescriber", true},
		{"nothing is asked of nobody", rota.Leader{}, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.leader.Qualified(tt.asked); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestEligibilityAsksForOneOfEachList(t *testing.T) {
	l := rota.Leader{ID: "L01", Practice: "A", Roles: []string{"GP partner"}, Qualifications: []string{"prescriber"}}
	tests := []struct {
		name    string
		asked   rota.Eligibility
		missing string
	}{
		{"nothing", rota.Eligibility{}, ""},
		{"one of several roles", rota.Eligibility{Roles: []string{"Nurse", "gp partner"}}, ""},
		{"another role", rota.Eligibility{Roles: []string{"Nurse"}}, "role"},
		{"the role and another practice", rota.Eligibility{Roles: []string{"GP partner"}, Practices: []rota.PracticeCode{"B"}}, "practice"},
		{"another qualification", rota.Eligibility{Qualifications: []string{"NMC"}}, "qualification"},
		{"somebody else", rota.Eligibility{Leaders: []rota.LeaderID{"L02"}}, "name"},
		{"all four", rota.Eligibility{[]string{"GP partner"}, []rota.PracticeCode{"A"}, []string{"GP"}, []rota.LeaderID{"L01"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if ok, missing := tt.asked.Admits(l); ok != (tt.missing == "") || missing != tt.missing {
				t.Errorf("got %t, %q, want it to miss %q", ok, missing, tt.missing)
			}
		})
	}
}

func TestAbsences(t *testing.T) {
	annual := rota.Absence{Kind: rota.Annual, First: date(t, "2027-03-12"), Last: date(t, "2027-03-18")}
	tuesdays := rota.Absence{Kind: rota.NonWorkingDay, First: date(t, "2027-01-01"), Last: date(t, "2027-12-31"), Weekday: time.Tuesday}
	tests := []struct {
		name        string
		absence     rota.Absence
		first, last string
		want        bool
	}{
		{"ends the day before", annual, "2027-03-10", "2027-03-11", false},
		{"a night into the first day", annual, "2027-03-11", "2027-03-12", true},
		{"the last day", annual, "2027-03-18", "2027-03-19", true},
		{"the day after", annual, "2027-03-19", "2027-03-20", false},
		{"around it all", annual, "2027-03-01", "2027-03-31", true},
		{"Monday and Tuesday", tuesdays, "2027-06-14", "2027-06-15", true},
		{"Wednesday to Monday", tuesdays, "2027-06-16", "2027-06-21", false},
		{"a Tuesday of the year after", tuesdays, "2028-01-04", "2028-01-04", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.absence.CoversAny(date(t, tt.first), date(t, tt.last)); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
	if !annual.Bars() || tuesdays.Bars() {
		t.Error("annual leave bars, and a weekly non-working day does not")
	}
}

func TestAbsencesWithTimes(t *testing.T) {
	civil := func(s string) rota.Civil {
		c, err := rota.ParseCivil(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	tests := []struct {
		name, away, until string
		whole             bool
		start, end        string
		want              bool
	}{
		{"an evening, and the night after it", "2027-03-12T18:00", "2027-03-12T23:00", false, "2027-03-12T23:00", "2027-03-13T08:00", false},
		{"an evening, and a night in it", "2027-03-12T18:00", "2027-03-12T23:00", false, "2027-03-12T22:59", "2027-03-13T08:00", true},
		{"an evening, and the day before it", "2027-03-12T18:00", "2027-03-12T23:00", false, "2027-03-12T08:00", "2027-03-12T18:00", false},
		{"until midnight", "2027-03-12T18:00", "2027-03-13T00:00", false, "2027-03-13T00:00", "2027-03-13T08:00", false},
		{"over a weekend", "2027-03-12T17:00", "2027-03-15T09:00", false, "2027-03-13T08:00", "2027-03-14T08:00", true},
		{"a day, and the night into it", "2027-03-12T00:00", "2027-03-13T00:00", true, "2027-03-11T18:30", "2027-03-12T08:00", true},
		{"a day, and an evening up to it", "2027-03-12T00:00", "2027-03-13T00:00", true, "2027-03-11T18:30", "2027-03-12T00:00", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := rota.AwayBetween(civil(tt.away), civil(tt.until))
			a.Kind = rota.Other
			if a.Begin() != civil(tt.away) || a.End() != civil(tt.until) || a.WholeDays() != tt.whole {
				t.Errorf("got %s to %s", a.Begin(), a.End())
			}
			if got := a.Overlaps(civil(tt.start), civil(tt.end)); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
	tuesdays := rota.Absence{Kind: rota.NonWorkingDay, First: date(t, "2027-01-01"), Last: date(t, "2027-12-31"), Weekday: time.Tuesday}
	if !tuesdays.Overlaps(civil("2027-06-15T18:30"), civil("2027-06-16T08:00")) || tuesdays.Overlaps(civil("2027-06-16T18:30"), civil("2027-06-17T08:00")) {
		t.Error("a non-working day is every Tuesday and no other day")
	}
}

func TestOnlyWholeDaysLowerATarget(t *testing.T) {
	sick := rota.AwayBetween(date(t, "2027-03-01").At(14*60), date(t, "2027-03-04").At(9*60))
	sick.Kind = rota.Sick
	for day, want := range map[string]bool{"2027-02-28": false, "2027-03-01": false, "2027-03-02": true, "2027-03-03": true, "2027-03-04": false} {
		if got := sick.Excuses(date(t, day)); got != want {
			t.Errorf("%s is excused: %t", day, got)
		}
	}
	sick.Starts, sick.Ends = 0, 0
	if !sick.Excuses(sick.First) || !sick.Excuses(sick.Last) {
		t.Error("whole days are not excused")
	}
	sick.Kind = rota.Annual
	if sick.Excuses(sick.First) {
		t.Error("annual leave is excused")
	}
}

func TestProtectedLeave(t *testing.T) {
	protected := map[rota.AbsenceKind]bool{
		rota.Sick: true, rota.Parental: true, rota.Carers: true, rota.Compassionate: true, rota.JuryService: true, rota.Sabbatical: true,
	}
	for _, kind := range rota.AbsenceKinds {
		if got := kind.Protected(); got != protected[kind] {
			t.Errorf("%s is protected: %t", kind, got)
		}
		if got, err := rota.ParseAbsenceKind(string(kind)); err != nil || got != kind {
			t.Errorf("%s is read as %s, %v", kind, got, err)
		}
	}
	for _, s := range []string{"Jury_Service", "jury-service", " JURY SERVICE "} {
		if got, err := rota.ParseAbsenceKind(s); err != nil || got != rota.JuryService {
			t.Errorf("%q is read as %s, %v", s, got, err)
		}
	}
	if _, err := rota.ParseAbsenceKind("holiday"); err == nil {
		t.Error("holiday is read as a kind of absence")
	}
}

func TestWishesConcernAWeekdayOrSomeDays(t *testing.T) {
	thursdays := rota.Wish{Weekday: time.Thursday}
	days := rota.Wish{First: date(t, "2027-05-01"), Last: date(t, "2027-05-03"), Weekday: time.Thursday}
	for _, tt := range []struct {
		wish rota.Wish
		day  string
		want bool
	}{
		{thursdays, "2027-05-06", true},
		{thursdays, "2027-05-07", false},
		{days, "2027-04-30", false},
		{days, "2027-05-01", true},
		{days, "2027-05-03", true},
		{days, "2027-05-04", false},
		{days, "2027-05-06", false},
	} {
		if got := tt.wish.Concerns(date(t, tt.day)); got != tt.want {
			t.Errorf("%s concerns %+v: %t", tt.day, tt.wish, got)
		}
	}
}

func TestParseWeekday(t *testing.T) {
	for s, want := range map[string]time.Weekday{"Tue": time.Tuesday, "tuesday": time.Tuesday, "SUN": time.Sunday, "Saturday": time.Saturday} {
		if got, err := rota.ParseWeekday(s); err != nil || got != want {
			t.Errorf("ParseWeekday(%q) = %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "T", "Tues", "Dienstag"} {
		if got, err := rota.ParseWeekday(s); err == nil {
			t.Errorf("ParseWeekday(%q) = %s, want an error", s, got)
		}
	}
}
