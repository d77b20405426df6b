package web

import (
	"cmp"
	"slices"

	"pcnrota/rota"
)

// grid is what one rota has published for a month, day by day.
type grid struct {
	Rota  rota.RotaName
	Tiers []rota.TierName
	Days  []gridDay // every day of the month
	Last  rota.Date // day on which the last published shift starts, zero where nothing is published in the month
}

// gridDay is a day, and the shifts that somebody is on call for on it.
type gridDay struct {
	Date   rota.Date
	Shifts []shift
}

// shift is one shift of a rota. One over several days, a weekend or a week, stands on each of them.
type shift struct {
	Start, End rota.Civil
	Cells      []cell // one a tier
}

// cell says who is on call in one tier of a shift on one day. A tier that has no such shift is empty.
type cell struct {
	Holders []holder // in order of time
	Hole    bool     // the rota asks for somebody, and nobody is there
}

// holder is on call for a shift, or for a part of it.
type holder struct {
	Leader rota.LeaderID
	Until  rota.Civil // the end of the part; zero for the last or only one
}

// grids lays out a month: of each rota what is published, with the holes in it, up to its last published shift.
func (s schedule) grids(month rota.Period) []grid {
	var grids []grid
	for _, l := range s.lines(month.First, month.Last.AddDays(1)) {
		if i := len(grids) - 1; i >= 0 && grids[i].Rota == l.Rota {
			grids[i].Tiers = append(grids[i].Tiers, l.Tier)
			continue
		}
		grids = append(grids, grid{Rota: l.Rota, Tiers: []rota.TierName{l.Tier}})
	}
	for i := range grids {
		s.fill(&grids[i], month)
	}
	return grids
}

func (s schedule) fill(g *grid, month rota.Period) {
	for d := month.First; !d.After(month.Last); d = d.AddDays(1) {
		g.Days = append(g.Days, gridDay{Date: d})
	}
	duties := s.asked(g.Rota, month)
	whole := wholes(duties)
	for _, d := range duties {
		of := whole[d.ID.Whole()]
		for n, on := range of.OnCall() {
			begins, ends := of.Start.Date.AddDays(n).At(of.Start.Time), of.Start.Date.AddDays(n+1).At(of.Start.Time)
			i := month.First.DaysUntil(on)
			if i >= 0 && i < len(g.Days) && d.Start.Before(ends) && begins.Before(d.End) {
				g.Days[i].place(of, d, g.Tiers)
				g.Last = latestDay(g.Last, of.Start.Date)
			}
		}
	}
}

// wholes puts duties of which parts were handed over together again, by the ID of the whole.
func wholes(duties []rota.Duty) map[rota.DutyID]rota.Duty {
	whole := map[rota.DutyID]rota.Duty{}
	for _, d := range duties { // in order of time
		of, known := whole[d.ID.Whole()]
		if !known {
			of = d
		}
		of.End = d.End
		whole[d.ID.Whole()] = of
	}
	return whole
}

// asked gives the duties of a rota that are published, in order of time, and from today on those that should
// be and are not, where something later is.
func (s schedule) asked(name rota.RotaName, month rota.Period) []rota.Duty {
	var duties []rota.Duty
	var last rota.Date
	for _, d := range s.published {
		if d.Rota == name {
			duties = append(duties, d.Duty)
			last = latestDay(last, d.Start.Date)
		}
	}
	for _, p := range s.policies {
		if p.Name != name {
			continue
		}
		for _, d := range s.holes(p, latestDay(month.First, s.today), month.Last.AddDays(1)) {
			if !d.Start.Date.After(last) {
				duties = append(duties, d)
			}
		}
	}
	rota.SortDuties(duties)
	return duties
}

// place puts a duty, or a part of one, among the day's shifts.
func (day *gridDay) place(whole, part rota.Duty, tiers []rota.TierName) {
	i := slices.IndexFunc(day.Shifts, func(s shift) bool { return s.Start == whole.Start && s.End == whole.End })
	if i < 0 {
		i = len(day.Shifts)
		day.Shifts = append(day.Shifts, shift{Start: whole.Start, End: whole.End, Cells: make([]cell, len(tiers))})
	}
	c := &day.Shifts[i].Cells[slices.Index(tiers, part.Tier)]
	if part.Holder == "" {
		c.Hole = true
		return
	}
	h := holder{Leader: part.Holder}
	if part.End != whole.End {
		h.Until = part.End
	}
	c.Holders = append(c.Holders, h)
}

func latestDay(a, b rota.Date) rota.Date {
	return slices.MaxFunc([]rota.Date{a, b}, rota.Date.Compare)
}

// titles gives the words of the PCN for a rota and a tier; a name that no policy has stands for itself.
func (s schedule) titles(name rota.RotaName, tier rota.TierName) (ofRota, ofTier string) {
	ofRota, ofTier = string(name), string(tier)
	for _, p := range s.policies {
		if p.Name != name {
			continue
		}
		ofRota = cmp.Or(p.Title, ofRota)
		for _, t := range p.Tiers {
			if t.Name == tier {
				ofTier = cmp.Or(t.Title, ofTier)
			}
		}
	}
	return ofRota, ofTier
}
