package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) absenceRefresh() *cli.Command {
	return &cli.Command{
		Name: "refresh", Usage: "read the calendars that are followed, now", ArgsUsage: "[LEADER]",
		Description: `pcnrota serve does so every hour. Where a calendar cannot be read, what was read
from it before stays.

  pcnrota absence refresh
  pcnrota absence refresh L02`,
		Flags:  append(outputFlags(), dryRunFlag()),
		Action: p.inPCN(absenceRefresh),
	}
}

// refreshView is a visit to one calendar in JSON.
type refreshView struct {
	Calendar rota.CalendarID `json:"calendar"`
	Leader   rota.LeaderID   `json:"leader_id"`
	Name     string          `json:"name"`
	Added    int             `json:"added"`
	Removed  int             `json:"removed"`
	Problem  string          `json:"problem"` // "" where there was none
}

func absenceRefresh(c *cli.Context, pcn *pcn) error {
	of, err := pcn.leadersMeant(c)
	if err != nil {
		return err
	}
	fetcher := pcn.fetcher()
	views := []refreshView{}
	t := newTable(number("no"), col("id"), wide("calendar"), text("what happened"))
	failed := 0
	for _, l := range of {
		followed, err := pcn.followedBy(c, l.ID)
		if err != nil {
			return err
		}
		for _, own := range followed {
			changed, problem, err := pcn.visit(c.Context, fetcher.Fetch, own, true)
			if err != nil {
				return err
			}
			says := newsInWords(changed)
			if problem != "" {
				failed++
				says = "not read: " + problem + "; " + pcn.whatStays(own)
			}
			t.row(numbered(own.ID), string(l.ID), own.Name, says)
			views = append(views, refreshView{own.ID, l.ID, own.Name, len(changed.added), changed.removed, problem})
			if err := pcn.sayAbsenceHits(c, l, changed.added); err != nil {
				return err
			}
		}
	}
	if err := pcn.show(c, listing{json: views, table: t, empty: "no calendar is followed: pcnrota absence follow LEADER ADDRESS"}); err != nil {
		return err
	}
	if failed > 0 {
		return wrong(fmt.Sprintf("%s could not be read", count(failed, "calendar", "calendars")), "nothing that was read before is lost; pcnrota absence calendars shows them")
	}
	return nil
}

// leadersMeant is the leader that a command names, or everybody.
func (p *pcn) leadersMeant(c *cli.Context) ([]rota.Leader, error) {
	if !c.Args().Present() {
		return p.db.Leaders(c.Context)
	}
	l, err := p.leader(c, c.Args().First())
	return []rota.Leader{l}, err
}

// followedBy gives the calendars on the web that are followed for a leader.
func (p *pcn) followedBy(c *cli.Context, id rota.LeaderID) ([]sqlite.Calendar, error) {
	all, err := p.calendarsOf(c.Context, id)
	var followed []sqlite.Calendar
	for _, own := range all {
		if own.Address != "" {
			followed = append(followed, own)
		}
	}
	return followed, err
}
