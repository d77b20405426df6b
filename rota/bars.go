package rota

import (
	"cmp"
	"fmt"
)

// bar says in words why l cannot hold d, whatever else is on the rota; "" where nothing stands against
// it. It is the one place where the hard rules about a single person and a single duty are decided. A pin
// speaks last, so that a pinned leader who cannot come is told from the others.
func (p *planner) bar(l Leader, d Duty) string {
	if holder, begun := p.begun[d.ID]; begun {
		if holder == l.ID {
			return ""
		}
		return fmt.Sprintf("has begun with %s on call", cmp.Or(holder, "nobody"))
	}
	if why := p.outsidePool(l, d); why != "" {
		return why
	}
	for _, a := range p.absencesOf[l.ID] {
		if a.Bars() && a.Overlaps(d.Start, d.End) {
			return "away " + a.when()
		}
	}
	for _, r := range p.rules {
		if r.Kind == LeaveWeekend && r.HardFor(l) {
			if why := p.byLeave(l, d); why != "" {
				return why
			}
		}
	}
	return p.settled(l, d)
}

// outsidePool says in words why l has no part in d: not eligible, not in post or not registered on its
// days. Leave does not take anybody out of the pool, except protected leave, which inPool adds.
func (p *planner) outsidePool(l Leader, d Duty) string {
	tier := p.tier(d.Tier)
	if ok, missing := p.Policy.Eligible.Admits(l); !ok {
		return fmt.Sprintf("not eligible for this rota by %s", missing)
	}
	if ok, missing := tier.Eligible.Admits(l); !ok {
		return fmt.Sprintf("not eligible for the %s tier by %s", tier.Name, missing)
	}
	if why := p.unasked(l, d); why != "" {
		return why
	}
	first, last := d.Days()
	switch {
	case first.Before(l.Starts):
		return fmt.Sprintf("starts on %s", l.Starts)
	case !l.InPost(first, last):
		return fmt.Sprintf("leaves on %s", l.Ends)
	}
	switch p.Policy.Registration {
	case RegistrationRequired:
		if l.Registration.Body == "" {
			return "has no professional registration"
		}
		fallthrough
	case RegistrationNotLapsed:
		if l.LapsedOn(last) {
			return fmt.Sprintf("%s registration ends on %s", l.Registration.Body, l.Registration.Expires)
		}
	}
	for _, r := range p.rules {
		if r.Kind != LeaveWeekend && r.HardFor(l) {
			if why := p.alone(r, l, d); why != "" {
				return why
			}
		}
	}
	return ""
}

// inPool reports whether l has a part in d's points.
func (p *planner) inPool(l Leader, d Duty) bool {
	if p.outsidePool(l, d) != "" {
		return false
	}
	first, _ := d.Days()
	for _, a := range p.absencesOf[l.ID] {
		if a.Excuses(first) {
			return false
		}
	}
	return true
}

func (p *planner) tier(name TierName) Tier {
	for _, t := range p.Policy.Tiers {
		if t.Name == name {
			return t
		}
	}
	return Tier{Name: name}
}

// when says in words when somebody is away.
func (a Absence) when() string {
	switch {
	case a.WholeDays():
		return days(a.First, a.Last)
	case a.First == a.Last:
		return fmt.Sprintf("on %s from %s to %s", a.First, a.Starts, a.lastHour())
	default:
		return fmt.Sprintf("from %s %s to %s %s", a.First, a.Starts, a.Last, a.lastHour())
	}
}

// lastHour is when a ends on its last day.
func (a Absence) lastHour() TimeOfDay {
	if a.Ends == 0 {
		return 24 * 60
	}
	return a.Ends
}

func days(first, last Date) string {
	if first == last {
		return "on " + first.String()
	}
	return fmt.Sprintf("from %s to %s", first, last)
}
