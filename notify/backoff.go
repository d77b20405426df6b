package notify

import "time"

// backoff is how long to wait after each failed try. The last wait repeats until the reminder is of no
// more use: a mail server that is down for a night loses nothing.
var backoff = []time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute, time.Hour,
}

// later is the outcome of a try that failed for now. Where no further try can be of use, Next is Until:
// it is then claimed once more and found too late.
func later(r Reminder, now time.Time, detail string) Outcome {
	wait := backoff[min(max(r.Attempts, 1), len(backoff))-1]
	next := now.Add(wait)
	if next.After(r.Until) {
		next = r.Until
	}
	return Outcome{State: Retrying, At: now, Next: next, Detail: detail}
}
