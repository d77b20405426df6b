package web

import (
	"net/http"

	"pcnrota/rota"
)

// door is the way by which somebody has come to the pages: they are open to all, or there is a secret in
// the address, a link to the team's pages or a leader's own. Whoever came by a door stays behind it.
type door struct {
	Base   string        // begins the address of every page, without a slash at its end
	Leader rota.LeaderID // whose own link it is; "" for the team's pages
	Token  string        // the secret in the address; "" where the pages are open to all
}

// Now, Wall and Team give the addresses of the pages that are the same for everybody.
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

// open is the door for everybody.
func (s *Site) open() door { return door{Base: s.root} }

// places lists where one can go from behind a door. The pages that are open to all are linked at their own
// address, so that a leader who passes it on does not pass on their own link.
func (s *Site) places(d door, here place) []waypoint {
	var places []waypoint
	add := func(p place, title, url string) { places = append(places, waypoint{title, url, p == here}) }
	if d.Leader != "" {
		add(myPlace, "My rota", d.Base)
	}
	if s.NowPage {
		d = s.open()
	}
	if s.NowPage || s.NowLink && d.Token != "" {
		add(nowPlace, "On call now", d.Now())
		add(teamPlace, "Team rota", d.Team())
	}
	if s.Desk != nil {
		add(actPlace, "Swaps and leave", s.root+"/act")
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
}

// pageHandler answers somebody who has come by a door.
type pageHandler func(w http.ResponseWriter, r *http.Request, d door)

// opened lets everybody in.
func (s *Site) opened(show pageHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { show(w, r, s.open()) }
}
