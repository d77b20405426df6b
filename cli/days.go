package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// parseDay reads a day as people here type it: 2027-01-31 or 31/01/2027.
func parseDay(typed string) (rota.Date, error) {
	if d, err := rota.ParseDate(typed); err == nil {
		return d, nil
	}
	if t, err := time.Parse("2/1/2006", typed); err == nil {
		return rota.ParseDate(t.Format(time.DateOnly))
	}
	if length := tooFewDays(typed); length != "" {
		return rota.Date{}, usage(fmt.Sprintf("%q is not a day: %s", typed, length))
	}
	return rota.Date{}, usage(fmt.Sprintf("%q is not a day", typed), "write it like 2027-01-31 or 31/01/2027")
}

// tooFewDays says how many days a month has, where what was typed is written like a day and lies beyond its end; else "".
func tooFewDays(typed string) string {
	var year, month, day int
	if n, _ := fmt.Sscanf(typed, "%d-%d-%d", &year, &month, &day); n != 3 {
		if n, _ = fmt.Sscanf(typed, "%d/%d/%d", &day, &month, &year); n != 3 {
			return ""
		}
	}
	days := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if month < 1 || month > 12 || year < 1000 || day <= days || day > 31 {
		return ""
	}
	return fmt.Sprintf("%s %d has %d days", time.Month(month), year, days)
}

// parseDays reads one day, or the first and the last of several: 2027-12-24..2027-12-26.
func parseDays(typed string) (first, last rota.Date, err error) {
	from, to, several := strings.Cut(typed, "..")
	if first, err = parseDay(from); err != nil || !several {
		return first, first, err
	}
	if last, err = parseDay(to); err != nil {
		return first, last, err
	}
	return first, last, inOrder(first, last)
}

// inOrder refuses a last day before the first.
func inOrder(first, last rota.Date) error {
	if last.Before(first) {
		return usage(fmt.Sprintf("the last day, %s, is before the first, %s", last, first), "swap them")
	}
	return nil
}

// dayFlag reads a flag that takes a day; the zero Date where it is not given, or given as "".
func dayFlag(c *cli.Context, name string) (rota.Date, error) {
	if c.String(name) == "" {
		return rota.Date{}, nil
	}
	return parseDay(c.String(name))
}

// parseWith reads an argument with the parser of its type. The parser's sentence says what it should
// have been.
func parseWith[T any](parse func(string) (T, error), typed string) (T, error) {
	v, err := parse(typed)
	if err != nil {
		return v, misused{err}
	}
	return v, nil
}

// shownDays gives "2027-03-12" or "2027-03-12 to 2027-03-18".
func shownDays(first, last rota.Date) string {
	if first == last {
		return first.String()
	}
	return fmt.Sprintf("%s to %s", first, last)
}

// parseDayOrNone is parseDay for a day that may be taken away with "".
func parseDayOrNone(typed string) (rota.Date, error) {
	if typed == "" {
		return rota.Date{}, nil
	}
	return parseDay(typed)
}
