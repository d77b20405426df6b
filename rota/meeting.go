package rota

import (
	"fmt"
	"strings"
	"time"
)

// BodyID names a partner body in commands: "ICS", "LMC".
type BodyID string

// Body is a partner body whose meetings the PCN attends. Bodies merge and are renamed, so they are
// data, never constants.
type Body struct {
	ID   BodyID `json:"id"`
	Name string `json:"name"`
}

// SeriesID numbers a series of meetings.
type SeriesID int64

// Series is a meeting that recurs, or takes place once.
type Series struct {
	ID        SeriesID
	Title     string
	Body      BodyID
	Rule      string    // RRULE value of RFC 5545 section 3.3.10; "" for a single meeting
	First     Date      // day from which the rule counts; the day itself for a single meeting
	At        TimeOfDay // start, in the PCN's zone
	Minutes   int
	Place     string
	Who       Who
	PapersDue int // working days before the meeting by which papers are due
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

// Occurrence is one meeting.
type Occurrence struct {
	ID         OccurrenceID
	Series     Series
	Start, End Civil // in the PCN's zone
	Span       Span
	Attending  []LeaderID // in order of ID
	Sequence   int        // counts the changes since it was first planned, from 0
	Modified   time.Time  // last real change, UTC
}
