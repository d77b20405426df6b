package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) responsibilityShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a responsibility, what is due and what was done", ArgsUsage: "RESPONSIBILITY",
		Description: "  pcnrota responsibility show DSPT",
		Flags:       outputFlags(),
		Action:      p.inPCN(responsibilityShow),
	}
}

func responsibilityShow(c *cli.Context, pcn *pcn) error {
	r, err := pcn.responsibility(c, c.Args().First())
	if err != nil {
		return err
	}
	items, err := pcn.itemsFor(c, r)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	view := struct {
		responsibilityView
		Items []itemView `json:"items"`
	}{viewOfResponsibility(r), each(items, pcn.viewOfItem)}
	if err := pcn.showOne(c, view, factsOfResponsibility(r, names)); err != nil || c.Bool("json") || len(items) == 0 {
		return err
	}
	pcn.tabulateItems(items, names)
	return nil
}

// itemsFor gives all times of r, in order.
func (p *pcn) itemsFor(c *cli.Context, r rota.Obligation) ([]rota.Item, error) {
	items, err := p.db.Items(c.Context, rota.Date{}, rota.Date{})
	return slices.DeleteFunc(items, func(i rota.Item) bool { return i.Responsibility != r.ID }), err
}

func factsOfResponsibility(r rota.Obligation, names map[rota.LeaderID]string) facts {
	var f facts
	f.add("number", strconv.FormatInt(int64(r.ID), 10))
	f.add("responsibility", r.Title)
	f.add("area", r.Area)
	f.add("due", dueInWords(r))
	f.add("who", holderInWords(r, names))
	f.add("deputy", names[r.Deputy])
	if r.Within != (rota.Within{}) {
		f.add("within", r.Within.String()+" after the last")
	}
	f.add("points", r.Points.String())
	f.add("what", r.Note)
	f.add("evidence", r.Evidence)
	f.add("source", r.Source)
	f.add("last checked", r.Checked.String())
	f.add("ends", r.Ends.String())
	return f
}

// tabulateItems shows the last few that are done and the next.
func (p *pcn) tabulateItems(items []rota.Item, names map[rota.LeaderID]string) {
	const past, shown = 4, 12
	open := slices.IndexFunc(items, rota.Item.Open)
	if open < 0 {
		open = len(items)
	}
	first := max(0, open-past)
	last := min(len(items), open+shown)
	fmt.Fprintln(p.stdout)
	t := newTable(col("due"), name("who"), name("deputy"), text("state"))
	for _, i := range items[first:last] {
		t.row(i.Due.Format("Mon 2006-01-02"), cmp.Or(names[i.Owner], "nobody"), names[i.Deputy], p.stateOfItem(i))
	}
	t.write(p.stdout, p.out.width, p.ink())
	if rest := len(items) - last; rest > 0 {
		fmt.Fprintf(p.stdout, "... and %d more as far as %s\n", rest, items[len(items)-1].Due)
	}
}

// stateOfItem says "done 2027-06-12 by Farah Quigley", "overdue" or "".
func (p *pcn) stateOfItem(i rota.Item) string {
	switch {
	case !i.Open() && i.Done.On.After(i.Due):
		return fmt.Sprintf("done late, %s, by %s", i.Done.On, i.Done.By)
	case !i.Open():
		return fmt.Sprintf("done %s by %s", i.Done.On, i.Done.By)
	case i.Overdue(p.today()):
		return "OVERDUE"
	case i.Settled:
		return "settled by hand"
	default:
		return ""
	}
}
