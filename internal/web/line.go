package web

import (
	"cmp"
	"slices"
	"time"

	"pcnrota/rota"
)

// line is one tier of one rota, and who is on call in it over some time.
type line struct {
	Rota   rota.RotaName
	Tier   rota.TierName
	Spells []spell // in order of start
}

// spell is a time without a break in which one leader is on call, over one duty or several that follow
// each other.
type spell struct {
	Start, End rota.Civil
	Span       rota.Span
	Holder     rota.LeaderID // "" where the rota has a shift that nobody holds
}

// at gives who is on call at the given moment, nobody where the rota has no shift then, and the spell
// that begins next.
func (l line) at(now time.Time) (current []spell, next spell, follows bool) {
	for _, s := range l.Spells {
		switch {
		case s.Span.Contains(now):
			current = append(current, s)
		case s.Span.Start.After(now):
			return current, s, true
		}
	}
	return current, spell{}, false
}

// people finds a leader by ID.
type people map[rota.LeaderID]rota.Leader

func (p people) name(id rota.LeaderID) string { return cmp.Or(p[id].Name, string(id)) }

// schedule is what is published, and what should be: the patterns of the rotas tell a hole from a time
// that needs no cover.
type schedule struct {
	policies  []rota.Policy
	zone      *time.Location
	holidays  rota.Holidays
	published []rota.Published
	who       people
	today     rota.Date
}

// lines gives every tier of every rota, in the order of the policies, over the days from from up to, not
// including, until. Tiers that are published and in no policy any more come last: somebody is on call.
func (s schedule) lines(from, until rota.Date) []line {
	var lines []line
	for _, p := range s.policies {
		holes := s.holes(p, from, until)
		for _, t := range p.Tiers {
			lines = append(lines, line{Rota: p.Name, Tier: t.Name, Spells: s.spells(p.Name, t.Name, holes)})
		}
	}
	var retired []line
	for _, d := range s.published {
		same := func(l line) bool { return l.Rota == d.Rota && l.Tier == d.Tier }
		if !slices.ContainsFunc(lines, same) && !slices.ContainsFunc(retired, same) {
			retired = append(retired, line{Rota: d.Rota, Tier: d.Tier, Spells: s.spells(d.Rota, d.Tier, nil)})
		}
	}
	slices.SortFunc(retired, func(a, b line) int { return cmp.Or(cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.Tier, b.Tier)) })
	return append(lines, retired...)
}

// holes gives the duties of p's pattern that touch the days from from up to until and of which no part
// is published.
func (s schedule) holes(p rota.Policy, from, until rota.Date) []rota.Duty {
	reach := 0
	for _, kind := range p.Pattern {
		reach = max(reach, kind.EndDays)
	}
	days := rota.Span{Start: from.At(0).Instant(s.zone), End: until.At(0).Instant(s.zone)}
	return slices.DeleteFunc(p.Duties(from.AddDays(-reach-1), until, s.zone, s.holidays), func(d rota.Duty) bool {
		return !d.Span.Overlaps(days) || slices.ContainsFunc(s.published, func(held rota.Published) bool {
			return held.Rota == d.Rota && held.Tier == d.Tier && held.Span.Overlaps(d.Span)
		})
	})
}

// spells joins the duties of one tier that follow each other without a break and have the same holder.
func (s schedule) spells(name rota.RotaName, tier rota.TierName, holes []rota.Duty) []spell {
	var duties []rota.Duty
	for _, d := range s.published {
		duties = append(duties, d.Duty)
	}
	duties = append(duties, holes...)
	rota.SortDuties(duties)
	var spells []spell
	for _, d := range duties {
		if d.Rota != name || d.Tier != tier {
			continue
		}
		i := slices.IndexFunc(spells, func(s spell) bool { return s.Holder == d.Holder && s.Span.End.Equal(d.Span.Start) })
		if i < 0 {
			spells = append(spells, spell{d.Start, d.End, d.Span, d.Holder})
			continue
		}
		spells[i].End, spells[i].Span.End = d.End, d.Span.End
	}
	return spells
}
