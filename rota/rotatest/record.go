package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// CheckRecord re-derives what a record of duties that were held says: times, points, fair shares and sums.
// It asks about no rule and about no shift that d does not have.
func CheckRecord(p rota.Problem, d rota.Draft) []Breach {
	c := newChecker(p)
	recorded := map[rota.DutyID]bool{}
	for _, duty := range d.Duties {
		recorded[duty.ID] = true
	}
	c.wanted = slices.DeleteFunc(c.wanted, func(w rota.Duty) bool { return !recorded[w.ID] })
	c.asked(d)
	c.order(d.Duties)
	for _, duty := range c.cover(d.Duties) {
		c.known(duty)
	}
	c.shares(d)
	c.standings(d)
	return c.breaches
}
