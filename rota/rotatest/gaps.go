package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// leaveOut takes the duties that nobody holds out of what is asked for, where gaps are allowed: what nobody
// does is shared out to nobody.
func (c *checker) leaveOut(duties []rota.Duty) {
	if !c.AllowGaps {
		return
	}
	open := map[rota.DutyID]bool{}
	for _, d := range duties {
		open[d.ID] = d.Holder == ""
	}
	c.wanted = slices.DeleteFunc(c.wanted, func(d rota.Duty) bool { return open[d.ID] })
}

// gaps asks of each gap that the draft lists it, and that nobody could simply be given it.
func (c *checker) gaps(d rota.Draft) {
	var open, listed []rota.DutyID
	for _, duty := range d.Duties {
		if duty.Holder == "" {
			open = append(open, duty.ID)
		}
	}
	if d.Gaps != nil {
		for _, gap := range d.Gaps.Duties {
			listed = append(listed, gap.Duty.ID)
		}
	}
	slices.Sort(open)
	slices.Sort(listed)
	if !slices.Equal(open, listed) {
		c.breach(RuleGap, "", "", "nobody holds %v, and the gaps are said to be %v", open, listed)
	}
	if len(open) == 0 || !c.AllowGaps {
		return
	}
	m := newMover(c.Problem, d)
	for _, duty := range expand(c.Problem) {
		if !slices.Contains(open, duty.ID) {
			continue
		}
		m.beside(duty, d.Duties)
		for _, l := range c.Leaders {
			if m.allowed([]move{{duty, "", l.ID}}) {
				c.breach(RuleGap, duty.ID, l.ID, "nobody holds %s, although %s could", duty.ID, l.ID)
			}
		}
	}
}

// beside notes who holds the other tiers of a duty's shift.
func (m *mover) beside(d rota.Duty, duties []rota.Duty) {
	for _, other := range duties {
		if sameShift(d, other) && other.Holder != "" {
			m.shift[d.ID] = append(m.shift[d.ID], other)
		}
	}
}
