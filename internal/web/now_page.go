package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

var (
	nowTemplate  = parsePage("now.html")
	wallTemplate = parsePage("wall.html")
)

// nowDays is how far the pages look for who is next: it is found even where a rota has a shift a month.
const nowDays = 35

// wallEvery is after how many seconds a screen on a wall asks again.
const wallEvery = 60

func (s *Site) nowPage(w http.ResponseWriter, r *http.Request, d door) {
	now := s.Clock()
	plan, err := s.schedule(r.Context(), rota.CivilOf(now, s.Zone).Date, nowDays)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, nowTemplate, page{Title: "Who is on call now", Door: d, Here: nowPlace, Body: viewNow(plan, now)})
}

// wallPage is nowPage for a screen that nobody touches. It asks to be loaded again, by a header because that
// also works on the answers that are no page, unless whoever looks at it has turned that off. Where the
// database cannot be read it goes on with what it last read, and says so.
func (s *Site) wallPage(w http.ResponseWriter, r *http.Request, d door) {
	still := r.URL.Query().Has("still")
	if !still {
		w.Header().Set("Refresh", strconv.Itoa(wallEvery))
	}
	now := s.Clock()
	plan, err := s.schedule(r.Context(), rota.CivilOf(now, s.Zone).Date, nowDays)
	since := now
	if err == nil {
		s.board.put(plan, now)
	} else {
		s.fail(r, err)
		var known bool
		if plan, since, known = s.board.get(); !known {
			busy(w)
			return
		}
	}
	view := wallView{nowView: viewNow(plan, now), Still: still}
	if !since.Equal(now) {
		view.Since = momentWords(rota.CivilOf(since, s.Zone), rota.CivilOf(now, s.Zone).Date)
	}
	s.render(w, r, http.StatusOK, wallTemplate, page{Title: "Who is on call now", Door: d, Wide: true, Body: view})
}

type nowView struct {
	Time, Day string // when the page was made
	Rotas     []nowRota
}

type wallView struct {
	nowView
	Still bool   // it does not refresh itself
	Since string // when the rota could last be read, "" where that is now
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

// Vacant reports whether somebody should be on call, and nobody is.
func (t nowTier) Vacant() bool {
	for _, p := range t.Current {
		if p.Name == "" {
			return true
		}
	}
	return false
}

type nowPerson struct {
	Name  string // "" where nobody is on call who should be
	Phone string
	Call  template.URL // rings Phone, "" where it cannot be rung
	Until string       // "" where it is not known
}

func viewNow(plan schedule, now time.Time) nowView {
	at := rota.CivilOf(now, plan.zone)
	view := nowView{Time: timeWords(at.Time), Day: dayWords(at.Date)}
	var last rota.RotaName
	for _, l := range plan.lines(at.Date, at.Date.AddDays(nowDays)) {
		ofRota, ofTier := plan.titles(l.Rota, l.Tier)
		if len(view.Rotas) == 0 || l.Rota != last {
			view.Rotas = append(view.Rotas, nowRota{Title: ofRota})
			last = l.Rota
		}
		r := &view.Rotas[len(view.Rotas)-1]
		r.Tiers = append(r.Tiers, viewTier(l, ofTier, plan.who, now, at.Date))
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
			p.Name, p.Phone = who.name(s.Holder), who.phone(s.Holder)
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

// phone gives the number that a leader is rung on, "" where none is known.
func (p people) phone(id rota.LeaderID) string { return strings.TrimSpace(p[id].Phone) }
