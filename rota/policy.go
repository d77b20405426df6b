package rota

import (
	"slices"
	"time"
)

// RotaName names a rota in commands, files and addresses: "on-call".
type RotaName string

// TierName names a tier of a rota: "first", "second", "shadow".
type TierName string

// Policy is how one rota works, as config.toml declares it. A published version keeps the policy it
// was built under.
type Policy struct {
	Name               RotaName    `json:"name"`
	Title              string      `json:"title"` // for people: "Leadership on call"
	Pattern            []ShiftKind `json:"pattern"`
	Tiers              []Tier      `json:"tiers"` // in the order in which they are rung
	Eligible           Eligibility `json:"eligible"`
	Registration       Registered  `json:"registration"`
	DifferentPractices bool        `json:"different_practices"` // the holders of one shift come from different practices
	Points             DayPoints   `json:"points"`              // for kinds of shift with none of their own
	Tolerance          Points      `json:"tolerance,omitempty"` // how much fairness may be spent on wishes and spacing, see the package's documentation
	Rules              RuleSet     `json:"rules"`
	FreezeDays         int         `json:"freeze_days"` // a repair leaves the duties of so many days alone where it can

	Meetings *MeetingRules `json:"meetings,omitempty"` // nil but for the rota Meetings, which has no pattern
}

// Tier is one line of a rota: every shift is covered once in each tier.
type Tier struct {
	Name     TierName    `json:"name"`
	Title    string      `json:"title"`  // for people: "First on call"
	Weight   Points      `json:"weight"` // multiplies the points of a shift; Point where it counts in full
	Eligible Eligibility `json:"eligible"`
	Shadow   bool        `json:"shadow"` // there to learn: not bound by DifferentPractices, open to newcomers
}

// Eligibility says who may hold a duty. An empty list asks nothing; where several lists are given, a
// leader must satisfy each of them, with any one of its entries.
type Eligibility struct {
	Roles          []string       `json:"roles,omitempty"`
	Practices      []PracticeCode `json:"practices,omitempty"`
	Qualifications []string       `json:"qualifications,omitempty"` // see Leader.Qualified
	Leaders        []LeaderID     `json:"leaders,omitempty"`
}

// Admits reports whether l is among those e names, and where not, which list l is missing from:
// "role", "practice", "qualification" or "name".
func (e Eligibility) Admits(l Leader) (ok bool, missing string) {
	switch {
	case len(e.Roles) > 0 && !slices.ContainsFunc(e.Roles, l.HasRole):
		return false, "role"
	case len(e.Practices) > 0 && !slices.Contains(e.Practices, l.Practice):
		return false, "practice"
	case len(e.Qualifications) > 0 && !slices.ContainsFunc(e.Qualifications, l.Qualified):
		return false, "qualification"
	case len(e.Leaders) > 0 && !slices.Contains(e.Leaders, l.ID):
		return false, "name"
	default:
		return true, ""
	}
}

// Registered says what a rota demands of its holders' professional registration.
type Registered string

// The demands.
const (
	// RegistrationIgnored asks nothing.
	RegistrationIgnored Registered = "ignored"
	// RegistrationNotLapsed bars whoever has a registration that has run out; those who need none may serve.
	RegistrationNotLapsed Registered = "not lapsed"
	// RegistrationRequired asks everybody for a valid registration.
	RegistrationRequired Registered = "required"
)

// RegistrationDemands lists the demands in the order they are offered.
var RegistrationDemands = []Registered{RegistrationIgnored, RegistrationNotLapsed, RegistrationRequired}

// ParseRegistered reads a demand.
func ParseRegistered(s string) (Registered, error) { return oneOf(s, RegistrationDemands) }

// DayPoints gives the points of one day on call in each on-call category.
type DayPoints [len(OnCallCategories)]Points

// DefaultDayPoints weigh a weekend day as two weekdays, a bank holiday as three, a festive day as four.
var DefaultDayPoints = DayPoints{Point, 2 * Point, 3 * Point, 4 * Point}

// ShiftKind is one recurring shift of a pattern, in civil time.
type ShiftKind struct {
	Name     string         `json:"name"` // "night", "weekend"
	Days     []time.Weekday `json:"days"` // on which it starts
	Start    TimeOfDay      `json:"start"`
	End      TimeOfDay      `json:"end"`
	EndDays  int            `json:"end_days"` // days from the start day to the day of End: 1 for a night, 7 for a week
	Holidays OnHolidays     `json:"holidays"`
	Points   *DayPoints     `json:"points,omitempty"` // nil: the rota's
	Place    Place          `json:"place,omitempty"`
	Expected Minutes        `json:"expected_minutes,omitempty"` // at home: working time expected in one day on call
}

// Place says where somebody on call is.
type Place string

// The places. Being available at home is not working time until one is called; on site all of it is,
// asleep or not (Health and Safety Executive, operational circular on the Working Time Regulations,
// appendix 4).
const (
	AtHome Place = ""
	OnSite Place = "site"
)

// PlaceOf says where whoever holds a duty of p is: of a kind of shift that p has no more, at home.
func (p Policy) PlaceOf(d Duty) Place { return p.kind(d.Kind).Place }

// Minutes are a length of working time.
type Minutes int

// Hours gives the hours, for people.
func (m Minutes) Hours() float64 { return float64(m) / 60 }

// Work gives the working time expected in each day on call of a shift that starts at start, in the order
// of Duty.OnCall: on site all its time by the wall clock, at home what the kind expects.
func (k ShiftKind) Work(start, end Civil) []Minutes {
	days := onCall(start, end)
	work := make([]Minutes, len(days))
	for i := range work {
		work[i] = k.Expected
		if k.Place == OnSite {
			work[i] = min(24*60, wallMinutes(start, end)-Minutes(i)*24*60)
		}
	}
	return work
}

// wallMinutes is the time from start to end as a wall clock shows it.
func wallMinutes(start, end Civil) Minutes {
	return Minutes(start.Date.DaysUntil(end.Date)*24*60 + int(end.Time) - int(start.Time))
}

// OnHolidays says what a kind of shift does when its start day is a bank holiday.
type OnHolidays string

// What a kind of shift does on bank holidays.
const (
	AsUsual       OnHolidays = ""     // takes place like on any other day
	NotOnHoliday  OnHolidays = "not"  // does not take place
	OnlyOnHoliday OnHolidays = "only" // takes place on bank holidays and on no other day
)
