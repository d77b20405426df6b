package sheet

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// Past is what a sheet says of a rota as it was worked.
type Past struct {
	Placed   []Placed // in order of rota.SortDuties; every duty once, and held
	Unplaced Faults   // the cells that leave open who held what, in order of line and column
	Ignored  []string // columns that are not read, such as "Notes (column O)"
}

// Placed is a duty, and the line of the sheet that says who held it.
type Placed struct {
	rota.Duty
	Line int
}

// Rows says how much time a row of a past rota stands for.
type Rows string

// How much time a row stands for.
const (
	RowsAsNamed  Rows = ""     // a week where the column of the dates is called so ("Week commencing"), else a day
	RowsAreDays  Rows = "day"  // the shifts that start on the day
	RowsAreWeeks Rows = "week" // all shifts that start within seven days from the day on
)

// PastRota reads a rota that was worked before the day before, as spreadsheets keep it: a row for each duty
// with who held it; or a row for each day or week, and beside it a column for each tier with names, or a
// column for each person with tiers. It guesses nothing: a cell with two names, with none, with one that
// nobody has, a day on which no shift starts, a duty that two rows give to two people, all of them are
// Unplaced, and what they are about is not in Placed. Later days of a shift that began earlier may repeat
// its holder.
//
// The error is Faults: the file as a whole cannot be read.
func PastRota(file string, data []byte, of Rota, before rota.Date, rows Rows) (Past, error) {
	t := open(file, data, pastColumns(of))
	p := newPastReader(t, of)
	p.before = before
	if len(t.found) > 0 {
		return Past{}, sorted(t.found)
	}
	placed := p.read(t, rows)
	return Past{placed, sorted(t.found), p.shape.unread(t, of)}, nil
}

func newPastReader(t *table, of Rota) *pastReader {
	return &pastReader{
		Rota: of, known: leaderDirectory(of.Leaders), called: of.tierWords(), shape: shapeOf(t, of), before: forever,
		claims: map[rota.DutyID][]claim{},
	}
}

// forever is after every day that a sheet can name.
var forever = rota.Date{Year: lastYear + 1, Month: time.January, Day: 1}

// read gives the duties about which the rows agree, and finds fault with all else.
func (p *pastReader) read(t *table, rows Rows) []Placed {
	p.weeks = rows == RowsAreWeeks || rows == RowsAsNamed && weekly.MatchString(t.header[t.at["start"]])
	for _, r := range t.rows {
		p.row(r)
	}
	return p.settle()
}

var weekly = regexp.MustCompile(`(?i)week|\bw[/.\- ]?[cb]\b`)

// pastReader reads one file.
type pastReader struct {
	Rota
	known  directory
	called map[string]rota.TierName // see tierWords
	shape  shape
	weeks  bool
	before rota.Date
	holes  bool // an empty cell is a duty that nobody holds
	claims map[rota.DutyID][]claim
	order  []rota.DutyID // of claims
}

// claim is what one cell says of one duty.
type claim struct {
	duty   rota.Duty
	row    row
	column string
	starts bool // false for a later day of the duty, which can only agree
}

// row reads one row.
func (p *pastReader) row(r row) {
	if r.required("start") == "" || !p.isIts(r) {
		return
	}
	when := parse(r, "start", p.stretch)
	if when.until.IsZero() {
		return
	}
	shifts, ok := p.shifts(r, when)
	if !ok {
		return
	}
	switch p.shape {
	case byTier:
		for _, tier := range p.Policy.Tiers {
			if column := tierColumn(tier.Name); r.has(column) {
				p.cell(r, column, shifts, tier.Name)
			}
		}
	case byPerson:
		for _, l := range p.Leaders {
			if column := personColumn(l.ID); r.text(column) != "" {
				p.codes(r, column, shifts, l.ID)
			}
		}
		p.strangers(r)
	case long:
		if tier := p.tier(r); tier != "" {
			column := "leader"
			if r.text("leader_id") != "" || !r.has("leader") {
				column = "leader_id"
			}
			p.cell(r, column, shifts, tier)
		}
	}
}

// stretch is the time that a row stands for.
type stretch struct {
	from, until rota.Date // days, until excluded
	at          moment    // where it is the one moment at which a shift starts
}

// stretch reads a moment at which a shift starts, a day, or a first and a last day.
func (p *pastReader) stretch(s string) (stretch, error) {
	if m, err := p.moment(s); err == nil {
		_, planned := p.planned("", m)
		switch {
		case planned:
			return stretch{m.civil.Date, m.civil.Date.AddDays(1), m}, nil
		case m.civil.Time != 0:
			return stretch{}, fmt.Errorf("is not when a shift of %s starts: leave the time out where the shift of that day is meant", p.Policy.Name)
		}
	}
	if day, err := parseDate(s); err == nil && p.weeks {
		return stretch{from: day, until: day.AddDays(7)}, nil
	} else if err == nil {
		return stretch{from: day, until: day.AddDays(1)}, nil
	}
	first, last, ok := daysApart(s)
	switch {
	case !ok:
		return stretch{}, errors.New("is not a date like 31/01/2027 or 2027-01-31")
	case last.Before(first):
		return stretch{}, errors.New("ends before it begins")
	case first.DaysUntil(last) > 31:
		return stretch{}, errors.New("is longer than a month: give a row to each week or day")
	}
	return stretch{from: first, until: last.AddDays(1)}, nil
}

var between = regexp.MustCompile(` (?:to|until|till|-|–|—) `)

// daysApart reads a first and a last day: 06/07/2026 - 12/07/2026.
func daysApart(s string) (first, last rota.Date, ok bool) {
	ends := between.Split(s, -1)
	if len(ends) != 2 {
		return first, last, false
	}
	first, wrong := parseDate(ends[0])
	last, alsoWrong := parseDate(ends[1])
	return first, last, wrong == nil && alsoWrong == nil
}

// shifts gives the duties that the row is about: those that start in its time and before the day before, or
// where none starts in it, those that go on through its one day.
func (p *pastReader) shifts(r row, when stretch) (found []claim, ok bool) {
	if !when.from.Before(p.before) {
		r.fault("start", fmt.Sprintf("is not before %s: only what is over is taken in, and what is still to come is built", p.before))
		return nil, false
	}
	planned := p.Policy.Duties(when.from, when.until, p.Zone, p.Holidays)
	starts := map[rota.Civil]bool{}
	for _, d := range planned {
		if (when.at.at.IsZero() || d.Span.Start.Equal(when.at.at)) && p.isKind(r, d) && p.endsSo(r, d) {
			found = append(found, claim{duty: d, row: r, starts: true})
			starts[d.Start] = true
		}
	}
	oneDay := when.from.AddDays(1) == when.until
	switch {
	case len(found) == 0 && oneDay && len(planned) == 0:
		found = p.goingOn(r, when.from)
	case oneDay && len(starts) > 1:
		r.fault("start", "is a day on which several shifts start: write the time too, or name the kind of shift in a column of its own")
		return nil, false
	}
	if len(found) == 0 {
		p.noShift(r, when, len(planned) > 0)
		return nil, false
	}
	return p.over(r, found)
}

// over keeps those that are over, and reports where some are not.
func (p *pastReader) over(r row, found []claim) (over []claim, ok bool) {
	for _, c := range found {
		if c.duty.Start.Date.Before(p.before) {
			over = append(over, c)
		}
	}
	if len(over) < len(found) {
		r.fault("start", fmt.Sprintf("goes on beyond %s: its shifts from then on are left out", p.before.AddDays(-1)))
	}
	return over, true
}

func (p *pastReader) noShift(r row, when stretch, planned bool) {
	switch {
	case planned:
		r.fault("start", fmt.Sprintf("has no shift of %s with the kind or the end that the row gives", p.Policy.Name))
	case when.from.AddDays(1) == when.until:
		r.fault("start", fmt.Sprintf("is a day on which no shift of %s starts", p.Policy.Name))
	default:
		r.fault("start", fmt.Sprintf("is a time in which no shift of %s starts", p.Policy.Name))
	}
}

// goingOn gives the duties that began on an earlier day and count as on call on this one.
func (p *pastReader) goingOn(r row, day rota.Date) (found []claim) {
	longest := 0
	for _, kind := range p.Policy.Pattern {
		longest = max(longest, kind.EndDays)
	}
	for _, d := range p.Policy.Duties(day.AddDays(-longest), day, p.Zone, p.Holidays) {
		for _, on := range d.OnCall() {
			if on == day {
				found = append(found, claim{duty: d, row: r})
			}
		}
	}
	return found
}

// isKind reports whether the row allows for d's kind of shift.
func (p *pastReader) isKind(r row, d rota.Duty) bool {
	return r.text("kind") == "" || squash(r.text("kind")) == squash(d.Kind)
}

// endsSo reports whether the row allows for d's end. An end that cannot be read allows for none.
func (p *pastReader) endsSo(r row, d rota.Duty) bool {
	said := r.text("end")
	if said == "" || p.weeks {
		return true
	}
	if m, err := p.moment(said); err == nil && (m.civil.Time != 0 || m.at.Equal(d.Span.End)) {
		return m.at.Equal(d.Span.End)
	}
	day, err := parseDate(said)
	_, last := d.Days()
	return err == nil && (day == last || day == d.End.Date)
}

// cell reads a cell that says who held the duties of a tier.
func (p *pastReader) cell(r row, column string, shifts []claim, tier rota.TierName) {
	blank := r.text(column) == ""
	leader := p.person(r, column)
	for _, c := range shifts {
		if c.duty.Tier != tier {
			continue
		}
		switch {
		case blank && c.starts && p.holes:
			p.claim(c, column, "")
		case blank && c.starts:
			r.fault(column, "is empty: it does not say who was on call")
			return
		case leader != "":
			p.claim(c, column, leader)
		}
	}
}

// codes reads a cell that says on which tier somebody was. Leave is no duty.
func (p *pastReader) codes(r row, column string, shifts []claim, leader rota.LeaderID) {
	said := r.text(column)
	tier := p.called[squash(said)]
	if yes, err := parseYesNo(said); tier == "" && err == nil && len(p.Policy.Tiers) == 1 {
		if !yes {
			return
		}
		tier = p.Policy.Tiers[0].Name
	}
	if tier == "" {
		if _, err := parseAbsenceKind(said); err != nil && squash(said) != "off" {
			r.fault(column, fmt.Sprintf("is neither a tier of %s (%s) nor a kind of leave", p.Policy.Name, p.tierNames()))
		}
		return
	}
	for _, c := range shifts {
		if c.duty.Tier == tier {
			p.claim(c, column, leader)
		}
	}
}

// strangers reports duties in columns that are headed by nobody who is known.
func (p *pastReader) strangers(r row) {
	for i, cell := range r.cells[:min(len(r.cells), len(r.table.header))] {
		if slices.Contains(r.table.ignored, i) && p.called[squash(cell)] != "" {
			r.table.found = append(r.table.found, found{Fault{
				r.table.file, r.line, r.table.label(i), cell, "stands in the column of somebody who is not a known leader",
			}, i})
		}
	}
}

func (p *pastReader) claim(c claim, column string, leader rota.LeaderID) {
	c.column, c.duty.Holder = column, leader
	if p.claims[c.duty.ID] == nil {
		p.order = append(p.order, c.duty.ID)
	}
	p.claims[c.duty.ID] = append(p.claims[c.duty.ID], c)
}

var several = regexp.MustCompile(`(?i)\s*(?:[/&+;,|]|\band\b|\bor\b|\bthen\b)\s*`)

// person reads a name or ID. Where it is none, the fault says what it may be instead.
func (p *pastReader) person(r row, column string) rota.LeaderID {
	said := r.text(column)
	if said == "" {
		return ""
	}
	if p.shape == long && column == "leader_id" {
		return rota.LeaderID(p.known.referTwice(r, "leader_id", "leader"))
	}
	if len(p.known.find(said)) > 0 {
		return rota.LeaderID(p.known.refer(r, column))
	}
	var names []string
	for _, part := range several.Split(said, -1) {
		if found := p.known.find(part); len(found) == 1 {
			names = append(names, found[0].name)
		}
	}
	if parts := len(several.Split(said, -1)); parts > 1 && len(names) > 0 {
		r.fault(column, "names more than one person: a duty has one holder")
		return ""
	}
	if near := p.known.containing(said); len(near) == 1 {
		r.fault(column, fmt.Sprintf("is not the id or name of a known leader; if it is %s, write %s", near[0].name, near[0].id))
		return ""
	}
	p.known.notFound(r, column)
	return ""
}

// containing gives those whose names have all words of s.
func (d directory) containing(s string) (found []entry) {
	for _, e := range d.entries {
		have, all := map[string]bool{}, true
		for _, word := range strings.Fields(e.name) {
			have[squash(word)] = true
		}
		for _, word := range strings.Fields(s) {
			all = all && have[squash(word)]
		}
		if all {
			found = append(found, e)
		}
	}
	return found
}

// settle gives the duties about which all cells agree, and reports the others.
func (p *pastReader) settle() []Placed {
	var duties []rota.Duty
	lines := map[rota.DutyID]int{}
	for _, id := range p.order {
		claims := p.claims[id]
		if first, ok := agreed(claims); ok {
			duties = append(duties, first.duty)
			lines[id] = first.row.line
		}
	}
	rota.SortDuties(duties)
	placed := make([]Placed, len(duties))
	for i, d := range duties {
		placed[i] = Placed{d, lines[d.ID]}
	}
	return placed
}

// agreed gives the claim that says who held the duty from its start, where no other says otherwise.
func agreed(claims []claim) (first claim, ok bool) {
	for _, c := range claims {
		if c.starts {
			first, ok = c, true
			break
		}
	}
	for _, c := range claims {
		switch {
		case first.duty.ID == "":
			c.row.fault(c.column, fmt.Sprintf("was on call in the middle of the shift that began on %s, and nothing certain says who began it", c.duty.Start.Date))
		case c.duty.Holder != first.duty.Holder:
			c.row.fault(c.column, fmt.Sprintf("is not whom line %d names for %s, and a duty has one holder", first.row.line, c.duty.ID))
			ok = false
		}
	}
	return first, ok
}
