package roster

import (
	"math"
	"slices"
)

// A factor is the basis matrix of a linear programme as the product of a lower and an upper triangle,
// both sparse, and of one column for every exchange since (the product form of the inverse). The
// column of a basic variable has the number of the row it was pivoted on.
type factor struct {
	rows  int
	order []int32 // rows in the order of their pivots
	diag  []float64
	lower triangle // by pivot: rows below, and what of the pivot they lose
	upper triangle // by pivot: later pivots, and what of them is in its row
	etas  triangle // by exchange: the other rows
	swaps []swap
	rest  remainder
}

// A swap is where a column came in, and its entry in the row of the one that left.
type swap struct {
	row   int32
	pivot float64
}

// A triangle is a list of sparse vectors, with the transpose where it is needed.
type triangle struct {
	start []int32
	index []int32
	value []float64
	turn  *triangle // by row, in place of by pivot
}

func (t *triangle) clear() {
	t.start, t.index, t.value = append(t.start[:0], 0), t.index[:0], t.value[:0]
}

func (t *triangle) put(i int32, v float64) {
	t.index = append(t.index, i)
	t.value = append(t.value, v)
}

// end closes a vector.
func (t *triangle) end() { t.start = append(t.start, int32(len(t.index))) }

// less subtracts v times vector k from x.
func (t *triangle) less(k int32, v float64, x []float64) {
	index := t.index[t.start[k]:t.start[k+1]]
	value := t.value[t.start[k]:t.start[k+1]][:len(index)]
	for n, i := range index {
		x[i] -= v * value[n]
	}
}

// transpose lists the entries by the row they are in, each under the row of its pivot.
func (t *triangle) transpose(rows int, order []int32) {
	if t.turn == nil {
		t.turn = &triangle{}
	}
	turn := t.turn
	turn.start = append(turn.start[:0], make([]int32, rows+1)...)
	for _, i := range t.index {
		turn.start[i+1]++
	}
	for i := range rows {
		turn.start[i+1] += turn.start[i]
	}
	turn.index = slices.Grow(turn.index[:0], len(t.index))[:len(t.index)]
	turn.value = slices.Grow(turn.value[:0], len(t.index))[:len(t.index)]
	next := slices.Clone(turn.start[:rows])
	for k, pivot := range order {
		for n := t.start[k]; n < t.start[k+1]; n++ {
			at := next[t.index[n]]
			next[t.index[n]]++
			turn.index[at], turn.value[at] = pivot, t.value[n]
		}
	}
}

func newFactor(rows int) *factor {
	return &factor{rows: rows, diag: make([]float64, rows)}
}

// build factors the matrix of these columns anew, and says on which row each was pivoted: out where it
// depends on others. Then the factors are of no use, and the matrix wants another column in its place.
func (f *factor) build(columns []*variable) (row []int32) {
	f.lower.clear()
	f.upper.clear()
	f.etas.clear()
	f.swaps, f.order = f.swaps[:0], f.order[:0]
	f.rest.fill(f.rows, columns)
	row = make([]int32, len(columns))
	for c := range row {
		row[c] = out
	}
	for {
		c, r := f.rest.pivot()
		if c == out {
			break
		}
		row[c] = r
		f.order = append(f.order, r)
		f.diag[r] = f.rest.eliminate(r, c, &f.lower, &f.upper)
	}
	if len(f.order) < f.rows {
		return row
	}
	for n, c := range f.upper.index {
		f.upper.index[n] = row[c]
	}
	f.lower.transpose(f.rows, f.order)
	f.upper.transpose(f.rows, f.order)
	return row
}

// forward turns a column into its coefficients in the basis.
func (f *factor) forward(x []float64) {
	for k, r := range f.order {
		if v := x[r]; v != 0 {
			f.lower.less(int32(k), v, x)
		}
	}
	for k := len(f.order) - 1; k >= 0; k-- {
		r := f.order[k]
		if x[r] == 0 {
			continue
		}
		x[r] /= f.diag[r]
		f.upper.turn.less(r, x[r], x)
	}
	for k, s := range f.swaps {
		if x[s.row] == 0 {
			continue
		}
		x[s.row] /= s.pivot
		f.etas.less(int32(k), x[s.row], x)
	}
}

// backward turns costs of the basic variables into prices of the rows.
func (f *factor) backward(x []float64) {
	for k := len(f.swaps) - 1; k >= 0; k-- {
		s := f.swaps[k]
		sum := x[s.row]
		from, to := f.etas.start[k], f.etas.start[k+1]
		value := f.etas.value[from:to]
		for n, i := range f.etas.index[from:to] {
			sum -= x[i] * value[n]
		}
		x[s.row] = sum / s.pivot
	}
	for k, r := range f.order {
		if x[r] == 0 {
			continue
		}
		x[r] /= f.diag[r]
		f.upper.less(int32(k), x[r], x)
	}
	for k := len(f.order) - 1; k >= 0; k-- {
		r := f.order[k]
		if v := x[r]; v != 0 {
			f.lower.turn.less(r, v, x)
		}
	}
}

// exchange brings in the column with these coefficients in place of the one of a row.
func (f *factor) exchange(r int, alpha []float64) {
	for i, a := range alpha {
		if i != r && math.Abs(a) > 1e-13 {
			f.etas.put(int32(i), a)
		}
	}
	f.etas.end()
	f.swaps = append(f.swaps, swap{int32(r), alpha[r]})
}

// stale says whether to factor anew costs less than to go on.
func (f *factor) stale() bool {
	return len(f.swaps) >= 100 || len(f.etas.index) > 2*(len(f.lower.index)+len(f.upper.index))+40*f.rows
}
