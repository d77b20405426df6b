package config

import (
	"cmp"
	"fmt"
	"strings"

	"pcnrota/rota"
)

// maxTiers and maxWeight are far above what any PCN asks for.
const (
	maxTiers  = 10
	maxWeight = 100
)

// readTiers reads every [[rota.tier]] of a rota.
func readTiers(s *section) []rota.Tier {
	sections := s.tables("tier")
	var tiers []rota.Tier
	for _, t := range sections {
		tiers = append(tiers, readTier(t))
	}
	unique(sections, "tier of this rota")
	switch {
	case !s.has("tier"):
		s.lack("tier", "is missing: a rota needs at least one tier", `[[rota.tier]] and below it name = "first"`)
	case s.ask("tier").kind == isList && len(sections) == 0:
		s.refuse("tier", s.ask("tier"), "has no tier: a rota needs at least one", `[[rota.tier]] and below it name = "first"`)
	case len(tiers) > maxTiers:
		s.object(fmt.Sprintf("has %d tiers, and %d is the most", len(tiers), maxTiers), "")
	case len(tiers) > 0 && tiers[0].Shadow:
		sections[0].refuse("shadow", sections[0].ask("shadow"),
			"makes a learner of whoever is rung first", "put another tier before this one")
	}
	return tiers
}

func readTier(s *section) rota.Tier {
	name := must(s, "name", slug[rota.TierName]("first"))
	weight := get(s, "weight", tierWeight, 1)
	return rota.Tier{
		Name:     name,
		Title:    cmp.Or(get(s, "title", line(`"First on call"`), ""), tierTitle(name)),
		Weight:   rota.PointsOf(weight),
		Eligible: readEligible(s.table("eligible")),
		Shadow:   get(s, "shadow", truth(true), false),
	}
}

var tierWeight = number("0.5", func(f float64) bool {
	return f <= maxWeight && rota.PointsOf(f) > 0
}, fmt.Sprintf("a number above 0 and up to %d", maxWeight))

// tierTitle names a tier for people: "First on call", "Shadow", "Duty manager" for "duty-manager".
func tierTitle(name rota.TierName) string {
	switch name {
	case "":
		return ""
	case "first", "second", "third", "fourth":
		name += " on call"
	}
	title := strings.ReplaceAll(string(name), "-", " ")
	return strings.ToUpper(title[:1]) + title[1:]
}
