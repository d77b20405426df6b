package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Pin settles one assignment by hand: only Leader may hold the duty, or, with Forbid, anybody but Leader.
// It changes who holds what and not what is fair: everybody's target stays as it is, and what a pin puts on
// somebody is made good by other duties as far as can be.
type Pin struct {
	Duty   DutyID
	Leader LeaderID
	Forbid bool
	Reason string // for the record; may be ""
	Says   string // what it says of whom it keeps away, where nobody set it by hand: "has declined"
}

// Start gives the civil time that the identity is made of.
func (id DutyID) Start() (Civil, error) {
	digits := string(id)[strings.LastIndexByte(string(id), '.')+1:]
	t, err := time.Parse("20060102T1504", digits)
	if err != nil {
		return Civil{}, fmt.Errorf("%q does not end like on-call.first.20270104T1830", string(id))
	}
	return dateOf(t).At(TimeOfDay(t.Hour()*60 + t.Minute())), nil
}

// Of reports whether the identity is that of a duty of the named rota.
func (id DutyID) Of(name RotaName) bool { return strings.HasPrefix(string(id), string(name)+".") }

// settled says in words which pin keeps l from d; "" where none does.
func (p *planner) settled(l Leader, d Duty) string {
	for _, pin := range p.pinsOf[d.ID] {
		switch {
		case pin.Forbid && pin.Leader == l.ID:
			return cmp.Or(pin.Says, "ruled out by hand")
		case !pin.Forbid && pin.Leader != l.ID:
			return cmp.Or(pin.Says, fmt.Sprintf("kept for %s by hand", pin.Leader))
		}
	}
	return ""
}

// Pinned gives those of p.Pins that are about duties of this rota and time.
func (p Problem) Pinned() []Pin {
	var here []Pin
	asked := map[DutyID]bool{}
	for _, d := range p.Wanted() {
		asked[d.ID] = true
	}
	for _, pin := range p.Pins {
		if asked[pin.Duty] {
			here = append(here, pin)
		}
	}
	return here
}

// HoldingPins gives p.Pins without those whose leader cannot hold the duty any more, whoever holds the others: away
// since, not in post, or declined. Of meetings, where nobody builds anything, somebody else goes then.
func (p Problem) HoldingPins() []Pin {
	plan := newPlanner(p)
	duties := map[DutyID]Duty{}
	for _, d := range plan.duties {
		duties[d.ID] = d
	}
	return slices.DeleteFunc(slices.Clone(p.Pins), func(pin Pin) bool {
		d, asked := duties[pin.Duty]
		at, known := plan.index[pin.Leader]
		return asked && !pin.Forbid && (!known || plan.bar(plan.Leaders[at], d) != "")
	})
}

// idle notes the pins of this rota and time whose duties the pattern does not ask for.
func (p *planner) idle() []string {
	asked := map[DutyID]bool{}
	for _, d := range p.duties {
		asked[d.ID] = true
	}
	var notes []string
	for _, pin := range p.Pins {
		start, err := pin.Duty.Start()
		if err != nil || !pin.Duty.Of(p.Policy.Name) || asked[pin.Duty] || start.Date.Before(p.From) || !start.Date.Before(p.Until) {
			continue
		}
		notes = append(notes, fmt.Sprintf("The pin of %s is idle: the rota has no such duty.", pin.Duty))
	}
	return notes
}

// WhyNot says in words which hard rule stands against pin, given the leaders, the absences, what p holds
// already and the other pins; "" where none does. p has to span the pin and those other pins that could
// matter. A rota may be impossible all the same, for reasons that no single rule shows: Build tells.
func (p Problem) WhyNot(pin Pin) string {
	plan := newPlanner(p)
	var d *Duty
	for i := range plan.duties {
		for _, other := range plan.pinsOf[plan.duties[i].ID] {
			if !other.Forbid {
				plan.duties[i].Holder = other.Leader
			}
		}
		if plan.duties[i].ID == pin.Duty {
			d = &plan.duties[i]
		}
	}
	if d == nil {
		return "the rota has no such duty"
	}
	if pin.Forbid {
		plan.pinsOf[d.ID] = append(plan.pinsOf[d.ID], pin)
		return plan.nobodyLeft(*d)
	}
	at, known := plan.index[pin.Leader]
	if !known {
		return "nobody has that ID"
	}
	return plan.obstacle(plan.Leaders[at], *d, append(plan.duties, plan.held...))
}

// nobodyLeft says so where everybody is barred from d.
func (p *planner) nobodyLeft(d Duty) string {
	reasons := []string{"nobody would be left"}
	for _, l := range p.Leaders {
		why := p.bar(l, d)
		if why == "" {
			return ""
		}
		reasons = append(reasons, fmt.Sprintf("%s %s", l.ID, why))
	}
	return strings.Join(reasons, "; ")
}
