package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

// nights is a rota with two tiers; its weekends end after the clocks have changed where they do.
func nights(t testing.TB) Rota {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	policy := rota.Policy{
		Name: "on-call", Title: "Leadership on call", Points: rota.DefaultDayPoints,
		Tiers: []rota.Tier{{Name: "first", Title: "First on call", Weight: rota.Point}, {Name: "second", Weight: rota.Point / 2}},
	}
	for _, ready := range rota.ReadyPatterns() {
		if ready.Name == "weeknights-and-weekends" {
			policy.Pattern = ready.Kinds
		}
	}
	return Rota{Policy: policy, Leaders: people, Zone: zone, Holidays: rota.NewHolidays(nil)}
}

// written is a duty in short: "on-call.first.20270104T1830 2027-01-04T18:30 2027-01-05T08:00 13.5h night L01".
func written(d rota.Duty) string {
	hours := d.Span.End.Sub(d.Span.Start).Hours()
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %.4gh %s %s", d.ID, d.Start, d.End, hours, d.Kind, d.Holder))
}

func TestDutiesAsPeopleWriteThem(t *testing.T) {
	const weekend = "on-call.first.20270326T0800 2027-03-26T08:00 2027-03-29T08:00 71h long-weekend L01" // Good Friday, clocks go forward
	for name, test := range map[string]struct{ data, want string }{
		"as written out":      {"id,rota,tier,kind,start,end,category,points,leader_id,leader\non-call.first.20270326T0800,on-call,first,long-weekend,2027-03-26T08:00:00Z,2027-03-29T08:00:00+01:00,festive,12,L01,Dr Zoë Müller", weekend},
		"days of one shift":   {"Date,Level,Who\n26/03/2027,First on call,dr zoë müller", weekend},
		"midnight with a day": {"Start,Tier,Leader\n2027-03-26 00:00:00,FIRST,L01", weekend},
		"times of day":        {"begins;ends;tier;holder\nFri 26 Mar 2027 8am;29/03/27 08.00;first;L01", weekend},
		"another zone":        {"start,end,tier,leader\n2027-03-26T09:00:00+01:00,2027-03-29T07:00:00Z,first,L01", weekend},
		"nobody":              {"start,tier,leader\n05/01/2027,second,-", "on-call.second.20270105T1830 2027-01-05T18:30 2027-01-06T08:00 13.5h night"},
		"moved":               {"id,start,end,tier,leader\non-call.second.20270105T1830,05/01/2027 19:30,6/1/2027 8:00,second,L02", "on-call.second.20270105T1830 2027-01-05T19:30 2027-01-06T08:00 12.5h  L02"},
		"until midnight":      {"start,end,tier,leader\n05/01/2027 9:30 pm,05/01/2027 24:00,second,L02", "on-call.second.20270105T2130 2027-01-05T21:30 2027-01-05T24:00 2.5h  L02"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Duties("f.csv", []byte(test.data), nights(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, written(got[0])); len(got) != 1 || diff != "" {
				t.Errorf("%d duties, %s", len(got), diff)
			}
		})
	}
}

func TestDutiesInColumnsOfTiers(t *testing.T) {
	got, err := Duties("f.csv", []byte("Date,1st on call,2nd on call\n04/01/2027,L01,L02\n05/01/2027,,L01\n"), nights(t))
	if err != nil {
		t.Fatal(err)
	}
	var holders []string
	for _, d := range got {
		holders = append(holders, d.Start.Date.String()+" "+string(d.Tier)+" "+string(d.Holder))
	}
	want := []string{"2027-01-04 first L01", "2027-01-04 second L02", "2027-01-05 first ", "2027-01-05 second L01"}
	if diff := cmp.Diff(want, holders); diff != "" {
		t.Error(diff)
	}
	_, err = Duties("f.csv", []byte("Date,1st on call\n04/01/2027,L01 / L02\n09/01/2027,L01\n"), nights(t))
	if faults, ok := err.(Faults); !ok || len(faults) != 2 {
		t.Errorf("got %v, want two faults", err)
	}
}

func TestDutiesWeighWhatThePatternSays(t *testing.T) {
	of := nights(t)
	got, err := Duties("f.csv", []byte("date,tier,name\n26/03/2027,second,L01\n"), of)
	if err != nil {
		t.Fatal(err)
	}
	day := rota.Date{Year: 2027, Month: time.March, Day: 26}
	want := of.Policy.Duties(day, day.AddDays(1), of.Zone, of.Holidays)[1].Load
	if got[0].Load != want || want.Total() == 0 {
		t.Errorf("weighs %v, and the pattern says %v", got[0].Load, want)
	}
}

func TestDayWithSeveralShiftsNeedsATime(t *testing.T) {
	of := nights(t)
	of.Policy.Pattern = append(of.Policy.Pattern, rota.ShiftKind{
		Name: "lunch", Days: []time.Weekday{time.Tuesday}, Start: 12 * 60, End: 14 * 60,
	})
	_, err := Duties("f.csv", []byte("date,tier,name\n05/01/2027,first,L01\n"), of)
	const want = `f.csv line 2, date (column A): "05/01/2027" is a day on which several shifts of on-call start: write the time too, like 05/01/2027 12:00`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// FuzzDuties checks that any bytes give either faults or duties that can be judged: of a tier of the rota,
// held by a leader or by nobody, with an end after the start, and instants that are those of the civil times.
func FuzzDuties(f *testing.F) {
	f.Add([]byte("id,rota,tier,start,end,leader_id\non-call.first.20270326T0800,on-call,first,2027-03-26T08:00:00Z,2027-03-29T08:00:00+01:00,L01\n"))
	f.Add([]byte("start,end,tier,leader\n28/03/2027 01:30,28/03/2027 24:00,second,-\n31/10/2027 1.30 am,1 Nov 2027 9am,first,L02\n"))
	f.Add([]byte("Week,1st,2nd\n22/03/2027,L01,\n29/03/2027,,L02\n"))
	f.Add([]byte("date;tier;name\n26/03/2027;second;L01\n"))
	of := nights(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		duties, err := Duties("f.csv", data, of)
		if faults, ok := err.(Faults); err != nil && (!ok || len(faults) == 0 || duties != nil) {
			t.Fatalf("got %d duties and error %#v", len(duties), err)
		}
		for _, d := range duties {
			checkDuty(t, of, d)
		}
	})
}

func checkDuty(t *testing.T, of Rota, d rota.Duty) {
	if d.Tier != "first" && d.Tier != "second" || !strings.HasPrefix(string(d.ID), "on-call."+string(d.Tier)+".") {
		t.Fatalf("duty of no tier: %+v", d)
	}
	if d.Holder != "" && d.Holder != "L01" && d.Holder != "L02" && d.Holder != "L03" {
		t.Fatalf("duty of somebody unknown: %+v", d)
	}
	if !d.Span.End.After(d.Span.Start) {
		t.Fatalf("duty that ends before it begins: %+v", d)
	}
	for at, civil := range map[time.Time]rota.Civil{d.Span.Start: d.Start, d.Span.End: d.End} {
		if civil.Time == 24*60 {
			civil = civil.Date.AddDays(1).At(0)
		}
		if shown := rota.CivilOf(at, of.Zone); shown != civil && civil.Instant(of.Zone) != at.In(of.Zone) {
			t.Fatalf("the clock shows %s at %s, and the duty says %s", shown, at, civil)
		}
	}
}
