package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaPin() *cli.Command {
	return &cli.Command{
		Name: "pin", ArgsUsage: "DUTY LEADER", Usage: "keep a duty for a leader, by hand",
		Description: `Nobody else is given the duty when the rota is built; everything around it is
shared out as fairly as can be, and rota build says what the pins cost. DUTY may be
cut short where only one duty begins so. Who goes to a meeting changes at once.

  pcnrota rota pin on-call.first.20270104T1830 L03
  pcnrota rota pin on-call.second.20270105 L03 --reason "asked for it"
  pcnrota rota pin meetings.representative.m3.20270112 L03`,
		Flags:  []cli.Flag{reasonFlag(), dryRunFlag()},
		Action: p.inPCN(func(c *cli.Context, p *pcn) error { return p.settle(c, false) }),
	}
}

func (p *program) rotaForbid() *cli.Command {
	return &cli.Command{
		Name: "forbid", ArgsUsage: "DUTY LEADER", Usage: "keep a leader from a duty, by hand",
		Description: `The duty is given to anybody else when the rota is built; a meeting, at once.

  pcnrota rota forbid on-call.first.20270104T1830 L03
  pcnrota rota forbid on-call.first.20270104 L03 --reason "examines that day"`,
		Flags:  []cli.Flag{reasonFlag(), dryRunFlag()},
		Action: p.inPCN(func(c *cli.Context, p *pcn) error { return p.settle(c, true) }),
	}
}

func reasonFlag() cli.Flag {
	return &cli.StringFlag{Name: "reason", Usage: "`WHY` it is settled so, for the record"}
}

// settle keeps a pin unless a hard rule stands against it.
func (p *pcn) settle(c *cli.Context, forbid bool) error {
	policy, duty, err := p.askedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	leader, err := p.leader(c, c.Args().Get(1))
	if err != nil {
		return err
	}
	pin := rota.Pin{Duty: duty.ID, Leader: leader.ID, Forbid: forbid, Reason: c.String("reason")}
	if err := p.canSettle(c, policy, duty, leader, pin); err != nil {
		return err
	}
	verb := "pin"
	if forbid {
		verb = "forbid"
	}
	what := fmt.Sprintf("%s (%s) to %s", duty.ID, inFull(duty.Start), leaders.label(leader))
	if duty.Rota == rota.Meetings {
		what = fmt.Sprintf("%s (%s, %s) to %s", duty.ID, duty.Kind, inFull(duty.Start), leaders.label(leader))
		return p.settleMeeting(c, verb, what, pin)
	}
	if err := p.change(verb, what, func() error { return p.db.PutPin(c.Context, pin) }); err != nil || p.rehearse {
		return err
	}
	return p.sayBuildAnew(c, policy, duty)
}

// canSettle gives the reason against a pin: its duty has begun, an earlier pin says the contrary, or it
// breaks a hard rule. A pin may take the place of another one of its duty.
func (p *pcn) canSettle(c *cli.Context, policy rota.Policy, duty rota.Duty, leader rota.Leader, pin rota.Pin) error {
	if !duty.Span.Start.After(p.at) {
		return wrong(fmt.Sprintf("%s began on %s, and what has begun stays as it is", duty.ID, inFull(duty.Start)))
	}
	problem, err := p.everythingSettled(c, policy, duty)
	if err != nil {
		return err
	}
	problem.Pins = slices.DeleteFunc(problem.Pins, func(other rota.Pin) bool {
		foreseen := duty.Rota == rota.Meetings && other.Says != "" // whose term it is, or who has accepted
		return other.Duty == pin.Duty && !other.Forbid && (!pin.Forbid || foreseen)
	})
	for _, other := range problem.Pins {
		switch {
		case other.Duty != pin.Duty || other.Leader != pin.Leader || other.Forbid == pin.Forbid:
		case other.Says != "":
			return wrong(fmt.Sprintf("%s %s", leaders.label(leader), other.Says), "pcnrota meeting show "+string(duty.ID))
		default:
			return wrong(fmt.Sprintf("%s is %s already", duty.ID, pinWords(other)), fmt.Sprintf("pcnrota rota unpin %s %s", duty.ID, leader.ID))
		}
	}
	why := problem.WhyNot(pin)
	switch {
	case why == "":
		return nil
	case pin.Forbid:
		return wrong(fmt.Sprintf("%s cannot be ruled out of %s: %s", leader.ID, duty.ID, why), "pcnrota rota pins "+string(policy.Name))
	default:
		return wrong(fmt.Sprintf("%s cannot be pinned to %s: %s", duty.ID, leaders.label(leader), why),
			"pcnrota rota pins "+string(policy.Name), "pcnrota absence list "+string(leader.ID))
	}
}

// pinWords gives "kept for L03 by hand" or "ruled out for L03 by hand".
func pinWords(pin rota.Pin) string {
	if pin.Forbid {
		return fmt.Sprintf("ruled out for %s by hand", pin.Leader)
	}
	return fmt.Sprintf("kept for %s by hand", pin.Leader)
}

// everythingSettled is a problem from today on that takes in duty and every pin of its rota. The rota's own
// published duties from today on are left out: a build may move them.
func (p *pcn) everythingSettled(c *cli.Context, policy rota.Policy, duty rota.Duty) (rota.Problem, error) {
	pins, err := p.db.Pins(c.Context)
	if err != nil {
		return rota.Problem{}, err
	}
	last := duty.Start.Date
	for _, pin := range pins {
		if start, err := pin.Duty.Start(); err == nil && pin.Duty.Of(policy.Name) && start.Date.After(last) {
			last = start.Date
		}
	}
	problem, err := p.problem(c.Context, policy, p.today(), last.AddDays(1))
	problem.Held = slices.DeleteFunc(problem.Held, func(d rota.Duty) bool {
		return d.Rota == policy.Name && !d.Start.Date.Before(problem.From)
	})
	return problem, err
}

// sayBuildAnew tells how the draft, or what is published, comes to follow a pin.
func (p *pcn) sayBuildAnew(c *cli.Context, policy rota.Policy, duty rota.Duty) error {
	draft, _, err := p.db.DraftOf(c.Context, policy.Name)
	if err != nil && !errors.Is(err, sqlite.ErrNoDraft) {
		return err
	}
	if err == nil && !duty.Start.Date.Before(draft.From) && duty.Start.Date.Before(draft.Until) {
		weeks := (draft.From.DaysUntil(draft.Until) + 6) / 7
		p.next("The draft follows once it is built anew:", fmt.Sprintf("pcnrota rota build %s --from %s --weeks %d", policy.Name, draft.From, weeks))
		return nil
	}
	versions, err := p.db.Versions(c.Context, policy.Name)
	for _, v := range versions {
		if !v.Published.IsZero() && !duty.Start.Date.Before(v.From) && duty.Start.Date.Before(v.Until) {
			p.next("What is published stays as it is. To change it:",
				fmt.Sprintf("pcnrota rota build %s --from %s", policy.Name, duty.Start.Date), "pcnrota rota publish "+string(policy.Name))
			break
		}
	}
	return err
}
