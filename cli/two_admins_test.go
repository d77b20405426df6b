package cli

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestTheSecondOfTwoAdminsIsRefusedInWords: of two drafts for the same days, the one that was built before
// somebody else published, or before anything was swapped, is not published over it.
func TestTheSecondOfTwoAdminsIsRefusedInWords(t *testing.T) {
	y := newYear(t, 1)
	defer y.told()
	duty := y.duties()[6]
	y.must("rota build --from 2027-01-11 --weeks 2 --seed 5")
	y.must("swap offer " + duty.id + " --to anyone")
	y.must("swap accept 1 --as " + y.asked(1)[0])
	code, _, stderr := y.run("rota publish --reason mine")
	if code != exitFailed || !strings.Contains(stderr, "was published by") || !strings.Contains(stderr, "hint: pcnrota rota build on-call") {
		t.Errorf("a draft from before a swap: exit code %d, %s", code, stderr)
	}
	y.check()
	y.audit()
}

// TestManyAtOnceLoseNothing has many people answer, offer and go away at the same moment, and looks at what came of
// it: of all who accept one offer, one has it; nobody's absence is lost; whoever is refused is told why.
func TestManyAtOnceLoseNothing(t *testing.T) {
	y := newYear(t, 1)
	defer y.told()
	duty := y.duties()[6]
	y.must("swap offer " + duty.id + " --to anyone")
	asked := y.asked(1)
	var commands []string
	for _, id := range asked {
		commands = append(commands, "swap accept 1 --as "+id, "absence add "+id+" study 2028-01-03")
	}
	commands = append(commands, "swap withdraw 1", "rota build --from 2027-01-18 --weeks 2", "rota publish --reason mine")
	type outcome struct {
		words, stderr string
		code          int
	}
	outcomes := make([]outcome, len(commands))
	var all sync.WaitGroup
	for i, words := range commands {
		all.Go(func() {
			code, _, stderr := runAt(t, y.dir, y.now, words)
			outcomes[i] = outcome{words, stderr, code}
		})
	}
	all.Wait()
	ended, away := 0, 0
	for _, o := range outcomes {
		switch {
		case o.code == exitOK && strings.HasPrefix(o.words, "swap"):
			ended++
		case o.code == exitOK && strings.HasPrefix(o.words, "absence"):
			away++
		case o.code != exitOK && (complaint(o.stderr) == "" || strings.Contains(o.stderr, "locked") || strings.Contains(o.stderr, "SQL")):
			t.Errorf("%s: exit code %d, %q", o.words, o.code, o.stderr)
		}
	}
	if ended > 1 || away != y.count("absence") {
		t.Errorf("the offer was ended %d times; %d absences were entered and %d are kept: %s", ended, away, y.count("absence"), fmt.Sprint(outcomes))
	}
	y.must("swap list")
	y.check()
	y.audit()
}
