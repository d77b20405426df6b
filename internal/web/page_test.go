package web

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"pcnrota/rota"
)

// wellFormed checks that every element is closed where it should be.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.AutoClose, d.Entity = xml.HTMLAutoClose, xml.HTMLEntity
	d.Strict = true
	for {
		_, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in:\n%s", err, page)
		}
	}
}

// words is what a reader sees of a page: its text, with single spaces.
func words(page string) string {
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")
	return strings.Join(strings.Fields(text), " ")
}

func TestWhoIsOnCallNow(t *testing.T) {
	h := newHarbour(t)
	w := h.status(http.StatusOK, "/")
	page := body(w)
	wellFormed(t, page)
	contains(t, words(page),
		"Who is on call now At 10:15am on Monday 4 May 2026.",
		"Leadership on call First on call Dr Asha Patel Ring 07700 900101 Until 8am tomorrow, Tuesday 5 May 2026 "+
			"Next: Ben &#34;B&#34; O&#39;Neil &lt;b&gt;, from 8am tomorrow, Tuesday 5 May 2026",
		"Second on call Ben &#34;B&#34; O&#39;Neil &lt;b&gt; Ring &#43;44 (0)7700 900102 (bleep 12) Until 8am tomorrow")
	contains(t, page, `href="tel:07700900101"`, `href="tel:&#43;447700900102"`)
	headers(t, w, "Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store")
}

func TestThePagesAskForNothingFromElsewhere(t *testing.T) {
	h := newHarbour(t)
	for _, path := range []string{"/", "/team", "/nowhere"} {
		w := h.get(path)
		page := body(w)
		lacks(t, page, "<script", "style=", "http://", "https://", "//", "onclick")
		contains(t, page, `<html lang="en-GB">`, `<title>`, `href="#main"`, `<main id="main"`, `name="viewport"`)
		headers(t, w, "Content-Security-Policy", contentPolicy, "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Robots-Tag", "noindex")
	}
}

func TestAHoleIsToldInWords(t *testing.T) {
	for name, published := range map[string]bool{"not published": false, "published without a holder": true} {
		t.Run(name, func(t *testing.T) { tellsOfHoles(t, published) })
	}
}

func tellsOfHoles(t *testing.T, published bool) {
	h := newHarbour(t)
	h.gaps = published
	h.publish("2026-05-04", "2026-05-25", func(d rota.Duty) bool {
		return d.Tier == "first" && d.Start.Date == day("2026-05-04") || d.Tier == "second" && d.Start.Date == day("2026-05-05")
	}, "2026-05-03T09:00")
	page := body(h.status(http.StatusOK, "/"))
	contains(t, page, `class="tier hole"`)
	contains(t, words(page), "First on call Nobody is on call This shift has to be covered. Until 8am tomorrow",
		"Next: nobody yet, from 8am tomorrow")
	team := body(h.status(http.StatusOK, "/team"))
	if got := strings.Count(team, `<strong class="gap">Nobody</strong>`); got != 2 {
		t.Errorf("%d holes in the month, want 2:\n%s", got, words(team))
	}
	contains(t, words(team), "Leadership on call, May 2026 2 days have gaps", "Monday 4 May Today Early May bank holiday 8am to 8am First on call Nobody Second")
}

func TestOutsideTheHoursOfARotaNobodyIsMissing(t *testing.T) {
	h := newHarbour(t)
	h.policy.Name, h.policy.Title = "evenings", "Enhanced access"
	for _, p := range rota.ReadyPatterns() {
		if p.Name == "enhanced-access" {
			h.policy.Pattern = p.Kinds
		}
	}
	h.publish("2026-05-04", "2026-05-18", nil, "2026-04-01T09:00")
	h.open(Options{NowPage: true})
	got := words(body(h.status(http.StatusOK, "/")))
	contains(t, got, "Enhanced access First on call Outside the hours of this rota Next: Ben")
	contains(t, got, "from 6:30pm tomorrow, Tuesday 5 May 2026") // the 4th is a bank holiday
}

func TestARetiredRotaIsStillShown(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{NowPage: true, Policies: []rota.Policy{}})
	contains(t, words(body(h.status(http.StatusOK, "/"))), "on-call first Dr Asha Patel Ring 07700 900101", "second Ben")
	contains(t, words(body(h.status(http.StatusOK, "/team"))), "on-call, May 2026", "8am to 8am first Cerys Hughes second Dr Asha Patel")
}

func TestANightAndTheNextWithTheSameLeaderAreOne(t *testing.T) {
	l := schedule{zone: london, published: []rota.Published{
		night("2026-05-04", "L1"), night("2026-05-05", "L1"), night("2026-05-07", "L1"), night("2026-05-08", "L2"),
	}}.lines(day("2026-05-04"), day("2026-05-11"))[0]
	current, next, follows := l.at(at("2026-05-04T10:00"))
	if len(current) != 1 || current[0].End.String() != "2026-05-06T08:00" {
		t.Errorf("now: %v, want L1 until the 6th", current)
	}
	if !follows || next.Holder != "L1" || next.Start.String() != "2026-05-07T08:00" {
		t.Errorf("next: %v, want L1 from the 7th", next)
	}
	if current, _, follows := l.at(at("2026-05-09T08:00")); len(current) != 0 || follows {
		t.Errorf("after the last: %v and %t", current, follows)
	}
}

// night is 24 hours from 08:00.
func night(on string, holder rota.LeaderID) rota.Published {
	start, end := day(on).At(8*60), day(on).AddDays(1).At(8*60)
	return rota.Published{Duty: rota.Duty{
		ID: rota.DutyID("r.t." + on), Rota: "r", Tier: "t", Start: start, End: end, Holder: holder,
		Span: rota.Span{Start: start.Instant(london), End: end.Instant(london)},
	}}
}

func TestTheMonthOfTheTeam(t *testing.T) {
	h := newHarbour(t)
	page := body(h.status(http.StatusOK, "/team"))
	wellFormed(t, page)
	contains(t, page, "<caption>Leadership on call, May 2026</caption>", `scope="col"`, `id="today"`, `href="/team?month=2026-04"`, `href="/team?month=2026-06"`)
	contains(t, words(page),
		"Monday 4 May Today Early May bank holiday 8am to 8am First on call Dr Asha Patel Second on call Ben",
		"Shifts that start after Sunday 24 May 2026 are not published yet.")
	lacks(t, page, "07700", "tel:")
	lacks(t, page, "Nobody")                                   // what is not published is not a hole
	if got := strings.Count(page, `class="other"`); got != 4 { // May 2026 begins on a Friday and ends on a Sunday
		t.Errorf("%d days of other months, want 4", got)
	}
}

func TestOtherMonths(t *testing.T) {
	h := newHarbour(t)
	april := words(body(h.status(http.StatusOK, "/team?month=2026-04")))
	contains(t, april, "Team rota April 2026", "This month", "Thursday 30 April 8am to 8am First on call", "Tuesday 28 April 8am")
	lacks(t, april, "Nobody", "Go to today", "not published yet") // what was before the rota began is not a hole
	contains(t, words(body(h.status(http.StatusOK, "/team?month=2027-03"))), "Nothing is published for this month.")
	for _, month := range []string{"2026-13", "May", "1800-01", "2031-01", "2026-05-04"} {
		h.status(http.StatusNotFound, "/team?month="+month)
	}
}

func TestTheMonthOfAPractice(t *testing.T) {
	h := newHarbour(t)
	h.ok(h.db.PutPractices(t.Context(), []rota.Practice{{Code: "Y1", Name: "Quay & Mill"}, {Code: "Y2", Name: "Heron"}}))
	h.ok(h.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L3", Name: "Cerys Hughes", Practice: "Y1", Employment: rota.Employee, Share: rota.FullTime}}))
	h.gaps = true
	h.publish("2026-05-06", "2026-05-25", func(d rota.Duty) bool { return d.Start.Date == day("2026-05-09") }, "2026-05-03T09:00")
	page := body(h.status(http.StatusOK, "/team?practice=Y1"))
	contains(t, page, `<a href="/team?practice=Y1" aria-current="true">Quay &amp; Mill</a>`, `href="/team?month=2026-06&amp;practice=Y1"`)
	contains(t, words(page), "Only people from Quay &amp; Mill are shown, and gaps.", "Cerys Hughes", "Saturday 9 May 8am to 8am First on call Nobody")
	lacks(t, page, "Patel", "O&#39;Neil")
	contains(t, body(h.status(http.StatusOK, "/team?practice=Y9")), "Patel") // no such practice: everybody
}

func TestAShiftOverSeveralDaysStandsOnEach(t *testing.T) {
	h := newHarbour(t)
	for _, p := range rota.ReadyPatterns() {
		if p.Name == "weeknights-and-weekends" {
			h.policy.Pattern = p.Kinds
		}
	}
	h.publish("2026-05-05", "2026-06-08", nil, "2026-05-03T09:00")
	h.open(Options{NowPage: true})
	got := words(body(h.status(http.StatusOK, "/team")))
	contains(t, got, "Friday 8 May 6:30pm to 8am on Monday First on call", "Saturday 9 May since Friday First on call", "Sunday 10 May since Friday")
	contains(t, words(body(h.status(http.StatusOK, "/team?month=2026-06"))), "Monday 1 June 6:30pm to 8am First")
}

func TestAPartThatSomebodyTookOverStandsInItsShift(t *testing.T) {
	whole := night("2026-05-04", "L1").Duty
	left, part := whole.Divide(civil("2026-05-04T12:00"), civil("2026-05-04T18:00"), london)
	part.Holder = "L2"
	plan := schedule{zone: london, today: day("2026-05-04"), who: people{"L1": {Name: "Asha"}, "L2": {Name: "Ben"}}}
	for _, d := range append(left, part) {
		plan.published = append(plan.published, rota.Published{Duty: d})
	}
	view := viewTeam(plan, rota.MonthOf(plan.today), nil, "")
	got := view.Rotas[0].Weeks[1][0]
	if len(got.Shifts) != 1 || strings.Join(got.Shifts[0].Tiers[0].Names, ", ") != "Asha until midday, Ben until 6pm, Asha" {
		t.Errorf("4 May: %+v", got.Shifts)
	}
}

func TestTheWall(t *testing.T) {
	h := newHarbour(t)
	w := h.status(http.StatusOK, "/wall")
	wellFormed(t, body(w))
	headers(t, w, "Refresh", "60")
	contains(t, words(body(w)), "Shown at 10:15am , Monday 4 May 2026", "Not refreshed since 10:15am", "Dr Asha Patel 07700 900101 Until 8am tomorrow", "Stop refreshing")
	lacks(t, body(w), "<header")
	still := h.status(http.StatusOK, "/wall?still")
	headers(t, still, "Refresh", "")
	lacks(t, body(still), "Not refreshed since")
}

func TestTheWallGoesOnWithoutTheDatabase(t *testing.T) {
	h := newHarbour(t)
	h.source.breaks("Published", false)
	w := h.status(http.StatusServiceUnavailable, "/wall")
	headers(t, w, "Refresh", "60") // it tries again all the same
	h.source.breaks("", false)
	h.status(http.StatusOK, "/wall")
	h.source.breaks("all", false)
	h.set(at("2026-05-05T09:00"))
	contains(t, words(body(h.status(http.StatusOK, "/wall"))),
		"Shown at 9am , Tuesday 5 May 2026", "The rota could not be read just now. This is what was known at 10:15am on Monday 4 May 2026.",
		"First on call Ben")
}

func TestARotaThatIsNotPublished(t *testing.T) {
	h := newHarbour(t)
	h.policy.Name, h.policy.Title = "new", "New rota"
	h.open(Options{NowPage: true})
	contains(t, words(body(h.status(http.StatusOK, "/team"))), "Nothing is published for this month.")
	contains(t, words(body(h.status(http.StatusOK, "/"))), "New rota First on call Nobody is on call This shift has to be covered. Next: nobody in the coming weeks")
}

func TestPagesCanBeClosed(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{NowPage: false})
	for _, path := range []string{"/", "/team"} {
		page := body(h.status(http.StatusNotFound, path))
		lacks(t, page, "Patel", "<nav")
	}
	path, _ := h.link("L1")
	lacks(t, body(h.status(http.StatusOK, path)), "https://rota.example.org") // nothing there to see
}

func TestSmallAddresses(t *testing.T) {
	h := newHarbour(t)
	robots := body(h.status(http.StatusOK, "/robots.txt"))
	if robots != "User-agent: *\nDisallow:\n" {
		t.Errorf("robots.txt bars somebody: %q", robots)
	}
	if got := body(h.status(http.StatusOK, "/healthz")); got != "ok\n" {
		t.Errorf("healthz: %q", got)
	}
	h.status(http.StatusNoContent, "/favicon.ico")
	missing := h.status(http.StatusNotFound, "/nowhere/at/all")
	wellFormed(t, body(missing))
	contains(t, body(missing), "Page not found")
	if w := h.ask("POST", "/"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestTheStyleSheetIsPartOfTheProgram(t *testing.T) {
	h := newHarbour(t)
	link := regexp.MustCompile(`href="(/style\.css\?v=[0-9a-f]{12})"`).FindStringSubmatch(body(h.get("/")))
	if link == nil {
		t.Fatal("the page has no style sheet")
	}
	w := h.status(http.StatusOK, link[1])
	headers(t, w, "Content-Type", "text/css; charset=utf-8", "Cache-Control", "public, max-age=31536000, immutable")
	contains(t, body(w), "#005eb8", "#ffeb3b", "prefers-color-scheme: dark", "@media print")
	lacks(t, body(w), "url(", "@import", "@font-face", "Frutiger")
}

func TestPagesBehindAPathOfAProxy(t *testing.T) {
	h := newHarbour(t)
	h.site = New(h.source, Options{PCN: "P", Zone: london, Clock: h.clock, NowPage: true, BaseURL: "https://example.org/pcn/harbour/"})
	contains(t, body(h.get("/team")), `href="/pcn/harbour/style.css?v=`, `href="/pcn/harbour/"`, `href="/pcn/harbour/team"`)
}

func TestAPageTellsNothingOfAFailure(t *testing.T) {
	h := newHarbour(t)
	for _, panics := range []bool{false, true} {
		h.source.breaks("Published", panics)
		for _, path := range []string{"/", "/team"} {
			w := h.status(http.StatusServiceUnavailable, path)
			headers(t, w, "Retry-After", "300", "Content-Security-Policy", contentPolicy)
			lacks(t, body(w), "SELECT", "disk", "goroutine", "panic", ".go")
		}
	}
	contains(t, h.log.String(), "handler panicked", "goroutine", "route=/team")
}
