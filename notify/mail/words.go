package mail

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// words is what a message says, piece by piece. Every piece is one line. Templates say nothing else.
type words struct {
	Subject  string
	To       string
	Lead     string // what it is about, in a sentence
	Facts    []fact
	Sections []section
	Width    int   // of the names of facts, for text
	Act      *link // the one thing to do; nil where there is none
	Why      string
	Late     string // "" where it goes out in time
	Link     string // page where the rota can be seen
	Reply    string // "" where nobody reads answers
	Leave    string // address at which to get no more messages of the kind; "" where one cannot
	PCN      string
}

// fact is something with its name: "From", "Saturday 27 March 2027, 18:30 GMT".
type fact struct{ Name, Value string }

// section is a group of facts below a title. None is said where there are none.
type section struct {
	Title string
	Facts []fact
	None  string
}

// link is an address and what happens there.
type link struct{ Text, Address string }

// onTime is how far behind its time a reminder may go out and not say so.
const onTime = time.Hour

// words finds the words for m.
func (l Letterhead) words(m notify.Message) words {
	w := l.wordsOf(m)
	w.Subject, w.To, w.PCN, w.Link = line(w.Subject), line(m.To.Name), line(l.PCN), l.Link
	if m.Reminder.Kind == notify.Attendance {
		w.Link = "" // the rota is not for outsiders
	}
	if m.To.ID != "" && slices.Contains(notify.Preferable, m.Reminder.Kind) {
		w.Leave = l.pass("unsubscribe", m.Reminder.Number)
	}
	if m.Date.Sub(m.Reminder.Due) > onTime {
		w.Late = fmt.Sprintf("It comes late: it was due %s.", l.moment(rota.CivilOf(m.Reminder.Due, l.Zone), m.Reminder.Due))
	}
	if r := m.Reminder; !r.ConfirmBy.IsZero() && r.Confirmed.IsZero() {
		w.Facts = append(w.Facts, fact{"Please confirm", "by " + l.moment(rota.CivilOf(r.ConfirmBy, l.Zone), r.ConfirmBy) + "; otherwise somebody else is asked"})
		if address := l.pass("confirm", r.Number); address != "" {
			w.Act = &link{"Confirm that you have seen this", address}
		}
	}
	for _, s := range append(w.Sections, section{Facts: w.Facts}) {
		for _, f := range s.Facts {
			w.Width = max(w.Width, len([]rune(f.Name)))
		}
	}
	return w
}

// wordsOf finds what is of its kind alone.
func (l Letterhead) wordsOf(m notify.Message) words {
	switch m.Reminder.Kind {
	case notify.Handover:
		return l.handover(m)
	case notify.Meeting:
		return l.meeting(m)
	case notify.Responsibility, notify.Action:
		return l.task(m)
	case notify.Digest:
		return l.digest(m)
	case notify.Gaps:
		return l.gaps(m)
	case notify.Fairness:
		return l.fairness(m)
	case notify.Change:
		return l.change(m)
	case notify.SwapAsked:
		return l.swapAsked(m)
	case notify.SwapAnswered:
		return l.swapAnswered(m)
	case notify.AbsenceDecided:
		return l.absence(m)
	case notify.ConfirmOverdue, notify.Undelivered:
		return l.silence(m)
	case notify.Declined:
		return l.declined(m)
	case notify.NobodyGoes:
		return l.nobodyGoes(m)
	case notify.Attendance:
		return l.attendance(m)
	case notify.SignInRequested:
		return l.signIn(m)
	case notify.Invitation, notify.Cancellation:
		return l.invitation(m)
	case trial:
		return l.trial(m)
	default:
		return l.duty(m)
	}
}

// page gives an address of the PCN's site, "" where there is none.
func (l Letterhead) page(path string) string {
	if l.Base == "" {
		return ""
	}
	return strings.TrimRight(l.Base, "/") + path
}

// pass gives the address of a link that does one thing, "" where there are none.
func (l Letterhead) pass(purpose string, number int64) string {
	if l.Pass == nil || number == 0 {
		return ""
	}
	return l.Pass(purpose, number)
}

// doing gives a link to a page where something can be done, nil where there is no page.
func (l Letterhead) doing(text, path string) *link {
	if address := l.page(path); address != "" {
		return &link{text, address}
	}
	return nil
}

// swapping gives a link to where a duty can be swapped, nil where there is no such page. A piece of a duty is swapped with
// all of it.
func (l Letterhead) swapping(id rota.DutyID) *link {
	if id == "" {
		return nil
	}
	return l.doing("Swap it, or hand over a part of it", "/act/duties/"+string(id.Whole()))
}

// answer says that answers are read, where they are.
func (l Letterhead) answer(sentence string) string {
	if l.ReplyTo == "" {
		return ""
	}
	return sentence
}

// titled gives "First on call (Leadership on call)".
func titled(what, group string) string {
	what, group = line(what), line(group)
	if group == "" || group == what {
		return what
	}
	return fmt.Sprintf("%s (%s)", what, group)
}

// span gives when something begins and ends.
func (l Letterhead) span(start, end rota.Civil, s rota.Span) []fact {
	return []fact{{"From", l.moment(start, s.Start)}, {"Until", l.moment(end, s.End)}}
}

func (l Letterhead) slot(s notify.Slot) []fact { return l.span(s.Start, s.End, s.Span) }

// colleague gives "Dr Ann Other, 07700 900123 (Second on call)".
func colleague(c notify.Colleague) string {
	s := line(c.Name)
	if phone := line(c.Phone); phone != "" {
		s += ", " + phone
	}
	if what := line(c.What); what != "" {
		s += fmt.Sprintf(" (%s)", what)
	}
	return s
}

// moment gives "Monday 4 January 2027, 18:30 GMT".
func (l Letterhead) moment(c rota.Civil, at time.Time) string {
	return fmt.Sprintf("%s, %s %s", c.Date.Format("Monday 2 January 2006"), c.Time, at.In(l.Zone).Format("MST"))
}

// brief gives "Mon 4 Jan 18:30", for subjects and lists.
func brief(c rota.Civil) string { return c.Date.Format("Mon 2 Jan") + " " + c.Time.String() }

// subject is short enough to be read whole on a telephone: "On call Mon 4 Jan 18:30: First on call".
func subject(lead string, c rota.Civil, what string) string {
	return fmt.Sprintf("%s %s: %s", lead, brief(c), line(what))
}

// because gives why somebody gets a message from a ladder.
func because(what string, m notify.Message) string {
	return fmt.Sprintf("You get this message because %s. This is the reminder set for %s.", what, line(m.Reminder.Reason))
}

// count says "1 duty" or "14 duties".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
