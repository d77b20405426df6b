package roster

import (
	"context"
	"math/rand/v2"
	"slices"
)

// dive settles people on the lines that the linear programme nearly chose, a few at a time, and lets
// the others find new lines in answer, until everybody is settled. It returns nil where no roster on
// the way can cost less than target.
func (m *master) dive(ctx context.Context, rng *rand.Rand, target int) Roster {
	for {
		chosen := m.ripest(rng)
		if len(chosen) == 0 {
			return m.settled()
		}
		for _, j := range chosen {
			m.fix(j)
		}
		if _, end := m.optimize(ctx, diveRounds, target); end == hopeless || ctx.Err() != nil {
			return nil
		}
	}
}

// diveRounds is how long the others may look for new lines after every step of a dive.
const diveRounds = 5

// ripest are the variables to settle next: all lines that are chosen whole, and otherwise the one with
// the largest part, give or take a little chance, with up to a fifteenth of the others that are chosen
// by more than half.
func (m *master) ripest(rng *rand.Rand) []int {
	const whole, half = 0.999, 0.6
	var chosen, likely []int
	best, part := out, 0.0
	for j, line := range m.lines {
		if line == nil || m.fixed[m.owner[j]] != out {
			continue
		}
		x := m.lp.level(j)
		blurred := x + 0.2*rng.Float64()
		switch {
		case x > whole:
			chosen = append(chosen, j)
			continue
		case x < 1e-6:
			continue
		case x > half:
			likely = append(likely, j)
		}
		if blurred > part {
			best, part = j, blurred
		}
	}
	if len(chosen) > 0 || best == out {
		return chosen
	}
	chosen = append(chosen, best)
	for _, j := range likely {
		if j != best && len(chosen) < len(m.fixed)/15 {
			chosen = append(chosen, j)
		}
	}
	return chosen
}

// settled is the roster of the fixed lines, or nil while somebody has none.
func (m *master) settled() Roster {
	r := make(Roster, len(m.fixed))
	for i, j := range m.fixed {
		if j == out {
			return nil
		}
		r[i] = slices.Clone(m.lines[j])
	}
	return r
}
