package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// This file holds what can be done with an offer once it is made.

func (p *program) swapAccept() *cli.Command {
	return &cli.Command{
		Name: "accept", ArgsUsage: "OFFER", Usage: "take what is offered",
		Description: "  pcnrota swap accept 1 --as L03",
		Flags:       append(outputFlags(), asFlag("who takes it"), byFlag(), dryRunFlag()),
		Action:      p.inPCN(acceptOffer),
	}
}

func (p *program) swapDecline() *cli.Command {
	return &cli.Command{
		Name: "decline", ArgsUsage: "OFFER", Usage: "say no to what is offered",
		Description: "  pcnrota swap decline 1 --as L03",
		Flags:       append(outputFlags(), asFlag("who declines"), dryRunFlag()),
		Action: p.inPCN(func(c *cli.Context, p *pcn) error {
			by, err := p.actor(c)
			if err != nil {
				return err
			}
			return p.turn(c, "decline", func(o rota.Offer) (rota.Offer, error) { return o.Decline(by.ID, p.at) })
		}),
	}
}

func (p *program) swapWithdraw() *cli.Command {
	return &cli.Command{
		Name: "withdraw", ArgsUsage: "OFFER", Usage: "take an offer back before anybody has taken it",
		Description: "  pcnrota swap withdraw 1",
		Flags:       append(outputFlags(), dryRunFlag()),
		Action: p.inPCN(func(c *cli.Context, p *pcn) error {
			return p.turn(c, "withdraw", func(o rota.Offer) (rota.Offer, error) { return o.Withdraw(p.at) })
		}),
	}
}

func (p *program) swapRefuse() *cli.Command {
	return &cli.Command{
		Name: "refuse", ArgsUsage: "OFFER", Usage: "do not approve what two leaders have agreed",
		Description: `  pcnrota swap refuse 1 --reason "second tier would be new"`,
		Flags:       append(outputFlags(), &cli.StringFlag{Name: "reason", Usage: "`WHY` not, for both of them"}, dryRunFlag()),
		Action: p.inPCN(func(c *cli.Context, p *pcn) error {
			return p.turn(c, "refuse", func(o rota.Offer) (rota.Offer, error) { return o.Refuse(c.String("reason"), p.at) })
		}),
	}
}

func (p *program) swapApprove() *cli.Command {
	return &cli.Command{
		Name: "approve", ArgsUsage: "OFFER", Usage: "carry out what two leaders have agreed",
		Description: "Needed where config.toml says approval = true below [swaps].\n\n  pcnrota swap approve 1",
		Flags:       append(outputFlags(), byFlag(), dryRunFlag()),
		Action:      p.inPCN(approveOffer),
	}
}

func (p *program) swapUndo() *cli.Command {
	return &cli.Command{
		Name: "undo", ArgsUsage: "OFFER", Usage: "give the duties back, while they have not begun",
		Description: "  pcnrota swap undo 1",
		Flags:       append(outputFlags(), byFlag(), dryRunFlag()),
		Action:      p.inPCN(undoOffer),
	}
}

func byFlag() cli.Flag {
	return &cli.StringFlag{Name: "by", Usage: "`NAME` of whoever decides this (default: the user of this computer)"}
}

// turn brings an offer to another state in which nobody holds anything else.
func (p *pcn) turn(c *cli.Context, verb string, step func(rota.Offer) (rota.Offer, error)) error {
	id, err := offerTyped(c)
	if err != nil {
		return err
	}
	o, err := p.answerOffer(c.Context, id, step)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewOffer(o))
	}
	p.did(verb, fmt.Sprintf("offer %d", o.ID))
	if o.Says != "" && verb == "decline" {
		fmt.Fprintf(p.stdout, "%s. %s still holds %s.\n", strings.ToUpper(o.Says[:1])+o.Says[1:], o.Leader, o.Duty)
	}
	return nil
}

// answerOffer turns an offer and keeps it, except in a dry run.
func (p *pcn) answerOffer(ctx context.Context, id rota.OfferID, step func(rota.Offer) (rota.Offer, error)) (rota.Offer, error) {
	o, revision, err := p.turnOffer(ctx, id, step)
	if err == nil && !p.rehearse {
		_, err = p.db.PutOffer(ctx, o, revision)
	}
	return o, err
}

func acceptOffer(c *cli.Context, p *pcn) error {
	id, err := offerTyped(c)
	if err != nil {
		return err
	}
	by, err := p.actor(c)
	if err != nil {
		return err
	}
	done, err := p.takeOffer(c.Context, id, by.ID, p.author(c))
	if err != nil {
		return err
	}
	return p.sayConcluded(c, done)
}

// takeOffer has somebody accept an offer. Author is who decides it, for the record.
func (p *pcn) takeOffer(ctx context.Context, id rota.OfferID, by rota.LeaderID, author string) (concluded, error) {
	o, revision, err := p.turnOffer(ctx, id, func(o rota.Offer) (rota.Offer, error) { return o.Accept(by, p.config.Swaps.Approval, p.at) })
	if err != nil {
		return concluded{}, err
	}
	return p.conclude(ctx, o, revision, o.Taker, o.Leader, author)
}

func approveOffer(c *cli.Context, p *pcn) error {
	id, err := offerTyped(c)
	if err != nil {
		return err
	}
	o, revision, err := p.turnOffer(c.Context, id, func(o rota.Offer) (rota.Offer, error) { return o.Approve(p.at) })
	if err != nil {
		return err
	}
	done, err := p.conclude(c.Context, o, revision, o.Taker, o.Leader, p.author(c))
	if err != nil {
		return err
	}
	return p.sayConcluded(c, done)
}

func undoOffer(c *cli.Context, p *pcn) error {
	id, err := offerTyped(c)
	if err != nil {
		return err
	}
	o, revision, err := p.turnOffer(c.Context, id, func(o rota.Offer) (rota.Offer, error) { return o.Undo(p.at) })
	if err != nil {
		return err
	}
	if err := p.canUndo(c, o); err != nil {
		return err
	}
	done, err := p.conclude(c.Context, o, revision, o.Leader, o.Taker, p.author(c))
	if err != nil {
		return err
	}
	return p.sayConcluded(c, done)
}

// canUndo asks whether both duties are still where the swap left them, and have not begun.
func (p *pcn) canUndo(c *cli.Context, o rota.Offer) error {
	all, err := p.wholeDuties(c.Context)
	if err != nil {
		return err
	}
	holds := map[rota.DutyID]rota.LeaderID{o.Duty: o.Taker}
	if o.IsPart() {
		holds[o.Duty] = o.Leader
		if !o.From.Instant(p.config.Zone).After(p.at) {
			return wrong(fmt.Sprintf("the part of %s that was handed over has begun: it stays as it was", o.Duty))
		}
	}
	if o.Return != "" {
		holds[o.Return] = o.Leader
	}
	for _, id := range []rota.DutyID{o.Duty, o.Return} {
		d, there := all[id]
		switch {
		case id == "":
		case !there || d.Holder != holds[id]:
			return wrong(fmt.Sprintf("%s has changed hands since: it cannot be given back", id), "pcnrota rota history, to see what was published since")
		case !o.IsPart() && !d.Span.Start.After(p.at):
			return wrong(fmt.Sprintf("%s began on %s: what has begun stays as it was", id, inFull(d.Start)))
		}
	}
	return nil
}

// concluded is an offer that two leaders agree on, and what came of it.
type concluded struct {
	deal    deal
	offer   rota.Offer
	version int // by which it was carried out; 0 where it was not, or only a part of a duty moved
}

// conclude checks the rules for an offer whose duty goes to one leader and whose duty in return goes to the
// other (revision being that at which the offer was read), and carries it out where it is done or undone, except
// in a dry run.
func (p *pcn) conclude(ctx context.Context, o rota.Offer, revision int64, to, back rota.LeaderID, author string) (concluded, error) {
	d, err := p.newDeal(ctx, o, revision)
	if err != nil {
		return concluded{}, err
	}
	if o.State != rota.OfferUndone {
		if err := p.undivided(ctx, o.Duty); err != nil {
			return concluded{}, err
		}
	}
	done := concluded{offer: d.offer}
	if o.State == rota.OfferUndone && o.IsPart() { // nothing to check: the holder of the rest takes it back
		d.exchanged.Effects = partGivenBack(d)
	} else if err := d.exchange(to, back); err != nil {
		return concluded{}, err
	}
	switch {
	case p.rehearse:
	case o.State == rota.OfferAccepted:
		_, err = p.db.PutOffer(ctx, o, d.revision)
	default:
		done.offer.ID, done.version, err = p.carryOut(ctx, d, author, d.reason())
	}
	done.deal = d
	return done, err
}

// partGivenBack gives the effects of putting a duty together again.
func partGivenBack(d deal) []rota.Effect {
	var load rota.Load
	for _, piece := range d.offer.Pieces {
		if piece.Holder == d.offer.Taker {
			load = load.Plus(piece.Load)
		}
	}
	giver, taker := d.over[d.offer.Taker].Total(), d.over[d.offer.Leader].Total()
	return []rota.Effect{
		{Leader: d.offer.Leader, Over: taker, After: taker + load.Total()},
		{Leader: d.offer.Taker, Over: giver, After: giver - load.Total()},
	}
}

// reason is what the record says of it, and what those read whose duties changed.
func (d deal) reason() string {
	o := d.offer
	giver, taker := nameOf(d.names, o.Leader), nameOf(d.names, o.Taker)
	if o.State == rota.OfferUndone {
		return fmt.Sprintf("undone: %s had taken %s from %s", taker, d.when(o.Duty), giver)
	}
	what := d.when(o.Duty)
	if o.IsPart() {
		what = fmt.Sprintf("%s to %s", inFull(o.From), inFull(o.Until))
	}
	says := fmt.Sprintf("%s takes %s from %s", taker, what, giver)
	if o.Return != "" {
		says += fmt.Sprintf(", who takes %s in return", d.when(o.Return))
	}
	if o.Why != "" {
		says += ": " + o.Why
	}
	return says
}

// when gives the start of a duty, which says more to whoever reads it than its ID.
func (d deal) when(id rota.DutyID) string {
	for _, known := range d.duties {
		if known.ID == id {
			return inFull(known.Start)
		}
	}
	return string(id)
}

func (p *pcn) sayConcluded(c *cli.Context, done concluded) error {
	d, o, version := done.deal, done.offer, done.version
	if c.Bool("json") {
		v := p.viewOffer(o)
		v.Version, v.Effects = version, viewEffects(d.exchanged.Effects)
		return writeJSON(p.stdout, v)
	}
	says := map[rota.OfferState]string{
		rota.OfferDone: "has taken", rota.OfferUndone: "gives back", rota.OfferAccepted: "would take",
	}[o.State]
	if p.rehearse {
		says = map[rota.OfferState]string{rota.OfferDone: "would take", rota.OfferUndone: "would give back", rota.OfferAccepted: "would take"}[o.State]
	}
	var duty rota.Duty
	for _, known := range d.duties {
		if known.ID == o.Duty {
			duty = known
		}
	}
	fmt.Fprintf(p.stdout, "%s %s %s%s\n", nameOf(d.names, o.Taker), says, dutyWords(o, duty), d.inReturn(o))
	p.sayEffects(d.exchanged.Effects, d.names)
	switch {
	case p.rehearse:
		fmt.Fprintln(p.stdout, "\nDry run: nothing was changed.")
	case o.State == rota.OfferAccepted:
		fmt.Fprintf(p.stdout, "\nIt waits for the manager: pcnrota swap approve %d\n", o.ID)
	case version > 0:
		fmt.Fprintf(p.stdout, "\nPublished as version %d of %s.\n", version, d.policy.Name)
	}
	return nil
}

func (d deal) inReturn(o rota.Offer) string {
	if o.Return == "" {
		return ""
	}
	return fmt.Sprintf("; %s %s in return", nameOf(d.names, o.Leader), string(o.Return))
}
