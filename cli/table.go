package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// table is rows under headings, for people. Where it is too wide for the page, the columns that may
// shrink are cut, the widest first, and end in "…".
type table struct {
	columns []column
	rows    [][]string
}

type column struct {
	title   string
	shrinks bool
	right   bool
	ink     func(ink, string) string // nil: as it is
}

// col is a column that is always shown whole: an ID, a date, a phone number.
func col(title string) column { return column{title: title} }

// wide is a column that may be cut to fit: a name, a place.
func wide(title string) column { return column{title: title, shrinks: true} }

// number is a column that is lined up on the right.
func number(title string) column { return column{title: title, right: true} }

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

// gap is the blank between two columns.
const gap = "  "

// write prints t within page columns.
func (t *table) write(w io.Writer, page int, k ink) {
	widths := t.widths(page)
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = strings.ToUpper(c.title)
	}
	t.writeRow(w, widths, titles, func(_ column, s string) string { return k.strong(s) })
	for _, cells := range t.rows {
		t.writeRow(w, widths, cells, func(c column, s string) string {
			if c.ink == nil {
				return s
			}
			return c.ink(k, s)
		})
	}
}

// writeRow pads before it paints: colour takes no room.
func (t *table) writeRow(w io.Writer, widths []int, cells []string, paint func(column, string) string) {
	var line strings.Builder
	for i, c := range t.columns {
		cell := cut(cells[i], widths[i])
		blank := strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell))
		if i == len(t.columns)-1 && !c.right {
			blank = ""
		}
		if c.right {
			line.WriteString(blank + paint(c, cell))
		} else {
			line.WriteString(paint(c, cell) + blank)
		}
		if i < len(t.columns)-1 {
			line.WriteString(gap)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
}

// widths gives each column what its longest cell needs. Then it cuts the widest of those that may
// shrink, until all fit into the page or none can shrink any further.
func (t *table) widths(page int) []int {
	const least = 8
	widths := make([]int, len(t.columns))
	total := len(gap) * (len(t.columns) - 1)
	for i, c := range t.columns {
		widths[i] = uniseg.StringWidth(c.title)
		for _, cells := range t.rows {
			widths[i] = max(widths[i], uniseg.StringWidth(cells[i]))
		}
		total += widths[i]
	}
	for ; total > page; total-- {
		widest := -1
		for i, c := range t.columns {
			if c.shrinks && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
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
