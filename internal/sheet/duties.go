package sheet

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// Rota is the rota whose duties a sheet is about, and all that it takes to understand such a sheet.
type Rota struct {
	Policy   rota.Policy
	Leaders  []rota.Leader
	Zone     *time.Location
	Holidays rota.Holidays
}

// Duties reads who holds what, one duty a row, as "rota show --csv" writes it or as somebody typed it:
// start, leader_id or leader (a name), and as far as the file has them tier, end, id, rota and kind. A
// start is a day and a time; a day alone means the one shift that starts on it. What the row leaves out
// is taken from that shift. A blank holder is a hole, which is for others to judge. Duties come in order
// of rota.SortDuties, one for each row, with holes, repetitions and shifts that the pattern does not have.
//
// A sheet with a row for each day or week, and a column for each tier or person, is read as PastRota reads
// it, whatever its days; what PastRota cannot place is a fault, but for empty cells, which are holes.
//
// The error is Faults.
func Duties(file string, data []byte, of Rota) ([]rota.Duty, error) {
	if t := open(file, data, pastColumns(of)); len(t.found) == 0 {
		if p := newPastReader(t, of); p.shape != long {
			return p.everything(t)
		}
	}
	known := leaderDirectory(of.Leaders)
	t := openAboutLeaders(file, data, dutyColumns)
	duties, err := collect(t, func(r row) rota.Duty {
		r.required("start")
		of.isIts(r)
		d := of.shift(r, of.tier(r))
		d.Holder = rota.LeaderID(known.referTwice(r, "leader_id", "leader"))
		return d
	})
	rota.SortDuties(duties)
	return duties, err
}

// everything gives all that a sheet with columns for tiers or people says, holes included.
func (p *pastReader) everything(t *table) ([]rota.Duty, error) {
	p.holes = true
	placed := p.read(t, RowsAsNamed)
	if len(t.found) > 0 {
		return nil, sorted(t.found)
	}
	duties := make([]rota.Duty, len(placed))
	for i, d := range placed {
		duties[i] = d.Duty
	}
	return duties, nil
}

// isIts reports whether the row is about this rota, and finds fault with one about another.
func (of Rota) isIts(r row) bool {
	name := r.text("rota")
	if name == "" || strings.EqualFold(name, string(of.Policy.Name)) || strings.EqualFold(name, of.Policy.Title) {
		return true
	}
	r.fault("rota", fmt.Sprintf("is another rota than %s: take out the rows of other rotas", of.Policy.Name))
	return false
}

// tier reads the tier by its name or title. It may be left out where there is only one.
func (of Rota) tier(r row) rota.TierName {
	said := r.text("tier")
	if said == "" && len(of.Policy.Tiers) == 1 {
		return of.Policy.Tiers[0].Name
	}
	tier := of.tierCalled(said)
	switch {
	case said == "":
		r.fault("tier", "must not be blank: give one of "+of.tierNames())
	case tier == "":
		r.fault("tier", fmt.Sprintf("is not a tier of %s: give one of %s", of.Policy.Name, of.tierNames()))
	}
	return tier
}

// shift reads all that the row says of a duty in tier, but its holder.
func (of Rota) shift(r row, tier rota.TierName) rota.Duty {
	start := parse(r, "start", of.starting)
	if start.at.IsZero() || tier == "" {
		of.ending(r, start, rota.Duty{}) // for its faults
		return rota.Duty{}
	}
	d, planned := of.planned(tier, start)
	if !planned {
		d = rota.Duty{ID: rota.NewDutyID(of.Policy.Name, tier, start.civil), Rota: of.Policy.Name, Tier: tier, Start: start.civil}
	}
	d.Span.Start = start.at
	if end := of.ending(r, start, d); !end.at.Equal(d.Span.End) {
		d.End, d.Span.End = end.civil, end.at
	}
	if kind := r.text("kind"); kind != "" {
		d.Kind = kind
	}
	if id := r.text("id"); id != "" {
		d.ID = of.identity(r, d, id)
	}
	return d
}

// identity reads the ID of a duty, which must be one of the same rota and tier.
func (of Rota) identity(r row, d rota.Duty, id string) rota.DutyID {
	if line := strings.TrimSuffix(string(d.ID), afterLastDot(string(d.ID))); !strings.HasPrefix(id, line) {
		r.fault("id", fmt.Sprintf("is not the ID of a duty in the tier %s: leave it out, or write it like %s", d.Tier, d.ID))
	}
	return rota.DutyID(id)
}

func afterLastDot(s string) string { return s[strings.LastIndex(s, ".")+1:] }

// moment is a point of time, as the clocks of the PCN show it and as it is.
type moment struct {
	civil rota.Civil
	at    time.Time
}

// starting reads the start of a duty: a moment, or a day on which one shift starts. Midnight is a day too,
// because spreadsheets add it to days.
func (of Rota) starting(s string) (moment, error) {
	m, err := of.moment(s)
	if _, planned := of.planned("", m); err == nil && (planned || m.civil.Time != 0) {
		return m, nil
	}
	day, noDay := parseDate(s)
	if noDay != nil {
		return moment{}, err
	}
	switch starts := of.startsOn(day); len(starts) {
	case 1:
		return starts[0], nil
	case 0:
		return moment{}, fmt.Errorf("is a day on which no shift of %s starts", of.Policy.Name)
	default:
		return moment{}, fmt.Errorf("is a day on which several shifts of %s start: write the time too, like %s %s", of.Policy.Name, s, starts[0].civil.Time)
	}
}

// ending reads the end of d, which begins at start. Where it is not given it is that of the shift.
func (of Rota) ending(r row, start moment, d rota.Duty) moment {
	end := parse(r, "end", of.moment)
	switch {
	case r.text("end") == "" && !d.Span.End.IsZero():
		return moment{d.End, d.Span.End}
	case r.text("end") == "" && !start.at.IsZero() && d.Tier != "":
		r.fault("end", fmt.Sprintf("must not be blank: no shift of %s starts at %s", of.Policy.Name, start.civil))
	case !end.at.IsZero() && !start.at.IsZero() && !end.at.After(start.at):
		r.fault("end", fmt.Sprintf("is not after %q, the start", r.text("start")))
	}
	return end
}

// planned gives the shift that starts at a moment, in a tier; "" for any tier.
func (of Rota) planned(tier rota.TierName, at moment) (rota.Duty, bool) {
	for _, d := range of.on(at.civil.Date) {
		if d.Span.Start.Equal(at.at) && (tier == "" || d.Tier == tier) {
			return d, true
		}
	}
	return rota.Duty{}, false
}

// startsOn gives the moments at which a shift starts on a day, in order.
func (of Rota) startsOn(day rota.Date) []moment {
	var starts []moment
	for _, d := range of.on(day) {
		if len(starts) == 0 || starts[len(starts)-1].civil != d.Start {
			starts = append(starts, moment{d.Start, d.Span.Start})
		}
	}
	return starts
}

// on gives the duties of the pattern that start on a day.
func (of Rota) on(day rota.Date) []rota.Duty {
	return of.Policy.Duties(day, day.AddDays(1), of.Zone, of.Holidays)
}

// moment reads a day and a time: 2027-01-04T18:30:00Z, which is the same everywhere, or 04/01/2027 18:30,
// which is what the clocks of the PCN show.
func (of Rota) moment(s string) (moment, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		t = t.Truncate(time.Minute)
		civil := rota.CivilOf(t, of.Zone)
		_, err := inRange(civil.Date)
		return moment{civil, t.UTC()}, err
	}
	civil, err := parseMoment(s)
	if err != nil {
		return moment{}, err
	}
	return moment{civil, civil.Instant(of.Zone).UTC()}, nil
}

// parseMoment reads a day and a time of day with a blank or a T between them: 4 Jan 2027 6.30 pm.
func parseMoment(s string) (rota.Civil, error) {
	s = halfOfDay.ReplaceAllString(s, "$1$2")
	at := strings.LastIndexAny(s, " T")
	if at < 0 {
		return rota.Civil{}, errNoMoment
	}
	time, err := parseTime(s[at+1:])
	if s[at+1:] == "24:00" {
		time, err = 24*60, nil
	}
	day, noDay := parseDate(strings.TrimRight(s[:at], " ,"))
	if err != nil || noDay != nil {
		return rota.Civil{}, errNoMoment
	}
	return day.At(time), nil
}

var errNoMoment = errors.New("is not a day and a time like 04/01/2027 18:30")
