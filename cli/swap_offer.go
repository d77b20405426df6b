package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) swapOffer() *cli.Command {
	return &cli.Command{
		Name: "offer", ArgsUsage: "DUTY", Usage: "offer a duty, or a part of it, to others",
		Description: `The holder stays responsible until somebody has taken it.

  pcnrota swap offer on-call.first.20270104 --to L03 --why "school play"
  pcnrota swap offer on-call.first.20270104 --to L03 \
    --for on-call.first.20270201
  pcnrota swap offer on-call.first.20270104 --to L03,L05,L07
  pcnrota swap offer on-call.first.20270104 --to anyone \
    --from 22:00 --until 23:30`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "to", Usage: "`IDS` of those who may take it, or anyone"},
			&cli.StringFlag{Name: "for", Usage: "`DUTY` that the one who takes it gives in return"},
			&cli.StringFlag{Name: "from", Usage: "first `TIME` of the part that is offered, like 22:00 or 2027-01-05T06:00"},
			&cli.StringFlag{Name: "until", Usage: "`TIME` at which that part ends"},
			&cli.StringFlag{Name: "why", Usage: "`WORDS` for those who are asked"},
			dryRunFlag()),
		Action: p.inPCN(offerSwap),
	}
}

func offerSwap(c *cli.Context, p *pcn) error {
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	duty, err := p.publishedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	o := offering{duty: duty, why: c.String("why")}
	if o.from, o.until, err = p.partOf(c, duty); err != nil {
		return err
	}
	if c.String("for") != "" {
		back, err := p.publishedDuty(c.Context, c.String("for"))
		if err != nil {
			return err
		}
		o.back = back.ID
	}
	if o.to, err = p.offeredTo(c); err != nil {
		return err
	}
	d, err := p.offer(c.Context, o, revision)
	if err != nil {
		return err
	}
	return p.sayOffered(c, d, duty)
}

// offering is what somebody means to offer, before anybody has looked at it.
type offering struct {
	duty        rota.Duty
	from, until rota.Civil      // the part of its time; zero for all of it
	back        rota.DutyID     // what the taker gives in return; "" for nothing
	to          []rota.LeaderID // who may take it; none stands for everybody who can
	why         string
}

// offer makes an offer, or, in a dry run, says which it would be. It refuses what cannot be offered, and
// whoever cannot take it. Revision is that of the data before the duty was read.
func (p *pcn) offer(ctx context.Context, want offering, revision int64) (d deal, err error) {
	o := rota.Offer{
		Duty: want.duty.ID, Leader: want.duty.Holder, From: want.from, Until: want.until, Return: want.back,
		State: rota.OfferOpen, Made: p.at, Changed: p.at, Why: want.why,
	}
	if err := p.canOffer(ctx, o, want.duty); err != nil {
		return d, err
	}
	if d, err = p.newDeal(ctx, o, revision); err != nil {
		return d, err
	}
	if len(want.to) == 0 {
		d.offer.Asked, err = d.everybodyAble()
	} else {
		d.offer.Asked, err = d.asked(want.to)
	}
	if err == nil && !p.rehearse {
		d.offer.ID, err = p.db.PutOffer(ctx, d.offer, d.revision)
	}
	return d, err
}

// canOffer gives the reason why a duty cannot be offered.
func (p *pcn) canOffer(ctx context.Context, o rota.Offer, duty rota.Duty) error {
	starts := duty.Span.Start
	if o.IsPart() {
		starts = o.From.Instant(p.config.Zone)
	}
	if !starts.After(p.at) {
		return wrong(fmt.Sprintf("%s has begun: what has begun cannot be offered", dutyWords(o, duty)),
			"pcnrota cover take "+string(duty.ID)+" --as LEADER, for the rest of it")
	}
	if duty.Holder == "" {
		return wrong(fmt.Sprintf("nobody holds %s, so nobody can offer it", duty.ID), "pcnrota cover find "+string(duty.ID))
	}
	offers, err := p.db.Offers(ctx, rota.OfferOpen, rota.OfferAccepted, rota.OfferDone)
	if err != nil {
		return err
	}
	for _, other := range offers {
		switch {
		case other.Duty == duty.ID && other.Pending():
			return wrong(fmt.Sprintf("%s is offered already, by offer %d", duty.ID, other.ID), fmt.Sprintf("pcnrota swap withdraw %d", other.ID))
		case other.Duty == duty.ID && other.IsPart() && other.Leader == duty.Holder:
			return wrong(fmt.Sprintf("a part of %s is handed over already, by offer %d", duty.ID, other.ID), fmt.Sprintf("pcnrota swap undo %d", other.ID))
		}
	}
	return nil
}

// partOf reads the part of the duty that --from and --until name; zero for all of it.
func (p *pcn) partOf(c *cli.Context, duty rota.Duty) (from, until rota.Civil, err error) {
	return p.part(duty, c.String("from"), c.String("until"))
}

// part reads the part of a duty between two times, "" being its beginning or its end; zero for all of it.
func (p *pcn) part(duty rota.Duty, first, last string) (from, until rota.Civil, err error) {
	if first == "" && last == "" {
		return from, until, nil
	}
	if from, err = timeWithin(duty, cmp.Or(first, duty.Start.String())); err != nil {
		return from, until, err
	}
	if until, err = timeWithin(duty, cmp.Or(last, duty.End.String())); err != nil {
		return from, until, err
	}
	if left, _ := duty.Divide(from, until, p.config.Zone); until.Before(from) || from == until || len(left) == 1 && left[0] == duty {
		if from == duty.Start && until == duty.End {
			return rota.Civil{}, rota.Civil{}, nil
		}
		return from, until, usage(fmt.Sprintf("%s to %s is not a part of %s, which runs from %s to %s", inFull(from), inFull(until), duty.ID, inFull(duty.Start), inFull(duty.End)),
			"--from 22:00 --until 23:30")
	}
	return from, until, nil
}

// timeWithin reads a time: with its day, or the first moment of the duty at which a clock shows it.
func timeWithin(duty rota.Duty, typed string) (rota.Civil, error) {
	if at, err := rota.ParseCivil(strings.Replace(typed, " ", "T", 1)); err == nil {
		return at, nil
	}
	at, err := rota.ParseTimeOfDay(typed)
	if err != nil {
		return rota.Civil{}, usage(fmt.Sprintf("%q is not a time", typed), "write it like 22:00 or 2027-01-05T06:00")
	}
	for day := duty.Start.Date; !day.After(duty.End.Date); day = day.AddDays(1) {
		if c := day.At(at); !c.Before(duty.Start) && !duty.End.Before(c) {
			return c, nil
		}
	}
	return rota.Civil{}, usage(fmt.Sprintf("%s is not within %s, which runs from %s to %s", typed, duty.ID, inFull(duty.Start), inFull(duty.End)),
		"a time with its day, like 2027-01-05T06:00")
}

// offeredTo reads --to; none stands for everybody who can.
func (p *pcn) offeredTo(c *cli.Context) (to []rota.LeaderID, err error) {
	typed := c.String("to")
	switch {
	case typed == "":
		return nil, usage("to whom is it offered?", "--to L03, --to L03,L05 or --to anyone")
	case strings.EqualFold(typed, "anyone"):
		return nil, nil
	}
	for word := range strings.SplitSeq(typed, ",") {
		l, err := p.leader(c, word)
		if err != nil {
			return nil, err
		}
		to = append(to, l.ID)
	}
	return to, nil
}

// asked is who is named to take it: each of them must be able to.
func (d *deal) asked(to []rota.LeaderID) ([]rota.Asked, error) {
	var asked []rota.Asked
	for _, id := range to {
		if id == d.offer.Leader {
			return nil, wrong(fmt.Sprintf("%s holds %s already", leaders.label(d.names[id]), d.offer.Duty), "--to somebody else")
		}
		if err := d.exchange(id, d.offer.Leader); err != nil {
			return nil, err
		}
		asked = append(asked, rota.Asked{Leader: id})
	}
	if d.offer.Return != "" && len(asked) != 1 {
		return nil, usage("a duty in return can be asked of one person only", "leave --for out, or name one leader with --to")
	}
	if d.offer.Return != "" {
		if err := d.holdsReturn(asked[0].Leader); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(asked, func(a, b rota.Asked) int { return cmp.Compare(a.Leader, b.Leader) })
	return slices.CompactFunc(asked, func(a, b rota.Asked) bool { return a.Leader == b.Leader }), nil
}

func (d *deal) holdsReturn(id rota.LeaderID) error {
	for _, duty := range d.duties {
		if duty.ID == d.offer.Return && duty.Holder == id {
			return nil
		}
	}
	return wrong(fmt.Sprintf("%s does not hold %s, so cannot give it in return", leaders.label(d.names[id]), d.offer.Return),
		fmt.Sprintf("pcnrota rota show %s --published --leader %s --csv, to see what they hold", d.policy.Name, id))
}

func (d *deal) everybodyAble() ([]rota.Asked, error) {
	if d.offer.Return != "" {
		return nil, usage("a duty in return can be asked of one person only", "leave --for out, or name one leader with --to")
	}
	candidates, err := d.problem.Candidates(d.duties, d.over, rota.Transfer{Duty: d.offer.Duty, From: d.offer.From, Until: d.offer.Until})
	if err != nil {
		return nil, err
	}
	var asked []rota.Asked
	for _, c := range candidates {
		if c.Why == "" {
			asked = append(asked, rota.Asked{Leader: c.Leader})
		}
	}
	if len(asked) == 0 {
		return nil, wrong(fmt.Sprintf("nobody else can take %s", d.offer.Duty), "pcnrota cover find "+string(d.offer.Duty)+" says why")
	}
	slices.SortFunc(asked, func(a, b rota.Asked) int { return cmp.Compare(a.Leader, b.Leader) })
	return asked, nil
}

func (p *pcn) sayOffered(c *cli.Context, d deal, duty rota.Duty) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewOffer(d.offer))
	}
	to := strings.Join(each(d.offer.Asked, func(a rota.Asked) string { return nameOf(d.names, a.Leader) }), ", ")
	what := fmt.Sprintf("%s of %s to %s", dutyWords(d.offer, duty), nameOf(d.names, d.offer.Leader), to)
	if d.offer.Return != "" {
		what += ", in return for " + string(d.offer.Return)
	}
	p.did("offer", what)
	if !p.rehearse {
		p.next(fmt.Sprintf("It is offer %d. %s stays responsible until it is taken:", d.offer.ID, nameOf(d.names, d.offer.Leader)),
			fmt.Sprintf("pcnrota swap accept %d --as LEADER", d.offer.ID))
	}
	return nil
}
