package rota

import (
	"fmt"
	"time"
)

// Reply is what somebody answered about a meeting. The newest counts.
type Reply struct {
	Meeting OccurrenceID
	Leader  LeaderID
	Answer  Answer
	At      time.Time
	Why     string // for the manager; may be ""

	// Whoever says no gives up a part, to have it back if they come after all. Whoever comes after all, when somebody
	// relies on that part, leaves it to them as long as they do not say no.
	Gave   TierName // "" for none
	Beside LeaderID // who had the other part; of one who comes after all, who keeps this one
}

// GivingUp gives r, which says no, with what r's leader gives up by the duties in force. Whoever has said no before, and
// holds nothing now, gives up what they did then.
func (r Reply) GivingUp(before Reply, inForce []Duty) Reply {
	r.Gave, r.Beside = before.Gave, before.Beside
	holders := map[DutyID]LeaderID{}
	for _, d := range inForce {
		holders[d.ID] = d.Holder
	}
	front, behind := holders[SittingID(Representative, r.Meeting)], holders[SittingID(Deputy, r.Meeting)]
	switch r.Leader {
	case front:
		r.Gave, r.Beside = Representative, behind
	case behind:
		r.Gave, r.Beside = Deputy, front
	}
	return r
}

// Answer is what is answered.
type Answer string

// The answers.
const (
	Accepted    Answer = "accepted"
	Declined    Answer = "declined"
	SendsDeputy Answer = "sends deputy" // does not come, and the deputy does
)

// comes reports whether a does not say no.
func (a Answer) comes() bool { return a == Accepted || a == "" }

// Answers lists them.
var Answers = []Answer{Accepted, Declined, SendsDeputy}

// ParseAnswer reads an answer.
func ParseAnswer(s string) (Answer, error) { return oneOf(s, Answers) }

// AnswerOf gives what a leader has answered about a meeting; "" where they have not.
func AnswerOf(replies []Reply, meeting OccurrenceID, leader LeaderID) Answer {
	for _, r := range replies {
		if r.Meeting == meeting && r.Leader == leader {
			return r.Answer
		}
	}
	return ""
}

// ReplyPins settles what the replies say about duties at meetings: whoever has said no is not asked again, and
// whoever has accepted what they hold keeps it.
func ReplyPins(replies []Reply, inForce []Duty) []Pin {
	holders := map[DutyID]LeaderID{}
	for _, d := range inForce {
		holders[d.ID] = d.Holder
	}
	var pins []Pin
	for _, r := range replies {
		for _, tier := range []TierName{Representative, Deputy} {
			id := SittingID(tier, r.Meeting)
			switch {
			case r.Answer != Accepted:
				says := map[Answer]string{Declined: "has declined", SendsDeputy: "sends the deputy"}[r.Answer]
				pins = append(pins, Pin{Duty: id, Leader: r.Leader, Forbid: true, Reason: says, Says: says})
			case r.Gave == tier && holders[id] == r.Beside && AnswerOf(replies, r.Meeting, r.Beside).comes():
				says := fmt.Sprintf("could come after all, and leaves it to %s", r.Beside)
				pins = append(pins, Pin{Duty: id, Leader: r.Leader, Forbid: true, Reason: says, Says: says})
			case holders[id] == r.Leader:
				says := fmt.Sprintf("%s has accepted", r.Leader)
				pins = append(pins, Pin{Duty: id, Leader: r.Leader, Reason: says, Says: says})
			}
		}
	}
	return pins
}

// Quorum says how the answers to a meeting stand.
type Quorum struct {
	Needed   int // of those who are asked; 0 where the meeting asks for none
	Asked    int // who attend, as things stand
	Accepted int // of these
	Declined int
}

// QuorumOf counts the replies to m.
func QuorumOf(m Occurrence, needed int, replies []Reply) Quorum {
	q := Quorum{Needed: needed, Asked: len(m.Attending)}
	attends := map[LeaderID]bool{}
	for _, id := range m.Attending {
		attends[id] = true
	}
	for _, r := range replies {
		switch {
		case r.Meeting != m.ID:
		case r.Answer == Accepted && attends[r.Leader]:
			q.Accepted++
		case r.Answer != Accepted:
			q.Declined++
		}
	}
	return q
}

// Lost reports whether the quorum cannot be reached with those who attend as things stand.
func (q Quorum) Lost() bool { return q.Asked < q.Needed }

// String gives "2 of 3 accepted, 3 needed".
func (q Quorum) String() string {
	s := fmt.Sprintf("%d of %d accepted", q.Accepted, q.Asked)
	if q.Needed > 0 {
		s += fmt.Sprintf(", %d needed", q.Needed)
	}
	return s
}
