package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// OfferID numbers an offer.
type OfferID int64

// Offer is a duty, or a part of its time, that its holder asks others to take. The holder stays responsible
// until somebody has taken it and every rule was found to allow it.
//
//	open --Accept--> (accepted --Approve-->) done --Undo--> undone
//	open --Decline, by everybody--> declined
//	open, accepted --Withdraw--> withdrawn
//	accepted --Refuse--> refused
//	open, accepted, a part that is done --Lapse--> lapsed
type Offer struct {
	ID          OfferID
	Duty        DutyID
	Leader      LeaderID // who holds it and offers it; "" for a gap that somebody fills
	From, Until Civil    // the part of its time that is offered; zero for all of it
	Return      DutyID   // what the taker gives in return; "" for nothing
	Asked       []Asked  // who may take it, in order of ID
	State       OfferState
	Taker       LeaderID  // who accepted it; "" until then
	Pieces      []Duty    // where a part is done: what the duty is cut into, in order of time, with their holders
	Made        time.Time // UTC
	Changed     time.Time // when the state was reached, UTC
	Why         string    // what the holder says about it; may be ""
	Says        string    // what became of it, in words; "" while it is open
}

// Asked is somebody to whom a duty is offered.
type Asked struct {
	Leader   LeaderID
	Declined bool
}

// OfferState is where an offer is on its way.
type OfferState string

// The states of an offer.
const (
	OfferOpen      OfferState = "open"
	OfferAccepted  OfferState = "accepted" // and waits for the manager's word
	OfferDone      OfferState = "done"
	OfferDeclined  OfferState = "declined"
	OfferWithdrawn OfferState = "withdrawn"
	OfferRefused   OfferState = "refused" // by the manager
	OfferLapsed    OfferState = "lapsed"
	OfferUndone    OfferState = "undone"
)

// OfferStates lists the states in the order in which an offer can reach them.
var OfferStates = []OfferState{
	OfferOpen, OfferAccepted, OfferDone, OfferDeclined, OfferWithdrawn, OfferRefused, OfferLapsed, OfferUndone,
}

// IsPart reports whether only a part of the duty's time is offered.
func (o Offer) IsPart() bool { return o.From != (Civil{}) }

// Pending reports whether the offer still waits for somebody.
func (o Offer) Pending() bool { return o.State == OfferOpen || o.State == OfferAccepted }

// Concerns reports whether the leader offers it, is asked, or has taken it; "" stands for anybody.
func (o Offer) Concerns(id LeaderID) bool {
	return id == "" || o.Leader == id || o.Taker == id || slices.ContainsFunc(o.Asked, func(a Asked) bool { return a.Leader == id })
}

// Accept has somebody take it. Where the manager's approval is asked for, it waits for that. The rules are
// the caller's to check, before.
func (o Offer) Accept(by LeaderID, approval bool, at time.Time) (Offer, error) {
	if err := o.answerable(by); err != nil {
		return o, err
	}
	o.Taker, o.Changed = by, at
	if approval {
		o.State, o.Says = OfferAccepted, fmt.Sprintf("%s would take it; the manager has not approved it yet", by)
		return o, nil
	}
	return o.done(at), nil
}

// Approve carries out what was accepted.
func (o Offer) Approve(at time.Time) (Offer, error) {
	if o.State != OfferAccepted {
		return o, o.not("be approved", "accepted")
	}
	return o.done(at), nil
}

func (o Offer) done(at time.Time) Offer {
	o.State, o.Changed, o.Says = OfferDone, at, fmt.Sprintf("%s has taken it", o.Taker)
	return o
}

// Refuse is the manager's no to what was accepted.
func (o Offer) Refuse(why string, at time.Time) (Offer, error) {
	if o.State != OfferAccepted {
		return o, o.not("be refused", "accepted")
	}
	o.State, o.Changed, o.Says = OfferRefused, at, cmp.Or(why, "the manager has refused it")
	return o, nil
}

// Decline is the no of one who was asked. When nobody is left to ask, the offer has failed.
func (o Offer) Decline(by LeaderID, at time.Time) (Offer, error) {
	if err := o.answerable(by); err != nil {
		return o, err
	}
	o.Asked = slices.Clone(o.Asked)
	left := 0
	for i := range o.Asked {
		if o.Asked[i].Leader == by {
			o.Asked[i].Declined = true
		}
		if !o.Asked[i].Declined {
			left++
		}
	}
	if left == 0 {
		o.State, o.Changed, o.Says = OfferDeclined, at, "everybody who was asked has declined"
	}
	return o, nil
}

// answerable gives the reason why somebody cannot answer the offer; nil where they can.
func (o Offer) answerable(by LeaderID) error {
	i := slices.IndexFunc(o.Asked, func(a Asked) bool { return a.Leader == by })
	switch {
	case o.State != OfferOpen:
		return o.not("be answered", "open")
	case i < 0:
		return fmt.Errorf("offer %d was not made to %s", o.ID, by)
	case o.Asked[i].Declined:
		return fmt.Errorf("%s has declined offer %d already", by, o.ID)
	}
	return nil
}

// Withdraw takes it back before it is done.
func (o Offer) Withdraw(at time.Time) (Offer, error) {
	if !o.Pending() {
		return o, o.not("be withdrawn", "open or accepted")
	}
	o.State, o.Changed, o.Says = OfferWithdrawn, at, fmt.Sprintf("%s has taken it back", o.Leader)
	return o, nil
}

// Undo makes undone what was done. Whether the duties can go back is the caller's to check, before.
func (o Offer) Undo(at time.Time) (Offer, error) {
	if o.State != OfferDone {
		return o, o.not("be undone", "done")
	}
	o.State, o.Changed, o.Says = OfferUndone, at, "it was undone"
	return o, nil
}

func (o Offer) not(verb, wanted string) error {
	return fmt.Errorf("offer %d is %s and cannot %s: only what is %s can", o.ID, o.State, verb, wanted)
}

// Lapse ends an offer that can have no effect any more, given the duties in force by identity. The sentence
// says why; it is "" for an offer that goes on. An offer follows its duty to another time.
func (o Offer) Lapse(inForce map[DutyID]Duty, at time.Time) (Offer, string) {
	why := ""
	switch {
	case o.Pending():
		why = cmp.Or(o.pointless(inForce, at), o.returnGone(inForce, at))
	case o.State == OfferDone && o.IsPart():
		why = o.partGone(inForce)
	}
	if why != "" {
		o.State, o.Changed, o.Says = OfferLapsed, at, why
	}
	return o, why
}

func (o Offer) pointless(inForce map[DutyID]Duty, at time.Time) string {
	d, there := inForce[o.Duty]
	switch {
	case !there:
		return fmt.Sprintf("%s is not on the rota any more", o.Duty)
	case d.Holder != o.Leader:
		return fmt.Sprintf("%s is not %s's any more", o.Duty, o.Leader)
	case !o.IsPart() && !d.Span.Start.After(at), !d.Span.End.After(at):
		return fmt.Sprintf("%s began before anybody had taken it", o.Duty)
	case o.IsPart() && !d.takesIn(o.From, o.Until):
		return fmt.Sprintf("%s has moved away from the time that was offered", o.Duty)
	}
	return ""
}

// returnGone looks at the duty that the one taker was to give.
func (o Offer) returnGone(inForce map[DutyID]Duty, at time.Time) string {
	if o.Return == "" {
		return ""
	}
	d, there := inForce[o.Return]
	switch {
	case !there:
		return fmt.Sprintf("%s, which was to be given in return, is not on the rota any more", o.Return)
	case d.Holder != o.Asked[0].Leader:
		return fmt.Sprintf("%s, which was to be given in return, is not %s's any more", o.Return, o.Asked[0].Leader)
	case !d.Span.Start.After(at):
		return fmt.Sprintf("%s, which was to be given in return, has begun", o.Return)
	}
	return ""
}

// partGone looks at a part that is somebody else's already: it is theirs while the rest is the offerer's.
func (o Offer) partGone(inForce map[DutyID]Duty) string {
	d, there := inForce[o.Duty]
	switch {
	case !there:
		return fmt.Sprintf("%s is not on the rota any more, and the part of it neither", o.Duty)
	case d.Holder != o.Leader:
		return fmt.Sprintf("%s went from %s to somebody else as a whole", o.Duty, o.Leader)
	case len(o.Pieces) == 0 || o.Pieces[0].Start != d.Start || o.Pieces[len(o.Pieces)-1].End != d.End:
		return fmt.Sprintf("%s has moved away from the part that was handed over", o.Duty)
	}
	return ""
}

// takesIn reports whether the time from from to until lies within the duty, and is not all of it.
func (d Duty) takesIn(from, until Civil) bool {
	return !from.Before(d.Start) && from.Before(until) && !d.End.Before(until) && (from != d.Start || until != d.End)
}
