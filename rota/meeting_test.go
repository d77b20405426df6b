package rota_test

import (
	"testing"
	"time"

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

// Time away keeps somebody from the meetings that it overlaps; leave of a whole day from those of that day.
func TestWhoeverIsAwayDoesNotGo(t *testing.T) {
	who, err := rota.ParseWho("all")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	start, end := date(t, "2027-03-01").At(18*60), date(t, "2027-03-01").At(19*60)
	meeting := rota.Occurrence{
		ID: "m1.20270301", Series: rota.Series{ID: 1, Title: "Board", Who: who}, Start: start, End: end,
		Span: rota.Span{Start: start.Instant(zone), End: end.Instant(zone)},
	}
	for _, tt := range []struct {
		name         string
		starts, ends rota.TimeOfDay
		goes         bool
	}{
		{"the whole day", 0, 0, false},
		{"until it begins", 0, 18 * 60, true},
		{"a minute into it", 0, 18*60 + 1, false},
		{"from its end", 19 * 60, 0, true},
		{"its last minute", 18*60 + 59, 20 * 60, false},
	} {
		away := rota.Absence{Leader: "L1", Kind: rota.Other, First: start.Date, Last: start.Date, Starts: tt.starts, Ends: tt.ends}
		seating := rota.Seating{Leaders: []rota.Leader{{ID: "L1", Share: rota.FullTime}}, Absences: []rota.Absence{away}}
		got := seating.Attend([]rota.Occurrence{meeting})
		if goes := len(got[0].Attending) > 0; goes != tt.goes {
			t.Errorf("away %s: goes: %t", tt.name, goes)
		}
	}
}
