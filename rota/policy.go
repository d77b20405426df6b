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
}

// OnHolidays says what a kind of shift does when its start day is a bank holiday.
type OnHolidays string

// What a kind of shift does on bank holidays.
const (
	AsUsual       OnHolidays = ""     // takes place like on any other day
	NotOnHoliday  OnHolidays = "not"  // does not take place
	OnlyOnHoliday OnHolidays = "only" // takes place on bank holidays and on no other day
)

// RuleSet holds the hard rules on how duties of one leader may follow each other. They count the
// duties of all rotas together. A zero field asks nothing.
type RuleSet struct {
	Name                     string  `json:"name"`             // "pcn-daily", or "" for rules of the PCN's own
	RestHours                int     `json:"rest_hours"`       // from the end of one duty to the start of the next
	WeekendTogether          bool    `json:"weekend_together"` // no rest is asked between a Saturday's duty and the Sunday's after it
	AtMost                   []Limit `json:"at_most,omitempty"`
	NewcomerNeedsExperienced bool    `json:"newcomer_needs_experienced"` // a newcomer is never first without an experienced second
}

// Limit allows a leader at most Duties duties that start within any Days consecutive days. With
// Weekends it counts weekends instead (a Saturday, a Sunday or both on call is one) and Days is a
// number of weeks times seven: {1, 21, true} is one weekend in three.
type Limit struct {
	Duties   int  `json:"duties"`
	Days     int  `json:"days"`
	Weekends bool `json:"weekends,omitempty"`
}
