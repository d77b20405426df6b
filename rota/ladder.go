package rota

import "fmt"

// Rung is one step of a reminder ladder: to remind Days civil days before the day on which something
// starts, when the PCN's wall clock shows At. {7, 17:00} is five in the afternoon a week before, and
// {0, 07:00} the morning of the day itself.
type Rung struct {
	Days int       `json:"days"` // 0 or more
	At   TimeOfDay `json:"at"`
}

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
