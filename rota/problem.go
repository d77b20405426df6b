package rota

import (
	"fmt"
	"strings"
	"time"
)

// Problem is all that Build looks at.
type Problem struct {
	Policy      Policy
	From, Until Date // shifts that start on From or later, and before Until
	Zone        *time.Location
	Holidays    Holidays
	Leaders     []Leader
	Absences    []Absence
	Wishes      []Wish
	Pins        []Pin             // settled by hand; those about other rotas and times change nothing
	Held        []Duty            // published duties of this and all other rotas that stay as they are, of all years: they count for rest, limits and festive periods
	Sittings    []Sitting         // for the rota Meetings: what it is about, and what its held duties are about
	Published   []Duty            // what is in force of this rota in this time, with its holders: to be kept where all else is equal
	Now         time.Time         // what of Published has begun by then stays as it is; zero where nothing has
	Rotas       []Policy          // all rotas of the PCN: they say whether a held duty is on site, and how much work it is
	Balances    map[LeaderID]Load // carried in: points held minus target, by category
	AllowGaps   bool              // leave open what cannot be covered, as little as can be, instead of giving up
	Effort      int               // how long to search, counted in work: 2 is twice as long as 1, the usual; 0 is 1
	Seed        uint64            // another seed, another rota of the same fairness; the same seed, the same rota

	// UntilStopped searches until the context ends, whatever Effort says, and takes the best rota found by
	// then. It gives up that the same seed gives the same rota.
	UntilStopped bool

	deputises map[LeaderID]int // how often somebody may deputise at meetings, at most; nil for no bounds, see inTurn
}

// Draft is a rota that nobody but the manager has seen.
type Draft struct {
	Policy      Policy
	From, Until Date
	Seed        uint64
	Duties      []Duty     // each with its holder, in order of SortDuties; those of Gaps have none
	Parts       []Part     // who owes how much of these duties, in order of duty, then leader
	Standings   []Standing // one for each leader with a part, a duty or a balance, in order of ID
	Certificate Certificate
	Spent       *Spending    // nil where the policy has no tolerance
	Gaps        *Uncoverable // the duties that nobody holds, and why; nil where everything is covered
	Notes       []string     // what the manager should know, one sentence each
}

// Part is one leader's fair share of one duty. The parts of a duty add up to its points. A duty that nobody
// holds is nobody's share: what nobody did, nobody owes.
type Part struct {
	Duty   DutyID
	Leader LeaderID
	Load   Load
}

// Standing compares what one leader holds with what is fair.
type Standing struct {
	Leader LeaderID
	Before Load // excess carried in
	Held   Load // points of the duties held in this rota
	Target Load // fair share of this rota
}

// After is the excess carried out: above zero for whoever did more than their share.
func (s Standing) After() Load { return s.Before.Plus(s.Held).Minus(s.Target) }

// Excess is the same in one dimension, as rotas are compared by it.
func (s Standing) Excess(m Dimension) Points {
	return toTheHair(m.Of(s.Before.Minus(s.Target))) + m.Of(s.Held)
}

// hair is the least difference in fairness that counts. Equal shares of three are not equal to the last
// millionth, and that must not decide who is on call.
const hair = Point / 10_000

// toTheHair rounds p to whole hairs, half a hair upwards.
func toTheHair(p Points) Points {
	p += hair / 2
	down := p % hair
	if down < 0 {
		down += hair
	}
	return p - down
}

// Uncoverable is the error of a rota that cannot be covered without breaking a hard rule. Which duties stay
// open is in part a choice: Conflicts tell what cannot go together.
type Uncoverable struct {
	Duties    []UncoveredDuty // open in the best rota found
	Least     int             // as many, at least, stay open in any rota that keeps the rules: proved
	Conflicts []Conflict      // why: for the first few of the duties, as far as it is proved
}

// UncoveredDuty is one duty that nobody can hold, with the reason for each leader.
type UncoveredDuty struct {
	Duty    Duty
	Reasons []Reason // in order of leader
}

// Reason says in words why a leader cannot hold a duty: "away from 2027-03-12 to 2027-03-18".
type Reason struct {
	Leader LeaderID
	Why    string
}

// Error names the first few duties and counts the rest.
func (u *Uncoverable) Error() string {
	const shown = 3
	var ids []string
	for i, d := range u.Duties {
		if i == shown {
			ids = append(ids, fmt.Sprintf("%d more", len(u.Duties)-shown))
			break
		}
		ids = append(ids, string(d.Duty.ID))
	}
	return "nobody can hold " + strings.Join(ids, ", ")
}
