package cli

import (
	"net/http"
	"strings"
	"testing"
)

// TestWhoIsSignedInHasPagesOfTheirOwn: the same as behind their own link, with the reasons that the planner gives, and
// a way from each duty to the page on which it can be handed over.
func TestWhoIsSignedInHasPagesOfTheirOwn(t *testing.T) {
	c := newClinic(t)
	duty, holder := c.somebodysDuty()
	if stranger := c.visitor().get("/me/points"); stranger.code != http.StatusOK || !strings.HasPrefix(stranger.path, "/sign-in") {
		t.Fatalf("a stranger gets %d at %s", stranger.code, stranger.path)
	}
	v := c.signedIn(holder)
	v.get("/me").shows("My rota", "why me?", "With this rota you end", "your fair share", "/act/duties/"+duty)
	v.get("/me/month").shows("My month")
	v.get("/me/points").shows("Points held against the fair share", "<svg")
	v.get("/me/calendar").shows("ask your PCN manager", "/me/rota.csv").lacks("webcal:")
	v.get("/act").shows(`href="/me"`)
	v.get("/act/duties/" + duty)
	if v.code != http.StatusOK {
		t.Errorf("the page to hand %s over: %d", duty, v.code)
	}
}
