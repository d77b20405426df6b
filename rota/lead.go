package rota

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Lead says how long before a meeting, or another day, something is due. The zero Lead: never.
type Lead struct {
	Days  int  `json:"days"`  // working days; 0 for never, -1 for AsBody
	Clear bool `json:"clear"` // they lie whole between the two days, neither of which counts: see On
}

// AsBody is the Lead of a meeting that has the one of its body.
var AsBody = Lead{Days: -1}

// WorkingDays is the Lead of n working days: 1 is the last working day before.
func WorkingDays(n int) Lead { return Lead{Days: n} }

const maxLead = 60

// ParseLead reads "5", "5 working days", "5 clear days", "none" and, for that of the body, "as the body".
func ParseLead(s string) (Lead, error) {
	plain := strings.Join(strings.Fields(strings.ToLower(s)), " ")
	switch plain {
	case "none", "never", "0":
		return Lead{}, nil
	case "as the body", "as body", "body":
		return AsBody, nil
	}
	number, unit, _ := strings.Cut(plain, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxLead {
		return Lead{}, fmt.Errorf("%q is not like 5, 5 clear days or none, of at most %d days", s, maxLead)
	}
	switch strings.TrimSuffix(unit, "s") {
	case "", "day", "working day":
		return Lead{Days: n}, nil
	case "clear", "clear day", "clear working day":
		return Lead{Days: n, Clear: true}, nil
	}
	return Lead{}, fmt.Errorf("%q does not count in working days or clear days", s)
}

// String gives what ParseLead reads.
func (l Lead) String() string {
	unit := "working day"
	switch {
	case l == AsBody:
		return "as the body"
	case l.Days == 0:
		return "none"
	case l.Clear:
		unit = "clear day"
	}
	if l.Days != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", l.Days, unit)
}

// MarshalText writes what ParseLead reads.
func (l Lead) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (l *Lead) UnmarshalText(text []byte) (err error) {
	*l, err = ParseLead(string(text))
	return err
}

// Or gives l, or the body's where l leaves it to the body.
func (l Lead) Or(body Lead) Lead {
	if l == AsBody {
		return body
	}
	return l
}

// On gives the last day on which what is due so long before day is in time; the zero Date where nothing
// is. Neither weekends nor bank holidays count. Of clear days, by which councils count, neither the day on
// which it is done nor day itself is one.
func (l Lead) On(day Date, holidays Holidays) Date {
	n := l.Days
	if n <= 0 {
		return Date{}
	}
	if l.Clear {
		n++
	}
	for n > 0 {
		if day = day.AddDays(-1); holidays.Working(day) {
			n--
		}
	}
	return day
}

// Working reports whether d is neither on a weekend nor a bank holiday.
func (h Holidays) Working(d Date) bool {
	_, holiday := h.On(d)
	return !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}
