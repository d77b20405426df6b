package rota

import "time"

// PageLinkID numbers a link to the pages.
type PageLinkID int64

// PageLink is a secret, named, revocable link to the pages about the whole team: who is on call now, and the
// month. The secret itself is shown once, when it is made, and only its hash is kept.
type PageLink struct {
	ID       PageLinkID
	Name     string // by which to tell links apart: "switchboard"
	Created  time.Time
	Expires  time.Time // zero where it has no end
	Revoked  time.Time // zero while it works
	Replaced time.Time // when the secret by which it was found stops working; zero for the one in use
}

// Ended reports whether the link has stopped working at t.
func (l PageLink) Ended(t time.Time) bool {
	over := func(end time.Time) bool { return !end.IsZero() && !end.After(t) }
	return !l.Revoked.IsZero() || over(l.Expires) || over(l.Replaced)
}
