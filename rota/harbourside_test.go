package rota_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pcnrota/internal/config"
	"pcnrota/internal/sheet"
	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// harbourside is the rota of the sample PCN for so many weeks from Monday 4 January 2027, under the
// default config.toml.
func harbourside(t testing.TB, weeks int) rota.Problem {
	t.Helper()
	file := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("..", "..", "shared", "samples", "harbourside", name))
		if err != nil {
			t.Skipf("the samples are not here: %v", err)
		}
		return data
	}
	settings, err := config.Load(filepath.Join("..", "config.toml"), os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	from, _ := rota.ParseDate("2027-01-04")
	p := rota.Problem{
		Policy: settings.Rotas[0], From: from, Until: from.AddDays(7 * weeks),
		Zone: settings.Zone, Holidays: settings.Holidays, Seed: 1,
	}
	practices, err := sheet.Practices("practices.csv", file("practices.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Leaders, err = sheet.Leaders("leaders.csv", file("leaders.csv"), practices); err != nil {
		t.Fatal(err)
	}
	if p.Absences, err = sheet.Absences("absences.csv", file("absences.csv"), p.Leaders); err != nil {
		t.Fatal(err)
	}
	if p.Wishes, err = sheet.Wishes("wishes.csv", file("wishes.csv"), p.Leaders); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestHarboursideYear builds the sample PCN's year: nobody breaches a rule, nobody ends further from
// target than the heaviest duty weighs, no rota is fairer in its totals, festive days, bank holidays and weekends, and the same input gives the
// same bytes.
func TestHarboursideYear(t *testing.T) {
	p := harbourside(t, 52)
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
		t.Error(breach)
	}
	for _, proof := range draft.Certificate[:4] { // weekdays, the lightest, are what the others leave
		if proven, excesses := proof.Proven(draft.Standings); proven < len(excesses) {
			t.Error(proof.Verdict(draft.Standings))
		}
	}
	for _, far := range rotatest.Furthest(p, draft) {
		if far.Far {
			t.Errorf("%s ends %s points from target, more than the heaviest duty weighs", far.Leader, far.Excess)
		}
	}
	again, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if first, second := asJSON(t, draft), asJSON(t, again); first != second {
		t.Error("the same input and seed gave two rotas")
	}
}

func asJSON(t *testing.T, d rota.Draft) string {
	t.Helper()
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
