package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// A session is a secret in a cookie. The cookie is for this PCN's addresses alone, is out of reach of scripts,
// and is not sent along by forms on other sites. Only a hash of it is kept.

// cookieName has the prefix that lets browsers refuse a cookie which something else on the network has planted,
// as far as they do for this address.
func (s *Site) cookieName() string {
	switch {
	case !s.secure():
		return "pcnrota"
	case s.root == "":
		return "__Host-pcnrota"
	default:
		return "__Secure-pcnrota" // __Host- would go to every PCN of this server
	}
}

func (s *Site) secure() bool { return strings.HasPrefix(s.BaseURL, "https://") }

// setSession gives the browser the secret until a time; a past one takes it away.
func (s *Site) setSession(w http.ResponseWriter, secret string, until time.Time) {
	path := s.root
	if path == "" {
		path = "/"
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(), Value: secret, Path: path, Expires: until,
		Secure: s.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// session is who asks, where they are signed in.
type session struct {
	Visitor
	secret string
}

// sessionOf finds the session that a request brings.
func (s *Site) sessionOf(r *http.Request) (session, bool, error) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || len(cookie.Value) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return session{}, false, nil
	}
	v, found, err := s.Desk.Visitor(r.Context(), HashToken(cookie.Value))
	return session{v, cookie.Value}, found, err
}

// formToken goes into every form of a session and comes back with it: another site cannot know it.
func (a session) formToken() string {
	sum := sha256.Sum256([]byte("form of " + a.secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (a session) signed(r *http.Request) bool {
	return subtle.ConstantTimeCompare([]byte(r.PostFormValue("token")), []byte(a.formToken())) == 1
}
