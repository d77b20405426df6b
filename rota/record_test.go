package rota_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// heldAtRandom is what somebody's rota for p may have been: any holder, rules or not, and some duties that
// nobody has written down.
func heldAtRandom(p rota.Problem, r *rand.Rand) []rota.Duty {
	var held []rota.Duty
	for _, d := range p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays) {
		if d.Holder = p.Leaders[r.IntN(len(p.Leaders))].ID; r.IntN(4) > 0 {
			held = append(held, d)
		}
	}
	return held
}

// TestARecordSharesOutWhatWasHeld records random pasts, in one go and in two instalments: every part is what
// its rule says, and every sum is one.
func TestARecordSharesOutWhatWasHeld(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 17))
		p := smallProblem(r)
		held := heldAtRandom(p, r)
		whole := rota.Record(p, held)
		cut := r.IntN(len(held) + 1)
		r.Shuffle(len(held), func(i, j int) { held[i], held[j] = held[j], held[i] })
		first := rota.Record(p, held[:cut])
		both := rota.Record(p, held[cut:]).With(first.Duties, first.Parts)
		for _, breach := range slices.Concat(rotatest.CheckRecord(p, whole), rotatest.CheckRecord(p, both)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		if diff := cmp.Diff(whole.Duties, both.Duties); diff != "" || len(whole.Parts) != len(both.Parts) {
			t.Errorf("problem %d, in two instalments: %d parts, not %d, %s", seed, len(both.Parts), len(whole.Parts), diff)
		}
	}
}

func TestARecordOfARotaHasItsShares(t *testing.T) {
	p, d := nightly(t, "A B C D A B A A", "first")
	got := rota.Record(p, d.Duties)
	want := rota.Points(2*rota.Point + rota.Point/2) // six weekday nights and a weekend's two, shared by four
	for _, s := range got.Standings {
		if s.Target.Total() != want {
			t.Errorf("%s owes %s of %s points", s.Leader, s.Target.Total(), want)
		}
	}
	if held := got.Standings[0].Held.Total(); held != 5*rota.Point { // one of them a Sunday
		t.Errorf("A holds %s points", held)
	}
}

func TestAForgedRecordIsRefused(t *testing.T) {
	p, d := nightly(t, "A B C D", "first")
	for name, forge := range map[string]func(*rota.Draft){
		"a part is larger":         func(d *rota.Draft) { d.Parts[0].Load[rota.Weekday]++; d.Parts[1].Load[rota.Weekday] -= 2 },
		"somebody has no part":     func(d *rota.Draft) { d.Parts = d.Parts[1:] },
		"a duty weighs more":       func(d *rota.Draft) { d.Duties[0].Load[rota.Weekday] += rota.Point },
		"a duty ends later":        func(d *rota.Draft) { d.Duties[0].Span.End = d.Duties[1].Span.End },
		"a duty of no pattern":     func(d *rota.Draft) { d.Duties[0].ID = "nights.first.20270111T1900" },
		"a holder nobody knows":    func(d *rota.Draft) { d.Duties[0].Holder = "Z" },
		"points that nobody holds": func(d *rota.Draft) { d.Standings[0].Held[rota.Weekday] += rota.Point },
	} {
		record := rota.Record(p, slices.Clone(d.Duties))
		if breaches := rotatest.CheckRecord(p, record); len(breaches) > 0 {
			t.Fatalf("breach before the forgery: %s", breaches[0])
		}
		forge(&record)
		if breaches := rotatest.CheckRecord(p, record); len(breaches) == 0 {
			t.Errorf("%s, and nothing was found", name)
		}
	}
}
