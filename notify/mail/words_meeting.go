package mail

import (
	"cmp"
	"fmt"

	"pcnrota/notify"
	"pcnrota/rota"
)

// meeting reminds of a meeting whoever goes to it, and whoever stands by.
func (l Letterhead) meeting(m notify.Message) words {
	g := going(m)
	w := words{
		Subject: subject("Meeting", m.Start, m.What), Lead: "This is a reminder of a meeting you are expected at.",
		Facts: append([]fact{{"What", titled(m.What, cmp.Or(g.Body, m.Line))}}, l.span(m.Start, m.End, m.Span)...),
		Why:   because("you attend this meeting for the PCN", m), Reply: l.answer(cannotBeThere),
	}
	if g.Deputises {
		w.Subject, w.Lead = subject("Deputy for meeting", m.Start, m.What), "You are the deputy for a meeting: you go if whoever represents the PCN cannot."
		w.Why = because("you stand by for this meeting", m)
		w.Reply = l.answer("If you could not go, reply to this message.")
	}
	w.Facts = append(append(append(w.Facts, l.whoGoes(m, g)...), papers(g)...), preparing(g)...)
	if len(g.Actions) > 0 {
		w.Sections = []section{{Title: "Your open actions from last time", Facts: actions(g.Actions, rota.CivilOf(m.Date, l.Zone).Date)}}
	}
	if address := l.pass("answer", m.Reminder.Number); address != "" && m.Going != nil {
		w.Act, w.Reply = &link{answerWords(g), address}, ""
	}
	return w
}

// going is what is known of m's meeting; nothing where that is not to be found any more.
func going(m notify.Message) notify.Going {
	if m.Going == nil {
		return notify.Going{}
	}
	return *m.Going
}

// answerWords says what the link to answer with is for.
func answerWords(g notify.Going) string {
	switch {
	case g.Answer != "":
		return "Change your answer"
	case g.Deputises:
		return "Say whether you could go"
	case g.Deputy != "":
		return "Accept, decline, or send the deputy"
	default:
		return "Accept or decline"
	}
}

// whoGoes says where it is, as what, and with whom.
func (l Letterhead) whoGoes(m notify.Message, g notify.Going) []fact {
	facts := l.around(m)
	if g.Deputises {
		for i, f := range facts {
			if f.Name == "With" {
				facts[i].Name = "Who goes"
			}
		}
	}
	add := func(name, value string) {
		if value = line(value); value != "" {
			facts = append(facts, fact{name, value})
		}
	}
	add("Deputy", g.Deputy)
	if link := line(g.Link); link != "" {
		add("Join at", link+" (for you alone: do not pass it on)")
	}
	add("Our part", map[rota.Capacity]string{
		rota.Member: "member", rota.Observer: "observer", rota.Presenting: "presenting: we have the floor",
	}[g.Capacity])
	if q := g.Quorum; q.Asked > 1 || q.Needed > 0 {
		add("Answers", q.String())
	}
	add("Your answer", map[rota.Answer]string{
		rota.Accepted: "you have accepted", rota.Declined: "you have declined", rota.SendsDeputy: "you send the deputy",
	}[g.Answer])
	return facts
}

// papers says where they are, and when they are due to the body and from it.
func papers(g notify.Going) []fact {
	var facts []fact
	add := func(name, value string) { facts = append(facts, fact{name, value}) }
	if !g.PapersTo.IsZero() {
		add("Papers", "ours are due to them by "+g.PapersTo.Format("Monday 2 January"))
	}
	if !g.PapersFrom.IsZero() {
		add("Papers", "theirs come by "+g.PapersFrom.Format("Monday 2 January"))
	}
	if link := line(g.Papers); link != "" {
		add("Papers", link)
	}
	for i := range facts[min(1, len(facts)):] {
		facts[i+1].Name = ""
	}
	return facts
}

// preparing says what it is about and what is to be done for it.
func preparing(g notify.Going) []fact {
	var facts []fact
	if agenda := line(g.Agenda); agenda != "" {
		facts = append(facts, fact{"Agenda", agenda})
	}
	if before := line(g.Before); before != "" {
		facts = append(facts, fact{"To prepare", before})
	}
	return facts
}

// actions has a fact for each action: "by Thu 18 Mar | overdue: Send the figures round".
func actions(open []rota.Action, today rota.Date) []fact {
	var facts []fact
	for _, a := range open {
		what := line(a.What)
		if a.Overdue(today) {
			what = "overdue: " + what
		}
		facts = append(facts, fact{"by " + a.Due.Format("Mon 2 Jan"), what})
	}
	return facts
}

// nobodyGoes tells the manager of meetings from which everybody has dropped out.
func (l Letterhead) nobodyGoes(m notify.Message) words {
	w := words{
		Subject: "Nobody goes to a meeting", Lead: "Nobody goes to a meeting for the PCN any more, and nobody else who could go is free.",
		Why: "You get this message because config.toml names you as the manager. Whoever was to go cannot, and there was no deputy who could.",
	}
	if n := len(m.Moves); n > 1 {
		w.Lead = fmt.Sprintf("Nobody goes to %d meetings for the PCN any more, and nobody else who could go is free.", n)
		w.Subject = fmt.Sprintf("Nobody goes to %d meetings, from %s", n, slotOf(m.Moves[0]).Start.Date.Format("Mon 2 Jan"))
	} else if n == 1 {
		w.Subject = subject("Nobody goes", slotOf(m.Moves[0]).Start, m.Moves[0].Line)
	}
	for _, move := range m.Moves {
		facts := append(l.slot(slotOf(move)), fact{"Type", "pcnrota cover find " + string(move.Duty)})
		if move.Tier == "" {
			facts[2].Value = "pcnrota meeting list"
		}
		w.Sections = append(w.Sections, section{Title: line(move.Line), Facts: facts})
	}
	return w
}

// attendance tells the contact of a partner body who comes for the PCN, by name and role alone.
func (l Letterhead) attendance(m notify.Message) words {
	pcn := line(l.PCN)
	w := words{
		Subject: subject("Who attends", m.Start, m.What), Lead: fmt.Sprintf("This is who attends your meeting for %s.", pcn),
		Facts: append([]fact{{"Meeting", titled(m.What, m.Line)}}, l.span(m.Start, m.End, m.Span)...),
		Why:   fmt.Sprintf("You get this message because you are the contact of %s for its meetings.", line(m.Line)),
		Reply: l.answer("If you have a question about this, reply to this message."),
	}
	if n := m.Reminder.News; n != nil && n.Attends != nil && n.Attends.Again {
		w.Lead = fmt.Sprintf("Something has changed about who attends your meeting for %s. This takes the place of what we told you before.", pcn)
	}
	if place := line(m.Place); place != "" {
		w.Facts = append(w.Facts, fact{"Where", place})
	}
	label := "Attends"
	for _, who := range m.Attends {
		name := line(who.Name)
		if role := line(who.Role); role != "" {
			name += ", " + role
		}
		w.Facts = append(w.Facts, fact{label, name})
		label = ""
	}
	return w
}
