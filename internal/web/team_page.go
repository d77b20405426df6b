package web

import (
	"net/http"
	"strings"

	"pcnrota/rota"
)

var teamTemplate = parsePage("team.html", "months.html")

// monthsAway is how many months before and after this one can be looked at.
const monthsAway = 24

func (s *Site) teamPage(w http.ResponseWriter, r *http.Request, d door) {
	today := s.today()
	month, ok := chosenMonth(r.URL.Query().Get("month"), today)
	if !ok {
		s.notFound(w, r)
		return
	}
	practices, err := s.source.Practices(r.Context())
	if err != nil {
		s.failed(w, r, err)
		return
	}
	plan, err := s.month(r.Context(), month)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	view := viewTeam(plan, month, practices, rota.PracticeCode(r.URL.Query().Get("practice")))
	view.Address = d.Team()
	if view.Links().ThisOne {
		items, err := s.todos(r.Context(), today)
		if err != nil {
			s.failed(w, r, err)
			return
		}
		view.ToSee = ofTeam(items, plan.who, today, view.shows(plan.who))
	}
	s.render(w, r, http.StatusOK, teamTemplate, page{Title: "Team rota", Door: d, Here: teamPlace, Wide: true, Body: view})
}

// chosenMonth reads the month of an address, "2026-05"; "" is the one of today. It reports false for what is no
// month, and for months far away.
func chosenMonth(s string, today rota.Date) (rota.Period, bool) {
	if s == "" {
		return rota.MonthOf(today), true
	}
	month, err := rota.ParseMonth(s)
	if err != nil {
		return month, false
	}
	away := monthNumber(month.First) - monthNumber(today)
	return month, -monthsAway <= away && away <= monthsAway
}

func monthNumber(d rota.Date) int { return 12*d.Year + int(d.Month) }

// monthLinks lead from a month to those beside it.
type monthLinks struct {
	Title    string // "May 2026"
	Before   monthLink
	After    monthLink
	ThisOne  bool // the month is that of today
	ThisLink string
}

// monthLink leads to a month. Its URL is empty where that is too far away.
type monthLink struct{ Title, URL string }

// linksFrom makes the links; address gives a page's address for a month, "" for that of today.
func linksFrom(month rota.Period, today rota.Date, address func(month string) string) monthLinks {
	link := func(day rota.Date) monthLink {
		named := day.Format("2006-01")
		if _, ok := chosenMonth(named, today); !ok {
			return monthLink{}
		}
		return monthLink{day.Format("January 2006"), address(named)}
	}
	return monthLinks{
		Title: month.First.Format("January 2006"), Before: link(month.First.AddDays(-1)), After: link(month.Last.AddDays(1)),
		ThisOne: month == rota.MonthOf(today), ThisLink: address(""),
	}
}

type teamView struct {
	Address   string
	Month     rota.Period
	Today     rota.Date
	Practices []rota.Practice // to choose from
	Practice  rota.Practice   // whose people alone are shown; zero: all
	Rotas     []teamRota
	ToSee     []todo // on the page of this month
}

// Links lead to other months, of the same practice.
func (v teamView) Links() monthLinks {
	return linksFrom(v.Month, v.Today, func(month string) string {
		return v.Address + query("month", month, "practice", string(v.Practice.Code))
	})
}

// Printed is the day, for paper.
func (v teamView) Printed() string { return dayWords(v.Today) }

// ForPractice is the address of the month for one practice, or for all where code is empty.
func (v teamView) ForPractice(code rota.PracticeCode) string {
	month := ""
	if v.Month != rota.MonthOf(v.Today) {
		month = v.Month.First.Format("2006-01")
	}
	return v.Address + query("month", month, "practice", string(code))
}

type teamRota struct {
	Title string
	Weeks [][]teamDay // seven days each, from Monday
	Gaps  int         // days on which nobody is on call who should be
	End   string      // what follows the last published shift, "" where the whole month is published
}

// teamDay is a cell of the month. The zero value is a day of another month.
type teamDay struct {
	Date     rota.Date
	Today    bool
	Special  []string // holidays and festive days
	Shifts   []teamShift
	Carried  bool // no shift begins on it
	Vacant   bool // some tier of some shift
	Weekday  string
	MonthDay string // "4"
	Month    string // "May"
}

type teamShift struct {
	Times string
	Tiers []teamTier
}

type teamTier struct {
	Title string
	Names []string
	Hole  bool
}

func viewTeam(plan schedule, month rota.Period, practices []rota.Practice, of rota.PracticeCode) teamView {
	view := teamView{Month: month, Today: plan.today, Practices: practices}
	for _, p := range practices {
		if p.Code == of {
			view.Practice = p
		}
	}
	for _, g := range plan.grids(month) {
		view.Rotas = append(view.Rotas, viewGrid(plan, g, month, view.shows(plan.who)))
	}
	return view
}

// shows says whose duties are shown.
func (v teamView) shows(who people) func(rota.LeaderID) bool {
	return func(id rota.LeaderID) bool { return v.Practice.Code == "" || who[id].Practice == v.Practice.Code }
}

func viewGrid(plan schedule, g grid, month rota.Period, shown func(rota.LeaderID) bool) teamRota {
	title, _ := plan.titles(g.Rota, "")
	view := teamRota{Title: title, End: endWords(plan, g, month)}
	var days []teamDay
	for _, day := range g.Days {
		d := plan.viewDay(day.Date)
		d.Carried = true
		for _, s := range day.Shifts {
			d.Carried = d.Carried && s.Start.Date != day.Date
			d.add(viewShift(plan, g, day.Date, s, shown))
		}
		if d.Vacant {
			view.Gaps++
		}
		days = append(days, d)
	}
	view.Weeks = weeksOf(days, teamDay{})
	return view
}

// weeksOf cuts the days of a month into weeks from Monday; days of other months are blank.
func weeksOf[T interface{ day() rota.Date }](days []T, blank T) [][]T {
	var weeks [][]T
	for i, d := range days {
		if n := (int(d.day().Weekday()) + 6) % 7; i == 0 || n == 0 {
			weeks = append(weeks, nil)
			for i == 0 && len(weeks[0]) < n {
				weeks[0] = append(weeks[0], blank)
			}
		}
		weeks[len(weeks)-1] = append(weeks[len(weeks)-1], d)
	}
	for last := len(weeks) - 1; len(weeks[last]) < 7; {
		weeks[last] = append(weeks[last], blank)
	}
	return weeks
}

func (d teamDay) day() rota.Date { return d.Date }

func (s schedule) viewDay(on rota.Date) teamDay {
	return teamDay{
		Date: on, Today: on == s.today, Special: s.special(on),
		Weekday: on.Format("Monday"), MonthDay: on.Format("2"), Month: on.Format("January"),
	}
}

// special names the bank holiday and the festive day that a day is.
func (s schedule) special(on rota.Date) []string {
	festive := rota.FestiveName(on)
	holiday, isHoliday := s.holidays.On(on)
	switch {
	case isHoliday && strings.Contains(strings.ToLower(holiday.Name), "bank holiday"):
		return []string{holiday.Name}
	case isHoliday && (festive == "" || strings.Contains(holiday.Name, festive)):
		return []string{holiday.Name + " (bank holiday)"}
	case isHoliday:
		return []string{holiday.Name + " (bank holiday)", festive}
	case festive != "":
		return []string{festive}
	default:
		return nil
	}
}

// add leaves out a shift of which nothing is to be shown.
func (d *teamDay) add(s teamShift) {
	if len(s.Tiers) == 0 {
		return
	}
	d.Shifts = append(d.Shifts, s)
	for _, t := range s.Tiers {
		d.Vacant = d.Vacant || t.Hole
	}
}

func viewShift(plan schedule, g grid, on rota.Date, s shift, shown func(rota.LeaderID) bool) teamShift {
	view := teamShift{Times: onDayWords(s, on)}
	for i, c := range s.Cells {
		_, title := plan.titles(g.Rota, g.Tiers[i])
		tier := teamTier{Title: title, Hole: c.Hole}
		for _, h := range c.Holders {
			if !shown(h.Leader) {
				continue
			}
			name := plan.who.name(h.Leader)
			if h.Until != (rota.Civil{}) {
				name += " until " + timeWords(h.Until.Time)
			}
			tier.Names = append(tier.Names, name)
		}
		if tier.Hole || len(tier.Names) > 0 {
			view.Tiers = append(view.Tiers, tier)
		}
	}
	return view
}

// onDayWords says when a shift is on, seen from one of its days. A night needs no day for its end.
func onDayWords(s shift, on rota.Date) string {
	_, times := shiftWords(s.Start, s.End)
	switch {
	case on != s.Start.Date:
		return "since " + s.Start.Date.Format("Monday")
	case s.Start.Date.DaysUntil(s.End.Date) == 1:
		return timeWords(s.Start.Time) + " to " + timeWords(s.End.Time)
	default:
		return times
	}
}

// endWords says where the published rota ends, if shifts follow that are not published.
func endWords(plan schedule, g grid, month rota.Period) string {
	if g.Last.IsZero() {
		return "Nothing is published for this month."
	}
	from := latestDay(g.Last.AddDays(1), month.First)
	for _, p := range plan.policies {
		if p.Name == g.Rota && !plan.publishedAfter(g.Rota, month.Last) && len(p.Duties(from, month.Last.AddDays(1), plan.zone, plan.holidays)) > 0 {
			return "Shifts that start after " + dayWords(g.Last) + " are not published yet."
		}
	}
	return ""
}

func (s schedule) publishedAfter(name rota.RotaName, day rota.Date) bool {
	for _, d := range s.published {
		if d.Rota == name && d.Start.Date.After(day) {
			return true
		}
	}
	return false
}
