package rota

import (
	"fmt"
	"strings"
	"time"
)

// SeriesID numbers a series of meetings.
type SeriesID int64

// Series is a meeting that recurs, or takes place once.
type Series struct {
	ID          SeriesID
	Title       string
	Body        BodyID
	Rule        string    // RRULE value of RFC 5545 section 3.3.10; "" for a single meeting, and for those of a body's calendar
	First       Date      // day from which the rule counts; the day itself for a single meeting
	From, Until Date      // first and last day by the rule on which its meetings take place; zero for no bound
	Follows     SeriesID  // the series that it goes on with from From, changed; 0 for none
	At          TimeOfDay // start, in the PCN's zone
	Minutes     int
	OffHolidays Shift // where a meeting goes that falls on a bank holiday
	Place       string
	Link        string // to join from afar. PRIVATE: for those who go
	Papers      string // where the papers are
	Agenda      string // a few words; no patient data
	Actions     string // what is to be done before or at it, in a few words; no patient data
	Capacity    Capacity
	Quorum      int // how many of ours are needed; 0 where it does not matter
	Who         Who
	PapersTo    Lead           // when papers are due to the body; in an Occurrence never AsBody
	PapersFrom  Lead           // when papers come from the body; likewise
	Calendar    BodyCalendarID // the body's calendar that tells its meetings; 0 for none
	UID         string         // what that calendar calls it
}

// MeetsAfter reports whether s may have meetings after day, as far as its bounds say.
func (s Series) MeetsAfter(day Date) bool {
	if s.Rule == "" && s.Calendar == 0 {
		return s.First.After(day)
	}
	return s.Until.IsZero() || s.Until.After(day)
}

// BodyCalendarID numbers the calendars of partner bodies that are read.
type BodyCalendarID int64

// Capacity is the PCN's part in a meeting; "" where nobody has said.
type Capacity string

// The capacities.
const (
	Member     Capacity = "member"
	Observer   Capacity = "observer"
	Presenting Capacity = "presenting"
)

// Shift says where a meeting goes whose day is a bank holiday.
type Shift string

// The shifts. The working days before and after are those of Holidays.Working.
const (
	StaysPut  Shift = "" // on the holiday, or its body sees to it
	DayBefore Shift = "before"
	DayAfter  Shift = "after"
	LeftOut   Shift = "skip"
	WeekAfter Shift = "week"
)

// Of gives the day to which a meeting planned for d goes, and whether it takes place.
func (s Shift) Of(d Date, holidays Holidays) (Date, bool) {
	step := map[Shift]int{DayBefore: -1, DayAfter: 1, WeekAfter: 7}[s]
	holiday := func(d Date) bool { _, is := holidays.On(d); return is }
	switch {
	case s == StaysPut || !holiday(d):
		return d, true
	case step == 0:
		return d, false
	}
	for holiday(d) || step != 7 && !holidays.Working(d) {
		d = d.AddDays(step)
	}
	return d, true
}

// Who says who goes to a meeting.
type Who struct {
	Mode WhoMode
	Name string // a role or qualification for RoleGoes and AnyGoes ("" there: anybody), an ID for LeaderGoes
}

// WhoMode is the way in which those who go are found.
type WhoMode int

// The ways.
const (
	EverybodyGoes WhoMode = iota // all leaders in post
	RoleGoes                     // all leaders with the role
	AnyGoes                      // one who is eligible and free, and has gone least
	LeaderGoes                   // one named leader
)

// ParseWho reads "all", "any", "any GP", "leader L01", or the name of a role.
func ParseWho(s string) (Who, error) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return Who{}, fmt.Errorf("%q says nobody: use all, any, any GP, leader L01, or a role", s)
	}
	rest := strings.Join(words[1:], " ")
	switch strings.ToLower(words[0]) {
	case "all", "everybody", "everyone":
		if rest == "" {
			return Who{Mode: EverybodyGoes}, nil
		}
	case "any", "anyone", "anybody":
		return Who{AnyGoes, rest}, nil
	case "leader":
		if len(words) == 2 {
			return Who{LeaderGoes, words[1]}, nil
		}
	}
	return Who{RoleGoes, strings.Join(words, " ")}, nil
}

// String gives what ParseWho reads.
func (w Who) String() string {
	switch w.Mode {
	case EverybodyGoes:
		return "all"
	case AnyGoes:
		return strings.TrimSpace("any " + w.Name)
	case LeaderGoes:
		return "leader " + w.Name
	default:
		return w.Name
	}
}

// Admits reports whether l is among those w names.
func (w Who) Admits(l Leader) bool {
	switch w.Mode {
	case EverybodyGoes:
		return true
	case LeaderGoes:
		return strings.EqualFold(string(l.ID), w.Name)
	default:
		return w.Name == "" || l.HasRole(w.Name) || l.Qualified(w.Name)
	}
}

// OccurrenceID identifies one meeting of a series for life: "m3.20270121".
type OccurrenceID string

// NewOccurrenceID names the meeting of series s that is planned for day d.
func NewOccurrenceID(s SeriesID, d Date) OccurrenceID {
	return OccurrenceID(fmt.Sprintf("m%d.%s", s, strings.ReplaceAll(d.String(), "-", "")))
}

// Series gives the series that first had the meeting: one that goes on with it keeps the identity. 0 where id is not
// like those of NewOccurrenceID.
func (id OccurrenceID) Series() SeriesID {
	var s SeriesID
	if n, err := fmt.Sscanf(string(id), "m%d.", &s); err != nil || n != 1 {
		return 0
	}
	return s
}

// Occurrence is one meeting.
type Occurrence struct {
	ID         OccurrenceID
	Series     Series // with what is different about this meeting
	Planned    Date   // the day on which its series has it; it may have been moved
	Own        Own
	Start, End Civil // in the PCN's zone
	Span       Span
	Attending  []LeaderID // in order of ID
	Deputy     LeaderID   // stands by, and goes where the representative cannot; "" for nobody
	Sequence   int        // counts the changes since it was first planned, from 0
	Modified   time.Time  // last real change, UTC
}

// Own is what was decided about one meeting of a series alone. Nil: as the series has it.
type Own struct {
	Cancelled bool      `json:"cancelled,omitempty"`
	Start     *Civil    `json:"start,omitempty"`
	Instead   *Civil    `json:"instead,omitempty"` // of what start Start took the place; set with it
	Minutes   *int      `json:"minutes,omitempty"`
	Title     *string   `json:"title,omitempty"`
	Place     *string   `json:"place,omitempty"`
	Link      *string   `json:"link,omitempty"`
	Papers    *string   `json:"papers,omitempty"`
	Agenda    *string   `json:"agenda,omitempty"`
	Actions   *string   `json:"actions,omitempty"`
	Capacity  *Capacity `json:"capacity,omitempty"`
	Quorum    *int      `json:"quorum,omitempty"`
	Who       *Who      `json:"who,omitempty"`
}

// On gives the series as it is for a meeting with o: time and length are the business of the meeting.
func (o Own) On(s Series) Series {
	put(&s.Title, o.Title)
	put(&s.Place, o.Place)
	put(&s.Link, o.Link)
	put(&s.Papers, o.Papers)
	put(&s.Agenda, o.Agenda)
	put(&s.Actions, o.Actions)
	put(&s.Capacity, o.Capacity)
	put(&s.Quorum, o.Quorum)
	put(&s.Who, o.Who)
	put(&s.Minutes, o.Minutes)
	return s
}

// Moved gives o with m, which it is about, at another time. Back where its series has it, it is moved no more.
func (o Own) Moved(m Occurrence, to Civil) Own {
	if o.Instead == nil {
		o.Instead = &m.Start
	}
	if o.Start = &to; to == *o.Instead {
		o.Start, o.Instead = nil, nil
	}
	return o
}

func put[T any](into *T, value *T) {
	if value != nil {
		*into = *value
	}
}

// MeetingTimes gives the times of a meeting that starts at start and takes so many minutes. Its length is elapsed
// time, unless it would then end in an hour that the clocks show a second time: that cannot be written down,
// and it ends by the wall clock.
func MeetingTimes(from Civil, minutes int, zone *time.Location) (start, end Civil, span Span) {
	span.Start = from.Instant(zone)
	span.End = span.Start.Add(time.Duration(minutes) * time.Minute)
	if !CivilOf(span.End, zone).Instant(zone).Equal(span.End) {
		clock := int(from.Time) + minutes
		span.End = from.Date.AddDays(clock / (24 * 60)).At(TimeOfDay(clock % (24 * 60))).Instant(zone)
	}
	return CivilOf(span.Start, zone), CivilOf(span.End, zone), span
}

// Announced is one meeting as a body's calendar tells of it.
type Announced struct {
	Planned    Date // by which the calendar knows it: where it was first put
	Start, End Civil
	Title      string
	Place      string
	Link       string
}

// Of gives the meeting of s that a tells of.
func (a Announced) Of(s Series, zone *time.Location) Occurrence {
	s.Title, s.Place, s.Link = a.Title, a.Place, a.Link
	return Occurrence{
		ID: NewOccurrenceID(s.ID, a.Planned), Series: s, Planned: a.Planned, Start: a.Start, End: a.End,
		Span: Span{Start: a.Start.Instant(zone), End: a.End.Instant(zone)},
	}
}
