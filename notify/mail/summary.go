package mail

import (
	"fmt"
	"strings"

	"pcnrota/notify"
	"pcnrota/rota"
)

// summary finds the words around what the manager is told once a week.
func (l Letterhead) summary(w words, m notify.Message) words {
	today := rota.CivilOf(m.Date, l.Zone)
	w.Lead = fmt.Sprintf("This is what somebody has to see to, as the rota stands on %s.", l.moment(today, m.Date))
	if len(m.Matters) == 0 {
		w.Lead = fmt.Sprintf("Nothing is wrong with the rota as it stands on %s: every duty has somebody who can do it, and nothing runs out soon.", l.moment(today, m.Date))
	}
	w.Why = fmt.Sprintf("You get this message because config.toml names you as the manager. This is the summary of %s.", m.Reminder.Reason)
	if m.Date.Sub(m.Reminder.Due) > onTime {
		w.Late = fmt.Sprintf("It comes late: it was due %s.", l.moment(rota.CivilOf(m.Reminder.Due, l.Zone), m.Reminder.Due))
	}
	return w
}

// summarySubject is "Rota: 3 things to see to, 1 of them urgent".
func summarySubject(found []notify.Matter) string {
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
	case len(found) == 1:
		return "Rota: 1 thing to see to"
	case urgent == 0:
		return fmt.Sprintf("Rota: %d things to see to", len(found))
	default:
		return fmt.Sprintf("Rota: %d things to see to, %d of them urgent", len(found), urgent)
	}
}

// matters has two facts for each matter: what is wrong, and what to type.
func matters(found []notify.Matter) []fact {
	var facts []fact
	for _, m := range found {
		urgency := string(m.Urgency)
		facts = append(facts, fact{strings.ToUpper(urgency[:1]) + urgency[1:], line(m.Says)}, fact{"", line(m.Do)})
	}
	return facts
}
