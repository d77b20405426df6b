package rota

import (
	"cmp"
	"slices"
)

// BodyID names a partner body in commands: "ICS", "LMC". It stays when the body is renamed.
type BodyID string

// Body is a partner body whose meetings the PCN attends. Bodies merge and are renamed, so they are
// data, never constants.
type Body struct {
	ID           BodyID     `json:"id"`
	Name         string     `json:"name"` // the newest; see NameOn
	Renamed      []Renaming `json:"renamed"`
	Kind         BodyKind   `json:"kind"`
	Starts       Date       `json:"starts"` // first day; zero where it is not known
	Ends         Date       `json:"ends"`   // last day; zero while it is open
	Into         BodyID     `json:"into"`   // what it became part of when it ended; ""
	Contact      Contact    `json:"contact"`
	TellsContact bool       `json:"tells_contact"` // the contact may be told who attends, by name and role only
	Ladder       []Rung     `json:"ladder"`        // reminders of its meetings; empty: those of config.toml
	PapersTo     Lead       `json:"papers_to"`     // when papers are due to it, unless a meeting says otherwise
	PapersFrom   Lead       `json:"papers_from"`   // when its papers come
}

// Renaming is a day from which a body has another name than the one it had.
type Renaming struct {
	From Date   `json:"from"` // first day of the new name
	Was  string `json:"was"`  // its name until then
}

// Contact is whom one writes to or rings at a body. Personal data.
type Contact struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// BodyKind is what sort of body it is.
type BodyKind string

// The kinds of partner body. There may be others in years to come: Other stands for all of them.
const (
	IntegratedCare     BodyKind = "integrated care board"
	LocalMedical       BodyKind = "local medical committee"
	LocalAuthority     BodyKind = "local authority"
	HealthAndWellbeing BodyKind = "health and wellbeing board"
	OtherNetworks      BodyKind = "other networks"
	OwnNetwork         BodyKind = "own network"
	OtherBody          BodyKind = "other"
)

// BodyKinds are all kinds of body, in the order in which they are offered.
var BodyKinds = []BodyKind{IntegratedCare, LocalMedical, LocalAuthority, HealthAndWellbeing, OtherNetworks, OwnNetwork, OtherBody}

// NameOn gives what b is, was or will be called on day.
func (b Body) NameOn(day Date) string {
	renamed := slices.SortedFunc(slices.Values(b.Renamed), func(a, b Renaming) int { return a.From.Compare(b.From) })
	for _, r := range renamed {
		if day.Before(r.From) {
			return r.Was
		}
	}
	return b.Name
}

// BodyName gives what the body with an ID is called on day; its ID where it is not among all.
func BodyName(all []Body, id BodyID, day Date) string {
	for _, b := range all {
		if b.ID == id {
			return b.NameOn(day)
		}
	}
	return string(id)
}

// OpenOn reports whether b exists on day.
func (b Body) OpenOn(day Date) bool {
	return !day.Before(b.Starts) && (b.Ends.IsZero() || !day.After(b.Ends))
}

// Rename gives b with another name from day on. A renaming that was to come by then never happens.
func (b Body) Rename(name string, from Date) Body {
	was := b.NameOn(from.AddDays(-1))
	b.Renamed = slices.DeleteFunc(slices.Clone(b.Renamed), func(r Renaming) bool { return !r.From.Before(from) })
	if was != name {
		b.Renamed = append(b.Renamed, Renaming{From: from, Was: was})
	}
	b.Name = name
	slices.SortFunc(b.Renamed, func(a, b Renaming) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Was, b.Was)) })
	return b
}
