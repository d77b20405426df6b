package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// rule is a recurrence rule (RFC 5545 section 3.3.10) of days: the time of day of a meeting is not its
// business. Lists are empty and numbers zero where the rule does not have the part.
type rule struct {
	freq      string // DAILY, WEEKLY, MONTHLY or YEARLY
	interval  int    // 1 or more
	count     int
	until     until
	weekStart time.Weekday
	days      []nthDay
	monthDays []int // negative: counted from the end
	yearDays  []int
	weeks     []int
	months    []int
	positions []int
}

// nthDay is a day of the week: every one, or where n is not 0 the nth of the period, counted from the
// end where n is negative.
type nthDay struct {
	n   int
	day time.Weekday
}

// until is the last moment of a rule: a day, a civil time on that day, or an instant.
type until struct {
	day     rota.Date // zero where the rule has no end
	civil   *rota.Civil
	instant *time.Time
}

const (
	maxRule     = 500 // bytes
	maxInterval = 1000
	maxCount    = 10_000
)

var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// parseRule reads a rule. Its errors are sentences for whoever typed it.
func parseRule(text string) (rule, error) {
	r := rule{interval: 1, weekStart: time.Monday}
	plain := strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	plain = strings.TrimSuffix(strings.TrimPrefix(plain, "RRULE:"), ";")
	if len(plain) > maxRule {
		return r, fmt.Errorf("the rule is longer than %d characters", maxRule)
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(plain, ";") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || value == "" {
			return r, fmt.Errorf("%q is not a part of a rule: write NAME=VALUE with ; between, as in FREQ=MONTHLY;BYDAY=3TH", part)
		}
		if seen[name] {
			return r, fmt.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if err := r.setPart(name, value); err != nil {
			return r, err
		}
	}
	return r, r.check()
}

func (r *rule) setPart(name, value string) (err error) {
	switch name {
	case "FREQ":
		r.freq, err = parseFrequency(value)
	case "INTERVAL":
		r.interval, err = parseNumber(name, value, 1, maxInterval)
	case "COUNT":
		r.count, err = parseNumber(name, value, 1, maxCount)
	case "UNTIL":
		r.until, err = parseUntil(value)
	case "WKST":
		r.weekStart, err = parseWeekdayCode(value)
	case "BYDAY":
		r.days, err = parseList(value, parseNthDay)
	case "BYMONTHDAY":
		r.monthDays, err = parseNumbers(name, value, 31, true)
	case "BYYEARDAY":
		r.yearDays, err = parseNumbers(name, value, 366, true)
	case "BYWEEKNO":
		r.weeks, err = parseNumbers(name, value, 53, true)
	case "BYMONTH":
		r.months, err = parseNumbers(name, value, 12, false)
	case "BYSETPOS":
		r.positions, err = parseNumbers(name, value, 366, true)
	case "BYHOUR", "BYMINUTE", "BYSECOND":
		return fmt.Errorf("%s sets a time of day, and the meeting has its own: leave it out", name)
	default:
		return fmt.Errorf("%s is not a part of a rule: use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYWEEKNO, BYSETPOS or WKST", name)
	}
	return err
}

// check refuses what RFC 5545 forbids and what different calendars would read differently.
func (r rule) check() error {
	nth := slices.ContainsFunc(r.days, func(d nthDay) bool { return d.n != 0 })
	plain := slices.ContainsFunc(r.days, func(d nthDay) bool { return d.n == 0 })
	within := 5 // of a month
	if r.freq == "YEARLY" && len(r.months) == 0 {
		within = 53
	}
	switch {
	case r.freq == "":
		return fmt.Errorf("FREQ is missing: start with FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY")
	case r.count > 0 && !r.until.day.IsZero():
		return fmt.Errorf("COUNT and UNTIL both end the rule: keep one of them")
	case nth && (r.freq == "DAILY" || r.freq == "WEEKLY"):
		return fmt.Errorf("BYDAY=%s counts within a month: use it with FREQ=MONTHLY, or leave the number out", r.days[0])
	case nth && plain:
		return fmt.Errorf("BYDAY mixes days with and without a number: number all of them or none")
	case nth && len(r.weeks) > 0:
		return fmt.Errorf("BYDAY has a number although BYWEEKNO names the week: leave the number out")
	case slices.ContainsFunc(r.days, func(d nthDay) bool { return d.n > within || d.n < -within }):
		return fmt.Errorf("BYDAY counts too far: a month has no sixth week, a year no 54th")
	case len(r.monthDays) > 0 && r.freq == "WEEKLY":
		return fmt.Errorf("BYMONTHDAY does not go with FREQ=WEEKLY: use FREQ=MONTHLY")
	case len(r.yearDays) > 0 && r.freq != "YEARLY":
		return fmt.Errorf("BYYEARDAY goes with FREQ=YEARLY only")
	case len(r.weeks) > 0 && r.freq != "YEARLY":
		return fmt.Errorf("BYWEEKNO goes with FREQ=YEARLY only")
	case len(r.weeks) > 0 && len(r.days) == 0:
		return fmt.Errorf("BYWEEKNO names weeks and not the day: add it, as in BYDAY=TU")
	case len(r.weeks) > 0 && (r.interval > 1 || len(r.months)+len(r.monthDays)+len(r.yearDays)+len(r.positions) > 0):
		return fmt.Errorf("BYWEEKNO goes with BYDAY only, every year: leave out INTERVAL and the other lists")
	case len(r.monthDays) > 0 && r.freq == "YEARLY" && len(r.months) == 0:
		return fmt.Errorf("BYMONTHDAY with FREQ=YEARLY leaves the month open: add BYMONTH, or use FREQ=MONTHLY")
	case len(r.positions) > 0 && len(r.days)+len(r.monthDays)+len(r.yearDays)+len(r.weeks)+len(r.months) == 0:
		return fmt.Errorf("BYSETPOS picks from a list of days: add BYDAY or another list")
	}
	return nil
}

func parseFrequency(value string) (string, error) {
	switch value {
	case "DAILY", "WEEKLY", "MONTHLY", "YEARLY":
		return value, nil
	case "HOURLY", "MINUTELY", "SECONDLY":
		return "", fmt.Errorf("FREQ=%s is too often for a meeting: use DAILY, WEEKLY, MONTHLY or YEARLY", value)
	}
	return "", fmt.Errorf("FREQ=%s is not a frequency: use DAILY, WEEKLY, MONTHLY or YEARLY", value)
}

func parseNumber(name, value string, low, high int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < low || n > high {
		return 0, fmt.Errorf("%s=%s is not a number from %d to %d", name, value, low, high)
	}
	return n, nil
}

// parseNumbers reads numbers from 1 to high and, where fromEnd, from -high to -1.
func parseNumbers(name, value string, high int, fromEnd bool) ([]int, error) {
	low, bounds := 1, fmt.Sprintf("from 1 to %d", high)
	if fromEnd {
		low, bounds = -high, fmt.Sprintf("from 1 to %d or from -%d to -1", high, high)
	}
	return parseList(value, func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil || n == 0 || n < low || n > high {
			return 0, fmt.Errorf("%s=%s does not work: %q is not a number %s", name, value, s, bounds)
		}
		return n, nil
	})
}

// parseList reads values with commas between. A value that is there twice counts once.
func parseList[T comparable](value string, parse func(string) (T, error)) ([]T, error) {
	var out []T
	for s := range strings.SplitSeq(value, ",") {
		v, err := parse(s)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, nil
}

func parseWeekdayCode(s string) (time.Weekday, error) {
	if i := slices.Index(weekdayCodes, s); i >= 0 {
		return time.Weekday(i), nil
	}
	return 0, fmt.Errorf("%q is not a day of the week: use MO, TU, WE, TH, FR, SA or SU", s)
}

func parseNthDay(s string) (nthDay, error) {
	if len(s) < 2 {
		return nthDay{}, fmt.Errorf("BYDAY=%s does not work: %q is not a day like TH, 3TH or -1MO", s, s)
	}
	number, code := s[:len(s)-2], s[len(s)-2:]
	day, err := parseWeekdayCode(code)
	if err != nil || number == "" {
		return nthDay{0, day}, err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n == 0 {
		return nthDay{}, fmt.Errorf("BYDAY=%s does not work: %q is not a day like TH, 3TH or -1MO", s, s)
	}
	return nthDay{n, day}, nil
}

// String gives the day as in a rule: "3TH".
func (d nthDay) String() string {
	if d.n == 0 {
		return weekdayCodes[d.day]
	}
	return strconv.Itoa(d.n) + weekdayCodes[d.day]
}

func parseUntil(value string) (until, error) {
	for _, layout := range []string{"20060102", wall, stamp} {
		t, err := time.Parse(layout, value)
		if err != nil || t.Year() < 1 {
			continue
		}
		civil := rota.CivilOf(t, time.UTC)
		switch layout {
		case stamp:
			return until{day: civil.Date, instant: &t}, nil
		case wall:
			return until{day: civil.Date, civil: &civil}, nil
		}
		return until{day: civil.Date}, nil
	}
	return until{}, fmt.Errorf("UNTIL=%s is not a day written like 20271231", value)
}

// admits reports whether a meeting that starts at start is not after the end of the rule.
func (u until) admits(start rota.Civil, zone *time.Location) bool {
	switch {
	case u.instant != nil:
		return !start.Instant(zone).After(*u.instant)
	case u.civil != nil:
		return !u.civil.Before(start)
	}
	return u.day.IsZero() || !start.Date.After(u.day)
}
