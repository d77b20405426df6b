package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) absenceApprove() *cli.Command {
	return &cli.Command{
		Name: "approve", Usage: "grant an absence that is requested, and settle its duties", ArgsUsage: "NUMBER",
		Description: `NUMBER is what absence list shows. Says which published duties the absence falls
on. With --repair they go to others, as a draft for rota publish; with
--ask-cover they are offered to everybody who could take them, and stay where
they are until somebody does. Where a repair is not possible, nothing is approved.
What has begun stays as it was.

  pcnrota absence approve 12 --repair --dry-run
  pcnrota absence approve 12 --ask-cover`,
		Flags: append(outputFlags(),
			&cli.BoolFlag{Name: "repair", Usage: "give its duties to others, as rota repair does"},
			&cli.BoolFlag{Name: "ask-cover", Usage: "offer its duties to all who could take them, as swap offer does"},
			&cli.BoolFlag{Name: "allow-gaps", Usage: "with --repair: leave open what cannot be covered, as little as can be"},
			byFlag(), dryRunFlag()),
		Action: p.inPCN(absenceApprove),
	}
}

// approval is an approval that is worked out: what it does about the duties that are hit.
type approval struct {
	request rota.Request
	hits    hits
	repairs []repair
	offers  []asking
}

// asking is a duty that is hit, and what became of asking for cover.
type asking struct {
	hit   hitDuty
	offer rota.Offer // without an ID until it is made
	why   string     // it cannot be offered; "" where it can
	hints []string
}

func absenceApprove(c *cli.Context, p *pcn) (err error) {
	if c.Bool("repair") && c.Bool("ask-cover") {
		return usage("--repair and --ask-cover exclude each other", "leave one of them out")
	}
	if c.Bool("allow-gaps") && !c.Bool("repair") {
		return usage("--allow-gaps says how to repair", "--repair --allow-gaps")
	}
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	var a approval
	if a.request, err = p.toDecide(c, func(q rota.Request) (rota.Request, error) { return q.Approve(p.at) }); err != nil {
		return err
	}
	if a.hits, err = p.hitsOf(c.Context, a.request.Absence); err != nil {
		return err
	}
	switch {
	case c.Bool("repair"):
		a.repairs, err = p.repairsFor(c, a.request.Absence, a.hits)
	case c.Bool("ask-cover"):
		a.offers, err = p.coverFor(c, a.hits)
	}
	if err != nil {
		return err
	}
	if !p.rehearse {
		if err := p.approve(c.Context, &a, revision); err != nil {
			return err
		}
	}
	return p.showApproval(c, a)
}

// repairsFor works out a repair of each rota that is hit, as if the absence were approved.
func (p *pcn) repairsFor(c *cli.Context, a rota.Absence, h hits) (repairs []repair, err error) {
	p.granted = []rota.Absence{a}
	defer func() { p.granted = nil }()
	for _, policy := range p.rotasHit(h) {
		if draft, _, err := p.db.DraftOf(c.Context, policy.Name); err == nil {
			p.warn("the draft of %s, %s to %s, gives way to the repair", policy.Name, draft.From, draft.Until.AddDays(-1))
		}
		r, err := p.workOutRepair(c, policy, policy.FreezeDays)
		if err != nil {
			return nil, hint(fmt.Errorf("absence %d was not approved, because %s cannot be repaired: %w", a.ID, policy.Name, err),
				fmt.Sprintf("pcnrota absence approve %d --repair --allow-gaps, to leave open what cannot be covered", a.ID),
				fmt.Sprintf("pcnrota absence refuse %d --reason \"WHY\"", a.ID))
		}
		repairs = append(repairs, r)
	}
	return repairs, nil
}

// coverFor works out an offer of each duty that is hit, to everybody who could take it.
func (p *pcn) coverFor(c *cli.Context, h hits) (offers []asking, err error) {
	for _, d := range h.duties {
		k := asking{hit: d, offer: d.offer()}
		k.offer.State, k.offer.Made, k.offer.Changed, k.offer.Why = rota.OfferOpen, p.at, p.at, "away then"
		for _, able := range d.able() {
			k.offer.Asked = append(k.offer.Asked, rota.Asked{Leader: able.Leader})
		}
		show := "pcnrota cover find " + string(d.whole.ID)
		if unoffered := p.canOffer(c.Context, k.offer, d.whole); unoffered != nil {
			k.why, k.hints = unoffered.Error(), []string{show}
		}
		switch {
		case d.whole.Holder != h.leader.ID:
			k.why, k.hints = "only a part of it was handed over, and a part cannot be passed on", []string{"pcnrota swap list --state done, then swap undo"}
		case k.why == "" && len(k.offer.Asked) == 0:
			k.why, k.hints = "nobody can take it", []string{show + " says why"}
		}
		offers = append(offers, k)
	}
	return offers, nil
}

// approve keeps the approval with all that it brings, at once, and lets go on what depends on it.
func (p *pcn) approve(ctx context.Context, a *approval, revision int64) error {
	var then sqlite.Consequences
	for _, r := range a.repairs {
		if r.repaired.Changes() {
			then.Drafts = append(then.Drafts, r.draft)
		}
	}
	var made []*rota.Offer
	for i := range a.offers {
		if k := &a.offers[i]; k.why == "" {
			then.Offers = append(then.Offers, k.offer)
			made = append(made, &k.offer)
		}
	}
	ids, err := p.db.ApproveRequest(ctx, a.request, then, revision, p.at)
	if err != nil {
		return err
	}
	for i, id := range ids {
		made[i].ID = id
	}
	return p.planMeetings(ctx)
}

// approvalView is an approval in JSON.
type approvalView struct {
	requestView
	hitsView
	Repairs   []repairView  `json:"repairs"`
	Offers    []offerView   `json:"offers"`
	Unoffered []unaskedView `json:"not_offered"`
	DryRun    bool          `json:"dry_run"`
}

type unaskedView struct {
	Duty rota.DutyID `json:"duty"`
	Why  string      `json:"why"`
}

func (p *pcn) showApproval(c *cli.Context, a approval) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewApproval(a))
	}
	p.did("approve", "absence of "+absenceKind(map[rota.LeaderID]string{a.hits.leader.ID: a.hits.leader.Name}).label(a.request.Absence))
	if len(a.repairs) == 0 {
		p.sayDutiesHit(a.hits)
	}
	p.sayRestHit(a.hits)
	for _, r := range a.repairs {
		fmt.Fprintln(p.stdout)
		if err := p.showRepair(c, r.draft, r.repaired, r.names); err != nil {
			return err
		}
	}
	p.sayAsked(a)
	if !p.rehearse && !c.Bool("repair") && !c.Bool("ask-cover") {
		p.sayNext(a.hits)
	}
	return nil
}

func (p *pcn) viewApproval(a approval) approvalView {
	v := approvalView{
		requestView: p.viewRequest(a.request), hitsView: p.viewHits(a.hits), DryRun: p.rehearse,
		Repairs: each(a.repairs, func(r repair) repairView { return p.viewRepair(r.draft, r.repaired, r.names) }),
		Offers:  []offerView{}, Unoffered: []unaskedView{},
	}
	for _, k := range a.offers {
		if k.why == "" {
			v.Offers = append(v.Offers, p.viewOffer(k.offer))
		} else {
			v.Unoffered = append(v.Unoffered, unaskedView{k.hit.ID, k.why})
		}
	}
	return v
}

// sayAsked says of each duty that is hit to whom it is offered, or why it is not.
func (p *pcn) sayAsked(a approval) {
	for _, k := range a.offers {
		fmt.Fprintln(p.stdout)
		if k.why != "" {
			p.say(fmt.Sprintf("%s is not offered: %s.", k.hit.ID, k.why))
			fmt.Fprintf(p.stdout, "  %s\n", strings.Join(k.hints, "\n  "))
			continue
		}
		to := strings.Join(each(k.offer.Asked, func(q rota.Asked) string { return nameOf(a.hits.names, q.Leader) }), ", ")
		if p.rehearse {
			p.say(fmt.Sprintf("%s would be offered to %s.", dutyWords(k.offer, k.hit.whole), to))
			continue
		}
		p.say(fmt.Sprintf("Offer %d: %s, to %s.", k.offer.ID, dutyWords(k.offer, k.hit.whole), to))
		fmt.Fprintf(p.stdout, "  pcnrota swap accept %d --as LEADER\n", k.offer.ID)
	}
	if len(a.offers) > 0 && !p.rehearse {
		fmt.Fprintln(p.stdout)
		p.say(a.hits.leader.Name + " stays responsible for each duty until somebody has taken it.")
	}
}

// sayNext tells what to type about duties that somebody holds who is away.
func (p *pcn) sayNext(h hits) {
	if len(h.duties) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "\n%s still holds %s. Next, for each:\n", h.leader.Name, oneOrMany(len(h.duties), "it", "them"))
	for _, policy := range p.rotasHit(h) {
		fmt.Fprintf(p.stdout, "  pcnrota rota repair %s, then rota publish\n", policy.Name)
	}
	fmt.Fprintln(p.stdout, "or")
	for _, d := range h.duties {
		fmt.Fprintf(p.stdout, "  pcnrota swap offer %s --to anyone\n", d.whole.ID)
	}
}
