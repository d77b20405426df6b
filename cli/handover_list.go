package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) handoverList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list all handover notes", Description: "  pcnrota handover list\n  pcnrota handover list --json",
		Flags: outputFlags(), Action: p.inPCN(listHandovers),
	}
}

func listHandovers(c *cli.Context, p *pcn) error {
	notes, err := p.db.Handovers(c.Context)
	if err != nil {
		return err
	}
	names, err := p.leadersByID(c.Context)
	if err != nil {
		return err
	}
	l := listing{
		json:  each(notes, func(h rota.Handover) noteView { return p.viewNote(h, names) }),
		table: newTable(number("no"), col("duty"), name("by"), text("note")),
		empty: noNotes,
	}
	for _, h := range notes {
		l.table.row(numbered(h.ID), string(h.Duty), nameOf(names, h.Leader), h.Note)
	}
	return p.show(c, l)
}
