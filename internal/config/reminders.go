package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// Reminders say when people are reminded of what they hold.
type Reminders struct {
	Duty, Meeting, Responsibility, Action []rota.Rung // in file order; empty for no reminder
	Ladders                               []Ladder    // in place of those, for some

	Handover    bool          // whoever's duty begins is sent what was left for them
	Digest      *rota.Weekly  // when leaders are told of their week; nil for never
	Quiet       Quiet         // hours in which nothing goes out that can wait
	WorkingDays bool          // what is due on a day off comes on the working day before
	Confirm     time.Duration // within which a change is to be confirmed; 0 asks nobody
	Ahead       int           // days; a change asks to be confirmed where it is about something within them
}

// Ladder is the ladder of one rota, of the meetings of one partner body, or of one responsibility.
type Ladder struct {
	Rota           rota.RotaName
	Body           rota.BodyID
	Responsibility string
	Rungs          []rota.Rung
}

// Quiet are hours of the day; the zero Quiet is none.
type Quiet struct{ From, Until rota.TimeOfDay }

const maxRungDays = 60

// ParseRung reads "7d 17:00": seven days before, at 17:00; and "7d 17:00 confirm". The error is a
// sentence for whoever typed it.
func ParseRung(s string) (rota.Rung, error) {
	rung, err := rota.ParseRung(s)
	if err == nil && rung.Days > maxRungDays {
		err = fmt.Errorf("%q is more than %d days before", s, maxRungDays)
	}
	return rung, err
}

func parseQuiet(s string) (Quiet, error) {
	if s == "" {
		return Quiet{}, nil
	}
	from, until, _ := strings.Cut(s, "-")
	begin, err := rota.ParseTimeOfDay(strings.TrimSpace(from))
	end, wrong := rota.ParseTimeOfDay(strings.TrimSpace(until))
	if err != nil || wrong != nil || begin >= day || end >= day {
		return Quiet{}, fmt.Errorf("%q is not from one time to another, like 22:00-07:00", s)
	}
	return Quiet{begin, end}, nil
}

// parseHours reads "24h", or "0" for never.
func parseHours(s string) (time.Duration, error) {
	number, _ := strings.CutSuffix(s, "h")
	hours, err := strconv.Atoi(number)
	if err != nil || hours < 0 || hours > 14*24 || strings.ContainsAny(number, "+-") {
		return 0, fmt.Errorf("%q is not a number of hours from 0h to 336h", s)
	}
	return time.Duration(hours) * time.Hour, nil
}

func readReminders(s *section, rotas []rota.Policy) Reminders {
	eve := []rota.Rung{{Days: 7, At: 17 * 60}, {Days: 1, At: 17 * 60}}
	duty := slices.Concat([]rota.Rung{{Days: 28, At: 17 * 60}}, eve, []rota.Rung{{Days: 0, At: 7 * 60}})
	task := []rota.Rung{{Days: 28, At: 9 * 60}, {Days: 7, At: 9 * 60}, {Days: 1, At: 9 * 60}}
	friday := rota.Weekly{Day: time.Friday, At: 12 * 60}
	r := Reminders{
		Duty: readLadder(s, "duty", duty), Meeting: readLadder(s, "meeting", eve),
		Responsibility: readLadder(s, "responsibility", task), Action: readLadder(s, "action", task[1:]),
		Handover: get(s, "handover", truth(true), true), Digest: get(s, "digest", words(`"Fri 12:00"`, parseSummary), &friday),
		Quiet:       get(s, "quiet", words(`"22:00-07:00"`, parseQuiet), Quiet{22 * 60, 7 * 60}),
		WorkingDays: get(s, "working_days", truth(false), false),
		Confirm:     get(s, "confirm_within", words(`"24h"`, parseHours), 24*time.Hour),
		Ahead:       get(s, "confirm_ahead", whole(1, maxRungDays, 14), 14),
	}
	for _, own := range s.tables("ladder") {
		r.Ladders = append(r.Ladders, readOwnLadder(own, rotas))
	}
	return r
}

func readOwnLadder(s *section, rotas []rota.Policy) Ladder {
	l := Ladder{
		Rota: get(s, "rota", slug[rota.RotaName](`"on-call"`), ""), Body: rota.BodyID(get(s, "body", line(`"LMC"`), "")),
		Responsibility: get(s, "responsibility", line(`"DSPT"`), ""), Rungs: readLadder(s, "rungs", nil),
	}
	named := 0
	for _, key := range []string{"rota", "body", "responsibility"} {
		if s.has(key) {
			named++
		}
	}
	known := slices.ContainsFunc(rotas, func(p rota.Policy) bool { return p.Name == l.Rota })
	switch {
	case named != 1 && s.sound():
		s.object("says not, or not only once, whose ladder it is", `one of rota = "on-call", body = "LMC", responsibility = "DSPT"`)
	case s.has("rota") && s.sound("rota") && !known && l.Rota != "meetings":
		s.refuse("rota", s.ask("rota"), "is no rota of this file", "name it as below [[rota]]")
	case !s.has("rungs"):
		s.lack("rungs", "has to be given", `rungs = ["7d 17:00", "1d 17:00"], or [] for no reminder`)
	}
	return l
}

// readLadder reads one ladder; where it is left out, what is usual.
func readLadder(s *section, key string, usual []rota.Rung) []rota.Rung {
	ladder := getList(s, key, words(`"7d 17:00", "1d 17:00"`, ParseRung))
	if !s.has(key) {
		return usual
	}
	for i, rung := range ladder {
		same := func(other rota.Rung) bool { return other.Short() == rung.Short() }
		if slices.ContainsFunc(ladder[:i], same) {
			s.refuse(key, s.ask(key), fmt.Sprintf("names %s twice", rung), "name each time once")
		}
	}
	return ladder
}
