package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// listing is the data that a command shows, in each of the forms it can be asked for.
type listing struct {
	json  any        // a struct, or a slice that is not nil
	csv   [][]string // with a row of column names; nil where there is no CSV
	table *table
	empty string   // said instead of a table without rows
	notes []string // lines below the table
}

// outputFlags are the flags of a command that shows a listing without CSV.
func outputFlags() []cli.Flag {
	return []cli.Flag{jsonFlag()}
}

func jsonFlag() cli.Flag { return &cli.BoolFlag{Name: "json", Usage: "as JSON, for programs"} }

// outputFlagsCSV are the flags of a command that shows a listing with CSV.
func outputFlagsCSV() []cli.Flag {
	return append(outputFlags(), &cli.BoolFlag{Name: "csv", Usage: "as CSV, for a spreadsheet"})
}

// show prints l in the form that the flags ask for.
func (p *program) show(c *cli.Context, l listing) error {
	switch {
	case c.Bool("json") && c.Bool("csv"):
		return usage("--json and --csv exclude each other", "leave one of them out")
	case c.Bool("json"):
		return writeJSON(p.stdout, l.json)
	case c.Bool("csv"):
		return writeCSV(p.stdout, l.csv)
	case len(l.table.rows) == 0 && l.empty != "":
		writeFolded(p.stdout, p.out.width, l.empty)
	default:
		l.table.write(p.stdout, p.out.width, p.ink())
	}
	if len(l.notes) > 0 {
		fmt.Fprintln(p.stdout)
		writeFolded(p.stdout, p.out.width, strings.Join(l.notes, "\n")+"\n")
	}
	return nil
}

// facts is the table of one thing: a line for each of its properties that is set.
type facts [][2]string

func (f *facts) add(name, value string) {
	if value != "" {
		*f = append(*f, [2]string{name, value})
	}
}

// showOne prints one thing as facts or as JSON.
func (p *program) showOne(c *cli.Context, data any, f facts) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, data)
	}
	width := 0
	for _, fact := range f {
		width = max(width, len(fact[0]))
	}
	for _, fact := range f {
		name := fact[0]
		for line := range strings.SplitSeq(fact[1], "\n") {
			for _, part := range wrapIndented(line, max(p.out.prose()-width-len(gap), 40)) {
				fmt.Fprintf(p.stdout, "%-*s%s%s\n", width, name, gap, part)
				name = ""
			}
		}
	}
	return nil
}

// writeJSON writes one indented document.
func writeJSON(w io.Writer, data any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(data)
}

// writeCSV writes rows for a spreadsheet. A cell that a spreadsheet would run as a formula gets an
// apostrophe in front, which sheet.Clean takes away again. Numbers stay as they are, and so do phone numbers.
func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = cell
			if isFormula(cell) {
				safe[i] = "'" + cell
			}
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// isFormula reports whether a spreadsheet may run the cell. What begins with a sign is a number, or a phone
// number, where only digits and what divides them follow.
func isFormula(cell string) bool {
	switch {
	case cell == "":
		return false
	case strings.ContainsRune("+-", rune(cell[0])):
		return strings.Trim(cell[1:], "0123456789 .()-") != ""
	default:
		return strings.ContainsRune("=@\t\r", rune(cell[0]))
	}
}

// each turns a list into what is shown of it; the result is never nil, so JSON has [] for it.
func each[T, V any](list []T, view func(T) V) []V {
	views := make([]V, 0, len(list))
	for _, item := range list {
		views = append(views, view(item))
	}
	return views
}

// count says "1 leader" or "14 leaders".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
