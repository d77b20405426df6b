package cli

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) handoverWrite() *cli.Command {
	return &cli.Command{
		Name: "write", ArgsUsage: "DUTY", Usage: "leave a note about a duty for whoever is on call next",
		Description: `During the duty or after it. It is written by who holds the duty, or held a part of
it; the manager may do it for them. A later note does not replace an earlier one.

` + noPatients + `

  pcnrota handover write on-call.first.20270104 --note "Boiler at Quay is out"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "note", Usage: "`WORDS` for whoever takes over"},
			asFlag("who writes it (default: whoever is or was on call last)"), dryRunFlag()),
		Action: p.inPCN(writeHandover),
	}
}

const longestHandover = 4000 // characters

func writeHandover(c *cli.Context, p *pcn) error {
	duty, err := p.publishedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	h, err := p.leaveNote(c.Context, duty, c.String("note"), c.String("as"))
	if err != nil {
		return err
	}
	names, err := p.leadersByID(c.Context)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		v := p.viewNote(h, names)
		v.DryRun = p.rehearse
		return writeJSON(p.stdout, v)
	}
	p.did("write", fmt.Sprintf("a note of %s about %s", nameOf(names, h.Leader), duty.ID))
	if !p.rehearse {
		fmt.Fprintf(p.stdout, "It is note %d: pcnrota handover show\n", h.ID)
	}
	return nil
}

// leaveNote keeps a note about a duty, except in a dry run. As names who writes it; "" stands for whoever is or was
// on call last.
func (p *pcn) leaveNote(ctx context.Context, duty rota.Duty, note, as string) (h rota.Handover, err error) {
	h = rota.Handover{Duty: duty.ID, Rota: duty.Rota, Tier: duty.Tier, Written: p.at}
	if h.Leader, err = p.handsOver(ctx, duty, as); err != nil {
		return h, err
	}
	if h.Note, err = p.noteGiven(note, longestHandover); err != nil {
		return h, err
	}
	if h.Note == "" {
		return h, usage("what does the note say?", `--note "Boiler at Quay is out, engineer due at ten"`)
	}
	if !p.rehearse {
		h.ID, err = p.db.AddHandover(ctx, h)
	}
	return h, err
}

// handsOver finds who leaves a note about a duty: of those who have been on call in it, the last, or whom as names.
func (p *pcn) handsOver(ctx context.Context, duty rota.Duty, as string) (rota.LeaderID, error) {
	if p.at.Before(duty.Span.Start) {
		return "", wrong(fmt.Sprintf("%s begins on %s: there is nothing to hand over yet", duty.ID, inFull(duty.Start)))
	}
	pieces, err := p.piecesOf(ctx, duty)
	if err != nil {
		return "", err
	}
	had, last := map[rota.LeaderID]bool{}, rota.LeaderID("")
	for _, d := range pieces {
		if d.Holder != "" && !p.at.Before(d.Span.Start) {
			had[d.Holder], last = true, d.Holder
		}
	}
	if last == "" {
		return "", wrong(fmt.Sprintf("nobody has been on call in %s, so nobody can hand it over", duty.ID), "pcnrota rota show --published")
	}
	l, err := p.actingAs(ctx, as, had, last, "in "+string(duty.ID))
	return l.ID, err
}
