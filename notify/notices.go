package notify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// Notices makes the messages that tell of events, for the transaction of what they tell of. They are due at once.
type Notices struct {
	Zone    *time.Location // of the PCN
	Domain  string         // right-hand side of the Message-IDs
	Manager bool           // there is a manager to be told
	Confirm Confirming
}

// Changed is what became of one duty, each as it stood with its holder.
type Changed struct {
	Was *rota.Duty // nil for a new one
	Is  *rota.Duty // nil for one that is withdrawn
}

// Changes tells everybody whose own duties changed, in one message each. The name is that of the event, "on-call/12"
// for a version. News has what all are told alike. Of what waits for the same people still unsent, given in waiting,
// nobody needs to hear twice: it is taken up into the new message, and withdrawn.
func (n Notices) Changes(name string, news News, changed []Changed, waiting []Reminder) (plan []Reminder, drop []Result) {
	moves := map[rota.LeaderID][]Move{}
	for _, c := range changed {
		for leader, move := range c.moves() {
			if move.concerns(news.At) {
				moves[leader] = append(moves[leader], move)
			}
		}
	}
	for _, leader := range sortedKeys(moves) {
		told := news
		told.Moves = moves[leader]
		for _, w := range waiting {
			if w.Leader == leader && w.Kind == Change && w.News != nil {
				told.Moves = join(w.News.Moves, told.Moves)
				drop = append(drop, Result{w, Outcome{State: Superseded, At: news.At, Detail: "taken up into a later message before it was sent"}})
			}
		}
		if len(told.Moves) == 0 {
			continue // all is as they last heard
		}
		told.Moves = passedOn(told.Moves, changed)
		sortMoves(told.Moves)
		plan = append(plan, n.change(name, leader, told))
	}
	return plan, drop
}

func (n Notices) change(name string, leader rota.LeaderID, news News) Reminder {
	r := n.event(Change, name, leader, news)
	r.Until = news.At
	for _, m := range news.Moves {
		for _, s := range []*Slot{m.Was, m.Is} {
			if s != nil && s.Span.End.After(r.Until) {
				r.Until = s.Span.End
			}
		}
		by := n.Confirm.ofMove(news.At, m)
		if !by.IsZero() && (r.ConfirmBy.IsZero() || by.Before(r.ConfirmBy)) {
			r.ConfirmBy = by
		}
	}
	r.Until = r.Until.UTC()
	return r
}

// event is a message about something that has just happened.
func (n Notices) event(kind Kind, about string, leader rota.LeaderID, news News) Reminder {
	at := news.At.UTC().Truncate(time.Second)
	news.At = at
	key := Key(fmt.Sprintf("%s/%s/%s", kind, about, cmp.Or(leader, "manager")))
	return Reminder{
		Key: key, Kind: kind, About: about, Leader: leader, Start: at, Due: at, Reason: reasons[kind], MessageID: messageID(string(key), n.Domain),
		News: &news, State: Planned, Next: at, Changed: at,
	}
}

// reasons say why a message that tells of an event is sent.
var reasons = map[Kind]string{
	Change:          "your own duties changed",
	SwapAsked:       "you are asked",
	SwapAnswered:    "what you asked was answered",
	AbsenceDecided:  "what you asked was decided",
	ConfirmOverdue:  "nobody confirmed",
	Undelivered:     "a message could not be delivered",
	Declined:        "a duty was declined in a calendar",
	NobodyGoes:      "nobody is left to go",
	Attendance:      "the PCN tells who attends",
	SignInRequested: "somebody gave your address to sign in",
	Invitation:      "you asked for invitations",
	Cancellation:    "you asked for invitations",
}

// moves says what became of the duty for each whose own it was or is.
func (c Changed) moves() map[rota.LeaderID]Move {
	moves := map[rota.LeaderID]Move{}
	var before, after rota.LeaderID
	if c.Was != nil {
		before = c.Was.Holder
	}
	if c.Is != nil {
		after = c.Is.Holder
	}
	switch {
	case before != "" && before == after:
		if c.Was.Start != c.Is.Start || c.Was.End != c.Is.End {
			m := moveOf(*c.Is)
			m.Was, m.Is = slotOf(*c.Was), slotOf(*c.Is)
			moves[before] = m
		}
		return moves
	case after != "":
		m := moveOf(*c.Is)
		m.Is, m.Other, m.New = slotOf(*c.Is), before, c.Was == nil
		moves[after] = m
	}
	if before != "" {
		m := moveOf(*c.Was)
		m.Was, m.Other = slotOf(*c.Was), after
		moves[before] = m
	}
	return moves
}

// concerns reports whether any of it is still to come at at.
func (m Move) concerns(at time.Time) bool {
	return m.Was != nil && m.Was.Span.End.After(at) || m.Is != nil && m.Is.Span.End.After(at)
}

// join puts what somebody was to be told before what they are to be told now: from how things stood at first to how
// they stand in the end. What has come back to where it was is left out.
func join(earlier, later []Move) []Move {
	all := slices.Clone(earlier)
	for _, m := range later {
		at := slices.IndexFunc(all, func(e Move) bool { return e.Duty == m.Duty && sameSlot(e.Is, m.Was) })
		if at < 0 {
			all = append(all, m)
			continue
		}
		m.Was, m.New = all[at].Was, all[at].New
		all[at] = m
		if sameSlot(m.Was, m.Is) {
			all = slices.Delete(all, at, at+1)
		}
	}
	return all
}

// passedOn names who has what somebody gave up, where that has gone on to yet another.
func passedOn(moves []Move, changed []Changed) []Move {
	for i, m := range moves {
		for _, c := range changed {
			if m.Is == nil && c.Is != nil && c.Is.ID == m.Duty {
				moves[i].Other = c.Is.Holder
			}
		}
	}
	return moves
}

func sameSlot(a, b *Slot) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Start == b.Start && a.End == b.End
}

func sortMoves(moves []Move) {
	start := func(m Move) time.Time {
		if m.Is != nil {
			return m.Is.Span.Start
		}
		return m.Was.Span.Start
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return cmp.Or(start(a).Compare(start(b)), cmp.Compare(a.Duty, b.Duty)) })
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
