package rota

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// RepairPrice says what it costs in fairness that a repair moves so few duties: it compares the repair with
// a rota that was built anew from the same Problem.
type RepairPrice struct {
	Moves   int // duties that change hands in the repair
	Rebuilt int // duties that change hands in the rota built anew
	Levels  []RepairLevel
}

// RepairLevel holds everybody's excess in one dimension, the largest first.
type RepairLevel struct {
	Dimension Dimension
	Repaired  []Points
	Rebuilt   []Points
}

// priceOfRepair builds the rota anew; it gives nil where Build finds none.
func priceOfRepair(ctx context.Context, p Problem, repaired Draft, progress func(done, of int)) (*RepairPrice, error) {
	rebuilt, err := Build(ctx, p, progress)
	if open := (*Uncoverable)(nil); errors.As(err, &open) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	price := RepairPrice{Moves: changed(p.Published, repaired.Duties), Rebuilt: changed(p.Published, rebuilt.Duties)}
	for _, proof := range rebuilt.Certificate {
		_, with := proof.Proven(repaired.Standings)
		_, without := proof.Proven(rebuilt.Standings)
		price.Levels = append(price.Levels, RepairLevel{proof.Dimension, with, without})
	}
	return &price, nil
}

// changed counts the duties that have another holder than before.
func changed(before, after []Duty) (n int) {
	holder := make(map[DutyID]LeaderID, len(before))
	for _, d := range before {
		holder[d.ID] = d.Holder
	}
	for _, d := range after {
		if holder[d.ID] != d.Holder {
			n++
		}
	}
	return n
}

// worse gives the first place, from 0, where the rebuilt rota is fairer to the eye; -1 where it is not.
func (l RepairLevel) worse() int {
	for i := range min(len(l.Repaired), len(l.Rebuilt)) {
		switch was, is := l.Rebuilt[i], l.Repaired[i]; {
		case was-is >= visible:
			return -1
		case is-was >= visible:
			return i
		}
	}
	return -1
}

// Verdict puts the price into sentences.
func (p RepairPrice) Verdict() string {
	if len(p.Levels) == 0 || (p.Rebuilt <= p.Moves && p.Levels[0].worse() < 0) {
		return "Price: none. A rota built anew would move as many duties and be no fairer."
	}
	verdict := fmt.Sprintf("Price: a rota built anew would move %s instead of %d, ", countOf(p.Rebuilt, "duty", "duties"), p.Moves)
	total := p.Levels[0]
	if at := total.worse(); at >= 0 {
		verdict += fmt.Sprintf("and the %s excess would be %s points instead of %s.", ordinal(at), signedPoints(total.Rebuilt[at]), signedPoints(total.Repaired[at]))
	} else {
		verdict += fmt.Sprintf("and be no fairer: the largest excess is %s points.", signedPoints(total.Repaired[0]))
	}
	var more []string
	for _, level := range p.Levels[1:] {
		if at := level.worse(); at >= 0 {
			more = append(more, fmt.Sprintf("%s, the %s %s instead of %s",
				strings.ToLower(level.Dimension.Title()), ordinal(at), signedPoints(level.Rebuilt[at]), signedPoints(level.Repaired[at])))
		}
	}
	if len(more) > 0 {
		verdict += " By category: " + strings.Join(more, "; ") + "."
	}
	return verdict
}

// ordinal names a place in the list of excesses: "largest", "second largest".
func ordinal(at int) string {
	names := []string{"largest", "second largest", "third largest", "fourth largest"}
	if at < len(names) {
		return names[at]
	}
	return fmt.Sprintf("%dth largest", at+1)
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
