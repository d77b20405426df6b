package roster

import (
	"math"
	"math/rand/v2"
)

// A linear is a linear programme in bounded variables with equations, solved by the primal simplex
// method on a factored basis. Bounds and columns may change between two solutions:
// the next one starts at the old basis, and a variable outside its bounds pays for it until it is back.
//
// The right-hand sides carry tiny errors on purpose, so that no two steps tie and none has length
// zero. Nothing is proven from the solution itself (see lagrange), so they do no harm.
type linear struct {
	rows    int
	rhs     []float64
	beyond  float64 // what one unit outside the bounds costs
	vars    []variable
	basis   []int     // the variable of each row
	x       []float64 // its value
	factor  *factor   // of the basis matrix
	price   []float64 // of each row
	fine    []float64 // what the variable of each row pays for being beyond its bounds
	outside int       // variables beyond their bounds, of those in the basis
	alpha   []float64
	rho     []float64 // zero but while prices change
	stops   []halt
	costs   []float64 // reduced, of each variable, carried along from pivot to pivot
	weight  []float64 // of each variable
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
	out       = -1
	tolerance = 1e-7
	slack     = 2e-8 // how far a step may lead beyond a bound for the sake of a good pivot
	blur      = 2e-6 // error of the right-hand sides
	beyond    = 1000 // what one unit outside the bounds costs, or more where the costs are large
)

// newLinear begins with one basic variable a row, each with only that row.
func newLinear(rhs []float64, start []variable, rng *rand.Rand) *linear {
	m := len(rhs)
	l := &linear{
		rows: m, rhs: make([]float64, m), beyond: beyond, vars: start, basis: make([]int, m),
		x: make([]float64, m), price: make([]float64, m), fine: make([]float64, m),
		alpha: make([]float64, m), rho: make([]float64, m), factor: newFactor(m),
	}
	for i := range rhs {
		l.rhs[i] = rhs[i] + blur*rng.Float64()
		l.basis[i] = i
		l.vars[i].row = int32(i)
	}
	l.refactor()
	return l
}

// add brings in a variable at zero.
func (l *linear) add(v variable) int {
	v.row = out
	l.vars = append(l.vars, v)
	return len(l.vars) - 1
}

// refactor factors the basis anew. A column that has come to depend on the others gives way to the
// variable that stands for a row alone.
func (l *linear) refactor() {
	columns := make([]*variable, len(l.basis))
	for {
		for i, j := range l.basis {
			columns[i] = &l.vars[j]
		}
		row := l.factor.build(columns)
		basis := make([]int, l.rows)
		for i := range basis {
			basis[i] = out
		}
		for i, r := range row {
			l.vars[l.basis[i]].row = r
			if r != out {
				basis[r] = l.basis[i]
			}
		}
		whole := true
		for r, j := range basis {
			if j == out {
				basis[r], whole = r, false
				l.vars[r].row, l.vars[r].full = int32(r), false
			}
		}
		l.basis = basis
		if whole {
			break
		}
	}
	l.settle()
}

// settle computes the values of the basic variables and the prices.
func (l *linear) settle() {
	copy(l.x, l.rhs)
	for j := range l.vars {
		if v := &l.vars[j]; v.row == out && v.full {
			for _, r := range v.cells {
				l.x[r] -= v.sign * v.most
			}
		}
	}
	l.factor.forward(l.x)
	l.reprice()
}

// reprice computes the prices of all rows: the cost of the basis times its inverse.
func (l *linear) reprice() {
	l.outside = 0
	for i, j := range l.basis {
		l.fine[i] = l.fineOf(i)
		if l.fine[i] != 0 {
			l.outside++
		}
		l.price[i] = l.vars[j].cost + l.fine[i]
	}
	l.factor.backward(l.price)
}

// fineOf is what the variable of a row pays for a unit beyond its bounds.
func (l *linear) fineOf(i int) float64 {
	switch x := l.x[i]; {
	case x < -tolerance:
		return -l.beyond - l.vars[l.basis[i]].cost
	case x > l.vars[l.basis[i]].most+tolerance:
		return l.beyond
	default:
		return 0
	}
}

// refine brings the prices up to date where a step has led variables beyond their bounds or back.
func (l *linear) refine() {
	changed := false
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
		l.rho[i] = fine - old
		l.fine[i] = fine
		changed = true
	}
	if changed {
		l.factor.backward(l.rho)
		l.raise(1)
		l.survey()
	}
}

// solve pivots until nothing gains, and then reports true, or until stop says so, or limit pivots are
// done.
func (l *linear) solve(limit int, stop func() bool) bool {
	l.survey()
	l.forget()
	for done := 0; done < limit && !stop(); done++ {
		j := l.choose()
		if j == out {
			l.survey() // what was carried along may be off by a little
			if j = l.choose(); j == out {
				return true
			}
		}
		l.enter(j)
		if l.factor.stale() {
			l.refactor()
			l.survey()
		}
	}
	return false
}

// enterAlpha computes the column of a variable in terms of the basis.
func (l *linear) enterAlpha(j int) {
	clear(l.alpha)
	v := &l.vars[j]
	for _, r := range v.cells {
		l.alpha[r] = v.sign
	}
	l.factor.forward(l.alpha)
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
	l.rho[r] = 1
	l.factor.backward(l.rho)
	l.follow(j, r, d)
	gone := &l.vars[l.basis[r]]
	gone.row, gone.full = out, toFull && gone.most > 0
	was := 0.0
	if v.full {
		was = v.most
	}
	l.basis[r], v.row, v.full = j, int32(r), false
	l.x[r] = was + dir*step
	l.factor.exchange(r, l.alpha)
	if l.fine[r] != 0 {
		l.fine[r] = 0 // the price of the row has changed hands
		l.outside--
	}
	l.refine()
}

// ratio finds how far the entering variable can go, which row stops it, and whether the variable of
// that row leaves at its upper bound. Of the rows that stop it within the tolerance, the one with the
// largest coefficient does (Harris, Mathematical Programming 5, 1973): a small one would spoil the basis.
func (l *linear) ratio(dir, most float64) (row int, step float64, toFull bool) {
	furthest := math.Inf(1)
	l.stops = l.stops[:0]
	for i, a := range l.alpha {
		if math.Abs(a) < 1e-7 {
			continue
		}
		if t, full, stops := l.stop(i, -dir*a); stops {
			l.stops = append(l.stops, halt{i, t, full})
			furthest = min(furthest, t+slack/math.Abs(a))
		}
	}
	if most <= furthest {
		return out, most, false
	}
	row = out
	size := 0.0
	for _, h := range l.stops {
		if a := math.Abs(l.alpha[h.row]); h.step <= furthest && a > size {
			row, step, toFull, size = h.row, h.step, h.full, a
		}
	}
	return row, step, toFull
}

// A halt is where a basic variable meets a bound.
type halt struct {
	row  int
	step float64
	full bool
}

// stop is how far the variable of a row can go at a rate. One that is beyond a bound stops there.
func (l *linear) stop(i int, rate float64) (step float64, full, stops bool) {
	x, top := l.x[i], l.vars[l.basis[i]].most
	switch {
	case rate < 0 && x > top+tolerance:
		return (x - top) / -rate, true, true
	case rate < 0 && x >= -tolerance:
		return max(x, 0) / -rate, false, true
	case rate > 0 && x < -tolerance:
		return -x / rate, false, true
	case rate > 0 && x <= top+tolerance && !math.IsInf(top, 1):
		return max(top-x, 0) / rate, true, true
	}
	return 0, false, false
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

// fines is what is paid for being beyond bounds.
func (l *linear) fines() float64 {
	sum := 0.0
	for i, fine := range l.fine {
		switch {
		case fine < 0:
			sum += fine * l.x[i]
		case fine > 0:
			sum += fine * (l.x[i] - l.vars[l.basis[i]].most)
		}
	}
	return sum
}

// A posture is a basis to come back to.
type posture struct {
	basis []int
	full  []int
}

func (l *linear) posture() posture {
	p := posture{basis: append([]int(nil), l.basis...)}
	for j := range l.vars {
		if v := &l.vars[j]; v.row == out && v.full {
			p.full = append(p.full, j)
		}
	}
	return p
}

// resume goes back to a basis. What lay at its upper bound is there again.
func (l *linear) resume(p posture) {
	for j := range l.vars {
		l.vars[j].row, l.vars[j].full = out, false
	}
	for _, j := range p.full {
		l.vars[j].full = !math.IsInf(l.vars[j].most, 1)
	}
	copy(l.basis, p.basis)
	l.refactor()
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
