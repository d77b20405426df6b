package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"

	"pcnrota/rota"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed style.css
var styleSheet []byte

const stylePath = "/style.css"

// styleVersion changes with the style sheet, so that browsers may keep each version for good.
var styleVersion = func() string {
	sum := sha256.Sum256(styleSheet)
	return hex.EncodeToString(sum[:6])
}()

// Each page is the frame of base.html around a body of its own.
var (
	nowTemplate     = parsePage("now.html")
	teamTemplate    = parsePage("team.html")
	missingTemplate = parsePage("missing.html")
	busyTemplate    = parsePage("busy.html")
)

func parsePage(name string) *template.Template {
	return template.Must(template.ParseFS(templateFiles, "templates/base.html", "templates/"+name))
}

// How far the pages look. The next on call is found even where a rota has a shift a month.
const (
	nowDays  = 35
	teamDays = 28
)

// page is what the frame of a page shows.
type page struct {
	Title string
	PCN   string
	Root  string // begins every address
	Style string
	Here  string // "now", "team" or ""
	Open  bool   // whether there are pages to go to
	Body  any
}

func (s *Site) nowPage(w http.ResponseWriter, r *http.Request) {
	today := rota.CivilOf(s.Clock(), s.Zone)
	plan, names, err := s.schedule(r.Context(), today.Date, nowDays)
	if err != nil {
		s.fail(r, err)
		s.busyPage(w, r)
		return
	}
	s.render(w, r, http.StatusOK, nowTemplate, page{Title: "Who is on call now", Here: "now", Body: viewNow(plan, names, s.Clock())})
}

func (s *Site) teamPage(w http.ResponseWriter, r *http.Request) {
	today := rota.CivilOf(s.Clock(), s.Zone).Date
	plan, names, err := s.schedule(r.Context(), today, teamDays)
	if err != nil {
		s.fail(r, err)
		s.busyPage(w, r)
		return
	}
	s.render(w, r, http.StatusOK, teamTemplate, page{Title: "The coming four weeks", Here: "team", Body: viewTeam(plan, names, today)})
}

// schedule reads what is on show from today on, and who is who.
func (s *Site) schedule(ctx context.Context, today rota.Date, days int) (schedule, people, error) {
	leaders, err := s.source.Leaders(ctx)
	if err != nil {
		return schedule{}, nil, err
	}
	published, err := s.source.Published(ctx, today.At(0).Instant(s.Zone), today.AddDays(days).At(0).Instant(s.Zone))
	if err != nil {
		return schedule{}, nil, err
	}
	who := people{}
	for _, l := range leaders {
		who[l.ID] = l
	}
	return schedule{s.Policies, s.Zone, s.Holidays, published}, who, nil
}

func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusNotFound, missingTemplate, page{Title: "Page not found"})
}

func (s *Site) busyPage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", retryAfter)
	s.render(w, r, http.StatusServiceUnavailable, busyTemplate, page{Title: "The rota cannot be shown just now"})
}

// render fills a template in memory first: a page is sent whole or not at all.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, t *template.Template, p page) {
	p.PCN, p.Root, p.Open = cmp.Or(s.PCN, "PCN rota"), s.root, s.NowPage
	p.Style = s.root + stylePath + "?v=" + styleVersion
	var filled bytes.Buffer
	if err := t.ExecuteTemplate(&filled, "base.html", p); err != nil {
		s.fail(r, fmt.Errorf("fill page: %w", err))
		s.busy(w)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", fmt.Sprint(filled.Len()))
	w.WriteHeader(status)
	w.Write(filled.Bytes())
}

func (s *Site) style(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Length", fmt.Sprint(len(styleSheet)))
	w.Write(styleSheet)
}
