package paper

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

// JobPlans is a sheet of A4 for each leader: what they hold in a period against their fair share. All its words are for people.
type JobPlans struct {
	PCN     string
	Period  string // "1 April 2027 to 31 March 2028"
	Printed string // "Printed Tue 5 Jan 2027 09:00"
	Planned bool   // some of it is yet to come
	Plans   []JobPlan
}

// JobPlan is a sheet.
type JobPlan struct {
	Name  string
	Roles string
	Post  string // "0.6 of a whole-time post"
	Work  []Work
	Total []string // hours, share, points, share, difference
	Notes []string
}

// Work is a group of lines.
type Work struct {
	Title string // "On call"
	Lines []WorkLine
	Sum   []string // as the cells of a line
}

// WorkLine is a line: how often, hours, share of hours, points, share of points, difference.
type WorkLine struct {
	What  string
	Cells []string
}

//go:embed job_plan.html
var jobPlanLayout string

//go:embed job_plan.css
var jobPlanSheet string

// WriteJobPlans writes the page. The same plans give the same bytes.
func WriteJobPlans(w io.Writer, plans JobPlans) error {
	page, err := template.New("job plan").Parse(jobPlanLayout)
	if err != nil {
		return fmt.Errorf("read layout: %w", err)
	}
	var b bytes.Buffer
	data := struct {
		JobPlans
		Style template.CSS
	}{plans, template.CSS(jobPlanSheet)}
	if err := page.Execute(&b, data); err != nil {
		return fmt.Errorf("lay out job plans: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}
