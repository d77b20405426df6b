package cli

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) handoverShow() *cli.Command {
	return &cli.Command{
		Name: "show", ArgsUsage: "[DUTY]", Usage: "show what whoever takes over should know, with the calls of the duty",
		Description: `The newest note of each rota and tier, or all notes about one duty.

  pcnrota handover show
  pcnrota handover show on-call.first.20270104 --json`,
		Flags: outputFlags(), Action: p.inPCN(showHandover),
	}
}

func showHandover(c *cli.Context, p *pcn) error {
	notes, err := p.db.Handovers(c.Context)
	if err != nil {
		return err
	}
	if c.Args().Present() {
		duty, err := p.publishedDuty(c.Context, c.Args().First())
		if err != nil {
			return err
		}
		notes = slices.DeleteFunc(notes, func(h rota.Handover) bool { return h.Duty != duty.ID })
	} else {
		notes = rota.NewestHandovers(notes)
	}
	calls, names, err := p.callsOf(c)
	if err != nil {
		return err
	}
	during := func(h rota.Handover) []rota.Call {
		return slices.DeleteFunc(slices.Clone(calls), func(call rota.Call) bool { return call.Duty != h.Duty })
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, each(notes, func(h rota.Handover) noteView {
			v := p.viewNote(h, names)
			v.Calls = each(during(h), func(call rota.Call) callView { return p.viewCall(call, names) })
			return v
		}))
	}
	if len(notes) == 0 {
		fmt.Fprintln(p.stdout, noNotes)
	}
	for i, h := range notes {
		if i > 0 {
			fmt.Fprintln(p.stdout)
		}
		if err := p.tellHandover(c, h, during(h), names); err != nil {
			return err
		}
	}
	return nil
}

const noNotes = "no handover notes: pcnrota handover write DUTY --note WORDS"

// tellHandover prints a note with the calls of its duty.
func (p *pcn) tellHandover(c *cli.Context, h rota.Handover, calls []rota.Call, names map[rota.LeaderID]rota.Leader) error {
	var f facts
	f.add("duty", string(h.Duty))
	f.add("by", fmt.Sprintf("%s, on %s", nameOf(names, h.Leader), inFull(rota.CivilOf(h.Written, p.config.Zone))))
	f.add("note", h.Note)
	for i, call := range calls {
		what := p.callTime(call)
		if call.Note != "" {
			what += ": " + call.Note
		}
		if i == 0 {
			f.add("calls", what)
		} else {
			f = append(f, [2]string{"", what})
		}
	}
	return p.showOne(c, nil, f)
}
