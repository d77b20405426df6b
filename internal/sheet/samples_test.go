package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

// The samples are an invented PCN's spreadsheets, tidy and as people really send them.

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/samples", name))
	if err != nil {
		t.Skipf("the sample spreadsheets are not beside this checkout: %v", err)
	}
	return data
}

func date(t *testing.T, s string) rota.Date {
	t.Helper()
	d, err := rota.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func samplePractices(t *testing.T) []rota.Practice {
	t.Helper()
	practices, err := Practices("practices.csv", sample(t, "harbourside/practices.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return practices
}

func sampleLeaders(t *testing.T) []rota.Leader {
	t.Helper()
	leaders, err := Leaders("leaders.csv", sample(t, "harbourside/leaders.csv"), samplePractices(t))
	if err != nil {
		t.Fatal(err)
	}
	return leaders
}

var partnerBodies = []rota.Body{
	{ID: "ICS", Name: "Integrated care system"},
	{ID: "LMC", Name: "Local medical committee"},
	{ID: "LA", Name: "Local authority"},
	{ID: "PCN", Name: "Primary care network"},
}

func TestTidyPracticesImport(t *testing.T) {
	want := []rota.Practice{
		{Code: "Y10111", Name: "Park View Surgery", ListSize: 15750},
		{Code: "Y10224", Name: "Mill Lane Surgery", ListSize: 8500},
		{Code: "Y10337", Name: "Three Rivers Medical Group", ListSize: 12900},
		{Code: "Y10450", Name: "Dr Penrose & Partners", ListSize: 4550},
		{Code: "Y10563", Name: "Northgate & Weir Street", ListSize: 15150},
	}
	if diff := cmp.Diff(want, samplePractices(t)); diff != "" {
		t.Error(diff)
	}
}

func TestTidyLeadersImport(t *testing.T) {
	leaders := sampleLeaders(t)
	if len(leaders) != 14 {
		t.Fatalf("got %d leaders, want 14", len(leaders))
	}
	want := []rota.Leader{
		{
			ID: "L12", Name: "Quentin Xu", Email: "quentin.xu@example.nhs.uk", Phone: "07700 900111",
			Roles: []string{"Mental health lead"}, Practice: "Y10224", Employment: rota.Employee, Share: 800,
			Registration: rota.Registration{Body: "NMC", Number: "85A1992E", Expires: date(t, "2027-03-28")},
			Starts:       date(t, "2022-08-06"), Ends: date(t, "2027-07-05"),
		},
		{
			ID: "L13", Name: "Dr Benedict St. John, Jr", Email: "benedict.st.johnjr@example.nhs.uk", Phone: "07700 900112",
			Roles: []string{"Clinical Director"}, Practice: "Y10337", Employment: rota.Partner, Share: 800,
			Registration: rota.Registration{Body: "GMC", Number: "5252571", Expires: date(t, "2029-02-27")},
			Starts:       date(t, "2027-05-03"),
		},
	}
	if diff := cmp.Diff(want, leaders[11:13]); diff != "" {
		t.Error(diff)
	}
	if !leaders[0].NewToOnCall || leaders[1].NewToOnCall {
		t.Error("L01 is new to on call and L02 is not")
	}
}

func TestExcelsLeadersAreTheTidyLeaders(t *testing.T) {
	excel := sample(t, "messy/leaders-uk-excel.csv")
	leaders, err := Leaders("leaders-uk-excel.csv", excel, samplePractices(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sampleLeaders(t), leaders); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Notes (column O)"}, Ignored(LeaderFile, excel)); diff != "" {
		t.Error(diff)
	}
}

func TestTidyAbsencesImport(t *testing.T) {
	absences, err := Absences("absences.csv", sample(t, "harbourside/absences.csv"), sampleLeaders(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(absences) != 96 {
		t.Fatalf("got %d absences, want 96", len(absences))
	}
	want := []rota.Absence{
		{Leader: "L02", Kind: rota.Parental, First: date(t, "2027-02-01"), Last: date(t, "2027-06-07")},
		{Leader: "L01", Kind: rota.NonWorkingDay, First: date(t, "2027-01-04"), Last: date(t, "2028-01-03"), Weekday: time.Tuesday},
	}
	if diff := cmp.Diff(want, absences[81:83]); diff != "" {
		t.Error(diff)
	}
}

func TestTidyWishesImport(t *testing.T) {
	wishes, err := Wishes("wishes.csv", sample(t, "harbourside/wishes.csv"), sampleLeaders(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []rota.Wish{
		{Leader: "L06", Kind: rota.Prefer, Weekday: time.Wednesday, Weight: 1},
		{Leader: "L04", Kind: rota.Avoid, Weekday: time.Thursday, Weight: 2},
		{Leader: "L12", Kind: rota.Prefer, Weekday: time.Tuesday, Weight: 3},
		{Leader: "L09", Kind: rota.Avoid, Weekday: time.Tuesday, Weight: 2},
		{Leader: "L05", Kind: rota.Avoid, Weekday: time.Sunday, Weight: 1},
		{Leader: "L07", Kind: rota.Avoid, Weekday: time.Saturday, Weight: 2},
		{Leader: "L10", Kind: rota.Prefer, Weekday: time.Thursday, Weight: 3},
	}
	if diff := cmp.Diff(want, wishes); diff != "" {
		t.Error(diff)
	}
}

func TestTidyMeetingsImport(t *testing.T) {
	first := date(t, "2027-01-04")
	series, err := Meetings("meetings.csv", sample(t, "harbourside/meetings.csv"), partnerBodies, first, asWritten)
	if err != nil {
		t.Fatal(err)
	}
	if len(series) != 7 {
		t.Fatalf("got %d series, want 7", len(series))
	}
	want := []rota.Series{
		{
			Title: "ICB board (public)", Body: "ICS", Rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", First: first, At: 10 * 60, Minutes: 150,
			Place: "Civic Centre, Committee Room 2", Who: rota.Who{Mode: rota.RoleGoes, Name: "Clinical Director"}, PapersTo: rota.WorkingDays(6), PapersFrom: rota.AsBody,
		},
		{
			Title: "LMC liaison", Body: "LMC", Rule: "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,5,6,7,9,10,11", First: first, At: 19*60 + 30,
			Minutes: 120, Place: "Postgraduate Centre", Who: rota.Who{Mode: rota.AnyGoes, Name: "GP"}, PapersFrom: rota.AsBody,
		},
		{
			Title: "Public health contract review", Body: "LA", Rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE", First: first, At: 14 * 60,
			Minutes: 90, Place: "Online", Who: rota.Who{Mode: rota.AnyGoes}, PapersTo: rota.WorkingDays(5), PapersFrom: rota.AsBody,
		},
	}
	if diff := cmp.Diff(want, series[:3]); diff != "" {
		t.Error(diff)
	}
}

func TestFiveFaultsInLeaders(t *testing.T) {
	leaders, err := Leaders("leaders.csv", sample(t, "messy/leaders-five-faults.csv"), samplePractices(t))
	report(t, leaders, err, `
leaders.csv line 4, email (column C): "joanna.lloyd(at)example.nhs.uk" is not an e-mail address like name@example.nhs.uk
leaders.csv line 6, wte (column G): "six tenths" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
leaders.csv line 8, id (column A): "L06" is already on line 7: each row needs its own
leaders.csv line 9, registration_expires (column J): "31/02/2027" is not a date: February 2027 has 28 days
leaders.csv line 10, practice (column E): "Y99999" is not the code or name of a known practice: Y10111, Y10224, Y10337, Y10450, Y10563
`)
}

func TestThreeFaultsInAbsences(t *testing.T) {
	absences, err := Absences("absences.csv", sample(t, "messy/absences-three-faults.csv"), sampleLeaders(t))
	report(t, absences, err, `
absences.csv line 5, last_day (column E): "2027-11-30" is before "2027-12-02", the day in first_day (column D)
absences.csv line 7, leader_id (column A): "L99" is not the id of a known leader; the id of Dr Vikram Evans is L02
absences.csv line 9, kind (column C): "holliday" is not one of annual, study, professional, sick, parental, carers, compassionate, jury service, sabbatical, other, non-working day
`)
}

// report checks that a file was refused whole, with exactly these lines.
func report[T any](t *testing.T, rows []T, err error, want string) {
	t.Helper()
	if len(rows) > 0 {
		t.Errorf("got %d rows out of a file at fault", len(rows))
	}
	faults, ok := err.(Faults)
	if !ok {
		t.Fatalf("got error %v, want faults", err)
	}
	if diff := cmp.Diff(strings.TrimSpace(want), faults.Error()); diff != "" {
		t.Error(diff)
	}
}
