package cli

import (
	"cmp"
	"fmt"

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
"first Friday, not in August". --on is for a single meeting.

--who says who goes: all, a role ("Clinical Director"), "leader L01", or any one
who is free and has gone least: any, or "any GP" for one with that role or
qualification.

  pcnrota meeting add "ICB board" --body ICS --at 10:00 --minutes 150 \
    --rule "third Thursday, every 2 months" --who "Clinical Director"
  pcnrota meeting add "Winter plan" --body PCN --on 2027-10-06 --at 13:00 \
    --who any`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "body", Usage: "`BODY` whose meeting it is (pcnrota body list)"},
			&cli.StringFlag{Name: "rule", Usage: "`RULE` when it recurs"},
			&cli.StringFlag{Name: "on", Usage: "`DAY` of a single meeting"},
			&cli.StringFlag{Name: "first", Usage: "`DAY` from which the rule counts (default: today)"},
			&cli.StringFlag{Name: "at", Usage: "`TIME` when it starts, like 10:00"},
			&cli.IntFlag{Name: "minutes", Value: 60, Usage: "`N` how long it takes (default: 60)"},
			&cli.StringFlag{Name: "place", Usage: "`PLACE` where it is"},
			&cli.StringFlag{Name: "who", Value: "all", Usage: "`WHO` goes (default: all)"},
			&cli.IntFlag{Name: "papers-days", Usage: "`N` working days before it by which papers are due"},
			dryRunFlag(),
		},
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
	if was, known := meetings.find(all, added); known {
		return wrong(fmt.Sprintf("there is a meeting %s already", meetings.label(was)), "give it another title, or pcnrota meeting list")
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
	return pcn.warnNobody(c, []rota.Series{added})
}

// readSeries reads the meeting from the command line.
func readSeries(c *cli.Context, pcn *pcn) (s rota.Series, err error) {
	s = rota.Series{
		Title: sheet.Clean(c.Args().First()), Place: sheet.Clean(c.String("place")),
		Minutes: c.Int("minutes"), PapersTo: rota.WorkingDays(c.Int("papers-days")), First: pcn.today(),
	}
	if err := checkSeriesFlags(c, s); err != nil {
		return s, err
	}
	body, err := pcn.body(c, c.String("body"))
	if err != nil {
		return s, err
	}
	s.Body = body.ID
	if s.At, err = parseWith(rota.ParseTimeOfDay, c.String("at")); err != nil {
		return s, err
	}
	if s.Who, err = parseWith(rota.ParseWho, c.String("who")); err != nil {
		return s, err
	}
	if err := setParsed(c, cmp.Or(ifSet(c, "on"), "first"), &s.First, parseDay); err != nil {
		return s, err
	}
	if c.IsSet("rule") {
		if s.Rule, err = parseWith(parseRule, c.String("rule")); err != nil {
			return s, hint(err, ruleHint)
		}
	}
	return s, nil
}

// ifSet gives the name of a flag that is given.
func ifSet(c *cli.Context, flag string) string {
	if c.IsSet(flag) {
		return flag
	}
	return ""
}

func checkSeriesFlags(c *cli.Context, s rota.Series) error {
	switch {
	case s.Title == "":
		return usage("a meeting needs a title", `pcnrota meeting add "ICB board" ...`)
	case c.String("body") == "":
		return usage("whose meeting is it?", "--body ICS (pcnrota body list shows the partner bodies)")
	case c.IsSet("rule") == c.IsSet("on"):
		return usage("a meeting either recurs or takes place once", `--rule "third Thursday", or --on 2027-10-06`)
	case c.IsSet("on") && c.IsSet("first"):
		return usage("--first is for meetings that recur", "leave it out: --on is the day")
	case c.String("at") == "":
		return usage("at what time does it start?", "--at 10:00")
	case s.Minutes < 1 || s.Minutes > 24*60:
		return usage(fmt.Sprintf("a meeting cannot take %d minutes", s.Minutes), "--minutes 90")
	case s.PapersTo.Days < 0 || s.PapersTo.Days > 60:
		return usage(fmt.Sprintf("papers cannot be due %d working days before", s.PapersTo.Days), "--papers-days 5")
	}
	return nil
}
