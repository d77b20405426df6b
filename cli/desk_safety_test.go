package cli

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pcnrota/rota"
)

// TestTheDoorKeepsOthersOut plays everything by which somebody could come in, or act, who should not.
func TestTheDoorKeepsOthersOut(t *testing.T) {
	c := newClinic(t)
	for _, one := range []struct {
		name string
		play func(*testing.T, *clinic)
	}{
		{"scanners use no link up", scannersUseNoLinkUp},
		{"a link works once and not for ever", aLinkWorksOnce},
		{"an unknown address is answered the same", anUnknownAddress},
		{"other sites cannot act", otherSites},
		{"whoever signs in comes back", comesBack},
		{"the manager gives a link", managerGivesLink},
		{"a session ends", aSessionEnds},
	} {
		t.Run(one.name, func(t *testing.T) {
			c.t = t
			c.later(2 * time.Hour)
			one.play(t, c)
		})
	}
	c.t = t
}

// Mail scanners fetch every link, some with HEAD, some many times: none of that uses a link up.
func scannersUseNoLinkUp(t *testing.T, c *clinic) {
	v := c.visitor()
	v.get("/sign-in").press("/sign-in", "email", "l1@example.org")
	link := c.newest("L1", 1)[0]
	scanner := c.visitor()
	for range 5 {
		scanner.do(http.MethodGet, link, nil)
		scanner.do(http.MethodHead, link, nil)
		scanner.do(http.MethodOptions, link, nil)
	}
	if len(scanner.jar) > 0 {
		t.Error("a scanner was given a session")
	}
	v.get(link).press(link).shows("Your duties to come")
}

// newest gives the last links that were mailed to somebody.
func (c *clinic) newest(leader rota.LeaderID, n int) []string {
	links := c.links(leader)
	return links[len(links)-n:]
}

func aLinkWorksOnce(t *testing.T, c *clinic) {
	v := c.visitor()
	v.get("/sign-in").press("/sign-in", "email", "l1@example.org")
	v.press("/sign-in", "email", "l1@example.org")
	links := c.newest("L1", 2)
	// Of many who use one link at once, one is let in.
	var let sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			w := c.visitor()
			w.do(http.MethodPost, links[0], nil)
			let.Store(i, len(w.jar))
		})
	}
	all.Wait()
	in := 0
	let.Range(func(_, n any) bool { in += n.(int); return true })
	if in != 1 {
		t.Errorf("%d sessions by one link", in)
	}
	v.get(links[0]).shows("used before, or its time has passed")
	c.later(linkLife)
	v.get(links[1]).shows("used before, or its time has passed").lacks("<button")
	v.do(http.MethodPost, links[1], nil).shows("used before, or its time has passed")
	if len(v.jar) > 0 {
		t.Error("an expired link began a session")
	}
	forged := links[1][:len(links[1])-1] + "7"
	if v.get(forged); v.code != http.StatusNotFound {
		t.Errorf("a forged link: %d", v.code)
	}
}

func anUnknownAddress(t *testing.T, c *clinic) {
	known, unknown, before := c.visitor(), c.visitor(), len(c.links("L1"))
	known.get("/sign-in").press("/sign-in", "email", "l1@example.org")
	unknown.get("/sign-in").press("/sign-in", "email", "l0@example.org")
	if a, b := strings.ReplaceAll(known.page, "l1@", "l0@"), unknown.page; a != b || known.code != unknown.code {
		t.Errorf("%d and %d:\n%s\n%s", known.code, unknown.code, a, b)
	}
	for _, nonsense := range []string{"", "l1", "l1@example.org, l2@example.org", "Ada <l1@example.org>", "l1@example.org\r\nBcc: x@y.z"} {
		if unknown.press("/sign-in", "email", nonsense); unknown.code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", nonsense, unknown.code)
		}
	}
	for range linksAnHour {
		known.press("/sign-in", "email", "l1@example.org")
	}
	if n := len(c.links("L1")) - before; n != linksAnHour {
		t.Errorf("%d links were mailed to one person in an hour", n)
	}
	c.later(time.Hour)
	if known.press("/sign-in", "email", "l1@example.org"); len(c.links("L1"))-before != linksAnHour+1 {
		t.Error("nothing was mailed an hour later")
	}
}

// Cross-site posts, and posts that do not carry what only our pages know, do nothing.
func otherSites(t *testing.T, c *clinic) {
	v := c.signedIn("L1")
	token := tokenField.FindStringSubmatch(v.page)[1]
	leave := url.Values{"token": {token}, "kind": {"annual"}, "first": {"2027-03-01"}}
	other := c.signedIn("L2")
	for name, forged := range map[string]struct {
		form    url.Values
		headers []string
	}{
		"another site":         {leave, []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}},
		"a sister site":        {leave, []string{"Sec-Fetch-Site", "same-site", "Origin", "https://evil.nhs.example"}},
		"an old browser":       {leave, []string{"Sec-Fetch-Site", "", "Origin", "https://evil.example"}},
		"a hidden origin":      {leave, []string{"Sec-Fetch-Site", "", "Origin", "null"}},
		"no token":             {url.Values{"kind": {"annual"}, "first": {"2027-03-01"}}, nil},
		"somebody else's":      {url.Values{"token": {tokenField.FindStringSubmatch(other.page)[1]}, "kind": {"annual"}, "first": {"2027-03-01"}}, nil},
		"no headers, no token": {url.Values{"kind": {"annual"}, "first": {"2027-03-01"}}, []string{"Sec-Fetch-Site", "", "Origin", ""}},
	} {
		if v.do(http.MethodPost, "/act/leave", forged.form, forged.headers...); v.code != http.StatusForbidden {
			t.Errorf("%s: %d\n%s", name, v.code, v.page)
		}
	}
	v.do(http.MethodPost, "/act/leave", url.Values{"token": {token}, "why": {strings.Repeat("x", 1<<17)}})
	if v.code != http.StatusBadRequest {
		t.Errorf("a form without end: %d", v.code)
	}
	if v.do(http.MethodPut, "/act/leave", leave); v.code != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", v.code)
	}
	if n := c.count("absence"); n != 0 {
		t.Errorf("%d absences were asked for", n)
	}
	// A feed link in the cookie's place, or no cookie, is nobody.
	c.must("feed add L1")
	stranger := c.visitor()
	stranger.jar["pcnrota"] = strings.Repeat("A", 43)
	if stranger.do(http.MethodPost, "/act/leave", leave); stranger.code != http.StatusUnauthorized {
		t.Errorf("a made-up session: %d", stranger.code)
	}
	stranger.shows("nothing was done")
}

func aSessionEnds(t *testing.T, c *clinic) {
	phone, desk, stolen := c.signedIn("L1"), c.signedIn("L1"), c.visitor()
	stolen.jar["pcnrota"] = phone.jar["pcnrota"]
	stolen.get("/act").shows("Your duties to come")
	phone.get("/act").press("/sign-out", "everywhere", "1").shows("You are signed out")
	for name, v := range map[string]*visitor{"the phone": phone, "the other computer": desk, "the thief": stolen} {
		if v.get("/act"); !strings.Contains(v.page, "E-mail address") {
			t.Errorf("%s is still signed in", name)
		}
	}
	v := c.signedIn("L1")
	c.later(sessionLife)
	v.get("/act").shows("E-mail address")

	v = c.signedIn("L2")
	if _, out, _ := c.run("leader sign-out L2"); !strings.Contains(out, "signed out L2 Name2 of 1 session") {
		t.Errorf("said: %s", out)
	}
	v.get("/act").shows("E-mail address")

	v = c.signedIn("L3")
	c.must("leader edit L3 --email new@example.org")
	v.get("/act").shows("E-mail address")

	v = c.signedIn("L4")
	c.must("leader end L4 --on 2027-01-04")
	c.later(48 * time.Hour)
	v.get("/act").shows("E-mail address")
}

func managerGivesLink(t *testing.T, c *clinic) {
	link := c.given("L1")
	c.visitor().comesBy(link)
	if trail := c.trail(); !strings.Contains(trail, `"command": "leader sign-in-link"`) || strings.Contains(trail, link[len(link)-20:]) {
		t.Error("the trail does not have it, or has the secret")
	}
	unused := c.given("L1")
	c.must("leader sign-out L1")
	c.visitor().get(unused).shows("used before, or its time has passed")
}

// Whoever signs in comes back to the page that they wanted, and to nowhere else.
func comesBack(t *testing.T, c *clinic) {
	for wanted, leads := range map[string]string{
		"act/leave":                      "/act/leave",
		"act/offers/12":                  "/act/offers/12",
		"act/duties/a.b.20270104T1830+1": "/act/duties/a.b.20270104T1830+1",
		"":                               "/act",
		"//evil.example":                 "/act",
		"https://evil.example":           "/act",
		"act/../../evil":                 "/act",
		"act//evil.example":              "/act",
		`act\evil`:                       "/act",
		"act/leave\r\nX-Evil: 1":         "/act",
		"act?next=//evil.example":        "/act",
		"sign-out":                       "/act",
	} {
		c.later(time.Hour)
		v := c.visitor()
		v.do(http.MethodPost, "/sign-in", url.Values{"email": {"l1@example.org"}, "page": {wanted}})
		links := c.links("L1")
		v.do(http.MethodPost, links[len(links)-1], nil)
		if got := v.head.Get("Location"); got != leads || v.code != http.StatusSeeOther || v.head.Get("X-Evil") != "" {
			t.Errorf("%q leads to %q (%d)", wanted, got, v.code)
		}
	}
	v := c.visitor()
	v.do(http.MethodGet, "/act/leave", nil)
	if got := v.head.Get("Location"); got != "/sign-in?page=act%2Fleave" {
		t.Errorf("asked to sign in at %q", got)
	}
}
