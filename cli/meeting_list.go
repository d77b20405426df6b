package cli

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the series, and the next meetings with who goes",
		Description: `With --csv it gives the series only, as meeting import reads them. Series that are
over are left out, unless --all asks for them.

  pcnrota meeting list
  pcnrota meeting list --weeks 26 --json`,
		Flags: append([]cli.Flag{
			&cli.IntFlag{Name: "weeks", Value: 6, Usage: "`N` how far ahead (default: 6)"},
			&cli.BoolFlag{Name: "all", Usage: "also the series that are over"},
		}, outputFlagsCSV()...),
		Action: p.inPCN(meetingList),
	}
}

func meetingList(c *cli.Context, pcn *pcn) error {
	if weeks := c.Int("weeks"); weeks < 0 || weeks > planAhead/7 {
		return usage(fmt.Sprintf("meetings are planned for up to %d weeks ahead, not %d", planAhead/7, weeks), "--weeks 26")
	}
	series, err := pcn.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	if !c.Bool("all") {
		series = pcn.current(series)
	}
	until := pcn.today().AddDays(7 * c.Int("weeks")).At(0).Instant(pcn.config.Zone)
	next, err := pcn.db.Occurrences(c.Context, pcn.at, until)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	replies, err := pcn.db.Replies(c.Context)
	if err != nil {
		return err
	}
	view := func(m rota.Occurrence) meetingView { return pcn.viewOfMeeting(m, replies) }
	err = pcn.show(c, listing{
		json: meetingsView{each(series, viewOfSeries), each(next, view)},
		csv:  meetings.csv(series), table: tableOfSeries(series), empty: "no meetings yet: pcnrota meeting import FILE.csv",
	})
	if err != nil || c.Bool("json") || c.Bool("csv") || len(series) == 0 {
		return err
	}
	return pcn.showNextMeetings(next, names, replies, c.Int("weeks"))
}

func tableOfSeries(series []rota.Series) *table {
	t := newTable(number("no"), text("meeting"), text("when"), name("who goes"))
	for _, s := range series {
		t.row(fmt.Sprint(s.ID), fmt.Sprintf("%s, %s", s.Title, s.Body), fmt.Sprintf("%s, at %s", whenInWords(s), s.At), s.Who.String())
	}
	return t
}

func (p *pcn) showNextMeetings(next []rota.Occurrence, names map[rota.LeaderID]string, replies []rota.Reply, weeks int) error {
	if len(next) == 0 {
		_, err := fmt.Fprintf(p.stdout, "\nno meeting in the next %s\n", count(weeks, "week", "weeks"))
		return err
	}
	fmt.Fprintln(p.stdout)
	t := newTable(col("day"), col("from"), col("to"), text("meeting"), text("who goes"), text("deputy"), text("accepted"))
	for _, m := range next {
		t.row(m.Start.Date.Format("Mon 2006-01-02"), m.Start.Time.String(), m.End.Time.String(), m.Series.Title, goers(m, names), names[m.Deputy], acceptedInWords(m, replies))
	}
	t.withoutBlank().write(p.stdout, p.out.width, p.ink())
	return nil
}

// meetingsView is what "meeting list" gives as JSON.
type meetingsView struct {
	Series   []seriesView  `json:"series"`
	Meetings []meetingView `json:"meetings"`
}

type seriesView struct {
	ID       rota.SeriesID  `json:"id"`
	Title    string         `json:"title"`
	Body     rota.BodyID    `json:"partner_body"`
	Rule     string         `json:"recurrence"`
	When     string         `json:"when"` // the rule in words
	First    rota.Date      `json:"first"`
	At       rota.TimeOfDay `json:"starts"`
	Minutes  int            `json:"minutes"`
	Place    string         `json:"place"`
	Who      string         `json:"who"`
	PapersTo rota.Lead      `json:"papers_to"`

	PapersFrom  rota.Lead     `json:"papers_from"`
	Until       rota.Date     `json:"until"`
	From        rota.Date     `json:"from"`
	Follows     rota.SeriesID `json:"follows"`
	OffHolidays rota.Shift    `json:"bank_holidays"`
	Link        string        `json:"link"`
	Papers      string        `json:"papers"`
	Agenda      string        `json:"agenda"`
	Actions     string        `json:"actions"`
	Capacity    rota.Capacity `json:"part"`
	Quorum      int           `json:"quorum"`
}

func viewOfSeries(s rota.Series) seriesView {
	return seriesView{
		ID: s.ID, Title: s.Title, Body: s.Body, Rule: s.Rule, When: whenInWords(s), First: s.First, At: s.At,
		Minutes: s.Minutes, Place: s.Place, Who: s.Who.String(), PapersTo: s.PapersTo, PapersFrom: s.PapersFrom,
		Until: s.Until, From: s.From, Follows: s.Follows, OffHolidays: s.OffHolidays, Link: s.Link, Papers: s.Papers,
		Agenda: s.Agenda, Actions: s.Actions, Capacity: s.Capacity, Quorum: s.Quorum,
	}
}

type meetingView struct {
	ID      rota.OccurrenceID `json:"id"`
	Series  rota.SeriesID     `json:"series_id"`
	Title   string            `json:"title"`
	Start   time.Time         `json:"start"`
	End     time.Time         `json:"end"`
	Place   string            `json:"place"`
	Leaders []rota.LeaderID   `json:"leader_ids"`
	Deputy  rota.LeaderID     `json:"deputy_id"` // "" for nobody

	Accepted int `json:"accepted"` // of those who go
	Needed   int `json:"needed"`   // 0 where the meeting asks for no number

	*meetingDetails // of one meeting alone; null in lists
}

// acceptedInWords gives "2 of 3", with "4 needed" where the meeting asks for a number; "" where it asks for none and
// nobody has answered.
func acceptedInWords(m rota.Occurrence, replies []rota.Reply) string {
	q := rota.QuorumOf(m, m.Series.Quorum, replies)
	if q.Needed+q.Accepted+q.Declined == 0 {
		return ""
	}
	says := fmt.Sprintf("%d of %d", q.Accepted, q.Asked)
	if q.Needed > 0 {
		says += fmt.Sprintf(", %d needed", q.Needed)
	}
	return says
}

// viewOfMeeting gives the times in the PCN's zone.
func (p *pcn) viewOfMeeting(m rota.Occurrence, replies []rota.Reply) meetingView {
	q := rota.QuorumOf(m, m.Series.Quorum, replies)
	return meetingView{
		ID: m.ID, Series: m.Series.ID, Title: m.Series.Title, Start: m.Span.Start.In(p.config.Zone), End: m.Span.End.In(p.config.Zone),
		Place: m.Series.Place, Leaders: append([]rota.LeaderID{}, m.Attending...), Deputy: m.Deputy,
		Accepted: q.Accepted, Needed: q.Needed,
	}
}
