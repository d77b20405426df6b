package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pcnrota/rota"
)

// FuzzParse feeds any text to Parse. It must answer with faults that have a sentence and a place in the
// file, or with rotas that the planner can work with; and never panic.
func FuzzParse(f *testing.F) {
	f.Add(readFile(f, shipped))
	f.Add(switchedOff.ReplaceAllString(readFile(f, shipped), "$1"))
	f.Add(readFile(f, "testdata/terrible.toml"))
	f.Add("pcn.name = \"x\"\n[[rota]\nname = [\n'a'\n# c\n[pcn]\na.b.c = {x = [1, {y = 2}]}\n")
	f.Add(twoShifts("days = ['Mon'], start = 18:30, end = '24:00'", "days = ['Sun'], start = '00:00', end = '00:00', ends_after_days = 1"))
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(filepath.Join(os.TempDir(), "no-such-folder", "config.toml"), []byte(text), nil)
		if err != nil {
			checkFaults(t, err)
			return
		}
		for _, p := range c.Rotas {
			checkPolicy(t, p)
		}
	})
}

func checkFaults(t *testing.T, err error) {
	var faults Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("error is no Faults: %v", err)
	}
	for i, fault := range faults {
		if fault.Problem == "" || fault.Line < 1 || fault.Column < 1 {
			t.Errorf("fault is not complete: %+v", fault)
		}
		if i > 0 && fault.Line < faults[i-1].Line {
			t.Errorf("faults are not in order of line: %v", err)
		}
	}
}

func checkPolicy(t *testing.T, p rota.Policy) {
	if p.Name == "" || p.Title == "" || len(p.Tiers) == 0 || len(p.Pattern) == 0 {
		t.Errorf("rota is not complete: %+v", p)
	}
	for _, tier := range p.Tiers {
		if tier.Name == "" || tier.Title == "" || tier.Weight <= 0 {
			t.Errorf("tier is not complete: %+v", tier)
		}
	}
	for _, kind := range p.Pattern {
		if minutes(kind) <= 0 || len(kind.Days) == 0 || kind.Name == "" {
			t.Errorf("shift is not possible: %+v", kind)
		}
	}
	for _, limit := range p.Rules.AtMost {
		if limit.Duties < 1 || limit.Days < 1 {
			t.Errorf("limit is not possible: %+v", limit)
		}
	}
}
