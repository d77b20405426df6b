package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// RuleTurns is the rule that deputising goes round.
const RuleTurns = "turns"

// CheckTurns asks of a rota of meetings that deputising goes round: nobody stands by at a meeting who does so over
// one time more often than somebody else who is named for that, can come and has nothing else then. Times are those of the rota
// and of what is published besides, less a fair part of all of them: each is the part, by share of a post, of everybody who is
// in post and not on protected leave. A wish or a weekly non-working day makes up for one time. What p settles by hand, and
// what has begun, is nobody's turn.
func CheckTurns(p rota.Problem, d rota.Draft) []Breach {
	if p.Policy.Meetings == nil {
		return nil
	}
	c := newChecker(p)
	stood := map[rota.LeaderID]float64{}
	for _, d := range slices.Concat(p.Held, d.Duties) {
		c.standsBy(stood, d)
	}
	diaries := c.diaries(d.Duties)
	for _, d := range d.Duties {
		_, begun := c.begun[d.ID]
		byHand := slices.ContainsFunc(c.byHand[d.ID], func(pin rota.Pin) bool { return !pin.Forbid })
		if d.Tier == "deputy" && d.Holder != "" && !begun && !byHand {
			c.turn(stood, d, diaries)
		}
	}
	return c.breaches
}

// turn asks whether somebody else had better stand by.
func (c *checker) turn(stood map[rota.LeaderID]float64, d rota.Duty, diaries map[rota.LeaderID][]entry) {
	times := func(l rota.LeaderID) float64 {
		if c.unwelcome(l, d) {
			return stood[l] + 1
		}
		return stood[l]
	}
	for _, l := range c.Leaders {
		if l.ID == d.Holder || times(d.Holder)-times(l.ID) < 1.01 || !c.invited(l, d) || !c.canCome(l, d) {
			continue
		}
		if !slices.ContainsFunc(diaries[l.ID], func(e entry) bool { return c.inTheWay(l.ID, d, e) }) {
			c.breach(RuleTurns, d.ID, l.ID, "%s stands by at %s, %.2f times ahead of a fair part, and %s could, at %.2f",
				d.Holder, d.ID, times(d.Holder), l.ID, times(l.ID))
		}
	}
}

// inTheWay reports whether l cannot stand by at d because of something else.
func (c *checker) inTheWay(l rota.LeaderID, d rota.Duty, other entry) bool {
	m, _ := c.meeting(d)
	if o, is := c.meeting(other.Duty); is && o.ID == m.ID {
		return true
	}
	d.Holder = l
	pair := []entry{{d, false}, other}
	inOrder(pair)
	return len(Hard(c.apart(l, pair[0], pair[1]))) > 0
}

// standsBy counts that somebody stands by, and whose part it was.
func (c *checker) standsBy(stood map[rota.LeaderID]float64, d rota.Duty) {
	if _, known := c.meeting(d); !known || d.Tier != "deputy" || d.Holder == "" {
		return
	}
	stood[d.Holder]++
	parts, whole := map[rota.LeaderID]float64{}, 0.0
	first, last := touched(d)
	for _, l := range c.Leaders {
		late, gone := !l.Starts.IsZero() && first.Compare(l.Starts) < 0, !l.Ends.IsZero() && last.Compare(l.Ends) > 0
		if !late && !gone && !c.excused(l.ID, first) {
			parts[l.ID] = float64(l.Share)
			whole += parts[l.ID]
		}
	}
	for id, part := range parts {
		stood[id] -= part / whole
	}
}

// unwelcome reports whether wishes and weekly non-working days speak against d, all in all: such a day as a wish of weight 2.
func (c *checker) unwelcome(l rota.LeaderID, d rota.Duty) bool {
	against := 0
	for n := 0; n*24*60 < int(clock(d.Start, d.End)); n++ {
		day := d.Start.Date.AddDays(n)
		for _, w := range c.Wishes {
			switch {
			case w.Leader != l || !w.Concerns(day):
			case w.Kind == rota.Avoid:
				against += w.Weight
			default:
				against -= w.Weight
			}
		}
		for _, a := range c.away[l] {
			if a.Kind == rota.NonWorkingDay && a.Covers(day) {
				against += 2
			}
		}
	}
	return against > 0
}
