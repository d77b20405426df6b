package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceCommand() *cli.Command {
	return &cli.Command{
		Name: "absence", Category: settingUp, Usage: "when leaders are away, and their non-working days",
		Description: `Nobody is on call while away. Why somebody is away is for the manager's eyes only: no
rota, calendar or message shows it. A weekly non-working day is avoided where
possible and bars nothing. What is only requested is no absence until it is approved.

Absences can also be read from a leader's own calendar: follow one on the web, or
read a file. Entries shown as busy whose title or category has one of the words of
config.toml (leave, OOO, "not on call", ...) and entries shown as out of office are
time away; nothing else is read and no title is kept. One of whole days bars the
duties of those days, one with times the duties that it overlaps.`,
		Subcommands: []*cli.Command{
			p.absenceAdd(), p.absenceRequest(), p.absenceApprove(), p.absenceRefuse(), p.absenceClashes(), p.absenceEdit(), p.absenceList(), p.absenceShow(), p.absenceRemove(), p.absenceImport(),
			p.absenceFollow(), p.absenceUnfollow(), p.absenceRead(), p.absenceRefresh(), p.absenceCalendars(),
		},
	}
}

// absenceKind is absences of leaders with those names.
func absenceKind(names map[rota.LeaderID]string) kind[rota.Absence] {
	return kind[rota.Absence]{
		one: "absence", many: "absences",
		same: func(a, b rota.Absence) bool {
			a.ID = b.ID
			return a == b || a.Bars() && a.Calendar == 0 && b.Calendar == 0 && sameAway(a, b) && a.Begin() == b.Begin() && a.End() == b.End()
		},
		label: func(a rota.Absence) string {
			return fmt.Sprintf("%s %s: %s", a.Leader, names[a.Leader], absenceInWords(a))
		},
		cells: func(a rota.Absence) [][2]string {
			return [][2]string{
				{"leader_id", string(a.Leader)},
				{"leader", names[a.Leader]},
				{"kind", string(a.Kind)},
				{"first_day", a.First.String()},
				{"last_day", a.Last.String()},
				{"weekday", weekdayOf(a)},
				{"start_time", timeUnlessMidnight(a.Starts)},
				{"end_time", timeUnlessMidnight(a.Ends)},
			}
		},
	}
}

// sameAway reports whether two absences are of one person and for one reason.
func sameAway(a, b rota.Absence) bool {
	return a.Leader == b.Leader && a.Kind == b.Kind && (a.Bars() || a.Weekday == b.Weekday)
}

// weekdayOf gives "Tue" for a non-working day, and nothing for other absences.
func weekdayOf(a rota.Absence) string {
	if a.Kind != rota.NonWorkingDay {
		return ""
	}
	return a.Weekday.String()[:3]
}

// absenceInWords gives "annual 2027-03-12 to 2027-03-18".
func absenceInWords(a rota.Absence) string {
	words := string(a.Kind)
	if on := weekdayOf(a); on != "" {
		words += " " + on
	}
	return words + " " + shownAway(a)
}

// shownAway gives "2027-03-12 to 2027-03-18", "2027-03-12 18:00 to 23:00".
func shownAway(a rota.Absence) string {
	switch {
	case a.WholeDays():
		return shownDays(a.First, a.Last)
	case a.First == a.Last:
		return fmt.Sprintf("%s %s to %s", a.First, a.Starts, endShown(a))
	default:
		return fmt.Sprintf("%s to %s", firstShown(a), lastShown(a))
	}
}

// firstShown gives the first day, with the time where it is not the whole of it.
func firstShown(a rota.Absence) string {
	return strings.TrimSpace(a.First.String() + " " + timeUnlessMidnight(a.Starts))
}

// lastShown gives the last day, with the time where it is not the whole of it.
func lastShown(a rota.Absence) string {
	if a.First == a.Last && !a.WholeDays() {
		return a.Last.String() + " " + endShown(a)
	}
	return strings.TrimSpace(a.Last.String() + " " + timeUnlessMidnight(a.Ends))
}

func endShown(a rota.Absence) string {
	if a.Ends == 0 {
		return "24:00"
	}
	return a.Ends.String()
}

func timeUnlessMidnight(t rota.TimeOfDay) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

// checkAbsence refuses what is no absence, and what repeats or overlaps one of the same kind.
func checkAbsence(a rota.Absence, all []rota.Request, weekdayGiven bool) error {
	if err := inOrder(a.First, a.Last); err != nil {
		return err
	}
	switch {
	case a.Kind == rota.NonWorkingDay && !weekdayGiven:
		return usage("a non-working day needs a day of the week", "--weekday Tue")
	case a.Kind != rota.NonWorkingDay && weekdayGiven:
		return usage(fmt.Sprintf("a day of the week is for a non-working day, not for %s", a.Kind), "leave --weekday out")
	}
	other, repeated := repeats(a, all)
	switch {
	case repeated && other.State == rota.Requested:
		return wrong(fmt.Sprintf("%s has asked for that already: number %d, %s", a.Leader, other.ID, absenceInWords(other.Absence)),
			fmt.Sprintf("pcnrota absence approve %d", other.ID), fmt.Sprintf("pcnrota absence remove %d, to take it back", other.ID))
	case repeated:
		return wrong(fmt.Sprintf("%s has that absence already: number %d, %s", a.Leader, other.ID, absenceInWords(other.Absence)),
			fmt.Sprintf("pcnrota absence edit %d --first DAY --last DAY", other.ID))
	}
	return nil
}

// repeats finds the absence of the same kind, granted or asked for, that another falls on.
func repeats(a rota.Absence, all []rota.Request) (rota.Request, bool) {
	i := slices.IndexFunc(all, func(other rota.Request) bool {
		return other.ID != a.ID && other.Calendar == 0 && other.State != rota.Refused &&
			sameAway(other.Absence, a) && !other.Last.Before(a.First) && !other.First.After(a.Last)
	})
	if i < 0 {
		return rota.Request{}, false
	}
	return all[i], true
}

// absence finds an absence by its number, whatever became of it.
func (p *pcn) absence(c *cli.Context, typed string) (rota.Request, []rota.Request, error) {
	all, err := p.db.Requests(c.Context)
	if err != nil {
		return rota.Request{}, nil, err
	}
	found, err := pick(all, "absence", typed, func(q rota.Request) []string { return []string{numbered(q.ID)} })
	return found, all, err
}

// absences gives those that are approved, or count as if they were.
func (p *pcn) absences(ctx context.Context) ([]rota.Absence, error) {
	all, err := p.db.Absences(ctx)
	return append(all, p.granted...), err
}

func numbered[N ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// sayAbsenceHits tells which published duties fall into new absences of l.
func (p *pcn) sayAbsenceHits(c *cli.Context, l rota.Leader, added []rota.Absence) error {
	return p.sayHeld(c.Context, l, p.today(), "while away", during(added, l.ID))
}

// during reports of a duty whether it falls into one of the absences of a leader.
func during(absences []rota.Absence, l rota.LeaderID) func(rota.Duty) bool {
	return func(d rota.Duty) bool {
		for _, a := range absences {
			if a.Leader == l && a.Bars() && a.Overlaps(d.Start, d.End) {
				return true
			}
		}
		return false
	}
}

// ownAbsence is absence for a change by hand, which one that was read from a calendar would not keep.
func (p *pcn) ownAbsence(c *cli.Context, typed string) (rota.Request, []rota.Request, error) {
	a, all, err := p.absence(c, typed)
	if err == nil && a.Calendar != 0 {
		return a, all, wrong(fmt.Sprintf("absence %d was read from calendar %d of %s, and would be read again", a.ID, a.Calendar, a.Leader),
			"change it in that calendar, then: pcnrota absence refresh "+string(a.Leader),
			fmt.Sprintf("pcnrota absence unfollow %s %d, to do without that calendar", a.Leader, a.Calendar))
	}
	return a, all, err
}

// absenceView is an absence in JSON.
type absenceView struct {
	ID      rota.AbsenceID   `json:"id"`
	Leader  rota.LeaderID    `json:"leader_id"`
	Kind    rota.AbsenceKind `json:"kind"`
	First   rota.Date        `json:"first_day"`
	Last    rota.Date        `json:"last_day"`
	Weekday string           `json:"weekday"` // "Tue" for a non-working day, "" for others
	Start   rota.Civil       `json:"start"`   // on the clocks of the PCN
	End     rota.Civil       `json:"end"`     // the same; midnight after the last day for whole days

	Calendar rota.CalendarID `json:"calendar"` // that it was read from; 0 where somebody entered it
	Keyword  string          `json:"keyword"`  // that marked it there; "" where somebody entered it

	State rota.RequestState `json:"state"`
}

func viewOfAbsence(a rota.Absence) absenceView {
	return absenceView{
		ID: a.ID, Leader: a.Leader, Kind: a.Kind, First: a.First, Last: a.Last, Weekday: weekdayOf(a),
		Start: a.Begin(), End: a.End(), Calendar: a.Calendar, Keyword: a.Keyword, State: rota.Approved,
	}
}

// requestView is an absence and how it came about, in JSON. Times are RFC 3339.
type requestView struct {
	absenceView
	Asked   string `json:"asked"`   // "" where it was entered as approved
	Decided string `json:"decided"` // "" where nobody has, or nobody had to
	Why     string `json:"why"`     // it was refused
}

func (p *pcn) viewRequest(q rota.Request) requestView {
	v := requestView{viewOfAbsence(q.Absence), p.whenever(q.Asked), p.whenever(q.Decided), q.Why}
	v.State = q.State
	return v
}
