package cli

import (
	"pcnrota/rota"
)

// fairnessView is a leader's standing in JSON.
type fairnessView struct {
	LeaderID   rota.LeaderID `json:"leader_id"`
	Leader     string        `json:"leader"`
	Before     rota.Points   `json:"before"` // excess carried in
	Points     rota.Points   `json:"points"`
	Target     rota.Points   `json:"target"`
	After      rota.Points   `json:"after"` // excess carried out
	ByCategory rota.Load     `json:"points_by_category"`
}

func viewFairness(s rota.Standing, names map[rota.LeaderID]rota.Leader) fairnessView {
	return fairnessView{
		LeaderID: s.Leader, Leader: nameOf(names, s.Leader), Before: s.Before.Total(),
		Points: s.Held.Total(), Target: s.Target.Total(), After: s.After().Total(), ByCategory: s.Held,
	}
}

// fairnessTable sets what everybody holds against what is fair.
func fairnessTable(standings []rota.Standing, names map[rota.LeaderID]rota.Leader) *table {
	t := newTable(name("leader"), number("weekday"), number("weekend"), number("bank hol"), number("festive"),
		number("points"), number("target"), number("carried"))
	for _, s := range standings {
		t.row(nameOf(names, s.Leader), s.Held[rota.Weekday].String(), s.Held[rota.Weekend].String(), s.Held[rota.BankHoliday].String(),
			s.Held[rota.Festive].String(), s.Held.Total().String(), s.Target.Total().String(), signed(s.After().Total()))
	}
	return t
}

// signed gives "+0.5", "-0.33" or "0".
func signed(p rota.Points) string {
	if s := p.String(); s != "0" && p > 0 {
		return "+" + s
	}
	return p.String()
}
