package notify

import (
	"cmp"
	"fmt"
	"slices"

	"pcnrota/rota"
)

// Invite makes the calendar invitations that follow from changes, for those leaders who asked for them: an invitation
// to whoever has a duty now, or has it at another time, and a cancellation to whoever has it no more. Of a swap both
// are among them, for the one transaction that they are written in. Sequence tells how often a duty has changed: it
// is what a calendar orders two messages about the same entry by (RFC 5546 section 2.1.4).
func (n Notices) Invite(name string, news News, changed []Changed, asked []rota.LeaderID, sequence func(rota.DutyID) int) []Reminder {
	var all []Reminder
	for _, c := range changed {
		for leader, move := range c.moves() {
			if slices.Contains(asked, leader) && move.concerns(news.At) {
				all = append(all, n.invite(name, news, leader, move, sequence(move.Duty)))
			}
		}
	}
	slices.SortFunc(all, func(a, b Reminder) int { return cmp.Compare(a.Key, b.Key) })
	return all
}

// invite is one message of it. Each is of use until the duty is over: a calendar that is behind shows what is not so.
func (n Notices) invite(name string, news News, leader rota.LeaderID, move Move, sequence int) Reminder {
	kind, until := Invitation, move.Was
	if move.Is == nil {
		kind = Cancellation
	} else {
		until = move.Is
	}
	news.Moves, news.Sequence, news.Offer = []Move{move}, sequence, nil
	r := n.event(kind, fmt.Sprintf("%s/%s", move.Duty, name), leader, news)
	r.Until = until.Span.End.UTC()
	return r
}

// Held invites a leader who has just asked for invitations to the duties that they hold.
func (n Notices) Held(news News, leader rota.LeaderID, duties []rota.Published) []Reminder {
	var all []Reminder
	for _, d := range duties {
		if d.Holder == leader && d.Span.End.After(news.At) {
			move := moveOf(d.Duty)
			move.Is = slotOf(d.Duty)
			name := fmt.Sprintf("asked-%s", news.At.UTC().Format("20060102T150405Z"))
			all = append(all, n.invite(name, news, leader, move, d.Sequence))
		}
	}
	return all
}
