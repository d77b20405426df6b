package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file holds the small phrases of which the texts of a calendar are made.

// moment says when: "Tuesday 5 January 2027, 08:00". Midnight is told from the day it ends.
func moment(c rota.Civil) string {
	switch c.Time {
	case 0:
		return "midnight at the end of " + c.Date.AddDays(-1).Format("Monday 2 January 2006")
	case 24 * 60:
		return "midnight at the end of " + c.Date.Format("Monday 2 January 2006")
	}
	return c.Date.Format("Monday 2 January 2006") + ", " + c.Time.String()
}

// clockChange warns of a duty during which the clocks change, "" for all others.
func clockChange(d rota.Duty, zone *time.Location) string {
	_, before := d.Span.Start.In(zone).Zone()
	_, after := d.Span.End.In(zone).Zone()
	if before == after {
		return ""
	}
	word, effect := "forward", "shorter"
	if after < before {
		word, effect = "back", "longer"
	}
	return fmt.Sprintf("The clocks go %s during it, so it is an hour %s than the times say.", word, effect)
}

// worth says what a duty counts: "Counts 5 points: 3 weekday and 2 weekend."
func worth(load rota.Load) string {
	var parts []string
	var only rota.Category
	for c, points := range load {
		if points != 0 {
			only = rota.Category(c)
			parts = append(parts, fmt.Sprintf("%s %s", points, only.Title()))
		}
	}
	total := load.Total().String() + " points"
	if load.Total() == rota.Point {
		total = "1 point"
	}
	switch len(parts) {
	case 0:
		return "Counts " + total + "."
	case 1:
		return fmt.Sprintf("Counts %s (%s).", total, only.Title())
	}
	return fmt.Sprintf("Counts %s: %s.", total, listing(parts, "and"))
}

// listing joins words as a sentence does: "Ann, Ben and Cay".
func listing(words []string, joint string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + joint + " " + words[last]
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// contact gives the name of a leader and the number to ring.
func (p Person) contact(id rota.LeaderID) string {
	if id == "" {
		return "nobody"
	}
	l, ok := p.leader(id)
	if phone := oneLine(l.Phone); ok && phone != "" {
		return p.name(id) + ", " + phone
	}
	return p.name(id)
}

// name gives the name of a leader, and the ID of one who has none or is not known.
func (p Person) name(id rota.LeaderID) string {
	if l, ok := p.leader(id); ok && oneLine(l.Name) != "" {
		return oneLine(l.Name)
	}
	return oneLine(string(id))
}

func (p Person) leader(id rota.LeaderID) (rota.Leader, bool) {
	if id == p.Leader.ID {
		return p.Leader, true
	}
	i := slices.IndexFunc(p.Leaders, func(l rota.Leader) bool { return l.ID == id })
	if i < 0 {
		return rota.Leader{}, false
	}
	return p.Leaders[i], true
}

func (p Person) policy(name rota.RotaName) (rota.Policy, bool) {
	i := slices.IndexFunc(p.Policies, func(policy rota.Policy) bool { return policy.Name == name })
	if i < 0 {
		return rota.Policy{}, false
	}
	return p.Policies[i], true
}

func (p Person) rotaTitle(name rota.RotaName) string {
	if policy, ok := p.policy(name); ok && policy.Title != "" {
		return policy.Title
	}
	return string(name)
}

func (p Person) tierTitle(name rota.RotaName, tier rota.TierName) string {
	policy, _ := p.policy(name)
	for _, t := range policy.Tiers {
		if t.Name == tier && t.Title != "" {
			return t.Title
		}
	}
	return string(tier)
}

// tierRank gives the place of d's tier in the order of ringing; a tier that is not known comes last.
func (p Person) tierRank(d rota.Duty) int {
	policy, _ := p.policy(d.Rota)
	i := slices.IndexFunc(policy.Tiers, func(t rota.Tier) bool { return t.Name == d.Tier })
	if i < 0 {
		return len(policy.Tiers)
	}
	return i
}

// bodyName is what a body is called on that day.
func (p Person) bodyName(id rota.BodyID, day rota.Date) string {
	for _, b := range p.Bodies {
		if name := oneLine(b.NameOn(day)); b.ID == id && name != "" {
			return name
		}
	}
	return oneLine(string(id))
}
