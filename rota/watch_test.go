package rota_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// watched is a rota of one night a day, published from Monday 4 January 2027 for a number of days and held by A.
func watched(t *testing.T, days int) rota.Lookout {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	every := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	policy := rota.Policy{
		Name: "on-call", Title: "On call", Registration: rota.RegistrationNotLapsed, Points: rota.DefaultDayPoints,
		Pattern: []rota.ShiftKind{{Name: "night", Days: every, Start: 18*60 + 30, End: 8 * 60, EndDays: 1}},
		Tiers:   []rota.Tier{{Name: "first", Title: "First on call", Weight: rota.Point}},
	}
	monday := rota.Date{Year: 2027, Month: time.January, Day: 4}
	w := rota.Watched{Policy: policy, Versions: []rota.Version{{Number: 1, From: monday, Until: monday.AddDays(days)}}}
	w.Duties = policy.Duties(monday, monday.AddDays(days), zone, rota.Holidays{})
	for i := range w.Duties {
		w.Duties[i].Holder = "A"
	}
	return rota.Lookout{
		Rotas: []rota.Watched{w}, Zone: zone, Now: monday.At(9 * 60).Instant(zone),
		Leaders: []rota.Leader{{ID: "A", Name: "Ann", Share: rota.FullTime}, {ID: "B", Name: "Bo", Share: rota.FullTime}},
	}
}

// day is in January 2027, or, beyond 31, later.
func day(n int) rota.Date { return rota.Date{Year: 2026, Month: time.December, Day: 31}.AddDays(n) }

func TestWatchFinds(t *testing.T) {
	gmc := func(last rota.Date) rota.Registration { return rota.Registration{Body: "GMC", Expires: last} }
	for _, test := range []struct {
		name string
		days int
		is   func(*rota.Lookout)
		want []string
	}{
		{"nothing where all is well", 60, func(*rota.Lookout) {}, nil},
		{"a duty without a holder", 60, func(l *rota.Lookout) { l.Rotas[0].Duties[2].Holder = "" }, []string{
			"urgent open 2027-01-06 1: nobody is on call first, Wed 6 Jan 2027 18:30 to Thu 7 Jan 2027 08:00",
		}},
		{"nothing about a duty that is over", 60, func(l *rota.Lookout) {
			l.Rotas[0].Duties[0].Holder = ""
			l.Now = l.Rotas[0].Duties[0].Span.End
		}, nil},
		{"a duty that goes on", 60, func(l *rota.Lookout) {
			l.Rotas[0].Duties[0].Holder = ""
			l.Now = l.Rotas[0].Duties[0].Span.End.Add(-time.Minute)
		}, []string{"urgent open 2027-01-04 1: nobody is on call first, Mon 4 Jan 2027 18:30 to Tue 5 Jan 2027 08:00"}},
		{"shifts that were never given out", 60, func(l *rota.Lookout) {
			l.Rotas[0].Duties = slices.Delete(l.Rotas[0].Duties, 20, 22)
		}, []string{"soon missing 2027-01-24 2: the pattern asks for 2 duties that the published rota does not have, the first Sun 24 Jan 2027 18:30"}},
		{"nothing missing where nothing is published", 60, func(l *rota.Lookout) {
			l.Rotas[0].Versions = append(l.Rotas[0].Versions, rota.Version{Number: 2, From: day(300), Until: day(300)})
		}, nil},
		{"a holder who leaves, also in the night", 60, func(l *rota.Lookout) { l.Leaders[0].Ends = day(62) }, []string{
			"later not in post 2027-03-03 2 A: Ann holds 2 duties from Wed 3 Mar 2027 18:30 on and cannot: leaves on 2027-03-03",
		}},
		{"a holder who has not come yet", 60, func(l *rota.Lookout) { l.Leaders[0].Starts = day(6) }, []string{
			"urgent not in post 2027-01-04 2 A: Ann holds 2 duties from Mon 4 Jan 2027 18:30 on and cannot: starts on 2027-01-06",
		}},
		{"a holder on leave, and not of what kind", 60, func(l *rota.Lookout) {
			l.Absences = []rota.Absence{{Leader: "A", Kind: rota.Parental, First: day(10), Last: day(12)}, {Leader: "B", Kind: rota.Sick, First: day(1), Last: day(90)}}
		}, []string{"urgent on leave 2027-01-09 4 A: Ann holds 4 duties from Sat 9 Jan 2027 18:30 on and cannot: away from 2027-01-10 to 2027-01-12"}},
		{"nothing about a weekly non-working day", 60, func(l *rota.Lookout) {
			l.Absences = []rota.Absence{{Leader: "A", Kind: rota.NonWorkingDay, First: day(1), Last: day(90), Weekday: time.Monday}}
		}, nil},
		{"a holder whom the rota no longer admits", 60, func(l *rota.Lookout) { l.Rotas[0].Policy.Eligible.Leaders = []rota.LeaderID{"B"} }, []string{
			"urgent barred 2027-01-04 60 A: Ann holds 60 duties from Mon 4 Jan 2027 18:30 on and cannot: not eligible for this rota by name",
		}},
		{"a holder without the registration that is asked for", 60, func(l *rota.Lookout) { l.Rotas[0].Policy.Registration = rota.RegistrationRequired }, []string{
			"urgent unregistered 2027-01-04 60 A: Ann holds 60 duties from Mon 4 Jan 2027 18:30 on and cannot: has no professional registration",
		}},
		{"a registration that ends, and the duties beyond it", 60, func(l *rota.Lookout) { l.Leaders[0].Registration = gmc(day(62)) }, []string{
			"later unregistered 2027-03-03 2 A: Ann holds 2 duties from Wed 3 Mar 2027 18:30 on and cannot: GMC registration ends on 2027-03-03",
			"later registration 2027-03-03 2 A 90: GMC registration of Ann ends on Wed 3 Mar 2027, within 90 days; 2 duties are beyond it",
		}},
		{"a registration of which the rota asks nothing", 60, func(l *rota.Lookout) {
			l.Leaders[0].Registration, l.Rotas[0].Policy.Registration = gmc(day(62)), rota.RegistrationIgnored
		}, []string{"later registration 2027-03-03 0 A 90: GMC registration of Ann ends on Wed 3 Mar 2027, within 90 days"}},
		{"no registration of somebody who leaves before", 60, func(l *rota.Lookout) {
			l.Leaders[1].Registration, l.Leaders[1].Ends = gmc(day(30)), day(30)
		}, nil},
		{"a registration that has ended", 60, func(l *rota.Lookout) { l.Leaders[1].Registration = gmc(day(1)) }, []string{
			"urgent registration 2027-01-01 0 B: GMC registration of Bo ended on Fri 1 Jan 2027",
		}},
		{"a rota that runs out in six weeks", 42, func(*rota.Lookout) {}, []string{"later runs out 2027-02-15 0: the published rota ends on Sun 14 Feb 2027"}},
		{"nothing a day more", 43, func(*rota.Lookout) {}, nil},
		{"a rota that runs out, and a draft", 20, func(l *rota.Lookout) { l.Rotas[0].Draft = &rota.Version{From: day(24), Until: day(60)} }, []string{
			"soon runs out 2027-01-24 0 to 2027-02-28: the published rota ends on Sat 23 Jan 2027; a draft goes on to Sun 28 Feb 2027",
		}},
		{"a draft that leaves days out", 20, func(l *rota.Lookout) { l.Rotas[0].Draft = &rota.Version{From: day(25), Until: day(60)} }, []string{
			"soon runs out 2027-01-24 0: the published rota ends on Sat 23 Jan 2027",
		}},
		{"a rota of which nothing is published", 0, func(l *rota.Lookout) { l.Rotas[0].Versions = nil }, []string{
			"urgent runs out 2027-01-04 0: nothing is published from today on",
		}},
		{"a rota of which there is a draft only", 0, func(l *rota.Lookout) {
			l.Rotas[0].Versions, l.Rotas[0].Draft = nil, &rota.Version{From: day(11), Until: day(60)}
		}, []string{"urgent runs out 2027-01-04 0 to 2027-02-28: nothing is published from today on; a draft goes on to Sun 28 Feb 2027"}},
		{"one duty of a holder on leave", 60, func(l *rota.Lookout) {
			l.Absences = []rota.Absence{{Leader: "A", Kind: rota.Annual, First: day(10), Starts: 12 * 60, Last: day(10), Ends: 20 * 60}}
		}, []string{"urgent on leave 2027-01-10 1 A: Ann holds the duty of Sun 10 Jan 2027 18:30 and cannot: away on 2027-01-10 from 12:00 to 20:00"}},
		{"only what is asked for", 60, func(l *rota.Lookout) {
			l.Rotas[0].Duties[7].Holder, l.Rotas[0].Duties[6].Holder, l.Until = "", "", day(11)
		}, []string{"urgent open 2027-01-10 1: nobody is on call first, Sun 10 Jan 2027 18:30 to Mon 11 Jan 2027 08:00"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := watched(t, test.days)
			test.is(&l)
			var got []string
			for _, f := range rota.Watch(l) {
				got = append(got, shownFinding(f, rota.CivilOf(l.Now, l.Zone).Date))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func shownFinding(f rota.Finding, today rota.Date) string {
	s := fmt.Sprintf("%s %s %s %d", f.Urgency(today), f.Kind, f.Day, len(f.Duties))
	if f.Leader != "" {
		s += " " + string(f.Leader)
	}
	if f.Within > 0 {
		s += fmt.Sprintf(" %d", f.Within)
	}
	if !f.Drafts.IsZero() {
		s += " to " + f.Drafts.String()
	}
	return s + ": " + f.Says
}

// The end of a registration is told of at the nearest of the thresholds that is reached, and not before the first.
func TestWatchTellsOfARegistrationThreeTimes(t *testing.T) {
	for days, want := range map[int]int{91: -1, 90: 90, 31: 90, 30: 30, 8: 30, 7: 7, 1: 7, 0: 7, -1: 0, -400: 0} {
		l := watched(t, 60)
		l.Leaders[1].Registration = rota.Registration{Body: "NMC", Expires: day(4 + days)}
		got := -1
		for _, f := range rota.Watch(l) {
			got = f.Within
		}
		if got != want {
			t.Errorf("%d days before the end: within %d, want %d", days, got, want)
		}
	}
}

// What Watch finds in a holder is what the planner would not have done, and the other way round.
func TestWatchBarsAsThePlannerDoes(t *testing.T) {
	for seed := range uint64(60) {
		p, ok := disturbed(t, seed)
		if !ok {
			continue
		}
		l := rota.Lookout{
			Rotas: []rota.Watched{{Policy: p.Policy, Duties: p.Published}}, Leaders: p.Leaders, Absences: p.Absences,
			Holidays: p.Holidays, Zone: p.Zone, Now: p.Now,
		}
		found := map[rota.DutyID]bool{}
		for _, f := range rota.Watch(l) {
			for _, d := range f.Duties {
				found[d.ID] = found[d.ID] || f.Uncovers()
			}
		}
		_, repaired, err := rota.Repair(t.Context(), p, 0, nil)
		if err != nil {
			continue
		}
		moved := map[rota.DutyID]bool{}
		for _, m := range repaired.Moves {
			moved[m.Duty.ID] = true
		}
		for _, d := range p.Published {
			if found[d.ID] && d.Span.Start.After(p.Now) && !moved[d.ID] {
				t.Errorf("seed %d: %s is found in wrong hands, and a repair leaves it there", seed, d.ID)
			}
		}
	}
}
