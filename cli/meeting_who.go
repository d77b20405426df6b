package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) meetingWho() *cli.Command {
	return &cli.Command{
		Name: "who", Usage: "settle who deputises, terms, points and travel of a series", ArgsUsage: "MEETING",
		Description: `Without flags it says what is settled. --term 6 has one person go for six months,
counted from the first day of the series; --term 0 takes turns. Points and travel
count for every meeting of it. What is published stays: pcnrota rota build
meetings shares everything out anew.

  pcnrota meeting who "LMC liaison" --deputies "any GP" --travel 30
  pcnrota meeting who "Neighbourhood team meeting" --term 6`,
		Flags: append(outputFlags(),
			&cli.StringSliceFlag{Name: "deputies", Usage: "`WHO` may deputise: any, a role, \"leader L03\"; several are possible; \"\" is as usual"},
			&cli.IntFlag{Name: "term", Usage: "`MONTHS` for which one person goes; 0 for none"},
			&cli.IntFlag{Name: "travel", Usage: "`MINUTES` to the place, or from it to another"},
			&cli.Float64Flag{Name: "points", Usage: "`POINTS` of one meeting; 0 for so much an hour, as config.toml has it"},
			dryRunFlag()),
		Action: p.inPCN(meetingWho),
	}
}

func meetingWho(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	s, err := pick(all, "meeting", c.Args().First(), func(s rota.Series) []string { return []string{s.Title, strconv.FormatInt(int64(s.ID), 10)} })
	if err != nil {
		return err
	}
	var seats map[rota.SeriesID]rota.Seat
	err = pcn.db.View(c.Context, func(r sqlite.Reader) (err error) {
		seats, err = seatsOf(c.Context, r)
		return err
	})
	if err != nil {
		return err
	}
	was := seats[s.ID]
	is, err := readSeat(c, s, was)
	if err != nil {
		return err
	}
	if err := pcn.deputiesExist(c, is); err != nil {
		return err
	}
	if slices.Equal(is.Deputies, was.Deputies) && is.Term == was.Term && is.Travel == was.Travel && is.Points == was.Points {
		return pcn.showOne(c, viewOfSeat(s, is), factsOfSeat(s, is, pcn.config.Meetings))
	}
	if s.Who.Mode != rota.AnyGoes && is.Term > 0 {
		return usage(fmt.Sprintf("%s asks for %q: a term is for meetings to which any may go", s.Title, s.Who), "--term 0")
	}
	err = pcn.change("settle", "who goes to "+s.Title+": "+seatInWords(s, is, pcn.config.Meetings), func() error {
		if err := pcn.db.PutSeat(c.Context, is); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil || pcn.rehearse {
		return err
	}
	pcn.say("Who is published stays. To share the meetings out anew: pcnrota rota build meetings")
	return nil
}

// deputiesExist refuses deputies that no leader is.
func (p *pcn) deputiesExist(c *cli.Context, seat rota.Seat) error {
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	for _, who := range seat.Deputies {
		if !anyAdmitted(who, all) {
			return wrong(fmt.Sprintf("no leader is %q", who), "pcnrota leader list, to see IDs and roles")
		}
	}
	return nil
}

func readSeat(c *cli.Context, s rota.Series, was rota.Seat) (rota.Seat, error) {
	is := was
	is.Series = s.ID
	if c.IsSet("deputies") {
		is.Deputies = nil
		for _, text := range c.StringSlice("deputies") {
			if strings.TrimSpace(text) == "" {
				continue
			}
			who, err := parseWith(rota.ParseWho, text)
			if err != nil {
				return is, err
			}
			is.Deputies = append(is.Deputies, who)
		}
	}
	if c.IsSet("term") {
		is.Term = c.Int("term")
	}
	if c.IsSet("travel") {
		is.Travel = rota.Minutes(c.Int("travel"))
	}
	if c.IsSet("points") {
		is.Points = rota.PointsOf(c.Float64("points"))
	}
	switch {
	case is.Term < 0 || is.Term > 120:
		return is, usage(fmt.Sprintf("--term %d is not a number of months from 0 to 120", is.Term), "--term 6")
	case is.Travel < 0 || is.Travel > 24*60:
		return is, usage(fmt.Sprintf("--travel %d is not a number of minutes from 0 to 1440", is.Travel), "--travel 30")
	case is.Points < 0 || is.Points > 100*rota.Point:
		return is, usage(fmt.Sprintf("--points %s is not a number of points from 0 to 100", is.Points), "--points 2")
	}
	return is, nil
}

func seatInWords(s rota.Series, seat rota.Seat, policy rota.Policy) string {
	return strings.Join(each(factsOfSeat(s, seat, policy)[1:], func(f [2]string) string { return f[0] + ": " + f[1] }), "; ")
}

func factsOfSeat(s rota.Series, seat rota.Seat, policy rota.Policy) facts {
	var f facts
	f.add("meeting", s.Title)
	f.add("goes", s.Who.String())
	deputies := seat.Deputies.String()
	if len(seat.Deputies) == 0 {
		deputies = rota.StandIns(s.Who).String() + " (as usual)"
	}
	if s.Who.Mode == rota.EverybodyGoes {
		deputies = "nobody, since everybody goes"
	}
	f.add("deputises", deputies)
	f.add("counts", inPoints(cmp.Or(seat.Points, policy.Meetings.PerHour*rota.Points(s.Minutes)/60)))
	if seat.Term > 0 {
		f.add("term", count(seat.Term, "month", "months"))
	}
	if seat.Travel > 0 {
		f.add("travel", fmt.Sprintf("%d minutes", seat.Travel))
	}
	return f
}

// seatView is what was settled, in JSON.
type seatView struct {
	Series   rota.SeriesID `json:"series_id"`
	Title    string        `json:"title"`
	Who      string        `json:"who"`
	Deputies []string      `json:"deputies"` // empty: as usual
	Term     int           `json:"term_months"`
	Travel   rota.Minutes  `json:"travel_minutes"`
	Points   rota.Points   `json:"points"` // 0: by the hour
}

func viewOfSeat(s rota.Series, seat rota.Seat) seatView {
	return seatView{s.ID, s.Title, s.Who.String(), each(seat.Deputies, rota.Who.String), seat.Term, seat.Travel, seat.Points}
}
