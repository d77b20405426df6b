package notify

import (
	"cmp"
	"fmt"
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
	Place      string
	With       []Colleague
	Notes      []Note     // of Handover: what was left for whoever takes over, the newest first
	Going      *Going     // of Meeting
	Since      rota.Date  // of Responsibility and Action: when it was due, where it is overdue
	Second     bool       // of Responsibility: asked as the deputy of the one With them
	Attends    []Attendee // of Attendance; To is no leader then

	// Of the events: the same as in Reminder.News, with names. Of an offer, the first is what is offered and the second
	// what is given in return.
	Moves []Moved
	From  Colleague // who made the offer, or did not answer
	Taker Colleague // who took the offer

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

// message puts together what there is to say about r. It reports false where the leader is not known.
func (e *Engine) message(a Agenda, r Reminder, now time.Time) (Message, bool) {
	to, known := a.leader(r.Leader)
	switch {
	case r.News != nil && r.News.Attends != nil:
		to, known = a.contact(r.News.Attends.Body)
	case r.Leader == "":
		to, known = e.Manager, e.Manager.Email != ""
	}
	m := Message{Reminder: r, Date: now, Thread: e.thread(r), To: to}
	switch {
	case r.Kind == Digest:
		e.digest(&m, a, now)
	case r.Kind == Responsibility || r.Kind == Action:
		a.describeTask(&m)
	case r.Kind == Duty || r.Kind == Handover:
		if d, there := a.duty(r.About); there {
			e.describeDuty(&m, a, d.Duty)
			for _, h := range a.left(d.Duty) {
				if r.Kind == Handover && !h.Written.After(now) {
					m.Notes = append(m.Notes, Note{From: a.colleague(h.Leader), Written: h.Written, Note: h.Note})
				}
			}
		}
	case r.Kind == Meeting:
		for i := range a.Meetings {
			if string(a.Meetings[i].ID) == r.About {
				e.describeMeeting(&m, a, a.Meetings[i])
				break
			}
		}
	case r.Kind == Attendance && r.News != nil && r.News.Attends != nil:
		a.describeAttends(&m, *r.News.Attends)
	case r.News != nil:
		e.describeNews(&m, a, *r.News)
	}
	if moves := a.toConfirm(r, e.Rules, now); !r.ConfirmBy.IsZero() && len(moves) > 0 && r.State != Sent {
		m.Reminder.ConfirmBy = e.Rules.Confirm.answerBy(r, now, moves[0].Is.Span.Start)
	}
	return m, known
}

// thread is that of the duty, where r is about a single one, so that all that somebody hears of it stays together.
func (e *Engine) thread(r Reminder) string {
	part := engagement{kind: r.Kind, about: r.About, leader: r.Leader}
	switch {
	case r.Kind == Handover:
		part.kind = Duty
	case r.News != nil && r.News.Offer != nil:
		part.kind, part.about = SwapAsked, fmt.Sprint(r.News.Offer.ID)
	case r.News != nil && r.News.Attends != nil:
		part.about = string(r.News.Attends.Meeting)
	case r.News != nil && len(r.News.Moves) == 1:
		part.kind, part.about = Duty, string(r.News.Moves[0].Duty)
	}
	return part.thread(e.Rules.Domain)
}

// describeNews adds the names to what happened.
func (e *Engine) describeNews(m *Message, a Agenda, n News) {
	moves := n.Moves
	if n.Offer != nil && len(moves) == 0 {
		moves = []Move{n.Offer.Gives}
		if n.Offer.Return != nil {
			moves = append(moves, *n.Offer.Return)
		}
	}
	if n.Offer != nil {
		m.From, m.Taker = a.colleague(n.Offer.Leader), a.colleague(n.Offer.Taker)
	}
	if n.Silence != nil {
		m.From, moves = a.colleague(n.Silence.Leader), n.Silence.Moves
	}
	for _, move := range moves {
		policy := e.policy(move.Rota)
		policy.Title = cmp.Or(move.Title, a.meetingTitle(move.Duty, policy.Title))
		e.describeInvited(m, a, move)
		m.Moves = append(m.Moves, Moved{Move: move, What: tierTitle(policy, move.Tier), Line: policy.Title, Other: a.colleague(move.Other)})
	}
}

// meetingTitle, for messages written before moves had titles, gives the title of the meeting that a duty is about, and otherwise for any other duty.
func (a Agenda) meetingTitle(id rota.DutyID, otherwise string) string {
	_, about, is := id.MeetingOf()
	for _, o := range a.Meetings {
		if is && o.ID == about {
			return o.Series.Title
		}
	}
	return otherwise
}

func (a Agenda) colleague(id rota.LeaderID) Colleague {
	l, known := a.leader(id)
	if !known {
		return Colleague{Name: string(id)} // "" for nobody
	}
	return Colleague{Name: l.Name, Phone: l.Phone}
}

func (a Agenda) duty(id string) (rota.Published, bool) {
	for i := range a.Duties { // they are large, and many
		if string(a.Duties[i].ID) == id {
			return a.Duties[i], true
		}
	}
	return rota.Published{}, false
}

func (e *Engine) describeDuty(m *Message, a Agenda, d rota.Duty) {
	policy := e.policy(d.Rota)
	m.What, m.Line = tierTitle(policy, d.Tier), policy.Title
	m.Start, m.End, m.Span = d.Start, d.End, d.Span
	m.Place = "at home, or wherever your telephone reaches you"
	if policy.PlaceOf(d) == rota.OnSite {
		m.Place = "on site"
	}
	for i := range a.Duties {
		other := &a.Duties[i].Duty
		if other.Rota != d.Rota || other.ID == d.ID || other.Span != d.Span {
			continue
		}
		if holder, known := a.leader(other.Holder); known {
			m.With = append(m.With, Colleague{holder.Name, tierTitle(policy, other.Tier), holder.Phone})
		}
	}
}

// describeTask says what has to be done by when.
func (a Agenda) describeTask(m *Message) {
	for _, t := range a.Tasks {
		if t.Kind == m.Reminder.Kind && t.ID == m.Reminder.About {
			m.What, m.Line, m.Place = t.Title, t.Line, t.Place
			m.Start, m.End, m.Span = t.Due, t.Due, t.Span
			m.Since, m.Second = t.Since, t.Second
			if t.Deputy != "" {
				m.With = append(m.With, a.colleague(t.Deputy))
			}
		}
	}
}

func (a Agenda) leader(id rota.LeaderID) (rota.Leader, bool) {
	for i := range a.Leaders {
		if a.Leaders[i].ID == id {
			return a.Leaders[i], true
		}
	}
	return rota.Leader{}, false
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
