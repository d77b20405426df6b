package rota_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// A month with a night that both share alike, half of it handed over; a meeting with a deputy, one of everybody, a call, and
// something to do.
func TestAJobPlanHasEverythingThatIsHeldAndOwed(t *testing.T) {
	at := func(s string) time.Time {
		when, err := time.Parse("2006-01-02T15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	piece := func(id rota.DutyID, name rota.RotaName, tier rota.TierName, holder rota.LeaderID, from, until string, load rota.Load) rota.Published {
		return rota.Published{Duty: rota.Duty{ID: id, Rota: name, Tier: tier, Holder: holder, Span: rota.Span{Start: at(from), End: at(until)}, Load: load}}
	}
	half := func(duty rota.DutyID, whole rota.Load) []rota.Part {
		return []rota.Part{{Duty: duty, Leader: "A", Load: halved(whole)}, {Duty: duty, Leader: "B", Load: halved(whole)}}
	}
	goes, by := rota.SittingID(rota.Representative, "m1.20270112"), rota.SittingID(rota.Deputy, "m1.20270112")
	twelve, ten, four := rota.Load{rota.Weekday: 2 * rota.Point}, rota.Load{rota.Meeting: rota.Point}, rota.Load{rota.Meeting: rota.Point / 4}
	board := rota.Occurrence{
		ID: "m1.20270112", Series: rota.Series{Title: "Board", Who: rota.Who{Mode: rota.AnyGoes}},
		Span: rota.Span{Start: at("2027-01-12T10:00"), End: at("2027-01-12T12:00")}, Attending: []rota.LeaderID{"A"}, Deputy: "B",
	}
	team := rota.Occurrence{
		ID: "m2.20270113", Series: rota.Series{Title: "Team"}, Span: rota.Span{Start: at("2027-01-13T13:00"), End: at("2027-01-13T14:00")},
		Attending: []rota.LeaderID{"A", "B"},
	}
	f := rota.JobFacts{
		Period: rota.Span{Start: at("2027-01-01T00:00"), End: at("2027-02-01T00:00")}, First: date(t, "2027-01-01"), Last: date(t, "2027-01-31"),
		Duties: []rota.Published{
			piece("on-call.first.20270104T2000", "on-call", "first", "A", "2027-01-04T20:00", "2027-01-05T02:00", halved(twelve)),
			piece("on-call.first.20270104T2000+20270105T0200", "on-call", "first", "B", "2027-01-05T02:00", "2027-01-05T08:00", halved(twelve)),
			piece("on-call.first.20270131T2000", "on-call", "first", "B", "2027-01-31T20:00", "2027-02-01T08:00", twelve),
			piece(goes, rota.Meetings, rota.Representative, "A", "2027-01-12T10:00", "2027-01-12T12:00", ten),
			piece(by, rota.Meetings, rota.Deputy, "B", "2027-01-12T10:00", "2027-01-12T12:00", four),
		},
		Parts:     append(append(append(half("on-call.first.20270104T2000", twelve), half("on-call.first.20270131T2000", twelve)...), half(goes, ten)...), half(by, four)...),
		Meetings:  []rota.Occurrence{board, team},
		Calls:     []rota.Call{{ID: 1, Duty: "on-call.first.20270104T2000", Leader: "A", At: at("2027-01-04T23:00"), Minutes: 30, Load: rota.Load{rota.Weekday: rota.Point / 2}}},
		CallParts: half("on-call.first.20270104T2000", rota.Load{rota.Weekday: rota.Point / 2}),
		Items: []rota.Item{
			{ID: "r1.20270131", Title: "Return", Due: date(t, "2027-01-31"), Owner: "B", Points: rota.Point},
			{ID: "r2.20270115.A", Title: "Appraisal", Due: date(t, "2027-01-15"), For: "A", Owner: "A"},
			{ID: "r1.20270201", Title: "Return", Due: date(t, "2027-02-01"), Owner: "A", Points: rota.Point},
		},
		ItemParts: []rota.ItemPart{{"r1.20270131", "A", rota.Point / 4}, {"r1.20270131", "B", 3 * rota.Point / 4}, {"r1.20270201", "A", rota.Point}},
	}
	var told strings.Builder
	say := func(name string, w rota.Work) {
		fmt.Fprintf(&told, "%s: %d, %s of %s, %s of %s\n", name, w.Number, w.Held.Time, w.Share.Time, w.Held.Points, w.Share.Points)
	}
	for _, plan := range rota.PlanJobs(f) {
		for _, w := range plan.Lines {
			say(strings.TrimSpace(fmt.Sprintf("%s %s %s %s", plan.Leader, w.Kind, w.Name, w.Tier)), w)
		}
		say(string(plan.Leader)+" all", plan.Sum())
	}
	const want = `A on call on-call first: 1, 6h0m0s of 8h0m0s, 1 of 2
A called: 1, 30m0s of 0s, 0.5 of 0.25
A meeting Board representative: 1, 2h0m0s of 1h0m0s, 1 of 0.5
A meeting Board deputy: 0, 0s of 0s, 0 of 0.12
A meeting Team: 1, 1h0m0s of 1h0m0s, 0 of 0
A responsibility Return: 0, 0s of 0s, 0 of 0.25
A responsibility Appraisal: 1, 0s of 0s, 0 of 0
A all: 5, 9h0m0s of 10h0m0s, 2.5 of 3.12
B on call on-call first: 2, 10h0m0s of 8h0m0s, 3 of 2
B called: 0, 0s of 0s, 0 of 0.25
B meeting Board representative: 0, 0s of 1h0m0s, 0 of 0.5
B meeting Board deputy: 1, 0s of 0s, 0.25 of 0.12
B meeting Team: 1, 1h0m0s of 1h0m0s, 0 of 0
B responsibility Return: 1, 0s of 0s, 1 of 0.75
B all: 5, 11h0m0s of 10h0m0s, 4.25 of 3.62
`
	if told.String() != want {
		t.Errorf("got\n%swant\n%s", told.String(), want)
	}
}

func halved(l rota.Load) rota.Load {
	for c := range l {
		l[c] /= 2
	}
	return l
}
