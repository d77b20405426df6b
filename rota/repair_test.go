package rota_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// disturbed is a small rota in force, and what has happened since: somebody is away, has left or has gone.
func disturbed(t *testing.T, seed uint64) (rota.Problem, bool) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 17))
	p := smallProblem(r)
	built, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		return p, false
	}
	p.Published = built.Duties
	p.Now = built.Duties[r.IntN(3)].Span.Start.Add(-time.Hour)
	for range 1 + r.IntN(2) {
		l, first := r.IntN(len(p.Leaders)), p.From.AddDays(r.IntN(12))
		switch r.IntN(4) {
		case 0:
			p.Leaders[l].Ends = first
		case 1:
			p.Leaders[l].Starts = p.From // nothing happens
			p.Policy.Rules.RestHours += 24
		default:
			p.Absences = append(p.Absences, rota.Absence{Leader: p.Leaders[l].ID, Kind: rota.Sick, First: first, Last: first.AddDays(r.IntN(6))})
		}
	}
	return p, true
}

// worth says how good duties are as a repair: the first place where two differ decides, smaller is better.
func worth(p rota.Problem, freeze int, duties []rota.Duty, standings []rota.Standing) []int64 {
	today := rota.CivilOf(p.Now, p.Zone).Date
	frozen, moved := int64(0), int64(0)
	late, excesses := make([]int64, len(duties)), []int64{}
	for i, d := range duties {
		if d.Holder == p.Published[i].Holder {
			continue
		}
		late[moved] = -d.Span.Start.Unix()
		moved++
		if today.DaysUntil(d.Start.Date) < freeze {
			frozen++
		}
	}
	for _, s := range standings {
		excess := rota.Standing{Before: s.Before, Target: s.Target}.Excess(rota.Total)
		for _, d := range duties {
			if d.Holder == s.Leader {
				excess += d.Points()
			}
		}
		excesses = append(excesses, -int64(excess))
	}
	slices.Sort(excesses)
	for i := range excesses {
		excesses[i] = -excesses[i]
	}
	return slices.Concat([]int64{frozen, moved}, late, excesses)
}

// bestRepair tries every rota that keeps the rules and what has begun.
func bestRepair(p rota.Problem, freeze int, standings []rota.Standing) (best []int64) {
	duties := slices.Clone(p.Published)
	var fill func(i int)
	fill = func(i int) {
		if i == len(duties) {
			if len(rotatest.CheckDuties(p, duties)) > 0 {
				return
			}
			if m := worth(p, freeze, duties, standings); best == nil || slices.Compare(m, best) < 0 {
				best = m
			}
			return
		}
		for _, l := range p.Leaders {
			duties[i].Holder = l.ID
			fill(i + 1)
		}
	}
	fill(0)
	return best
}

// TestRepairMovesTheFewestAndLatest compares repairs with every rota there is.
func TestRepairMovesTheFewestAndLatest(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(10) {
		p, ok := disturbed(t, seed)
		if !ok {
			continue
		}
		freeze := int(seed % 3 * 5)
		draft, repaired, err := rota.Repair(context.Background(), p, freeze, nil)
		if u := (*rota.Uncoverable)(nil); errors.As(err, &u) {
			kinds["hopeless"]++
			nobodyCan(t, p, u)
			repairWithGaps(t, p, freeze, len(u.Duties))
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		got, best := worth(p, freeze, draft.Duties, draft.Standings), bestRepair(p, freeze, draft.Standings)
		if slices.Compare(got, best) != 0 {
			t.Errorf("problem %d: %v was found, and %v is possible", seed, got, best)
		}
		if !repaired.Proved || int64(len(repaired.Moves)) != best[1] {
			t.Errorf("problem %d: %d moves, proved %t", seed, len(repaired.Moves), repaired.Proved)
		}
		sound(t, p, draft, repaired)
		kinds[fmt.Sprintf("%d moves", min(len(repaired.Moves), 3))]++
	}
	for _, kind := range []string{"hopeless", "0 moves", "1 moves", "2 moves"} {
		if kinds[kind] == 0 {
			t.Errorf("the problems are %v: none of kind %s", kinds, kind)
		}
	}
}

// repairWithGaps leaves open what cannot be covered, and no more.
func repairWithGaps(t *testing.T, p rota.Problem, freeze, gaps int) {
	t.Helper()
	p.AllowGaps = true
	draft, repaired, err := rota.Repair(context.Background(), p, freeze, nil)
	if err != nil || draft.Gaps == nil || len(draft.Gaps.Duties) != gaps {
		t.Fatalf("%d gaps: %v, %+v", gaps, err, draft.Gaps)
	}
	for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
		t.Error(breach)
	}
	for _, wrong := range rotatest.CheckRepair(p, draft, repaired) {
		t.Error(wrong)
	}
}

// sound asks that the report says what the draft does, and that what has begun is as it was.
func sound(t *testing.T, p rota.Problem, draft rota.Draft, repaired rota.Repaired) {
	t.Helper()
	moved := map[rota.DutyID]bool{}
	for _, m := range repaired.Moves {
		moved[m.Duty.ID] = true
		if m.Why == "" || m.Was == m.Duty.Holder || !m.Duty.Span.Start.After(p.Now) {
			t.Errorf("%+v at %s", m, p.Now)
		}
		if m.Frozen != m.Duty.Start.Date.Before(repaired.Thaws) {
			t.Errorf("%s is frozen: %t, although it thaws on %s", m.Duty.ID, m.Frozen, repaired.Thaws)
		}
	}
	for i, d := range draft.Duties {
		if !moved[d.ID] && !reflect.DeepEqual(d, p.Published[i]) {
			t.Errorf("%+v was %+v, and is not among what moves", d, p.Published[i])
		}
	}
	if (repaired.Price == nil) != (len(repaired.Moves) == 0) {
		t.Errorf("the price of %d moves is %v", len(repaired.Moves), repaired.Price)
	}
}

func TestRepairIsDeterministic(t *testing.T) {
	for seed := range uint64(8) {
		p, ok := disturbed(t, seed)
		if !ok {
			continue
		}
		draft, report, err := rota.Repair(context.Background(), p, 7, nil)
		again, repeated, same := rota.Repair(context.Background(), p, 7, nil)
		if !reflect.DeepEqual(draft, again) || !reflect.DeepEqual(report, repeated) || fmt.Sprint(err) != fmt.Sprint(same) {
			t.Errorf("problem %d: the same question had two answers", seed)
		}
	}
}

func TestWhyADutyMoves(t *testing.T) {
	p := twoTiers(t)
	built, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Published, p.Now = built.Duties, p.From.At(0).Instant(p.Zone)
	sick := built.Duties[6]
	p.Absences = append(p.Absences, rota.Absence{Leader: sick.Holder, Kind: rota.Sick, First: sick.Start.Date, Last: sick.Start.Date})
	_, repaired, err := rota.Repair(context.Background(), p, 7, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(repaired.Moves, func(m rota.Move) bool { return m.Duty.ID == sick.ID })
	if at < 0 || repaired.Moves[at].Why != fmt.Sprintf("away on %s", sick.Start.Date) || repaired.Moves[at].Was != sick.Holder {
		t.Fatalf("%+v", repaired.Moves)
	}
	for _, m := range slices.Delete(slices.Clone(repaired.Moves), at, at+1) {
		if !strings.HasPrefix(m.Why, "makes room: ") {
			t.Errorf("%+v", m)
		}
	}
}
