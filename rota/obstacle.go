package rota

import "fmt"

// obstacle says in words what keeps l from d, given who holds the other duties; "" where no hard rule
// does. Who holds d itself does not matter.
func (p *planner) obstacle(l Leader, d Duty, all []Duty) string {
	if why := p.bar(l, d); why != "" {
		return why
	}
	var own []Duty
	for _, other := range all {
		switch {
		case other.Holder == "" || other.ID == d.ID:
		case other.Holder == l.ID:
			own = append(own, other)
			if why := p.clash(l, d, other); why != "" {
				return fmt.Sprintf("holds %s: %s", other.ID, why)
			}
		case other.Rota == d.Rota && other.Kind == d.Kind && other.Start == d.Start:
			if m, known := p.index[other.Holder]; known {
				if why := p.mismatch(d, l, other, p.Leaders[m]); why != "" {
					return why
				}
			}
		}
	}
	for _, r := range p.rules {
		if !r.HardFor(l) {
			continue
		}
		if why := p.exceeded(r, l, d, own); why != "" {
			return why
		}
	}
	return ""
}

// clash says in words why l cannot hold both a and b; "" where no hard rule stands against it.
func (p *planner) clash(l Leader, a, b Duty) string {
	if why := p.together(a, b); why != "" {
		return why
	}
	for _, r := range p.rules {
		if r.HardFor(l) {
			if why := p.apart(r, a, b); why != "" {
				return why
			}
		}
	}
	return ""
}
