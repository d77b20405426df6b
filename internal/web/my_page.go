package web

import (
	"encoding/csv"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pcnrota/rota"
)

var (
	myTemplate         = parsePage("my.html", "tabs.html", "entry.html")
	myMonthTemplate    = parsePage("my_month.html", "tabs.html", "months.html")
	myPointsTemplate   = parsePage("my_points.html", "tabs.html")
	myCalendarTemplate = parsePage("my_calendar.html", "tabs.html")
)

// myTabs are a leader's own pages: what the address of each adds to that of the first, and its title.
var myTabs = [][2]string{{"", "List"}, {"/month", "Month"}, {"/points", "Points"}, {"/calendar", "In my calendar"}}

// renderMine fills one of a leader's own pages.
func (s *Site) renderMine(w http.ResponseWriter, r *http.Request, d door, tab string, t *template.Template, p page) {
	p.Door, p.Here = d, myPlace
	for _, each := range myTabs {
		p.Tabs = append(p.Tabs, waypoint{each[1], d.Base + each[0], each[0] == tab})
	}
	s.render(w, r, http.StatusOK, t, p)
}

// myDays is how far ahead a leader's own page looks. A rota is never published for much more than a year.
const myDays = rota.FeedAhead

func (s *Site) myPage(w http.ResponseWriter, r *http.Request, d door) {
	now := s.Clock()
	m, err := s.mine(r.Context(), d, s.dayOf(now).AddDays(-31), 31+myDays)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	known, err := s.account(r.Context(), d.Leader)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	m.reasons = known.reasons
	items, err := s.todos(r.Context(), s.dayOf(now))
	if err != nil {
		s.failed(w, r, err)
		return
	}
	until := s.dayOf(now).AddDays(soonDays)
	if r.URL.Query().Has("all") {
		until = until.AddDays(myDays)
	}
	view := viewMine(m, now, until)
	view.ToSee = ofMine(items, d.Leader, m.who, s.dayOf(now))
	s.renderMine(w, r, d, "", myTemplate, page{Title: "My rota", Person: m.leader.Name, Body: view})
}

// soonDays is how far the list goes, unless all is asked for.
const soonDays = 91

type myView struct {
	First  []entry // that are on now or come next: duties that begin together stand together
	Months []entriesOfMonth
	Later  int // how many more there are
	ToSee  []todo
}

// entriesOfMonth are those after the first.
type entriesOfMonth struct {
	Title   string // "May 2026"
	Entries []entry
}

// viewMine lists what begins before a day.
func viewMine(m mine, now time.Time, until rota.Date) (view myView) {
	for i, e := range m.entries(now) {
		if i == 0 || e.Now || e.Span.Start.Equal(view.First[0].Span.Start) {
			view.First = append(view.First, e)
			continue
		}
		if !e.Start.Date.Before(until) {
			view.Later++
			continue
		}
		title := e.Start.Date.Format("January 2006")
		if n := len(view.Months); n == 0 || view.Months[n-1].Title != title {
			view.Months = append(view.Months, entriesOfMonth{Title: title})
		}
		last := &view.Months[len(view.Months)-1]
		last.Entries = append(last.Entries, e)
	}
	return view
}

func (s *Site) myPointsPage(w http.ResponseWriter, r *http.Request, d door) {
	known, err := s.account(r.Context(), d.Leader)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.showMine(w, r, d, "/points", myPointsTemplate, "My points", viewShare(known.standing))
}

func (s *Site) myCalendarPage(w http.ResponseWriter, r *http.Request, d door) {
	s.showMine(w, r, d, "/calendar", myCalendarTemplate, "In my calendar", s.subscribing(d))
}

// showMine renders a page of a leader whose name is not known yet.
func (s *Site) showMine(w http.ResponseWriter, r *http.Request, d door, tab string, t *template.Template, title string, body any) {
	leaders, err := s.source.Leaders(r.Context())
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.renderMine(w, r, d, tab, t, page{Title: title, Person: whoIsWho(leaders).name(d.Leader), Body: body})
}

// subscribing is what somebody needs who wants the rota in their calendar.
type subscribing struct {
	Address string       // to be copied; "" where it is not known
	Webcal  template.URL // to be tapped
	File    string       // to be downloaded: the calendar
	Sheet   string       // and the list
	Expires string       // the last day on which the link works; "" where it has no end
}

func (s *Site) subscribing(d door) subscribing {
	sub := subscribing{Sheet: d.Base + "/rota.csv"}
	if d.Token == "" { // somebody is signed in, and of links there are only hashes
		return sub
	}
	sub = subscribing{
		Address: FeedURL(s.BaseURL, d.Token), Webcal: template.URL(WebcalURL(s.BaseURL, d.Token)),
		File: s.root + "/feed/" + d.Token + ".ics", Sheet: d.Base + "/rota.csv",
	}
	if !d.feed.Expires.IsZero() {
		sub.Expires = dayWords(s.dayOf(d.feed.Expires.Add(-time.Second)))
	}
	return sub
}

func (s *Site) myMonthPage(w http.ResponseWriter, r *http.Request, d door) {
	today := s.today()
	month, ok := chosenMonth(r.URL.Query().Get("month"), today)
	if !ok {
		s.notFound(w, r)
		return
	}
	const around = 32 // what began before the month, a week on call or longer
	m, err := s.mine(r.Context(), d, month.First.AddDays(-around), month.First.DaysUntil(month.Last)+1+around)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	view := myMonthView{Weeks: viewMyMonth(m, month)}
	view.Links = linksFrom(month, today, func(month string) string { return d.Base + "/month" + query("month", month) })
	s.renderMine(w, r, d, "/month", myMonthTemplate, page{Title: "My month", Person: m.leader.Name, Wide: true, Body: view})
}

type myMonthView struct {
	Links monthLinks
	Weeks [][]myDay
}

// myDay is a cell of the month. The zero value is a day of another month.
type myDay struct {
	teamDay
	Entries []dayEntry
}

// dayEntry is what is on one day of an entry.
type dayEntry struct {
	entry
	When string // its times, or since when it is on
}

func viewMyMonth(m mine, month rota.Period) [][]myDay {
	var days []myDay
	for on := month.First; !on.After(month.Last); on = on.AddDays(1) {
		days = append(days, myDay{teamDay: m.viewDay(on)})
	}
	for _, e := range m.entries(time.Time{}) {
		for n, on := range (rota.Duty{Start: e.Start, End: e.End}).OnCall() {
			if i := month.First.DaysUntil(on); i >= 0 && i < len(days) {
				days[i].Entries = append(days[i].Entries, dayEntry{e, onDayWords(shift{Start: e.Start, End: e.End}, on)})
				days[i].Carried = n > 0 && len(days[i].Entries) == 1
			}
		}
	}
	return weeksOf(days, myDay{})
}

// myCSV gives what is still to come as a spreadsheet.
func (s *Site) myCSV(w http.ResponseWriter, r *http.Request, d door) {
	now := s.Clock()
	m, err := s.mine(r.Context(), d, s.dayOf(now).AddDays(-31), 31+myDays)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="my-rota.csv"`)
	fmt.Fprint(w, "\ufeff") // Excel reads accents only after a byte order mark
	sheet := csv.NewWriter(w)
	sheet.UseCRLF = true
	sheet.Write([]string{"starts", "at", "ends", "at", "what", "of", "place", "points", "counts as", "special", "beside"})
	for _, e := range m.entries(now) {
		row := []string{e.Start.Date.String(), e.Start.Time.String(), e.End.Date.String(), e.End.Time.String(), e.Title, e.Of, e.Place, "", "meeting"}
		if e.Duty != "" {
			row[7], row[8] = e.Load.Total().String(), e.Load.Heaviest().Title()
		}
		row = append(row, strings.Join(e.Special, "; "), besideWords(e.Beside))
		for i := range row {
			row[i] = plainCell(row[i])
		}
		sheet.Write(row)
	}
	sheet.Flush()
}

func besideWords(all []beside) string {
	var words []string
	for _, b := range all {
		name := b.Name
		if name == "" {
			name = "nobody"
		}
		words = append(words, b.Tier+": "+name)
	}
	return strings.Join(words, "; ")
}

// plainCell keeps a spreadsheet from running what somebody wrote as a formula.
func plainCell(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("=+-@\t\r", first) && s != "" {
		return "'" + s
	}
	return s
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
