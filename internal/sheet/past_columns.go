package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file knows what the columns of past rotas are called.

// ordinals are what people call tiers by their rank, as squash leaves it.
var ordinals = [][]string{words("1st first primary main 1"), words("2nd second secondary backup 2"), words("3rd third tertiary 3")}

// suffixes may follow the name of a tier: "1st on call", "second tier".
var suffixes = words("oncall call tier line person onduty leader oncallleader leaderoncall")

// tierWords gives what each tier may be called, as squash leaves it. Names and titles go before ranks, so
// that no word means two tiers.
func (of Rota) tierWords() map[string]rota.TierName {
	called := map[string]rota.TierName{}
	add := func(tier rota.TierName, names ...string) {
		for _, name := range names {
			for _, suffix := range append([]string{""}, suffixes...) {
				if word := squash(name) + suffix; squash(name) != "" && called[word] == "" {
					called[word] = tier
				}
			}
		}
	}
	for _, tier := range of.Policy.Tiers {
		add(tier.Name, string(tier.Name), tier.Title)
	}
	for i, tier := range of.Policy.Tiers {
		if tier.Shadow {
			add(tier.Name, "shadow", "shadowing", "observer")
		}
		if i < len(ordinals) {
			add(tier.Name, ordinals[i]...)
		}
	}
	if len(of.Policy.Tiers) == 1 {
		for _, word := range words("oncall onduty") {
			called[word] = of.Policy.Tiers[0].Name
		}
	}
	return called
}

// tierCalled gives the tier that a word means, or "".
func (of Rota) tierCalled(word string) rota.TierName { return of.tierWords()[squash(word)] }

// tierNames lists the tiers for a sentence about what was expected.
func (of Rota) tierNames() string {
	names := make([]string, len(of.Policy.Tiers))
	for i, tier := range of.Policy.Tiers {
		names[i] = string(tier.Name)
	}
	return strings.Join(names, ", ")
}

func tierColumn(tier rota.TierName) string     { return "the tier " + string(tier) }
func personColumn(leader rota.LeaderID) string { return "the leader " + string(leader) }

// pastColumns are those of a row for each duty, and besides one for each tier and one for each leader.
func pastColumns(of Rota) layout {
	called := of.tierWords()
	words := slices.Sorted(maps.Keys(called))
	var l layout
	for _, tier := range of.Policy.Tiers {
		others := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return called[word] != tier.Name })
		l = append(l, column{name: tierColumn(tier.Name), aliases: others})
	}
	l = append(l, dutyColumns...)
	known := leaderDirectory(of.Leaders)
	for _, person := range of.Leaders {
		c := column{name: personColumn(person.ID), aliases: []string{squash(string(person.ID))}}
		if len(known.find(Clean(person.Name))) == 1 { // a name that two share is nobody's
			c.aliases = append(c.aliases, squash(person.Name))
		}
		l = append(l, c)
	}
	return l
}

// shape is how a past rota is laid out.
type shape int

const (
	long     shape = iota // a row for each duty, and a column that says who held it
	byTier                // a row for each day or week, and a column for each tier with who held it
	byPerson              // a row for each day or week, and a column for each person with the tier they were on
)

// shapeOf tells how the file is laid out, and finds fault with one that is laid out in no known way.
func shapeOf(t *table, of Rota) shape {
	if len(t.at) == 0 {
		return long // which has had its fault
	}
	tiers := len(t.positions(of.tierColumns()))
	who := len(t.positions(words("leader_id leader")))
	people := len(t.positions(of.personColumns()))
	switch {
	case tiers > 0:
		return byTier
	case who > 0:
		return long
	case people > 1:
		return byPerson
	}
	t.faultAt(t.line, "", fmt.Sprintf(`there is no column that says who: add one for each tier (%s), or "leader" with the names`, of.tierNames()))
	return long
}

func (of Rota) tierColumns() (names []string) {
	for _, tier := range of.Policy.Tiers {
		names = append(names, tierColumn(tier.Name))
	}
	return names
}

func (of Rota) personColumns() (names []string) {
	for _, l := range of.Leaders {
		names = append(names, personColumn(l.ID))
	}
	return names
}

// positions gives where those of the named columns are that the file has, from left to right.
func (t *table) positions(columns []string) (at []int) {
	for _, name := range columns {
		if i, ok := t.at[name]; ok {
			at = append(at, i)
		}
	}
	slices.Sort(at)
	return at
}

// unread names the columns that a file of this shape may have and that are not looked at.
func (s shape) unread(t *table, of Rota) []string {
	read := words("start end rota kind")
	switch s {
	case byTier:
		read = append(read, of.tierColumns()...)
	case byPerson:
		read = append(read, of.personColumns()...)
	case long:
		read = append(read, words("leader_id leader tier id")...)
	}
	used := t.positions(read)
	var names []string
	for i, header := range t.header {
		if header != "" && !slices.Contains(used, i) {
			names = append(names, t.label(i))
		}
	}
	return names
}
