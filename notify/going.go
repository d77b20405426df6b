package notify

import (
	"context"
	"slices"
	"time"

	"pcnrota/rota"
)

// Going is what there is to say to one leader about a meeting, beside what it is, when and where.
type Going struct {
	Body      string        // the name that the partner body has that day
	Capacity  rota.Capacity // our part in it; "" where nobody has said
	Deputises bool          // the recipient stands by, and does not go as things stand
	Deputy    string        // who stands by; "" for nobody, and where it is the recipient

	Link       string    // to join from afar. PRIVATE: "" for whoever does not go
	Papers     string    // where they are; "" for nowhere
	PapersTo   rota.Date // by when the body wants papers; zero for never
	PapersFrom rota.Date // by when it sends its own; likewise
	Agenda     string
	Before     string // what is to be done before or at it

	Quorum  rota.Quorum
	Answer  rota.Answer   // the recipient's; "" where there is none yet
	Actions []rota.Action // what earlier meetings of the series agreed on, as far as the recipient has it to do, by the day it is due
}

// meetingEngagements lists who is to go to the meetings, and who stands by: a deputy is reminded on the same ladder, because
// whoever may have to go tomorrow needs the same notice.
func meetingEngagements(meetings []rota.Occurrence, concerns func(subject) bool) []engagement {
	var all []engagement
	for i := range meetings {
		m, deputy := &meetings[i], meetings[i].Deputy
		leaders := m.Attending
		if deputy != "" && !slices.Contains(leaders, deputy) {
			leaders = append(slices.Clone(leaders), deputy)
		}
		for _, leader := range leaders {
			if !concerns(subject{Meeting, string(m.ID), leader}) {
				continue
			}
			all = append(all, engagement{Meeting, string(m.ID), leader, m.Start, m.Span.Start.UTC(), string(m.Series.Body)})
		}
	}
	return all
}

// describeMeeting says what m's recipient has to know of o.
func (e *Engine) describeMeeting(m *Message, a Agenda, o rota.Occurrence) {
	s := o.Series
	m.What, m.Line, m.Place = s.Title, string(s.Body), s.Place
	m.Start, m.End, m.Span = o.Start, o.End, o.Span
	for _, id := range o.Attending {
		if other, known := a.leader(id); known && id != m.To.ID {
			m.With = append(m.With, Colleague{Name: other.Name})
		}
	}
	g := &Going{
		Body: rota.BodyName(a.Bodies, s.Body, o.Start.Date), Capacity: s.Capacity, Deputises: o.Deputy == m.To.ID && !slices.Contains(o.Attending, m.To.ID),
		Papers: s.Papers, PapersTo: s.PapersTo.On(o.Start.Date, e.Rules.Holidays), PapersFrom: s.PapersFrom.On(o.Start.Date, e.Rules.Holidays),
		Agenda: s.Agenda, Before: s.Actions, Quorum: rota.QuorumOf(o, s.Quorum, a.Replies), Actions: a.agreed(o, m.To.ID),
		Answer: rota.AnswerOf(a.Replies, o.ID, m.To.ID),
	}
	if !g.Deputises {
		g.Link, g.Deputy = s.Link, a.colleague(o.Deputy).Name
	}
	m.Going = g
}

// agreed gives what a leader has still to do of what meetings of the series of o agreed on.
func (a Agenda) agreed(o rota.Occurrence, leader rota.LeaderID) []rota.Action {
	var open []rota.Action
	for _, action := range a.Actions {
		series := action.Meeting.Series()
		same := series == o.ID.Series() || series == o.Series.ID || series == o.Series.Follows
		if same && action.Owner == leader && action.Done.IsZero() {
			open = append(open, action)
		}
	}
	return open
}

// describeInvited adds to an invitation what there is to know of the meeting that it is for.
func (e *Engine) describeInvited(m *Message, a Agenda, move Move) {
	_, id, is := move.Duty.MeetingOf()
	if !is || m.Reminder.Kind != Invitation && m.Reminder.Kind != Cancellation {
		return
	}
	for _, o := range a.Meetings {
		if o.ID == id {
			e.describeMeeting(m, a, o)
		}
	}
}

// withMeetings adds to a the meetings that r tells of and that lie beyond it: invitations go out for a year ahead.
func (e *Engine) withMeetings(ctx context.Context, a Agenda, r Reminder) (Agenda, error) {
	if r.Kind != Invitation && r.Kind != Cancellation || r.News == nil {
		return a, nil
	}
	for _, move := range r.News.Moves {
		_, id, is := move.Duty.MeetingOf()
		when := move.Is
		if when == nil {
			when = move.Was
		}
		if !is || when == nil || slices.ContainsFunc(a.Meetings, func(o rota.Occurrence) bool { return o.ID == id }) {
			continue
		}
		found, err := e.Source.Occurrences(ctx, when.Span.Start, when.Span.Start.Add(time.Second))
		if err != nil {
			return a, err
		}
		a.Meetings = slices.Concat(a.Meetings, found)
	}
	return a, nil
}
