package rota

import "time"

// Misfit is a kind of shift that a hard rule leaves to nobody.
type Misfit struct {
	Shift ShiftKind
	Rule  Rule
	Why   string // in words: "it lasts 61.5 hours, and 24 are allowed"
}

// Misfits names each kind of shift of the pattern that no leader could hold under the rules, with the
// first rule that stands against it: such a policy has no rota.
func (p Policy) Misfits() []Misfit {
	plan := &planner{Problem: Problem{Policy: p, From: Date{2027, time.January, 4}}, rules: p.Rules.All()}
	var misfits []Misfit
	for _, kind := range p.Pattern {
		if m, found := plan.misfit(kind); found {
			misfits = append(misfits, m)
		}
	}
	return misfits
}

// misfit tries a week of the shift on somebody to whom no rule applies that does not apply to all.
func (p *planner) misfit(kind ShiftKind) (Misfit, bool) {
	anybody := Leader{Share: 1}
	for n := range 7 {
		day := p.From.AddDays(n)
		if !kind.startsOn(day, Holidays{}) && !(kind.Holidays == OnlyOnHoliday && kind.startsOn(day, NewHolidays(map[Date]string{day: "any"}))) {
			continue
		}
		start, end := kind.On(day)
		d := Duty{Rota: p.Policy.Name, Kind: kind.Name, Start: start, End: end}
		for _, r := range p.rules {
			if r.Hard() {
				if why := p.alone(r, anybody, d); why != "" {
					return Misfit{kind, r, why}, true
				}
			}
		}
	}
	return Misfit{}, false
}
