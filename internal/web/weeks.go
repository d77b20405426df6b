package web

import (
	"cmp"
	"slices"

	"pcnrota/rota"
)

// table is what one rota has published for some weeks: a row for each shift.
type table struct {
	Rota  rota.RotaName
	Tiers []rota.TierName // columns
	Weeks []week
	Last  rota.Date // day on which the last published shift starts, zero where nothing is published
}

// week holds the shifts that start in the week from a Monday.
type week struct {
	Monday rota.Date
	Rows   []row
}

// row is one shift.
type row struct {
	Start, End rota.Civil
	Holidays   []string // names of the bank holidays among its days
	Cells      []cell   // one a tier
}

// cell says who is on call in one tier of a shift. A tier that has no such shift is empty.
type cell struct {
	Holders []rota.LeaderID
	Hole    bool // the pattern asks for somebody, and nobody is there
}

// tables lays out the days from from up to, not including, until: of each rota what is published, with the
// holes in it, up to its last published shift.
func (s schedule) tables(from, until rota.Date) []table {
	var tables []table
	for _, l := range s.lines(from, until) {
		if i := len(tables) - 1; i >= 0 && tables[i].Rota == l.Rota {
			tables[i].Tiers = append(tables[i].Tiers, l.Tier)
			continue
		}
		tables = append(tables, table{Rota: l.Rota, Tiers: []rota.TierName{l.Tier}})
	}
	for i := range tables {
		s.fill(&tables[i], from, until)
	}
	return tables
}

func (s schedule) fill(t *table, from, until rota.Date) {
	var duties []rota.Duty
	for _, d := range s.published {
		if d.Rota == t.Rota {
			duties = append(duties, d.Duty)
			t.Last = latestDay(t.Last, d.Start.Date)
		}
	}
	for _, p := range s.policies {
		if p.Name == t.Rota {
			for _, d := range s.holes(p, from, until) {
				if !d.Start.Date.After(t.Last) {
					duties = append(duties, d)
				}
			}
		}
	}
	rota.SortDuties(duties)
	for _, d := range duties {
		s.place(t, d)
	}
}

// place puts d, which starts no earlier than those placed before it, in its row and column.
func (s schedule) place(t *table, d rota.Duty) {
	if n := len(t.Weeks); n == 0 || t.Weeks[n-1].Monday != d.Start.Date.Monday() {
		t.Weeks = append(t.Weeks, week{Monday: d.Start.Date.Monday()})
	}
	w := &t.Weeks[len(t.Weeks)-1]
	i := slices.IndexFunc(w.Rows, func(r row) bool { return r.Start == d.Start && r.End == d.End })
	if i < 0 {
		i = len(w.Rows)
		w.Rows = append(w.Rows, row{Start: d.Start, End: d.End, Holidays: s.holidaysIn(d), Cells: make([]cell, len(t.Tiers))})
	}
	c := &w.Rows[i].Cells[slices.Index(t.Tiers, d.Tier)]
	if d.Holder == "" {
		c.Hole = true
		return
	}
	c.Holders = append(c.Holders, d.Holder)
}

func (s schedule) holidaysIn(d rota.Duty) []string {
	var names []string
	for _, day := range d.OnCall() {
		if h, ok := s.holidays.On(day); ok {
			names = append(names, h.Name)
		}
	}
	return names
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
