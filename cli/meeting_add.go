package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a meeting, or a series of them", ArgsUsage: "TITLE",
		Description: `--rule says when it recurs, in words or as an iCalendar RRULE: "third Thursday",
"last Monday, every 3 months", "every 2 weeks on Wednesday", "weekly on Tue",
"first Friday, not in August". --on is for a single meeting. With
--bank-holidays a meeting that would fall on one goes elsewhere.

--who says who goes: all, a role ("Clinical Director"), "leader L01", or any one
who is free and has gone least: any, or "any GP" for one with that role or
qualification. When papers are due comes from the body, unless you say it here.

  pcnrota meeting add "ICB board" --body ICS --at 10:00 --minutes 150 \
    --rule "third Thursday, every 2 months" --who "Clinical Director" \
    --part member --papers-to 6 --bank-holidays after
  pcnrota meeting add "Winter plan" --body PCN --on 2027-10-06 --at 13:00 \
    --who any --link https://meet.example.org/winter`,
		Flags: append(append(seriesFlags(),
			&cli.StringFlag{Name: "on", Usage: "`DAY` of a single meeting"},
			&cli.IntFlag{Name: "papers-days", Usage: "`N` working days before it when papers are due; the same as --papers-to N"}),
			dryRunFlag()),
		Action: p.inPCN(meetingAdd),
	}
}

func meetingAdd(c *cli.Context, pcn *pcn) error {
	added, err := readSeries(c, pcn)
	if err != nil {
		return err
	}
	all, err := pcn.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	if was, known := meetings.find(pcn.current(all), added); known {
		return wrong("there is a meeting "+meetings.label(was)+" already", "give it another title, or pcnrota meeting list")
	}
	next, err := calendar.Occurrences(added, pcn.today(), pcn.today().AddDays(planAhead), pcn.config.Zone, pcn.config.Holidays)
	if err != nil {
		return err
	}
	if len(next) == 0 {
		pcn.warn("no meeting of it falls into the next %d days", planAhead)
	}
	err = pcn.change("add", "meeting "+meetings.label(added), func() error {
		if _, err := pcn.db.AddSeries(c.Context, []rota.Series{added}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil {
		return err
	}
	return pcn.warnAbout(c, []rota.Series{added})
}

// readSeries reads the meeting from the command line.
func readSeries(c *cli.Context, pcn *pcn) (s rota.Series, err error) {
	s = rota.Series{
		Title: sheet.Clean(c.Args().First()), Minutes: c.Int("minutes"), First: pcn.today(), PapersTo: rota.AsBody, PapersFrom: rota.AsBody,
	}
	switch {
	case s.Title == "":
		return s, usage("a meeting needs a title", `pcnrota meeting add "ICB board" ...`)
	case c.String("body") == "":
		return s, usage("whose meeting is it?", "--body ICS (pcnrota body list shows the partner bodies)")
	case c.IsSet("rule") == c.IsSet("on"):
		return s, usage("a meeting either recurs or takes place once", `--rule "third Thursday", or --on 2027-10-06`)
	case c.IsSet("on") && (c.IsSet("first") || c.IsSet("until")):
		return s, usage("--first and --until are for meetings that recur", "leave them out: --on is the day")
	case c.String("at") == "":
		return s, usage("at what time does it start?", "--at 10:00")
	}
	if n := c.Int("papers-days"); c.IsSet("papers-days") {
		s.PapersTo = rota.WorkingDays(n)
		if n < 0 || n > 60 {
			return s, usage("papers cannot be due then", "--papers-days 5")
		}
	}
	if err := setParsed(c, "on", &s.First, parseDay); err != nil {
		return s, err
	}
	return s, setSeries(c, pcn, &s)
}
