package cli

import (
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in meetings from a CSV file, or from a body's own calendar", ArgsUsage: "FILE|ADDRESS",
		Description: `CSV columns: title, partner_body, recurrence (an iCalendar RRULE such as
FREQ=MONTHLY;BYDAY=3TH, or words such as third Thursday; blank for a single
meeting), first (the day from which it counts), starts (a time), minutes, place,
who, papers_due_working_days_before, and what meeting list --csv has besides. Adds
the series that are not there yet; a series is the same where title and body are.
Either the whole file comes in or, where it has faults, none of it.

A calendar (.ics, or an address that begins with https:// or webcal://) needs
--body. Its meetings are those of the body: when it moves one, so do we, and the
meeting stays the same in everybody's calendar. pcnrota serve looks at an address
every hour; a file is read again when you import it again. --only takes the
meetings whose title has one of these words.

  pcnrota meeting import meetings.csv --first 2027-01-04
  pcnrota meeting import https://icb.example.nhs.uk/board.ics --body ICS \
    --only "board,committee" --who "Clinical Director" --part member`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "first", Usage: "`DAY` from which rules count where the file has none (default: today)"},
			&cli.StringFlag{Name: "body", Usage: "`BODY` whose calendar it is"},
			&cli.StringFlag{Name: "only", Usage: "`WORDS` of which a title must have one, by commas; \"\" for all meetings"},
			&cli.StringFlag{Name: "who", Value: "any", Usage: "`WHO` goes to the meetings of a calendar (default: any)"},
			&cli.StringFlag{Name: "part", Usage: "`PART` the PCN has in them: member, observer, presenting"},
			dryRunFlag(),
		},
		Action: p.inPCN(meetingImport),
	}
}

func meetingImport(c *cli.Context, pcn *pcn) error {
	typed := c.Args().First()
	if strings.Contains(typed, "://") || strings.HasSuffix(strings.ToLower(typed), ".ics") {
		return pcn.importCalendar(c, typed)
	}
	for _, flag := range []string{"body", "only", "who", "part"} {
		if c.IsSet(flag) {
			return usage("--"+flag+" is for calendars; a spreadsheet has a column for it", "leave it out")
		}
	}
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
			return sheet.Meetings(name, data, bodies, first, parseRule)
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
	return pcn.warnAbout(c, found.added)
}
