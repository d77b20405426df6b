package rota

import (
	"fmt"
	"time"
)

// Date is a day of the civil calendar, with no time and no zone. The zero Date means "not set".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const isoDate = "2006-01-02"

// ParseDate reads an ISO 8601 day such as "2027-01-04". It refuses days that do not exist,
// 31 February among them.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(isoDate, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a day written like 2027-01-31", s)
	}
	return dateOf(t), nil
}

// dateOf takes the day t shows in its own location.
func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// noon is d at noon UTC: a handle for calendar arithmetic, far from any midnight.
func (d Date) noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// IsZero reports whether d is not set.
func (d Date) IsZero() bool { return d == Date{} }

// String gives the ISO 8601 form, or "" when d is not set.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Format lays d out as time.Time.Format does: d.Format("Monday 2 January 2006").
func (d Date) Format(layout string) string { return d.noon().Format(layout) }

// AddDays gives the day n days later (earlier where n is negative).
func (d Date) AddDays(n int) Date { return dateOf(d.noon().AddDate(0, 0, n)) }

// DaysUntil counts the days from d to e: 1 from Monday to Tuesday, negative where e comes first.
func (d Date) DaysUntil(e Date) int { return int(e.noon().Sub(d.noon()) / (24 * time.Hour)) }

// Compare is negative where d comes before e, zero where they are the same day.
func (d Date) Compare(e Date) int { return d.noon().Compare(e.noon()) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Weekday gives the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// Monday gives the Monday on or before d: the first day of d's week.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// At joins a day and a time of day.
func (d Date) At(t TimeOfDay) Civil { return Civil{d, t} }

// MarshalText writes the ISO form, so that a Date is "2027-01-04" in JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// TimeOfDay counts minutes after midnight on the wall clock, 0 to 1440. 24:00, the midnight that
// ends a day, is a value of its own, as ISO 8601 has it.
type TimeOfDay int

// ParseTimeOfDay reads "18:30". Midnight at the end of a day is "24:00".
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("18:30") {
		return 0, fmt.Errorf("%q is not a time of day written like 18:30", s)
	}
	return TimeOfDay(t.Hour()*60 + t.Minute()), nil
}

// String gives the 24-hour form, "18:30".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText writes the 24-hour form.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (t *TimeOfDay) UnmarshalText(b []byte) error {
	parsed, err := ParseTimeOfDay(string(b))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// Civil is what a wall clock and a wall calendar show: a day and a time of day, in a zone that the
// context gives. Hours are never added to a Civil; see Instant.
type Civil struct {
	Date Date
	Time TimeOfDay
}

// String gives "2027-01-04T18:30".
func (c Civil) String() string { return c.Date.String() + "T" + c.Time.String() }

// Compare orders civil times as a wall calendar does.
func (c Civil) Compare(o Civil) int {
	if n := c.Date.Compare(o.Date); n != 0 {
		return n
	}
	return int(c.Time) - int(o.Time)
}

// Before reports whether c is earlier on the wall calendar than o.
func (c Civil) Before(o Civil) bool { return c.Compare(o) < 0 }

// MarshalText writes "2027-01-04T18:30".
func (c Civil) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Civil) UnmarshalText(b []byte) error {
	parsed, err := ParseCivil(string(b))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// ParseCivil reads "2027-01-04T18:30".
func ParseCivil(s string) (Civil, error) {
	if len(s) != len("2027-01-04T18:30") || s[10] != 'T' {
		return Civil{}, fmt.Errorf("%q is not a day and time written like 2027-01-04T18:30", s)
	}
	d, err := ParseDate(s[:10])
	if err != nil {
		return Civil{}, err
	}
	t, err := ParseTimeOfDay(s[11:])
	return Civil{d, t}, err
}
