package cli

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestWhenALinkWasUsed(t *testing.T) {
	at := time.Date(2026, time.December, 14, 9, 0, 0, 0, time.UTC)
	p := &pcn{at: at}
	for past, want := range map[time.Duration]string{
		0:                            "Outlook, just now",
		-time.Minute:                 "Outlook, just now", // another computer's clock
		119 * time.Second:            "Outlook, just now",
		5*time.Minute + 59:           "Outlook, 5 min ago",
		3*time.Hour + 20:             "Outlook, 3 h ago",
		47 * time.Hour:               "Outlook, 47 h ago",
		49 * time.Hour:               "Outlook, 2 days ago",
		400*24*time.Hour + time.Hour: "Outlook, 400 days ago",
	} {
		if got := p.feedUse(rota.Feed{LastFetched: at.Add(-past), Client: "Outlook"}); got != want {
			t.Errorf("%s ago: got %q, want %q", past, got, want)
		}
	}
	if got := p.feedUse(rota.Feed{}); got != "never" {
		t.Errorf("got %q", got)
	}
}
