package roster

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestFactorSolvesItsMatrix multiplies out what the factors answer, before and after columns are
// exchanged.
func TestFactorSolvesItsMatrix(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	for range 60 {
		rows := 2 + rng.IntN(30)
		columns := make([]*variable, rows)
		for c := range columns {
			columns[c] = randomColumn(rng, rows)
		}
		f := newFactor(rows)
		basis := make([]*variable, rows)
		for c, r := range f.build(columns) {
			if r != out {
				basis[r] = columns[c]
			}
		}
		for r := range basis { // what depends on others gives way
			if basis[r] == nil {
				basis[r] = &variable{sign: 1, cells: []int32{int32(r)}}
			}
		}
		for c, r := range f.build(basis) {
			if int(r) != c {
				basis = rearranged(t, f, basis)
				break
			}
		}
		checkFactor(t, rng, f, basis)
		for range 5 {
			exchangeOne(rng, f, basis)
			checkFactor(t, rng, f, basis)
		}
	}
}

// rearranged puts every column on the row it is pivoted on.
func rearranged(t *testing.T, f *factor, columns []*variable) []*variable {
	t.Helper()
	basis := make([]*variable, len(columns))
	for c, r := range f.build(columns) {
		if r == out {
			t.Fatal("columns made independent are not")
		}
		basis[r] = columns[c]
	}
	return basis
}

func randomColumn(rng *rand.Rand, rows int) *variable {
	v := &variable{sign: float64(1 - 2*rng.IntN(2))}
	for r := range rows {
		if rng.IntN(rows) < 3 {
			v.cells = append(v.cells, int32(r))
		}
	}
	if len(v.cells) == 0 {
		v.cells = []int32{int32(rng.IntN(rows))}
	}
	return v
}

func exchangeOne(rng *rand.Rand, f *factor, basis []*variable) {
	v := randomColumn(rng, len(basis))
	alpha := make([]float64, len(basis))
	for _, r := range v.cells {
		alpha[r] = v.sign
	}
	f.forward(alpha)
	best := 0
	for r, a := range alpha {
		if math.Abs(a) > math.Abs(alpha[best]) {
			best = r
		}
	}
	if math.Abs(alpha[best]) < 0.1 {
		return
	}
	f.exchange(best, alpha)
	basis[best] = v
}

func checkFactor(t *testing.T, rng *rand.Rand, f *factor, basis []*variable) {
	t.Helper()
	rows := len(basis)
	want, x := make([]float64, rows), make([]float64, rows)
	for r := range want {
		want[r] = float64(rng.IntN(9) - 4)
	}
	copy(x, want)
	f.forward(x)
	sum := make([]float64, rows)
	for c, v := range basis {
		for _, r := range v.cells {
			sum[r] += v.sign * x[c]
		}
	}
	copy(x, want)
	f.backward(x)
	for r := range want {
		if math.Abs(sum[r]-want[r]) > 1e-6 {
			t.Fatalf("row %d of the product is %g, want %g", r, sum[r], want[r])
		}
		if got := basis[r].along(x); math.Abs(got-want[r]) > 1e-6 {
			t.Fatalf("column %d is worth %g, want %g", r, got, want[r])
		}
	}
}
