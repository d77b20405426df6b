package rota

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PracticeCode is the ODS code of a practice: "Y10111".
type PracticeCode string

// Practice is one member practice of the PCN.
type Practice struct {
	Code     PracticeCode `json:"ods_code"`
	Name     string       `json:"name"`
	ListSize int          `json:"list_size"` // registered patients
}

// LeaderID identifies a leader for life; names may change. The manager chooses it: "L01".
type LeaderID string

// Leader is a person who can hold duties.
type Leader struct {
	ID             LeaderID
	Name           string
	Email          string
	Phone          string
	Roles          []string     // as the PCN words them: "Clinical Director"
	Practice       PracticeCode // "" for somebody who belongs to no practice
	Employment     Employment
	Share          Share
	Registration   Registration
	Qualifications []string // further competences a rota can ask for: "prescriber"
	Starts         Date     // first day in post; zero where it is not known
	Ends           Date     // last day in post; zero while it is open
	NewToOnCall    bool     // has not been on call before: never first without an experienced second
}

// Employment tells workers, whom the Working Time Regulations 1998 protect, from partners.
type Employment string

// The kinds of employment.
const (
	Partner  Employment = "partner"
	Employee Employment = "employee"
	Locum    Employment = "locum"
)

// Employments lists the kinds in the order they are offered.
var Employments = []Employment{Partner, Employee, Locum}

// ParseEmployment reads a kind of employment.
func ParseEmployment(s string) (Employment, error) { return oneOf(s, Employments) }

// Share is a whole-time equivalent in thousandths: 800 is 0.8 of a full post.
type Share int

// FullTime is the share of a whole post.
const FullTime Share = 1000

// ParseShare reads a whole-time equivalent above 0 and up to 1.5, such as "0.8".
func ParseShare(s string) (Share, error) {
	p, err := ParsePoints(s)
	share := Share(p / (Point / Points(FullTime)))
	if err != nil || share <= 0 || p > 3*Point/2 {
		return 0, fmt.Errorf("%q is not a whole-time equivalent above 0 and up to 1.5, like 0.8", s)
	}
	return share, nil
}

// String gives "0.8".
func (s Share) String() string { return (Points(s) * (Point / Points(FullTime))).String() }

// MarshalJSON writes a plain number: 0.8.
func (s Share) MarshalJSON() ([]byte, error) { return []byte(s.String()), nil }

// Registration is a professional registration. The zero value is a person who needs none.
type Registration struct {
	Body    string `json:"body"` // GMC, NMC, GPhC, HCPC
	Number  string `json:"number"`
	Expires Date   `json:"expires"` // last day it is valid; zero where it has no end
}

// InPost reports whether l is in post on every day from first to last.
func (l Leader) InPost(first, last Date) bool {
	return !first.Before(l.Starts) && (l.Ends.IsZero() || !last.After(l.Ends))
}

// RegisteredOn reports whether l holds a registration that is valid on d.
func (l Leader) RegisteredOn(d Date) bool {
	r := l.Registration
	return r.Body != "" && (r.Expires.IsZero() || !d.After(r.Expires))
}

// LapsedOn reports whether l's registration has run out by d. Somebody who needs none never lapses.
func (l Leader) LapsedOn(d Date) bool { return l.Registration.Body != "" && !l.RegisteredOn(d) }

// HasRole reports whether l has the named role. Case does not matter.
func (l Leader) HasRole(name string) bool {
	return slices.ContainsFunc(l.Roles, func(r string) bool { return strings.EqualFold(r, name) })
}

// IsGP reports whether l is a general practitioner: a role says so, or l is registered with the GMC.
func (l Leader) IsGP() bool {
	return strings.EqualFold(l.Registration.Body, "GMC") || slices.ContainsFunc(l.Roles, func(r string) bool {
		return slices.Contains(strings.Fields(r), "GP")
	})
}

// Qualified reports whether l has the named qualification: a registration body, "GP", or one of
// l.Qualifications. Case does not matter.
func (l Leader) Qualified(name string) bool {
	if strings.EqualFold(name, l.Registration.Body) && name != "" {
		return true
	}
	if strings.EqualFold(name, "GP") && l.IsGP() {
		return true
	}
	return slices.ContainsFunc(l.Qualifications, func(q string) bool { return strings.EqualFold(q, name) })
}

// AbsenceID numbers an absence.
type AbsenceID int64

// Absence is a time when a leader is away, from the first to the last day, both included. Where it begins
// or ends in the middle of a day, the rest of that day is free for duties.
type Absence struct {
	ID      AbsenceID
	Leader  LeaderID
	Kind    AbsenceKind // private: shown to the manager only
	First   Date
	Last    Date
	Weekday time.Weekday // the day of the week of a NonWorkingDay; meaningless for other kinds

	Starts TimeOfDay // when it begins on First; 0 is the beginning of that day
	Ends   TimeOfDay // when it ends on Last; 0 is the end of that day

	Calendar CalendarID // that it was read from; 0 for one that somebody entered
	Keyword  string     // that marked it there; private like Kind
}

// CalendarID numbers a leader's own calendar.
type CalendarID int64

// Begin gives the civil time at which the absence begins.
func (a Absence) Begin() Civil { return a.First.At(a.Starts) }

// End gives the civil time at which the absence is over: a midnight for one of whole days.
func (a Absence) End() Civil {
	if a.Ends == 0 {
		return a.Last.AddDays(1).At(0)
	}
	return a.Last.At(a.Ends)
}

// WholeDays reports whether nothing is left of the days of the absence.
func (a Absence) WholeDays() bool { return a.Starts == 0 && a.Ends == 0 }

// AwayBetween is an absence from start up to, not including, end.
func AwayBetween(start, end Civil) Absence {
	a := Absence{First: start.Date, Starts: start.Time, Last: end.Date, Ends: end.Time}
	if end.Time == 0 {
		a.Last = end.Date.AddDays(-1)
	}
	return a
}

// AbsenceKind says why somebody is away.
type AbsenceKind string

// The kinds of absence.
const (
	Annual        AbsenceKind = "annual"
	Study         AbsenceKind = "study"
	Professional  AbsenceKind = "professional"
	Sick          AbsenceKind = "sick"
	Parental      AbsenceKind = "parental"
	Carers        AbsenceKind = "carers"
	Compassionate AbsenceKind = "compassionate"
	JuryService   AbsenceKind = "jury service"
	Sabbatical    AbsenceKind = "sabbatical"
	Other         AbsenceKind = "other"
	NonWorkingDay AbsenceKind = "non-working day"
)

// AbsenceKinds lists the kinds in the order they are offered.
var AbsenceKinds = []AbsenceKind{
	Annual, Study, Professional, Sick, Parental, Carers, Compassionate, JuryService, Sabbatical, Other, NonWorkingDay,
}

// ParseAbsenceKind reads a kind of absence.
func ParseAbsenceKind(s string) (AbsenceKind, error) { return oneOf(s, AbsenceKinds) }

// Protected reports whether the kind lowers its holder's target. Nobody pays back sick or parental
// leave; everybody has annual and study leave, so those do not change who owes what.
func (k AbsenceKind) Protected() bool {
	switch k {
	case Sick, Parental, Carers, Compassionate, JuryService, Sabbatical:
		return true
	default:
		return false
	}
}

// Bars reports whether a leader with this absence may hold no duty then. A weekly non-working day is
// avoided where possible and bars nothing.
func (a Absence) Bars() bool { return a.Kind != NonWorkingDay }

// Covers reports whether the absence falls on d.
func (a Absence) Covers(d Date) bool {
	return !d.Before(a.First) && !d.After(a.Last) && (a.Bars() || d.Weekday() == a.Weekday)
}

// Excuses reports whether the absence lowers its holder's target for what begins on d: it is of a protected
// kind and takes the whole of d.
func (a Absence) Excuses(d Date) bool {
	part := d == a.First && a.Starts > 0 || d == a.Last && a.Ends > 0
	return a.Kind.Protected() && a.Covers(d) && !part
}

// CoversAny reports whether the absence falls on any day from first to last.
func (a Absence) CoversAny(first, last Date) bool {
	if a.Last.Before(first) || a.First.After(last) {
		return false
	}
	for d := first; !d.After(last); d = d.AddDays(1) {
		if a.Covers(d) {
			return true
		}
	}
	return false
}

// Overlaps reports whether the absence takes any of the time from start up to, not including, end.
func (a Absence) Overlaps(start, end Civil) bool {
	if !a.Begin().Before(end) || !start.Before(a.End()) {
		return false
	}
	if a.Bars() {
		return true
	}
	last := end.Date
	if end.Time == 0 {
		last = last.AddDays(-1)
	}
	return a.CoversAny(start.Date, last)
}

// WishID numbers a wish.
type WishID int64

// Wish is what a leader would like, with a weight from 1 (mild) to 3 (strong). It is either about a
// day of the week or, where First is set, about the days from First to Last.
type Wish struct {
	ID      WishID
	Leader  LeaderID
	Kind    WishKind
	Weekday time.Weekday
	First   Date
	Last    Date
	Weight  int
}

// WishKind says which way a wish pulls.
type WishKind string

// The kinds of wish.
const (
	Prefer WishKind = "prefer"
	Avoid  WishKind = "avoid"
)

// WishKinds lists the kinds in the order they are offered.
var WishKinds = []WishKind{Prefer, Avoid}

// ParseWishKind reads a kind of wish.
func ParseWishKind(s string) (WishKind, error) { return oneOf(s, WishKinds) }

// Concerns reports whether the wish is about d.
func (w Wish) Concerns(d Date) bool {
	if w.First.IsZero() {
		return d.Weekday() == w.Weekday
	}
	return !d.Before(w.First) && !d.After(w.Last)
}

// oneOf reads one of a few words, whatever its case, with hyphens, underscores and blanks alike.
func oneOf[T ~string](s string, words []T) (T, error) {
	plain := func(s string) string { return strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(s)) }
	names := make([]string, len(words))
	for i, w := range words {
		if plain(strings.TrimSpace(s)) == plain(string(w)) {
			return w, nil
		}
		names[i] = string(w)
	}
	return "", fmt.Errorf("%q is not one of %s", s, strings.Join(names, ", "))
}

// ParseWeekday reads a day of the week by its first three letters or in full: "Tue", "tuesday".
func ParseWeekday(s string) (time.Weekday, error) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(s, d.String()) || strings.EqualFold(s, d.String()[:3]) {
			return d, nil
		}
	}
	return 0, fmt.Errorf("%q is not a day of the week like Tue", s)
}
