package web

import (
	"errors"
	"net/http"

	"pcnrota/internal/pass"
)

var (
	errandTemplate = parsePage("errand.html")
	toldTemplate   = parsePage("told.html")
)

// told is a page that says how something ended.
type told struct {
	Good  bool
	Says  []string
	Items []string // below it
	Link  string   // where to go from there; ""
	Words string   // of that link
}

// tell says what somebody cannot do and what they can.
func (s *Site) tell(w http.ResponseWriter, r *http.Request, status int, no *Refusal) {
	says := []string{no.Says}
	if no.Do != "" {
		says = append(says, no.Do)
	}
	p := page{Title: "That did not work", Body: told{Says: says, Link: s.root + "/act", Words: "Go to your duties, swaps and leave"}}
	if a, found, err := s.sessionOf(r); err == nil && found {
		p.Person, p.Door, p.Here = a.Leader.Name, s.me(a.Leader.ID), actPlace
	}
	s.render(w, r, status, toldTemplate, p)
}

// notLetIn is refused for whoever wants to sign in.
func (s *Site) notLetIn(w http.ResponseWriter, r *http.Request, err error) bool {
	var no *Refusal
	if !errors.As(err, &no) {
		return s.refused(w, r, err)
	}
	s.render(w, r, http.StatusGone, toldTemplate, page{Title: "This link does not let you in", Body: told{
		Says: []string{no.Says, no.Do}, Link: s.root + "/sign-in", Words: "Go to the sign-in page",
	}})
	return true
}

// errandPage shows what a pass is for, with its one button. It does nothing, whoever asks and however often.
func (s *Site) errandPage(w http.ResponseWriter, r *http.Request) {
	p, number, ok := s.passOf(w, r)
	if !ok {
		return
	}
	if p == pass.Answer {
		s.summonsPage(w, r, number)
		return
	}
	e := Errand{Title: "Sign in", Button: "Sign in"}
	if p == pass.SignIn {
		l, err := s.Desk.SignIn(r.Context(), number)
		if s.notLetIn(w, r, err) {
			return
		}
		e.Says = []string{"You are about to sign in as " + l.Name + ".", "Do not press the button on a computer that others use after you, unless you sign out again."}
	} else {
		var err error
		if e, err = s.Desk.Errand(r.Context(), p, number); s.refused(w, r, err) {
			return
		}
	}
	if e.Done != "" {
		s.errandDone(w, r, e)
		return
	}
	s.render(w, r, http.StatusOK, errandTemplate, page{Title: e.Title, Body: e})
}

// runErrand does what a pass is for. The pass is the proof of who asks, so nobody needs to be signed in.
func (s *Site) runErrand(w http.ResponseWriter, r *http.Request) {
	p, number, ok := s.passOf(w, r)
	if !ok {
		return
	}
	switch p {
	case pass.SignIn:
		s.exchange(w, r, number)
		return
	case pass.Answer:
		s.answerSummons(w, r, number)
		return
	}
	if s.refused(w, r, s.Desk.Run(r.Context(), p, number)) {
		return
	}
	e, err := s.Desk.Errand(r.Context(), p, number)
	if s.refused(w, r, err) {
		return
	}
	s.errandDone(w, r, e)
}

func (s *Site) errandDone(w http.ResponseWriter, r *http.Request, e Errand) {
	s.render(w, r, http.StatusOK, toldTemplate, page{Title: e.Title, Body: told{Good: true, Says: append([]string{e.Done}, e.Says...), Items: e.Items}})
}

// passOf reads the pass in the address. Where it is none of this PCN's, the page is answered as any that is not
// there.
func (s *Site) passOf(w http.ResponseWriter, r *http.Request) (p pass.Purpose, number int64, ok bool) {
	key, err := s.Desk.PassKey(r.Context())
	if err != nil {
		s.failed(w, r, err)
		return "", 0, false
	}
	if p, number, ok = key.Check(r.PathValue("pass")); !ok {
		s.notFound(w, r)
	}
	return p, number, ok
}
