package cli

import (
	"fmt"
	"strings"
	"time"

	"pcnrota/internal/workbook"
	"pcnrota/rota"
)

// timesheetBook is a report of hours as a workbook: the sums on one sheet, and on another every duty, so that
// whoever pays can check them.
func (p *pcn) timesheetBook(t *timesheet) workbook.Book {
	rows, sum := t.cellRows()
	return workbook.Book{
		Title:  fmt.Sprintf("%s: on call, %s", p.config.PCN.Name, inWords(t.period)),
		Author: "pcnrota",
		Made:   t.changed(),
		Sheets: []workbook.Sheet{
			{Name: "Hours", Columns: headings(timesheetColumns), Rows: rows, Totals: sum},
			p.dutySheet(t),
		},
	}
}

// changed is when a duty of t last changed: like a feed, a workbook depends on what is published, and not on when
// it is asked for.
func (t *timesheet) changed() (last time.Time) {
	for _, d := range t.duties {
		if d.Modified.After(last) {
			last = d.Modified
		}
	}
	return last
}

// headings are the names of columns for people: "Hours on site" for hours_on_site.
func headings(columns []string) []string {
	return each(columns, func(name string) string {
		words := strings.ReplaceAll(name, "_", " ")
		return strings.Replace(strings.ToUpper(words[:1])+words[1:], " id", " ID", 1)
	})
}

// dutySheet lists the duties, in pieces where a part was handed over.
func (p *pcn) dutySheet(t *timesheet) workbook.Sheet {
	s := workbook.Sheet{Name: "Duties", Columns: headings([]string{
		"start", "end", "rota", "tier", "kind", "leader_id", "leader", "hours", "hours_in_period", "on_site", "category", "points", "duty",
	})}
	span := t.period.Span(p.config.Zone)
	for _, d := range t.duties {
		where := "no"
		if t.place(d) == rota.OnSite {
			where = "yes"
		}
		s.Rows = append(s.Rows, []workbook.Cell{
			d.Start, d.End, workbook.Text(d.Rota), workbook.Text(d.Tier), workbook.Text(d.Kind),
			workbook.Text(d.Holder), workbook.Text(nameOf(t.names, d.Holder)),
			workbook.Number(d.Span.End.Sub(d.Span.Start).Hours()), workbook.Number(span.Shared(d.Span).Hours()), workbook.Text(where),
			workbook.Text(d.Category().Title()), workbook.Number(d.Points().Float()), workbook.Text(d.ID),
		})
	}
	return s
}
