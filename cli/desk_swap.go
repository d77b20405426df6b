package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

// What to do where an offer cannot go on.
const (
	lookAgain   = "Go to your duties and swaps to see how things stand now."
	askOthers   = "Choose somebody else, or tell your PCN manager."
	tellManager = "Tell your PCN manager if you cannot be on call then."
)

// returnDays is over how many days duties are offered in return.
const returnDays = 120

// ownDuty finds a leader's duty by its identity, and the revision of the data before it was read.
func (p *pcn) ownDuty(ctx context.Context, l rota.LeaderID, id rota.DutyID) (duty rota.Duty, revision int64, err error) {
	if revision, err = p.db.Revision(ctx); err != nil {
		return duty, 0, err
	}
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return duty, 0, err
	}
	duty, there := all[id]
	if !there || duty.Holder != l {
		return duty, 0, &web.Refusal{Says: "This duty is not yours, or not any more.", Do: lookAgain}
	}
	return duty, revision, nil
}

// Choices is part of web.Desk.
func (d desk) Choices(ctx context.Context, l rota.LeaderID, id rota.DutyID, from, until string) (c web.Choices, err error) {
	p := d.now()
	duty, revision, err := p.ownDuty(ctx, l, id)
	if err != nil {
		return c, err
	}
	o := rota.Offer{Duty: duty.ID, Leader: l}
	if o.From, o.Until, err = p.part(duty, from, until); err != nil {
		return c, p.inWords(ctx, err, "Go back and choose a time within the duty.")
	}
	if err := p.canOffer(ctx, o, duty); err != nil {
		return c, p.inWords(ctx, err, lookAgain)
	}
	deal, err := p.newDeal(ctx, o, revision)
	if err != nil {
		return c, p.inWords(ctx, err, tellManager)
	}
	c = web.Choices{Duty: duty, From: o.From, Until: o.Until, Names: deal.names}
	c.Candidates, err = deal.problem.Candidates(deal.duties, deal.over, rota.Transfer{Duty: o.Duty, From: o.From, Until: o.Until})
	if err != nil {
		return c, err
	}
	plainly, err := p.plainWords(ctx)
	for i, k := range c.Candidates {
		c.Candidates[i].Why = plainly(forColleagues(k.Why))
	}
	return c, err
}

// forColleagues leaves out of a reason how long somebody is away, which is not for colleagues.
func forColleagues(why string) string {
	if strings.HasPrefix(why, "away ") {
		return "away then"
	}
	return why
}

// Returns is part of web.Desk.
func (d desk) Returns(ctx context.Context, l rota.LeaderID, id rota.DutyID, with rota.LeaderID) (r web.Returns, err error) {
	p := d.now()
	duty, revision, err := p.ownDuty(ctx, l, id)
	if err != nil {
		return r, err
	}
	if r.With, err = p.actingLeader(ctx, with); err != nil {
		return r, &web.Refusal{Says: "There is nobody of that name on the rota.", Do: askOthers}
	}
	r.Duty = duty
	theirs, err := p.returnable(ctx, duty, with)
	if err != nil {
		return r, err
	}
	for _, back := range theirs {
		deal, err := p.newDeal(ctx, rota.Offer{Duty: duty.ID, Leader: l, Return: back.ID}, revision)
		if err != nil {
			return r, p.inWords(ctx, err, tellManager)
		}
		if deal.exchange(with, l) != nil {
			r.Barred++
			continue
		}
		r.Duties = append(r.Duties, back)
	}
	return r, nil
}

// returnable gives the duties of a rota that somebody could give for one of it, in order of time, before any rule is
// asked.
func (p *pcn) returnable(ctx context.Context, duty rota.Duty, with rota.LeaderID) ([]rota.Duty, error) {
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return nil, err
	}
	until := p.at.AddDate(0, 0, returnDays)
	if after := duty.Span.Start.AddDate(0, 0, returnDays/2); after.After(until) {
		until = after
	}
	var theirs []rota.Duty
	for _, d := range all {
		if d.Rota == duty.Rota && d.Holder == with && d.Span.Start.After(p.at) && d.Span.Start.Before(until) {
			theirs = append(theirs, d)
		}
	}
	rota.SortDuties(theirs)
	return theirs, nil
}

// Offer is part of web.Desk.
func (d desk) Offer(ctx context.Context, l rota.LeaderID, o web.Offering) (rota.OfferID, error) {
	ctx, p, _, err := d.as(ctx, l, "swap offer")
	if err != nil {
		return 0, err
	}
	duty, revision, err := p.ownDuty(ctx, l, o.Duty)
	if err != nil {
		return 0, err
	}
	want := offering{duty: duty, back: o.Return, to: o.To, why: tidied(o.Why)}
	if want.from, want.until, err = p.part(duty, o.From, o.Until); err != nil {
		return 0, p.inWords(ctx, err, "Go back and choose a time within the duty.")
	}
	deal, err := p.offer(ctx, want, revision)
	return deal.offer.ID, p.inWords(ctx, err, askOthers)
}

// tidied is a line that somebody has typed, without what does not belong in one.
func tidied(line string) string {
	const longest = 200 // characters
	words := []rune(strings.Join(strings.Fields(line), " "))
	return string(words[:min(len(words), longest)])
}

// Proposal is part of web.Desk.
func (d desk) Proposal(ctx context.Context, l rota.LeaderID, id rota.OfferID) (v web.Proposal, err error) {
	p := d.now()
	o, _, err := p.currentOffer(ctx, id)
	if err != nil || !o.Concerns(l) {
		return v, p.inWords(ctx, orElse(err, &web.Refusal{Says: "There is no such offer that concerns you.", Do: lookAgain}), lookAgain)
	}
	v.Offer = o
	if v.Whole, err = p.wholeDuties(ctx); err != nil {
		return v, err
	}
	if v.Names, err = p.leadersByID(ctx); err != nil {
		return v, err
	}
	if _, no := o.Decline(l, p.at); no != nil {
		return v, nil // nothing to say yes to
	}
	p.rehearse = true
	done, err := p.takeOffer(ctx, id, l, "")
	if said := p.inWords(ctx, err, ""); said != nil {
		refusal, is := said.(*web.Refusal)
		if !is {
			return v, said
		}
		v.Why = refusal.Says
		return v, nil
	}
	v.Effects = done.deal.exchanged.Effects
	return v, nil
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// Accept is part of web.Desk.
func (d desk) Accept(ctx context.Context, l rota.LeaderID, id rota.OfferID) error {
	return d.answer(ctx, l, id, "swap accept", func(ctx context.Context, p *pcn, who rota.Leader) error {
		_, err := p.takeOffer(ctx, id, l, leaders.label(who))
		return err
	})
}

// Decline is part of web.Desk.
func (d desk) Decline(ctx context.Context, l rota.LeaderID, id rota.OfferID) error {
	return d.answer(ctx, l, id, "swap decline", func(ctx context.Context, p *pcn, _ rota.Leader) error {
		_, err := p.answerOffer(ctx, id, func(o rota.Offer) (rota.Offer, error) { return o.Decline(l, p.at) })
		return err
	})
}

// Withdraw is part of web.Desk.
func (d desk) Withdraw(ctx context.Context, l rota.LeaderID, id rota.OfferID) error {
	return d.answer(ctx, l, id, "swap withdraw", func(ctx context.Context, p *pcn, _ rota.Leader) error {
		_, err := p.answerOffer(ctx, id, func(o rota.Offer) (rota.Offer, error) {
			if o.Leader != l {
				return o, &web.Refusal{Says: "Only whoever has made an offer can take it back.", Do: lookAgain}
			}
			return o.Withdraw(p.at)
		})
		return err
	})
}

// answer does something about an offer in a leader's name. Where somebody was faster, it says what has become of it.
// Of two who answer at the same moment one may find the data changed under them for no reason of theirs: they are
// tried again.
func (d desk) answer(ctx context.Context, l rota.LeaderID, id rota.OfferID, doing string, do func(context.Context, *pcn, rota.Leader) error) error {
	const tries = 3
	ctx, p, who, err := d.as(ctx, l, doing)
	if err != nil {
		return err
	}
	for range tries {
		if err = do(ctx, p, who); !errors.Is(err, sqlite.ErrStale) {
			break
		}
	}
	if err == nil {
		return nil
	}
	o, _, lost := p.currentOffer(ctx, id)
	if lost == nil && o.Concerns(l) && o.State != rota.OfferOpen {
		return &web.Refusal{Says: p.tooLate(ctx, o, l), Do: "Nothing was changed."}
	}
	return p.inWords(ctx, err, lookAgain)
}

// tooLate says what has become of an offer in the meantime.
func (p *pcn) tooLate(ctx context.Context, o rota.Offer, l rota.LeaderID) string {
	names, err := p.leadersByID(ctx)
	switch {
	case err != nil:
	case o.Taker == l:
		return "You have answered this offer already."
	case o.Taker != "":
		return nameOf(names, o.Taker) + " has taken it before you."
	case o.State == rota.OfferWithdrawn:
		return nameOf(names, o.Leader) + " has taken the offer back."
	}
	return fmt.Sprintf("This offer is not open any more: it is %s.", o.State)
}

// concerning gives the offers that a leader should see: those on their way, and what has ended a short time ago, the
// newest first.
func (p *pcn) concerning(ctx context.Context, l rota.LeaderID) ([]rota.Offer, error) {
	const recent = 30 * 24 * time.Hour
	if err := p.endOffers(ctx); err != nil {
		return nil, err
	}
	offers, err := p.db.Offers(ctx)
	offers = slices.DeleteFunc(offers, func(o rota.Offer) bool {
		return !o.Concerns(l) || !o.Pending() && (p.at.Sub(o.Changed) > recent || o.Leader != l && o.Taker != l)
	})
	slices.Reverse(offers)
	return offers, err
}
