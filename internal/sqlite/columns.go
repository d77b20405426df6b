package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file turns columns into the values of the domain and back. The conventions are at the head of
// the first schema file.

// column reads a TEXT column into something that can parse itself; NULL leaves it as it is.
type column[T any] struct {
	into  *T
	parse func(string) (T, error)
}

// Scan is called by database/sql.
func (c column[T]) Scan(from any) error {
	switch text := from.(type) {
	case nil:
		return nil
	case string:
		value, err := c.parse(text)
		*c.into = value
		return err
	default:
		return fmt.Errorf("column holds %T instead of text", from)
	}
}

func dateInto(d *rota.Date) column[rota.Date]    { return column[rota.Date]{d, rota.ParseDate} }
func civilInto(c *rota.Civil) column[rota.Civil] { return column[rota.Civil]{c, rota.ParseCivil} }
func timeOfDayInto(t *rota.TimeOfDay) column[rota.TimeOfDay] {
	return column[rota.TimeOfDay]{t, rota.ParseTimeOfDay}
}

// jsonInto reads what jsonText writes; an empty list gives a nil slice.
func jsonInto[T any](v *T) column[T] {
	return column[T]{v, func(text string) (value T, err error) {
		if text == "[]" {
			return value, nil
		}
		return value, json.Unmarshal([]byte(text), &value)
	}}
}

// instant reads an INTEGER column of seconds; NULL gives the zero time.
type instant struct{ into *time.Time }

// Scan is called by database/sql.
func (i instant) Scan(from any) error {
	switch seconds := from.(type) {
	case nil:
		*i.into = time.Time{}
		return nil
	case int64:
		*i.into = time.Unix(seconds, 0).UTC()
		return nil
	default:
		return fmt.Errorf("column holds %T instead of seconds", from)
	}
}

// number reads an INTEGER column. Database/sql alone would write out the digits and read them again.
type number[T ~int | ~int64] struct{ into *T }

// Scan is called by database/sql.
func (n number[T]) Scan(from any) error {
	whole, is := from.(int64)
	if !is {
		return fmt.Errorf("column holds %T instead of a number", from)
	}
	*n.into = T(whole)
	return nil
}

// dateOrNull writes a day, NULL where it is not set.
func dateOrNull(d rota.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// secondsOrNull writes an instant, NULL where it is the zero time.
func secondsOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// toSecond is t as the database keeps it.
func toSecond(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.Unix(t.Unix(), 0).UTC()
}

// jsonText writes a value as JSON. A nil slice is an empty list.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only values that always can be written come here
	}
	if string(text) == "null" {
		return "[]"
	}
	return string(text)
}

// loadNames are the columns of a Load, in the order of rota.Category.
const loadNames = `weekday, weekend, bank_holiday, festive, meeting, responsibility`

// loadOf names the columns of a Load in the table with the given alias.
func loadOf(alias string) string {
	return alias + "." + strings.ReplaceAll(loadNames, ", ", ", "+alias+".")
}

func loadInto(l *rota.Load) []any {
	into := make([]any, len(l))
	for c := range l {
		into[c] = number[rota.Points]{&l[c]}
	}
	return into
}

func loadArgs(l rota.Load) []any {
	args := make([]any, len(l))
	for c, points := range l {
		args[c] = int64(points)
	}
	return args
}

// scanMore scans the columns of several groups side by side.
func scanMore(r row, groups ...[]any) error {
	var into []any
	for _, group := range groups {
		into = append(into, group...)
	}
	return r.Scan(into...)
}

// The bounds of a query over instants: starts >= atOrAfter(from), starts < atOrAfter(until) and
// ends > after(from). Columns hold whole seconds, arguments need not; a zero time is no bound.
func atOrAfter(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return t.Add(time.Second - time.Nanosecond).Unix()
}

func after(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return t.Unix()
}

const (
	always = -1 << 62 // before every instant
	never  = 1 << 62  // after every instant
)
