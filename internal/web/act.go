package web

import (
	"html/template"
	"net/http"
	"strings"

	"pcnrota/rota"
)

var (
	deskTemplate     = parsePage("desk.html", "answers.html", "signed_in.html")
	choicesTemplate  = parsePage("choices.html", "signed_in.html")
	returnsTemplate  = parsePage("returns.html", "signed_in.html")
	proposalTemplate = parsePage("proposal.html", "signed_in.html")
	leaveTemplate    = parsePage("leave.html", "signed_in.html")
	noteTemplate     = parsePage("note.html", "signed_in.html")
)

// formBytes is the most that a form may hold.
const formBytes = 64 << 10

// acts adds the pages on which leaders act. What GET answers only shows; what acts is a POST of a form that one of
// these pages has given out.
func (s *Site) acts(mux *http.ServeMux) {
	get := func(pattern string, answer http.HandlerFunc) { mux.HandleFunc(pattern, readOnly(formsOf(answer))) }
	post := func(pattern string, answer http.HandlerFunc) { mux.HandleFunc("POST "+pattern, s.ownForm(answer)) }
	get("/sign-in", s.signInPage)
	post("/sign-in", s.askSignIn)
	get("/do/{pass}", s.errandPage)
	post("/do/{pass}", s.runErrand)
	get("/act", s.signedIn(s.deskPage))
	get("/act/duties/{duty}", s.signedIn(s.choicesPage))
	get("/act/duties/{duty}/{leader}", s.signedIn(s.returnsPage))
	get("/act/offers/{offer}", s.signedIn(s.proposalPage))
	get("/act/meetings/{meeting}", s.signedIn(s.meetingPage))
	get("/act/leave", s.signedIn(s.leavePage))
	get("/act/notes/{duty}", s.signedIn(s.notePage))
	post("/act/duties/{duty}", s.signedIn(s.makeOffer))
	post("/act/offers/{offer}", s.signedIn(s.answerOffer))
	post("/act/meetings/{meeting}", s.signedIn(s.answerMeeting))
	post("/act/leave", s.signedIn(s.askLeave))
	post("/act/leave/{absence}", s.signedIn(s.dropLeave))
	post("/act/notes/{duty}", s.signedIn(s.writeNote))
	post("/sign-out", s.signedIn(s.signOut))
}

// formsOf lets a page have forms that lead back to this site.
func formsOf(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", strings.Replace(contentPolicy, "form-action 'none'", "form-action 'self'", 1))
		h.Set("Referrer-Policy", "same-origin") // with "no-referrer" a browser would not say where its forms come from
		answer(w, r)
	}
}

// ownForm lets in what a page of this site, or no browser, has sent, and refuses what is not a form of ours.
func (s *Site) ownForm(answer http.HandlerFunc) http.HandlerFunc {
	return formsOf(func(w http.ResponseWriter, r *http.Request) {
		if err := s.origins.Check(r); err != nil {
			s.tell(w, r, http.StatusForbidden, &Refusal{"Another website has tried to do this in your name, so it was not done.", "If it was you, go to the page yourself and press the button there."})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, formBytes)
		if err := r.ParseForm(); err != nil {
			s.tell(w, r, http.StatusBadRequest, &Refusal{"What was sent could not be read, or was too long.", "Go back and try again with fewer words."})
			return
		}
		answer(w, r)
	})
}

// actPage answers a leader who is signed in.
type actPage func(w http.ResponseWriter, r *http.Request, a session)

// signedIn lets in whoever is signed in. Others are asked to sign in, and come back to the page they wanted.
func (s *Site) signedIn(answer actPage) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, found, err := s.sessionOf(r)
		acting := r.Method == http.MethodPost
		switch {
		case err != nil:
			s.failed(w, r, err)
		case !found && acting:
			s.askAddress(w, r, http.StatusUnauthorized, signInView{Note: "You are not signed in any more, so nothing was done. Sign in and do it again."})
		case !found:
			http.Redirect(w, r, s.root+"/sign-in"+query("page", pageBelow(strings.TrimPrefix(r.URL.Path, "/"))), http.StatusSeeOther)
		case acting && !a.signed(r):
			s.tell(w, r, http.StatusForbidden, &Refusal{"The page you sent this from belongs to an earlier visit, so it was not done.", "Open the page again and press the button there."})
		default:
			answer(w, r, a)
		}
	}
}

// acting is what every page on which a leader acts shows besides its own.
type acting struct {
	Token string
	Root  string
	Until string // when they are signed out by themselves
	First bool   // it is the first of these pages
	Body  any
}

func (s *Site) showActing(w http.ResponseWriter, r *http.Request, a session, t *template.Template, p page) {
	now := rota.CivilOf(s.Clock(), s.Zone)
	p.Person = a.Leader.Name
	p.Door, p.Here = s.me(a.Leader.ID), actPlace
	p.Body = acting{a.formToken(), s.root, momentWords(rota.CivilOf(a.Until, s.Zone), now.Date), t == deskTemplate, p.Body}
	s.render(w, r, http.StatusOK, t, p)
}
