package cli

import (
	"fmt"
	"strings"
)

// kind describes one kind of thing that spreadsheets bring in and lists show: leaders, absences.
type kind[T any] struct {
	one, many string
	same      func(a, b T) bool   // whether two are the same thing, perhaps with other properties
	label     func(T) string      // for a line of a report: "L01 Dr Aoife Kowalski"
	cells     func(T) [][2]string // column and value, in the order of its spreadsheet
}

// csv gives things as their spreadsheet, so that what is exported can be imported.
func (k kind[T]) csv(things []T) [][]string {
	var none T
	rows := [][]string{each(k.cells(none), func(c [2]string) string { return c[0] })}
	for _, thing := range things {
		rows = append(rows, each(k.cells(thing), func(c [2]string) string { return c[1] }))
	}
	return rows
}

// differences says in words what is different in is, a column each: `phone "1" -> "2"`.
func (k kind[T]) differences(was, is T) []string {
	var found []string
	before, after := k.cells(was), k.cells(is)
	for i := range before {
		if before[i][1] != after[i][1] {
			found = append(found, fmt.Sprintf("%s %s -> %s", before[i][0], shownValue(before[i][1]), shownValue(after[i][1])))
		}
	}
	return found
}

func shownValue(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

// comparison is what a file would do to what there is.
type comparison[T any] struct {
	added     []T
	changed   []T
	how       []string // what is different about changed
	unchanged int
}

// all gives everything that the file brings, in one go.
func (c comparison[T]) all() []T { return append(c.added[:len(c.added):len(c.added)], c.changed...) }

// compare sets the rows of a file against what there is. Things that the file does not have stay.
func (k kind[T]) compare(have, rows []T) comparison[T] {
	var c comparison[T]
	for _, row := range rows {
		was, known := k.find(have, row)
		if !known {
			c.added = append(c.added, row)
			continue
		}
		if how := k.differences(was, row); len(how) > 0 {
			c.changed = append(c.changed, row)
			c.how = append(c.how, strings.Join(how, ", "))
			continue
		}
		c.unchanged++
	}
	return c
}

func (k kind[T]) find(have []T, thing T) (T, bool) {
	for _, h := range have {
		if k.same(h, thing) {
			return h, true
		}
	}
	var none T
	return none, false
}

func (k kind[T]) count(n int) string { return count(n, k.one, k.many) }

// yesOrNothing is how spreadsheets here write a mark.
func yesOrNothing(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}
