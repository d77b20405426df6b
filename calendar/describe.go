package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Describe says in words when a rule meets, for lists: "third Thursday, every 2 months". A rule that has
// no short name in English, or cannot be read, is given as it stands.
func Describe(text string) string {
	if text == "" {
		return "once"
	}
	r, err := parseRule(text)
	if err != nil || len(r.yearDays)+len(r.weeks)+len(r.positions) > 0 || len(r.days) > 0 && len(r.monthDays) > 0 {
		return text
	}
	words := ""
	switch r.freq {
	case "DAILY":
		words = r.daily()
	case "WEEKLY":
		words = r.weekly()
	case "MONTHLY":
		words = r.monthly()
	case "YEARLY":
		words = r.yearly()
	}
	if words == "" {
		return text
	}
	return words + r.ending()
}

func (r rule) daily() string {
	if len(r.days)+len(r.monthDays) > 0 {
		return ""
	}
	return every(r.interval, "day") + r.onlyIn()
}

func (r rule) weekly() string {
	switch {
	case len(r.days) == 0:
		return every(r.interval, "week") + r.onlyIn()
	case r.interval == 1 && len(r.days) == 1:
		return "every " + r.days[0].day.String() + r.onlyIn()
	}
	return every(r.interval, "week") + " on " + r.dayNames() + r.onlyIn()
}

func (r rule) monthly() string {
	which := r.whichDay()
	switch {
	case which == "":
		return ""
	case r.interval > 1:
		return fmt.Sprintf("%s, every %d months%s", which, r.interval, r.onlyIn())
	case len(r.months) > 0 && len(r.months) <= 6:
		return which + " of " + monthNames(r.months)
	}
	return which + " of the month" + r.onlyIn()
}

// yearly has a name only where the rule names its months: the fifth Monday of a year is nobody's way of
// saying it.
func (r rule) yearly() string {
	if len(r.months) == 0 {
		if len(r.days)+len(r.monthDays) > 0 {
			return ""
		}
		return every(r.interval, "year")
	}
	which := r.whichDay()
	if which == "" {
		return ""
	}
	return fmt.Sprintf("%s of %s, %s", which, monthNames(r.months), every(r.interval, "year"))
}

// whichDay names the days of a month: "first and third Thursday", "15th", "last day", "same day".
func (r rule) whichDay() string {
	switch {
	case len(r.days) > 0:
		return r.weekdaysOfMonth()
	case len(r.monthDays) > 0:
		return r.numberedDays()
	}
	return "same day"
}

func (r rule) weekdaysOfMonth() string {
	if r.days[0].n == 0 {
		return "every " + r.dayNames()
	}
	var which, names []string
	sameDay := true
	for _, d := range r.days {
		which = append(which, nth(d.n))
		names = append(names, nth(d.n)+" "+d.day.String())
		sameDay = sameDay && d.day == r.days[0].day
	}
	if sameDay {
		return listing(which, "and") + " " + r.days[0].day.String()
	}
	return listing(names, "and")
}

func (r rule) numberedDays() string {
	var names []string
	for _, n := range r.monthDays {
		if n > 0 {
			names = append(names, numeral(n))
		} else {
			names = append(names, nth(n)+" day")
		}
	}
	return listing(names, "and")
}

func (r rule) dayNames() string {
	var names []string
	for _, d := range r.days {
		names = append(names, d.day.String())
	}
	return listing(names, "and")
}

// onlyIn names the months of a rule, or where that is shorter those it leaves out.
func (r rule) onlyIn() string {
	switch {
	case len(r.months) == 0:
		return ""
	case len(r.months) <= 6:
		return ", only in " + monthNames(r.months)
	}
	var out []int
	for m := 1; m <= 12; m++ {
		if !slices.Contains(r.months, m) {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ", not in " + monthNames(out)
}

func (r rule) ending() string {
	switch {
	case r.count == 1:
		return ", once"
	case r.count > 1:
		return fmt.Sprintf(", %d times", r.count)
	case !r.until.day.IsZero():
		return ", until " + r.until.day.Format("2 January 2006")
	}
	return ""
}

func every(n int, unit string) string {
	if n == 1 {
		return "every " + unit
	}
	return fmt.Sprintf("every %d %ss", n, unit)
}

func monthNames(months []int) string {
	months = slices.Sorted(slices.Values(months))
	names := make([]string, len(months))
	for i, m := range months {
		names[i] = time.Month(m).String()
	}
	return listing(names, "and")
}

var (
	ordinals     = []string{"", "first", "second", "third", "fourth", "fifth"}
	fromEndNames = []string{"", "last", "second-last", "third-last", "fourth-last", "fifth-last"}
)

// nth says which one, counted from the end where n is negative.
func nth(n int) string {
	switch {
	case n > 0 && n < len(ordinals):
		return ordinals[n]
	case n < 0 && -n < len(fromEndNames):
		return fromEndNames[-n]
	case n < 0:
		return numeral(-n) + "-last"
	}
	return numeral(n)
}

// numeral gives "1st", "22nd", "13th".
func numeral(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
