package cli

import (
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) responsibilityList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the responsibilities, and when each is due next",
		Description: `Those that have ended are left out, unless --all asks for them.

  pcnrota responsibility list
  pcnrota responsibility list --csv > responsibilities.csv`,
		Flags:  append([]cli.Flag{&cli.BoolFlag{Name: "all", Usage: "also those that have ended"}}, outputFlagsCSV()...),
		Action: p.inPCN(responsibilityList),
	}
}

func responsibilityList(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.Responsibilities(c.Context)
	if err != nil {
		return err
	}
	if !c.Bool("all") {
		all = slices.DeleteFunc(all, func(r rota.Obligation) bool { return !r.Ends.IsZero() && r.Ends.Before(pcn.today()) })
	}
	items, err := pcn.db.Items(c.Context, rota.Date{}, rota.Date{})
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	t := newTable(number("no"), text("responsibility"), text("due"), col("next"), name("who"))
	for _, r := range all {
		t.row(strconv.FormatInt(int64(r.ID), 10), r.Title, dueInWords(r), nextDue(r, items, pcn.today()), holderInWords(r, names))
	}
	return pcn.show(c, listing{
		json: each(all, viewOfResponsibility), csv: responsibilities.csv(all), table: t,
		empty: "no responsibilities yet: pcnrota responsibility import-template, or add",
	})
}

// nextDue gives the day of the first that is open, with a mark where that is over.
func nextDue(r rota.Obligation, items []rota.Item, today rota.Date) string {
	for _, i := range items {
		if i.Responsibility == r.ID && i.Open() {
			if i.Overdue(today) {
				return i.Due.String() + " !"
			}
			return i.Due.String()
		}
	}
	return ""
}

type responsibilityView struct {
	ID       rota.ObligationID `json:"id"`
	Title    string            `json:"title"`
	Area     string            `json:"area"`
	Holding  rota.Holding      `json:"holding"`
	Owner    rota.LeaderID     `json:"owner_id"`
	Deputy   rota.LeaderID     `json:"deputy_id"`
	Among    string            `json:"among"`
	Rule     string            `json:"recurrence"`
	Due      string            `json:"due"` // in words
	First    rota.Date         `json:"first"`
	Before   rota.Lead         `json:"before"`
	Within   string            `json:"within"`
	Points   rota.Points       `json:"points"`
	Evidence string            `json:"evidence"`
	Note     string            `json:"note"`
	Source   string            `json:"source"`
	Checked  rota.Date         `json:"checked"`
	Ends     rota.Date         `json:"ends"`
	Series   rota.SeriesID     `json:"series_id"` // before whose meetings it is due; 0 for none
}

func viewOfResponsibility(r rota.Obligation) responsibilityView {
	return responsibilityView{
		r.ID, r.Title, r.Area, r.Holding, r.Owner, r.Deputy, r.Among, r.Rule, dueInWords(r), r.First, r.Before, r.Within.String(), r.Points,
		r.Evidence, r.Note, r.Source, r.Checked, r.Ends, r.Series,
	}
}

type itemView struct {
	ID             rota.ItemID       `json:"id"`
	Responsibility rota.ObligationID `json:"responsibility_id"`
	Title          string            `json:"title"`
	Area           string            `json:"area"`
	Due            rota.Date         `json:"due"`
	Overdue        bool              `json:"overdue"`
	Owner          rota.LeaderID     `json:"owner_id"`
	Deputy         rota.LeaderID     `json:"deputy_id"`
	Points         rota.Points       `json:"points"`
	Done           rota.Date         `json:"done"`
	By             string            `json:"done_by"`
	Evidence       string            `json:"evidence"`
}

func (p *pcn) viewOfItem(i rota.Item) itemView {
	return itemView{i.ID, i.Responsibility, i.Title, i.Area, i.Due, i.Overdue(p.today()), i.Owner, i.Deputy, i.Points, i.Done.On, i.Done.By, i.Done.Evidence}
}
