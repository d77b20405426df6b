package web

import (
	"net/http"

	"pcnrota/rota"
)

// door is the way by which somebody has come to the pages: they are open to all, or there is a secret in
// the address, a link to the team's pages or a leader's own, or a leader is signed in. Whoever came by a door
// stays behind it.
type door struct {
	Base   string        // begins the address of every page, without a slash at its end
	Leader rota.LeaderID // who it is, by their own link or a session; "" for the team's pages
	Token  string        // the secret in the address; "" where there is none
	feed   rota.Feed     // the leader's link; what it would be, for a session
}

// Now, Wall, Team and the others give the addresses of the pages behind a door.
func (d door) Now() string {
	if d.Leader != "" {
		return d.Base + "/now"
	}
	return d.Base + "/"
}

// Wall is who is on call now, for a screen on a wall.
func (d door) Wall() string { return d.Base + "/wall" }

// Team is the month of the team.
func (d door) Team() string { return d.Base + "/team" }

// Mine is the first of the leader's own pages.
func (d door) Mine() string { return d.Base }

// open is the door for everybody.
func (s *Site) open() door { return door{Base: s.root} }

// places lists where one can go from behind a door. The pages that are open to all are linked at their own
// address, so that a leader who passes it on does not pass on their own link.
func (s *Site) places(d door, here place) []waypoint {
	var places []waypoint
	add := func(p place, title, url string) { places = append(places, waypoint{title, url, p == here}) }
	if d.Leader != "" {
		add(myPlace, "My rota", d.Mine())
	}
	if s.NowPage {
		d = s.open()
	}
	if s.NowPage || s.NowLink && (d.Token != "" || d.Leader != "") {
		add(nowPlace, "On call now", d.Now())
		add(teamPlace, "Team rota", d.Team())
	}
	if s.Desk != nil {
		add(actPlace, "Swaps, leave", s.root+"/act")
	}
	return places
}

// pages adds the addresses of all pages. What stands in wildcards stays out of the log.
func (s *Site) pages(get func(pattern string, answer http.HandlerFunc)) {
	team := func(base, now string, enter func(pageHandler) http.HandlerFunc) {
		get(base+now, enter(s.nowPage))
		get(base+"/wall", enter(s.wallPage))
		get(base+"/team", enter(s.teamPage))
	}
	if s.NowPage {
		team("", "/{$}", s.opened)
	}
	if s.NowPage || s.NowLink {
		team("/see/{token}", "/{$}", s.byPageLink)
		team("/my/{token}", "/now", s.byOwnLink)
	}
	own := func(base string, enter func(pageHandler) http.HandlerFunc) {
		get(base, enter(s.myPage))
		get(base+"/month", enter(s.myMonthPage))
		get(base+"/points", enter(s.myPointsPage))
		get(base+"/calendar", enter(s.myCalendarPage))
		get(base+"/rota.csv", enter(s.myCSV))
	}
	own("/my/{token}", s.byOwnLink)
	if s.Desk == nil {
		return
	}
	own("/me", s.bySession)
	if s.NowLink {
		team("/me", "/now", s.bySession)
	}
}

// pageHandler answers somebody who has come by a door.
type pageHandler func(w http.ResponseWriter, r *http.Request, d door)

// opened lets everybody in.
func (s *Site) opened(show pageHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { show(w, r, s.open()) }
}

// byPageLink lets in who has a link to the team's pages.
func (s *Site) byPageLink(show pageHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.PathValue("token")
		link, found, err := s.source.PageLinkByHash(r.Context(), HashToken(token))
		switch {
		case err != nil:
			s.failed(w, r, err)
		case !found:
			s.notFound(w, r)
		case link.Ended(s.Clock()):
			s.gone(w, r)
		default:
			show(w, r, door{Base: s.root + "/see/" + token, Token: token})
		}
	}
}

// byOwnLink lets in who has a leader's own link: that of their calendar, where it shows all of it. A calendar
// that is meant for others, or shows busy time only, opens no page.
func (s *Site) byOwnLink(show pageHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.PathValue("token")
		f, found, err := s.source.FeedByHash(r.Context(), HashToken(token))
		switch {
		case err != nil:
			s.failed(w, r, err)
		case !found || !f.Personal():
			s.notFound(w, r)
		case f.Ended(s.Clock()):
			s.gone(w, r)
		default:
			show(w, r, door{Base: s.root + "/my/" + token, Leader: f.Leader, Token: token, feed: f})
		}
	}
}

// bySession lets in who is signed in, to the same pages as their own link opens.
func (s *Site) bySession(show pageHandler) http.HandlerFunc {
	return s.signedIn(func(w http.ResponseWriter, r *http.Request, a session) { show(w, r, s.me(a.Leader.ID)) })
}

// me is the door of somebody who is signed in.
func (s *Site) me(id rota.LeaderID) door {
	return door{Base: s.root + "/me", Leader: id, feed: rota.NewLeaderFeed(id, "", s.Clock())}
}
