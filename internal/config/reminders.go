package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// Reminders say when people are reminded of what they hold.
type Reminders struct {
	Duty, Meeting []rota.Rung // in file order; empty for no reminder
}

const maxRungDays = 60

// ParseRung reads "7d 17:00": seven days before, at 17:00. The error is a sentence for whoever typed it.
func ParseRung(s string) (rota.Rung, error) {
	wrong := fmt.Errorf("%q is not a number of days before and a time, like 7d 17:00", s)
	before, at, found := strings.Cut(s, " ")
	number, isDays := strings.CutSuffix(before, "d")
	days, err := strconv.Atoi(number)
	if !found || !isDays || err != nil || days < 0 || strings.ContainsAny(number, "+-") {
		return rota.Rung{}, wrong
	}
	time, err := rota.ParseTimeOfDay(strings.TrimSpace(at))
	switch {
	case err != nil || time >= day:
		return rota.Rung{}, wrong
	case days > maxRungDays:
		return rota.Rung{}, fmt.Errorf("%q is more than %d days before", s, maxRungDays)
	}
	return rota.Rung{Days: days, At: time}, nil
}

func readReminders(s *section) Reminders {
	return Reminders{Duty: readLadder(s, "duty"), Meeting: readLadder(s, "meeting")}
}

// readLadder reads one ladder; where it is left out, a week and a day before.
func readLadder(s *section, key string) []rota.Rung {
	ladder := getList(s, key, words(`"7d 17:00", "1d 17:00"`, ParseRung))
	if !s.has(key) {
		return []rota.Rung{{Days: 7, At: 17 * 60}, {Days: 1, At: 17 * 60}}
	}
	for i, rung := range ladder {
		if slices.Contains(ladder[:i], rung) {
			s.refuse(key, s.ask(key), fmt.Sprintf("names %s twice", rung), "name each time once")
		}
	}
	return ladder
}
