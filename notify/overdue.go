package notify

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// overdue decides what is to happen where somebody was asked to confirm and does not: at the time given, whoever is on
// with them is told; half of the time that is left then, or what Confirm allows, later the manager is; in quiet hours that
// waits where it can. It is planned as
// soon as the question was sent, and is no longer wanted once it is confirmed, or the duties are others'.
func overdue(a Agenda, rules Rules, now time.Time) []Reminder {
	var reminders []Reminder
	for _, r := range a.Asked {
		moves := a.toConfirm(r, rules, now)
		if len(moves) == 0 {
			continue
		}
		first := moves[0].Is.Span.Start
		due := rules.Quiet.wake(rules.Confirm.answerBy(r, r.Changed, first), first, rules.Zone)
		then := rules.Confirm.by(due, first)
		if !then.IsZero() {
			then = rules.Quiet.wake(then, first, rules.Zone)
		}
		deputies := a.besides(moves, r.Leader)
		if len(deputies) == 0 || then.IsZero() {
			then = due
		}
		for _, deputy := range deputies {
			reminders = append(reminders, rules.silence(ConfirmOverdue, r, ToDeputy, deputy, due, moves, now))
		}
		reminders = append(reminders, rules.silence(ConfirmOverdue, r, ToManager, "", then, moves, now))
	}
	return reminders
}

// silence is the message that somebody else gets because r found nobody.
func (r Rules) silence(kind Kind, lost Reminder, step Step, to rota.LeaderID, due time.Time, moves []Move, now time.Time) Reminder {
	n := Notices{Zone: r.Zone, Domain: r.Domain}
	news := News{At: due, Moves: nil, Silence: &Silence{Number: lost.Number, Kind: lost.Kind, Leader: lost.Leader, Asked: lost.Changed, Step: step, Moves: moves}}
	m := n.event(kind, fmt.Sprintf("%d/%s", lost.Number, step), to, news)
	m.Until, m.Changed = moves[0].Is.Span.Start.UTC(), now
	for _, move := range moves {
		if move.Is.Span.End.After(m.Until) {
			m.Until = move.Is.Span.End.UTC()
		}
	}
	return m
}

// stillTheirs gives what r is about as far as its recipient still holds it and it has not begun, in order of time.
func (a Agenda) stillTheirs(r Reminder, now time.Time) []Move {
	var moves []Move
	for _, m := range movesOf(r) {
		for _, d := range a.Duties {
			same := d.ID == m.Duty && d.Holder == r.Leader && (m.Is == nil || d.Span.Start.Equal(m.Is.Span.Start))
			if same && d.Span.Start.After(now) {
				moves = append(moves, Move{Duty: d.ID, Rota: d.Rota, Tier: d.Tier, Is: slotOf(d.Duty)})
			}
		}
	}
	sortMoves(moves)
	return moves
}

// toConfirm gives those of them that r asks to confirm: all else is reminded of in time.
func (a Agenda) toConfirm(r Reminder, rules Rules, now time.Time) []Move {
	far := func(m Move) bool { return r.Kind == Change && m.Is.Span.Start.Sub(r.Start) > rules.Confirm.Ahead }
	return slices.DeleteFunc(a.stillTheirs(r, now), far)
}

// movesOf gives the duties that r tells its recipient to hold.
func movesOf(r Reminder) []Move {
	if r.Kind == Duty || r.Kind == Handover {
		return []Move{{Duty: rota.DutyID(r.About)}}
	}
	if r.News == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.News.Moves), func(m Move) bool { return m.Is == nil })
}

// besides gives who is on in another tier at the time of any of the moves, in order of ID: they are there anyway, and
// would have to step in.
func (a Agenda) besides(moves []Move, leader rota.LeaderID) []rota.LeaderID {
	var all []rota.LeaderID
	for _, d := range a.Duties {
		for _, m := range moves {
			if d.Rota == m.Rota && d.Tier != m.Tier && d.Holder != "" && d.Holder != leader && d.Span.Overlaps(m.Is.Span) {
				all = append(all, d.Holder)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Bounced gives what is told to whom because r was refused for good by the recipient's mail server, in its words:
// to whoever is on with them, once for each thing, and to the manager, once a day.
func Bounced(a Agenda, rules Rules, manager bool, r Reminder, words string, now time.Time) []Reminder {
	switch r.Kind {
	case Gaps, Fairness, Digest, SignInRequested, Undelivered, Declined, NobodyGoes, Attendance:
		return nil
	}
	moves := a.stillTheirs(r, now)
	var all []Reminder
	if len(moves) > 0 {
		for _, deputy := range a.besides(moves, r.Leader) {
			m := rules.silence(Undelivered, r, ToDeputy, deputy, now, moves, now)
			m = rules.named(m, fmt.Sprintf("%s/%s/%s", r.Leader, moves[0].Duty, moves[0].Is.Span.Start.UTC().Format(keyTime)))
			all = append(all, m)
		}
	}
	if manager && r.Leader != "" {
		about := moves
		if len(about) == 0 {
			about = []Move{{Is: &Slot{Span: rota.Span{Start: now, End: now.AddDate(0, 0, 7)}}}}
		}
		m := rules.silence(Undelivered, r, ToManager, "", now, about, now)
		m.News.Silence.Moves, m.News.Detail = moves, words
		all = append(all, rules.named(m, fmt.Sprintf("%s/%s", r.Leader, now.UTC().Format(time.DateOnly))))
	}
	return all
}

// named gives a message another key.
func (r Rules) named(m Reminder, about string) Reminder {
	to := m.Leader
	if to == "" {
		to = "manager"
	}
	m.About = about
	m.Key = Key(fmt.Sprintf("%s/%s/%s", m.Kind, about, to))
	m.MessageID = messageID(string(m.Key), r.Domain)
	return m
}

// Covers reports whether whoever confirms r has confirmed o too: they are to the same person, and all that o is about is
// in r.
func (r Reminder) Covers(o Reminder) bool {
	if r.Leader != o.Leader {
		return false
	}
	mine := movesOf(r)
	for _, m := range movesOf(o) {
		if !slices.ContainsFunc(mine, func(n Move) bool { return n.Duty == m.Duty }) {
			return false
		}
	}
	return len(movesOf(o)) > 0
}
