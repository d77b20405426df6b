package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/rota"
)

func (p *program) meetingCommand() *cli.Command {
	return &cli.Command{
		Name: "meeting", Category: people, Usage: "meetings, and who goes to them for the PCN",
		Description: `Meetings recur by a rule. Who goes is everybody, a role, one leader, or any one who is
free and owes most: that is a duty in the same ledger as being on call, published as
the rota "meetings" by itself. Meetings stand in the calendars of those who go. A change keeps
each meeting the meeting that it was; what has been stays as it was.`,
		Subcommands: []*cli.Command{
			p.meetingAdd(), p.meetingEdit(), p.meetingMove(), p.meetingCancel(), p.meetingList(), p.meetingShow(), p.meetingImport(), p.meetingRefresh(),
			p.meetingWho(), p.meetingAccept(), p.meetingDecline(), p.meetingSendDeputy(),
			p.meetingTellSecretary(), p.meetingAttended(), p.meetingAction(),
		},
	}
}

var meetings = kind[rota.Series]{
	one: "meeting", many: "meetings",
	same: func(a, b rota.Series) bool {
		return strings.EqualFold(a.Title, b.Title) && a.Body == b.Body
	},
	label: func(s rota.Series) string {
		return fmt.Sprintf("%s (%s), %s at %s", s.Title, s.Body, whenInWords(s), s.At)
	},
	cells: func(s rota.Series) [][2]string {
		return [][2]string{
			{"title", s.Title},
			{"partner_body", string(s.Body)},
			{"recurrence", s.Rule},
			{"first", s.First.String()},
			{"until", s.Until.String()},
			{"starts", s.At.String()},
			{"minutes", strconv.Itoa(s.Minutes)},
			{"bank_holidays", string(s.OffHolidays)},
			{"place", s.Place},
			{"link", s.Link},
			{"papers_link", s.Papers},
			{"agenda", s.Agenda},
			{"actions", s.Actions},
			{"part", string(s.Capacity)},
			{"quorum", numberCell(s.Quorum)},
			{"who", s.Who.String()},
			{"papers_due_working_days_before", leadCell(s.PapersTo)},
			{"papers_come_working_days_before", leadCell(s.PapersFrom)},
		}
	},
}

// numberCell leaves out what is none.
func numberCell(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// leadCell writes a time before a meeting as spreadsheets have it: a number of working days where it is one.
func leadCell(l rota.Lead) string {
	if l == rota.WorkingDays(l.Days) && l != rota.AsBody {
		return strconv.Itoa(l.Days)
	}
	return l.String()
}

// whenInWords gives "third Thursday, every 2 months", or the day of a single meeting.
func whenInWords(s rota.Series) string {
	switch {
	case s.Calendar != 0:
		return "as its body says"
	case s.Rule == "":
		return s.First.Format("Mon 2006-01-02")
	}
	return calendar.Describe(s.Rule)
}

// warnNobody says so where nobody could ever go to one of the meetings.
func (p *pcn) warnNobody(c *cli.Context, series []rota.Series) error {
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	for _, s := range series {
		if !anyAdmitted(s.Who, all) {
			p.warn("nobody can go to %s: it asks for %q, and no leader is that", s.Title, s.Who)
		}
	}
	return nil
}

func anyAdmitted(who rota.Who, all []rota.Leader) bool {
	for _, l := range all {
		if who.Admits(l) {
			return true
		}
	}
	return false
}

// goers names those who go, or counts them.
func goers(m rota.Occurrence, names map[rota.LeaderID]string) string {
	switch ids := m.Attending; len(ids) {
	case 0:
		return "nobody yet"
	case 1:
		return names[ids[0]]
	case 2:
		return names[ids[0]] + ", " + names[ids[1]]
	default:
		return count(len(ids), "leader", "leaders")
	}
}
