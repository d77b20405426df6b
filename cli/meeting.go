package cli

import (
	"fmt"
	"slices"
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

// warnAbout says so where nobody could ever go to one of the meetings, or fewer than it needs, and where its rule leaves
// out days or falls on bank holidays.
func (p *pcn) warnAbout(c *cli.Context, series []rota.Series) error {
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	var known []string
	for _, l := range all {
		known = append(known, slices.Concat(l.Roles, l.Qualifications)...)
	}
	for _, s := range series {
		near := meant(s.Who.Name, known)
		switch admitted := admittedBy(s.Who, all); {
		case admitted == 0 && near != "":
			p.warn("nobody can go to %s: it asks for %q, and no leader is that; did you mean %q?", s.Title, s.Who, near)
		case admitted == 0:
			p.warn("nobody can go to %s: it asks for %q, and no leader is that", s.Title, s.Who)
		case s.Quorum > goersAtMost(s.Who, admitted):
			p.warn("%s needs %d of ours, and %q sends %d at most", s.Title, s.Quorum, s.Who, goersAtMost(s.Who, admitted))
		}
		if skips := skippedInWords(s.Rule); skips != "" {
			p.warn("%s: %s", s.Title, skips)
		}
		if err := p.warnHolidays(c, s); err != nil {
			return err
		}
	}
	return nil
}

// warnHolidays names the meetings to come that fall on a bank holiday, where nobody has said what becomes of those.
func (p *pcn) warnHolidays(c *cli.Context, s rota.Series) error {
	if s.Rule == "" || s.Calendar != 0 || s.OffHolidays != rota.StaysPut || c.IsSet("bank-holidays") {
		return nil
	}
	next, err := calendar.Occurrences(s, p.today(), p.today().AddDays(planAhead), p.config.Zone, p.config.Holidays)
	var days []string
	for _, m := range next {
		if _, holiday := p.config.Holidays.On(m.Start.Date); holiday {
			days = append(days, m.Start.Date.String())
		}
	}
	if len(days) > 0 {
		p.warn("%s falls on a bank holiday: %s; to move those, pcnrota meeting edit %s --bank-holidays after", s.Title, strings.Join(days, ", "), asTyped(s.Title))
	}
	return err
}

// goersAtMost counts those who go to a meeting, of the leaders that it admits: by role and where all go, all do.
func goersAtMost(who rota.Who, admitted int) int {
	if who.Mode == rota.AnyGoes {
		return min(1, admitted)
	}
	return admitted
}

func admittedBy(who rota.Who, all []rota.Leader) (n int) {
	for _, l := range all {
		if who.Admits(l) {
			n++
		}
	}
	return n
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
