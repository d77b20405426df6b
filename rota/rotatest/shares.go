package rotatest

import (
	"cmp"

	"pcnrota/rota"
)

// pool gives those who have a part in d's points: who could hold it on its day, and is not on
// protected leave on its first day.
func (c *checker) pool(d rota.Duty) []rota.Leader {
	var pool []rota.Leader
	for _, l := range c.Leaders {
		if len(c.outside(l, d)) == 0 && c.fits(l, d) && !c.excused(l.ID, d.Start.Date) {
			pool = append(pool, l)
		}
	}
	return pool
}

// excused reports whether l is on leave that nobody has to make up for, from the first to the last minute of
// day.
func (c *checker) excused(l rota.LeaderID, day rota.Date) bool {
	for _, a := range c.away[l] {
		switch a.Kind {
		case rota.Sick, rota.Parental, rota.Carers, rota.Compassionate, rota.JuryService, rota.Sabbatical:
			first, last := a.First, a.Last
			if a.Starts > 0 {
				first = first.AddDays(1)
			}
			if a.Ends > 0 {
				last = last.AddDays(-1)
			}
			if first.Compare(day) <= 0 && day.Compare(last) <= 0 {
				return true
			}
		}
	}
	return false
}

// shares checks the parts of every duty: in proportion to share among its pool, nothing for anybody
// else, and adding up to the duty's points to the last millionth.
func (c *checker) shares(d rota.Draft) {
	type owed struct {
		duty   rota.DutyID
		leader rota.LeaderID
	}
	parts := map[owed]rota.Load{}
	sums := map[rota.DutyID]rota.Load{}
	for _, part := range d.Parts {
		parts[owed{part.Duty, part.Leader}] = parts[owed{part.Duty, part.Leader}].Plus(part.Load)
		sums[part.Duty] = sums[part.Duty].Plus(part.Load)
	}
	for _, duty := range c.wanted {
		pool := c.pool(duty)
		var whole int64
		for _, l := range pool {
			whole += int64(l.Share)
		}
		for _, l := range pool {
			key := owed{duty.ID, l.ID}
			c.fairPart(duty, l, whole, parts[key])
			delete(parts, key)
		}
		if sums[duty.ID] != duty.Load && len(pool) > 0 {
			c.breach(RuleShare, duty.ID, "", "the parts of %s add up to %s points, and it weighs %s", duty.ID, sums[duty.ID].Total(), duty.Load.Total())
		}
	}
	for _, part := range d.Parts {
		if _, left := parts[owed{part.Duty, part.Leader}]; left {
			c.breach(RuleShare, part.Duty, part.Leader, "%s has a part in %s and cannot hold it", part.Leader, part.Duty)
		}
	}
}

// fairPart compares one part with points x share / whole, category by category.
func (c *checker) fairPart(duty rota.Duty, l rota.Leader, whole int64, part rota.Load) {
	for category, points := range duty.Load {
		off := int64(part[category])*whole - int64(points)*int64(l.Share)
		if max(off, -off) > shareTolerance*whole {
			c.breach(RuleShare, duty.ID, l.ID, "%s's part of the %s %s points of %s is %s, and should be %d/%d of them",
				l.ID, points, rota.Category(category).Title(), duty.ID, part[category], l.Share, whole)
		}
	}
}

// standings adds up again what everybody carries in, holds and owes.
func (c *checker) standings(d rota.Draft) {
	held, target := map[rota.LeaderID]rota.Load{}, map[rota.LeaderID]rota.Load{}
	for _, duty := range d.Duties {
		held[duty.Holder] = held[duty.Holder].Plus(duty.Load)
	}
	for _, part := range d.Parts {
		target[part.Leader] = target[part.Leader].Plus(part.Load)
	}
	stands := map[rota.LeaderID]bool{}
	for i, s := range d.Standings {
		if i > 0 && cmp.Compare(d.Standings[i-1].Leader, s.Leader) >= 0 {
			c.breach(RuleOrder, "", s.Leader, "the standing of %s is out of order", s.Leader)
		}
		stands[s.Leader] = true
		c.sum(s.Leader, "balance carried in", s.Before, c.Balances[s.Leader])
		c.sum(s.Leader, "points held", s.Held, held[s.Leader])
		c.sum(s.Leader, "target", s.Target, target[s.Leader])
	}
	for _, l := range c.Leaders {
		nothing := held[l.ID] == rota.Load{} && target[l.ID] == rota.Load{} && c.Balances[l.ID] == rota.Load{}
		if !stands[l.ID] && !nothing {
			c.breach(RuleStanding, "", l.ID, "%s has a part in this rota and no standing", l.ID)
		}
	}
}

func (c *checker) sum(l rota.LeaderID, what string, stated, added rota.Load) {
	if stated != added {
		c.breach(RuleStanding, "", l, "%s's %s is stated as %s and adds up to %s", l, what, stated.Total(), added.Total())
	}
}
