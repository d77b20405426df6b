package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// These bound the work and the report on a file of the wrong kind.
const (
	maxRows    = 20_000
	maxColumns = 500
	maxCell    = 2_000 // bytes
)

// table is a file that was taken apart into rows whose columns are known.
type table struct {
	file    string
	line    int // of the header
	header  []string
	at      map[string]int // position of each column, by its name in the layout; only those the file has
	rows    []row
	found   []found
	ignored []int // positions of the columns that are not read
}

// row is one line of the file that is not blank.
type row struct {
	table *table
	line  int
	cells []string
}

// open takes the file apart and finds the columns of l. Whatever is wrong is in table.found; rows can
// be read all the same, so that the faults of all columns come in one report.
func open(file string, data []byte, l layout) *table {
	t := &table{file: file, at: map[string]int{}}
	text, err := decode(data)
	if err != nil {
		t.faultAt(0, "", err.Error())
		return t
	}
	t.split(text)
	if len(t.rows) == 0 {
		if len(t.found) == 0 {
			t.faultAt(0, "", "holds nothing but blank rows: save the sheet as CSV again, with its row of column names")
		}
		return t
	}
	head := t.rows[0]
	t.line, t.header, t.rows = head.line, head.cells, t.rows[1:]
	if len(t.header) > maxColumns && firstFilled(t.header, maxColumns) >= 0 {
		t.faultAt(t.line, "", fmt.Sprintf("there are more than %d columns, too many for a sheet of this kind: remove what is not needed", maxColumns))
		t.rows = nil
		return t
	}
	if kind, ok := l.mistakenFor(t.header); ok {
		t.faultAt(t.line, "", fmt.Sprintf("these are the columns of a sheet of %[1]s: import it as %[1]s", kind))
		t.rows = nil
		return t
	}
	t.findColumns(l)
	t.refuseMisshapenRows()
	return t
}

// split reads all rows that are not blank. A row with a stray quotation mark is a fault, and reading goes
// on behind it.
func (t *table) split(text string) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = r.Comma != '\t' // a tab is white space too, and would go with it
	for len(t.rows)+len(t.found) <= maxRows {
		cells, err := r.Read()
		var syntax *csv.ParseError
		switch {
		case err == io.EOF:
			return
		case errors.As(err, &syntax):
			t.faultAt(syntax.StartLine, "", `has a quotation mark that is never closed, or that stands inside a cell: delete it, or put the whole cell in quotation marks and write the mark inside it twice`)
			continue
		}
		line, _ := r.FieldPos(0)
		if cells = tidy(cells); cells != nil && !isSeparatorHint(cells) {
			t.rows = append(t.rows, row{t, line, cells})
		}
	}
	t.found, t.rows = nil, nil
	t.faultAt(0, "", fmt.Sprintf("has more than %d rows, too many for a sheet of this kind: remove what is not needed", maxRows))
}

// separator finds what stands between the cells of the first line that holds anything: the most
// frequent of comma, semicolon and tab, not counting those inside quotation marks.
func separator(text string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(text, " \n"), "\n")
	best, most := ',', 0
	for _, candidate := range ",;\t" {
		n := 0
		for i, part := range strings.Split(line, `"`) {
			if i%2 == 0 {
				n += strings.Count(part, string(candidate))
			}
		}
		if n > most {
			best, most = candidate, n
		}
	}
	return best
}

// isSeparatorHint spots the line "sep=;", by which a file tells Excel its separator.
func isSeparatorHint(cells []string) bool {
	return strings.HasPrefix(strings.ToLower(cells[0]), "sep=")
}

// tidy cleans the cells and gives nil for a blank row.
func tidy(cells []string) []string {
	blank := true
	for i := range cells {
		cells[i] = Clean(cells[i])
		blank = blank && cells[i] == ""
	}
	if blank {
		return nil
	}
	return cells
}

// Clean gives the text of a cell on one line, with single blanks inside and none around, accents composed
// (macOS takes them apart), and no invisible characters, which would make equal names differ and turn
// lines around. A dash or "n/a" says that there is nothing to say. The apostrophe before =, @, + and -, by which
// a spreadsheet is kept from reckoning, is no part of the text.
func Clean(cell string) string {
	cell = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r == '\uFEFF', r == '\u200B', unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, cell)
	cell = norm.NFC.String(strings.Join(strings.Fields(cell), " "))
	switch strings.ToLower(cell) {
	case "-", "–", "—", "n/a":
		return ""
	}
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=@+-", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// findColumns says where each column of l is.
func (t *table) findColumns(l layout) {
	for i, header := range t.header {
		if header == "" {
			continue
		}
		name := l.find(header)
		first, taken := t.at[name]
		switch {
		case name == "":
			t.ignored = append(t.ignored, i)
		case taken:
			t.found = append(t.found, found{Fault{t.file, t.line, t.label(i), "", fmt.Sprintf(
				"means the same as %s: delete or rename one of the two columns", t.label(first))}, i})
		default:
			t.at[name] = i
		}
	}
	if len(t.at) == 0 {
		t.faultAt(t.line, "", "no column name is known here: the first row must name the columns, such as "+l.names())
		t.rows = nil
		return
	}
	for _, c := range l {
		if _, ok := t.at[c.name]; c.required && !ok {
			t.faultAt(t.line, "", fmt.Sprintf("the column %q is missing: add it to the row of column names", c.name))
		}
	}
}

// find gives the name of the column that header stands for, or "".
func (l layout) find(header string) string {
	for _, c := range l {
		if c.called(header) {
			return c.name
		}
	}
	return ""
}

// refuseMisshapenRows takes out the rows that cannot be read as they stand, with one fault each. Where there
// are cells beyond the last column, all cells may have slipped to the right; where a cell is very long, a
// quotation mark may have swallowed the rows after it.
func (t *table) refuseMisshapenRows() {
	kept := t.rows[:0]
	for _, r := range t.rows {
		extra := firstFilled(r.cells, len(t.header))
		long := t.firstLong(r.cells)
		switch {
		case extra >= 0:
			t.found = append(t.found, found{Fault{
				t.file, r.line, "column " + letters(extra), r.cells[extra],
				fmt.Sprintf("stands right of the last of %d columns: put quotation marks around the cell of this row that has a separator in it", len(t.header)),
			}, extra})
		case long >= 0:
			t.found = append(t.found, found{Fault{
				t.file, r.line, t.label(long), r.cells[long],
				"is too long: look for a quotation mark too many in this row",
			}, long})
		default:
			kept = append(kept, r)
		}
	}
	t.rows = kept
}

// firstFilled gives the position of the first cell from position n on that is not blank, or -1.
func firstFilled(cells []string, n int) int {
	for i := n; i < len(cells); i++ {
		if cells[i] != "" {
			return i
		}
	}
	return -1
}

// firstLong gives the position of the first cell that is too long, in a column that is read, or -1.
func (t *table) firstLong(cells []string) int {
	for i, cell := range cells[:min(len(cells), len(t.header))] {
		if len(cell) > maxCell && t.header[i] != "" && !slices.Contains(t.ignored, i) {
			return i
		}
	}
	return -1
}

// label names a column as the reader of the file knows it: "wte (column G)".
func (t *table) label(i int) string { return fmt.Sprintf("%s (column %s)", t.header[i], letters(i)) }

// letters gives the letters over a column in a spreadsheet: A for 0, AA for 26.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + letters(i%26)
}

// faultAt records a fault of a whole row, or of the file where line is 0.
func (t *table) faultAt(line int, value, problem string) {
	t.found = append(t.found, found{Fault{t.file, line, "", value, problem}, -1})
}

// collect reads every row, and gives either all of them or all faults.
func collect[T any](t *table, read func(row) T) ([]T, error) {
	rows := make([]T, 0, len(t.rows))
	for _, r := range t.rows {
		rows = append(rows, read(r))
	}
	if len(t.found) > 0 {
		return nil, sorted(t.found)
	}
	return rows, nil
}

// has reports whether the file has the column.
func (r row) has(column string) bool {
	_, ok := r.table.at[column]
	return ok
}

// text gives the cell in the named column, "" where the row or the file does not have it.
func (r row) text(column string) string {
	i, ok := r.table.at[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// required gives the cell, and finds fault with a blank one. Where the whole column is missing, one fault of
// the header has said so.
func (r row) required(column string) string {
	s := r.text(column)
	if s == "" && r.has(column) {
		r.fault(column, "must not be blank")
	}
	return s
}

// fault records what is wrong with the cell in the named column. In a file without the column, such as
// where two cells contradict each other by default, the row is at fault.
func (r row) fault(column, problem string) { r.faultShowing(column, r.text(column), problem) }

func (r row) faultShowing(column, value, problem string) {
	i, ok := r.table.at[column]
	if !ok {
		r.table.faultAt(r.line, value, column+" "+problem)
		return
	}
	r.table.found = append(r.table.found, found{Fault{r.table.file, r.line, r.table.label(i), value, problem}, i})
}

// parse reads the cell in the named column, and gives the zero value where it is blank or at fault. The
// errors of package rota begin with the value in quotation marks, which Fault says for itself.
func parse[T any](r row, column string, read func(string) (T, error)) (v T) {
	s := r.text(column)
	if s == "" {
		return v
	}
	parsed, err := read(s)
	if err != nil {
		r.fault(column, strings.TrimPrefix(err.Error(), strconv.Quote(s)+" "))
		return v
	}
	return parsed
}
