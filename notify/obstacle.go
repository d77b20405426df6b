package notify

import (
	"context"
	"fmt"
	"time"
)

// Obstacle is what stands in the way of all messages.
type Obstacle struct {
	Trouble Trouble // Unreachable or Configuration
	Problem string  // one line, with no address and no secret
	Since   time.Time
	Tries   int       // that failed for it
	Next    time.Time // until then nothing is tried
}

// probes are the waits between tries while an obstacle stands. A server that does not answer costs nothing to ask again;
// one that takes no password may lock an account where it is asked too often.
var probes = map[Trouble][]time.Duration{
	Unreachable:   {time.Minute, 2 * time.Minute, 5 * time.Minute},
	Configuration: {time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour},
}

// again is the obstacle after one more try that failed.
func again(before *Obstacle, trouble *SendError, now time.Time) Obstacle {
	o := Obstacle{Trouble: trouble.Trouble, Problem: trouble.Problem, Since: now, Tries: 1}
	if before != nil && before.Trouble == trouble.Trouble {
		o.Since, o.Tries = before.Since, before.Tries+1
	}
	waits := probes[o.Trouble]
	o.Next = now.Add(waits[min(o.Tries, len(waits))-1])
	return o
}

// Queue is how it goes with sending, as the outbox has it.
type Queue struct {
	Obstacle *Obstacle // nil where nothing stood in the way at the last try
	Oldest   time.Time // Next of what has been due the longest; zero where nothing is due
	Due      int       // how many are
}

const (
	// patience is how long what is due may stay untouched: a pass comes every few seconds where anybody makes any.
	patience = 10 * time.Minute
	// outage is how long a mail server may not answer before somebody should look.
	outage = 30 * time.Minute
)

// Stuck judges whether the queue needs somebody to act, in words.
func (q Queue) Stuck(now time.Time) (why string, stuck bool) {
	switch {
	case q.Obstacle != nil && q.Obstacle.Trouble == Configuration:
		return fmt.Sprintf("no message can be sent: %s", q.Obstacle.Problem), true
	case q.Obstacle != nil && now.Sub(q.Obstacle.Since) >= outage:
		return fmt.Sprintf("no message could be sent for %s: %s", minutes(now.Sub(q.Obstacle.Since)), q.Obstacle.Problem), true
	case q.Obstacle == nil && q.Due > 0 && now.Sub(q.Oldest) >= patience:
		return fmt.Sprintf("%s should have been sent, the first %s ago, and nobody sends: pcnrota serve is not running, or cannot write",
			messages(q.Due), minutes(now.Sub(q.Oldest))), true
	}
	return "", false
}

func minutes(d time.Duration) string {
	if d >= 2*time.Hour {
		return fmt.Sprintf("%d hours", int(d/time.Hour))
	}
	return fmt.Sprintf("%d minutes", int(d/time.Minute))
}

func messages(n int) string {
	if n == 1 {
		return "1 message"
	}
	return fmt.Sprintf("%d messages", n)
}

// concerns reports whether there is anything to do at now: something is due, or was being sent by a process that may have
// died.
func (b Backlog) concerns(now time.Time) bool {
	return b.Sending || !b.Next.IsZero() && !b.Next.After(now)
}

// held reports whether an obstacle forbids to try anything at now. The first pass of an engine tries all the same: it was
// started because somebody has mended something, or nobody knows.
func (e *Engine) held(o *Obstacle, now time.Time) bool {
	return o != nil && e.tried && now.Before(o.Next) && !o.Next.After(now.Add(2*time.Hour)) // a clock that was ahead holds nothing up
}

// meet says what stands in the way.
func (d *delivery) meet(ctx context.Context, trouble *SendError) *Obstacle {
	o := again(d.obstacle, trouble, d.now)
	d.Log.Log(ctx, o.Trouble.level(), "no message can be sent for now", "trouble", o.Trouble, "problem", o.Problem, "tries", o.Tries, "next", o.Next)
	return &o
}
