package rotatest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// Distance is how far one leader ends from what is fair.
type Distance struct {
	Leader rota.LeaderID
	Excess rota.Points // carried in + held - target; below zero for whoever still owes
	Far    bool        // by more than the heaviest duty of the rota and the tolerance, either way
	Remedy string      // the move or two that would bring the leader nearer and keep every hard rule; "" where there is none
}

// Furthest works out everybody's excess, the largest first. For each leader who is further from their
// target than the heaviest duty weighs, it tries every move of one duty to somebody on the other side
// of their target, every exchange of two duties, and every passing on of two duties over a third
// person. Where none of them keeps the hard rules, the distance is forced by who may hold what.
func Furthest(p rota.Problem, d rota.Draft) []Distance {
	m := newMover(p, d)
	var distances []Distance
	for _, l := range p.Leaders {
		x := m.excess[l.ID]
		distance := Distance{Leader: l.ID, Excess: x, Far: max(x, -x) > m.heaviest}
		if distance.Far {
			distance.Remedy = m.remedy(l.ID)
		}
		distances = append(distances, distance)
	}
	slices.SortStableFunc(distances, func(a, b Distance) int {
		return cmp.Or(cmp.Compare(b.Excess, a.Excess), cmp.Compare(a.Leader, b.Leader))
	})
	return distances
}

// CheckFair names everybody who is far from their target and need not be, see Furthest, and a festive period
// that somebody has again although an exchange for a duty that weighs the same would let it go round.
func CheckFair(p rota.Problem, d rota.Draft) []Breach {
	var breaches []Breach
	for _, x := range Furthest(p, d) {
		if x.Remedy != "" {
			breaches = append(breaches, Breach{
				RuleFair, "", x.Leader,
				fmt.Sprintf("%s ends %s points from target, although %s", x.Leader, x.Excess, x.Remedy), 0,
			})
		}
	}
	return append(breaches, checkFestive(p, d)...)
}

// mover tries changes to a rota.
type mover struct {
	*checker
	diaries  map[rota.LeaderID][]entry
	shift    map[rota.DutyID][]rota.Duty // the other tiers of the duty's shift, as held
	excess   map[rota.LeaderID]rota.Points
	heaviest rota.Points // of the rota's duties, and the tolerance on top
}

func newMover(p rota.Problem, d rota.Draft) *mover {
	c := newChecker(p)
	m := &mover{checker: c, shift: map[rota.DutyID][]rota.Duty{}, excess: map[rota.LeaderID]rota.Points{}}
	duties := c.cover(d.Duties)
	c.leaveOut(d.Duties)
	m.diaries = c.diaries(duties)
	for id, balance := range p.Balances {
		m.excess[id] = balance.Total()
	}
	for _, duty := range duties {
		m.excess[duty.Holder] += duty.Points()
		m.heaviest = max(m.heaviest, duty.Points())
		for _, other := range duties {
			if sameShift(duty, other) {
				m.shift[duty.ID] = append(m.shift[duty.ID], other)
			}
		}
	}
	m.heaviest += p.Policy.Tolerance
	m.charge()
	return m
}

// charge takes everybody's fair share off their excess.
func (m *mover) charge() {
	for _, d := range m.wanted {
		pool := m.pool(d)
		var whole rota.Points
		for _, l := range pool {
			whole += rota.Points(l.Share)
		}
		for _, l := range pool {
			m.excess[l.ID] -= d.Points() * rota.Points(l.Share) / whole
		}
	}
}

// move gives a duty to somebody else.
type move struct {
	rota.Duty
	from, to rota.LeaderID
}

// remedy finds a change that brings l, who is far from target, nearer to it.
func (m *mover) remedy(l rota.LeaderID) string {
	for _, other := range m.Leaders {
		from, to := l, other.ID
		if m.excess[l] < 0 {
			from, to = to, from
		}
		if m.excess[from] <= 0 || m.excess[to] >= 0 {
			continue
		}
		for _, d := range m.own(from) {
			if moves := m.first(l, move{d, from, to}); moves != nil {
				return describe(moves)
			}
		}
	}
	return ""
}

// first looks for a change that begins with the given move and does l good: the move alone, an
// exchange with whoever receives, or the move to a third person who passes another duty on.
func (m *mover) first(l rota.LeaderID, give move) []move {
	if alone := []move{give}; m.good(l, alone) {
		return alone
	}
	for _, via := range m.Leaders {
		if via.ID == give.from {
			continue
		}
		for _, d := range m.own(via.ID) {
			moves := []move{{give.Duty, give.from, via.ID}, {d, via.ID, give.to}}
			if via.ID == give.to {
				moves[1].to = give.from
			}
			if m.good(l, moves) {
				return moves
			}
		}
	}
	return nil
}

// own gives the duties of this rota that l holds.
func (m *mover) own(l rota.LeaderID) []rota.Duty {
	var own []rota.Duty
	for _, e := range m.diaries[l] {
		if !e.fixed {
			own = append(own, e.Duty)
		}
	}
	return own
}

// good reports whether the moves bring l nearer to target, put nobody else further away than the
// heaviest duty weighs, and keep every hard rule.
func (m *mover) good(l rota.LeaderID, moves []move) bool {
	after := map[rota.LeaderID]rota.Points{}
	for _, mv := range moves {
		for _, id := range []rota.LeaderID{mv.from, mv.to} {
			if _, ok := after[id]; !ok {
				after[id] = m.excess[id]
			}
		}
		after[mv.from] -= mv.Points()
		after[mv.to] += mv.Points()
	}
	for id, x := range after {
		now, then := max(m.excess[id], -m.excess[id]), max(x, -x)
		if (id == l && then >= now) || then > max(now, m.heaviest) {
			return false
		}
	}
	return m.allowed(moves)
}

// allowed reports whether the moves keep every hard rule.
func (m *mover) allowed(moves []move) bool {
	for _, mv := range moves {
		if len(m.barred(m.leaders[mv.to], mv.Duty)) > 0 {
			return false
		}
	}
	for _, mv := range moves {
		moved := mv.Duty
		moved.Holder = mv.to
		for _, other := range m.shift[mv.ID] {
			for _, also := range moves {
				if also.ID == other.ID {
					other.Holder = also.to
				}
			}
			if len(Hard(m.together(other, moved))) > 0 {
				return false
			}
		}
		if len(Hard(m.diary(mv.to, m.diaryAfter(mv.to, moves)))) > 0 {
			return false
		}
	}
	return true
}

// diaryAfter gives l's diary as the moves would leave it.
func (m *mover) diaryAfter(l rota.LeaderID, moves []move) []entry {
	var diary []entry
	for _, e := range m.diaries[l] {
		if !slices.ContainsFunc(moves, func(mv move) bool { return mv.ID == e.ID && mv.from == l }) {
			diary = append(diary, e)
		}
	}
	for _, mv := range moves {
		if mv.to == l {
			diary = append(diary, entry{mv.Duty, false})
		}
	}
	inOrder(diary)
	return diary
}

// describe says the moves in words.
func describe(moves []move) string {
	var words []string
	for _, mv := range moves {
		words = append(words, fmt.Sprintf("%s could go from %s to %s", mv.ID, mv.from, mv.to))
	}
	return strings.Join(words, " and ")
}
