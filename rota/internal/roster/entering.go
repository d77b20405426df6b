package roster

// Which variable enters decides how many pivots there are. The one that gains most for a unit of its
// own may hardly move; so a gain is measured against how far the basis moves along with it, as Devex
// estimates that (Forrest and Goldfarb, Mathematical Programming 57, 1992).

// reduced is the cost of bringing in a unit of a variable.
func (l *linear) reduced(j int) float64 {
	v := &l.vars[j]
	return v.cost - v.along(l.price)
}

// along is the product of a column and a vector of rows.
func (v *variable) along(rows []float64) float64 {
	sum := 0.0
	for _, r := range v.cells {
		sum += rows[r]
	}
	return v.sign * sum
}

// survey computes the reduced costs of all variables from the prices.
func (l *linear) survey() {
	for len(l.costs) < len(l.vars) {
		l.costs, l.weight = append(l.costs, 0), append(l.weight, 1)
	}
	for j := range l.vars {
		if v := &l.vars[j]; v.row == out && v.most != 0 {
			l.costs[j] = l.reduced(j)
		}
	}
}

// forget makes the present basis the one that the weights refer to.
func (l *linear) forget() {
	for j := range l.weight {
		l.weight[j] = 1
	}
}

// gain is what a unit of a step of a variable outside the basis saves: it may rise from zero, or fall
// from its upper bound.
func (l *linear) gain(j int) float64 {
	switch v := &l.vars[j]; {
	case v.row != out || v.most == 0:
		return 0
	case v.full:
		return l.costs[j]
	default:
		return -l.costs[j]
	}
}

// choose is the variable to enter, or out.
func (l *linear) choose() int {
	best, most := out, 0.0
	for j := range l.vars {
		if g := l.gain(j); g > 10*tolerance && g*g > most*l.weight[j] {
			best, most = j, g*g/l.weight[j]
		}
	}
	return best
}

// follow carries prices, reduced costs and weights along when variable j enters on row r, whose row of
// the inverse stands in rho.
func (l *linear) follow(j, r int, reduced float64) {
	pivot := l.alpha[r]
	by, weight := reduced/pivot, l.weight[j]
	for k := range l.vars {
		v := &l.vars[k]
		if v.row != out || v.most == 0 {
			continue
		}
		if a := v.along(l.rho); a != 0 {
			l.costs[k] -= by * a
			l.weight[k] = max(l.weight[k], a*a/(pivot*pivot)*weight)
		}
	}
	gone := l.basis[r]
	l.costs[gone], l.weight[gone] = -by, max(1, weight/(pivot*pivot))
	if weight > 1e6 {
		l.forget()
	}
	l.raise(by)
}

// raise brings a change in the costs of the basis, of which rho is the price of each row, into the
// prices.
func (l *linear) raise(by float64) {
	for k, a := range l.rho {
		if a != 0 {
			l.price[k] += by * a
			l.rho[k] = 0
		}
	}
}
