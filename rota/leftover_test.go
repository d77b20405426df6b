package rota_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// TestWhatIsLeftOverIsProved compares what is proved about weekdays with every rota there is.
func TestWhatIsLeftOverIsProved(t *testing.T) {
	proofs, complete, apart := 0, 0, 0
	for seed := range uint64(30) {
		p := unequalProblem(rand.New(rand.NewPCG(seed, 11)))
		draft, err := rota.Build(context.Background(), p, nil)
		if err != nil {
			continue // some cannot be covered
		}
		for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		proof := draft.Certificate[len(draft.Certificate)-1]
		if proof.Leftover == nil {
			continue
		}
		proofs++
		if len(proof.Leftover.Apart) > 0 {
			apart++
		}
		if proven, excesses := proof.Proven(draft.Standings); proven == len(excesses) {
			complete++
		}
		notBelow(t, seed, p, draft)
	}
	if proofs == 0 || complete == 0 || apart == 0 {
		t.Errorf("%d proofs by what is left over, %d of them to the end, %d with people told apart: the problems are too easy", proofs, complete, apart)
	}
}

// unequalProblem is a small problem whose days weigh so differently that weekdays cannot come out even.
func unequalProblem(r *rand.Rand) rota.Problem {
	p := christmasProblem(r)
	for i := range p.Leaders {
		p.Leaders[i].Share = rota.Share(500 * (1 + r.IntN(2)))
	}
	return p
}

// TestForgedLeftoversAreRefused changes one thing at a time in a proof by what is left over.
func TestForgedLeftoversAreRefused(t *testing.T) {
	p := harbourside(t, 52)
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := len(draft.Certificate) - 1
	if proof := draft.Certificate[at]; proof.Leftover == nil || len(proof.Leftover.Apart) == 0 {
		t.Fatal("the weekdays of the sample year are not proved by what is left over")
	}
	forgeries := map[string]func(c rota.Certificate){
		"no proof":         func(c rota.Certificate) { c[at].Leftover = nil },
		"a higher bound":   func(c rota.Certificate) { c[at].Least[0] += c[at].Grain },
		"told apart twice": func(c rota.Certificate) { c[at].Leftover.Apart[0] = c[at].Leftover.Apart[1] },
		"nobody apart":     func(c rota.Certificate) { c[at].Leftover.Apart = nil },
		"not the last":     func(c rota.Certificate) { c[at-1].Leftover, c[at-1].Cases = c[at].Leftover, nil },
		"two proofs":       func(c rota.Certificate) { c[at].Cases = c[at-1].Cases },
	}
	for name, forge := range forgeries {
		t.Run(name, func(t *testing.T) {
			forged := draft
			forged.Certificate = slices.Clone(draft.Certificate)
			proof := &forged.Certificate[at]
			proof.Least, proof.Leftover = slices.Clone(proof.Least), &rota.Leftover{Apart: slices.Clone(proof.Leftover.Apart)}
			if len(rotatest.Certify(p, forged)) > 0 {
				t.Fatal("the copy itself is refused")
			}
			forge(forged.Certificate)
			if len(rotatest.Certify(p, forged)) == 0 {
				t.Error("the forgery was accepted")
			}
		})
	}
}
