package cli

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pcnrota/internal/pass"
	"pcnrota/notify"
	"pcnrota/rota"

	"pcnrota/internal/web"
)

// clinic is a PCN whose pages are served, and where time stands still until somebody moves it.
type clinic struct {
	*year
	pcn    *pcn
	server *httptest.Server
	log    *strings.Builder
	mu     sync.Mutex
}

func newClinic(t *testing.T) *clinic {
	c := &clinic{year: newYear(t, 1), log: &strings.Builder{}}
	p, _, _ := testProgram(t)
	p.now = func() time.Time {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.now
	}
	var err error
	if c.pcn, err = p.open(t.Context(), c.dir); err != nil {
		t.Fatal(err)
	}
	c.server = httptest.NewUnstartedServer(nil)
	c.pcn.config.Server.BaseURL = "http://" + c.server.Listener.Addr().String()
	site := web.New(c.pcn.db, c.pcn.siteOptions(slog.New(slog.NewTextHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	c.server.Config.Handler = site
	c.server.Start()
	t.Cleanup(func() {
		c.server.Close()
		site.Close()
		if err := c.pcn.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func (c *clinic) later(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// links gives the links to sign in that wait to be mailed to a leader, the newest last.
func (c *clinic) links(leader rota.LeaderID) (links []string) {
	c.t.Helper()
	waiting, err := c.pcn.db.Reminders(c.t.Context(), notify.Filter{Leader: leader})
	if err != nil {
		c.t.Fatal(err)
	}
	key, err := c.pcn.passKey(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	slices.SortFunc(waiting, func(a, b notify.Reminder) int { return int(a.Number - b.Number) })
	for _, r := range waiting {
		if r.Kind == notify.SignInRequested {
			links = append(links, pass.URL(c.server.URL, key.Make(pass.SignIn, r.News.Pass)))
		}
	}
	return links
}

// mailed sends what is due, and gives the link in the newest message to a leader that the outbox folder has.
func (c *clinic) mailed(leader string) string {
	c.t.Helper()
	engine, err := c.pcn.engine(slog.New(slog.DiscardHandler))
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := engine.Tick(c.t.Context(), c.now); err != nil {
		c.t.Fatal(err)
	}
	letters, err := filepath.Glob(filepath.Join(c.pcn.outbox(), "*.eml"))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, letter := range letters {
		text, err := os.ReadFile(letter)
		if err != nil {
			c.t.Fatal(err)
		}
		whole := strings.NewReplacer("=\r\n", "", "=3D", "=").Replace(string(text)) // RFC 2045 section 6.7
		if !strings.Contains(whole, strings.ToLower(leader)+"@example.org") {
			continue
		}
		if link := regexp.MustCompile(`http://[^ "<]+/do/sign-in\.[A-Za-z0-9_.-]+`).FindString(whole); link != "" {
			return link
		}
	}
	c.t.Fatalf("no link is mailed to %s: %v", leader, letters)
	return ""
}

// visitor is somebody's browser, as far as this needs one.
type visitor struct {
	*clinic
	jar  map[string]string
	page string // what it shows
	code int
	path string
	head http.Header
}

func (c *clinic) visitor() *visitor { return &visitor{clinic: c, jar: map[string]string{}} }

func (v *visitor) do(method, address string, form url.Values, headers ...string) *visitor {
	v.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = v.server.URL + address
	}
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.server.URL)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Del(headers[i])
		if headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	for name, value := range v.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, cookie := range w.Cookies() {
		if cookie.Value == "" {
			delete(v.jar, cookie.Name)
		} else {
			v.jar[cookie.Name] = cookie.Value
		}
	}
	v.page, v.code, v.path, v.head = html.UnescapeString(string(text)), w.StatusCode, r.URL.Path, w.Header
	return v
}

func (v *visitor) get(address string) *visitor {
	v.t.Helper()
	v.do(http.MethodGet, address, nil)
	for range 3 {
		if v.code != http.StatusSeeOther {
			break
		}
		v.do(http.MethodGet, v.head.Get("Location"), nil)
	}
	return v
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// press sends a form of the page that is shown, and goes where it leads; fields are pairs of name and value.
func (v *visitor) press(address string, fields ...string) *visitor {
	v.t.Helper()
	form := url.Values{}
	if token := tokenField.FindStringSubmatch(v.page); token != nil {
		form.Set("token", token[1])
	}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	v.do(http.MethodPost, address, form)
	if v.code == http.StatusSeeOther {
		v.get(v.head.Get("Location"))
	}
	return v
}

func (v *visitor) shows(words ...string) *visitor {
	v.t.Helper()
	for _, w := range words {
		if !strings.Contains(v.page, w) {
			v.t.Fatalf("%s (%d) does not say %q:\n%s", v.path, v.code, w, v.page)
		}
	}
	return v
}

func (v *visitor) lacks(words ...string) *visitor {
	v.t.Helper()
	for _, w := range words {
		if strings.Contains(v.page, w) {
			v.t.Fatalf("%s (%d) says %q:\n%s", v.path, v.code, w, v.page)
		}
	}
	return v
}

// signedIn is the browser of a leader who has signed in by a link that the manager gave.
func (c *clinic) signedIn(leader string) *visitor {
	c.t.Helper()
	return c.visitor().comesBy(c.given(leader))
}

func (c *clinic) given(leader string) string {
	c.t.Helper()
	_, out, _ := c.run("leader sign-in-link " + leader)
	_, pass, found := strings.Cut(out, "/do/")
	if !found {
		c.t.Fatalf("no link for %s: %s", leader, out)
	}
	pass, _, _ = strings.Cut(pass, "\n")
	return c.server.URL + "/do/" + pass
}

func (v *visitor) comesBy(link string) *visitor {
	v.t.Helper()
	v.get(link).shows("You are about to sign in")
	return v.press(link).shows("Your duties to come")
}

// duty gives a duty to come that somebody holds and others can take.
func (c *clinic) somebodysDuty() (duty string, holder string) {
	d := c.duties()[6]
	return d.id, d.holder
}

func (c *clinic) trail() string {
	c.t.Helper()
	_, out, _ := c.run("audit list --json")
	return out
}

func TestALeaderSignsInActsAndSignsOut(t *testing.T) {
	c := newClinic(t)
	duty, holder := c.somebodysDuty()
	giver := c.visitor()
	giver.get("/act").press("/sign-in", "email", "  "+strings.ToUpper(holder)+"@Example.ORG ").shows("Check your e-mail")
	giver.comesBy(c.mailed(holder))

	giver.get("/act/duties/"+duty).shows("Offer it to everybody who can", "It stays yours until somebody has taken it")
	giver.lacks(duty+":", "L1 ", "away from")
	giver.press("/act/duties/"+duty, "anyone", "1", "why", "school play").shows("Asked: ", "school play", "Take the offer back")
	giver.get("/act").shows("Offered to others")

	taker := oneTakes(c)
	giver.get("/act/offers/1").shows("It is not yours any more")
	giver.get("/act").lacks(`href="/act/duties/` + duty + `"`)

	me := strings.TrimSpace(regexp.MustCompile(`class="person">([^<]+)<`).FindStringSubmatch(taker.page)[1])
	if trail := c.trail(); !strings.Contains(trail, `"command": "swap accept (page)"`) || !strings.Contains(trail, `"who": "L`+me[len("Name"):]+` `+me+`"`) {
		t.Errorf("the trail does not name who acted:\n%s", trail)
	}
	taker.press("/sign-out").shows("You are signed out")
	taker.get("/act").shows("E-mail address")
	c.check()
	c.audit()
	for _, secret := range []string{"sign-in.", "@example"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, c.log)
		}
	}
}

// oneTakes has everybody who is asked say yes to the first offer at the same moment: one has it, and the others are told.
func oneTakes(c *clinic) (taker *visitor) {
	c.t.Helper()
	var all []*visitor
	for _, id := range c.asked(1) {
		v := c.signedIn(id)
		v.get("/act").shows("Waiting for your answer", "asks whether you would take")
		all = append(all, v.get("/act/offers/1").shows("Take it", "Say no", "What it would mean", "fair share"))
	}
	var answering sync.WaitGroup
	for _, v := range all {
		answering.Go(func() { v.press("/act/offers/1", "answer", "accept") })
	}
	answering.Wait()
	for _, v := range all {
		if !strings.Contains(v.page, "You have taken it") {
			v.shows("That did not work", " has taken it before you", "Nothing was changed")
			continue
		}
		if taker != nil {
			c.t.Fatal("two have taken it")
		}
		taker = v
	}
	if taker == nil || len(all) < 2 {
		c.t.Fatalf("of %d, nobody has taken it", len(all))
	}
	return taker
}

func TestDecliningWithdrawingAndSwapping(t *testing.T) {
	c := newClinic(t)
	duty, holder := c.somebodysDuty()
	giver := c.signedIn(holder)
	able := regexp.MustCompile(`name="to" value="(L\d+)"`).FindStringSubmatch(giver.get("/act/duties/" + duty).page)[1]

	giver.press("/act/duties/" + duty).shows("Nobody was chosen")
	giver.get("/act/duties/"+duty).press("/act/duties/"+duty, "to", able).shows("Asked: Name" + able[1:])
	other := c.signedIn(able)
	other.get("/act/offers/1").press("/act/offers/1", "answer", "withdraw").shows("That did not work", "Only whoever has made an offer")
	other.get("/act/offers/1").press("/act/offers/1", "answer", "decline").shows("Everybody who was asked has said no")

	giver.get("/act/duties/" + duty + "/" + able).shows("Which duty of Name" + able[1:])
	back := regexp.MustCompile(`name="return" value="([^"]+)"`).FindStringSubmatch(giver.page)
	if back == nil {
		t.Fatalf("no duty could be given in return:\n%s", giver.page)
	}
	giver.press("/act/duties/"+duty, "to", able, "return", back[1]).shows("You would take in return:")
	giver.press("/act/offers/2", "answer", "withdraw").shows("You have taken it back, so it is still yours")
	other.get("/act/offers/2").press("/act/offers/2", "answer", "accept").shows("That did not work", "has taken the offer back")

	// What is not theirs is not to be seen or done.
	stranger := c.signedIn(c.somebodyElse(holder, able))
	stranger.get("/act/offers/2").shows("no such offer that concerns you").lacks("in return:")
	stranger.get("/act/duties/" + duty).shows("This duty is not yours")
	stranger.get("/act").press("/act/duties/"+duty, "anyone", "1").shows("This duty is not yours")
	stranger.get("/act/offers/x").shows("Page not found")
	offersPart(c)
	c.check()
	c.audit()
}

func (c *clinic) somebodyElse(than ...string) string {
	for n := range c.leaders {
		if id := fmt.Sprintf("L%d", n+1); !slices.Contains(than, id) {
			return id
		}
	}
	return ""
}

// offersPart offers the last hour of the first duty of which somebody could take that.
func offersPart(c *clinic) {
	c.t.Helper()
	for _, d := range c.duties()[8:] {
		giver := c.signedIn(d.holder).get("/act/duties/" + d.id)
		times := regexp.MustCompile(`type="datetime-local" min="([^"]+)" max="([^"]+)"`).FindStringSubmatch(giver.page)
		if times == nil {
			continue
		}
		until, err := rota.ParseCivil(times[2])
		if err != nil {
			c.t.Fatal(err)
		}
		from := until
		from.Time -= 60
		giver.get("/act/duties/" + d.id + "?from=" + from.String() + "&until=" + until.String()).shows("only a part of its time")
		if !strings.Contains(giver.page, `name="to"`) {
			continue
		}
		giver.press("/act/duties/"+d.id, "anyone", "1", "from", from.String(), "until", until.String()).shows("Asked: ")
		if o, err := c.pcn.db.Offer(c.t.Context(), 3); err != nil || o.From != from || o.Until != until {
			c.t.Errorf("offered: %+v, %v", o, err)
		}
		giver.get("/act/duties/" + d.id + "?from=yesterday").shows("That did not work")
		return
	}
	c.t.Error("nobody could take an hour of anything")
}

func TestLeaveIsAskedForAndTakenBackAndNotesAreLeft(t *testing.T) {
	c := newClinic(t)
	_, holder := c.somebodysDuty()
	v := c.signedIn(holder)
	v.get("/act/leave").press("/act/leave", "kind", "nonsense", "first", "", "last", "").shows("There is a problem", "Choose what it is for", "Enter the first day away")
	v.press("/act/leave", "kind", "annual", "first", "2027-01-20", "last", "2027-01-19").shows("must not be before the first", `value="2027-01-20"`)
	v.press("/act/leave", "kind", "annual", "first", "2026-01-20").shows("is in the past")
	v.press("/act/leave", "kind", "annual", "first", "2027-01-05", "last", "2027-02-05").shows("You have asked for leave", "You are on call in that time", "Take it back")
	v.press("/act/leave", "kind", "annual", "first", "2027-01-08").shows("There is a problem", "You have asked for that already: annual, until Fri 5 Feb 2027")
	other := c.signedIn(c.somebodyElse(holder))
	other.get("/act/leave").lacks("annual)").press("/act/leave/1").shows("That did not work")
	v.get("/act/leave").press("/act/leave/1").shows("Nothing so far")
	leavesNote(c)
	c.audit()
}

func leavesNote(c *clinic) {
	c.t.Helper()
	first := c.duties()[0]
	c.later(12 * time.Hour)
	v := c.signedIn(first.holder)
	link := regexp.MustCompile(`/act/notes/[^"]+`).FindString(v.page)
	if link == "" {
		c.t.Fatalf("%s has begun and cannot be handed over:\n%s", first.id, v.page)
	}
	v.get(link).press(link, "note", "call 943 476 5919 back").shows("There is a problem", "NHS number", "call 943 476 5919 back")
	v.press(link, "note", "").shows("There is a problem")
	v.press(link, "note", "Boiler at Quay is out").shows("Your note is kept")
	notes, err := c.pcn.db.Handovers(context.Background())
	if err != nil || len(notes) != 1 || notes[0].Note != "Boiler at Quay is out" || string(notes[0].Leader) != first.holder {
		c.t.Errorf("kept: %+v, %v", notes, err)
	}
	other := c.signedIn(c.somebodyElse(first.holder, c.duties()[1].holder))
	other.get(link).shows("about a duty of your own")
	other.get("/act").press(link, "note", "mischief").shows("about a duty of your own")
}
