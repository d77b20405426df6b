package notify

import (
	"time"

	"pcnrota/rota"
)

// News is what an event message tells. It is written with what it tells of and never changes, so that a repeat says
// the same. It holds identities and no names: those are looked up when the message is sent. What a Kind does not
// need is zero.
type News struct {
	At  time.Time `json:"at"`            // when it happened, UTC
	By  string    `json:"by,omitempty"`  // who did it, as the audit trail has them
	Why string    `json:"why,omitempty"` // the reason they gave

	Moves    []Move       `json:"moves,omitempty"`    // Change, Invitation, Cancellation: of the recipient's own duties; NobodyGoes: what nobody holds; Declined: what its holder, Other, declined; in order of time
	Offer    *OfferNews   `json:"offer,omitempty"`    // SwapAsked, SwapAnswered; Change where a swap brought it about
	Absence  *AbsenceNews `json:"absence,omitempty"`  // AbsenceDecided
	Silence  *Silence     `json:"silence,omitempty"`  // ConfirmOverdue, Undelivered
	Attends  *Attends     `json:"attends,omitempty"`  // Attendance
	Pass     int64        `json:"pass,omitempty"`     // SignInRequested: the number that its link names
	Detail   string       `json:"detail,omitempty"`   // Undelivered: the mail server's words, for the manager alone
	Sequence int          `json:"sequence,omitempty"` // Invitation, Cancellation: RFC 5545 section 3.8.7.4
}

// Move is what became of one duty, or of one meeting, for one person.
type Move struct {
	Duty  rota.DutyID   `json:"duty"`
	Rota  rota.RotaName `json:"rota"`
	Tier  rota.TierName `json:"tier"`
	Was   *Slot         `json:"was,omitempty"`   // when they were to hold it; nil where they were not
	Is    *Slot         `json:"is,omitempty"`    // when they hold it now; nil where they do not
	Title string        `json:"title,omitempty"` // of the meeting, where it is one
	New   bool          `json:"new,omitempty"`   // there was no such duty before
	Other rota.LeaderID `json:"other,omitempty"` // who holds what they gave up, or held what they have now; "" for nobody
}

// Slot is a time by the clocks of the PCN and as instants.
type Slot struct {
	Start rota.Civil `json:"start"`
	End   rota.Civil `json:"end"`
	Span  rota.Span  `json:"span"`
}

// moveOf is what is said of d in any case: what it is, and not what became of it.
func moveOf(d rota.Duty) Move {
	m := Move{Duty: d.ID, Rota: d.Rota, Tier: d.Tier}
	if d.Rota == rota.Meetings {
		m.Title = d.Kind
	}
	return m
}

func slotOf(d rota.Duty) *Slot { return &Slot{d.Start, d.End, d.Span} }

// OfferNews is an offer as it stood then.
type OfferNews struct {
	ID     rota.OfferID    `json:"id"`
	State  rota.OfferState `json:"state"`
	Leader rota.LeaderID   `json:"leader,omitempty"` // who makes it; "" for a gap
	Taker  rota.LeaderID   `json:"taker,omitempty"`
	Gives  Move            `json:"gives"`            // the duty, or the part of it: Is is its time
	Return *Move           `json:"return,omitempty"` // what the taker gives for it
	Why    string          `json:"why,omitempty"`    // what the holder says about it
	Says   string          `json:"says,omitempty"`   // what became of it
}

// AbsenceNews is an absence that was decided, without its kind.
type AbsenceNews struct {
	ID    rota.AbsenceID    `json:"id"`
	State rota.RequestState `json:"state"` // Approved or Refused
	Begin rota.Civil        `json:"begin"`
	End   rota.Civil        `json:"end"` // a midnight for whole days
	Why   string            `json:"why,omitempty"`
}

// Silence is a message that found nobody: it was not confirmed, or could not be delivered.
type Silence struct {
	Number int64         `json:"number"` // of the message
	Kind   Kind          `json:"kind"`
	Leader rota.LeaderID `json:"leader"` // to whom it went
	Asked  time.Time     `json:"asked"`  // when it was sent, or tried
	Step   Step          `json:"step"`   // to whom this message goes therefore
	Moves  []Move        `json:"moves"`  // what it was about, as far as it still is so: Is is the time
}

// Step is whom a silence is brought to.
type Step string

// The steps, in order.
const (
	ToDeputy  Step = "deputy"  // the other tier of the duty, or the deputy of the meeting
	ToManager Step = "manager" // the PCN manager
)
