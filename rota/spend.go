package rota

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota/internal/assign"
)

// Spending says what was bought with fairness, as far as Policy.Tolerance allows.
type Spending struct {
	Tolerance     Points
	Levels        []Spent // one for each dimension that has points, in their order
	Before, After Tastes  // in the fairest rota found, and in this one
}

// Spent sets the excesses of a rota in one dimension against those of the fairest rota found.
type Spent struct {
	Dimension Dimension
	Fairest   []Points // of all who can hold a duty that counts, the largest first
	Now       []Points // likewise; nowhere more than the tolerance above
}

// Most is how much was spent, in that place of the two lists where it is most.
func (s Spent) Most() Points {
	var most Points
	for i, now := range s.Now {
		most = max(most, now-s.Fairest[i])
	}
	return most
}

// Tastes counts what speaks against a rota beside fairness.
type Tastes struct {
	Repeats int // festive periods that somebody has again, times those passed over
	Against int // duties that somebody holds against a wish, or on a weekly non-working day
	Crowded int // pairs of one leader's duties that start within a week of each other, or are the same meeting twice running
}

// spending compares the rota with the fairest one; nil where there was nothing to be spent.
func (p *planner) spending(solution assign.Solution, duties []Duty, certificate Certificate) *Spending {
	if solution.Fairest == nil {
		return nil
	}
	fairest := slices.Clone(p.duties)
	for s := range fairest {
		fairest[s].Holder = p.Leaders[solution.Fairest[s]].ID
	}
	spent := &Spending{Tolerance: p.Policy.Tolerance, Before: p.tastes(fairest), After: p.tastes(duties)}
	was, now := p.standings(fairest), p.standings(duties)
	for _, proof := range certificate {
		_, before := proof.Proven(was)
		_, after := proof.Proven(now)
		spent.Levels = append(spent.Levels, Spent{proof.Dimension, before, after})
	}
	return spent
}

func (p *planner) tastes(duties []Duty) Tastes {
	var t Tastes
	for _, turn := range p.turns(duties) {
		for _, r := range turn.Repeats() {
			t.Repeats += len(r.Over)
		}
	}
	all := slices.Concat(duties, p.held)
	spacing := spacingOf(all)
	for i, d := range duties {
		if p.dislike(p.Leaders[p.index[d.Holder]], d) > 0 {
			t.Against++
		}
		for _, other := range all[i+1:] {
			if other.Holder == d.Holder && spacing.crowded(d, other) {
				t.Crowded++
			}
		}
	}
	return t
}

// Verdict says in sentences what was spent, and on what.
func (s *Spending) Verdict() string {
	var prices []string
	for _, l := range s.Levels {
		if l.Most() >= visible {
			prices = append(prices, fmt.Sprintf("%s %s to %s instead of %s to %s", strings.ToLower(l.Dimension.Title()),
				signedPoints(l.Now[len(l.Now)-1]), signedPoints(l.Now[0]), signedPoints(l.Fairest[len(l.Fairest)-1]), signedPoints(l.Fairest[0])))
		}
	}
	head := fmt.Sprintf("Tolerance: %s of fairness may be spent. ", inPoints(s.Tolerance))
	if len(prices) == 0 {
		return head + "Nothing was: the fairest rota found had nothing to gain."
	}
	return head + "Spent, against the fairest rota found: " + strings.Join(prices, ", ") + ". For that: " + s.gains() + "."
}

func (s *Spending) gains() string {
	var gains []string
	for _, g := range []struct {
		what          string
		before, after int
	}{
		{"passed over at a festive period", s.Before.Repeats, s.After.Repeats},
		{"duties against wishes or non-working days", s.Before.Against, s.After.Against},
		{"duties within a week of another", s.Before.Crowded, s.After.Crowded},
	} {
		if g.before != g.after {
			gains = append(gains, fmt.Sprintf("%d %s instead of %d", g.after, g.what, g.before))
		}
	}
	if len(gains) == 0 {
		return "wishes and prices of rules that weigh less"
	}
	return strings.Join(gains, ", ")
}
