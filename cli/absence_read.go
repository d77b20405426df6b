package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) absenceRead() *cli.Command {
	return &cli.Command{
		Name: "read", Usage: "read absences from a calendar file (.ics)", ArgsUsage: "LEADER FILE",
		Description: `Reads a calendar that was saved as a file, once. A file of the same name that is
read again takes the place of what was read from it before; one of another name
adds to it. Either the whole file is understood or none of it is read.

  pcnrota absence read L02 calendar.ics --dry-run
  pcnrota absence read L02 calendar.ics`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(absenceRead),
	}
}

func absenceRead(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	name, data, err := pcn.readFile(c.Args().Get(1))
	if err != nil {
		return err
	}
	away, err := pcn.readAway(data, pcn.at)
	if err != nil {
		return wrong(name+": "+err.Error(), "nothing was changed")
	}
	own := sqlite.Calendar{Leader: l.ID, Name: name, Added: pcn.at}
	have, err := pcn.calendarsOf(c.Context, l.ID)
	if err != nil {
		return err
	}
	for _, other := range have {
		if other.Address == "" && other.Name == name {
			own = other
		}
	}
	return pcn.take(c, l, own, away, "read", fmt.Sprintf("%s for %s", name, leaders.label(l)))
}

// take stores what was read from a calendar, a new one where it has no number yet, and says what that
// changed.
func (p *pcn) take(c *cli.Context, l rota.Leader, own sqlite.Calendar, away timeAway, verb, what string) (err error) {
	if own.ID == 0 && !p.rehearse {
		if own.ID, err = p.db.AddCalendar(c.Context, own); err != nil {
			return err
		}
	}
	changed, err := p.store(c.Context, own, away, p.at)
	if err != nil {
		return err
	}
	how := newsInWords(changed)
	if changed.none() {
		how = count(len(away.absences), "absence", "absences") + ", nothing new"
	}
	if verb == "read" && !p.rehearse {
		fmt.Fprintf(p.stdout, "read %s: %s\n", what, how) // "readed" is no word
	} else {
		p.did(verb, what+": "+how)
	}
	p.sayAway(changed.added, away.free)
	return p.sayAbsenceHits(c, l, changed.added)
}
