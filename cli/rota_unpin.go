package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaUnpin() *cli.Command {
	return &cli.Command{
		Name: "unpin", ArgsUsage: "DUTY [LEADER]", Usage: "take back what pin or forbid said of a duty",
		Description: `Without LEADER, everything that was said of the duty is taken back.

  pcnrota rota unpin on-call.first.20270104T1830
  pcnrota rota unpin on-call.first.20270104 L03`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(unpin),
	}
}

func unpin(c *cli.Context, p *pcn) error {
	pins, err := p.pinsAbout(c, c.Args().First(), c.Args().Get(1))
	if err != nil {
		return err
	}
	if !p.rehearse {
		if err := p.db.RemovePins(c.Context, pins); err != nil {
			return err
		}
	}
	for _, pin := range pins {
		p.did("unpin", fmt.Sprintf("%s: it was %s", pin.Duty, pinWords(pin)))
	}
	return nil
}

// pinsAbout gives the pins of one duty, or the one of that duty and leader. It asks what is kept and not
// the patterns, which may have changed since.
func (p *pcn) pinsAbout(c *cli.Context, typed, leader string) ([]rota.Pin, error) {
	all, err := p.db.Pins(c.Context)
	if err != nil {
		return nil, err
	}
	begins := func(pin rota.Pin) bool {
		return strings.HasPrefix(strings.ToLower(string(pin.Duty)), strings.ToLower(typed))
	}
	all = slices.DeleteFunc(all, func(pin rota.Pin) bool { return !begins(pin) })
	if len(all) == 0 {
		return nil, wrong("nothing is settled by hand about "+typed, "pcnrota rota pins, to see what is")
	}
	ids := each(all, func(pin rota.Pin) rota.DutyID { return pin.Duty })
	slices.Sort(ids)
	duty, err := pickDuty(slices.Compact(ids), typed)
	if err != nil {
		return nil, err
	}
	pins := slices.DeleteFunc(all, func(pin rota.Pin) bool { return pin.Duty != duty })
	about := string(duty)
	if leader != "" {
		l, err := p.leader(c, leader)
		if err != nil {
			return nil, err
		}
		pins = slices.DeleteFunc(pins, func(pin rota.Pin) bool { return pin.Leader != l.ID })
		about += " and " + string(l.ID)
	}
	if len(pins) == 0 {
		return nil, wrong("nothing is settled by hand about "+about, "pcnrota rota pins, to see what is")
	}
	return pins, nil
}
