package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a series with its meetings, or one meeting of it", ArgsUsage: "MEETING",
		Description: `The link to join by and the days when papers are due are those of the meeting on
DAY, or of the next one.

  pcnrota meeting show "ICB board"
  pcnrota meeting show "ICB board" --on 2027-05-20`,
		Flags:  append([]cli.Flag{&cli.StringFlag{Name: "on", Usage: "`DAY` of one meeting"}}, outputFlags()...),
		Action: p.inPCN(meetingShow),
	}
}

func meetingShow(c *cli.Context, pcn *pcn) error {
	s, err := pcn.series(c, c.Args().First())
	if err != nil {
		return err
	}
	all, err := pcn.meetingsOf(c.Context, s)
	if err != nil {
		return err
	}
	cancelled, err := pcn.cancelledOf(c, s)
	if err != nil {
		return err
	}
	if c.IsSet("on") {
		return pcn.showMeeting(c, s, all)
	}
	replies, err := pcn.db.Replies(c.Context)
	if err != nil {
		return err
	}
	viewed := func(m rota.Occurrence) meetingView { return pcn.viewOfMeeting(m, replies) }
	next := slices.DeleteFunc(all, func(m rota.Occurrence) bool { return !m.Span.Start.After(pcn.at) })
	view := struct {
		seriesView
		Meetings  []meetingView `json:"meetings"`
		Cancelled []meetingView `json:"cancelled"`
	}{viewOfSeries(s), each(next, viewed), each(cancelled, viewed)}
	f, err := pcn.factsOfSeries(c, s)
	if err != nil {
		return err
	}
	if err := pcn.showOne(c, view, f); err != nil || c.Bool("json") {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	pcn.tabulateMeetings(next, cancelled, names, replies)
	return nil
}

// cancelledOf gives the meetings to come of s that were called off alone.
func (p *pcn) cancelledOf(c *cli.Context, s rota.Series) ([]rota.Occurrence, error) {
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return nil, err
	}
	cancelled, err := p.db.Cancelled(c.Context, p.at)
	chain := chainOf(s, all)
	return slices.DeleteFunc(cancelled, func(m rota.Occurrence) bool { return !m.Own.Cancelled || !slices.Contains(chain, m.Series.ID) }), err
}

// tabulateMeetings lists the next meetings, and in their places those that were called off.
func (p *pcn) tabulateMeetings(next, cancelled []rota.Occurrence, names map[rota.LeaderID]string, replies []rota.Reply) {
	const shown = 12
	all := slices.Concat(next, cancelled)
	slices.SortStableFunc(all, func(a, b rota.Occurrence) int { return a.Span.Start.Compare(b.Span.Start) })
	fmt.Fprintln(p.stdout)
	t := newTable(col("day"), col("from"), col("to"), text("who goes"), text("deputy"), text("accepted"), text("different"))
	for _, m := range all[:min(len(all), shown)] {
		day, from, to := m.Start.Date.Format("Mon 2006-01-02"), m.Start.Time.String(), m.End.Time.String()
		if m.Own.Cancelled {
			t.row(day, from, to, "", "", "", "called off")
			continue
		}
		t.row(day, from, to, goers(m, names), names[m.Deputy], acceptedInWords(m, replies), ownInWords(m))
	}
	t.withoutBlank().write(p.stdout, p.out.width, p.ink())
	if len(all) > shown {
		fmt.Fprintf(p.stdout, "... and %d more as far as %s\n", len(all)-shown, all[len(all)-1].Start.Date)
	}
}

// ownInWords says what is different about one meeting of a series.
func ownInWords(m rota.Occurrence) string {
	var parts []string
	add := func(is bool, word string) {
		if is {
			parts = append(parts, word)
		}
	}
	o := m.Own
	if o.Start != nil {
		parts = append(parts, "moved from "+shownCivil(*o.Instead))
	} else if m.Start.Date != m.Planned && m.Series.OffHolidays != rota.StaysPut {
		parts = append(parts, "off the bank holiday on "+m.Planned.Format("Mon 2 Jan"))
	}
	add(o.Minutes != nil, "length")
	add(o.Title != nil, "title")
	add(o.Place != nil, "place")
	add(o.Link != nil, "link")
	add(o.Papers != nil, "papers")
	add(o.Agenda != nil, "agenda")
	add(o.Actions != nil, "actions")
	add(o.Capacity != nil, "part")
	add(o.Quorum != nil, "quorum")
	add(o.Who != nil, "who goes")
	return strings.Join(parts, ", ")
}

func (p *pcn) factsOfSeries(c *cli.Context, s rota.Series) (facts, error) {
	b, err := p.body(c, string(s.Body))
	if err != nil {
		return nil, err
	}
	var f facts
	f.add("number", strconv.FormatInt(int64(s.ID), 10))
	f.add("meeting", s.Title)
	f.add("of", b.NameOn(p.today()))
	f.add("when", whenInWords(s))
	f.add("starts", fmt.Sprintf("%s, for %d minutes", s.At, s.Minutes))
	f.add("bank holidays", map[rota.Shift]string{
		rota.DayBefore: "moves to the working day before", rota.DayAfter: "moves to the working day after", rota.WeekAfter: "moves by a week", rota.LeftOut: "is left out",
	}[s.OffHolidays])
	if !s.From.IsZero() {
		f.add("from", s.From.String())
	}
	if !s.Until.IsZero() {
		f.add("until", s.Until.String())
	}
	addMeetingFacts(&f, s)
	f.add("papers to it", beforeMeeting(s.PapersTo.Or(b.PapersTo)))
	f.add("papers from it", beforeMeeting(s.PapersFrom.Or(b.PapersFrom)))
	return f, nil
}

func addMeetingFacts(f *facts, s rota.Series) {
	f.add("place", s.Place)
	f.add("link (private)", s.Link)
	f.add("papers at", s.Papers)
	f.add("agenda", s.Agenda)
	f.add("actions", s.Actions)
	f.add("our part", string(s.Capacity))
	f.add("quorum", numberCell(s.Quorum))
	f.add("who goes", s.Who.String())
}
