package roster

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestLinearProgrammeIsOptimal checks the conditions of optimality on random programmes, with bounds
// that change between solutions.
func TestLinearProgrammeIsOptimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	never := func() bool { return false }
	for range 50 {
		l := randomLinear(rng)
		l.solve(math.MaxInt, never)
		checkOptimal(t, l)
		for j := l.rows; j < len(l.vars); j++ {
			v := &l.vars[j]
			if v.most = float64(rng.IntN(3)); v.most == 0 {
				v.full = false
			}
		}
		l.settle()
		l.solve(math.MaxInt, never)
		checkOptimal(t, l)
	}
}

func randomLinear(rng *rand.Rand) *linear {
	rows := 3 + rng.IntN(8)
	rhs := make([]float64, rows)
	var start []variable
	for i := range rhs {
		rhs[i] = float64(1 + rng.IntN(4))
		start = append(start, variable{cost: 100, most: math.Inf(1), sign: 1, cells: []int32{int32(i)}})
	}
	l := newLinear(rhs, start, rng)
	for range 4 * rows {
		v := variable{cost: float64(rng.IntN(40)), most: math.Inf(1), sign: 1}
		if rng.IntN(3) == 0 {
			v.most = 1
		}
		for i := range rows {
			if rng.IntN(3) == 0 {
				v.cells = append(v.cells, int32(i))
			}
		}
		if len(v.cells) > 0 {
			l.add(v)
		}
	}
	return l
}

func checkOptimal(t *testing.T, l *linear) {
	t.Helper()
	sums := make([]float64, l.rows)
	for j := range l.vars {
		x := l.level(j)
		if x < -1e-6 || x > l.vars[j].most+1e-6 {
			t.Fatalf("variable %d is %g, at most %g", j, x, l.vars[j].most)
		}
		if g := l.gain(j); g > 2e-6 {
			t.Fatalf("variable %d still gains %g", j, g)
		}
		for _, r := range l.vars[j].cells {
			sums[r] += l.vars[j].sign * x
		}
	}
	for i, sum := range sums {
		if math.Abs(sum-l.rhs[i]) > 1e-6 {
			t.Fatalf("row %d is %g, want %g", i, sum, l.rhs[i])
		}
	}
}
