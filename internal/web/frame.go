package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
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
	missingTemplate = parsePage("missing.html")
	goneTemplate    = parsePage("gone.html")
	busyTemplate    = parsePage("busy.html")
)

// parsePage puts the bodies in the named files, the first of which defines "body", into the frame.
func parsePage(names ...string) *template.Template {
	files := []string{"templates/base.html"}
	for _, name := range names {
		files = append(files, "templates/"+name)
	}
	return template.Must(template.ParseFS(templateFiles, files...))
}

// page is what the frame of a page shows.
type page struct {
	Title  string
	PCN    string
	Style  string
	Door   door
	Here   place      // the page of the navigation that this one is or belongs to
	Places []waypoint // the navigation; none where there is nowhere else to go
	Tabs   []waypoint // the pages of one place; none where it has only one
	Person string     // whose own page it is, "" for pages that are the same for all
	Wide   bool       // takes all the width there is
	Body   any
}

// place is a page of the navigation.
type place string

const (
	nowhere   place = ""
	nowPlace  place = "now"
	teamPlace place = "team"
	myPlace   place = "my"
	actPlace  place = "act"
)

// waypoint is a link of the navigation.
type waypoint struct {
	Title, URL string
	Here       bool
}

// render fills a template in memory first: a page is sent whole or not at all.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, t *template.Template, p page) {
	p.PCN = cmp.Or(s.PCN, "PCN rota")
	p.Style = s.root + stylePath + "?v=" + styleVersion
	p.Places = s.places(p.Door, p.Here)
	var filled bytes.Buffer
	if err := t.ExecuteTemplate(&filled, t.Name(), p); err != nil {
		s.fail(r, fmt.Errorf("fill page: %w", err))
		busy(w)
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

func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusNotFound, missingTemplate, page{Title: "Page not found"})
}

// gone is for a link that has been taken back.
func (s *Site) gone(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusGone, goneTemplate, page{Title: "This link has been turned off"})
}

// failed says on a page that there is nothing to show just now. What went wrong is in the log only.
func (s *Site) failed(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil { // else the reader has gone, which is all that went wrong
		s.fail(r, err)
	}
	w.Header().Set("Retry-After", retryAfter)
	s.render(w, r, http.StatusServiceUnavailable, busyTemplate, page{Title: "The rota cannot be shown just now"})
}

// query writes an address's parameters, given as pairs of name and value; empty values are left out.
func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}
