package notify

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// Attends is what the contact of a partner body is told of a meeting: who comes for the PCN, and nothing else.
type Attends struct {
	Body    rota.BodyID       `json:"body"`
	Meeting rota.OccurrenceID `json:"meeting"`
	Title   string            `json:"title"`
	Place   string            `json:"place,omitempty"`
	Slot    Slot              `json:"slot"`
	Leaders []rota.LeaderID   `json:"leaders"`
	Again   bool              `json:"again,omitempty"` // it takes the place of what the contact was told before
}

// Attendee is somebody who attends, as an outsider may know them.
type Attendee struct{ Name, Role string }

// same reports whether whoever was told a need not be told b.
func (a Attends) same(b Attends) bool {
	return slices.Equal(a.Leaders, b.Leaders) && sameSlot(&a.Slot, &b.Slot)
}

// Attendance tells the contact of a body who comes to its meeting m. Told are all messages of the kind so far: where the
// newest that reached the contact, or will, says the same, there is nothing to tell. One that still waits is
// superseded.
func (n Notices) Attendance(m rota.Occurrence, told []Reminder, at time.Time) (plan []Reminder, drop []Result) {
	news := News{At: at, Attends: &Attends{
		Body: m.Series.Body, Meeting: m.ID, Title: m.Series.Title, Place: m.Series.Place, Slot: Slot{m.Start, m.End, m.Span},
		Leaders: slices.Sorted(slices.Values(m.Attending)),
	}}
	count := 0
	var last *Reminder
	for _, r := range told {
		if r.News == nil || r.News.Attends == nil || r.News.Attends.Meeting != m.ID {
			continue
		}
		count++
		if !r.isLost() && (last == nil || r.Number > last.Number) {
			last = &r
		}
	}
	switch {
	case len(m.Attending) == 0 || !m.Span.Start.After(at), last != nil && last.News.Attends.same(*news.Attends):
		return nil, nil
	case last != nil && (last.State == Planned || last.State == Retrying) && last.Unknown == 0:
		news.Attends.Again = last.News.Attends.Again
		drop = append(drop, Result{*last, Outcome{State: Superseded, At: at, Detail: "somebody else came to attend before it was sent"}})
	default:
		news.Attends.Again = last != nil
	}
	r := n.event(Attendance, fmt.Sprintf("%s/%d", m.ID, count+1), "", news)
	r.Key = Key(fmt.Sprintf("%s/%s/%s", r.Kind, r.About, m.Series.Body))
	r.MessageID, r.Until = messageID(string(r.Key), n.Domain), m.Span.Start.UTC()
	return []Reminder{r}, drop
}

// describeAttends fills in what the contact of a body reads: names and roles, and nothing that is not theirs to know.
func (a Agenda) describeAttends(m *Message, told Attends) {
	m.What, m.Place, m.Start, m.End, m.Span = told.Title, told.Place, told.Slot.Start, told.Slot.End, told.Slot.Span
	for _, id := range told.Leaders {
		if l, known := a.leader(id); known {
			role := ""
			if len(l.Roles) > 0 {
				role = l.Roles[0]
			}
			m.Attends = append(m.Attends, Attendee{l.Name, role})
		}
	}
	m.Line = rota.BodyName(a.Bodies, told.Body, told.Slot.Start.Date)
}

// contact gives whom the body of a message to an outsider is written to; false where it names nobody, or they may not
// be told.
func (a Agenda) contact(id rota.BodyID) (rota.Leader, bool) {
	for _, b := range a.Bodies {
		if b.ID == id && b.TellsContact && b.Contact.Email != "" {
			name := b.Contact.Name
			if name == "" {
				name = b.Name
			}
			return rota.Leader{Name: name, Email: b.Contact.Email}, true
		}
	}
	return rota.Leader{}, false
}
