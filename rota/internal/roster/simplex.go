package roster

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A linear is a linear programme in bounded variables with equations, solved by the primal simplex
// method with an explicit inverse of the basis. Bounds and columns may change between two solutions:
// the next one starts at the old basis, and a variable outside its bounds pays for it until it is back.
//
// The right-hand sides carry tiny errors on purpose, so that no two steps tie and none has length
// zero. Nothing is proven from the solution itself (see lagrange), so they do no harm.
type linear struct {
	rows    int
	rhs     []float64
	vars    []variable
	basis   []int     // the variable of each row
	x       []float64 // its value
	inverse []float64 // of the basis matrix, row by row
	price   []float64 // of each row
	fine    []float64 // what the variable of each row pays for being beyond its bounds
	outside int       // variables beyond their bounds, of those in the basis
	pivots  int       // since the inverse was last built
	alpha   []float64
	sparse  []int32
	hot     []int32 // candidates to enter
	gains   []float64
}

// A variable has the coefficient sign in the rows of its column.
type variable struct {
	cost  float64
	most  float64 // upper bound; the lower is zero
	sign  float64
	cells []int32
	row   int32 // its place in the basis, or out
	full  bool  // outside the basis and at its upper bound
}

const (
	out         = -1
	tiny        = 1e-9
	tolerance   = 1e-7
	beyond      = 1000 // what one unit outside the bounds costs
	refreshRate = 400  // pivots between two inversions
)

// newLinear begins with one basic variable a row, each with only that row.
func newLinear(rhs []float64, start []variable, rng *rand.Rand) *linear {
	m := len(rhs)
	l := &linear{
		rows: m, rhs: make([]float64, m), vars: start, basis: make([]int, m),
		x: make([]float64, m), inverse: make([]float64, m*m), price: make([]float64, m), fine: make([]float64, m),
		alpha: make([]float64, m),
	}
	for i := range rhs {
		l.rhs[i] = rhs[i] + 2e-6*rng.Float64()
		l.basis[i] = i
		l.vars[i].row = int32(i)
	}
	l.invert()
	return l
}

// add brings in a variable at zero.
func (l *linear) add(v variable) int {
	v.row = out
	l.vars = append(l.vars, v)
	return len(l.vars) - 1
}

// invert builds the inverse of the basis anew, beginning with the columns of a single entry.
func (l *linear) invert() {
	m := l.rows
	clear(l.inverse)
	for i := range m {
		l.inverse[i*m+i] = 1
	}
	taken := make([]bool, m)
	basis := make([]int, m)
	var wide []int
	for _, j := range l.basis {
		v := &l.vars[j]
		if r := v.cells[0]; len(v.cells) == 1 && !taken[r] {
			taken[r], basis[r], v.row = true, j, r
			l.inverse[int(r)*m+int(r)] = v.sign
		} else {
			wide = append(wide, j)
		}
	}
	for _, j := range wide {
		l.enterAlpha(j)
		r, size := out, 0.0
		for i, a := range l.alpha {
			if !taken[i] && math.Abs(a) > size {
				r, size = i, math.Abs(a)
			}
		}
		taken[r], basis[r], l.vars[j].row = true, j, int32(r)
		l.eliminate(r)
	}
	l.basis = basis
	l.pivots = 0
	l.settle()
}

// settle computes the values of the basic variables and the prices from the inverse.
func (l *linear) settle() {
	m := l.rows
	b := append([]float64(nil), l.rhs...)
	for j := range l.vars {
		if v := &l.vars[j]; v.row == out && v.full {
			for _, r := range v.cells {
				b[r] -= v.sign * v.most
			}
		}
	}
	for i := range m {
		sum := 0.0
		for k, a := range l.inverse[i*m : i*m+m] {
			if a != 0 {
				sum += a * b[k]
			}
		}
		l.x[i] = sum
	}
	l.reprice()
}

// reprice computes the prices of all rows: the cost of the basis times its inverse.
func (l *linear) reprice() {
	clear(l.price)
	l.outside = 0
	for i, j := range l.basis {
		l.fine[i] = l.fineOf(i)
		if l.fine[i] != 0 {
			l.outside++
		}
		l.raise(i, l.vars[j].cost+l.fine[i])
	}
}

// fineOf is what the variable of a row pays for a unit beyond its bounds.
func (l *linear) fineOf(i int) float64 {
	switch x := l.x[i]; {
	case x < -tolerance:
		return -beyond
	case x > l.vars[l.basis[i]].most+tolerance:
		return beyond
	default:
		return 0
	}
}

// raise brings more cost of the variable of a row into the prices.
func (l *linear) raise(i int, by float64) {
	if by == 0 {
		return
	}
	for k, a := range l.inverse[i*l.rows : (i+1)*l.rows] {
		l.price[k] += by * a
	}
}

// refine brings the prices up to date where a step has led variables beyond their bounds or back.
func (l *linear) refine() {
	for i, old := range l.fine {
		fine := l.fineOf(i)
		if fine == old {
			continue
		}
		if old == 0 {
			l.outside++
		} else if fine == 0 {
			l.outside--
		}
		l.raise(i, fine-old)
		l.fine[i] = fine
	}
}

// reduced is the cost of bringing in a unit of a variable.
func (l *linear) reduced(j int) float64 {
	v := &l.vars[j]
	sum := 0.0
	for _, r := range v.cells {
		sum += l.price[r]
	}
	return v.cost - v.sign*sum
}

// gain is what a unit of a step of a variable outside the basis saves: it may rise from zero, or fall
// from its upper bound.
func (l *linear) gain(j int) float64 {
	v := &l.vars[j]
	switch {
	case v.row != out || v.most == 0:
		return 0
	case v.full:
		return l.reduced(j)
	default:
		return -l.reduced(j)
	}
}

// solve pivots until nothing gains, and then reports true, or until stop says so, or limit pivots are
// done.
func (l *linear) solve(limit int, stop func() bool) bool {
	for done := 0; done < limit && !stop(); {
		l.heat()
		if len(l.hot) == 0 {
			return true
		}
		for done < limit {
			j, best := l.hottest()
			if best <= tolerance {
				break
			}
			l.enter(j)
			done++
			if l.pivots > refreshRate {
				l.invert()
			}
		}
	}
	return false
}

// heat lists the variables that gain. Looking at all of them at every pivot would cost more than the
// pivots do, so the best few are worked off before all are looked at again.
func (l *linear) heat() {
	const few = 80
	l.hot, l.gains = l.hot[:0], l.gains[:0]
	for j := range l.vars {
		if g := l.gain(j); g > tolerance {
			l.hot, l.gains = append(l.hot, int32(j)), append(l.gains, g)
		}
	}
	if len(l.hot) <= few {
		return
	}
	sorted := slices.Sorted(slices.Values(l.gains))
	level := sorted[len(sorted)-few]
	kept := l.hot[:0]
	for i, j := range l.hot {
		if l.gains[i] >= level {
			kept = append(kept, j)
		}
	}
	l.hot = kept
}

// hottest is the candidate of the largest gain. Those that no longer gain drop out.
func (l *linear) hottest() (best int, gain float64) {
	kept := l.hot[:0]
	for _, j := range l.hot {
		g := l.gain(int(j))
		if g <= tolerance {
			continue
		}
		kept = append(kept, j)
		if g > gain {
			best, gain = int(j), g
		}
	}
	l.hot = kept
	return best, gain
}

// enterAlpha computes the column of a variable in terms of the basis.
func (l *linear) enterAlpha(j int) {
	v := &l.vars[j]
	m := l.rows
	for i := range l.alpha {
		row := l.inverse[i*m : i*m+m]
		sum := 0.0
		for _, r := range v.cells {
			sum += row[r]
		}
		l.alpha[i] = v.sign * sum
	}
}

// enter moves a variable as far as it gains: to its other bound, or until a basic variable meets a
// bound and leaves in its place.
func (l *linear) enter(j int) {
	v := &l.vars[j]
	l.enterAlpha(j)
	dir := 1.0
	if v.full {
		dir = -1
	}
	r, step, toFull := l.ratio(dir, v.most)
	if r == out && math.IsInf(step, 1) {
		v.most = 0 // cannot happen with finite costs and convexity rows; never loop on noise
		return
	}
	for i, a := range l.alpha {
		l.x[i] -= dir * step * a
	}
	if r == out {
		v.full = !v.full
		l.refine()
		return
	}
	d := l.reduced(j)
	gone := &l.vars[l.basis[r]]
	gone.row, gone.full = out, toFull && gone.most > 0
	was := 0.0
	if v.full {
		was = v.most
	}
	l.basis[r], v.row, v.full = j, int32(r), false
	l.x[r] = was + dir*step
	pivotRow := d / l.alpha[r]
	for k, a := range l.inverse[r*l.rows : (r+1)*l.rows] {
		if a != 0 {
			l.price[k] += pivotRow * a
		}
	}
	l.eliminate(r)
	if l.fine[r] != 0 {
		l.fine[r] = 0 // the price of the row has changed hands
		l.outside--
	}
	l.pivots++
	l.refine()
}

// ratio finds how far the entering variable can go, which row stops it, and whether the variable of
// that row leaves at its upper bound.
func (l *linear) ratio(dir, most float64) (row int, step float64, toFull bool) {
	row, step = out, most
	size := 0.0
	for i, a := range l.alpha {
		rate := -dir * a
		if math.Abs(rate) < 1e-8 {
			continue
		}
		x, top := l.x[i], l.vars[l.basis[i]].most
		var t float64
		full := false
		switch {
		case rate < 0 && x > top+tolerance:
			t, full = (x-top)/-rate, true
		case rate < 0 && x >= -tolerance:
			t = max(x, 0) / -rate
		case rate > 0 && x < -tolerance:
			t = -x / rate
		case rate > 0 && x <= top+tolerance && !math.IsInf(top, 1):
			t, full = max(top-x, 0)/rate, true
		default:
			continue
		}
		if t < step-tiny || t <= step+tiny && math.Abs(rate) > size {
			row, step, toFull, size = i, t, full, math.Abs(rate)
		}
	}
	return row, step, toFull
}

// eliminate makes alpha the unit vector of row r.
func (l *linear) eliminate(r int) {
	m := l.rows
	pivot := l.inverse[r*m : r*m+m]
	l.sparse = l.sparse[:0]
	scale := 1 / l.alpha[r]
	for k, a := range pivot {
		if math.Abs(a) < 1e-13 {
			pivot[k] = 0
			continue
		}
		pivot[k] = a * scale
		l.sparse = append(l.sparse, int32(k))
	}
	for i, a := range l.alpha {
		if i == r || math.Abs(a) < 1e-13 {
			continue
		}
		row := l.inverse[i*m : i*m+m]
		for _, k := range l.sparse {
			row[k] -= a * pivot[k]
		}
	}
}

// value is the cost of the present solution, without what is paid beyond bounds.
func (l *linear) value() float64 {
	sum := 0.0
	for i, j := range l.basis {
		sum += l.vars[j].cost * l.x[i]
	}
	for j := range l.vars {
		if v := &l.vars[j]; v.row == out && v.full {
			sum += v.cost * v.most
		}
	}
	return sum
}

// level is the value of one variable.
func (l *linear) level(j int) float64 {
	switch v := &l.vars[j]; {
	case v.row != out:
		return l.x[v.row]
	case v.full:
		return v.most
	default:
		return 0
	}
}
