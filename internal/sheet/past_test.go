package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

var today = rota.Date{Year: 2027, Month: time.February, Day: 1}

// told puts what a sheet says into lines: "20270104T1830 first L01" for what is placed, then the faults.
func told(past Past) string {
	var lines []string
	for _, d := range past.Placed {
		lines = append(lines, fmt.Sprintf("%s %s %s", d.ID[len("on-call."+d.Tier+"."):], d.Tier, d.Holder))
	}
	return strings.Join(append(lines, each(past.Unplaced)...), "\n")
}

func each(faults Faults) (lines []string) {
	for _, f := range faults {
		lines = append(lines, f.String())
	}
	return lines
}

func TestShapesOfPastRotas(t *testing.T) {
	const one = "20270104T1830 first L01\n20270104T1830 second L02"
	const week = "20270104T1830 first L01\n20270105T1830 first L01\n20270106T1830 first L01\n20270107T1830 first L01\n20270108T1830 first L01"
	for name, test := range map[string]struct{ data, want string }{
		"a row a day, a column a tier":      {"Date,First on call,Second\n04/01/2027,Dr Zoë Müller,L02\n", one},
		"ordinals":                          {"Day of week,Date,1st on-call,2nd on-call\nMon,04/01/2027,L01,L02\n", one},
		"primary and secondary":             {"date;primary_oncall;secondary_oncall;Notes\n2027-01-04;l01;l02;both new\n", one},
		"a row a week":                      {"Week commencing,1st\n04/01/2027,L01\n", week},
		"w/c":                               {"W/C,1st\nMon 4 Jan 2027,L01\n", week},
		"a first and a last day":            {"Dates,1st\n04/01/2027 - 10/01/2027,L01\n", week},
		"a row a duty":                      {"date,tier,leader\n04/01/2027,First,Dr Zoë Müller\n04/01/2027,2nd on call,L02\n", one},
		"a row a duty and week":             {"week beginning,duty,clinician\n04/01/2027,1st,L01\n", week},
		"with times":                        {"start,end,tier,leader_id\n2027-01-04T18:30:00Z,2027-01-05T08:00:00Z,first,L01\n04/01/2027 18:30,05/01/2027,second,L02\n", one},
		"a column a person":                 {"Date,L01,L02,Sam Patel (old)\n04/01/2027,1st,second,AL\n05/01/2027,AL,off,\n", one},
		"the days of a weekend":             {"Date,First\n08/01/2027,L01\n09/01/2027,L01\n10/01/2027,\n", "20270108T1830 first L01"},
		"the same twice":                    {"Date,First,Second\n04/01/2027,L01,\n04/01/2027,L01,L02\n", one + "\npast.csv line 2, Second (column C): is empty: it does not say who was on call"},
		"the shift of a kind":               {"Date,Shift,First\n04/01/2027,night,L01\n", "20270104T1830 first L01"},
		"a bank holiday, on which it is 24": {"Date,First\n01/01/2027,L01\n", "20270101T0800 first L01"},
	} {
		t.Run(name, func(t *testing.T) {
			past, err := PastRota("past.csv", []byte(test.data), nights(t), today, RowsAsNamed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, told(past)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCannotBePlacedIsNotGuessed(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"two names":             {"Date,First\n04/01/2027,Dr Zoë Müller / Sam\n", `past.csv line 2, First (column B): "Dr Zoë Müller / Sam" names more than one person: a duty has one holder`},
		"a name of two":         {"Date,First\n04/01/2027,Sam Patel\n", `past.csv line 2, First (column B): "Sam Patel" is the name of more than one leader: give the id (L02, L03)`},
		"part of a name":        {"Date,First\n04/01/2027,Müller\n", `past.csv line 2, First (column B): "Müller" is not the id or name of a known leader; if it is Dr Zoë Müller, write L01`},
		"nobody known":          {"Date,First\n04/01/2027,Dr Who\n", `past.csv line 2, First (column B): "Dr Who" is not the id or name of a known leader`},
		"an empty cell":         {"Date,First,Notes\n04/01/2027,,x\n", `past.csv line 2, First (column B): is empty: it does not say who was on call`},
		"no such day":           {"Date,First\n31/02/2027,L01\n", `past.csv line 2, Date (column A): "31/02/2027" is not a date like 31/01/2027 or 2027-01-31`},
		"no time of ours":       {"Date,First\n04/01/2027 18:00,L01\n", `past.csv line 2, Date (column A): "04/01/2027 18:00" is not when a shift of on-call starts: leave the time out where the shift of that day is meant`},
		"another end":           {"Date,End,First\n04/01/2027,07/01/2027,L01\n", `past.csv line 2, Date (column A): "04/01/2027" has no shift of on-call with the kind or the end that the row gives`},
		"another kind":          {"Date,Shift,First\n04/01/2027,weekend,L01\n", `past.csv line 2, Date (column A): "04/01/2027" has no shift of on-call with the kind or the end that the row gives`},
		"today":                 {"Date,First\n01/02/2027,L01\n", `past.csv line 2, Date (column A): "01/02/2027" is not before 2027-02-01: only what is over is taken in, and what is still to come is built`},
		"a tier too many":       {"Date,Tier,Who\n04/01/2027,third,L01\n", `past.csv line 2, Tier (column B): "third" is not a tier of on-call: give one of first, second`},
		"another rota":          {"Date,Rota,Tier,Who\n04/01/2027,nights,first,L01\n", `past.csv line 2, Rota (column B): "nights" is another rota than on-call: take out the rows of other rotas`},
		"two people":            {"Date,First\n04/01/2027,L01\n04/01/2027,L02\n", `past.csv line 3, First (column B): "L02" is not whom line 2 names for on-call.first.20270104T1830, and a duty has one holder`},
		"a split weekend":       {"Date,First\n08/01/2027,L01\n09/01/2027,L02\n", `past.csv line 3, First (column B): "L02" is not whom line 2 names for on-call.first.20270108T1830, and a duty has one holder`},
		"half a weekend":        {"Date,First\n09/01/2027,L02\n", `past.csv line 2, First (column B): "L02" was on call in the middle of the shift that began on 2027-01-08, and nothing certain says who began it`},
		"a code":                {"Date,L01,L02\n04/01/2027,1st,?\n04/01/2027,,zzz\n", "20270104T1830 first L01\n" + `past.csv line 2, L02 (column C): "?" is neither a tier of on-call (first, second) nor a kind of leave` + "\n" + `past.csv line 3, L02 (column C): "zzz" is neither a tier of on-call (first, second) nor a kind of leave`},
		"a name that two share": {"Date,L01,L02,Sam Patel\n04/01/2027,,1st,2nd\n", "20270104T1830 first L02\n" + `past.csv line 2, Sam Patel (column D): "2nd" stands in the column of somebody who is not a known leader`},
		"a stranger":            {"Date,L01,L02,Dr Who\n04/01/2027,1st,,2nd\n", "20270104T1830 first L01\n" + `past.csv line 2, Dr Who (column D): "2nd" stands in the column of somebody who is not a known leader`},
		"a week not over":       {"Week,First\n01/02/2027,L01\n29/01/2027,L01\n", "20270129T1830 first L01\n" + `past.csv line 2, Week (column A): "01/02/2027" is not before 2027-02-01: only what is over is taken in, and what is still to come is built` + "\n" + `past.csv line 3, Week (column A): "29/01/2027" goes on beyond 2027-01-31: its shifts from then on are left out`},
		"no date":               {"Date,First\n,L01\n", `past.csv line 2, Date (column A): must not be blank`},
		"a span backwards":      {"Date,First\n10/01/2027 to 04/01/2027,L01\n", `past.csv line 2, Date (column A): "10/01/2027 to 04/01/2027" ends before it begins`},
	} {
		t.Run(name, func(t *testing.T) {
			past, err := PastRota("past.csv", []byte(test.data), nights(t), today, RowsAsNamed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, told(past)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFilesThatAreNoPastRotas(t *testing.T) {
	for data, want := range map[string]string{
		"Date,Notes\n04/01/2027,x\n":                        `past.csv line 1: there is no column that says who: add one for each tier (first, second), or "leader" with the names`,
		"First,Second\nL01,L02\n":                           `past.csv line 1: the column "start" is missing: add it to the row of column names`,
		"Date,First,1st on call\n04/01/2027,L01,L01\n":      `past.csv line 1, 1st on call (column C): means the same as First (column B): delete or rename one of the two columns`,
		"leader_id,kind,first_day,last_day\nL01,annual,1,2": `past.csv line 1: these are the columns of a sheet of absences: import it as absences`,
	} {
		if past, err := PastRota("past.csv", []byte(data), nights(t), today, RowsAsNamed); err == nil || !strings.Contains(err.Error(), want) || past.Placed != nil {
			t.Errorf("%q: got %v, want %s", data, err, want)
		}
	}
}

func TestRowsMeanWhatTheCallerSays(t *testing.T) {
	for rows, want := range map[Rows]int{RowsAsNamed: 1, RowsAreDays: 1, RowsAreWeeks: 5} {
		past, err := PastRota("past.csv", []byte("Date,First\n04/01/2027,L01\n"), nights(t), today, rows)
		if err != nil || len(past.Placed) != want {
			t.Errorf("rows %q: %d duties and %v, want %d", rows, len(past.Placed), err, want)
		}
	}
}

func TestASingleTierMayBeCalledOnCall(t *testing.T) {
	of := nights(t)
	of.Policy.Tiers = of.Policy.Tiers[:1]
	past, err := PastRota("past.csv", []byte("Date,On call,Seen\n04/01/2027,L01,yes\n"), of, today, RowsAsNamed)
	if err != nil || told(past) != "20270104T1830 first L01" || fmt.Sprint(past.Ignored) != "[Seen (column C)]" {
		t.Errorf("got %s, ignored %v, %v", told(past), past.Ignored, err)
	}
}

// FuzzPastRota checks that any bytes give either faults, or duties of the pattern, before the day before,
// each once and held by a leader whose ID or name is in the file, with the faults of all other cells in order.
func FuzzPastRota(f *testing.F) {
	f.Add([]byte("Week commencing,1st on call,2nd on call,Bank hol notes\n06/07/2026,Dr Zoë Müller,L02,\n24/08/2026,L01 / L02,,Aug BH\n"))
	f.Add([]byte("date;tier;leader;end\n04/01/2027 18:30;1st;L01;05/01/2027\n09/01/2027;2nd;L02;\n"))
	f.Add([]byte("Date,L01,L02,L03\n04/01/2027,1st,2nd,AL\n05/01/2027 to 08/01/2027,2,1,?\n"))
	of := nights(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		past, err := PastRota("f.csv", data, of, today, RowsAsNamed)
		if faults, ok := err.(Faults); err != nil && (!ok || len(faults) == 0 || past.Placed != nil) {
			t.Fatalf("got %d duties and error %#v", len(past.Placed), err)
		}
		seen := map[rota.DutyID]bool{}
		for _, d := range past.Placed {
			if _, planned := of.planned(d.Tier, moment{d.Start, d.Span.Start}); !planned || seen[d.ID] || d.Line < 2 || !d.Start.Date.Before(today) {
				t.Fatalf("duty that is not planned, or twice: %+v", d)
			}
			if d.Holder != "L01" && d.Holder != "L02" && d.Holder != "L03" {
				t.Fatalf("duty of nobody: %+v", d)
			}
			seen[d.ID] = true
			checkDuty(t, of, d.Duty)
		}
		last := 0
		for _, fault := range past.Unplaced {
			if fault.Problem == "" || fault.Line < last {
				t.Fatalf("fault without a problem or out of order: %+v", fault)
			}
			last = fault.Line
		}
	})
}
