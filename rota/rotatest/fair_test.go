package rotatest_test

import (
	"slices"
	"strings"
	"testing"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// single is a rota of one tier over so many days, held by the named leaders in turn.
func single(t *testing.T, days int, holders ...rota.LeaderID) (rota.Problem, rota.Draft) {
	p, d := sound(t)
	p.Policy.Tiers, p.Policy.Rules.RestHours = p.Policy.Tiers[:1], 0
	p.Until = p.From.AddDays(days)
	d.Duties = p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)
	for i := range d.Duties {
		d.Duties[i].Holder = holders[i%len(holders)]
	}
	p.Leaders = nil
	for _, id := range slices.Compact(slices.Sorted(slices.Values(append(holders, "L1", "L2")))) {
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Share: rota.FullTime})
	}
	return p, d
}

func TestWhoHoldsEverythingIsUnfairlyFar(t *testing.T) {
	p, d := single(t, 5, "L1")
	breaches := rotatest.CheckFair(p, d)
	if len(breaches) != 2 || breaches[0].Leader != "L1" || breaches[1].Leader != "L2" || breaches[0].Rule != rotatest.RuleFair {
		t.Fatalf("got %v, want L1 above and L2 below", breaches)
	}
	if want := "call.first.20270104T0800 could go from L1 to L2"; !strings.Contains(breaches[0].Detail, want) {
		t.Errorf("got %q, want it to say %q", breaches[0].Detail, want)
	}
}

func TestWithinOneHeaviestDutyIsNear(t *testing.T) {
	p, d := single(t, 5, "L1", "L2")
	if breaches := rotatest.CheckFair(p, d); len(breaches) > 0 {
		t.Errorf("got %v, want nothing", breaches)
	}
	for _, x := range rotatest.Furthest(p, d) {
		if want := rota.Point / 2; max(x.Excess, -x.Excess) != want || x.Far {
			t.Errorf("%s is %s from target, want %s and not far", x.Leader, x.Excess, want)
		}
	}
}

func TestADistanceThatLeaveForcesIsNoBreach(t *testing.T) {
	p, d := single(t, 5, "L1")
	p.Absences = []rota.Absence{{Leader: "L2", Kind: rota.Annual, First: p.From, Last: p.Until}}
	distances := rotatest.Furthest(p, d)
	if !distances[0].Far || distances[0].Remedy != "" {
		t.Errorf("got %+v, want L1 far without remedy", distances[0])
	}
}

func TestTheBalanceCarriedInCounts(t *testing.T) {
	p, d := single(t, 4, "L1", "L2")
	p.Balances = map[rota.LeaderID]rota.Load{"L1": {3 * rota.Point}, "L2": {-3 * rota.Point}}
	if breaches := rotatest.CheckFair(p, d); len(breaches) != 2 {
		t.Errorf("got %v, want L1 to give a duty to L2", breaches)
	}
}

// TestADutyIsPassedOn has L1 hold what only L3 could take over, and L3 hold what L2 could.
func TestADutyIsPassedOn(t *testing.T) {
	p, d := single(t, 6, "L1", "L1", "L1", "L3", "L3", "L3")
	p.Absences = []rota.Absence{{Leader: "L2", Kind: rota.Annual, First: p.From, Last: p.From.AddDays(3)}}
	p.Balances = map[rota.LeaderID]rota.Load{"L1": {2 * rota.Point}}
	p.Policy.Rules.AtMost = []rota.Limit{{Duties: 3, Days: 7}}
	i := slices.IndexFunc(rotatest.Furthest(p, d), func(x rotatest.Distance) bool { return x.Leader == "L1" })
	if got := rotatest.Furthest(p, d)[i].Remedy; !strings.Contains(got, "from L1 to L3 and ") || !strings.Contains(got, "from L3 to L2") {
		t.Errorf("got %q, want a duty passed on over L3", got)
	}
}

// TestDutiesAreExchanged has L1 hold a Sunday and L2 a Monday; both may hold one duty only.
func TestDutiesAreExchanged(t *testing.T) {
	p, d := single(t, 8, "L3", "L3", "L3", "L3", "L3", "L3", "L1", "L2")
	p.Policy.Rules.AtMost = []rota.Limit{{Duties: 1, Days: 2}}
	p.Policy.Eligible.Leaders = []rota.LeaderID{"L1", "L2"}
	p.Policy.Pattern = slices.Clone(p.Policy.Pattern)
	p.Policy.Pattern[0].Days = p.Policy.Pattern[0].Days[:2] // Sunday and Monday
	p.From = p.From.AddDays(6)
	d.Duties = d.Duties[6:]
	p.Balances = map[rota.LeaderID]rota.Load{"L1": {2 * rota.Point}, "L2": {-2 * rota.Point}}
	breaches := rotatest.CheckFair(p, d)
	if len(breaches) != 2 || !strings.Contains(breaches[0].Detail, "call.first.20270110T0800 could go from L1 to L2 and call.first.20270111T0800 could go from L2 to L1") {
		t.Errorf("got %v, want the Sunday exchanged for the Monday", breaches)
	}
}
