package mail

import (
	"fmt"

	"pcnrota/notify"
	"pcnrota/rota"
)

// swapAsked asks somebody whether they take a duty.
func (l Letterhead) swapAsked(m notify.Message) words {
	from := line(m.From.Name)
	w := words{
		Lead: fmt.Sprintf("%s asks whether you would take over a duty.", from),
		Why:  "You get this message because you may take it: rules, leave and fairness allow it. You may decline without a reason.",
	}
	if from == "" {
		w.Lead = "Nobody is down for a duty. Would you take it?"
	}
	l.offer(&w, m, "Can you take", "What you would take", "What you would give for it")
	w.Reply = l.answer("If you are not sure, reply to this message.")
	return w
}

// offer fills in what an offer is about, and where to answer it.
func (l Letterhead) offer(w *words, m notify.Message, lead, takes, gives string) {
	n := m.Reminder.News
	if len(m.Moves) > 0 {
		w.Subject = subject(lead, slotOf(m.Moves[0]).Start, m.Moves[0].What)
	}
	for i, move := range m.Moves[:min(2, len(m.Moves))] {
		facts := append([]fact{{"What", titled(move.What, move.Line)}}, l.slot(slotOf(move))...)
		w.Sections = append(w.Sections, section{Title: [...]string{takes, gives}[i], Facts: facts})
	}
	if name := colleague(m.From); name != "" {
		w.Facts = append(w.Facts, fact{"Asked by", name})
	}
	if n == nil || n.Offer == nil {
		return
	}
	if why := line(n.Offer.Why); why != "" {
		w.Facts = append(w.Facts, fact{"Their words", why})
	}
	w.Act = l.doing("See it and answer", fmt.Sprintf("/act/offers/%d", n.Offer.ID))
}

// outcomes are what became of an offer, for subjects and leads.
var outcomes = map[rota.OfferState][2]string{
	rota.OfferAccepted:  {"Taken, if approved", "Somebody is willing to take it. It waits for the manager's approval, and until then nothing has changed."},
	rota.OfferDone:      {"Taken", "Somebody has taken it."},
	rota.OfferDeclined:  {"Not taken", "Nobody of those who were asked takes it. Nothing has changed: it stays as it was."},
	rota.OfferRefused:   {"Not approved", "The manager has not approved it. Nothing has changed: it stays as it was."},
	rota.OfferWithdrawn: {"Withdrawn", "It was withdrawn. Nothing has changed: it stays as it was."},
	rota.OfferLapsed:    {"Lapsed", "It can no longer be done. Nothing has changed: it stays as it was."},
	rota.OfferUndone:    {"Undone", "It was undone."},
}

// swapAnswered tells those between whom a swap was to be what became of it, and the manager what waits for approval.
func (l Letterhead) swapAnswered(m notify.Message) words {
	state := rota.OfferOpen
	if n := m.Reminder.News; n != nil && n.Offer != nil {
		state = n.Offer.State
	}
	outcome, known := outcomes[state]
	if !known {
		outcome = [2]string{"Still open", "It has not been decided."}
	}
	w := words{Lead: "A duty was offered. " + outcome[1], Why: "You get this message because you had a part in it."}
	l.offer(&w, m, outcome[0]+":", "What was offered", "What would be given for it")
	if name := colleague(m.Taker); name != "" {
		w.Facts = append(w.Facts, fact{"Taken by", name})
	}
	if n := m.Reminder.News; n != nil && n.Offer != nil && line(n.Offer.Says) != "" {
		w.Facts = append(w.Facts, fact{"Because", line(n.Offer.Says)})
	}
	if w.Act != nil {
		w.Act.Text = "See it"
	}
	if m.To.ID == "" {
		w.Lead = "Two leaders have agreed on a change. It waits for your approval."
		w.Why = "You get this message because config.toml says that swaps wait for approval."
		w.Act = nil
		w.Facts = append(w.Facts, fact{"Type", fmt.Sprintf("pcnrota swap approve %d, or pcnrota swap refuse %d", offerID(m), offerID(m))})
	}
	return w
}

func offerID(m notify.Message) rota.OfferID {
	if n := m.Reminder.News; n != nil && n.Offer != nil {
		return n.Offer.ID
	}
	return 0
}

// declined tells the manager of a duty that its holder does not want, and has all the same.
func (l Letterhead) declined(m notify.Message) words {
	w := words{
		Subject: "A duty was declined", Lead: "A duty was declined in a calendar. That moves nobody: whoever declined it is still on call.",
		Why: "You get this message because whoever declines in a calendar may think that they are off duty, and nobody else has been told.",
	}
	for _, move := range m.Moves {
		who := line(move.Other.Name)
		w.Subject = subject("Declined", slotOf(move).Start, move.What)
		w.Lead = fmt.Sprintf("%s has declined a duty in their calendar. That moves nobody: %s is still on call. Please talk with them, and find somebody else if need be.", who, who)
		w.Facts = append(w.Facts, fact{"Who", colleague(move.Other)}, fact{"What", titled(move.What, move.Line)})
		w.Facts = append(w.Facts, l.slot(slotOf(move))...)
		w.Facts = append(w.Facts, fact{"Type", "pcnrota cover find " + string(move.Duty.Whole())})
	}
	return w
}

// absence tells somebody what became of the leave they asked for. It never says what kind of leave it is.
func (l Letterhead) absence(m notify.Message) words {
	n := m.Reminder.News
	if n == nil || n.Absence == nil {
		return words{Subject: "Your request was decided", Lead: "Your request was decided.", Act: l.doing("See your requests", "/act/leave")}
	}
	a := n.Absence
	word, lead := "approved", "Your request to be away is approved. You will not be put on call in that time."
	if a.State == rota.Refused {
		word, lead = "not approved", "Your request to be away is not approved."
	}
	facts := []fact{{"From", a.Begin.Date.Format("Monday 2 January 2006")}, {"Until", a.End.Date.AddDays(-1).Format("Monday 2 January 2006")}}
	if a.Begin.Time != 0 || a.End.Time != 0 {
		facts = l.span(a.Begin, a.End, rota.Span{Start: a.Begin.Instant(l.Zone), End: a.End.Instant(l.Zone)})
	}
	return words{
		Subject: fmt.Sprintf("Time away from %s: %s", a.Begin.Date.Format("Mon 2 Jan"), word), Lead: lead,
		Facts: append(facts, decided(n)...), Why: "You get this message because you asked for this time away.",
		Act: l.doing("See your requests", "/act/leave"), Reply: l.answer("If you have a question about this, reply to this message."),
	}
}

// signIn carries a link by which somebody signs in.
func (l Letterhead) signIn(m notify.Message) words {
	w := words{
		Subject: "Sign in to the rota of " + line(l.PCN), Lead: "Here is the link with which you sign in. It works once, and it signs in as you: do not forward it.",
		Facts: []fact{{"It works until", l.moment(rota.CivilOf(m.Reminder.Until, l.Zone), m.Reminder.Until)}},
		Why:   "You get this message because somebody gave your address on the sign-in page. If it was not you, nothing has happened, and you need not do anything.",
	}
	if n := m.Reminder.News; n != nil {
		if address := l.pass("sign-in", n.Pass); address != "" {
			w.Act = &link{"Sign in", address}
		}
	}
	return w
}
