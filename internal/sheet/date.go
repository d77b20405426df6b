package sheet

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// Years outside these are slips of the finger: 0207, 2207.
const firstYear, lastYear = 1950, 2099

var (
	numericDay = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$`)
	isoDay     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	wordyDay   = regexp.MustCompile(`(?i)^(?:([a-z]{3,9}),? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.]([a-z]{3,9}),?[ \-/.](\d{2}|\d{4})$`)
	serialDay  = regexp.MustCompile(`^\d{5}$`)
	midnight   = regexp.MustCompile(`[T ]00:00(:00(\.0+)?)?Z?$`) // what is left of the time of day when a database exports a day
)

// parseDate reads a day as people in Britain and their spreadsheets write it: 2027-01-31, 31/01/2027,
// 31.1.27, 31 Jan 2027, Sunday 31st January 2027, or 46418, which Excel shows when it has lost the
// format of the cell. The day always comes before the month.
func parseDate(s string) (rota.Date, error) {
	s = midnight.ReplaceAllString(s, "")
	if m := isoDay.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := numericDay.FindStringSubmatch(s); m != nil {
		d, err := day(m[3], m[2], m[1])
		if err != nil && monthFirst(m[1], m[2]) {
			return d, errors.New("is not a date: the day comes before the month, as in 31/01/2027")
		}
		return d, err
	}
	if m := wordyDay.FindStringSubmatch(s); m != nil {
		return wordyDate(m[1], m[2], m[3], m[4])
	}
	if serialDay.MatchString(s) {
		n, _ := strconv.Atoi(s)
		return inRange(excelDay(n))
	}
	return rota.Date{}, errors.New("is not a date like 31/01/2027 or 2027-01-31")
}

// monthFirst reports whether two numbers make sense only the American way round: 12/31.
func monthFirst(first, second string) bool {
	a, _ := strconv.Atoi(first)
	b, _ := strconv.Atoi(second)
	return a <= 12 && b > 12 && b <= 31
}

// excelDay turns Excel's serial number of a day into the day. Number 1 is 1 January 1900, but Excel
// counts a 29 February 1900 that never was, so from March 1900 on the count begins a day earlier.
func excelDay(serial int) rota.Date {
	return rota.Date{Year: 1899, Month: time.December, Day: 30}.AddDays(serial)
}

// wordyDate reads a date whose month is a word. A day of the week in front must be the right one: where
// it is not, nobody can say which of the two is meant.
func wordyDate(weekdayWord, dayOfMonth, monthWord, year string) (rota.Date, error) {
	month := monthOf(monthWord)
	if month == 0 {
		return rota.Date{}, fmt.Errorf("is not a date: there is no month %q", monthWord)
	}
	d, err := day(year, strconv.Itoa(int(month)), dayOfMonth)
	if err != nil || weekdayWord == "" {
		return d, err
	}
	if w, err := parseWeekday(weekdayWord); err != nil || w != d.Weekday() {
		return rota.Date{}, fmt.Errorf("is not a date: that day is a %s", d.Weekday())
	}
	return d, nil
}

// monthOf reads a month in full or cut short, as in "Jan" or "Sept"; 0 where there is none.
func monthOf(word string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(word)) {
			return m
		}
	}
	return 0
}

// day joins the parts of a date, all of them digits, and refuses days that do not exist.
func day(year, month, dayOfMonth string) (rota.Date, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(dayOfMonth)
	if len(year) == 2 {
		y = fullYear(y)
	}
	if m < 1 || m > 12 {
		return rota.Date{}, fmt.Errorf("is not a date: there is no month %d", m)
	}
	days := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if d < 1 || d > days {
		return rota.Date{}, fmt.Errorf("is not a date: %s %d has %d days", time.Month(m), y, days)
	}
	return inRange(rota.Date{Year: y, Month: time.Month(m), Day: d})
}

// fullYear puts two digits into the hundred years from 1970.
func fullYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

func inRange(d rota.Date) (rota.Date, error) {
	if d.Year < firstYear || d.Year > lastYear {
		return rota.Date{}, fmt.Errorf("is not a date from %d to %d", firstYear, lastYear)
	}
	return d, nil
}

// period reads a first and a last day. Where the last is blank it is the first.
func period(r row, first, last string) (from, to rota.Date) {
	from, to = parse(r, first, parseDate), parse(r, last, parseDate)
	if r.text(last) == "" {
		return from, from
	}
	inOrder(r, first, from, last, to)
	return from, to
}

// inOrder finds fault with a last day before its first. A day that could not be read has had its fault.
func inOrder(r row, first string, from rota.Date, last string, to rota.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		r.fault(last, fmt.Sprintf("is before %q, the day in %s", r.text(first), r.table.label(r.table.at[first])))
	}
}

var clock = regexp.MustCompile(`(?i)^(\d{1,2})(?:[:.](\d{2}))?(?:[:.]00)? ?(am|pm)?$`)

// parseTime reads a time of day at which something starts: 18:30, 9:00, 18.30, 6:30pm, 18:30:00.
func parseTime(s string) (rota.TimeOfDay, error) {
	m := clock.FindStringSubmatch(s)
	if m == nil || m[2] == "" && m[3] == "" {
		return 0, errNoTime
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if half := strings.ToLower(m[3]); half != "" {
		if hour < 1 || hour > 12 {
			return 0, errNoTime
		}
		hour %= 12
		if half == "pm" {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 {
		return 0, errNoTime
	}
	return rota.TimeOfDay(hour*60 + minute), nil
}

// halfOfDay is a blank between a time and its half of the day.
var halfOfDay = regexp.MustCompile(`(?i)(\d) ([ap]m)$`)

var errNoTime = errors.New("is not a time of day like 18:30")
