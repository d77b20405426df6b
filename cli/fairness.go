package cli

import (
	"fmt"
	"slices"
	"strings"

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
	TargetBy   rota.Load     `json:"target_by_category"`
	BeforeBy   rota.Load     `json:"before_by_category"`
	AfterBy    rota.Load     `json:"after_by_category"`
}

func viewFairness(s rota.Standing, names map[rota.LeaderID]rota.Leader) fairnessView {
	return fairnessView{
		LeaderID: s.Leader, Leader: nameOf(names, s.Leader), Before: s.Before.Total(),
		Points: s.Held.Total(), Target: s.Target.Total(), After: s.After().Total(),
		ByCategory: s.Held, TargetBy: s.Target, BeforeBy: s.Before, AfterBy: s.After(),
	}
}

// fairnessTable sets what everybody holds against what is fair.
func fairnessTable(standings []rota.Standing, names map[rota.LeaderID]rota.Leader) *table {
	shown := []rota.Category{rota.Weekday, rota.Weekend, rota.BankHoliday, rota.Festive}
	if used := categoriesIn(standings); !slices.ContainsFunc(used, func(c rota.Category) bool { return slices.Contains(shown, c) }) {
		shown = used // meetings
	}
	columns := []column{name("leader")}
	for _, c := range shown {
		columns = append(columns, number(strings.Replace(c.Title(), "bank holiday", "bank hol", 1)))
	}
	t := newTable(append(columns, number("points"), number("target"), number("carried"))...)
	for _, s := range standings {
		cells := []string{nameOf(names, s.Leader)}
		for _, c := range shown {
			cells = append(cells, s.Held[c].String())
		}
		t.row(append(cells, s.Held.Total().String(), s.Target.Total().String(), signed(s.After().Total()))...)
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

// reckoningView is a rota's fairness, or the ledger's, in JSON.
type reckoningView struct {
	Rota    rota.RotaName  `json:"rota"`    // "" for the ledger
	Version int            `json:"version"` // 0 for a draft and for the ledger
	Covers  *period        `json:"covers"`  // null for the ledger
	Leaders []fairnessView `json:"leaders"`
	Figures []figuresView  `json:"figures"` // the total, then each category that has points
	Proofs  []proofView    `json:"proofs"`  // about the rota as it was built; empty for the ledger and what was made by hand
}

// figuresView is how even one kind of points is. Jain and Gini compare what everybody holds as a part of
// their target, over all that is published and this rota.
type figuresView struct {
	Of     string       `json:"of"` // "total" or a category
	Before evennessView `json:"before"`
	After  evennessView `json:"after"`
}

type evennessView struct {
	Spread rota.Points `json:"spread"`
	Jain   *float64    `json:"jain"` // null where nobody has a target
	Gini   *float64    `json:"gini"`
}

func viewReckoning(r reckoning, names map[rota.LeaderID]rota.Leader) reckoningView {
	v := reckoningView{
		Rota: r.version.Rota, Version: r.version.Number,
		Leaders: each(r.standings, func(s rota.Standing) fairnessView { return viewFairness(s, names) }),
		Proofs:  viewProofs(r.certificate, r.own, names),
	}
	if !r.isLedger() {
		v.Covers = v.Covers.with(r.version)
	}
	figures := func(name string, of func(rota.Load) rota.Points) {
		v.Figures = append(v.Figures, figuresView{name, viewEvenness(rota.Measure(r.before, of)), viewEvenness(rota.Measure(r.after, of))})
	}
	figures("total", rota.Load.Total)
	for _, category := range categoriesIn(r.standings) {
		figures(category.String(), pointsIn(category))
	}
	return v
}

func viewEvenness(e rota.Evenness) evennessView {
	if e.Shared == 0 {
		return evennessView{Spread: e.Spread}
	}
	return evennessView{e.Spread, &e.Jain, &e.Gini}
}

// fairnessRows is a line for each leader: the totals, then each category.
func fairnessRows(standings []rota.Standing, names map[rota.LeaderID]rota.Leader) [][]string {
	head := []string{"leader_id", "leader", "points", "target", "before", "after"}
	for c := range (rota.Load{}) {
		for _, column := range []string{"points", "target", "before", "after"} {
			head = append(head, fmt.Sprintf("%s_%s", rota.Category(c), column))
		}
	}
	rows := [][]string{head}
	for _, s := range standings {
		row := []string{string(s.Leader), nameOf(names, s.Leader)}
		loads := []rota.Load{s.Held, s.Target, s.Before, s.After()}
		for _, l := range loads {
			row = append(row, l.Total().String())
		}
		for c := range (rota.Load{}) {
			for _, l := range loads {
				row = append(row, l[c].String())
			}
		}
		rows = append(rows, row)
	}
	return rows
}
