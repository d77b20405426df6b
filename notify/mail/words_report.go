package mail

import (
	"fmt"
	"strings"

	"pcnrota/notify"
	"pcnrota/rota"
)

// digest tells a leader what is ahead: their own, then everybody's.
func (l Letterhead) digest(m notify.Message) words {
	w := words{
		Subject: "Your rota: nothing in the next weeks",
		Lead:    "This is what is ahead, as the rota stands today.",
		Sections: []section{
			{Title: "Yours", Facts: l.entries(m.Yours), None: "You have nothing in these weeks."},
			{Title: "The team", Facts: l.entries(m.Team), None: "Nobody is on call in these days."},
		},
		Why: fmt.Sprintf("You get this message once a week, %s, because you are a leader of the PCN.", line(m.Reminder.Reason)),
		Act: l.doing("See your duties", "/act"),
	}
	if n := len(m.Yours); n > 0 {
		w.Subject = fmt.Sprintf("Your rota: next %s: %s", brief(m.Yours[0].Start), line(m.Yours[0].What))
		if n > 1 {
			w.Subject += fmt.Sprintf(", and %d more", n-1)
		}
	}
	return w
}

// entries gives lines like "Mon 4 Jan 18:30 | First on call (Leadership on call), until Tue 5 Jan 08:00".
func (l Letterhead) entries(list []notify.Entry) []fact {
	var facts []fact
	for _, e := range list {
		when, value := brief(e.Start), titled(e.What, e.Line)
		switch e.Kind {
		case notify.Duty, notify.Handover:
			value += ", until " + brief(e.End)
		case notify.Meeting:
			if place := line(e.Place); place != "" {
				value += ", " + place
			}
		default:
			when, value = e.Start.Date.Format("Mon 2 Jan"), "due: "+value
		}
		if who := line(e.Who); who != "" {
			value = who + ": " + value
		}
		facts = append(facts, fact{when, value})
	}
	return facts
}

// gaps tells the manager once a week what is wrong.
func (l Letterhead) gaps(m notify.Message) words {
	today := l.moment(rota.CivilOf(m.Date, l.Zone), m.Date)
	w := words{
		Subject: gapsSubject(m.Matters), Facts: matters(m.Matters),
		Lead: fmt.Sprintf("This is what somebody has to see to, as the rota stands on %s.", today),
		Why:  fmt.Sprintf("You get this message because config.toml names you as the manager. This is the summary of %s.", line(m.Reminder.Reason)),
	}
	if len(m.Matters) == 0 {
		w.Lead = fmt.Sprintf("Nothing is wrong with the rota as it stands on %s: every duty has somebody who can do it, and nothing runs out soon.", today)
	}
	return w
}

// gapsSubject is "Rota: 3 things to see to, 1 of them urgent".
func gapsSubject(found []notify.Matter) string {
	urgent := 0
	for _, m := range found {
		if m.Urgency == rota.Urgent {
			urgent++
		}
	}
	switch {
	case len(found) == 0:
		return "Rota: nothing is wrong"
	case len(found) == 1 && urgent == 1:
		return "Rota: 1 urgent thing to see to"
	case urgent == 0:
		return fmt.Sprintf("Rota: %s to see to", count(len(found), "thing", "things"))
	default:
		return fmt.Sprintf("Rota: %d things to see to, %d of them urgent", len(found), urgent)
	}
}

// matters has two facts for each matter: what is wrong, and what to type.
func matters(found []notify.Matter) []fact {
	var facts []fact
	for _, m := range found {
		urgency := string(m.Urgency)
		facts = append(facts, fact{strings.ToUpper(urgency[:min(1, len(urgency))]) + urgency[min(1, len(urgency)):], line(m.Says)}, fact{"", line(m.Do)})
	}
	return facts
}

// fairness tells the manager once a month who holds how much.
func (l Letterhead) fairness(m notify.Message) words {
	w := words{
		Subject: "Rota: who has held how much, " + m.Date.In(l.Zone).Format("January 2006"),
		Lead:    "This is what everybody has held and will hold in all that is published, in points, over all rotas, next to their fair share. The difference is carried into the next rota.",
		Why:     fmt.Sprintf("You get this message because config.toml names you as the manager. This is the summary of %s. pcnrota report and pcnrota rota fairness have more.", line(m.Reminder.Reason)),
	}
	balances := section{Title: "Points", None: "Nobody has held anything yet."}
	for _, b := range m.Standings {
		value := fmt.Sprintf("%s held, fair share %s: %s", b.Held, b.Target, over(b.Held-b.Target))
		balances.Facts = append(balances.Facts, fact{line(b.Name), value})
	}
	w.Sections = []section{balances}
	return w
}

// over says "1.5 more" or "0.5 less" or "even".
func over(p rota.Points) string {
	switch {
	case p.String() == "0":
		return "even"
	case p > 0:
		return p.String() + " more"
	default:
		return (-p).String() + " less"
	}
}
