package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// spent checks that what was spent of fairness is within the tolerance, told as it is, and counted from a rota
// that could be.
func (c *checker) spent(d rota.Draft) {
	if d.Spent == nil {
		return
	}
	if d.Spent.Tolerance != c.Policy.Tolerance {
		c.breach(RuleTolerance, "", "", "the tolerance is %s points, and %s is told", c.Policy.Tolerance, d.Spent.Tolerance)
	}
	for _, level := range d.Spent.Levels {
		at := slices.IndexFunc(d.Certificate, func(p rota.Proof) bool { return p.Dimension == level.Dimension })
		if at < 0 {
			c.breach(RuleTolerance, "", "", "something was spent by %s, by which the rota has no points", level.Dimension)
			continue
		}
		held := newProof(c, d, d.Certificate[at]).held(d.Duties)
		if !slices.Equal(held, level.Now) {
			c.breach(RuleTolerance, "", "", "the excesses by %s are %v, and told as %v", level.Dimension, held, level.Now)
		}
		if len(held) != len(level.Fairest) || slices.Compare(level.Fairest, d.Certificate[at].Bound) < 0 {
			c.breach(RuleTolerance, "", "", "no rota can be as fair by %s as %v", level.Dimension, level.Fairest)
			continue
		}
		for place, excess := range held {
			if excess > level.Fairest[place]+c.Policy.Tolerance {
				c.breach(RuleTolerance, "", "", "by %s number %d in line is at %s points, more than %s above the %s of the fairest rota",
					level.Dimension, place+1, excess, c.Policy.Tolerance, level.Fairest[place])
			}
		}
	}
}
