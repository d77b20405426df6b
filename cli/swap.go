package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) swapCommand() *cli.Command {
	return &cli.Command{
		Name: "swap", Category: onCall, Usage: "let leaders hand duties to each other",
		Description: `Whoever holds a duty offers it to one person, to several or to anyone, in return
for another duty or for nothing, all of it or a part of its time. They stay
responsible until somebody has taken it. The rules are checked before anything
counts, and what it does to both people's balance is shown.

  pcnrota swap offer on-call.first.20270104 --to L03
  pcnrota swap accept 1 --as L03`,
		Subcommands: []*cli.Command{
			p.swapOffer(), p.swapAccept(), p.swapDecline(), p.swapWithdraw(), p.swapApprove(), p.swapRefuse(), p.swapUndo(), p.swapList(), p.swapShow(),
		},
	}
}

// asFlag names the leader for whom the manager acts.
func asFlag(what string) cli.Flag {
	return &cli.StringFlag{Name: "as", Usage: "`ID` of the leader " + what}
}

// actor finds the leader that --as names.
func (p *pcn) actor(c *cli.Context) (rota.Leader, error) {
	if c.String("as") == "" {
		return rota.Leader{}, usage("who does it?", c.Command.HelpName+" "+strings.Join(each(c.Args().Slice(), asTyped), " ")+" --as L03")
	}
	return p.leader(c, c.String("as"))
}

// offerTyped reads the number of the offer that the line names.
func offerTyped(c *cli.Context) (rota.OfferID, error) {
	typed := c.Args().First()
	number, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || number < 1 {
		return 0, usage(fmt.Sprintf("%q is not the number of an offer", typed), "pcnrota swap list, to see which there are")
	}
	return rota.OfferID(number), nil
}

// currentOffer gives an offer as it is now, and the revision of the data before it was read.
func (p *pcn) currentOffer(ctx context.Context, id rota.OfferID) (o rota.Offer, revision int64, err error) {
	if err := p.endOffers(ctx); err != nil {
		return o, 0, err
	}
	if revision, err = p.db.Revision(ctx); err != nil {
		return o, 0, err
	}
	o, err = p.db.Offer(ctx, id)
	return o, revision, err
}

// turnOffer brings an offer to its next state by a step, and gives the revision of the data before it was read.
// Nothing is kept yet.
func (p *pcn) turnOffer(ctx context.Context, id rota.OfferID, step func(rota.Offer) (rota.Offer, error)) (o rota.Offer, revision int64, err error) {
	if o, revision, err = p.currentOffer(ctx, id); err != nil {
		return o, 0, err
	}
	o, err = step(o)
	return o, revision, hint(err, fmt.Sprintf("pcnrota swap show %d", id))
}

// offerView is an offer in JSON.
type offerView struct {
	ID      rota.OfferID    `json:"id"`
	Duty    rota.DutyID     `json:"duty"`
	Leader  rota.LeaderID   `json:"leader_id"`
	From    string          `json:"from"` // of the part; "" for all of it. RFC 3339
	Until   string          `json:"until"`
	Return  rota.DutyID     `json:"in_return"`
	Asked   []askedView     `json:"asked"`
	State   rota.OfferState `json:"state"`
	Taker   rota.LeaderID   `json:"taker_id"`
	Made    string          `json:"made"`
	Changed string          `json:"changed"`
	Why     string          `json:"why"`
	Says    string          `json:"says"`
	Version int             `json:"version,omitempty"` // by which it was just carried out
	Effects []effectView    `json:"effects,omitempty"` // of carrying it out
	DryRun  bool            `json:"dry_run"`
}

type askedView struct {
	Leader   rota.LeaderID `json:"leader_id"`
	Declined bool          `json:"declined"`
}

// effectView is what a swap does to one leader's balance.
type effectView struct {
	Leader rota.LeaderID `json:"leader_id"`
	Before rota.Points   `json:"over_share_before"`
	After  rota.Points   `json:"over_share_after"`
}

func (p *pcn) viewOffer(o rota.Offer) offerView {
	v := offerView{
		ID: o.ID, Duty: o.Duty, Leader: o.Leader, Return: o.Return, State: o.State, Taker: o.Taker,
		Made: p.rfc3339(o.Made), Changed: p.rfc3339(o.Changed), Why: o.Why, Says: o.Says, DryRun: p.rehearse,
		Asked: each(o.Asked, func(a rota.Asked) askedView { return askedView{a.Leader, a.Declined} }),
	}
	if o.IsPart() {
		v.From, v.Until = p.rfc3339(o.From.Instant(p.config.Zone)), p.rfc3339(o.Until.Instant(p.config.Zone))
	}
	return v
}

func viewEffects(effects []rota.Effect) []effectView {
	return each(effects, func(e rota.Effect) effectView { return effectView{e.Leader, e.Over, e.After} })
}

// sayEffects shows what a swap does to the balance of both.
func (p *pcn) sayEffects(effects []rota.Effect, names map[rota.LeaderID]rota.Leader) {
	t := newTable(name("leader"), number("over share"), number("afterwards"))
	for _, e := range effects {
		t.row(nameOf(names, e.Leader), signed(e.Over), signed(e.After))
	}
	fmt.Fprintln(p.stdout)
	t.write(p.stdout, p.out.width, p.ink())
}

// dutyWords gives "on-call.first.20270104T1830 (Mon 4 Jan 2027 18:30)", and for a part its time.
func dutyWords(o rota.Offer, d rota.Duty) string {
	if o.IsPart() {
		return fmt.Sprintf("%s from %s to %s", o.Duty, inFull(o.From), inFull(o.Until))
	}
	return fmt.Sprintf("%s (%s)", o.Duty, inFull(d.Start))
}
