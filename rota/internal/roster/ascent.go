package roster

import (
	"context"
	"math"
)

// ascend looks for good prices without any linear programme: a price rises where the cheapest lines
// leave demand unmet and falls where they crowd (the volume algorithm of Barahona and Anbil,
// Mathematical Programming 87, 2000). It comes close in a few dozen rounds, where a linear programme
// that begins with foolish prices spends hundreds; the lines of its last rounds are what that
// programme needs to begin well. On the longest horizons it is the only proof there is time for.
//
// It leaves the best prices in center and returns the bound that they prove.
func (m *master) ascend(ctx context.Context, rounds, target int, prove func(int)) (bound int) {
	cells := len(m.p.Demand)
	at, drift := make([]float64, cells), make([]float64, cells)
	for i, d := range m.p.Demand {
		at[i] = float64(d.Under-d.Over) / 4
	}
	best, step, idle := math.Inf(-1), 1.0, 0
	bound = math.MinInt
	for round := 0; round < rounds && ctx.Err() == nil && m.tick(); round++ {
		exact, _, legal := m.generate(at, func(int, Line) bool { return 3*round > rounds })
		if !legal {
			break
		}
		idle++
		if exact > best {
			if exact > best+0.01*(float64(target)-best) {
				idle = 0
			}
			best = exact
			m.center = append(m.center[:0], at...)
			bound = int(math.Ceil(exact - 1e-9))
			prove(bound)
		}
		if bound >= target {
			break
		}
		if idle >= 8 {
			step, idle = step*0.6, 0
		}
		if step < 0.003 {
			break
		}
		m.turn(at, drift, step*(1.05*float64(target)-exact))
	}
	return bound
}

// turn moves the prices along the misfit of demand of this round and of the ones before it.
func (m *master) turn(at, drift []float64, gap float64) {
	const fresh = 0.3
	norm := 0.0
	for i, d := range m.p.Demand {
		g := float64(d.Need - m.load[i])
		drift[i] += fresh * (g - drift[i])
		norm += drift[i] * drift[i]
	}
	if norm == 0 {
		return
	}
	for i, d := range m.p.Demand {
		moved := m.center[i] + gap/norm*drift[i]
		at[i] = max(-float64(d.Over), min(float64(d.Under), moved))
	}
}
