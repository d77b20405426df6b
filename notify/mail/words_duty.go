package mail

import (
	"fmt"
	"strings"

	"pcnrota/notify"
	"pcnrota/rota"
)

const cannotBeThere = "If you cannot be there, reply to this message."

// duty reminds of being on call.
func (l Letterhead) duty(m notify.Message) words {
	facts := append([]fact{{"What", titled(m.What, m.Line)}}, l.span(m.Start, m.End, m.Span)...)
	return words{
		Subject: subject("On call", m.Start, m.What), Lead: "This is a reminder that you are on call.",
		Facts: append(facts, l.around(m)...), Act: l.swapping(rota.DutyID(m.Reminder.About)),
		Why: because("you hold this duty", m), Reply: l.answer(cannotBeThere),
	}
}

// handover goes out as a duty begins, with what was left for whoever takes over.
func (l Letterhead) handover(m notify.Message) words {
	facts := append([]fact{{"What", titled(m.What, m.Line)}}, l.span(m.Start, m.End, m.Span)...)
	w := words{
		Subject: fmt.Sprintf("On call now, until %s: %s", brief(m.End), line(m.What)), Lead: "You are on call from now on.",
		Facts: append(facts, l.around(m)...), Act: l.doing("Leave a note for whoever is next", "/act/notes/"+m.Reminder.About),
		Why: "You get this message because your duty begins, and whoever was on call before left something for you.",
	}
	notes := section{Title: "What was left for you", None: "Nothing was left by whoever was on call before."}
	for _, n := range m.Notes {
		at := rota.CivilOf(n.Written, l.Zone)
		notes.Facts = append(notes.Facts, fact{brief(at), fmt.Sprintf("%s: %s", colleague(n.From), line(n.Note))})
	}
	w.Sections = []section{notes}
	return w
}

// around says where something is and who else is part of it.
func (l Letterhead) around(m notify.Message) []fact {
	var facts []fact
	if place := line(m.Place); place != "" {
		facts = append(facts, fact{"Where", place})
	}
	var plain []string // colleagues of whom no more than the name is to be told
	for _, c := range m.With {
		if c.What == "" && c.Phone == "" {
			plain = append(plain, line(c.Name))
			continue
		}
		facts = append(facts, fact{"With", colleague(c)})
	}
	if len(plain) > 0 {
		facts = append(facts, fact{"With", strings.Join(plain, ", ")})
	}
	return facts
}

// task reminds of what has to be done by a day: a recurring responsibility, or what was taken on at a meeting.
func (l Letterhead) task(m notify.Message) words {
	w := words{
		Subject: fmt.Sprintf("Due %s: %s", m.Start.Date.Format("Mon 2 Jan"), line(m.What)),
		Lead:    "This is a reminder of something you answer for in the PCN.", Why: because("you are accountable for it", m),
		Facts: []fact{{"What", titled(m.What, m.Line)}, {"Due", m.Start.Date.Format("Monday 2 January 2006")}},
		Reply: l.answer("If it is done, or cannot be done in time, reply to this message."),
	}
	if m.Reminder.Kind == notify.Action {
		w.Subject = fmt.Sprintf("To do by %s: %s", m.Start.Date.Format("Mon 2 Jan"), line(m.What))
		w.Lead, w.Why = "This is a reminder of what you have taken on at a meeting.", because("you have taken it on", m)
	}
	if !m.Since.IsZero() {
		l.overdue(m, &w)
	}
	w.Facts = append(w.Facts, l.around(m)...)
	return w
}

// overdue puts into words that a task is asked for again, of its owner or of a deputy.
func (l Letterhead) overdue(m notify.Message, w *words) {
	w.Subject = "Overdue: " + line(m.What)
	w.Lead = "This was due, and nobody has recorded that it is done."
	w.Facts[1] = fact{"Was due", m.Since.Format("Monday 2 January 2006")}
	w.Reply = l.answer("If it is done, or cannot be done soon, reply to this message.")
	why := "you are accountable for it"
	switch {
	case m.Second:
		w.Lead += " You are the deputy, so it is asked of you too."
		why = "you are the deputy of who is accountable for it"
	case m.Reminder.Kind == notify.Action:
		why = "you have taken it on"
	}
	w.Why = fmt.Sprintf("You get this message because %s. It is asked again every week until it is done.", why)
}
