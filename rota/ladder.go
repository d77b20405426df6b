package rota

import (
	"fmt"
	"strconv"
	"strings"
)

// Rung is one step of a reminder ladder: to remind Days civil days before the day on which something
// starts, when the PCN's wall clock shows At. {7, 17:00} is five in the afternoon a week before, and
// {0, 07:00} the morning of the day itself.
type Rung struct {
	Days int       `json:"days"` // 0 or more
	At   TimeOfDay `json:"at"`

	Confirm bool `json:"confirm,omitempty"` // the reminder asks to be confirmed
}

// ParseRung reads "7d 17:00", and "7d 17:00 confirm".
func ParseRung(s string) (Rung, error) {
	wrong := fmt.Errorf("%q is not a number of days before and a time, like 7d 17:00", s)
	fields := strings.Fields(s)
	confirm := len(fields) == 3 && fields[2] == "confirm"
	if len(fields) != 2 && !confirm {
		return Rung{}, wrong
	}
	number, isDays := strings.CutSuffix(fields[0], "d")
	days, err := strconv.Atoi(number)
	if !isDays || err != nil || days < 0 || strings.ContainsAny(number, "+-") {
		return Rung{}, wrong
	}
	at, err := ParseTimeOfDay(fields[1])
	if err != nil || at >= 24*60 {
		return Rung{}, wrong
	}
	return Rung{Days: days, At: at, Confirm: confirm}, nil
}

// Short gives the form that ParseRung reads, without whether it is to be confirmed: "7d 17:00".
func (r Rung) Short() string { return fmt.Sprintf("%dd %s", r.Days, r.At) }

// Before gives the moment of the rung, on the wall calendar, for something that starts at start.
func (r Rung) Before(start Civil) Civil { return start.Date.AddDays(-r.Days).At(r.At) }

// String says it in words: "7 days before, 17:00".
func (r Rung) String() string {
	switch r.Days {
	case 0:
		return fmt.Sprintf("on the day, %s", r.At)
	case 1:
		return fmt.Sprintf("1 day before, %s", r.At)
	default:
		return fmt.Sprintf("%d days before, %s", r.Days, r.At)
	}
}
