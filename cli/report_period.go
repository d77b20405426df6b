package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// periodFlags say what days a report is about.
func periodFlags() []cli.Flag { return periodFlagsOf("the month that was over last") }

// periodFlagsOf are periodFlags of a report that is about otherwise where nothing is said.
func periodFlagsOf(otherwise string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "month", Usage: "`MONTH` to report on, like 2027-01 (default: " + otherwise + ")"},
		&cli.StringFlag{Name: "quarter", Usage: "`QUARTER` to report on: 2027Q1 or 2026/27Q4, both January to March"},
		&cli.StringFlag{Name: "year", Usage: "`YEAR` to report on: 2027/28, April to March, or 2027"},
		&cli.StringFlag{Name: "from", Usage: "first `DAY` to count"},
		&cli.StringFlag{Name: "until", Usage: "last `DAY` to count"},
	}
}

// periodOf reads periodFlags. today says which month is the last that is over.
func periodOf(c *cli.Context, today rota.Date) (rota.Period, error) {
	named := map[string]func(string) (rota.Period, error){
		"month": rota.ParseMonth, "quarter": rota.ParseQuarter, "year": rota.ParseYear,
	}
	var given []string
	for _, name := range []string{"month", "quarter", "year"} {
		if c.String(name) != "" {
			given = append(given, name)
		}
	}
	days := c.String("from") != "" || c.String("until") != ""
	switch {
	case len(given) > 1:
		return rota.Period{}, usage(fmt.Sprintf("--%s and --%s exclude each other", given[0], given[1]), "leave one of them out")
	case len(given) == 1 && days:
		return rota.Period{}, usage(fmt.Sprintf("--%s says what days already", given[0]), "leave out --from and --until")
	case len(given) == 1:
		return parseWith(named[given[0]], c.String(given[0]))
	case !days:
		return rota.MonthOf(rota.MonthOf(today).First.AddDays(-1)), nil
	}
	return fromUntil(c)
}

// fromUntil reads --from and --until, both of which are needed.
func fromUntil(c *cli.Context) (rota.Period, error) {
	first, err := dayFlag(c, "from")
	if err != nil {
		return rota.Period{}, err
	}
	last, err := dayFlag(c, "until")
	if err != nil {
		return rota.Period{}, err
	}
	switch {
	case first.IsZero():
		return rota.Period{}, usage("--until is given and --from is not", "--from DAY says where to begin")
	case last.IsZero():
		return rota.Period{}, usage("--from is given and --until is not", "--until DAY says where to end; that day is included")
	}
	return rota.Period{First: first, Last: last}, inOrder(first, last)
}

// inWords is "January 2027" for whole months, and the days for anything else.
func inWords(p rota.Period) string {
	if p == rota.MonthOf(p.First) {
		return p.First.Format("January 2006")
	}
	return shownDays(p.First, p.Last)
}
