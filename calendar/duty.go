package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// duty is a duty as the view shows it. What is told beside counts for when it last changed.
func (v view) duty(d rota.Published) Event {
	beside := v.beside(d)
	modified := d.Modified
	for _, other := range beside {
		modified = latest(modified, other.Modified)
	}
	e := Event{
		UID: UID(string(d.ID), v.PCNID), Sequence: d.Sequence, Modified: modified,
		Start: d.Start, End: d.End,
		Summary: v.dutyTitle(d.Duty), Description: v.dutyWords(d, beside), URL: v.page(),
		Categories: []string{"On call", v.rotaTitle(d.Rota)},
	}
	if d.Holder == "" {
		e.Categories = append(e.Categories, "Gap")
	}
	return e
}

// dutyTitle says to a leader what they hold, and to everybody else who holds it. A gap is called one.
func (v view) dutyTitle(d rota.Duty) string {
	tier, name := v.tierTitle(d.Rota, d.Tier), v.rotaTitle(d.Rota)
	if v.own() {
		return tier + ": " + name
	}
	who := tier + ": " + v.name(d.Holder)
	if d.Holder == "" {
		who = "GAP: " + tier + ", nobody yet"
	}
	if v.link.Kind == rota.FeedOfRota || len(v.Policies) < 2 {
		return who
	}
	return fmt.Sprintf("%s (%s)", who, name)
}

// dutyWords is what is read on opening a duty: until when, whom to ring, what it counts.
func (v view) dutyWords(d rota.Published, beside []rota.Published) string {
	lines := v.until(d.Duty)
	if words := clockChange(d.Duty, v.Zone); words != "" {
		lines = append(lines, words)
	}
	if len(beside) > 0 {
		lines = append(lines, "")
	}
	for _, other := range beside {
		lines = append(lines, v.besideWords(d.Duty, other.Duty))
	}
	lines = append(lines, "")
	if v.own() {
		lines = append(lines, worth(d.Load))
	}
	if v.Page != "" {
		lines = append(lines, "Who is on call now: "+v.Page)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// until says who is on call and until when, and to others than themselves how to reach them.
func (v view) until(d rota.Duty) []string {
	switch {
	case v.own():
		return []string{"You are on call until " + moment(d.End) + "."}
	case d.Holder == "":
		return []string{"Nobody holds this duty yet. It lasts until " + moment(d.End) + "."}
	}
	lines := []string{v.name(d.Holder) + " is on call until " + moment(d.End) + "."}
	if phone := v.phone(d.Holder); phone != "" {
		lines = append(lines, "Telephone: "+phone)
	}
	return lines
}

// beside gives the duties that others hold on the same rota at the same time, in the order in which
// their tiers are rung.
func (v view) beside(d rota.Published) []rota.Published {
	var out []rota.Published
	for _, other := range v.rotas[d.Rota].near(d.Span) {
		if other.ID != d.ID && (other.Holder != d.Holder || !v.own()) && other.Span.Overlaps(d.Span) {
			out = append(out, other)
		}
	}
	slices.SortFunc(out, func(a, b rota.Published) int {
		return cmp.Or(cmp.Compare(v.tierRank(a.Duty), v.tierRank(b.Duty)), a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// timeline is the duties of one rota in order of their start, for finding what is at the same time without looking
// at all of them.
type timeline struct {
	duties  []rota.Published
	longest time.Duration
}

func timelines(duties []rota.Published) map[rota.RotaName]timeline {
	all := map[rota.RotaName]timeline{}
	for _, d := range duties {
		t := all[d.Rota]
		t.duties, t.longest = append(t.duties, d), max(t.longest, d.Span.End.Sub(d.Span.Start))
		all[d.Rota] = t
	}
	for _, t := range all {
		slices.SortStableFunc(t.duties, func(a, b rota.Published) int { return a.Span.Start.Compare(b.Span.Start) })
	}
	return all
}

// near gives the duties that could overlap s.
func (t timeline) near(s rota.Span) []rota.Published {
	starts := func(d rota.Published, at time.Time) int { return d.Span.Start.Compare(at) }
	first, _ := slices.BinarySearchFunc(t.duties, s.Start.Add(-t.longest), starts)
	past, _ := slices.BinarySearchFunc(t.duties, s.End, starts)
	return t.duties[first:max(first, past)]
}

// besideWords says who holds other: "Second on call: Asha Patel, 07700 900123". The times follow where
// other does not last as long as mine.
func (v view) besideWords(mine, other rota.Duty) string {
	line := v.tierTitle(other.Rota, other.Tier) + ": " + v.contact(other.Holder)
	late, early := other.Span.Start.After(mine.Span.Start), other.Span.End.Before(mine.Span.End)
	if late {
		line += ", from " + moment(other.Start)
	}
	if early {
		line += ", until " + moment(other.End)
	}
	return line
}
