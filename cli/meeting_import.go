package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in series of meetings from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: title, partner_body, recurrence (an iCalendar RRULE such as
FREQ=MONTHLY;BYDAY=3TH; blank for a single meeting), first (the day from which it counts), starts (a time), minutes,
place, who, papers_due_working_days_before. Adds the series that are not there
yet; a series is the same where title and body are. Either the whole file comes
in or, where it has faults, none of it.

  pcnrota meeting import meetings.csv --first 2027-01-04`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "first", Usage: "`DAY` from which rules count where the file has none (default: today)"},
			dryRunFlag(),
		},
		Action: p.inPCN(meetingImport),
	}
}

func meetingImport(c *cli.Context, pcn *pcn) error {
	first := pcn.today()
	if err := setParsed(c, "first", &first, parseDay); err != nil {
		return err
	}
	bodies, err := pcn.db.Bodies(c.Context)
	if err != nil {
		return err
	}
	have, err := pcn.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	found, err := importing[rota.Series]{
		kind: meetings, file: sheet.MeetingFile, have: have, addOnly: true,
		read: func(name string, data []byte) ([]rota.Series, error) {
			return sheet.Meetings(name, data, bodies, first, calendar.CheckRule)
		},
		put: func(found comparison[rota.Series]) error {
			if _, err := pcn.db.AddSeries(c.Context, found.added); err != nil {
				return err
			}
			return pcn.planMeetings(c.Context)
		},
	}.run(c, pcn)
	if err != nil {
		return err
	}
	return pcn.warnNobody(c, found.added)
}
