package mail

import (
	"fmt"
	"slices"

	"pcnrota/notify"
	"pcnrota/rota"
)

// change tells somebody what became of their own duties.
func (l Letterhead) change(m notify.Message) words {
	w := words{
		Subject: changeSubject(m.Moves), Lead: "Your own duties have changed.",
		Why: "You get this message because your own duties changed: everybody is told of that, whatever else they want to be told.",
	}
	switch {
	case len(m.Moves) == 1:
		w.Lead = changeLead(m.Moves[0])
	case allNew(m.Moves):
		w.Lead = fmt.Sprintf("A rota was published, in which you have %d duties.", len(m.Moves))
	}
	var more []notify.Moved
	told := 0
	for _, move := range m.Moves {
		if move.New {
			if told++; told > newTold && len(m.Moves) > newTold+1 {
				more = append(more, move)
				continue
			}
		}
		w.Sections = append(w.Sections, l.moved(move))
	}
	if len(more) > 0 {
		w.Sections = append(w.Sections, l.andMore(more))
	}
	if n := m.Reminder.News; n != nil {
		w.Facts = decided(n)
	}
	w.Act = l.doing("See your duties", "/act")
	w.Reply = l.answer("If something is wrong with this, reply to this message.")
	return w
}

// newTold is how many new duties a message tells one by one: those that come first. A rota that was published for half a
// year is to be read in a calendar.
const newTold = 5

// andMore says of the other new duties how many they are, and where they can be seen.
func (l Letterhead) andMore(moves []notify.Moved) section {
	last := moves[len(moves)-1].Is
	s := section{Title: fmt.Sprintf("And %d more", len(moves)), Facts: []fact{{"The last", l.moment(last.Start, last.Span.Start)}}}
	where := "in your calendar; you are reminded of each in time"
	if page := l.page("/act"); page != "" {
		where = "in your calendar, and at " + page
	}
	s.Facts = append(s.Facts, fact{"All of them", where})
	return s
}

func allNew(moves []notify.Moved) bool {
	return !slices.ContainsFunc(moves, func(m notify.Moved) bool { return !m.New })
}

// decided says who decided something, and why.
func decided(n *notify.News) []fact {
	var facts []fact
	if by := line(n.By); by != "" {
		facts = append(facts, fact{"By", by})
	}
	if why := line(n.Why); why != "" {
		facts = append(facts, fact{"Reason", why})
	}
	return facts
}

func changeSubject(moves []notify.Moved) string {
	if len(moves) == 0 {
		return "Your duties changed"
	}
	first := moves[0]
	if len(moves) > 1 && allNew(moves) {
		return fmt.Sprintf("%d new duties, from %s", len(moves), slotOf(first).Start.Date.Format("Mon 2 Jan"))
	}
	if len(moves) > 1 {
		return fmt.Sprintf("%s to your duties, from %s", count(len(moves), "change", "changes"), slotOf(first).Start.Date.Format("Mon 2 Jan"))
	}
	lead := "Moved to"
	switch {
	case first.Was == nil:
		lead = "New:"
	case first.Is == nil:
		lead = "No longer yours:"
	}
	return subject(lead, slotOf(first).Start, first.What)
}

// changeLead says what became of one duty in a sentence.
func changeLead(m notify.Moved) string {
	switch {
	case m.Was == nil:
		return "You have a duty that you did not have before."
	case m.Is == nil && line(m.Other.Name) != "":
		return "You no longer have a duty: somebody else has it now."
	case m.Is == nil:
		return "You no longer have a duty."
	default:
		return "One of your duties is at another time now."
	}
}

// slotOf is when a move's duty is, or where it is given up, was.
func slotOf(m notify.Moved) notify.Slot {
	switch {
	case m.Is != nil:
		return *m.Is
	case m.Was != nil:
		return *m.Was
	default:
		return notify.Slot{}
	}
}

// moved says what became of one duty, the old before the new.
func (l Letterhead) moved(m notify.Moved) section {
	what, other := titled(m.What, m.Line), colleague(m.Other)
	switch {
	case m.Was == nil:
		s := section{Title: "Now yours: " + what, Facts: l.slot(*m.Is)}
		if other != "" {
			s.Facts = append(s.Facts, fact{"In place of", other})
		}
		return s
	case m.Is == nil:
		s := section{Title: "No longer yours: " + what, Facts: l.slot(*m.Was)}
		if other != "" {
			s.Facts = append(s.Facts, fact{"Who has it", other})
		}
		return s
	default:
		return section{Title: "At another time: " + what, Facts: []fact{
			{"Was", l.between(*m.Was)}, {"Now", l.between(*m.Is)},
		}}
	}
}

// between gives a time in one line.
func (l Letterhead) between(s notify.Slot) string {
	return l.moment(s.Start, s.Span.Start) + " to " + l.moment(s.End, s.Span.End)
}

// silence tells the other tier or deputy, or the manager, that somebody did not confirm a message or cannot be
// reached by mail.
func (l Letterhead) silence(m notify.Message) words {
	who, n := line(m.From.Name), m.Reminder.News
	w := words{
		Lead: fmt.Sprintf("%s was asked to confirm a message and has not done so.", who),
		Why:  fmt.Sprintf("You get this message because %s did not answer, and you are next: somebody has to know that this is looked after.", who),
	}
	head := "Not confirmed"
	if m.Reminder.Kind == notify.Undelivered {
		head, w.Lead = "Not delivered", fmt.Sprintf("A message to %s could not be delivered.", who)
		w.Why = fmt.Sprintf("You get this message because %s cannot be reached by mail, and you are next: somebody has to know that this is looked after.", who)
	}
	if len(m.Moves) > 0 {
		w.Subject = subject(head, slotOf(m.Moves[0]).Start, m.Moves[0].What)
	} else {
		w.Subject = fmt.Sprintf("%s: a message to %s", head, who)
	}
	w.Facts = append(w.Facts, fact{"Who", colleague(m.From)})
	if n == nil || n.Silence == nil {
		return w
	}
	if asked := n.Silence.Asked; !asked.IsZero() {
		w.Facts = append(w.Facts, fact{"Sent", l.moment(rota.CivilOf(asked, l.Zone), asked)})
	}
	if says := line(n.Detail); says != "" && n.Silence.Step == notify.ToManager {
		w.Facts = append(w.Facts, fact{"Mail server", says})
	}
	for _, move := range m.Moves {
		w.Sections = append(w.Sections, section{Title: "It was about: " + titled(move.What, move.Line), Facts: l.slot(slotOf(move))})
	}
	if n.Silence.Step == notify.ToManager {
		w.Lead += fmt.Sprintf(" Please ring %s. If that does not help, find somebody else.", who)
		for _, move := range m.Moves {
			w.Facts = append(w.Facts, fact{"Type", "pcnrota cover find " + string(move.Duty)})
		}
		return w
	}
	w.Lead += fmt.Sprintf(" Please ring %s, and be ready to take over.", who)
	return w
}
