package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) swapList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the offers, each with its state",
		Description: "  pcnrota swap list\n  pcnrota swap list --state open --leader L03 --json",
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "state", Usage: "`STATE` of those to list: " + offerStates()},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of a leader who offers, is asked, or has taken"}),
		Action: p.inPCN(listOffers),
	}
}

func offerStates() string {
	return strings.Join(each(rota.OfferStates, func(s rota.OfferState) string { return string(s) }), ", ")
}

func listOffers(c *cli.Context, p *pcn) error {
	state := rota.OfferState(c.String("state"))
	if state != "" && !slices.Contains(rota.OfferStates, state) {
		return usage(fmt.Sprintf("%q is not a state of an offer", state), "--state, one of "+offerStates())
	}
	if err := p.endOffers(c.Context); err != nil {
		return err
	}
	offers, err := p.db.Offers(c.Context)
	if err != nil {
		return err
	}
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names := byID(all)
	offers = slices.DeleteFunc(offers, func(o rota.Offer) bool {
		return state != "" && o.State != state || !o.Concerns(rota.LeaderID(c.String("leader")))
	})
	l := listing{
		json:  each(offers, p.viewOffer),
		table: newTable(number("no"), col("duty"), name("from"), wide("to"), col("state")),
		empty: "no offers: pcnrota swap offer DUTY --to LEADER makes one",
	}
	for _, o := range offers {
		to := nameOf(names, o.Taker)
		if o.Taker == "" {
			to = strings.Join(each(o.Asked, func(a rota.Asked) string { return nameOf(names, a.Leader) }), ", ")
		}
		l.table.row(fmt.Sprint(o.ID), string(o.Duty), nameOf(names, o.Leader), to, string(o.State))
	}
	return p.show(c, l)
}

func (p *program) swapShow() *cli.Command {
	return &cli.Command{
		Name: "show", ArgsUsage: "OFFER", Usage: "show one offer and what became of it",
		Description: "  pcnrota swap show 1", Flags: outputFlags(), Action: p.inPCN(showOffer),
	}
}

func showOffer(c *cli.Context, p *pcn) error {
	id, err := offerTyped(c)
	if err != nil {
		return err
	}
	o, _, err := p.currentOffer(c.Context, id)
	if err != nil {
		return err
	}
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names := byID(all)
	var f facts
	f.add("offer", fmt.Sprint(o.ID))
	f.add("duty", string(o.Duty))
	if o.IsPart() {
		f.add("part", fmt.Sprintf("%s to %s", inFull(o.From), inFull(o.Until)))
	}
	f.add("of", leaders.label(names[o.Leader]))
	f.add("in return", string(o.Return))
	f.add("asked", strings.Join(each(o.Asked, func(a rota.Asked) string {
		if a.Declined {
			return nameOf(names, a.Leader) + " (declined)"
		}
		return nameOf(names, a.Leader)
	}), ", "))
	f.add("why", o.Why)
	f.add("made", inFull(rota.CivilOf(o.Made, p.config.Zone)))
	f.add("state", fmt.Sprintf("%s since %s", o.State, inFull(rota.CivilOf(o.Changed, p.config.Zone))))
	f.add("says", o.Says)
	return p.showOne(c, p.viewOffer(o), f)
}
