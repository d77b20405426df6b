package rota

import (
	"slices"
	"time"
)

// Published is a duty as the newest published version of its rota has it.
type Published struct {
	Duty
	Version  int64     // Version.ID
	Sequence int       // counts the changes since it was first published, from 0
	Modified time.Time // last real change, UTC
}

// Version is one state of a rota: a draft until it is published, and unchanging from then on.
type Version struct {
	ID          int64
	Rota        RotaName
	Number      int  // 1 for the first published version of its rota; 0 for a draft
	From, Until Date // days on which its shifts start, Until excluded
	Built       time.Time
	Published   time.Time // zero for a draft
	By          string    // who published it
	Reason      string    // why
	Policy      Policy    // the rules it was built under
	Seed        uint64
}

// Stretch gives the first day from a day on that any version spans, and the end, excluded, of the days that
// versions span from there without a break. They are the same where there are none.
func Stretch(versions []Version, day Date) (first, until Date) {
	versions = slices.SortedFunc(slices.Values(versions), func(a, b Version) int { return a.From.Compare(b.From) })
	first, until = day, day
	for _, v := range versions {
		if first == until && v.From.After(until) {
			first, until = v.From, v.From
		}
		if !v.From.After(until) && v.Until.After(until) {
			until = v.Until
		}
	}
	return first, until
}
