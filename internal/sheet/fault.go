package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Fault is one thing that is wrong with a file. It quotes the file, and with it personal data: it is for the
// eyes of whoever imports the file, not for a log.
type Fault struct {
	File    string // as the caller named it
	Line    int    // as a text editor counts, from 1; 0 where the fault is the whole file's
	Column  string // the header as the file has it and its letter: "wte (column G)"; "" for a whole row or file
	Value   string // the cell, blanks around it removed; "" where there is none or it must not be repeated
	Problem string // what is wrong with Value, and what would be right
}

// Faults is everything that is wrong with a file, in order of line and column. It is the error of every
// function of this package whose file is at fault.
type Faults []Fault

// Error gives one line a fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// String puts the fault in one line:
//
//	leaders.csv line 6, wte (column G): "six tenths" is not a whole-time equivalent above 0 and up to 1.5, like 0.8
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, " line %d", f.Line)
	}
	if f.Column != "" {
		b.WriteString(", " + f.Column)
	}
	b.WriteString(": ")
	if f.Value != "" {
		b.WriteString(strconv.Quote(shorten(f.Value)) + " ")
	}
	b.WriteString(f.Problem)
	return b.String()
}

// shorten keeps a cell that swallowed half a file from filling the screen.
func shorten(s string) string {
	const longest = 80
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// found is a fault and the position of its column, by which faults of one line are sorted.
type found struct {
	Fault
	position int
}

// sorted gives the faults in the order in which the eye meets them in the file.
func sorted(all []found) Faults {
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.position, b.position))
	})
	faults := make(Faults, len(all))
	for i, f := range all {
		faults[i] = f.Fault
	}
	return faults
}
