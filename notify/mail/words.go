package mail

import (
	"fmt"
	"strings"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// words is what a message says, piece by piece. Every piece is one line.
type words struct {
	Subject string
	To      string
	Lead    string
	Facts   []fact
	Why     string
	Late    string // "" where it goes out in time
	Link    string
	Reply   string
	PCN     string
}

type fact struct{ Name, Value string }

// onTime is how far behind its time a reminder may go out and not say so.
const onTime = time.Hour

// words finds the words for m.
func (l Letterhead) words(m notify.Message) words {
	w := words{
		Subject: subject(m), To: line(m.To.Name), Facts: l.facts(m), Link: l.Link, PCN: line(l.PCN),
	}
	switch m.Reminder.Kind {
	case notify.Meeting:
		w.Lead = "This is a reminder of a meeting you are expected at."
		w.Why = fmt.Sprintf("You get this message because you attend this meeting for the PCN. This is the reminder set for %s.", m.Reminder.Reason)
	case notify.Gaps:
		return l.summary(w, m)
	default:
		w.Lead = "This is a reminder that you are on call."
		w.Why = fmt.Sprintf("You get this message because you hold this duty. This is the reminder set for %s.", m.Reminder.Reason)
	}
	if m.Date.Sub(m.Reminder.Due) > onTime {
		w.Late = fmt.Sprintf("It comes late: it was due %s.", l.moment(rota.CivilOf(m.Reminder.Due, l.Zone), m.Reminder.Due))
	}
	if l.ReplyTo != "" {
		w.Reply = "If you cannot be there, answer this message."
	}
	return w
}

// subject is short enough to be read whole on a telephone: "On call Mon 4 Jan 18:30: First on call".
func subject(m notify.Message) string {
	if m.Reminder.Kind == notify.Gaps {
		return summarySubject(m.Matters)
	}
	lead := "On call"
	if m.Reminder.Kind == notify.Meeting {
		lead = "Meeting"
	}
	return fmt.Sprintf("%s %s %s: %s", lead, m.Start.Date.Format("Mon 2 Jan"), m.Start.Time, line(m.What))
}

func (l Letterhead) facts(m notify.Message) []fact {
	if m.Reminder.Kind == notify.Gaps {
		return matters(m.Matters)
	}
	what := line(m.What)
	if group := line(m.Line); group != "" {
		what = fmt.Sprintf("%s (%s)", what, group)
	}
	facts := []fact{
		{"What", what},
		{"From", l.moment(m.Start, m.Span.Start)},
		{"Until", l.moment(m.End, m.Span.End)},
	}
	if place := line(m.Place); place != "" {
		facts = append(facts, fact{"Where", place})
	}
	if m.Reminder.Kind == notify.Meeting && len(m.With) > 0 {
		return append(facts, fact{"With", strings.Join(names(m.With), ", ")})
	}
	for _, c := range m.With {
		facts = append(facts, fact{"With", colleague(c)})
	}
	return facts
}

func names(colleagues []notify.Colleague) []string {
	var names []string
	for _, c := range colleagues {
		names = append(names, line(c.Name))
	}
	return names
}

// colleague gives "Dr Ann Other, 07700 900123 (Second on call)".
func colleague(c notify.Colleague) string {
	s := line(c.Name)
	if phone := line(c.Phone); phone != "" {
		s += ", " + phone
	}
	return fmt.Sprintf("%s (%s)", s, line(c.What))
}

// moment gives "Monday 4 January 2027, 18:30 GMT".
func (l Letterhead) moment(c rota.Civil, at time.Time) string {
	return fmt.Sprintf("%s, %s %s", c.Date.Format("Monday 2 January 2006"), c.Time, at.In(l.Zone).Format("MST"))
}
