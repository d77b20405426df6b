package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/mail"
	"regexp"
	"strings"
	"time"
)

var (
	signInTemplate = parsePage("signin.html")
	askedTemplate  = parsePage("signin_sent.html")
)

// signInTime is how long an answer takes to whoever asks for a link, whether the address is known or not. It is
// longer than writing the message usually takes.
const signInTime = 400 * time.Millisecond

type signInView struct {
	Root    string
	Page    string // where the link is to lead to
	Address string
	Wrong   string // what is wrong with Address
	Note    string // why one has come here
}

// signInPage asks for an e-mail address.
func (s *Site) signInPage(w http.ResponseWriter, r *http.Request) {
	s.askAddress(w, r, http.StatusOK, signInView{Page: pageBelow(r.URL.Query().Get("page"))})
}

func (s *Site) askAddress(w http.ResponseWriter, r *http.Request, status int, v signInView) {
	v.Root = s.root
	s.render(w, r, status, signInTemplate, page{Title: "Sign in", Body: v})
}

// askSignIn has a link mailed to whoever has the address, and says the same to everybody.
func (s *Site) askSignIn(w http.ResponseWriter, r *http.Request) {
	from := time.Now()
	v := signInView{Root: s.root, Page: pageBelow(r.PostFormValue("page")), Address: strings.TrimSpace(r.PostFormValue("email"))}
	if !plausible(v.Address) {
		v.Wrong = "Enter an e-mail address, like name@nhs.net"
		s.askAddress(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	if !s.asking.allow(neighbourhood(addressOf(r.RemoteAddr)), s.Clock()) {
		s.tooMany(w, r)
		return
	}
	if err := s.Desk.AskSignIn(r.Context(), v.Address, v.Page); err != nil {
		s.failed(w, r, err)
		return
	}
	pause(r.Context(), signInTime-time.Since(from))
	s.render(w, r, http.StatusOK, askedTemplate, page{Title: "Check your e-mail", Body: v})
}

// plausible reports whether a text is one bare e-mail address.
func plausible(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Name == "" && parsed.Address == address && len(address) <= 254
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// belowPCN are the pages to which a link may lead: those where one acts, one's own, and nothing that a browser could
// take for another place.
var belowPCN = regexp.MustCompile(`^(act|me)(/[A-Za-z0-9][A-Za-z0-9._+-]*)*$`)

// pageBelow gives the page that a request wants to be led to; "" for what is none.
func pageBelow(wanted string) string {
	if len(wanted) > 200 || strings.Contains(wanted, "..") || !belowPCN.MatchString(wanted) {
		return ""
	}
	return wanted
}

// exchange begins a session by a pass, and leads to where the pass was asked for.
func (s *Site) exchange(w http.ResponseWriter, r *http.Request, number int64) {
	secret, hash, err := NewToken(rand.Reader)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	next, until, err := s.Desk.BeginSession(r.Context(), number, hash)
	if s.notLetIn(w, r, err) {
		return
	}
	s.setSession(w, secret, until)
	s.leadTo(w, r, pageBelow(next))
}

// leadTo sends the browser to a page where one acts; "" stands for the first.
func (s *Site) leadTo(w http.ResponseWriter, r *http.Request, page string) {
	if page == "" {
		page = "act"
	}
	http.Redirect(w, r, s.root+"/"+page, http.StatusSeeOther)
}

// signOut ends this session, or all of the leader's.
func (s *Site) signOut(w http.ResponseWriter, r *http.Request, a session) {
	var err error
	if r.PostFormValue("everywhere") != "" {
		err = s.Desk.EndSessions(r.Context(), a.Leader.ID)
	} else {
		err = s.Desk.EndSession(r.Context(), a.Leader.ID, HashToken(a.secret))
	}
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.setSession(w, "", time.Unix(1, 0))
	s.render(w, r, http.StatusOK, toldTemplate, page{Title: "You are signed out", Body: told{
		Says: []string{"Links to your calendar go on working."}, Link: s.root + "/sign-in", Words: "Sign in again",
	}})
}

// refused answers where something did not go as asked: with what can be done about it, or with an apology. It
// reports whether it has answered.
func (s *Site) refused(w http.ResponseWriter, r *http.Request, err error) bool {
	var no *Refusal
	switch {
	case err == nil:
		return false
	case errors.As(err, &no):
		s.tell(w, r, http.StatusConflict, no)
	default:
		s.failed(w, r, err)
	}
	return true
}
