package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a config.toml.
type Fault struct {
	File         string
	Line, Column int    // from 1, in characters; 0 where the fault is about the file as a whole
	Key          string // where in the file: rota "on-call", tier "second": weight
	Value        string // as it is typed in the file; "" where there is none, or where it may be a secret
	Problem      string // ends the sentence that Key and Value begin
	Hint         string // what to type
}

// String gives the fault for people: where it is, what is wrong, and on a second line what to type.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": ")
	if f.Key != "" {
		b.WriteString(f.Key + " ")
	}
	if f.Value != "" {
		b.WriteString("= " + f.Value + " ")
	}
	b.WriteString(f.Problem)
	if f.Hint != "" {
		b.WriteString("\n  hint: " + f.Hint)
	}
	return b.String()
}

// Faults are all the faults of one file.
type Faults []Fault

// Error gives one block a fault, in order of line.
func (f Faults) Error() string {
	blocks := make([]string, len(f))
	for i, fault := range f {
		blocks[i] = fault.String()
	}
	return strings.Join(blocks, "\n")
}

// inOrder sorts by place; faults of one place stay in the order in which they were found.
func (f Faults) inOrder() Faults {
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f
}
