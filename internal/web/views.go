package web

import (
	"cmp"
	"html/template"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file words what line.go and weeks.go decide, for the templates.

// people finds a leader by ID.
type people map[rota.LeaderID]rota.Leader

func (p people) name(id rota.LeaderID) string { return cmp.Or(p[id].Name, string(id)) }

type nowView struct {
	Asked string // when the page was made
	Rotas []nowRota
}

type nowRota struct {
	Title string
	Tiers []nowTier
}

type nowTier struct {
	Title   string
	Current []nowPerson // none outside the hours of the rota
	Next    string
	Hole    bool // nobody is next
}

type nowPerson struct {
	Name  string // "" where nobody is on call who should be
	Phone string
	Call  template.URL // rings Phone, "" where it cannot be rung
	Until string       // "" where it is not known
}

func viewNow(plan schedule, who people, now time.Time) nowView {
	at := rota.CivilOf(now, plan.zone)
	view := nowView{Asked: timeWords(at.Time) + " on " + dayWords(at.Date)}
	var last rota.RotaName
	for _, l := range plan.lines(at.Date, at.Date.AddDays(nowDays)) {
		ofRota, ofTier := plan.titles(l.Rota, l.Tier)
		if len(view.Rotas) == 0 || l.Rota != last {
			view.Rotas = append(view.Rotas, nowRota{Title: ofRota})
			last = l.Rota
		}
		r := &view.Rotas[len(view.Rotas)-1]
		r.Tiers = append(r.Tiers, viewTier(l, ofTier, who, now, at.Date))
	}
	return view
}

func viewTier(l line, title string, who people, now time.Time, today rota.Date) nowTier {
	tier := nowTier{Title: title}
	current, next, follows := l.at(now)
	for _, s := range current {
		var p nowPerson
		if s.Holder != "" || follows { // a hole with nothing after it has no end that we know of
			p.Until = momentWords(s.End, today)
		}
		if s.Holder != "" {
			p.Name, p.Phone = who.name(s.Holder), strings.TrimSpace(who[s.Holder].Phone)
			p.Call = phoneLink(p.Phone)
		}
		tier.Current = append(tier.Current, p)
	}
	switch {
	case !follows:
		tier.Next, tier.Hole = "nobody in the coming weeks", true
	case next.Holder == "":
		tier.Next, tier.Hole = "nobody yet, from "+momentWords(next.Start, today), true
	default:
		tier.Next = who.name(next.Holder) + ", from " + momentWords(next.Start, today)
	}
	return tier
}

type teamView struct {
	From, Until string // first and last day
	Rotas       []teamRota
}

type teamRota struct {
	Title string
	Tiers []string
	Width int // columns, that of the shift among them
	Weeks []teamWeek
	End   string // what follows the last published shift, "" where all four weeks are published
}

type teamWeek struct {
	Title string
	Rows  []teamRow
}

type teamRow struct {
	Day, Times string
	Holidays   []string
	Cells      []teamCell
}

type teamCell struct {
	Tier  string
	Names []string
	Hole  bool
}

func viewTeam(plan schedule, who people, today rota.Date) teamView {
	until := today.AddDays(teamDays)
	view := teamView{From: dayWords(today), Until: dayWords(until.AddDays(-1))}
	for _, t := range plan.tables(today, until) {
		view.Rotas = append(view.Rotas, viewTable(plan, t, who, until))
	}
	return view
}

func viewTable(plan schedule, t table, who people, until rota.Date) teamRota {
	title, _ := plan.titles(t.Rota, "")
	view := teamRota{Title: title, End: endWords(plan, t, until)}
	for _, tier := range t.Tiers {
		_, words := plan.titles(t.Rota, tier)
		view.Tiers = append(view.Tiers, words)
	}
	view.Width = 1 + len(view.Tiers)
	for _, w := range t.Weeks {
		week := teamWeek{Title: "Week of " + dayWords(w.Monday)}
		for _, r := range w.Rows {
			week.Rows = append(week.Rows, viewRow(r, view.Tiers, who))
		}
		view.Weeks = append(view.Weeks, week)
	}
	return view
}

// endWords says where the published rota ends, if shifts follow that are not published.
func endWords(plan schedule, t table, until rota.Date) string {
	if t.Last.IsZero() {
		return "Nothing is published for these weeks."
	}
	for _, p := range plan.policies {
		if p.Name == t.Rota && len(p.Duties(t.Last.AddDays(1), until, plan.zone, plan.holidays)) > 0 {
			return "Shifts that start after " + dayWords(t.Last) + " are not published yet."
		}
	}
	return ""
}

func viewRow(r row, tiers []string, who people) teamRow {
	day, times := shiftWords(r.Start, r.End)
	view := teamRow{Day: day, Times: times, Holidays: r.Holidays}
	for i, c := range r.Cells {
		each := teamCell{Tier: tiers[i], Hole: c.Hole}
		for _, id := range c.Holders {
			each.Names = append(each.Names, who.name(id))
		}
		view.Cells = append(view.Cells, each)
	}
	return view
}
