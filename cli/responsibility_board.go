package cli

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) responsibilityBoard() *cli.Command {
	return &cli.Command{
		Name: "board", Usage: "what is due soon and what is overdue, by owner, with the load of each",
		Description: `  pcnrota responsibility board
  pcnrota responsibility board --days 30 --leader L05`,
		Flags: append([]cli.Flag{
			&cli.IntFlag{Name: "days", Value: 90, Usage: "`N` how far ahead (default: 90)"},
			&cli.StringFlag{Name: "leader", Usage: "`LEADER` whose alone"},
		}, outputFlags()...),
		Action: p.inPCN(responsibilityBoard),
	}
}

// ownerView is what one leader has to see to.
type ownerView struct {
	Leader  rota.LeaderID `json:"leader_id"`
	Name    string        `json:"name"`
	Points  rota.Points   `json:"points"`
	Overdue int           `json:"overdue"`
	Items   []itemView    `json:"items"`
}

func responsibilityBoard(c *cli.Context, pcn *pcn) error {
	days := c.Int("days")
	if days < 0 || days > planAhead {
		return usage(fmt.Sprintf("what is due is known for up to %d days, not %d", planAhead, days), "--days 90")
	}
	var of rota.LeaderID
	if err := setLeaderNamed(c, pcn, "leader", &of); err != nil {
		return err
	}
	items, err := pcn.db.Items(c.Context, rota.Date{}, pcn.today().AddDays(days+1))
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(i rota.Item) bool { return !i.Open() || of != "" && i.Owner != of })
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	views := pcn.byOwner(items, names)
	t := newTable(name("who"), col("due"), text("responsibility"), number("points"))
	load := newTable(name("who"), number("due"), number("overdue"), number("points"))
	for _, v := range views {
		who := v.Name
		for _, i := range v.Items {
			due := i.Due.Format("Mon 2006-01-02")
			if i.Overdue {
				due += " !"
			}
			t.row(who, due, i.Title, i.Points.String())
			who = ""
		}
		load.row(v.Name, fmt.Sprint(len(v.Items)), numberCell(v.Overdue), v.Points.String())
	}
	err = pcn.show(c, listing{json: views, table: t, empty: fmt.Sprintf("nothing is due in the next %s", count(days, "day", "days"))})
	if err != nil || c.Bool("json") || len(views) == 0 {
		return err
	}
	fmt.Fprintln(pcn.stdout)
	load.write(pcn.stdout, pcn.out.width, pcn.ink())
	return nil
}

// byOwner groups what is due: nobody's first, then those with most.
func (p *pcn) byOwner(items []rota.Item, names map[rota.LeaderID]string) []ownerView {
	views := []ownerView{}
	at := map[rota.LeaderID]int{}
	for _, i := range items {
		n, known := at[i.Owner]
		if !known {
			n = len(views)
			at[i.Owner] = n
			views = append(views, ownerView{Leader: i.Owner, Name: cmp.Or(names[i.Owner], "nobody")})
		}
		v := &views[n]
		v.Points += i.Points
		v.Items = append(v.Items, p.viewOfItem(i))
		if i.Overdue(p.today()) {
			v.Overdue++
		}
	}
	slices.SortStableFunc(views, func(a, b ownerView) int {
		nobodys := func(v ownerView) int {
			if v.Leader == "" {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(nobodys(a), nobodys(b)), cmp.Compare(b.Points, a.Points), cmp.Compare(a.Leader, b.Leader))
	})
	return views
}
