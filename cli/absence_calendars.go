package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) absenceCalendars() *cli.Command {
	return &cli.Command{
		Name: "calendars", Usage: "list the calendars that absences are read from", ArgsUsage: "[LEADER]",
		Description: "  pcnrota absence calendars\n  pcnrota absence calendars L02 --json",
		Flags:       outputFlags(), Action: p.inPCN(absenceCalendars),
	}
}

// calendarView is a leader's calendar in JSON. Its address is a secret and no part of it. Times are RFC
// 3339, "" for never.
type calendarView struct {
	ID       rota.CalendarID `json:"id"`
	Leader   rota.LeaderID   `json:"leader_id"`
	Name     string          `json:"name"`
	Followed bool            `json:"followed"` // or a file
	Absences int             `json:"absences"`
	Free     int             `json:"free"` // entries with a keyword that count for nothing, being shown as free
	Tried    string          `json:"tried"`
	Read     string          `json:"read"` // in full
	Problem  string          `json:"problem"`
}

func absenceCalendars(c *cli.Context, p *pcn) error {
	of, err := p.leadersMeant(c)
	if err != nil {
		return err
	}
	absences, err := p.db.Absences(c.Context)
	if err != nil {
		return err
	}
	counted := map[rota.CalendarID]int{}
	for _, a := range absences {
		counted[a.Calendar]++
	}
	views := []calendarView{}
	t := newTable(number("no"), col("id"), wide("calendar"), number("absences"), col("read"), col("state"))
	var notes []string
	for _, l := range of {
		own, err := p.calendarsOf(c.Context, l.ID)
		if err != nil {
			return err
		}
		for _, own := range own {
			v := own.Visit
			views = append(views, calendarView{
				own.ID, own.Leader, own.Name, own.Address != "", counted[own.ID], v.Free, p.whenever(v.Tried), p.whenever(v.Read), v.Problem,
			})
			t.row(numbered(own.ID), string(own.Leader), own.Name, fmt.Sprint(counted[own.ID]), p.lastRead(own), calendarState(own))
			notes = append(notes, p.calendarNotes(own)...)
		}
	}
	return p.show(c, listing{json: views, table: t, notes: notes, empty: "no calendar is read: pcnrota absence follow LEADER ADDRESS, or absence read LEADER FILE"})
}

// lastRead is when a calendar was last found as it is known here.
func (p *pcn) lastRead(own sqlite.Calendar) string {
	at := own.Visit.Read
	if own.Visit.Problem == "" {
		at = own.Visit.Tried
	}
	if at.IsZero() {
		return "never"
	}
	return p.clock(at)
}

func calendarState(own sqlite.Calendar) string {
	switch {
	case own.Visit.Problem != "":
		return "not read"
	case own.Address == "":
		return "a file"
	default:
		return "followed"
	}
}

// calendarNotes says what the manager should know of a calendar besides.
func (p *pcn) calendarNotes(own sqlite.Calendar) (notes []string) {
	if own.Visit.Problem != "" {
		notes = append(notes, fmt.Sprintf("%d: %s; %s", own.ID, own.Visit.Problem, p.whatStays(own)))
	}
	if own.Visit.Free > 0 {
		notes = append(notes, fmt.Sprintf("%d: left out, being shown as free: %s", own.ID, count(own.Visit.Free, "entry", "entries")))
	}
	return notes
}
