package mail

import (
	"cmp"
	netmail "net/mail"
	"slices"
	"strings"

	"pcnrota/calendar"
	"pcnrota/notify"
	"pcnrota/rota"
)

// invitation is the text beside an entry for the recipient's calendar.
func (l Letterhead) invitation(m notify.Message) words {
	w := words{Subject: "Invitation", Why: "You get this message because you asked for invitations in place of a subscribed calendar."}
	if len(m.Moves) == 0 {
		return w
	}
	move, what := m.Moves[0], "duty"
	facts := append([]fact{{"What", titled(move.What, move.Line)}}, l.slot(slotOf(move))...)
	meeting, isMeeting := meetingOf(move)
	if isMeeting {
		what = "meeting"
		facts = append([]fact{{"What", titled(move.Line, going(m).Body)}, {"Your part", line(strings.ToLower(move.What))}}, l.slot(slotOf(move))...)
	}
	if place := line(m.Place); place != "" {
		facts = append(facts, fact{"Where", place})
	}
	w.Facts = facts
	lead, head := "This puts a "+what+" into your calendar.", "Invitation"
	switch {
	case m.Reminder.Kind == notify.Cancellation:
		lead, head = "This takes a "+what+" out of your calendar: it is no longer yours.", "Cancelled"
	case move.Was != nil && move.Is != nil:
		lead, head = "This moves a "+what+" in your calendar to another time.", "Updated"
	}
	w.Subject, w.Lead = subject(head, slotOf(move).Start, move.What), lead
	if isMeeting {
		w.Subject = subject(head, slotOf(move).Start, move.Line)
	}
	switch {
	case m.Reminder.Kind == notify.Cancellation:
	case isMeeting:
		w.Facts = append(append(w.Facts, papers(going(m))...), fact{"Your answer", "counts: where you decline, somebody else goes at once."})
		w.Act = l.doing("Say whether you come", "/act/meetings/"+string(meeting))
	default:
		w.Facts = append(w.Facts, fact{"Your answer", "only says that you have seen it. To give the duty to somebody else, swap it."})
		w.Act = l.swapping(move.Duty)
	}
	return w
}

// meetingOf gives the meeting at which a move's duty is; false for being on call.
func meetingOf(m notify.Moved) (rota.OccurrenceID, bool) {
	_, id, is := m.Duty.MeetingOf()
	return id, is
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
	if id, is := meetingOf(move); is {
		l.asMeeting(&i.Event, m, id)
	}
	if r.Kind == notify.Cancellation {
		i.Method, i.Event.Description = calendar.Cancel, "This is no longer yours."
	}
	return i, nil
}

// asMeeting makes of the entry for a duty one for the meeting that it is about. Whoever stands by is not busy then.
func (l Letterhead) asMeeting(e *calendar.Event, m notify.Message, id rota.OccurrenceID) {
	g, move := going(m), m.Moves[0]
	e.Summary, e.URL, e.Categories, e.Busy = line(move.Line), l.page("/act/meetings/"+string(id)), []string{"Meeting"}, true
	says := []string{"You represent the PCN at this meeting."}
	if move.Tier == rota.Deputy {
		e.Summary, e.Busy = "Deputy: "+e.Summary, false
		says[0] = "You stand by, and go where whoever represents the PCN cannot."
	}
	if body := line(g.Body); body != "" {
		says = append(says, "Meeting of "+body+".")
	}
	if link := line(g.Link); link != "" && move.Tier == rota.Representative {
		says = append(says, "Join: "+link)
	}
	for _, f := range slices.Concat(papers(g), preparing(g)) {
		says = append(says, cmp.Or(f.Name, "Papers")+": "+f.Value)
	}
	e.Description = strings.Join(says, "\n")
}

// titledEvent is what the feed calls the same duty: "First on call: Leadership on call".
func titledEvent(m notify.Moved) string {
	what, group := line(m.What), line(m.Line)
	if group == "" {
		return cmp.Or(what, "On call")
	}
	return what + ": " + group
}
