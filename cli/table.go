package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// table is rows under headings, for people. Where it is too wide for the page, the columns that may
// shrink get less room: first those that matter less, the widest of them first.
type table struct {
	columns []column
	rows    [][]string
}

type column struct {
	title string
	fit   fit
	right bool
}

// fit says what a column does where there is not enough room.
type fit int

const (
	whole  fit = iota // nothing
	cuts              // its cells are cut, and end in "…"
	yields            // the same, but before those that only cut
	wraps             // its cells go on in further lines
)

// col is a column that is always shown whole: an ID, a date, a phone number.
func col(title string) column { return column{title: title} }

// name is a column that is cut only where nothing else is left to cut.
func name(title string) column { return column{title: title, fit: cuts} }

// wide is a column that may be cut to fit: a role, a remark.
func wide(title string) column { return column{title: title, fit: yields} }

// text is a column that is never cut, and takes several lines instead.
func text(title string) column { return column{title: title, fit: wraps} }

// number is a column that is lined up on the right.
func number(title string) column { return column{title: title, right: true} }

// step is one way to make room: take from columns of these fits, down to the least that they need.
type step struct {
	least int
	of    []fit
}

func newTable(columns ...column) *table { return &table{columns: columns} }

// row adds a row: one cell a column.
func (t *table) row(cells ...string) {
	if len(cells) != len(t.columns) {
		panic(fmt.Sprintf("row of %d cells in a table of %d columns", len(cells), len(t.columns)))
	}
	clean := make([]string, len(cells))
	for i, cell := range cells {
		clean[i] = strings.Join(strings.Fields(cell), " ") // a line break would break the table
	}
	t.rows = append(t.rows, clean)
}

// withoutBlank is t without the columns in which no row has anything.
func (t *table) withoutBlank() *table {
	if len(t.rows) == 0 {
		return t
	}
	kept := &table{rows: make([][]string, len(t.rows))}
	for i, c := range t.columns {
		if !slices.ContainsFunc(t.rows, func(cells []string) bool { return cells[i] != "" }) {
			continue
		}
		kept.columns = append(kept.columns, c)
		for n, cells := range t.rows {
			kept.rows[n] = append(kept.rows[n], cells[i])
		}
	}
	return kept
}

// gap is the blank between two columns.
const gap = "  "

// write prints t within page columns.
func (t *table) write(w io.Writer, page int, k ink) {
	widths := t.widths(page)
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = strings.ToUpper(c.title)
	}
	t.writeRow(w, widths, titles, k.strong)
	for _, cells := range t.rows {
		t.writeRow(w, widths, cells, func(s string) string { return s })
	}
}

// writeRow writes as many lines as the longest of the row's cells needs.
func (t *table) writeRow(w io.Writer, widths []int, cells []string, paint func(string) string) {
	lines := make([][]string, len(cells))
	height := 1
	for i, c := range t.columns {
		lines[i] = []string{cut(cells[i], widths[i])}
		if c.fit == wraps {
			lines[i] = wrap(cells[i], widths[i])
		}
		height = max(height, len(lines[i]))
	}
	for n := range height {
		var line strings.Builder
		for i, c := range t.columns {
			cell := ""
			if n < len(lines[i]) {
				cell = lines[i][n]
			}
			line.WriteString(padded(c, cell, widths[i], paint))
			if i < len(t.columns)-1 {
				line.WriteString(gap)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// padded fills the cell up to width, and paints it: colour takes no room.
func padded(c column, cell string, width int, paint func(string) string) string {
	blank := strings.Repeat(" ", max(0, width-uniseg.StringWidth(cell)))
	if c.right {
		return blank + paint(cell)
	}
	return paint(cell) + blank
}

// widths gives each column what its longest cell needs, and takes back what the page has no room for. On
// an endless page nothing is cut, and what may take several lines does so as on a plain one.
func (t *table) widths(page int) []int {
	steps := []step{{20, []fit{wraps}}, {12, []fit{yields}}, {8, []fit{yields, cuts, wraps}}}
	if page == endless {
		page, steps = plainWidth, steps[:1]
	}
	widths := make([]int, len(t.columns))
	room := page - len(gap)*(len(t.columns)-1)
	for i, c := range t.columns {
		widths[i] = uniseg.StringWidth(c.title)
		for _, cells := range t.rows {
			widths[i] = max(widths[i], uniseg.StringWidth(cells[i]))
		}
		room -= widths[i]
	}
	for _, s := range steps {
		for ; room < 0; room++ {
			i := t.widest(widths, s.least, s.of)
			if i < 0 {
				break
			}
			widths[i]--
		}
	}
	return widths
}

// widest finds the widest column that fits in one of these ways and has more than least; -1 where there
// is none.
func (t *table) widest(widths []int, least int, of []fit) int {
	widest := -1
	for i, c := range t.columns {
		if slices.Contains(of, c.fit) && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
			widest = i
		}
	}
	return widest
}

// cut shortens a cell to width columns of the terminal, between letters as people count them.
func cut(cell string, width int) string {
	if uniseg.StringWidth(cell) <= width {
		return cell
	}
	kept, room := "", width-1
	for g := uniseg.NewGraphemes(cell); g.Next() && g.Width() <= room; room -= g.Width() {
		kept += g.Str()
	}
	return strings.TrimRight(kept, " ,") + "…"
}
