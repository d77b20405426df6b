package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// Offer tells of an offer that has come to another state, before being what it was (nil where it is new). What it
// is about is of duty, or of the part of it that is offered; back is what is given in return, or nil. Where
// it is done or undone, Changes tells of it instead.
func (n Notices) Offer(before *rota.Offer, o rota.Offer, duty rota.Duty, back *rota.Duty, at time.Time) []Reminder {
	news := News{At: at, Why: o.Why, Offer: n.News(o, duty, back)}
	until := news.Offer.Gives.Is.Span.Start
	if !until.After(at) {
		until = news.Offer.Gives.Is.Span.End // the rest of a duty that has begun
	}
	var all []Reminder
	tell := func(kind Kind, leader rota.LeaderID) {
		r := n.event(kind, fmt.Sprintf("%d/%s", o.ID, o.State), leader, news)
		r.Until = until.UTC()
		all = append(all, r)
	}
	switch {
	case before == nil && o.State == rota.OfferOpen:
		for _, a := range o.Asked {
			if !a.Declined {
				tell(SwapAsked, a.Leader)
			}
		}
	case before == nil || before.State == o.State:
	case o.State == rota.OfferAccepted:
		if o.Leader != "" {
			tell(SwapAnswered, o.Leader)
		}
		if n.Manager {
			tell(SwapAnswered, "")
		}
	case o.State == rota.OfferDeclined, o.State == rota.OfferRefused, o.State == rota.OfferLapsed:
		if o.Leader != "" && before.State != rota.OfferDone {
			tell(SwapAnswered, o.Leader)
		}
		if o.Taker != "" && before.State == rota.OfferAccepted {
			tell(SwapAnswered, o.Taker)
		}
	case o.State == rota.OfferWithdrawn && before.State == rota.OfferAccepted:
		tell(SwapAnswered, o.Taker)
	}
	return all
}

// PartChanged says what became of the duty for those between whom a part of it passes: to the taker where the
// offer is done, and back where it is no more.
func (n Notices) PartChanged(o rota.Offer, duty rota.Duty) Changed {
	before := partOf(o, duty, n.Zone)
	after := before
	before.Holder, after.Holder = o.Leader, o.Taker
	switch o.State {
	case rota.OfferDone:
	case rota.OfferLapsed: // with the duty, of which others are told
		before.Holder = o.Taker
		return Changed{Was: &before}
	default:
		before.Holder, after.Holder = o.Taker, duty.Holder
	}
	return Changed{&before, &after}
}

// PiecesChanged says the same as calendars have it, in which each piece is an entry: the first of what the holder keeps
// is the duty's own, and the others come and go with the offer.
func PiecesChanged(o rota.Offer, duty rota.Duty) []Changed {
	var changed []Changed
	for _, piece := range o.Pieces {
		piece.Rota, piece.Tier, piece.Kind = duty.Rota, duty.Tier, duty.Kind
		own := piece.ID == duty.ID
		switch {
		case own && o.State == rota.OfferDone:
			changed = append(changed, Changed{&duty, &piece})
		case own && o.State == rota.OfferUndone:
			changed = append(changed, Changed{&piece, &duty})
		case own: // it lapsed with the duty, of whose own entry the version tells
		case o.State == rota.OfferDone:
			changed = append(changed, Changed{Is: &piece})
		default:
			changed = append(changed, Changed{Was: &piece})
		}
	}
	return changed
}

// partOf is the time of the duty that is offered.
func partOf(o rota.Offer, duty rota.Duty, zone *time.Location) rota.Duty {
	if o.IsPart() {
		duty.Start, duty.End = o.From, o.Until
		duty.Span = rota.Span{Start: o.From.Instant(zone), End: o.Until.Instant(zone)}
	}
	return duty
}

// News is an offer as it stands, to be told by itself or with the changes that it brought about.
func (n Notices) News(o rota.Offer, duty rota.Duty, back *rota.Duty) *OfferNews {
	part := partOf(o, duty, n.Zone)
	told := &OfferNews{
		ID: o.ID, State: o.State, Leader: o.Leader, Taker: o.Taker, Why: o.Why, Says: o.Says,
		Gives: Move{Duty: duty.ID, Rota: duty.Rota, Tier: duty.Tier, Is: slotOf(part)},
	}
	if back != nil {
		told.Return = &Move{Duty: back.ID, Rota: back.Rota, Tier: back.Tier, Is: slotOf(*back)}
	}
	return told
}

// Absence tells who asked for it that an absence was decided.
func (n Notices) Absence(q rota.Request, by string) Reminder {
	news := News{At: q.Decided, By: by, Why: q.Why, Absence: &AbsenceNews{ID: q.ID, State: q.State, Begin: q.Begin(), End: q.End(), Why: q.Why}}
	r := n.event(AbsenceDecided, fmt.Sprintf("%d/%s", q.ID, q.State), q.Leader, news)
	r.Until = q.End().Instant(n.Zone).UTC()
	if r.Until.Before(q.Decided.AddDate(0, 0, 1)) {
		r.Until = q.Decided.AddDate(0, 0, 1).UTC() // also of days that are over, it is said
	}
	return r
}
