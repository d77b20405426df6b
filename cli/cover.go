package cli

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) coverCommand() *cli.Command {
	return &cli.Command{
		Name: "cover", Category: onCall, Usage: "find who can stand in, and let them take over at once",
		Description: "  pcnrota cover find on-call.first.20270104\n  pcnrota cover take-now on-call.first.20270104 --as L05",
		Subcommands: []*cli.Command{p.coverFind(), p.coverTakeNow()},
	}
}

func (p *program) coverFind() *cli.Command {
	return &cli.Command{
		Name: "find", ArgsUsage: "DUTY", Usage: "rank who could take a duty over, with the reason and what it does to fairness",
		Description: `First those who can, the one who would be least over their share at the top; then
those who cannot, with the rule that keeps them from it.

  pcnrota cover find on-call.first.20270104
  pcnrota cover find on-call.first.20270104 --from 22:00 --json`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "from", Usage: "first `TIME` of the part to cover, like 22:00"},
			&cli.StringFlag{Name: "until", Usage: "`TIME` at which that part ends"}),
		Action: p.inPCN(findCover),
	}
}

// candidateView is somebody who could or could not take a duty, in JSON.
type candidateView struct {
	Leader   rota.LeaderID `json:"leader_id"`
	Name     string        `json:"leader"`
	Can      bool          `json:"can"`
	Why      string        `json:"why"` // the rule against it; "" for whoever can
	Before   rota.Points   `json:"over_share_before"`
	After    rota.Points   `json:"over_share_after"`
	Phone    string        `json:"phone"`
	Unwished bool          `json:"against_wishes"`
}

func viewCandidate(k rota.Candidate, l rota.Leader) candidateView {
	return candidateView{k.Leader, l.Name, k.Why == "", k.Why, k.Over, k.After, l.Phone, k.Dislike > 0}
}

func findCover(c *cli.Context, p *pcn) error {
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	duty, err := p.publishedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	o := rota.Offer{Duty: duty.ID, Leader: duty.Holder}
	if o.From, o.Until, err = p.partOf(c, duty); err != nil {
		return err
	}
	d, err := p.newDeal(c.Context, o, revision)
	if err != nil {
		return err
	}
	candidates, err := d.problem.Candidates(d.duties, d.over, rota.Transfer{Duty: o.Duty, From: o.From, Until: o.Until})
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(name("leader"), col("phone"), number("over share"), number("afterwards"), text("remark")),
		json: each(candidates, func(k rota.Candidate) candidateView {
			return viewCandidate(k, d.names[k.Leader])
		}),
		notes: []string{fmt.Sprintf("%s is held by %s.", dutyWords(o, duty), holderOr(d.names, duty.Holder, "nobody"))},
	}
	for _, k := range candidates {
		remark := "can take it"
		switch {
		case k.Why != "":
			remark = "cannot: " + k.Why
		case k.Dislike > 0:
			remark = "can take it, against their wishes"
		}
		l.table.row(nameOf(d.names, k.Leader), d.names[k.Leader].Phone, signed(k.Over), signed(k.After), remark)
	}
	return p.show(c, l)
}

func (p *program) coverTakeNow() *cli.Command {
	return &cli.Command{
		Name: "take-now", Aliases: []string{"take"}, ArgsUsage: "DUTY", Usage: "let somebody take a duty over at once, or the rest of one that has begun",
		Description: `For illness and emergencies: nobody is asked, the rules are checked, and calendars
and reminders follow. pcnrota swap undo takes it back.

  pcnrota cover take-now on-call.first.20270104 --as L05 --reason "Ada is ill"`,
		Flags: append(outputFlags(),
			asFlag("who takes it"), byFlag(),
			&cli.StringFlag{Name: "reason", Usage: "`WHY` they take it, for the record"},
			&cli.StringFlag{Name: "from", Usage: "first `TIME` of the part that they take (default: all, or now where it has begun)"},
			&cli.StringFlag{Name: "until", Usage: "`TIME` at which that part ends"},
			dryRunFlag()),
		Action: p.inPCN(takeNow),
	}
}

func takeNow(c *cli.Context, p *pcn) error {
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	duty, err := p.publishedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	by, err := p.actor(c)
	if err != nil {
		return err
	}
	o := rota.Offer{Duty: duty.ID, Leader: duty.Holder, Asked: []rota.Asked{{Leader: by.ID}}, State: rota.OfferOpen, Made: p.at, Changed: p.at, Why: c.String("reason")}
	if o.From, o.Until, err = p.partOf(c, duty); err != nil {
		return err
	}
	if !duty.Span.End.After(p.at) {
		return wrong(fmt.Sprintf("%s ended on %s: what has been stays as it was", duty.ID, inFull(duty.End)))
	}
	if by.ID == duty.Holder {
		return wrong(fmt.Sprintf("%s holds %s already", leaders.label(by), duty.ID), "pcnrota cover find "+string(duty.ID))
	}
	if o, err = p.restOf(o, duty); err != nil {
		return err
	}
	if o, err = o.Accept(by.ID, false, p.at); err != nil {
		return err
	}
	done, err := p.conclude(c.Context, o, revision, o.Taker, o.Leader, p.author(c))
	if err != nil {
		return err
	}
	return p.sayConcluded(c, done)
}

// restOf leaves of the time that is taken over what is still to come.
func (p *pcn) restOf(o rota.Offer, duty rota.Duty) (rota.Offer, error) {
	if !duty.Span.Start.Before(p.at) {
		return o, nil
	}
	now := p.soonest()
	switch { // what has been stays as it was
	case !o.IsPart():
		o.From, o.Until = now, duty.End
	case o.From.Before(now):
		o.From = now
	}
	if !o.From.Before(o.Until) {
		return o, wrong(fmt.Sprintf("%s has been on call for that part of %s: what has been stays as it was", cmp.Or(string(duty.Holder), "nobody"), duty.ID),
			"leave --from and --until out, for the rest of it")
	}
	return o, nil
}

// soonest is the first time by the clock that is not past. Where the clocks are about to show an hour a second
// time, or do, that hour is told by its first time, which is past when the second runs.
func (p *pcn) soonest() rota.Civil {
	at := p.at
	for rota.CivilOf(at, p.config.Zone).Instant(p.config.Zone).Before(p.at.Truncate(time.Minute)) {
		at = at.Add(time.Minute)
	}
	return rota.CivilOf(at, p.config.Zone)
}

// undivided refuses where a part of the duty is somebody else's already.
func (p *pcn) undivided(ctx context.Context, duty rota.DutyID) error {
	offers, err := p.db.Offers(ctx, rota.OfferDone)
	if err != nil {
		return err
	}
	for _, other := range offers {
		if other.Duty == duty && other.IsPart() {
			return wrong(fmt.Sprintf("a part of %s is handed over already, by offer %d", duty, other.ID), fmt.Sprintf("pcnrota swap undo %d", other.ID))
		}
	}
	return nil
}
