package rota

import (
	"math/big"
	"slices"
)

// Evenness says in three figures how evenly points are spread over people. They describe a rota to people
// and compare it with others; what the planner makes even is told in the package comment.
//
// Jain and Gini are taken over what each holds as a part of their target, so that a part-timer with half
// the points is as well off as everybody else. Who has no target has no such part and counts for the
// spread only. Where nothing was shared out, or nobody holds anything, nothing is uneven: 1 and 0.
type Evenness struct {
	Spread Points  // largest excess minus smallest
	Most   Points  // largest excess
	Least  Points  // smallest excess
	Jain   float64 // from 1/Shared, one person holds everything, to 1, all at target in proportion
	Gini   float64 // from 0, all at target in proportion, to 1 - 1/Shared, one person holds everything
	Shared int     // how many have a target
}

// Measure works out the figures over standings, for the points that of takes from a load: Load.Total, or
// those of one category. It counts in whole numbers and turns the results into floating point last, so
// they do not depend on order or machine.
func Measure(standings []Standing, of func(Load) Points) Evenness {
	var e Evenness
	var parts []*big.Rat
	for i, s := range standings {
		excess := of(s.After())
		if i == 0 {
			e.Most, e.Least = excess, excess
		}
		e.Most, e.Least = max(e.Most, excess), min(e.Least, excess)
		if target := of(s.Target); target > 0 {
			parts = append(parts, big.NewRat(int64(of(s.Held)), int64(target)))
		}
	}
	e.Spread, e.Shared = e.Most-e.Least, len(parts)
	e.Jain, e.Gini = jain(parts), gini(parts)
	return e
}

// jain is the index of Jain, Chiu and Hawe, "A quantitative measure of fairness and discrimination for
// resource allocation in shared computer systems", DEC research report TR-301 (1984):
// (sum x)^2 / (n sum x^2).
func jain(x []*big.Rat) float64 {
	sum, squares := new(big.Rat), new(big.Rat)
	for _, v := range x {
		sum.Add(sum, v)
		squares.Add(squares, new(big.Rat).Mul(v, v))
	}
	if squares.Sign() == 0 {
		return 1
	}
	index, _ := sum.Mul(sum, sum).Quo(sum, squares.Mul(squares, whole(len(x)))).Float64()
	return index
}

// gini is the coefficient of Gini, "Variabilità e mutabilità" (1912): the mean difference of all pairs,
// in proportion to twice the mean. With x in ascending order that is
// sum (2i - n - 1) x_i / (n sum x), i counting from 1.
func gini(x []*big.Rat) float64 {
	x = slices.SortedFunc(slices.Values(x), (*big.Rat).Cmp)
	sum, spread := new(big.Rat), new(big.Rat)
	for i, v := range x {
		sum.Add(sum, v)
		spread.Add(spread, new(big.Rat).Mul(whole(2*i+1-len(x)), v))
	}
	if sum.Sign() == 0 {
		return 0
	}
	coefficient, _ := spread.Quo(spread, sum.Mul(sum, whole(len(x)))).Float64()
	return coefficient
}

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }
