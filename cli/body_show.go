package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) bodyShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a partner body, its names and its meetings", ArgsUsage: "BODY",
		Description: "  pcnrota body show ICS",
		Flags:       outputFlags(),
		Action:      p.inPCN(bodyShow),
	}
}

func bodyShow(c *cli.Context, pcn *pcn) error {
	b, err := pcn.body(c, c.Args().First())
	if err != nil {
		return err
	}
	all, err := pcn.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	next, err := pcn.db.Occurrences(c.Context, pcn.at, time.Time{})
	if err != nil {
		return err
	}
	view := struct {
		rota.Body
		Meetings []seriesView `json:"meetings"`
	}{b, []seriesView{}}
	var titles []string
	for _, s := range pcn.current(all) {
		if s.Body == b.ID {
			view.Meetings = append(view.Meetings, viewOfSeries(s))
			titles = append(titles, fmt.Sprintf("%d  %s, %s", s.ID, s.Title, nextOf(s, next)))
		}
	}
	return pcn.showOne(c, view, factsOfBody(b, pcn.today(), titles))
}

// nextOf says when a series meets next.
func nextOf(s rota.Series, next []rota.Occurrence) string {
	for _, m := range next {
		if m.Series.ID == s.ID {
			return "next on " + m.Start.Date.Format("Mon 2006-01-02")
		}
	}
	return "none to come"
}

func factsOfBody(b rota.Body, today rota.Date, titles []string) facts {
	var f facts
	f.add("id", string(b.ID))
	f.add("name", b.NameOn(today))
	if coming := b.Name; coming != b.NameOn(today) {
		f.add("later", coming)
	}
	f.add("before", strings.Join(each(b.Renamed, renamingInWords), "\n"))
	f.add("kind", string(b.Kind))
	f.add("starts", b.Starts.String())
	if !b.Ends.IsZero() {
		f.add("ends", b.Ends.String())
	}
	f.add("then", string(b.Into))
	f.add("contact", strings.Join(nonEmpty(b.Contact.Name, b.Contact.Email, b.Contact.Phone), ", "))
	f.add("told who attends", map[bool]string{true: "yes, by name and role", false: "no"}[b.TellsContact])
	f.add("reminders", cmp.Or(ladderTyped(b.Ladder), "as in config.toml"))
	f.add("papers to it", beforeMeeting(b.PapersTo))
	f.add("papers from it", beforeMeeting(b.PapersFrom))
	f.add("meetings", strings.Join(titles, "\n"))
	return f
}

func nonEmpty(words ...string) []string {
	var some []string
	for _, w := range words {
		if w != "" {
			some = append(some, w)
		}
	}
	return some
}

// beforeMeeting says "5 clear days before", "" for never.
func beforeMeeting(l rota.Lead) string {
	if l.Days == 0 {
		return ""
	}
	return l.String() + " before"
}
