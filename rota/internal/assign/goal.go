package assign

import "cmp"

// aim says which of two assignments is better. A search first looks for the fairest, and may then spend
// fairness: see spend.
type aim struct {
	most allowance // what excesses may be at most; nil where nothing is spent and fairness comes first
}

// burden is what spending lightens: who is passed over, then taste.
func burden(passed int, taste int64) int64 { return int64(passed)<<40 + taste }

// allows reports whether the state may be at all.
func (to aim) allows(s *state) bool { return to.most == nil || s.within(to.most) }

// step sets the state against what it was before the trail. It is negative where the state is better now,
// and positive where it is worse or not allowed.
func (to aim) step(s *state, was merit) int {
	if to.most == nil {
		return s.compare(was)
	}
	order := cmp.Or(cmp.Compare(len(s.open), was.open), cmp.Compare(s.weight, was.weight), cmp.Compare(burden(s.passed, s.taste), burden(was.passed, was.taste)))
	switch {
	case order > 0 || !s.within(to.most):
		return 1
	case order < 0:
		return -1
	default:
		return s.compareFairness()
	}
}

// compare sets one assignment against another.
func (to aim) compare(a, b rank) int {
	if to.most == nil {
		return a.compare(b)
	}
	return cmp.Or(cmp.Compare(a.open, b.open), cmp.Compare(a.weight, b.weight), cmp.Compare(burden(a.passed, a.taste), burden(b.passed, b.taste)), a.compare(b))
}
