package rota

import (
	"fmt"
	"slices"
)

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
			if why := p.clash(d, other); why != "" {
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
	for _, rule := range p.Policy.Rules.AtMost {
		if why := rule.exceeded(d, own); why != "" {
			return why
		}
	}
	return ""
}

// exceeded says in words what somebody who holds own would have too much of with d; "" where the limit
// allows it.
func (limit Limit) exceeded(d Duty, own []Duty) string {
	most := limit.most(d, own)
	allowed := fmt.Sprintf("%d are allowed", limit.Duties)
	if limit.Duties == 1 {
		allowed = "1 is allowed"
	}
	switch {
	case most <= limit.Duties:
		return ""
	case limit.Weekends && most == 2:
		return fmt.Sprintf("would have a second weekend in %d weeks, %s", limit.Days/7, allowed)
	case limit.Weekends:
		return fmt.Sprintf("would have %d weekends in %d weeks, %s", most, limit.Days/7, allowed)
	default:
		return fmt.Sprintf("would hold %d duties in %d days, %s", most, limit.Days, allowed)
	}
}

// most counts what the limit counts, d and own together, in that one of its windows that takes in d and
// has the most.
func (limit Limit) most(d Duty, own []Duty) int {
	base := d.Start.Date
	for _, o := range own {
		base = earlier(base, o.Start.Date)
	}
	base = base.Monday()
	window, of := limit.Days, buckets(limit, base, d)
	if limit.Weekends {
		window = limit.Days / 7
	}
	all := slices.Clone(of)
	for _, o := range own {
		all = append(all, buckets(limit, base, o)...)
	}
	slices.Sort(all)
	if limit.Weekends { // two duties of one weekend are one
		all = slices.Compact(all)
	}
	most := 0
	for _, at := range of {
		for first := at - window + 1; first <= at; first++ {
			from, _ := slices.BinarySearch(all, first)
			until, _ := slices.BinarySearch(all, first+window)
			most = max(most, until-from)
		}
	}
	return most
}
