package mail

import (
	"cmp"
	netmail "net/mail"

	"pcnrota/calendar"
	"pcnrota/notify"
)

// invitation is the text beside an entry for the recipient's calendar.
func (l Letterhead) invitation(m notify.Message) words {
	w := words{Subject: "Invitation", Why: "You get this message because you asked for invitations in place of a subscribed calendar."}
	if len(m.Moves) == 0 {
		return w
	}
	move := m.Moves[0]
	facts := append([]fact{{"What", titled(move.What, move.Line)}}, l.slot(slotOf(move))...)
	if place := line(m.Place); place != "" {
		facts = append(facts, fact{"Where", place})
	}
	w.Facts = facts
	lead, head := "This puts a duty into your calendar.", "Invitation"
	switch {
	case m.Reminder.Kind == notify.Cancellation:
		lead, head = "This takes a duty out of your calendar: it is no longer yours.", "Cancelled"
	case move.Was != nil && move.Is != nil:
		lead, head = "This moves a duty in your calendar to another time.", "Updated"
	}
	w.Subject, w.Lead = subject(head, slotOf(move).Start, move.What), lead
	if m.Reminder.Kind == notify.Invitation {
		w.Facts = append(w.Facts, fact{"Your answer", "only says that you have seen it. To give the duty to somebody else, swap it."})
		w.Act = l.swapping(move.Duty)
	}
	return w
}

// entry gives the calendar part of an invitation or of its withdrawal, nil for any other message.
func (l Letterhead) entry(m notify.Message) (*calendar.Invitation, error) {
	r := m.Reminder
	if r.Kind != notify.Invitation && r.Kind != notify.Cancellation || r.News == nil || len(m.Moves) == 0 {
		return nil, nil
	}
	from, err := l.sender()
	if err != nil {
		return nil, err
	}
	to, err := netmail.ParseAddress(line(m.To.Email))
	if err != nil {
		return nil, err
	}
	move := m.Moves[0]
	when := slotOf(move)
	i := &calendar.Invitation{
		Method: calendar.Request, Zone: l.Zone, Stamp: r.News.At, Organizer: *from,
		Attendee: netmail.Address{Name: line(m.To.Name), Address: to.Address},
		Event: calendar.Event{
			UID: calendar.UID(string(move.Duty), l.PCNID), Sequence: r.News.Sequence, Modified: r.News.At, Start: when.Start, End: when.End,
			Summary: titledEvent(move), Location: line(m.Place), URL: l.page("/act/duties/" + string(move.Duty.Whole())),
			Description: "You are on call until " + l.moment(when.End, when.Span.End) + ".", Categories: []string{"On call"},
		},
	}
	if r.Kind == notify.Cancellation {
		i.Method, i.Event.Description = calendar.Cancel, "This is no longer yours."
	}
	return i, nil
}

// titledEvent is what the feed calls the same duty: "First on call: Leadership on call".
func titledEvent(m notify.Moved) string {
	what, group := line(m.What), line(m.Line)
	if group == "" {
		return cmp.Or(what, "On call")
	}
	return what + ": " + group
}
