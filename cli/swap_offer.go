package cli

import (
	"cmp"
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
	o := rota.Offer{Duty: duty.ID, Leader: duty.Holder, State: rota.OfferOpen, Made: p.at, Changed: p.at, Why: c.String("why")}
	if o.From, o.Until, err = p.partOf(c, duty); err != nil {
		return err
	}
	if err := p.canOffer(c, o, duty); err != nil {
		return err
	}
	if c.String("for") != "" {
		back, err := p.publishedDuty(c.Context, c.String("for"))
		if err != nil {
			return err
		}
		o.Return = back.ID
	}
	d, err := p.newDeal(c.Context, o, revision)
	if err != nil {
		return err
	}
	if d.offer.Asked, err = p.askedFrom(c, d); err != nil {
		return err
	}
	if !p.rehearse {
		if d.offer.ID, err = p.db.PutOffer(c.Context, d.offer, d.revision); err != nil {
			return err
		}
	}
	return p.sayOffered(c, d, duty)
}

// canOffer gives the reason why a duty cannot be offered.
func (p *pcn) canOffer(c *cli.Context, o rota.Offer, duty rota.Duty) error {
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
	offers, err := p.db.Offers(c.Context, rota.OfferOpen, rota.OfferAccepted, rota.OfferDone)
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
	if c.String("from") == "" && c.String("until") == "" {
		return from, until, nil
	}
	if from, err = timeWithin(duty, cmp.Or(c.String("from"), duty.Start.String())); err != nil {
		return from, until, err
	}
	if until, err = timeWithin(duty, cmp.Or(c.String("until"), duty.End.String())); err != nil {
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

// askedFrom reads --to. Whoever is named must be able to take it; of anyone, those who are.
func (p *pcn) askedFrom(c *cli.Context, d deal) ([]rota.Asked, error) {
	typed := c.String("to")
	switch {
	case typed == "":
		return nil, usage("to whom is it offered?", "--to L03, --to L03,L05 or --to anyone")
	case strings.EqualFold(typed, "anyone"):
		return d.everybodyAble()
	}
	var asked []rota.Asked
	for word := range strings.SplitSeq(typed, ",") {
		l, err := p.leader(c, word)
		if err != nil {
			return nil, err
		}
		if l.ID == d.offer.Leader {
			return nil, wrong(fmt.Sprintf("%s holds %s already", leaders.label(l), d.offer.Duty), "--to somebody else")
		}
		if err := d.exchange(l.ID, d.offer.Leader); err != nil {
			return nil, err
		}
		asked = append(asked, rota.Asked{Leader: l.ID})
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
		fmt.Fprintf(p.stdout, "It is offer %d. %s stays responsible until it is taken: pcnrota swap accept %[1]d --as LEADER\n",
			d.offer.ID, nameOf(d.names, d.offer.Leader))
	}
	return nil
}
