package rota_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"pcnrota/rota"
)

// TestARebuildKeepsWhatItCan builds rotas anew that are in force: where nothing has changed nothing moves,
// whatever the seed.
func TestARebuildKeepsWhatItCan(t *testing.T) {
	build := func(p rota.Problem) []rota.Duty {
		draft, err := rota.Build(context.Background(), p, nil)
		if err != nil {
			t.Skip(err)
		}
		return draft.Duties
	}
	moved := func(was, is []rota.Duty) (n int) {
		for i := range was {
			if was[i].Holder != is[i].Holder {
				n++
			}
		}
		return n
	}
	blind := 0
	for seed := range uint64(25) {
		p := smallProblem(rand.New(rand.NewPCG(seed, 3)))
		if _, err := rota.Build(context.Background(), p, nil); err != nil {
			continue // some cannot be covered
		}
		was := build(p)
		p.Published = was
		if again := build(p); !reflect.DeepEqual(again, was) {
			t.Errorf("problem %d: %d duties moved, although nothing has changed", seed, moved(was, again))
		}
		p.Seed++
		if again := build(p); !reflect.DeepEqual(again, was) {
			t.Errorf("problem %d: %d duties moved for another seed", seed, moved(was, again))
		}
		p.Published = nil
		blind += moved(was, build(p))
	}
	if blind == 0 {
		t.Error("another seed gives the same rota by itself: the test shows nothing")
	}
}
