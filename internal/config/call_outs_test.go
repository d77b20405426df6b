package config

import (
	"strings"
	"testing"

	"pcnrota/rota"
)

func TestCallOuts(t *testing.T) {
	if got := parse(t, readFile(t, shipped)).CallOuts; got != (CallOuts{0, 9 * 60}) {
		t.Errorf("the shipped file means %+v", got)
	}
	if got := parse(t, "pcn.name = \"Quay\"\n[call_outs]\npoints_per_hour = 0.5\nday_starts = \"08:30\"\n").CallOuts; got != (CallOuts{rota.Point / 2, 8*60 + 30}) {
		t.Errorf("got %+v", got)
	}
	faults := faultsOf(t, "pcn.name = \"Quay\"\n[call_outs]\npoints_per_hour = -1\nday_starts = \"late\"\n").Error()
	for _, want := range []string{"points_per_hour = -1 is not a number of points from 0 to 100", "day_starts"} {
		if !strings.Contains(faults, want) {
			t.Errorf("%s does not say %q", faults, want)
		}
	}
}
