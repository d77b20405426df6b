package rota_test

import (
	"math"
	"slices"
	"testing"

	"pcnrota/rota"
)

// standing is somebody who holds and owes so many points of weekdays.
func standing(id rota.LeaderID, before, held, target float64) rota.Standing {
	load := func(f float64) rota.Load { return rota.Load{rota.Weekday: rota.PointsOf(f)} }
	return rota.Standing{Leader: id, Before: load(before), Held: load(held), Target: load(target)}
}

func TestMeasure(t *testing.T) {
	tests := []struct {
		name       string
		standings  []rota.Standing
		spread     float64
		jain, gini float64
		shared     int
	}{
		{"nobody", nil, 0, 1, 0, 0},
		{"one leader at target", []rota.Standing{standing("A", 0, 3, 3)}, 0, 1, 0, 1},
		{"one leader off target is alone, and even", []rota.Standing{standing("A", 0, 5, 3)}, 0, 1, 0, 1},
		{"nobody has a target", []rota.Standing{standing("A", 0, 0, 0), standing("B", 0, 0, 0)}, 0, 1, 0, 0},
		{"nobody has a target, but one holds points", []rota.Standing{standing("A", 0, 2, 0), standing("B", 0, 0, 0)}, 2, 1, 0, 0},
		{"nobody holds anything", []rota.Standing{standing("A", 0, 0, 2), standing("B", 0, 0, 1)}, 1, 1, 0, 2},
		{"all at target", []rota.Standing{standing("A", 0, 4, 4), standing("B", 0, 2, 2), standing("C", 0, 1, 1)}, 0, 1, 0, 3},
		{"a part-timer in proportion", []rota.Standing{standing("A", 0, 6, 4), standing("B", 0, 3, 2)}, 1, 1, 0, 2},
		{"one of four holds everything", []rota.Standing{
			standing("A", 0, 4, 1), standing("B", 0, 0, 1), standing("C", 0, 0, 1), standing("D", 0, 0, 1),
		}, 4, 0.25, 0.75, 4},
		{"two of four share everything", []rota.Standing{
			standing("A", 0, 2, 1), standing("B", 0, 2, 1), standing("C", 0, 0, 1), standing("D", 0, 0, 1),
		}, 2, 0.5, 0.5, 4},
		{"one, two and three", []rota.Standing{standing("A", 0, 1, 2), standing("B", 0, 2, 2), standing("C", 0, 3, 2)}, 2, 6. / 7, 2. / 9, 3},
		{"what is carried in counts for the spread", []rota.Standing{standing("A", 1, 2, 2), standing("B", -1, 2, 2)}, 2, 1, 0, 2},
		{"somebody without target counts for the spread only", []rota.Standing{
			standing("A", 0, 1, 1), standing("B", 0, 1, 1), standing("C", 0, 2, 0),
		}, 2, 1, 0, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 { // in this order, and in the other
				got := rota.Measure(tt.standings, rota.Load.Total)
				if got.Spread != rota.PointsOf(tt.spread) || got.Shared != tt.shared {
					t.Errorf("spread %s over %d with a target, want %g and %d", got.Spread, got.Shared, tt.spread, tt.shared)
				}
				if math.Abs(got.Jain-tt.jain) > 1e-15 || math.Abs(got.Gini-tt.gini) > 1e-15 {
					t.Errorf("Jain %g and Gini %g, want %g and %g", got.Jain, got.Gini, tt.jain, tt.gini)
				}
				slices.Reverse(tt.standings)
			}
		})
	}
}

func TestMeasureNamesTheEnds(t *testing.T) {
	got := rota.Measure([]rota.Standing{standing("A", 0, 1, 3), standing("B", 0, 1, 2), standing("C", 0.25, 2, 2)}, rota.Load.Total)
	if got.Most != rota.Point/4 || got.Least != -2*rota.Point || got.Spread != 9*rota.Point/4 {
		t.Errorf("from %s to %s is %s", got.Least, got.Most, got.Spread)
	}
}

func TestMeasureOfOneCategory(t *testing.T) {
	standings := []rota.Standing{
		{Leader: "A", Held: rota.Load{rota.Weekday: 5, rota.Festive: 4}, Target: rota.Load{rota.Weekday: 2, rota.Festive: 2}},
		{Leader: "B", Held: rota.Load{rota.Weekday: 1}, Target: rota.Load{rota.Weekday: 4, rota.Festive: 2}},
	}
	got := rota.Measure(standings, func(l rota.Load) rota.Points { return l[rota.Festive] })
	if got.Spread != 4 || got.Jain != 0.5 || got.Gini != 0.5 {
		t.Errorf("festive days: %+v", got)
	}
}
