package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// This file tells which soft rules a rota does not keep.

// unkeptRule is one place where a leader does not keep a rule that is soft for that leader.
type unkeptRule struct {
	Rule
	leader LeaderID
	duty   DutyID // where it shows
	price  int
	why    string // in words that follow the leader's name
}

// strain weighs the soft rules that speak against l's holding d, whatever else l holds. Rules that count
// over time are charged where they count.
func (p *planner) strain(l Leader, d Duty) int {
	sum := 0
	for _, r := range p.rules {
		if price := r.PriceFor(l); price > 0 && p.by(r, l, d) != "" {
			sum += price
		}
	}
	return sum
}

// by says in words what a rule that does not count over time has against l's holding d.
func (p *planner) by(r Rule, l Leader, d Duty) string {
	if _, counts := p.window(r); counts {
		return ""
	}
	return p.alone(r, l, d)
}

// unkeptBy names each soft rule that l does not keep, as often as l does not keep it. What held duties do
// among themselves is not this rota's doing. own is in order of time.
func (p *planner) unkeptBy(l Leader, own []Duty) []unkeptRule {
	var unkept []unkeptRule
	for _, r := range p.rules {
		price := r.PriceFor(l)
		if price == 0 {
			continue
		}
		add := func(d Duty, why string) {
			if why != "" {
				unkept = append(unkept, unkeptRule{r, l.ID, d.ID, price, why})
			}
		}
		for i, a := range own {
			if p.builds(a) {
				add(a, p.by(r, l, a))
			}
			for _, b := range own[i+1:] {
				if b.Span.Start.After(a.Span.End.Add(p.pairReach())) {
					break
				}
				if (p.builds(a) || p.builds(b)) && !a.Span.Overlaps(b.Span) {
					add(b, p.apart(r, a, b))
				}
			}
		}
		p.overfull(r, l, own, add)
	}
	return unkept
}

// builds reports whether d is one of the duties to be held, and not one that is held already.
func (p *planner) builds(d Duty) bool {
	return d.Rota == p.Policy.Name && !d.Start.Date.Before(p.From) && d.Start.Date.Before(p.Until)
}

// overfull names each window that begins with something the rule counts and holds too much.
func (p *planner) overfull(r Rule, l Leader, own []Duty, add func(Duty, string)) {
	w, ok := p.window(r)
	if !ok {
		return
	}
	base := p.base(own)
	ticks := w.tally(base, own)
	for _, opening := range ticks {
		much := w.within(ticks, opening.at)
		if much <= r.most(l) {
			continue
		}
		last := -1
		for i, d := range own {
			if p.builds(d) && w.within(w.ticks(base, d), opening.at) > 0 {
				last = i
			}
		}
		if last >= 0 {
			add(own[last], r.tooMuch(l, much))
		}
	}
}

// unkeptIn names every soft rule that the rota does not keep, leader by leader.
func (p *planner) unkeptIn(duties []Duty) []unkeptRule {
	own := map[LeaderID][]Duty{}
	for _, d := range slices.Concat(duties, p.held) {
		own[d.Holder] = append(own[d.Holder], d)
	}
	var unkept []unkeptRule
	for _, l := range p.Leaders {
		slices.SortFunc(own[l.ID], func(a, b Duty) int {
			return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID))
		})
		unkept = append(unkept, p.unkeptBy(l, own[l.ID])...)
	}
	price := p.newcomerPrice()
	for i, a := range duties {
		for _, b := range duties[i+1:] {
			l, knownL := p.index[a.Holder]
			m, knownM := p.index[b.Holder]
			if b.Start != a.Start {
				break
			}
			if price == 0 || b.Kind != a.Kind || !knownL || !knownM {
				continue
			}
			if why := p.bothNew(a, p.Leaders[l], b, p.Leaders[m]); why != "" {
				unkept = append(unkept, unkeptRule{Rule{Kind: Newcomer}, a.Holder, a.ID, price, why})
			}
		}
	}
	return unkept
}

// unkept notes the soft rules that the rota does not keep: how many, and the first few.
func (p *planner) unkept(duties []Duty) []string {
	all := p.unkeptIn(duties)
	if len(all) == 0 {
		return nil
	}
	const shown = 3
	head := fmt.Sprintf("%d soft rules are not kept", len(all))
	if len(all) == 1 {
		head = "1 soft rule is not kept"
	}
	var list []string
	for i, u := range all {
		if i == shown {
			list = append(list, fmt.Sprintf("and %d more", len(all)-shown))
			break
		}
		list = append(list, fmt.Sprintf("%s on %s (%s)", u.leader, u.duty, u.why))
	}
	return []string{head + ": " + strings.Join(list, "; ") + "."}
}
