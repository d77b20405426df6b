package rota

import (
	"fmt"
	"strings"
)

// This file puts a cut into words, where it says more than that there is so much to share.

// few is how many leaders a reason may name.
const few = 6

// Reading says in words why somebody must end as high as the largest excess, where that is because only some leaders
// can hold some duties: "14 duties can only be held by A, B and C ...". It is "" where there is no such reason, or
// where the rota at hand proves less. It gives the leaders whom it concerns.
func (p Proof) Reading(name func(LeaderID) string) (reading string, members []LeaderID) {
	if len(p.Cuts) == 0 || len(p.Cuts[0].Members) == len(p.Given) || len(p.Cuts[0].Members) > few || p.Least[0] != p.Bound[0] {
		return "", nil
	}
	cut := p.Cuts[0]
	names := make([]string, len(cut.Members))
	for i, id := range cut.Members {
		names[i] = name(id)
	}
	what, each := "duties", (cut.Duties+len(names)-1)/len(names)
	if cut.Duties == 1 {
		what = "duty"
	}
	if p.Dimension != Total {
		what += " with " + strings.TrimSuffix(strings.ToLower(p.Dimension.Title()), "s") + " points"
	}
	if len(names) == 1 {
		return fmt.Sprintf("%d %s can only be held by %s, who therefore ends at %s or above in any rota.",
			cut.Duties, what, names[0], signedPoints(cut.Level)), cut.Members
	}
	return fmt.Sprintf("%d %s can only be held by %s and %s: one of them holds %d or more, and one ends at %s or above in any rota.",
		cut.Duties, what, strings.Join(names[:len(names)-1], ", "), names[len(names)-1], each, signedPoints(cut.Level)), cut.Members
}
