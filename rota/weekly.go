package rota

import (
	"fmt"
	"strings"
	"time"
)

// Weekly is a civil time that comes once a week.
type Weekly struct {
	Day time.Weekday
	At  TimeOfDay
}

// ParseWeekly reads "Mon 08:00".
func ParseWeekly(s string) (Weekly, error) {
	name, clock, _ := strings.Cut(strings.TrimSpace(s), " ")
	day, err := ParseWeekday(name)
	at, wrong := ParseTimeOfDay(strings.TrimSpace(clock))
	if err != nil || wrong != nil || at >= 24*60 {
		return Weekly{}, fmt.Errorf("%q is not a day of the week and a time, like Mon 08:00", s)
	}
	return Weekly{day, at}, nil
}

// Latest gives the last such time that has come by now. One that the clocks show twice comes the first time.
func (w Weekly) Latest(now time.Time, zone *time.Location) Civil {
	today := CivilOf(now, zone).Date
	latest := today.AddDays(-(int(today.Weekday()) - int(w.Day) + 7) % 7).At(w.At)
	if latest.Instant(zone).After(now) {
		return latest.Date.AddDays(-7).At(w.At)
	}
	return latest
}

// String gives "every Monday, 08:00".
func (w Weekly) String() string { return fmt.Sprintf("every %s, %s", w.Day, w.At) }
