package cli

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaShow() *cli.Command {
	return &cli.Command{
		Name: "show", ArgsUsage: "[NAME]", Usage: "show who is on call when",
		Description: `Shows the draft where there is one, and what is published where not.

  pcnrota rota show on-call --weeks 4
  pcnrota rota show on-call --published --leader L07
  pcnrota rota show on-call --csv > rota.csv`,
		Flags: append(outputFlagsCSV(),
			publishedFlag(), versionFlag(),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` to show"},
			&cli.IntFlag{Name: "weeks", Usage: "show so many `WEEKS` only"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the leader whose duties to show"}),
		Action: p.inPCN(showRota),
	}
}

func showRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	duties, draft, err := p.dutiesOf(c, policy.Name)
	if err != nil {
		return err
	}
	if duties, err = selectDuties(c, duties); err != nil {
		return err
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names := byID(leaders)
	l := listing{
		json:  each(duties, func(d rota.Duty) dutyView { return p.viewDuty(d, names) }),
		csv:   p.dutyRows(duties, names),
		table: shiftTable(policy, duties, names),
		empty: fmt.Sprintf("%s has no duties then", policy.Name),
	}
	if len(duties) > 0 {
		l.notes = append(l.notes, fmt.Sprintf("%s, %s to %s.", policy.Title, inFull(duties[0].Start), inFull(duties[len(duties)-1].End)))
	}
	if open := withoutHolder(duties); len(open) > 0 {
		l.notes = append(l.notes, fmt.Sprintf("NOBODY holds %s. Why: pcnrota rota explain %s", count(len(open), "duty", "duties"), open[0].ID))
	}
	if draft {
		l.notes = append(l.notes, fmt.Sprintf("This is a draft. pcnrota rota publish %s makes it valid.", policy.Name))
	}
	return p.show(c, l)
}

// withoutHolder gives the duties that nobody holds.
func withoutHolder(duties []rota.Duty) []rota.Duty {
	return slices.DeleteFunc(slices.Clone(duties), func(d rota.Duty) bool { return d.Holder != "" })
}

// dutiesOf gives the duties of the draft, or the published ones, and says which they are.
func (p *pcn) dutiesOf(c *cli.Context, name rota.RotaName) (duties []rota.Duty, draft bool, err error) {
	if c.IsSet("version") {
		v, err := p.numbered(c, name, c.Int("version"))
		if err != nil {
			return nil, false, err
		}
		duties, err := p.db.DutiesOf(c.Context, v.ID)
		return duties, false, err
	}
	if !c.Bool("published") {
		_, duties, err := p.db.DraftOf(c.Context, name)
		if !errors.Is(err, sqlite.ErrNoDraft) {
			return duties, true, err
		}
	}
	published, err := p.db.Published(c.Context, time.Time{}, time.Time{})
	if err == nil && name == rota.Meetings {
		published, err = p.db.InForce(c.Context, time.Time{}, time.Time{})
	}
	for _, d := range published {
		if d.Rota == name {
			duties = append(duties, d.Duty)
		}
	}
	if err == nil && len(duties) == 0 {
		err = nothingOf(name)
	}
	return duties, false, err
}

// selectDuties keeps what --from, --weeks and --leader ask for.
func selectDuties(c *cli.Context, duties []rota.Duty) ([]rota.Duty, error) {
	from, err := dayFlag(c, "from")
	if err != nil {
		return nil, err
	}
	if from.IsZero() && len(duties) > 0 {
		from = duties[0].Start.Date
	}
	return slices.DeleteFunc(slices.Clone(duties), func(d rota.Duty) bool {
		late := c.Int("weeks") > 0 && !d.Start.Date.Before(from.AddDays(7*c.Int("weeks")))
		other := c.String("leader") != "" && string(d.Holder) != c.String("leader")
		return d.Start.Date.Before(from) || late || other
	}), nil
}

func (p *pcn) dutyRows(duties []rota.Duty, names map[rota.LeaderID]rota.Leader) [][]string {
	rows := [][]string{{"id", "rota", "tier", "kind", "start", "end", "category", "points", "leader_id", "leader"}}
	for _, d := range duties {
		v := p.viewDuty(d, names)
		rows = append(rows, []string{
			string(v.ID), string(v.Rota), string(v.Tier), v.Kind, v.Start, v.End,
			v.Category.String(), v.Points.String(), string(v.LeaderID), v.Leader,
		})
	}
	return rows
}

// shiftTable has a row for each shift and a column for each tier.
func shiftTable(policy rota.Policy, duties []rota.Duty, names map[rota.LeaderID]rota.Leader) *table {
	third := col("counts as")
	if policy.Name == rota.Meetings {
		third = name("meeting")
	}
	columns := []column{col("from"), col("until"), third}
	moment := briefly
	if last := len(duties) - 1; last > 0 && duties[0].Start.Date.DaysUntil(duties[last].Start.Date) > 365 {
		moment = inFull
	}
	tierOf := map[rota.TierName]int{}
	for i, tier := range policy.Tiers {
		columns = append(columns, name(string(tier.Name)))
		tierOf[tier.Name] = i
	}
	t := newTable(columns...)
	for i := 0; i < len(duties); {
		first := duties[i]
		holders := make([]string, len(policy.Tiers))
		for ; i < len(duties) && duties[i].Start == first.Start && duties[i].Kind == first.Kind; i++ {
			if at, ok := tierOf[duties[i].Tier]; ok {
				holders[at] = nameOf(names, duties[i].Holder)
			}
		}
		what := first.Category().Title()
		if policy.Name == rota.Meetings {
			what = first.Kind
		}
		t.row(append([]string{moment(first.Start), shortEnd(first), what}, holders...)...)
	}
	return t
}

// shortEnd gives the time, with the day of the week where it is another day. A week later that would
// be the day of the start again, so the date is given.
func shortEnd(d rota.Duty) string {
	switch days := d.Start.Date.DaysUntil(d.End.Date); {
	case days == 0:
		return d.End.Time.String()
	case days >= 7:
		return briefly(d.End)
	}
	return d.End.Date.Format("Mon ") + d.End.Time.String()
}
