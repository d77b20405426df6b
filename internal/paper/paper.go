// Package paper lays a published rota out for printing: one HTML page that needs nothing else, a sheet of A4
// landscape a month, to be opened in any browser and printed or saved as PDF. It has no script, loads
// nothing, and says in words whatever it shows in colour, because many print in black and white and some listen.
package paper

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

// Rota is what is printed. All its words are for people.
type Rota struct {
	PCN     string  `json:"pcn"`
	Title   string  `json:"title"`   // "Leadership on call"
	Version string  `json:"version"` // "Version 3, published Mon 4 Jan 2027 12:00"
	Printed string  `json:"printed"` // "Printed Tue 5 Jan 2027 09:00"
	Tiers   []Tier  `json:"tiers"`
	Months  []Month `json:"months"`
}

// Tier is a column.
type Tier struct {
	Title string `json:"title"`
}

// Month is a table.
type Month struct {
	Name   string  `json:"name"` // "January 2027"
	Shifts []Shift `json:"shifts"`
}

// Shift is a row.
type Shift struct {
	Day     string   `json:"day"`   // "Mon 4"
	Times   string   `json:"times"` // "18:30 to Tue 08:00"
	Monday  bool     `json:"-"`     // the first of its week: a line divides it from the week before
	Special []string `json:"special"`
	Cells   []Cell   `json:"cells"` // one a tier
}

// Cell says who is on call in one tier of a shift: several where they share it, none where the tier has no
// such shift.
type Cell struct {
	Holders []Holder `json:"holders"`
}

// Holder is somebody on call, or nobody.
type Holder struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	When  string `json:"when,omitempty"` // the part of the shift, where it is one
	Open  bool   `json:"open"`           // nobody, although somebody should be
}

//go:embed rota.html
var layout string

//go:embed rota.css
var sheet string

// Write writes the page. The same Rota gives the same bytes.
func Write(w io.Writer, r Rota) error {
	page, err := template.New("rota").Parse(layout)
	if err != nil {
		return fmt.Errorf("read layout: %w", err)
	}
	var b bytes.Buffer
	data := struct {
		Rota
		Style template.CSS
	}{r, template.CSS(sheet)}
	if err := page.Execute(&b, data); err != nil {
		return fmt.Errorf("lay out rota: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}
