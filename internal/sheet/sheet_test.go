package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

var practices = []rota.Practice{{Code: "Y10111", Name: "Park View Surgery"}, {Code: "Y10224", Name: "Mill Lane Surgery"}}

var people = []rota.Leader{
	{ID: "L01", Name: "Dr Zoë Müller"},
	{ID: "L02", Name: "Sam Patel"},
	{ID: "L03", Name: "Sam Patel"},
}

func TestEncodingsAndSeparatorsOfSpreadsheets(t *testing.T) {
	const tidy = "id,name,role\nL01,Zoë Müller,GP partner\nL02,\"St. John, Jr\",Lead nurse\n"
	want := []rota.Leader{
		{ID: "L01", Name: "Zoë Müller", Roles: []string{"GP partner"}, Employment: rota.Employee, Share: rota.FullTime},
		{ID: "L02", Name: "St. John, Jr", Roles: []string{"Lead nurse"}, Employment: rota.Employee, Share: rota.FullTime},
	}
	tabs := "id\tname\trole\nL01\tZoë Müller\tGP partner\nL02\tSt. John, Jr\tLead nurse\n"
	crlf := strings.ReplaceAll(tidy, "\n", "\r\n")
	for name, data := range map[string]string{
		"UTF-8":                           tidy,
		"UTF-8 with byte-order mark":      "\uFEFF" + tidy,
		"CRLF":                            crlf,
		"CR of old Macs":                  strings.ReplaceAll(tidy, "\n", "\r"),
		"Windows-1252":                    strings.NewReplacer("ë", "\xEB", "ü", "\xFC").Replace(crlf),
		"UTF-16 little-endian with tabs":  utf16le("\uFEFF" + tabs),
		"UTF-16 big-endian":               utf16be("\uFEFF" + tidy),
		"semicolons":                      "id;name;role\nL01;Zoë Müller;GP partner\nL02;St. John, Jr;Lead nurse\n",
		"semicolons announced":            "sep=;\nid;name;role\nL01;Zoë Müller;GP partner\nL02;St. John, Jr;Lead nurse\n",
		"tabs":                            tabs,
		"blank rows anywhere":             "\n,,\n" + strings.ReplaceAll(tidy, "\n", "\n , ,\n\n"),
		"no line end at the end":          strings.TrimSuffix(tidy, "\n"),
		"blanks around":                   " id , name ,role\n  L01 , Zoë  Müller ,\u00A0GP partner\nL02, \"St. John, Jr\",Lead nurse\n",
		"accents taken apart":             strings.NewReplacer("ë", "e\u0308", "ü", "u\u0308").Replace(tidy),
		"columns in another order":        "Role,Full Name,Staff ID\nGP partner,Zoë Müller,L01\nLead nurse,\"St. John, Jr\",L02\n",
		"unknown columns between":         "id,shoe size,name,role\nL01,41,Zoë Müller,GP partner\nL02,,\"St. John, Jr\",Lead nurse\n",
		"a remark in the name of columns": "ID (as on badge),Name (with title),Role\nL01,Zoë Müller,GP partner\nL02,\"St. John, Jr\",Lead nurse\n",
		"a long remark":                   "id,Notes,name,,role\nL01," + strings.Repeat("x", maxCell+1) + ",Zoë Müller,,GP partner\nL02,,\"St. John, Jr\",nobody reads this,Lead nurse\n",
		"blank cells beyond the header":   "id,name,role\nL01,Zoë Müller,GP partner,,\nL02,\"St. John, Jr\",Lead nurse,,\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Leaders("leaders.csv", []byte(data), nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEmptyCellsOfTabsKeepTheirPlace(t *testing.T) {
	got, err := Leaders("leaders.txt", []byte("id\tname\temail\trole\nL01\tSam Patel\t\tGP partner\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Email != "" || got[0].Roles[0] != "GP partner" {
		t.Errorf("got %+v", got[0])
	}
}

func TestFilesThatAreNoSheets(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"empty":            {"", "leaders.csv: is empty: save the sheet as CSV again, with its row of column names"},
		"only blanks":      {"\r\n \r\n", "leaders.csv: is empty: save the sheet as CSV again, with its row of column names"},
		"only separators":  {",,\n,,\n", "leaders.csv: holds nothing but blank rows: save the sheet as CSV again, with its row of column names"},
		"Excel workbook":   {"PK\x03\x04rest", `leaders.csv: is a workbook (.xlsx, .xls, .ods or .numbers), not CSV: open it and save the sheet as CSV ("CSV UTF-8" in Excel)`},
		"old workbook":     {"\xD0\xCF\x11\xE0\xA1\xB1", `leaders.csv: is a workbook (.xlsx, .xls, .ods or .numbers), not CSV: open it and save the sheet as CSV ("CSV UTF-8" in Excel)`},
		"PDF":              {"%PDF-1.7", "leaders.csv: is a PDF, not CSV: open the spreadsheet it was made from and save the sheet as CSV"},
		"zero bytes":       {"i\x00d\x00,\x00", `leaders.csv: is not a text file: save the sheet as CSV ("CSV UTF-8" in Excel)`},
		"too large":        {strings.Repeat("x", maxBytes+1), "leaders.csv: is larger than 5 MB, too large for a sheet of this kind: remove what is not needed"},
		"too many rows":    {"id,name\n" + strings.Repeat("x,y\n", maxRows+1), "leaders.csv: has more than 20000 rows, too many for a sheet of this kind: remove what is not needed"},
		"no column names":  {"L01,Sam Patel\n", "leaders.csv line 1: no column name is known here: the first row must name the columns, such as " + leaderColumns.names()},
		"no column for id": {"name,email\nSam Patel,x\n", "leaders.csv line 1: the column \"id\" is missing: add it to the row of column names\nleaders.csv line 2, email (column B): \"x\" is not an e-mail address like name@example.nhs.uk"},
		"a column twice":   {"\nid,Phone,name,Mobile\n", "leaders.csv line 2, Mobile (column D): means the same as Phone (column B): delete or rename one of the two columns"},
		"too many columns": {strings.Repeat("id,", maxColumns+1), "leaders.csv line 1: there are more than 500 columns, too many for a sheet of this kind: remove what is not needed"},
		"a cell too long":  {"id,name\nL01," + strings.Repeat("x", maxCell+1) + "\n", "leaders.csv line 2, name (column B): \"" + strings.Repeat("x", 80) + "…\" is too long: look for a quotation mark too many in this row"},
		"a quotation mark inside a cell": {
			"id,name\nL01,Sam \"Sammy\" Patel\nL02,Jo,x\n",
			"leaders.csv line 2: has a quotation mark that is never closed, or that stands inside a cell: delete it, or put the whole cell in quotation marks and write the mark inside it twice\n" +
				"leaders.csv line 3, column C: \"x\" stands right of the last of 2 columns: put quotation marks around the cell of this row that has a separator in it",
		},
		"a quotation mark never closed": {
			"id,name\nL01,\"Sam Patel\nL02,Jo\n",
			"leaders.csv line 2: has a quotation mark that is never closed, or that stands inside a cell: delete it, or put the whole cell in quotation marks and write the mark inside it twice",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := Leaders("leaders.csv", []byte(test.data), practices)
			report(t, rows, err, test.want)
		})
	}
}

func TestLeaderCells(t *testing.T) {
	got, err := Leaders("leaders.csv", []byte("code,Full name,Job title,ODS code,Contract,FTE,Reg body,Reg no,Tel,New?,Qualifications\n"+
		"a1,Ann Lee,Clinical Director / GP partner;gp PARTNER,mill lane surgery,GP Partner,\"0,75\",gphc,2124423,07700 900100 ext 2,Y,prescriber; trainer\n"+
		"a2,Bo Ash,,n/a,,,-,,,0,\n"), practices)
	if err != nil {
		t.Fatal(err)
	}
	want := []rota.Leader{
		{
			ID: "a1", Name: "Ann Lee", Phone: "07700 900100 ext 2", Roles: []string{"Clinical Director", "GP partner"}, Practice: "Y10224",
			Employment: rota.Partner, Share: 750, Registration: rota.Registration{Body: "GPhC", Number: "2124423"},
			Qualifications: []string{"prescriber", "trainer"}, NewToOnCall: true,
		},
		{ID: "a2", Name: "Bo Ash", Employment: rota.Employee, Share: rota.FullTime},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLeaderFaults(t *testing.T) {
	rows, err := Leaders("p.csv", []byte(`id,name,practice,practice name,employment,wte,reg no,starts,ends,mobile,new
L01,,Y10111,Mill Lane Surgery,boss,1.6,,1/2/2027,31/1/2027,4.47701E+11,perhaps
 ,Bo,,Hilltop,,NaN,123,,,,
l01,Jo,,,,0.0001,,,,,
two words,Jo,,,,0,,,,,
`), practices)
	report(t, rows, err, `
p.csv line 2, name (column B): must not be blank
p.csv line 2, practice name (column D): "Mill Lane Surgery" is the name of Y10224, but practice (column C) says Y10111
p.csv line 2, employment (column E): "boss" is not one of partner, employee, locum
p.csv line 2, wte (column F): "1.6" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
p.csv line 2, ends (column I): "31/1/2027" is before "1/2/2027", the day in starts (column H)
p.csv line 2, mobile (column J): "4.47701E+11" is what Excel made of a long number: format the column as text and type the number again
p.csv line 2, new (column K): "perhaps" is neither yes nor no
p.csv line 3, id (column A): must not be blank
p.csv line 3, practice name (column D): "Hilltop" is not the code or name of a known practice: Y10111, Y10224
p.csv line 3, wte (column F): "NaN" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
p.csv line 3, reg no (column G): "123" has no registration body beside it: add GMC, NMC, GPhC or HCPC in the column registration_body
p.csv line 4, id (column A): "l01" is already on line 2: each row needs its own
p.csv line 4, wte (column F): "0.0001" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
p.csv line 5, id (column A): "two words" is not one word of letters and digits, like L01
p.csv line 5, wte (column F): "0" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
`)
}

func TestPracticeFaults(t *testing.T) {
	rows, err := Practices("p.csv", []byte("ODS code,Practice,List size\ny10111,Park View,\"15,750\"\nY10111,Again,many\n,No code,-5\n"))
	report(t, rows, err, `
p.csv line 3, ODS code (column A): "Y10111" is already on line 2: each row needs its own
p.csv line 3, List size (column C): "many" is not a whole number from 0 to 1000000
p.csv line 4, ODS code (column A): must not be blank
p.csv line 4, List size (column C): "-5" is not a whole number from 0 to 1000000
`)
}

func TestAbsencesByIDAndByName(t *testing.T) {
	day := rota.Date{Year: 2027, Month: time.March, Day: 1}
	absence := func(id rota.LeaderID, kind rota.AbsenceKind) rota.Absence {
		return rota.Absence{Leader: id, Kind: kind, First: day, Last: day}
	}
	for name, test := range map[string]struct {
		csv  string
		want []rota.Absence
	}{
		"by id in any case":           {"Staff ID,Type,From\nl02,A/L,01/03/2027\n", []rota.Absence{absence("L02", rota.Annual)}},
		"by name":                     {"Name,Leave type,From,To\ndr zoë müller,Maternity leave,1/3/27,1/3/27\n", []rota.Absence{absence("L01", rota.Parental)}},
		"by id in the column of name": {"Leader,Kind,Date\nL03,SL,1 Mar 2027\n", []rota.Absence{absence("L03", rota.Study)}},
		"by name where id is blank":   {"leader_id,leader,kind,first\n,Dr Zoë Müller,Sickness,46447\n", []rota.Absence{absence("L01", rota.Sick)}},
		"id and an outdated name":     {"leader_id,leader,kind,first\nL01,Dr Zoë Smith,Bereavement leave,46447\n", []rota.Absence{absence("L01", rota.Compassionate)}},
		"the same twice":              {"id,kind,first\nL01,AL,2027-03-01\nL01,annual,01/03/2027\nL02,Jury service,1/3/2027\n", []rota.Absence{absence("L01", rota.Annual), absence("L02", rota.JuryService)}},
		"no rows":                     {"id,kind,first\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Absences("a.csv", []byte(test.csv), people)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(fmt.Sprint(test.want), fmt.Sprint(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAbsenceFaults(t *testing.T) {
	rows, err := Absences("a.csv", []byte(`id,who,kind,first,last,weekday
,Sam Patel,AL,01/03/2027,,
,Nobody Known,AL,01/03/2027,,
,,AL,01/03/2027,,
L02,Dr Zoë Müller,AL,12/31/2027,,
L01,,NWD,04/01/2027,,Tue & Wed
L01,,non working day,04/01/2027,31/12/2027,
L01,,,,31/12/2027,
`), people)
	report(t, rows, err, `
a.csv line 2, who (column B): "Sam Patel" is the name of more than one leader: give the id (L02, L03)
a.csv line 3, who (column B): "Nobody Known" is not the id or name of a known leader
a.csv line 4, id (column A): must not be blank
a.csv line 5, who (column B): "Dr Zoë Müller" is the name of L01, but id (column A) says L02
a.csv line 5, first (column D): "12/31/2027" is not a date: the day comes before the month, as in 31/01/2027
a.csv line 6, last (column E): must not be blank for a non-working day: give the last day on which it applies
a.csv line 6, weekday (column F): "Tue & Wed" is not one day of the week like Tue
a.csv line 7, weekday (column F): must not be blank for a non-working day: give a day of the week like Tue
a.csv line 8, kind (column C): must not be blank
a.csv line 8, first (column D): must not be blank
`)
}

func TestAbsencesOfNobody(t *testing.T) {
	rows, err := Absences("a.csv", []byte("kind,first\nAL,01/03/2027\n"), people)
	report(t, rows, err, `a.csv line 1: there is no column that says who: add "leader_id", or "leader" with the names`)
	rows, err = Absences("a.csv", []byte("leader_id,kind,first\nL01,AL,01/03/2027\nL02,AL,2027\n"), nil)
	report(t, rows, err, `
a.csv line 2, leader_id (column A): "L01" is not the id or name of a known leader: none is known yet, so import the leaders first (the other rows need them too)
a.csv line 3, first (column C): "2027" is not a date like 31/01/2027 or 2027-01-31
`)
}

func TestASheetOfAnotherKindIsToldFromOneWithFaults(t *testing.T) {
	for _, test := range []struct{ name, header, want string }{
		{"wishes", "leader_id,leader,wish,weekday,weight", "wishes"},
		{"absences", "Staff ID,Name,Leave type,From,To", "absences"},
		{"practices, which lack the id", "ods_code,name,list_size", ""},
		{"leaders with a column of another kind", "id,name,email,role,starts,ends,kind,weekday", ""},
		{"meetings", "title,partner_body,recurrence,starts,minutes,place,who", "meetings"},
	} {
		t.Run(test.name, func(t *testing.T) {
			kind, ok := leaderColumns.mistakenFor(strings.Split(test.header, ","))
			if ok != (test.want != "") || (ok && kind.String() != test.want) {
				t.Errorf("taken for %s (%v), want %q", kind, ok, test.want)
			}
		})
	}
	rows, err := Leaders("w.csv", []byte("leader_id,leader,wish,weekday,weight\nL01,Ann,avoid,Thu,2\n"), nil)
	report(t, rows, err, `w.csv line 1: these are the columns of a sheet of wishes: import it as wishes`)
}

func TestCleanLeavesOnlyWhatIsSeen(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"marks of direction, as Windows' address book adds them", "\u202a07700 900100\u202c", "07700 900100"},
		{"text that would run backwards", "Dr \u202eadO", "Dr adO"},
		{"an emoji of several parts stays one", "👩🏽\u200d⚕️", "👩🏽\u200d⚕️"},
		{"a terminal's commands", "Dr \x1b[31mRed", "Dr [31mRed"},
		{"an apostrophe against formulas", "'=cmd", "=cmd"},
		{"an apostrophe against formulas that begin with a sign", "'-2+cmd", "-2+cmd"},
		{"an apostrophe of a name", "'t Hooft", "'t Hooft"},
	} {
		if got := Clean(test.cell); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestWishes(t *testing.T) {
	got, err := Wishes("w.csv", []byte("id,wish,weekday,from,to,weight\nL01,Avoids,Thursdays,,,\nL02,prefer,,1/3/2027,5/3/2027,3\nL03,avoid,,1/3/2027,,2\n"), people)
	if err != nil {
		t.Fatal(err)
	}
	march := func(d int) rota.Date { return rota.Date{Year: 2027, Month: time.March, Day: d} }
	want := []rota.Wish{
		{Leader: "L01", Kind: rota.Avoid, Weekday: time.Thursday, Weight: 1},
		{Leader: "L02", Kind: rota.Prefer, First: march(1), Last: march(5), Weight: 3},
		{Leader: "L03", Kind: rota.Avoid, First: march(1), Last: march(1), Weight: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWishFaults(t *testing.T) {
	rows, err := Wishes("w.csv", []byte("id,wish,weekday,from,to,weight\nL01,hates,Thu,1/3/2027,,4\nL02,avoid,,,,x\nL03,avoid,,,1/3/2027,0\n"), people)
	report(t, rows, err, `
w.csv line 2, wish (column B): "hates" is not one of prefer, avoid
w.csv line 2, weekday (column C): "Thu" stands beside a first day: a wish is about a day of the week or about a period, not both
w.csv line 2, weight (column F): "4" is not a whole number from 1 to 3
w.csv line 3, weekday (column C): must not be blank where there is no first day
w.csv line 3, weight (column F): "x" is not a whole number from 1 to 3
w.csv line 4, from (column D): must not be blank where there is a last day
w.csv line 4, weight (column F): "0" is not a whole number from 1 to 3
`)
}

// asWritten takes a rule as it stands, in the one way of writing it.
func asWritten(rule string) (string, error) {
	return strings.ToUpper(strings.ReplaceAll(rule, " ", "")), nil
}

func TestSingleAndRecurringMeetings(t *testing.T) {
	first := rota.Date{Year: 2027, Month: time.January, Day: 4}
	got, err := Meetings("m.csv", []byte("Meeting,Body,RRULE,Date,Time,Minutes,Venue,Who\n"+
		"Away day,local AUTHORITY,,4 Jan 2027,9am,\"1,000\",Town Hall,all\n"+
		"Forum,ics,rrule:freq=weekly; byday=WE,,6.30pm,60,,leader L01\n"), partnerBodies, first, asWritten)
	if err != nil {
		t.Fatal(err)
	}
	want := []rota.Series{
		{Title: "Away day", Body: "LA", First: first, At: 9 * 60, Minutes: 1000, Place: "Town Hall", Who: rota.Who{Mode: rota.EverybodyGoes}, PapersTo: rota.AsBody, PapersFrom: rota.AsBody},
		{Title: "Forum", Body: "ICS", Rule: "FREQ=WEEKLY;BYDAY=WE", First: first, At: 18*60 + 30, Minutes: 60, Who: rota.Who{Mode: rota.LeaderGoes, Name: "L01"}, PapersTo: rota.AsBody, PapersFrom: rota.AsBody},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMeetingFaults(t *testing.T) {
	check := func(rule string) (string, error) {
		if rule == "FREQ=NEVER" {
			return "", fmt.Errorf("%q has no FREQ that is known", rule)
		}
		return "", errors.New("BYDAY is too odd")
	}
	rows, err := Meetings("m.csv", []byte(`title,body,recurrence,time,minutes,place,who,papers due
Review of 943 476 5919,Parish council,FREQ=NEVER,25:00,0,Room 9434765919,,61
,ICS,FREQ=WEEKLY,10,,Teams 943 476 5918,any,-1
Once,ICS,,10:00,60,,any,
`), partnerBodies, rota.Date{Year: 2027, Month: time.January, Day: 4}, check)
	report(t, rows, err, `
m.csv line 2, title (column A): holds a number of ten digits ending in 19 that looks like an NHS number: take patient data out
m.csv line 2, body (column B): "Parish council" is not the id or name of a known partner body: ICS, LMC, LA, PCN
m.csv line 2, recurrence (column C): "FREQ=NEVER" has no FREQ that is known
m.csv line 2, time (column D): "25:00" is not a time of day like 18:30
m.csv line 2, minutes (column E): "0" is not a whole number from 1 to 1440
m.csv line 2, place (column F): holds a number of ten digits ending in 19 that looks like an NHS number: take patient data out
m.csv line 2, who (column G): must not be blank
m.csv line 2, papers due (column H): "61" is not like 5, 5 clear days or none, of at most 60 days
m.csv line 3, title (column A): must not be blank
m.csv line 3, recurrence (column C): "FREQ=WEEKLY" is not a recurrence that can be used: BYDAY is too odd
m.csv line 3, time (column D): "10" is not a time of day like 18:30
m.csv line 3, minutes (column E): must not be blank
m.csv line 3, papers due (column H): "-1" is not like 5, 5 clear days or none, of at most 60 days
m.csv line 4: first must not be blank where there is no recurrence: give the day of the meeting
`)
}

func TestLinesAreThoseOfATextEditor(t *testing.T) {
	rows, err := Leaders("p.csv", []byte("\nid,name,wte\n\nL01,\"Ann\nLee\",1\n\nL02,Bo,x\n"), nil)
	report(t, rows, err, `p.csv line 7, wte (column C): "x" is not a whole-time equivalent above 0 and up to 1.5, like 0.8`)
}

func TestLettersOverColumns(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(i); got != want {
			t.Errorf("letters(%d) = %s, want %s", i, got, want)
		}
	}
}

// utf16le and utf16be write what Excel's "Unicode text" holds.
func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

func utf16be(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u >> 8), byte(u)})
	}
	return b.String()
}

func TestAbsencesWithTimes(t *testing.T) {
	rows, err := Absences("a.csv", []byte(`id,kind,first_day,last_day,start_time,end_time
L01,study,2027-03-01,2027-03-01,18:00,23:00
L01,study,2027-03-02,2027-03-03,,09:00
L01,AL,2027-03-04,2027-03-05,,
`), people)
	want := []rota.Absence{
		{Leader: "L01", Kind: rota.Study, First: march(1), Last: march(1), Starts: 18 * 60, Ends: 23 * 60},
		{Leader: "L01", Kind: rota.Study, First: march(2), Last: march(3), Ends: 9 * 60},
		{Leader: "L01", Kind: rota.Annual, First: march(4), Last: march(5)},
	}
	if diff := cmp.Diff(want, rows); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	_, err = Absences("a.csv", []byte("id,kind,first_day,last_day,start_time,end_time\nL01,study,2027-03-01,2027-03-01,18:00,09:00\n"), people)
	if err == nil || !strings.Contains(err.Error(), "must come after the start") {
		t.Errorf("got %v", err)
	}
}

func march(day int) rota.Date { return rota.Date{Year: 2027, Month: time.March, Day: day} }
