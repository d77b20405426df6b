package assign

import (
	"context"
	"sync"
)

// stride is how many steps are made between two looks at whether to go on.
const stride = 8192

// meter adds up the work of all workers for whoever watches.
type meter struct {
	tell  func(done, of int)
	guard sync.Mutex
	done  int
	of    int // 0: nobody knows
}

func newMeter(p *Problem, steps int, tell func(done, of int)) *meter {
	m := &meter{tell: tell, of: p.Starts * (steps + steps/2)}
	if p.Tolerance > 0 {
		m.of += workers * (steps + steps/2)
	}
	if p.UntilStopped {
		m.of = 0
	}
	return m
}

// goesOn counts work that has been done, and reports whether to go on.
func (m *meter) goesOn(ctx context.Context, work int) bool {
	m.guard.Lock()
	defer m.guard.Unlock()
	m.done += work
	if m.of > 0 {
		m.done = min(m.done, m.of) // starts beyond those planned
	}
	m.tell(m.done, m.of)
	return ctx.Err() == nil
}

// each makes so many steps, or fewer where ctx ends.
func (m *meter) each(ctx context.Context, steps int, do func(step int)) {
	for step := range steps {
		if step > 0 && step%stride == 0 && !m.goesOn(ctx, stride) {
			return
		}
		do(step)
	}
	m.goesOn(ctx, steps%stride)
}

// end tells that the work is done.
func (m *meter) end() {
	if m.of > 0 {
		m.done = m.of
	}
	m.tell(m.done, m.of)
}
