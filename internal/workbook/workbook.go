// Package workbook writes tables as a workbook of Excel's (Office Open XML), which LibreOffice, Numbers and
// Google Sheets open too.
//
// Numbers, days and moments are typed cells, so that a spreadsheet reckons with them and shows them its own
// way. Text is text: a name that begins with =, +, - or @ stays a name and is never run as a formula. The same
// tables give the same bytes: a workbook holds the moment that it is given, never the one when it is written.
package workbook

import (
	"cmp"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"pcnrota/rota"
)

// Book is a workbook.
type Book struct {
	Title  string
	Author string
	Made   time.Time
	Sheets []Sheet
}

// Sheet is one table: a row of headings, which stays in sight, rows, and a row of totals, if any.
type Sheet struct {
	Name    string // at most 31 characters, none of them : \ / ? * [ ]
	Columns []string
	Rows    [][]Cell
	Totals  []Cell
}

// Cell is what one cell holds: a Text, a Number, a Count, a rota.Date or a rota.Civil; nil for nothing.
type Cell any

// The kinds of cells besides days and moments.
type (
	Text   string
	Number float64 // shown with two decimals
	Count  int
)

// The formats of cells, by number in ECMA-376 part 1, 18.8.30, or as a code.
const (
	wholeNumber = 1 // 0
	twoDecimals = 2 // 0.00
	dayCode     = "yyyy-mm-dd"
	momentCode  = "yyyy-mm-dd hh:mm"
)

// Write writes the workbook.
func Write(w io.Writer, b Book) error {
	f := excelize.NewFile()
	defer f.Close()
	made := b.Made.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: b.Author, LastModifiedBy: b.Author, Created: made, Modified: made}); err != nil {
		return fmt.Errorf("describe workbook: %w", err)
	}
	for i, s := range b.Sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return fmt.Errorf("name sheet %s: %w", s.Name, err)
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return fmt.Errorf("add sheet %s: %w", s.Name, err)
		}
		if err := (&sheet{file: f, Sheet: s, styles: map[style]int{}}).write(); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.Name, err)
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sheet is a Sheet that is being written.
type sheet struct {
	Sheet
	file   *excelize.File
	styles map[style]int
}

// style is how a cell looks.
type style struct {
	number int
	code   string
	strong bool // headings and totals
}

func (s *sheet) write() error {
	headings := make([]Cell, len(s.Columns))
	for i, name := range s.Columns {
		headings[i] = Text(name)
	}
	rows := append([][]Cell{headings}, s.Rows...)
	if s.Totals != nil {
		rows = append(rows, s.Totals)
	}
	for i, row := range rows {
		strong := i == 0 || s.Totals != nil && i == len(rows)-1
		for column, cell := range row {
			if err := s.set(column+1, i+1, cell, strong); err != nil {
				return err
			}
		}
	}
	return cmp.Or(s.widen(rows), s.freeze(), s.landscape())
}

// set writes one cell.
func (s *sheet) set(column, row int, cell Cell, strong bool) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	look := style{strong: strong}
	switch v := cell.(type) {
	case nil:
	case Text:
		err = s.file.SetCellStr(s.Name, at, string(v))
	case Number:
		look.number = twoDecimals
		err = s.file.SetCellFloat(s.Name, at, float64(v), -1, 64)
	case Count:
		look.number = wholeNumber
		err = s.file.SetCellInt(s.Name, at, int64(v))
	case rota.Date:
		look.code = dayCode
		err = s.file.SetCellFloat(s.Name, at, serial(v.At(0)), -1, 64)
	case rota.Civil:
		look.code = momentCode
		err = s.file.SetCellFloat(s.Name, at, serial(v), -1, 64)
	default:
		err = fmt.Errorf("a cell cannot hold a %T", cell)
	}
	if err != nil {
		return err
	}
	id, err := s.style(look)
	if err != nil {
		return err
	}
	return s.file.SetCellStyle(s.Name, at, at, id)
}

// epoch is day 0 of Excel's calendar for every day from March 1900 on: it counts a 29 February 1900.
var epoch = rota.Date{Year: 1899, Month: time.December, Day: 30}

// serial is a civil moment as Excel counts: days since its epoch, and the part of a day that the clock shows.
func serial(c rota.Civil) float64 {
	return float64(epoch.DaysUntil(c.Date)) + float64(c.Time)/(24*60)
}

func (s *sheet) style(look style) (int, error) {
	if id, ok := s.styles[look]; ok {
		return id, nil
	}
	def := &excelize.Style{NumFmt: look.number}
	if look.code != "" {
		def.CustomNumFmt = &look.code
	}
	if look.strong {
		def.Font = &excelize.Font{Bold: true}
	}
	id, err := s.file.NewStyle(def)
	s.styles[look] = id
	return id, err
}

// widen gives every column the room of its longest cell.
func (s *sheet) widen(rows [][]Cell) error {
	for i := range s.Columns {
		longest := 0
		for _, row := range rows {
			if i < len(row) {
				longest = max(longest, length(row[i]))
			}
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.file.SetColWidth(s.Name, name, name, float64(min(longest, 60)+2)); err != nil {
			return err
		}
	}
	return nil
}

// length is about how many characters a cell shows.
func length(c Cell) int {
	switch v := c.(type) {
	case nil:
		return 0
	case Text:
		return utf8.RuneCountInString(string(v))
	case rota.Date:
		return len(dayCode)
	case rota.Civil:
		return len(momentCode)
	case Number:
		return len(fmt.Sprintf("%.2f", float64(v)))
	default:
		return len(fmt.Sprint(v))
	}
}

// freeze keeps the headings in sight.
func (s *sheet) freeze() error {
	return s.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// landscape lets the sheet be printed on A4, as wide as the page, with the headings on each.
func (s *sheet) landscape() error {
	const a4, asTallAsNeeded = 9, 0
	size, across, high, way, fit := a4, 1, asTallAsNeeded, "landscape", true
	if err := s.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return s.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &across, FitToHeight: &high})
}
