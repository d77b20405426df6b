package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pcnrota/internal/workbook"
	"pcnrota/rota"
)

// timesheetView is a report of hours in JSON.
type timesheetView struct {
	Period  rota.Period   `json:"period"`
	Leaders []tallyView   `json:"leaders"` // by month where it was asked for, then in order of leader
	Totals  tallyView     `json:"totals"`  // the sum of leaders
	Nobody  tallyView     `json:"nobody"`  // duties without a holder, not in totals
	Planned bool          `json:"planned"` // some of it is yet to come
	Months  []rota.Period `json:"months"`  // where it was asked for
}

// tallyView is a leader's line in JSON. Hours are rounded to the hundredth; minutes are exact.
type tallyView struct {
	Month    string        `json:"month,omitempty"` // "2027-01"
	LeaderID rota.LeaderID `json:"leader_id,omitempty"`
	Leader   string        `json:"leader,omitempty"`
	Duties   int           `json:"duties"`
	Hours    float64       `json:"hours"`
	Minutes  int           `json:"minutes"`
	AtHome   float64       `json:"hours_at_home"`
	OnSite   float64       `json:"hours_on_site"`
	Points   rota.Points   `json:"points"`
	Split    rota.Load     `json:"points_by_category"`
	Meetings int           `json:"meetings"`
	Met      float64       `json:"meeting_hours"`
}

func viewTally(month string, t rota.Tally, names map[rota.LeaderID]rota.Leader) tallyView {
	return tallyView{
		month, t.Leader, names[t.Leader].Name, t.Duties, roundHours(t.Time), int(t.Time / time.Minute), roundHours(t.AtHome()), roundHours(t.OnSite),
		t.Points.Total(), t.Points, t.Meetings, roundHours(t.Met),
	}
}

func (p *pcn) viewTimesheet(t *timesheet) timesheetView {
	total, nobody := t.total()
	v := timesheetView{
		Period: t.period, Leaders: []tallyView{}, Months: []rota.Period{}, Planned: t.planned,
		Totals: viewTally("", total, nil), Nobody: viewTally("", nobody, nil),
	}
	for _, s := range t.sections {
		if t.byMonth() {
			v.Months = append(v.Months, s.period)
		}
		for _, line := range s.lines {
			v.Leaders = append(v.Leaders, viewTally(t.month(s), line, t.names))
		}
	}
	return v
}

// byMonth says whether a section is a month of a longer period.
func (t *timesheet) byMonth() bool { return len(t.sections) > 1 }

// month names the section where there are several.
func (t *timesheet) month(s section) string {
	if !t.byMonth() {
		return ""
	}
	return s.period.First.Format("2006-01")
}

// total adds up what leaders did, and, apart from it, what nobody did.
func (t *timesheet) total() (total, nobody rota.Tally) {
	for _, s := range t.sections {
		total = total.Plus(s.sum())
		nobody = nobody.Plus(s.nobody)
	}
	return total, nobody
}

func (s section) sum() (sum rota.Tally) {
	for _, line := range s.lines {
		sum = sum.Plus(line)
	}
	return sum
}

// timesheetTable has a row for each leader and one for their sum; by month, after a row with its name.
func timesheetTable(t *timesheet) *table {
	total, _ := t.total()
	site := total.OnSite > 0
	columns := []column{name("leader"), number("duties"), number("hours")}
	if site {
		columns = append(columns, number("on site"))
	}
	columns = append(columns, number("weekday"), number("weekend"), number("bank hol"), number("festive"), number("points"))
	table := newTable(columns...)
	row := func(who string, l rota.Tally) {
		cells := []string{who, strconv.Itoa(l.Duties), hours(l.Time)}
		if site {
			cells = append(cells, hours(l.OnSite))
		}
		for _, c := range rota.OnCallCategories {
			cells = append(cells, l.Points[c].String())
		}
		table.row(append(cells, l.Points.Total().String())...)
	}
	for _, s := range t.sections {
		if len(s.lines) == 0 {
			continue
		}
		if t.byMonth() {
			table.row(append([]string{strings.ToUpper(inWords(s.period))}, make([]string, len(columns)-1)...)...)
		}
		for _, line := range s.lines {
			row(nameOf(t.names, line.Leader), line)
		}
		row("total", s.sum())
	}
	if t.byMonth() && len(table.rows) > 0 {
		row("TOTAL", total)
	}
	return table
}

// notes say what the table is about and what it leaves out.
func (t *timesheet) notes() []string {
	total, nobody := t.total()
	var notes []string
	if len(t.people()) > 0 {
		notes = append(notes, fmt.Sprintf("Hours and duties of %s, points by category.", inWords(t.period)))
	}
	if nobody.Time > 0 || nobody.Duties > 0 {
		notes = append(notes, fmt.Sprintf("%s held %s, %s hours: not in the total.", vacant, count(nobody.Duties, "duty", "duties"), hours(nobody.Time)))
	}
	if total.Meetings > 0 {
		notes = append(notes, fmt.Sprintf("Besides, %s for the PCN, %s hours in all: who went is in --csv and --xlsx.",
			count(total.Meetings, "place at a meeting", "places at meetings"), hours(total.Met)))
	}
	if t.planned && len(notes) > 0 {
		notes = append(notes, "Some of it is yet to come, and is counted as it is planned.")
	}
	return notes
}

// roundHours gives hours to the hundredth.
func roundHours(d time.Duration) float64 {
	return float64((d+18*time.Second)/(36*time.Second)) / 100
}

// hours gives "13.5".
func hours(d time.Duration) string { return strconv.FormatFloat(roundHours(d), 'f', -1, 64) }

// timesheetColumns are the columns in CSV and in the workbook.
var timesheetColumns = []string{
	"first_day", "last_day", "leader_id", "leader", "duties", "hours", "hours_at_home", "hours_on_site",
	"weekday_points", "weekend_points", "bank_holiday_points", "festive_points", "points", "meetings", "meeting_hours",
}

// timesheetCells is a line of CSV and of the workbook.
func timesheetCells(of rota.Period, id, name string, t rota.Tally) []workbook.Cell {
	cells := []workbook.Cell{
		of.First, of.Last, workbook.Text(id), workbook.Text(name), workbook.Count(t.Duties),
		workbook.Number(t.Time.Hours()), workbook.Number(t.AtHome().Hours()), workbook.Number(t.OnSite.Hours()),
	}
	for _, c := range rota.OnCallCategories {
		cells = append(cells, workbook.Number(t.Points[c].Float()))
	}
	return append(cells, workbook.Number(t.Points.Total().Float()), workbook.Count(t.Meetings), workbook.Number(t.Met.Hours()))
}

// cellRows are the lines of all sections, and the sum of them.
func (t *timesheet) cellRows() (rows [][]workbook.Cell, sum []workbook.Cell) {
	for _, s := range t.sections {
		for _, l := range s.lines {
			rows = append(rows, timesheetCells(s.period, string(l.Leader), nameOf(t.names, l.Leader), l))
		}
	}
	total, _ := t.total()
	return rows, timesheetCells(t.period, "", "total", total)
}

// timesheetRows is cellRows as text. There is no total: a spreadsheet adds up by itself, and would add it up too.
func timesheetRows(t *timesheet) [][]string {
	rows := [][]string{timesheetColumns}
	lines, _ := t.cellRows()
	for _, line := range lines {
		row := make([]string, len(line))
		for i, cell := range line {
			row[i] = cellText(cell)
		}
		rows = append(rows, row)
	}
	return rows
}

func cellText(c workbook.Cell) string {
	if n, ok := c.(workbook.Number); ok {
		return rota.PointsOf(float64(n)).String() // two decimals at most, without trailing zeros
	}
	return fmt.Sprint(c)
}
