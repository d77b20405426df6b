package config

import (
	"strings"
	"testing"

	"pcnrota/rota"
)

func TestMeetings(t *testing.T) {
	c := parse(t, "pcn.name = \"Quay\"\n[meetings]\npoints_per_hour = 1\ndeputy_part = 0.5\nhours_after_a_night = 11\nwhile_on_call = true\n")
	policy, found := c.Rota(rota.Meetings)
	if want := (rota.MeetingRules{PerHour: rota.Point, NightHours: 11, WhileOnCall: true}); !found || *policy.Meetings != want || policy.Tiers[1].Weight != rota.Point/2 {
		t.Errorf("got %+v of %+v", policy.Meetings, policy)
	}
	faults := faultsOf(t, "pcn.name = \"Quay\"\n[meetings]\npoints_per_hour = -1\ndeputy_part = 2\nhours_after_a_night = 100\n").Error()
	for _, want := range []string{"points_per_hour = -1", "deputy_part = 2", "hours_after_a_night = 100"} {
		if !strings.Contains(faults, want) {
			t.Errorf("nothing is said of %s:\n%s", want, faults)
		}
	}
	if taken := faultsOf(t, "pcn.name = \"Quay\"\n[[rota]]\nname = \"meetings\"\npattern = \"daily\"\n[[rota.tier]]\nname = \"first\"\n").Error(); !strings.Contains(taken, "is the rota of who goes to meetings") {
		t.Errorf("a rota may be called meetings:\n%s", taken)
	}
}
