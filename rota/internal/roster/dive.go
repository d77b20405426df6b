package roster

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// A plunge is how a dive goes: how many lines at most it settles at a time for lack of whole ones, and
// how many rounds the others have to find new lines in answer.
type plunge struct{ lines, rounds int }

// dive settles people on the lines that the linear programme nearly chose, a few at a time, and lets
// the others find new lines in answer, until everybody is settled. A step that makes the programme
// much dearer is taken back, and another line chosen. The result is nil where no roster on the way can
// cost less than target.
func (m *master) dive(ctx context.Context, rng *rand.Rand, how plunge, target int) Roster {
	mistakes := len(m.fixed) / 2
	value := m.worth()
	for {
		chosen, sure := m.ripest(rng, how.lines)
		if len(chosen) == 0 {
			return m.settled()
		}
		for _, j := range chosen {
			m.fix(j)
		}
		_, end := m.optimize(ctx, how.rounds, target)
		if ctx.Err() != nil {
			return nil
		}
		now := m.worth()
		if bad := end == hopeless || now > value+max(1.5, (float64(target)-value)/5); bad && !sure && mistakes > 0 {
			mistakes--
			m.release(chosen)
			m.optimize(ctx, how.rounds, target)
			continue
		}
		if end == hopeless {
			return nil
		}
		value = max(value, now)
	}
}

// worth is what the linear programme costs now.
func (m *master) worth() float64 {
	if m.lp.outside > 0 {
		return math.Inf(1)
	}
	return m.lp.value() + m.base
}

// release frees the people of these lines again, but not for these lines.
func (m *master) release(chosen []int) {
	for _, j := range chosen {
		m.fixed[m.owner[j]] = out
	}
	for k, line := range m.lines {
		if line == nil {
			continue
		}
		for _, j := range chosen {
			if m.owner[k] == m.owner[j] {
				m.bar(k, k == j || !m.limits.allows(m.owner[k], line))
			}
		}
	}
	m.lp.settle()
}

// ripest are the variables to settle next: all lines that are chosen whole, which is sure, and
// otherwise the one with the largest part, give or take a little chance, with others that are chosen
// by more than half.
func (m *master) ripest(rng *rand.Rand, most int) (chosen []int, sure bool) {
	const whole, half = 0.999, 0.6
	var likely []int
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
		return chosen, true
	}
	chosen = append(chosen, best)
	for _, j := range likely {
		if j != best && len(chosen) < most {
			chosen = append(chosen, j)
		}
	}
	return chosen, false
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
