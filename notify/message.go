package notify

import (
	"slices"
	"time"

	"pcnrota/rota"
)

// Message is all that the text of a message can say. Its names are as stored: whoever writes them into
// a message guards against line breaks and markup. What a Kind does not need is zero.
type Message struct {
	Reminder Reminder  // Number, News and ConfirmBy are what links and answers need
	Date     time.Time // of this try
	Thread   string    // the same for all messages to this leader about this duty or meeting; a Message-ID that is never sent

	To rota.Leader // the manager has no ID

	// Of Duty, Handover, Meeting, Responsibility and Action.
	What       string // "First on call", "LMC monthly meeting"
	Line       string // the rota's title, or the ID of the partner body
	Start, End rota.Civil
	Span       rota.Span
	Place      string // "" for a duty
	With       []Colleague
	Notes      []Note // of Handover: what was left for whoever takes over, the newest first

	// Of the events: the same as in Reminder.News, with names. Of an offer, the first is what is offered and the second
	// what is given in return.
	Moves []Moved
	From  Colleague // who made the offer, or did not answer
	Taker Colleague // who took the offer
	After *Reminder // of ConfirmOverdue and Undelivered: the message that found nobody, as it was sent

	// Of Digest.
	Yours []Entry // the recipient's own, in order of time
	Team  []Entry // everybody's next days

	Matters   []Matter  // of Gaps, the most urgent first
	Standings []Balance // of Fairness, in order of name
}

// Moved is a Move with names.
type Moved struct {
	Move
	What  string    // "First on call"
	Line  string    // the rota's title
	Other Colleague // Name is "" where there is nobody
}

// Note is what somebody left for whoever takes over. It says nothing about patients.
type Note struct {
	From    Colleague
	Written time.Time
	Note    string
}

// Entry is a line of a digest.
type Entry struct {
	Kind       Kind   // Duty, Meeting, Responsibility or Action
	What       string // "First on call", "LMC monthly meeting"
	Line       string // the rota's title, or the ID of the partner body
	Who        string // "" for nobody, and among one's own
	Start, End rota.Civil
	Span       rota.Span
	Place      string
}

// Balance is how one leader stands, in points, over all rotas and for ever.
type Balance struct {
	Name         string
	Held, Target rota.Points
}

// Colleague is somebody else whom the message is about.
type Colleague struct {
	Name  string
	What  string // the title of their tier; "" at a meeting
	Phone string // "" at a meeting
}

// message puts together what there is to say about r, which is among the reminders that are due by a.
// It reports false where the leader is not known.
func (e *Engine) message(a Agenda, r Reminder, now time.Time) (Message, bool) {
	to, known := a.leader(r.Leader)
	part := engagement{kind: r.Kind, about: r.About, leader: r.Leader}
	m := Message{Reminder: r, Date: now, Thread: part.thread(e.Rules.Domain), To: to}
	switch r.Kind {
	case Duty:
		for _, d := range a.Duties {
			if string(d.ID) == r.About {
				e.describeDuty(&m, a, d.Duty)
			}
		}
	case Meeting:
		for _, o := range a.Meetings {
			if string(o.ID) == r.About {
				describeMeeting(&m, a, o)
			}
		}
	}
	return m, known
}

func (e *Engine) describeDuty(m *Message, a Agenda, d rota.Duty) {
	policy := e.policy(d.Rota)
	m.What, m.Line = tierTitle(policy, d.Tier), policy.Title
	m.Start, m.End, m.Span = d.Start, d.End, d.Span
	for _, other := range a.Duties {
		holder, known := a.leader(other.Holder)
		if known && other.Rota == d.Rota && other.ID != d.ID && other.Span == d.Span {
			m.With = append(m.With, Colleague{holder.Name, tierTitle(policy, other.Tier), holder.Phone})
		}
	}
}

func describeMeeting(m *Message, a Agenda, o rota.Occurrence) {
	m.What, m.Line, m.Place = o.Series.Title, string(o.Series.Body), o.Series.Place
	m.Start, m.End, m.Span = o.Start, o.End, o.Span
	for _, id := range o.Attending {
		if other, known := a.leader(id); known && id != m.To.ID {
			m.With = append(m.With, Colleague{Name: other.Name})
		}
	}
}

func (a Agenda) leader(id rota.LeaderID) (rota.Leader, bool) {
	i := slices.IndexFunc(a.Leaders, func(l rota.Leader) bool { return l.ID == id })
	if i < 0 {
		return rota.Leader{}, false
	}
	return a.Leaders[i], true
}

// policy gives the policy of a rota. A rota that is no longer configured has its name for a title.
func (e *Engine) policy(name rota.RotaName) rota.Policy {
	for _, p := range e.Rotas {
		if p.Name == name {
			return p
		}
	}
	return rota.Policy{Name: name, Title: string(name)}
}

func tierTitle(p rota.Policy, name rota.TierName) string {
	for _, t := range p.Tiers {
		if t.Name == name && t.Title != "" {
			return t.Title
		}
	}
	return string(name)
}
