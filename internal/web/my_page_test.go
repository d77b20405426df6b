package web

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// own gives the path of the page that L1's calendar link opens.
func (h *harbour) own() string {
	h.Helper()
	path, _ := h.link("L1")
	return "/my/" + strings.TrimSuffix(strings.TrimPrefix(path, "/feed/"), ".ics")
}

// pageLink makes a link to the team's pages and gives its path, without a slash at its end, and its ID.
func (h *harbour) pageLink(expires time.Time) (path string, id rota.PageLinkID) {
	h.Helper()
	token, hash, err := NewToken(rand.Reader)
	h.ok(err)
	l := get(h.db.AddPageLink(h.Context(), rota.PageLink{Name: "switchboard", Created: at("2026-03-01T09:00"), Expires: expires}, hash))
	return strings.TrimSuffix(strings.TrimPrefix(PageURL("", token), "//"), "/"), l.ID
}

func TestMyRota(t *testing.T) {
	h := newHarbour(t)
	h.meeting("2026-05-06", "2026-04-20T09:00")
	h.open(Options{NowPage: true, WhyMine: func(_ context.Context, l rota.LeaderID, _ time.Time) (map[rota.DutyID]string, error) {
		return map[rota.DutyID]string{"on-call.first.20260504T0800": "It had to be " + string(l) + "."}, nil
	}})
	path := h.own()
	page := body(h.status(http.StatusOK, path))
	wellFormed(t, page)
	got := words(page)
	contains(t, got, "Dr Asha Patel", "My rota On call now Team rota",
		"Next Monday 4 May Now 8am to 8am on Tuesday Early May bank holiday First on call Leadership on call Second on call: Ben",
		"3 points, bank holiday: why me? It had to be L1.",
		"Wednesday 6 May 10am to midday Public board Meeting of Integrated care system Council Chamber",
		"Why it is you cannot be told for this duty.")
	contains(t, page, `href="tel:&#43;447700900102"`, `href="/team"`, `href="`+path+`/month"`, `href="`+path+`/points"`, `href="`+path+`/calendar"`)
	lacks(t, page, "<script", "style=", "sick", "annual")
}

func TestMyMonth(t *testing.T) {
	h := newHarbour(t)
	h.meeting("2026-05-06", "2026-04-20T09:00")
	path := h.own() + "/month"
	page := body(h.status(http.StatusOK, path))
	wellFormed(t, page)
	contains(t, words(page), "Monday 4 May Today Early May bank holiday 8am to 8am First on call Leadership on call", "Wednesday 6 May 8am to 8am Second on call Leadership on call 10am to midday Public board Meeting of Integrated care system")
	contains(t, page, `href="`+path+`?month=2026-04"`, `href="`+path+`?month=2026-06"`)
	h.status(http.StatusNotFound, path+"?month=spring")
}

func TestMyPoints(t *testing.T) {
	h := newHarbour(t)
	page := body(h.status(http.StatusOK, h.own()+"/points"))
	wellFormed(t, page)
	ledger := get(h.db.Ledger(t.Context(), "", rota.Date{}, rota.Date{}))
	mine := ledger[0]
	held, fair := mine.Held.Total(), mine.Target.Total()
	contains(t, words(page), "You hold "+held.String()+" points and your fair share is "+fair.String(), "Bank holiday", "Weekend")
	contains(t, page, `aria-label="All: `+held.String()+` held, fair share `+fair.String()+`"`)
}

func TestTheChartHasTheLengthsOfItsNumbers(t *testing.T) {
	held, fair := rota.Load{}, rota.Load{}
	held[rota.Weekday], fair[rota.Weekday] = 2*rota.Point, 4*rota.Point
	held[rota.Festive] = 6 * rota.Point
	view := viewShare(rota.Standing{Held: held, Target: fair})
	want := []shareRow{
		{"Weekday", "2", "4", "2 under", "25.0", "49.5", false},
		{"Festive", "6", "0", "6 over", "75.0", "0", false},
		{"All", "8", "4", "4 over", "100.0", "49.5", true},
	}
	for i, row := range view.Rows {
		if row != want[i] {
			t.Errorf("row %d: got %+v, want %+v", i, row, want[i])
		}
	}
	if view.Says != "You hold 8 points and your fair share is 4: 4 over." {
		t.Error(view.Says)
	}
}

func TestInMyCalendar(t *testing.T) {
	h := newHarbour(t)
	path := h.own()
	page := body(h.status(http.StatusOK, path+"/calendar"))
	wellFormed(t, page)
	token := strings.TrimPrefix(path, "/my/")
	contains(t, page, `href="webcal://rota.example.org/feed/`+token+`.ics"`, "https://rota.example.org/feed/"+token+".ics", `download="my-rota.ics"`, "Outlook", "Google", "iPhone")
	h.status(http.StatusOK, "/feed/"+token+".ics")
}

func TestMyRotaAsASpreadsheet(t *testing.T) {
	h := newHarbour(t)
	h.meeting("2026-05-06", "2026-04-20T09:00")
	h.ok(h.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L2", Name: `=HYPERLINK("http://x")`, Employment: rota.Partner, Share: rota.FullTime}}))
	w := h.status(http.StatusOK, h.own()+"/rota.csv")
	headers(t, w, "Content-Type", "text/csv; charset=utf-8", "Content-Disposition", `attachment; filename="my-rota.csv"`, "Cache-Control", "no-store")
	rows := get(csv.NewReader(strings.NewReader(strings.TrimPrefix(body(w), "\ufeff"))).ReadAll())
	want := []string{"2026-05-04", "08:00", "2026-05-05", "08:00", "First on call", "Leadership on call", "", "3", "bank holiday", "Early May bank holiday"}
	if got := rows[1]; strings.Join(got[:10], "|") != strings.Join(want, "|") || got[10] != `Second on call: =HYPERLINK("http://x")` {
		t.Errorf("first row: %q", got)
	}
	for text, want := range map[string]string{"=1": "'=1", "+44": "'+44", "@a": "'@a", "-": "'-", "a=b": "a=b", "": ""} {
		if got := plainCell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestOnlyALeadersWholeCalendarOpensAPage(t *testing.T) {
	h := newHarbour(t)
	add := func(f rota.Feed) string {
		token, hash, err := NewToken(rand.Reader)
		h.ok(err)
		get(h.db.AddFeed(t.Context(), f, hash))
		return "/my/" + token
	}
	busy := rota.NewLeaderFeed("L1", "for family", at("2026-03-01T09:00"))
	busy.Options.BusyOnly = true
	h.status(http.StatusNotFound, add(busy))
	h.status(http.StatusNotFound, add(rota.Feed{Kind: rota.FeedOfPCN, Name: "all", Created: at("2026-03-01T09:00")}))
	h.status(http.StatusNotFound, "/my/nonsense")
	over := rota.NewLeaderFeed("L1", "old", at("2026-03-01T09:00"))
	over.Expires = at("2026-05-01T00:00")
	lacks(t, body(h.status(http.StatusGone, add(over))), "Patel", "/team?") // nothing but that it is turned off
	quiet := rota.NewLeaderFeed("L1", "no numbers", at("2026-03-01T09:00"))
	quiet.Options.Phones = false
	lacks(t, body(h.status(http.StatusOK, add(quiet))), "tel:")
}

func TestMyRotaWithoutReasonsIsBetterThanNone(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{WhyMine: func(context.Context, rota.LeaderID, time.Time) (map[rota.DutyID]string, error) {
		return nil, errors.New("no such rota: SELECT")
	}})
	page := body(h.status(http.StatusOK, h.own()))
	contains(t, words(page), "First on call Leadership on call")
	lacks(t, page, "SELECT", `href="/team"`) // and no way to pages that are shut
	contains(t, h.log.String(), "reasons of duties are left out")
}

func TestReasonsAreWorkedOutOnceForARevision(t *testing.T) {
	h := newHarbour(t)
	asked := 0
	h.open(Options{NowPage: true, WhyMine: func(context.Context, rota.LeaderID, time.Time) (map[rota.DutyID]string, error) {
		asked++
		return nil, nil
	}})
	path := h.own()
	for range 3 {
		h.status(http.StatusOK, path)
	}
	if asked != 1 {
		t.Errorf("worked out %d times, want 1", asked)
	}
	h.publish("2026-05-06", "2026-05-25", nil, "2026-05-03T09:00")
	h.status(http.StatusOK, path)
	if asked != 2 {
		t.Errorf("worked out %d times after a change, want 2", asked)
	}
}

func TestPagesBehindALink(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{NowLink: true})
	for _, path := range []string{"/", "/team", "/wall"} {
		h.status(http.StatusNotFound, path)
	}
	link, id := h.pageLink(time.Time{})
	now := body(h.status(http.StatusOK, link+"/"))
	contains(t, now, "Patel", `href="`+link+`/team"`, `href="`+link+`/wall"`)
	contains(t, body(h.status(http.StatusOK, link+"/team")), `href="`+link+`/team?month=2026-06"`)
	contains(t, body(h.status(http.StatusOK, link+"/wall")), "Patel")
	h.status(http.StatusNotFound, "/see/nonsense/")
	own := h.own()
	contains(t, body(h.status(http.StatusOK, own)), `href="`+own+`/team"`, `href="`+own+`/now"`)
	contains(t, body(h.status(http.StatusOK, own+"/now")), "Patel")
	h.ok(h.db.RevokePageLink(t.Context(), id, at("2026-05-04T10:00")))
	lacks(t, body(h.status(http.StatusGone, link+"/")), "Patel")
	over, _ := h.pageLink(at("2026-05-04T00:00"))
	h.status(http.StatusGone, over+"/team")
	lacks(t, h.log.String(), strings.TrimPrefix(link, "/see/"), strings.TrimPrefix(own, "/my/"))
}

func TestPageLinksOpenNothingWherePagesAreShut(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{})
	link, _ := h.pageLink(time.Time{})
	h.status(http.StatusNotFound, link+"/")
	h.status(http.StatusNotFound, h.own()+"/team")
}

// What somebody has to see to stands on their own page, and who sees to what on the team's; what each has for themselves is
// shown to them alone.
func TestResponsibilitiesOnPages(t *testing.T) {
	h := newHarbour(t)
	of := get(h.db.AddResponsibilities(h.Context(), []rota.Obligation{{Title: "Toolkit", Holding: rota.OwnedByOne, First: day("2026-06-30")}}))[0]
	item := func(id, title, due string, owner, deputy, own rota.LeaderID) rota.Item {
		return rota.Item{ID: rota.ItemID(id), Responsibility: of, Title: title, Area: "data security", For: own, Planned: day(due), Due: day(due), Owner: owner, Deputy: deputy, Points: rota.Point}
	}
	done := item("r1.a", "Long done", "2026-05-01", "L1", "", "")
	done.Done.On = day("2026-04-30")
	get(h.db.PlanItems(h.Context(), []rota.Item{
		item("r1.b", "Overdue return", "2026-04-30", "L1", "L2", ""), item("r1.c", "Toolkit", "2026-06-30", "L2", "L1", ""),
		item("r1.d", "Appraisal of one", "2026-07-15", "L1", "", "L1"), item("r1.e", "Unheld plan", "2026-07-31", "", "", ""),
		item("r1.f", "Far ahead", "2026-09-30", "L1", "", ""), done,
	}, nil, at("2026-04-28T09:00")))
	mine := body(h.status(http.StatusOK, h.own()))
	wellFormed(t, mine)
	contains(t, words(mine), "To see to in the next three months By Thursday 30 April 2026 Overdue Overdue return data security Deputy: Ben",
		"By Tuesday 30 June 2026 Toolkit data security You are the deputy of Ben", "Appraisal of one")
	lacks(t, words(mine), "Far ahead", "Long done", "Unheld plan")
	h.open(Options{NowPage: true})
	team := body(h.status(http.StatusOK, "/team"))
	wellFormed(t, team)
	contains(t, words(team), "Responsibilities: who sees to what in the next three months", "Toolkit data security Ben", "Unheld plan data security Nobody")
	lacks(t, words(team), "Appraisal of one", "Overdue Overdue", "Far ahead")
	lacks(t, words(body(h.status(http.StatusOK, "/team?month=2026-06"))), "Responsibilities:")
	path, _ := h.link("L2")
	feed := body(h.status(http.StatusOK, path))
	contains(t, feed, "SUMMARY:Due: Toolkit", "DTSTART;VALUE=DATE:20260630")
	lacks(t, feed, "Appraisal", "Overdue return")
}
