package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list absences", ArgsUsage: "[LEADER]",
		Description: `Lists the absences that are not over, and what is requested; --from looks back. In
JSON, start and end are on the PCN's clocks; whole days end at the midnight after
the last. As CSV, only what is approved.

  pcnrota absence list
  pcnrota absence list --requested
  pcnrota absence list L02 --from 2027-01-01 --to 2027-06-30
  pcnrota absence list --from 2020-01-01 --csv > absences.csv`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "from", Usage: "`DAY` leave out what ends before it (default: today)"},
			&cli.StringFlag{Name: "to", Usage: "`DAY` leave out what begins after it"},
			&cli.BoolFlag{Name: "requested", Usage: "only what nobody has approved or refused yet"},
			&cli.BoolFlag{Name: "refused", Usage: "only what was refused"},
		}, outputFlagsCSV()...),
		Action: p.inPCN(absenceList),
	}
}

func absenceList(c *cli.Context, pcn *pcn) error {
	pick, err := absenceFilter(c, pcn)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	states, err := statesWanted(c)
	if err != nil {
		return err
	}
	all, err := pcn.db.Requests(c.Context, states...)
	if err != nil {
		return err
	}
	var shown []rota.Request
	var approved []rota.Absence
	t := newTable(number("no"), col("id"), name("leader"), col("first"), col("last"), col("kind"))
	over := 0
	for _, q := range all {
		a := q.Absence
		switch pick(a) {
		case wanted:
			shown = append(shown, q)
			kind := kindShown(a)
			if q.State == rota.Approved {
				approved = append(approved, a)
			} else {
				kind += ", " + string(q.State)
			}
			t.row(numbered(a.ID), string(a.Leader), names[a.Leader], firstShown(a), lastBriefly(a), kind)
		case tooEarly:
			over++
		}
	}
	out := listing{json: each(shown, pcn.viewRequest), csv: absenceKind(names).csv(approved), table: t, empty: "no absences"}
	if over > 0 && !c.IsSet("from") {
		out.notes = []string{fmt.Sprintf("%s over; --from DAY shows those that end on it or later", count(over, "absence is", "absences are"))}
	}
	troubles, err := pcn.calendarTroubles(c.Context)
	if err != nil {
		return err
	}
	for _, trouble := range troubles {
		pcn.warn("%s", trouble)
	}
	return pcn.show(c, out)
}

// statesWanted reads --requested and --refused.
func statesWanted(c *cli.Context) ([]rota.RequestState, error) {
	requested, refused := c.Bool("requested"), c.Bool("refused")
	switch {
	case requested && refused:
		return nil, usage("--requested and --refused exclude each other", "leave one of them out")
	case (requested || refused) && c.Bool("csv"):
		return nil, usage("as CSV there is only what is approved, so that it can be imported again", "--json, or leave --csv out")
	case requested:
		return []rota.RequestState{rota.Requested}, nil
	case refused:
		return []rota.RequestState{rota.Refused}, nil
	default:
		return []rota.RequestState{rota.Approved, rota.Requested}, nil
	}
}

// lastBriefly gives the last day, and on the first day the time alone.
func lastBriefly(a rota.Absence) string {
	if a.First == a.Last && !a.WholeDays() {
		return endShown(a)
	}
	return lastShown(a)
}

// kindShown gives "annual", "non-working day Tue", "leave, in calendar 3".
func kindShown(a rota.Absence) string {
	if a.Calendar != 0 {
		return fmt.Sprintf("%s, in calendar %d", a.Keyword, a.Calendar)
	}
	return strings.TrimSpace(string(a.Kind) + " " + weekdayOf(a))
}

// place is where an absence lies to the time that is asked about.
type place int

const (
	wanted place = iota
	tooEarly
	elsewhere
)

// absenceFilter reads LEADER, --from and --to.
func absenceFilter(c *cli.Context, pcn *pcn) (func(rota.Absence) place, error) {
	var of rota.LeaderID
	if c.Args().Present() {
		l, err := pcn.leader(c, c.Args().First())
		if err != nil {
			return nil, err
		}
		of = l.ID
	}
	from, to := pcn.today(), rota.Date{}
	if err := setParsed(c, "from", &from, parseDay); err != nil {
		return nil, err
	}
	if err := setParsed(c, "to", &to, parseDay); err != nil {
		return nil, err
	}
	return func(a rota.Absence) place {
		switch {
		case of != "" && a.Leader != of:
			return elsewhere
		case a.Last.Before(from):
			return tooEarly
		case !to.IsZero() && a.First.After(to):
			return elsewhere
		default:
			return wanted
		}
	}, nil
}
