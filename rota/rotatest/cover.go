package rotatest

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// cover holds the rota against the pattern. It gives the duties with the facts that the pattern asks
// for and the holders that the rota claims, so that a wrong time is reported once, as a wrong time.
func (c *checker) cover(duties []rota.Duty) []rota.Duty {
	wanted, claimed := map[rota.DutyID]rota.Duty{}, map[rota.DutyID]bool{}
	for _, d := range c.wanted {
		wanted[d.ID] = d
	}
	var settled []rota.Duty
	for _, d := range duties {
		w, ok := wanted[d.ID]
		switch {
		case !ok:
			c.breach(RuleInvented, d.ID, d.Holder, "the pattern asks for no duty %s", d.ID)
			settled = append(settled, d)
			continue
		case claimed[d.ID]:
			c.breach(RuleCover, d.ID, d.Holder, "%s is covered twice", d.ID)
		default:
			c.facts(d, w)
		}
		claimed[d.ID] = true
		if d.Holder == "" && c.AllowGaps {
			continue // marked as a gap, and asked for
		}
		w.Holder = d.Holder
		settled = append(settled, w)
	}
	for _, h := range c.Held {
		if claimed[h.ID] {
			c.breach(RuleCover, h.ID, h.Holder, "%s is covered twice: %s held it before", h.ID, h.Holder)
		}
	}
	for _, d := range c.wanted {
		if !claimed[d.ID] {
			c.breach(RuleCover, d.ID, "", "%s is not covered", d.ID)
		}
	}
	return settled
}

// facts compares what a duty says of itself with what the pattern says.
func (c *checker) facts(d, w rota.Duty) {
	if d.Rota != w.Rota || d.Tier != w.Tier || d.Kind != w.Kind {
		c.breach(RuleTimes, d.ID, "", "%s says it is a %s %s %s, and is a %s %s %s", d.ID, d.Rota, d.Tier, d.Kind, w.Rota, w.Tier, w.Kind)
	}
	if d.Start != w.Start || d.End != w.End {
		c.breach(RuleTimes, d.ID, "", "%s runs from %s to %s, and its shift from %s to %s", d.ID, d.Start, d.End, w.Start, w.End)
	} else if !d.Span.Start.Equal(w.Span.Start) || !d.Span.End.Equal(w.Span.End) {
		c.breach(RuleTimes, d.ID, "", "%s lasts from %s to %s, and its shift from %s to %s", d.ID,
			moment(d.Span.Start), moment(d.Span.End), moment(w.Span.Start), moment(w.Span.End))
	}
	for category := range w.Load {
		off := d.Load[category] - w.Load[category]
		if max(off, -off) > rota.Points(daysOnCall(w.Start, w.End))*pointsTolerance {
			c.breach(RulePoints, d.ID, "", "%s counts %s %s points, and should count %s", d.ID,
				d.Load[category], rota.Category(category).Title(), w.Load[category])
		}
	}
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// expand works out, day by day, what the pattern asks for.
func expand(p rota.Problem) []rota.Duty {
	var duties []rota.Duty
	for day := p.From; day.Compare(p.Until) < 0; day = day.AddDays(1) {
		for _, kind := range p.Policy.Pattern {
			_, holiday := p.Holidays.On(day)
			due := slices.Contains(kind.Days, day.Weekday())
			if kind.Holidays == rota.NotOnHoliday {
				due = due && !holiday
			}
			if kind.Holidays == rota.OnlyOnHoliday {
				due = due && holiday
			}
			if !due {
				continue
			}
			for _, tier := range p.Policy.Tiers {
				duties = append(duties, wantedDuty(p, kind, tier, day))
			}
		}
	}
	return append(duties, wantedMeetings(p)...)
}

func wantedDuty(p rota.Problem, kind rota.ShiftKind, tier rota.Tier, day rota.Date) rota.Duty {
	start := rota.Civil{Date: day, Time: kind.Start}
	end := rota.Civil{Date: day.AddDays(kind.EndDays), Time: kind.End}
	at := fmt.Sprintf("%04d%02d%02dT%02d%02d", day.Year, int(day.Month), day.Day, int(kind.Start)/60, int(kind.Start)%60)
	return rota.Duty{
		ID:   rota.DutyID(fmt.Sprintf("%s.%s.%s", p.Policy.Name, tier.Name, at)),
		Rota: p.Policy.Name, Tier: tier.Name, Kind: kind.Name, Start: start, End: end,
		Span: rota.Span{Start: instant(start, p.Zone), End: instant(end, p.Zone)},
		Load: weight(p, kind, tier, start, end),
	}
}

// instant finds the moment at which a clock in zone shows c by trying the offsets in force around it:
// the first moment where the clock shows it twice, and where it never does, the reading by the offset
// before the gap, which is the smaller one (RFC 5545, section 3.3.5).
func instant(c rota.Civil, zone *time.Location) time.Time {
	wall := time.Date(c.Date.Year, c.Date.Month, c.Date.Day, int(c.Time)/60, int(c.Time)%60, 0, 0, time.UTC)
	var shown, unshown time.Time
	for hours := -36; hours <= 36; hours += 6 {
		_, offset := wall.Add(time.Duration(hours) * time.Hour).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if _, there := t.Zone(); there != offset {
			unshown = latest(unshown, t)
		} else if shown.IsZero() || t.Before(shown) {
			shown = t
		}
	}
	if shown.IsZero() {
		return unshown
	}
	return shown
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
