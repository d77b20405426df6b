package cli

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pcnrota/internal/pass"
	"pcnrota/notify"
	"pcnrota/rota"
)

// passTo gives the link for a purpose in the newest message of a kind to a leader.
func (c *clinic) passTo(leader string, kind notify.Kind, purpose pass.Purpose) (link string, number int64) {
	c.t.Helper()
	all, err := c.pcn.db.Reminders(c.t.Context(), notify.Filter{Leader: rota.LeaderID(leader)})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range all {
		if r.Kind == kind && r.Number > number {
			number = r.Number
		}
	}
	key, err := c.pcn.passKey(c.t.Context())
	if err != nil || number == 0 {
		c.t.Fatalf("no message of kind %s to %s: %v", kind, leader, err)
	}
	return pass.URL(c.server.URL, key.Make(purpose, number)), number
}

func TestAChangeIsConfirmedInOneTap(t *testing.T) {
	c := newClinic(t)
	duty, _ := c.somebodysDuty()
	c.must("swap offer " + duty + " --to anyone")
	taker := c.asked(1)[0]
	c.must("swap accept 1 --as " + taker)
	link, number := c.passTo(taker, notify.Change, pass.Confirm)

	scanner := c.visitor()
	for range 3 {
		scanner.do(http.MethodHead, link, nil)
		scanner.get(link).shows("Have you seen this?", "New for you: ", "Yes, I have seen it").lacks("It is noted")
	}
	if m, err := c.pcn.db.Reminder(t.Context(), number); err != nil || !m.Confirmed.IsZero() {
		t.Fatalf("a scanner has confirmed it: %v, %v", m.Confirmed, err)
	}
	scanner.do(http.MethodPost, link, nil, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").shows("Another website")

	phone := c.visitor()
	phone.get(link).press(link).shows("Thank you", "It is noted that you have seen this", "New for you: ").lacks("<button")
	phone.press(link).shows("It is noted that you have seen this, on Mon 4 Jan 2027 09:00")
	m, err := c.pcn.db.Reminder(t.Context(), number)
	if err != nil || !m.Confirmed.Equal(c.now) || m.ConfirmedBy != taker+" Name"+taker[1:] {
		t.Errorf("confirmed: %v by %q, %v", m.Confirmed, m.ConfirmedBy, err)
	}
	if len(phone.jar) > 0 || strings.Contains(phone.get("/act").page, "Your duties to come") {
		t.Error("to confirm has signed somebody in")
	}
	// A pass for one thing does no other, and one for what asks nobody does nothing.
	other, _ := c.passTo(taker, notify.Change, pass.Unsubscribe)
	phone.get(other).shows("There is nothing to do here any more")
	phone.do(http.MethodPost, strings.Replace(link, "/confirm.", "/sign-in.", 1), nil)
	if phone.code != http.StatusNotFound || len(phone.jar) > 0 {
		t.Errorf("a confirmation was taken for a sign-in: %d", phone.code)
	}
}

func TestMessagesAreStoppedByOneClick(t *testing.T) {
	c := newClinic(t)
	engine, err := c.pcn.engine(c.pcn.logger(false))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Tick(t.Context(), c.now); err != nil {
		t.Fatal(err)
	}
	_, holder := c.somebodysDuty()
	link, _ := c.passTo(holder, notify.Duty, pass.Unsubscribe)
	v := c.visitor()
	v.get(link).shows("Stop these messages", "Stop them")
	// RFC 8058 section 3.2: the mail provider posts, without anything that a browser would send.
	v.do(http.MethodPost, link, url.Values{"List-Unsubscribe": {"One-Click"}}, "Sec-Fetch-Site", "", "Origin", "")
	if v.code != http.StatusOK {
		t.Errorf("one click: %d", v.code)
	}
	v.get(link).shows("These messages are stopped").lacks("<button")
	wanted, err := c.pcn.db.Preferences(t.Context())
	if err != nil || len(wanted) != 1 || wanted[0] != (notify.Preference{Leader: rota.LeaderID(holder), Kind: notify.Duty}) {
		t.Errorf("kept: %+v, %v", wanted, err)
	}
}
