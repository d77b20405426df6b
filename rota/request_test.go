package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestARequestIsDecidedOnce(t *testing.T) {
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	asked := rota.Request{Absence: rota.Absence{ID: 7, Leader: "L1", Kind: rota.Annual}, State: rota.Requested}
	approved, err := asked.Approve(now)
	if err != nil || approved.State != rota.Approved || !approved.Decided.Equal(now) || approved.Why != "" {
		t.Errorf("approved: %+v, %v", approved, err)
	}
	refused, err := asked.Refuse("nobody is left", now)
	if err != nil || refused.State != rota.Refused || refused.Why != "nobody is left" {
		t.Errorf("refused: %+v, %v", refused, err)
	}
	if asked.State != rota.Requested {
		t.Error("what was asked has changed")
	}
	for _, q := range []rota.Request{approved, refused} {
		if again, err := q.Approve(now.Add(time.Hour)); err == nil || again != q {
			t.Errorf("approved after it was %s: %+v, %v", q.State, again, err)
		}
		if again, err := q.Refuse("no", now.Add(time.Hour)); err == nil || again != q {
			t.Errorf("refused after it was %s: %+v, %v", q.State, again, err)
		}
	}
	const want = "absence 7 is approved already: only what is requested can be refused"
	if _, err := approved.Refuse("", now); err.Error() != want {
		t.Errorf("got %q", err)
	}
}
