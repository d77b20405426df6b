package calendar

import (
	"slices"
	"time"

	"pcnrota/rota"
)

// Content is what the calendars of a PCN are made of. All of it is published: a calendar never shows a draft,
// and never why somebody is away.
type Content struct {
	Zone      *time.Location
	PCN       string            // its name
	PCNID     string            // random identifier of its database: makes UIDs unique in the world
	Page      string            // address of the page that says who is on call now, "" for none
	Policies  []rota.Policy     // for the titles of rotas and tiers; a name that is not among them is shown as it is
	Leaders   []rota.Leader     // to name them, give their phone numbers and tell their practices
	Practices []rota.Practice   // to name them
	Bodies    []rota.Body       // to name them
	Duties    []rota.Published  // of all leaders; the feed takes those it is of, and tells who is on call beside
	Meetings  []rota.Occurrence // of all leaders
	Items     []rota.Item       // that have to be seen to, of all leaders
	Away      []rota.Away       // of all leaders
	Holidays  rota.Holidays     // for counting working days

	rotas map[rota.RotaName]timeline // of Duties; nil until Sorted
}

// Sorted is c ready for many calendars to be made of it: what all of them need is worked out once.
func (c Content) Sorted() Content {
	c.rotas = timelines(c.Duties)
	return c
}

// name gives the name of a leader, and the ID of one who has none or is not known.
func (c Content) name(id rota.LeaderID) string {
	if name := oneLine(c.leader(id).Name); name != "" {
		return name
	}
	return oneLine(string(id))
}

// leader gives the zero Leader where there is none of that ID.
func (c Content) leader(id rota.LeaderID) rota.Leader {
	return lookUp(c.Leaders, func(l rota.Leader) bool { return l.ID == id })
}

func (c Content) policy(name rota.RotaName) rota.Policy {
	return lookUp(c.Policies, func(p rota.Policy) bool { return p.Name == name })
}

func (c Content) rotaTitle(name rota.RotaName) string {
	if title := oneLine(c.policy(name).Title); title != "" {
		return title
	}
	return oneLine(string(name))
}

func (c Content) tierTitle(name rota.RotaName, tier rota.TierName) string {
	for _, t := range c.policy(name).Tiers {
		if title := oneLine(t.Title); t.Name == tier && title != "" {
			return title
		}
	}
	return oneLine(string(tier))
}

// tierRank gives the place of d's tier in the order of ringing; a tier that is not known comes last.
func (c Content) tierRank(d rota.Duty) int {
	tiers := c.policy(d.Rota).Tiers
	if i := slices.IndexFunc(tiers, func(t rota.Tier) bool { return t.Name == d.Tier }); i >= 0 {
		return i
	}
	return len(tiers)
}

// bodyName is what a body is called on that day.
func (c Content) bodyName(id rota.BodyID, day rota.Date) string {
	if name := oneLine(lookUp(c.Bodies, func(b rota.Body) bool { return b.ID == id }).NameOn(day)); name != "" {
		return name
	}
	return oneLine(string(id))
}

func (c Content) practiceName(code rota.PracticeCode) string {
	if name := oneLine(lookUp(c.Practices, func(p rota.Practice) bool { return p.Code == code }).Name); name != "" {
		return name
	}
	return oneLine(string(code))
}

// lookUp finds the one that is meant, and gives the zero value where there is none.
func lookUp[T any](all []T, meant func(T) bool) (one T) {
	if i := slices.IndexFunc(all, meant); i >= 0 {
		return all[i]
	}
	return one
}
