package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// deal is a duty on its way from one leader to another, worked out and not yet done.
type deal struct {
	offer     rota.Offer
	policy    rota.Policy
	problem   rota.Problem
	duties    []rota.Duty // of the rota, in force, over the days of the deal
	over      map[rota.LeaderID]rota.Load
	exchanged rota.Exchanged
	revision  int64
	names     map[rota.LeaderID]rota.Leader
}

// wholeDuties gives every duty in force by identity, whole.
func (p *pcn) wholeDuties(ctx context.Context) (map[rota.DutyID]rota.Duty, error) {
	published, err := p.db.InForce(ctx, time.Time{}, time.Time{})
	byID := make(map[rota.DutyID]rota.Duty, len(published))
	for _, d := range published {
		byID[d.ID] = d.Duty
	}
	return byID, err
}

// publishedDuty finds the duty in force that a person means.
func (p *pcn) publishedDuty(ctx context.Context, typed string) (rota.Duty, error) {
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return rota.Duty{}, err
	}
	if len(all) == 0 {
		return rota.Duty{}, wrong("nothing is published yet, so there is no duty to hand over", "pcnrota rota publish")
	}
	id, err := pickDuty(slices.Sorted(maps.Keys(all)), typed)
	return all[id], err
}

// newDeal reads what an exchange of the offer's duties is judged by. Revision is that of the data before the offer
// was read: whatever is written in between stops it.
func (p *pcn) newDeal(ctx context.Context, o rota.Offer, revision int64) (d deal, err error) {
	d.offer, d.revision = o, revision
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return d, err
	}
	own, there := all[o.Duty]
	if !there {
		return d, wrong(fmt.Sprintf("%s is not on the rota any more", o.Duty), "pcnrota rota show --published")
	}
	policy, known := p.config.Rota(own.Rota)
	if !known {
		return d, wrong(fmt.Sprintf("%s belongs to the rota %s, which config.toml does not declare any more", o.Duty, own.Rota))
	}
	d.policy = policy
	from, until := own.Start.Date, own.Start.Date.AddDays(1)
	if back, given := all[o.Return]; given {
		from, until = earlier(from, back.Start.Date), later(until, back.Start.Date.AddDays(1))
	}
	if d.problem, err = p.problem(ctx, policy, from, until); err != nil {
		return d, err
	}
	if d.problem.Pins, err = p.db.Pins(ctx); err != nil { // what was agreed before may be agreed anew
		return d, err
	}
	d.names = byID(d.problem.Leaders)
	d.duties = slices.Clone(d.problem.Published)
	rota.SortDuties(d.duties)
	d.over, err = p.db.Balances(ctx, "", rota.Date{}, rota.Date{})
	return d, err
}

// exchange works out what it means that the duty goes to one leader, and the one in return to another. It
// refuses what a hard rule forbids.
func (d *deal) exchange(to, back rota.LeaderID) (err error) {
	transfers := []rota.Transfer{{Duty: d.offer.Duty, To: to, From: d.offer.From, Until: d.offer.Until}}
	if d.offer.Return != "" {
		transfers = append(transfers, rota.Transfer{Duty: d.offer.Return, To: back})
	}
	if d.exchanged, err = d.problem.Exchange(d.duties, d.over, transfers); err != nil {
		return err
	}
	if len(d.exchanged.Obstacles) == 0 {
		return nil
	}
	var says []string
	for _, o := range d.exchanged.Obstacles {
		says = append(says, fmt.Sprintf("%s cannot hold %s: %s", leaders.label(d.names[o.Leader]), o.Duty, o.Why))
	}
	return wrong(strings.Join(says, "\n  "), "pcnrota cover find "+string(d.offer.Duty)+", to see who can")
}

// carryOut does what was worked out, and the offer becomes what it is now, all at once. It gives the number of the
// version that says so, 0 for a part.
func (p *pcn) carryOut(ctx context.Context, d deal, by, reason string) (rota.OfferID, int, error) {
	if d.offer.IsPart() {
		id, err := p.handOver(ctx, d)
		return id, 0, err
	}
	for _, transferred := range d.exchanged.Duties {
		if transferred.ID == d.offer.Duty && !transferred.Span.Start.After(p.at) {
			return 0, 0, wrong(fmt.Sprintf("%s began on %s: what has begun stays as it was", transferred.ID, inFull(transferred.Start)),
				"hand over the rest of it: pcnrota cover take "+string(transferred.ID)+" --as LEADER")
		}
	}
	problem := d.problem
	parts, err := p.db.PartsInForce(ctx, d.policy.Name, problem.From, problem.Until)
	if err != nil {
		return 0, 0, err
	}
	parts = slices.DeleteFunc(parts, func(part rota.Part) bool { return part.Duty == d.offer.Duty && d.holderOf(part.Duty) == "" })
	if d.offer.Leader == "" && d.holderOf(d.offer.Duty) != "" { // what nobody held, nobody owed
		parts = append(parts, problem.Shares(d.offer.Duty)...)
	}
	draft := rota.Draft{
		Policy: d.policy, From: problem.From, Until: problem.Until, Duties: d.exchanged.Duties, Parts: parts,
		Standings: rota.StandingsOf(d.exchanged.Duties, parts, problem.Balances), Notes: []string{reason},
	}
	version, id, err := p.db.Amend(ctx, draft, sqlite.Publication{Rota: d.policy.Name, By: by, Reason: reason, At: p.at, Revision: d.revision}, d.offer)
	if err != nil {
		return 0, 0, err
	}
	return id, version.Number, p.followUp(ctx)
}

// holderOf gives who holds a duty after the exchange.
func (d deal) holderOf(id rota.DutyID) rota.LeaderID {
	at := slices.IndexFunc(d.exchanged.Duties, func(duty rota.Duty) bool { return duty.ID == id })
	return d.exchanged.Duties[at].Holder
}

// handOver cuts the duty, or, where the offer is undone, puts it together again.
func (p *pcn) handOver(ctx context.Context, d deal) (rota.OfferID, error) {
	if d.offer.State == rota.OfferDone {
		if d.offer.From.Before(rota.CivilOf(p.at, p.config.Zone)) {
			return 0, wrong(fmt.Sprintf("%s has begun: what has been stays as it was", dutyWords(d.offer, rota.Duty{})),
				"pcnrota cover take-now "+string(d.offer.Duty)+" --as LEADER, for the rest of it")
		}
		at := slices.IndexFunc(d.duties, func(duty rota.Duty) bool { return duty.ID == d.offer.Duty })
		left, part := d.duties[at].Divide(d.offer.From, d.offer.Until, p.config.Zone)
		part.Holder = d.offer.Taker
		d.offer.Pieces = append(left, part)
		rota.SortDuties(d.offer.Pieces)
	}
	id, err := p.db.HandOver(ctx, d.offer, d.revision, p.at)
	if err != nil {
		return 0, err
	}
	return id, p.followUp(ctx)
}

// followUp lets go on what depends on who is on call.
func (p *pcn) followUp(ctx context.Context) error {
	if err := p.planMeetings(ctx); err != nil {
		return err
	}
	return p.endOffers(ctx)
}

// endOffers ends the offers that can have no effect any more, and says why.
func (p *pcn) endOffers(ctx context.Context) error {
	for {
		revision, err := p.db.Revision(ctx)
		if err != nil {
			return err
		}
		offers, err := p.db.Offers(ctx, rota.OfferOpen, rota.OfferAccepted, rota.OfferDone)
		if err != nil || len(offers) == 0 {
			return err
		}
		all, err := p.wholeDuties(ctx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(offers, func(o rota.Offer) bool { _, why := o.Lapse(all, p.now()); return why != "" })
		if at < 0 {
			return nil
		}
		ended, why := offers[at].Lapse(all, p.now())
		switch _, err := p.db.PutOffer(ctx, ended, revision); {
		case errors.Is(err, sqlite.ErrStale): // somebody has answered it meanwhile: look again
		case err != nil:
			return err
		default:
			p.warn("offer %d has ended: %s.", ended.ID, why)
		}
	}
}

// agreed gives what was agreed in swaps about duties of the problem, so that a rota that is built anew keeps to
// it. A swap counts while the duty is still the taker's and the rules let it stay so.
func (p *pcn) agreed(ctx context.Context, problem rota.Problem) ([]rota.Pin, error) {
	offers, err := p.db.Offers(ctx, rota.OfferDone)
	if err != nil || len(offers) == 0 {
		return nil, err
	}
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return nil, err
	}
	settled := map[rota.DutyID]bool{}
	for _, pin := range problem.Pins {
		settled[pin.Duty] = true
	}
	var pins []rota.Pin
	for _, o := range slices.Backward(offers) { // the newest word about a duty counts
		for duty, holder := range map[rota.DutyID]rota.LeaderID{o.Duty: o.Taker, o.Return: o.Leader} {
			d, there := all[duty]
			within := there && d.Rota == problem.Policy.Name && !d.Start.Date.Before(problem.From) && d.Start.Date.Before(problem.Until)
			pin := rota.Pin{Duty: duty, Leader: holder, Reason: fmt.Sprintf("agreed in swap %d", o.ID)}
			if o.IsPart() || !within || settled[duty] || d.Holder != holder || problem.WhyNot(pin) != "" {
				continue
			}
			settled[duty] = true
			pins = append(pins, pin)
		}
	}
	slices.SortFunc(pins, func(a, b rota.Pin) int { return cmp.Compare(a.Duty, b.Duty) })
	return pins, nil
}
