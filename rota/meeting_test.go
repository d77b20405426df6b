package rota_test

import (
	"testing"

	"pcnrota/rota"
)

func TestParseWho(t *testing.T) {
	for s, want := range map[string]rota.Who{
		"all":                {Mode: rota.EverybodyGoes},
		"Everybody":          {Mode: rota.EverybodyGoes},
		"any":                {Mode: rota.AnyGoes},
		"any GP":             {Mode: rota.AnyGoes, Name: "GP"},
		" Anyone  GP ":       {Mode: rota.AnyGoes, Name: "GP"},
		"leader L01":         {Mode: rota.LeaderGoes, Name: "L01"},
		"Clinical Director":  {Mode: rota.RoleGoes, Name: "Clinical Director"},
		"All-round lead":     {Mode: rota.RoleGoes, Name: "All-round lead"},
		"all lead nurses":    {Mode: rota.RoleGoes, Name: "all lead nurses"},
		"leader of the band": {Mode: rota.RoleGoes, Name: "leader of the band"},
	} {
		got, err := rota.ParseWho(s)
		if err != nil || got != want {
			t.Errorf("ParseWho(%q) = %+v, %v, want %+v", s, got, err, want)
		}
	}
	if got, err := rota.ParseWho("  "); err == nil {
		t.Errorf("nothing is read as %+v, want an error", got)
	}
}

func TestWhoAdmits(t *testing.T) {
	l := rota.Leader{ID: "L01", Roles: []string{"Clinical Director"}, Registration: rota.Registration{Body: "GMC"}}
	for s, want := range map[string]bool{
		"all": true, "any": true, "any GP": true, "any NMC": false, "leader L01": true, "leader l01": true, "leader L02": false,
		"clinical director": true, "Lead nurse": false, "any Clinical Director": true,
	} {
		who, err := rota.ParseWho(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := who.Admits(l); got != want {
			t.Errorf("%q admits the clinical director: %t", s, got)
		}
	}
}

func TestOccurrencesAreNamedForTheirPlannedDay(t *testing.T) {
	if got := rota.NewOccurrenceID(3, date(t, "2027-01-21")); got != "m3.20270121" {
		t.Errorf("got %s", got)
	}
}

// FuzzParseWho holds that whatever is read is written so that it is read as the same again.
func FuzzParseWho(f *testing.F) {
	for _, s := range []string{"all", "any", "any GP", "leader L01", "Clinical Director", "all of us", "any  any", "leader", "everyone else"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		who, err := rota.ParseWho(s)
		if err != nil {
			return
		}
		if back, err := rota.ParseWho(who.String()); err != nil || back != who {
			t.Errorf("%q is %+v, written %q and read back as %+v, %v", s, who, who, back, err)
		}
	})
}
