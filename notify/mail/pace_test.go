package mail_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func TestPaceHoldsBackWhatAMinuteDoesNotTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pace, began := mail.NewPace(10), time.Now()
		var mu sync.Mutex
		var went []time.Duration
		var all sync.WaitGroup
		for range 35 { // as many senders, of one server
			all.Go(func() {
				if err := pace.Wait(t.Context()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				went = append(went, time.Since(began))
			})
		}
		all.Wait()
		for i, at := range went {
			if want := time.Duration(i/10) * time.Minute; at != want {
				t.Errorf("message %d went after %s, want %s", i+1, at, want)
			}
		}
	})
}

func TestSMTPKeepsThePace(t *testing.T) {
	office := &postOffice{encryption: mail.Plain, noCert: true}
	options := office.open(t)
	var paces mail.Paces
	options.Pace = paces.Of("localhost", 2)
	if paces.Of("localhost", 2) != options.Pace || paces.Of("elsewhere", 2) == options.Pace || paces.Of("localhost", 0) != nil {
		t.Error("a server has another pace than its own")
	}
	s := sender(t, options)
	for range 2 {
		if err := s.Send(t.Context(), nightMessage(t)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got := trouble(t, s.Send(ctx, nightMessage(t))); got.Trouble != notify.Unreachable || got.Unsure {
		t.Errorf("got %s: %s", got.Trouble, got)
	}
	if n := len(office.deliveries()); n != 2 {
		t.Errorf("%d messages went, want 2", n)
	}
}
