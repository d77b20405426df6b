package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// TestARepairTouchesNothingElse publishes a repair and compares everything that is in force: a duty that
// does not move is the same to the last field, version apart, and one that does counts one change.
func TestARepairTouchesNothingElse(t *testing.T) {
	dir := t.TempDir()
	do := func(words ...string) {
		t.Helper()
		for _, line := range words {
			if code, stdout, stderr := in(t, dir, line); code != exitOK {
				t.Fatalf("%s: exit code %d, %s%s", line, code, stdout, stderr)
			}
		}
	}
	do("init", "practice add A --name Parkview", "practice add B --name Millane", "practice add C --name Rivers")
	for i, name := range []string{"Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ina"} {
		do("leader add L0" + string(rune('1'+i)) + " --name " + name + " --practice " + string("ABC"[i%3]))
	}
	do("rota build on-call --from 2027-01-04 --weeks 6", "rota publish on-call --reason first")
	before := published(t, dir)
	var hit rota.Published
	for _, d := range before {
		if d.Start.Date.String() >= "2027-01-20" {
			hit = d
			break
		}
	}
	day := hit.Start.Date.String()
	do("absence add "+string(hit.Holder)+" sick "+day+" "+day, "rota repair on-call", "rota publish on-call --reason ill")
	moved := 0
	for i, d := range published(t, dir) {
		was := before[i]
		was.Version = d.Version
		if d == was {
			continue
		}
		moved++
		if d.ID != was.ID || d.Sequence != was.Sequence+1 || d.Holder == was.Holder || d.Load != was.Load || d.Start != was.Start {
			t.Errorf("%+v became %+v", was, d)
		}
	}
	if moved == 0 || moved > 3 {
		t.Errorf("%d duties moved for one day of illness", moved)
	}
	if _, stdout, _ := in(t, dir, "rota repair on-call"); !strings.Contains(stdout, "nothing to repair") {
		t.Error(stdout)
	}
}

func published(t *testing.T, dir string) []rota.Published {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	duties, err := db.Published(t.Context(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return duties
}
