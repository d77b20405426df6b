package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DutyID identifies a duty for life, whoever holds it and wherever it moves: rota, tier and the civil
// time for which it was first planned, as in "on-call.first.20270104T1830".
type DutyID string

// Duty is one shift in one tier, to be held by one leader.
type Duty struct {
	ID         DutyID
	Rota       RotaName
	Tier       TierName
	Kind       string // name of the kind of shift
	Start, End Civil  // in the PCN's zone
	Span       Span   // the same as instants
	Load       Load   // points by category
	Holder     LeaderID
}

// Category is the heaviest category of the duty.
func (d Duty) Category() Category { return d.Load.Heaviest() }

// Points is the weight of the duty over all categories.
func (d Duty) Points() Points { return d.Load.Total() }

// Days gives the first and the last civil day the duty touches. A night that ends at 08:00 touches
// the morning's day, one that ends at midnight does not.
func (d Duty) Days() (first, last Date) {
	last = d.End.Date
	if d.End.Time == 0 {
		last = last.AddDays(-1)
	}
	return d.Start.Date, last
}

// OnCall gives the days on call that the duty counts as: one for each stretch of 24 hours from its
// start, or what is left of one, and each named by the day on which it begins. A weekend from Friday
// evening to Monday morning counts as Friday, Saturday and Sunday.
func (d Duty) OnCall() []Date { return onCall(d.Start, d.End) }

func onCall(start, end Civil) []Date {
	minutes := wallMinutes(start, end)
	var days []Date
	for n := 0; Minutes(n*24*60) < minutes; n++ {
		days = append(days, start.Date.AddDays(n))
	}
	return days
}

// NewDutyID names a duty that is planned for the first time: the first tier of the shift of on-call that starts
// on 4 January 2027 at 18:30 is "on-call.first.20270104T1830".
func NewDutyID(rota RotaName, tier TierName, start Civil) DutyID {
	return DutyID(fmt.Sprintf("%s.%s.%s", rota, tier, compact(start)))
}

// compact is the basic form of ISO 8601: "20270104T1830".
func compact(c Civil) string { return strings.NewReplacer("-", "", ":", "").Replace(c.String()) }

// Duties expands the policy's pattern into unheld duties: one a shift and tier for every shift that
// starts on a day from from up to, not including, until. They are in order of time, then of tier.
func (p Policy) Duties(from, until Date, zone *time.Location, holidays Holidays) []Duty {
	var duties []Duty
	for d := from; d.Before(until); d = d.AddDays(1) {
		for _, kind := range p.Pattern {
			if !kind.startsOn(d, holidays) {
				continue
			}
			for _, tier := range p.Tiers {
				duties = append(duties, p.duty(kind, tier, d, zone, holidays))
			}
		}
	}
	slices.SortStableFunc(duties, func(a, b Duty) int { return a.Span.Start.Compare(b.Span.Start) })
	return duties
}

func (p Policy) duty(kind ShiftKind, tier Tier, d Date, zone *time.Location, holidays Holidays) Duty {
	start, end := kind.On(d)
	points := p.Points
	if kind.Points != nil {
		points = *kind.Points
	}
	return Duty{
		ID: NewDutyID(p.Name, tier.Name, start), Rota: p.Name, Tier: tier.Name, Kind: kind.Name,
		Start: start, End: end, Span: Span{start.Instant(zone), end.Instant(zone)},
		Load: weigh(start, end, points, tier.Weight, holidays),
	}
}

// On gives the civil start and end of the shift that starts on d.
func (k ShiftKind) On(d Date) (start, end Civil) {
	return d.At(k.Start), d.AddDays(k.EndDays).At(k.End)
}

func (k ShiftKind) startsOn(d Date, holidays Holidays) bool {
	if !slices.Contains(k.Days, d.Weekday()) {
		return false
	}
	_, holiday := holidays.On(d)
	return !(holiday && k.Holidays == NotOnHoliday) && !(!holiday && k.Holidays == OnlyOnHoliday)
}

// weigh adds up the points of a shift's days on call.
func weigh(start, end Civil, points DayPoints, weight Points, holidays Holidays) Load {
	var load Load
	for _, day := range onCall(start, end) {
		category := holidays.CategoryOf(day)
		load[category] += points[category] * weight / Point
	}
	return load
}

// SortDuties orders duties by start, then by rota, then by ID.
func SortDuties(duties []Duty) {
	slices.SortFunc(duties, compareDuties)
}

func compareDuties(a, b Duty) int {
	return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.ID, b.ID))
}
