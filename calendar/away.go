package calendar

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// Window is what of a calendar is of interest, and to whom.
type Window struct {
	From, Until rota.Date      // the days from From up to, not including, Until
	Zone        *time.Location // of whoever reads: for times that name no zone, and of the answer
	Keywords    []string       // that mark an entry as time away, such as "leave"
}

// Busy is a time away, from Start up to, not including, End, on the clocks of the window's zone. Whole
// days run from midnight to midnight. It is all that is kept of an entry.
type Busy struct {
	Start, End rota.Civil
	Keyword    string // the one of the window's that the entry has
}

// Away is what a calendar says about when its owner is away.
type Away struct {
	Busy []Busy // in order; what overlaps or meets under one keyword is one
	Free int    // entries with a keyword that their owner shows as free, and which therefore do not count
	Junk int    // lines of the file that could not be read at all
}

// ReadAway reads a calendar that somebody else wrote, in bounded time and memory whatever it holds, and
// keeps the times that its owner is away: entries shown as busy whose title or category has a keyword, and
// those that Outlook shows as out of office. Nothing else of it is kept, the words least of all.
//
// It understands recurrence by days with exceptions and changed occurrences, time zones by the names of
// the world, of Windows and of the file itself, and files that are broken in the usual ways. What is wrong
// with an entry that is no time away does not matter. But where one that is cannot be understood, the whole
// calendar is refused with a sentence that names the line: somebody would be put on call while away.
func ReadAway(data []byte, w Window) (away Away, err error) {
	defer func() {
		if recover() != nil {
			away, err = Away{}, fmt.Errorf("the calendar is broken in a way that is not foreseen")
		}
	}()
	root, junk, err := readComponents(data)
	if err != nil {
		return Away{}, err
	}
	c := collector{window: w, keywords: newKeywords(w.Keywords), zones: newZones(root, w.Zone)}
	for _, g := range groups(root) {
		if err := c.take(g); err != nil {
			return Away{}, err
		}
	}
	return Away{Busy: merged(c.busy), Free: c.free, Junk: junk}, nil
}
