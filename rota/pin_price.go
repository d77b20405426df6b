package rota

import (
	"fmt"
	"strings"
)

// PinsPrice says what the pins of a rota cost in fairness, all of them together.
type PinsPrice struct {
	Count  int          // pins about duties of the rota
	Levels []PriceLevel // one for each dimension by which the rota has points, in their order
}

// PriceLevel compares the largest excess in one dimension with what it would be without the pins.
type PriceLevel struct {
	Dimension Dimension
	With      Points
	Without   Points // in a rota that was built without them
	Bound     Points // no rota without them is below this, as the certificate of that rota proves
}

// PriceOfPins compares a rota with one that was built from the same Problem without its pins.
func PriceOfPins(pins []Pin, with, without Draft) PinsPrice {
	price := PinsPrice{Count: len(pins)}
	for _, proof := range without.Certificate {
		_, pinned := proof.Proven(with.Standings)
		_, free := proof.Proven(without.Standings)
		price.Levels = append(price.Levels, PriceLevel{proof.Dimension, pinned[0], free[0], proof.Bound[0]})
	}
	return price
}

// costs reports whether the pins make a difference that shows.
func (l PriceLevel) costs() bool {
	return l.Without < l.With && signedPoints(l.Without) != signedPoints(l.With)
}

// Verdict puts the price into sentences. It promises no more than was found or proved.
func (p PinsPrice) Verdict() string {
	verdict := fmt.Sprintf("Pins: %d settled by hand. ", p.Count)
	if len(p.Levels) == 0 {
		return verdict + "The rota has no points, so they cost none."
	}
	total := p.Levels[0]
	switch {
	case total.costs() && total.Without == total.Bound:
		verdict += fmt.Sprintf("Without them the largest excess would be %s points at best, instead of %s.", signedPoints(total.Without), signedPoints(total.With))
	case total.costs():
		verdict += fmt.Sprintf("Without them the largest excess would be %s points instead of %s; %s at best.",
			signedPoints(total.Without), signedPoints(total.With), signedPoints(total.Bound))
	case total.With == total.Bound:
		verdict += fmt.Sprintf("The largest excess is %s points, and no smaller without them.", signedPoints(total.With))
	default:
		verdict += fmt.Sprintf("The largest excess is %s points, and none smaller was found without them.", signedPoints(total.With))
	}
	var more []string
	for _, level := range p.Levels[1:] {
		if level.costs() {
			more = append(more, fmt.Sprintf("%s %s instead of %s", strings.ToLower(level.Dimension.Title()), signedPoints(level.Without), signedPoints(level.With)))
		}
	}
	if len(more) > 0 {
		verdict += " By category it would be: " + strings.Join(more, ", ") + "."
	}
	return verdict
}
