package calendar

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// A rule without any day must not keep the others from being planned.
func TestDaysOfARuleThatMatchesNone(t *testing.T) {
	from := rota.Date{Year: 2027, Month: time.January, Day: 1}
	if days, err := Days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", from, from, from.AddDays(400)); err != nil || len(days) > 0 {
		t.Errorf("got %v, %v", days, err)
	}
	if days, err := Days("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", from, from, from.AddDays(400)); err != nil || len(days) != 1 {
		t.Errorf("got %v, %v", days, err)
	}
}
