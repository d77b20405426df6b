package rota_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/config"
	"pcnrota/internal/sheet"
	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// TestHarboursideYearWithMeetings puts the whole year of the sample PCN into one ledger, one after the other: being on call,
// a Saturday hub around it, and the seven series of meetings around both. Each is checked and certified by the
// independent checker; -v shows the proofs. Then somebody falls ill, and who goes to meetings is settled anew.
func TestHarboursideYearWithMeetings(t *testing.T) {
	onCall := harbourside(t, 52)
	began := time.Now()
	ledger := map[rota.LeaderID]rota.Load{}
	first := harboursideBuild(t, onCall, ledger)

	hub := onCall
	hub.Policy, hub.Held, hub.Balances, hub.Wishes = saturdays(t), first.Duties, balancesOf(ledger), nil
	second := harboursideBuild(t, hub, ledger)

	meetings := onCall
	meetings.Policy, meetings.Held, meetings.Balances, meetings.Wishes = meetingsPolicy(t), slices.Concat(first.Duties, second.Duties), balancesOf(ledger), nil
	meetings.Sittings, meetings.AllowGaps = rota.SittingsOf(harboursideMeetings(t, meetings), nil), true
	settled := meetings.Settle(nil)
	if wanted := len(meetings.Wanted()); len(settled.Fill) != wanted || len(settled.Keep) != 0 {
		t.Fatalf("of %d places at meetings %d are to be filled and %d stay", wanted, len(settled.Fill), len(settled.Keep))
	}
	third := harboursideBuild(t, meetings, ledger)
	t.Logf("%d duties on call, %d of the hub and %d places at %d meetings in %.1f s",
		len(first.Duties), len(second.Duties), len(third.Duties), len(meetings.Sittings), time.Since(began).Seconds())
	if third.Gaps != nil {
		t.Errorf("places at meetings are left to nobody: %v", third.Gaps)
	}
	runningAtMeetings(t, third.Duties)
	harboursideIllness(t, meetings, third.Duties)
}

// harboursideBuild builds a rota, has it checked, and carries its standings into the ledger. What is not proved fairest is
// within a tenth of a point of what is proved possible.
func harboursideBuild(t *testing.T, p rota.Problem, ledger map[rota.LeaderID]rota.Load) rota.Draft {
	t.Helper()
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range rotatest.Hard(slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft), rotatest.CheckTurns(p, draft))) {
		t.Errorf("%s: %v", p.Policy.Name, breach)
	}
	t.Logf("%s: %s", p.Policy.Name, draft.Certificate[0].Verdict(draft.Standings))
	totals := draft.Certificate[0]
	if proven, excesses := totals.Proven(draft.Standings); proven < len(excesses) && excesses[0] > totals.Bound[0]+rota.Point/10 {
		t.Errorf("%s is further than a tenth of a point from what is proved", p.Policy.Name)
	}
	for _, s := range draft.Standings {
		ledger[s.Leader] = s.After()
	}
	return draft
}

func balancesOf(ledger map[rota.LeaderID]rota.Load) map[rota.LeaderID]rota.Load {
	copied := map[rota.LeaderID]rota.Load{}
	for id, load := range ledger {
		copied[id] = load
	}
	return copied
}

// saturdayHub is the second rota: somebody registered leads the hub of every Saturday but those of bank holidays.
const saturdayHub = `
[[rota]]
name = "hub"
title = "Saturday hub"
place = "site"
registration = "required"
points = { weekend = 2 }
rules = { rest_hours = 8 }
[[rota.tier]]
name = "lead"
[[rota.shift]]
name = "saturday"
days = ["Sat"]
start = "09:00"
end = "17:00"
on_bank_holidays = "not"
`

func saturdays(t *testing.T) rota.Policy {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, append(text, saturdayHub...), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := config.Load(file, os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	return settings.Rotas[len(settings.Rotas)-1]
}

func meetingsPolicy(t *testing.T) rota.Policy {
	t.Helper()
	settings, err := config.Load(filepath.Join("..", "config.toml"), os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	return settings.Meetings
}

// harboursideMeetings are the meetings of the seven series in the time of p.
func harboursideMeetings(t *testing.T, p rota.Problem) []rota.Occurrence {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "samples", "harbourside", "meetings.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var bodies []rota.Body
	for _, name := range []string{"ICS", "LMC", "PCN", "Local authority"} {
		bodies = append(bodies, rota.Body{ID: rota.BodyID(strings.ToUpper(name[:3])), Name: name})
	}
	all, err := sheet.Meetings("meetings.csv", data, bodies, p.From, func(rule string) (string, error) { return rule, calendar.CheckRule(rule) })
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 7 {
		t.Fatalf("%d series", len(all))
	}
	var meetings []rota.Occurrence
	for i, s := range all {
		s.ID = rota.SeriesID(i + 1)
		of, err := calendar.Occurrences(s, p.From, p.Until, p.Zone, p.Holidays)
		if err != nil {
			t.Fatal(err)
		}
		meetings = append(meetings, of...)
	}
	slices.SortStableFunc(meetings, func(a, b rota.Occurrence) int { return a.Span.Start.Compare(b.Span.Start) })
	return meetings
}

// runningAtMeetings asks that whoever of many can go does not go twice running.
func runningAtMeetings(t *testing.T, duties []rota.Duty) {
	t.Helper()
	before, twice := map[string]rota.LeaderID{}, 0
	for _, d := range duties {
		if d.Tier == rota.Representative && d.Kind == "Neighbourhood team meeting" {
			if before[d.Kind] == d.Holder {
				twice++
			}
			before[d.Kind] = d.Holder
		}
	}
	if twice > 0 {
		t.Errorf("the same leader goes twice running %d times", twice)
	}
}

// harboursideIllness takes a fortnight off whoever goes to most meetings: what can stay stays, deputies step in, the rest is
// filled, and no rule is broken.
func harboursideIllness(t *testing.T, p rota.Problem, inForce []rota.Duty) {
	t.Helper()
	ill := inForce[0].Holder
	from := inForce[0].Start.Date
	p.Absences = append(slices.Clone(p.Absences), rota.Absence{Leader: ill, Kind: rota.Sick, First: from, Last: from.AddDays(13)})
	settled := p.Settle(inForce)
	if len(settled.Vacated) == 0 || len(settled.Keep)+len(settled.Fill) != len(inForce) {
		t.Fatalf("%s is ill: %d places stay, %d are vacated, %d to be filled, of %d", ill, len(settled.Keep), len(settled.Vacated), len(settled.Fill), len(inForce))
	}
	rest := p
	rest.Held = slices.Concat(p.Held, settled.Keep)
	draft, err := rota.Build(context.Background(), rest, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(settled.Keep, draft.Duties)
	rota.SortDuties(all)
	for _, breach := range rotatest.Hard(rotatest.CheckDuties(p, all)) {
		t.Errorf("after %s fell ill: %v", ill, breach)
	}
	moved := 0
	for i, d := range all {
		if was := inForce[i]; was.ID != d.ID || was.Holder != d.Holder {
			moved++
		}
	}
	t.Logf("%s is ill for a fortnight: %d of %d places at meetings change hands", ill, moved, len(all))
	if moved > 2*len(settled.Vacated)+len(settled.Fill) {
		t.Errorf("%d places change hands, and %d were vacated", moved, len(settled.Vacated))
	}
}
