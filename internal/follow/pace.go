package follow

import (
	"hash/fnv"
	"time"
)

const (
	every  = time.Hour
	spread = 20 * time.Minute
)

// Due gives when a calendar is to be visited next after a visit at tried. Calendars are spread by their
// address: however many programs start at once, they do not all call on one machine in the same minute.
func Due(address string, tried time.Time) time.Time {
	if tried.IsZero() {
		return tried
	}
	h := fnv.New64a()
	h.Write([]byte(address))
	return tried.Add(every + time.Duration(h.Sum64()%uint64(spread)))
}
