package rota

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ObligationID numbers a responsibility.
type ObligationID int64

// Obligation is a responsibility: something that the PCN has to do again and again, or once by a day: a return, a review, a
// renewal. Each time is an Item.
type Obligation struct {
	ID       ObligationID
	Title    string
	Area     string  // of the leadership's work, in a word: "governance"
	Holding  Holding // how those who hold it are found
	Owner    LeaderID
	Deputy   LeaderID // "" where there is none, or it is found afresh each time
	Among    string   // role or qualification of those who may hold it; "" for everybody
	Rule     string   // RRULE value of its days; "" for a single one, and for those before meetings
	First    Date     // day from which the rule counts; the day itself for a single one
	Series   SeriesID // before each of whose meetings it is due, in place of a rule; 0 for none
	Meeting  string   // the title of that series, for people; ""
	Before   Lead     // so long before the day of the rule, or of the meeting, it is due
	Within   Within   // how far apart two times may lie; zero where it does not matter
	Points   Points   // what one time weighs
	Evidence string   // where it is kept that it was done: a link
	Note     string   // what there is to do, in a few words; no patient data
	Source   string   // where it is said that this has to be done
	Checked  Date     // when somebody last looked whether that is still so
	Line     string   // of the shipped year from which it was taken; ""
	Starts   Date     // first day on which it can be due; zero for no bound
	Ends     Date     // last day; zero while it goes on
}

// Holding is the way in which those who hold a responsibility are found.
type Holding string

// The ways.
const (
	OwnedByOne Holding = "owner"   // one leader, always
	GoesRound  Holding = "rotated" // each time the one who has held least, by the ledger
	ByEach     Holding = "each"    // each of them has it for themselves
)

// Within is how many months after the last time the next may be done: at least, at most.
type Within struct{ Least, Most int }

// ParseWithin reads "9-15 months"; "" for no bounds.
func ParseWithin(s string) (w Within, err error) {
	plain := strings.TrimSuffix(strings.TrimSuffix(strings.Join(strings.Fields(strings.ToLower(s)), ""), "s"), "month")
	if plain == "" {
		return w, nil
	}
	least, most, _ := strings.Cut(plain, "-")
	var bad error
	if w.Least, err = strconv.Atoi(least); err == nil {
		w.Most, bad = strconv.Atoi(most)
	}
	if err != nil || bad != nil || w.Least < 0 || w.Most < w.Least || w.Most > 240 {
		return Within{}, fmt.Errorf("%q is not a number of months at least and at most, like 9-15 months", s)
	}
	return w, nil
}

// String gives what ParseWithin reads.
func (w Within) String() string {
	if w == (Within{}) {
		return ""
	}
	return fmt.Sprintf("%d-%d months", w.Least, w.Most)
}

// Kept says in words how two times in a row offend against w; "" where they do not.
func (w Within) Kept(before, now Date) string {
	least, most := before.AddMonths(w.Least), before.AddMonths(w.Most)
	switch {
	case w == Within{}:
		return ""
	case now.Before(least):
		return fmt.Sprintf("it is less than %d months after the last, on %s", w.Least, before)
	case now.After(most):
		return fmt.Sprintf("it is more than %d months after the last, on %s", w.Most, before)
	default:
		return ""
	}
}

// AddMonths gives the same day so many months later, or the last of that month where it has no such day.
func (d Date) AddMonths(n int) Date {
	first := dateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC))
	last := dateOf(time.Date(first.Year, first.Month+1, 0, 12, 0, 0, 0, time.UTC))
	return Date{first.Year, first.Month, min(d.Day, last.Day)}
}

// Admits reports whether l may hold r, leaving aside the days.
func (r Obligation) Admits(l Leader) bool {
	return r.Among == "" || l.HasRole(r.Among) || l.Qualified(r.Among)
}

// ItemID identifies one time that something has to be done, for life: "r3.20270630", and where each has it for
// themselves "r3.20270630.L05".
type ItemID string

// NewItemID names what r has to do by the day of its rule, "" for the leader where it is one for all.
func NewItemID(r ObligationID, planned Date, of LeaderID) ItemID {
	id := fmt.Sprintf("r%d.%s", r, strings.ReplaceAll(planned.String(), "-", ""))
	if of != "" {
		id += "." + string(of)
	}
	return ItemID(id)
}

// Item is one time that something has to be done.
type Item struct {
	ID             ItemID
	Responsibility ObligationID
	Title, Area    string
	For            LeaderID // whose own it is, where each has it for themselves; "" else
	Planned        Date     // the day of the rule
	Due            Date     // the last day on which it is in time
	Owner, Deputy  LeaderID // "" for nobody
	Settled        bool     // the owner was named by hand, and stays
	Points         Points
	Done           Done
	Sequence       int       // counts the changes since it was first planned, from 0
	Modified       time.Time // last real change, UTC
}

// Done is how something was done; zero On where it was not.
type Done struct {
	On       Date
	By       string // who says so
	Evidence string // where that can be seen
}

// Open reports whether i has yet to be done.
func (i Item) Open() bool { return i.Done.On.IsZero() }

// Overdue reports whether i should have been done before today.
func (i Item) Overdue(today Date) bool { return i.Open() && i.Due.Before(today) }

// Answers gives who has to see to i today: its owner; once it is overdue the deputy too, and after a working week the
// manager, which is what the second result says.
func (i Item) Answers(today Date, holidays Holidays) (leaders []LeaderID, manager bool) {
	if i.Owner != "" {
		leaders = append(leaders, i.Owner)
	}
	if !i.Overdue(today) {
		return leaders, i.Owner == ""
	}
	if i.Deputy != "" && i.Deputy != i.Owner {
		leaders = append(leaders, i.Deputy)
	}
	return leaders, len(leaders) == 0 || WorkingDays(5).On(today, holidays).Compare(i.Due) >= 0
}

// RecogniseItems says which items are which, as Recognise does for meetings. One that is known keeps its ID, its
// owner and whatever was done; those of a responsibility whose days have changed are paired by month. Planned
// has no two of one responsibility and leader on one day. What is done, or was due before today, stays as it was.
// The result is all items there are now; known ones that are not among them are no longer to be done.
func RecogniseItems(planned, known []Item, today Date) []Item {
	type slot struct {
		of    ObligationID
		leads LeaderID
		where Date
	}
	day := func(d Date) Date { return d }
	month := func(d Date) Date { return Date{d.Year, d.Month, 1} }
	found, used := make([]*Item, len(planned)), map[ItemID]bool{}
	for _, where := range []func(Date) Date{day, month} {
		free := map[slot][]*Item{}
		for k := range known {
			i := &known[k]
			if exact := where(i.Planned) == i.Planned; !used[i.ID] && (exact || i.Open() && !i.Due.Before(today)) {
				at := slot{i.Responsibility, i.For, where(i.Planned)}
				free[at] = append(free[at], i)
			}
		}
		for p, i := range planned {
			at := slot{i.Responsibility, i.For, where(i.Planned)}
			if found[p] == nil && len(free[at]) > 0 {
				found[p], free[at] = free[at][0], free[at][1:]
				used[found[p].ID] = true
			}
		}
	}
	var out []Item
	for p, i := range planned {
		was := found[p]
		switch {
		case was == nil && i.Due.Before(today):
			continue // nobody was asked for it then
		case was != nil && (!was.Open() || was.Due.Before(today)):
			continue // as it was, below
		case was != nil:
			i.ID, i.Settled = was.ID, was.Settled
			if i.Settled || i.Owner == "" {
				i.Owner, i.Deputy = was.Owner, was.Deputy
			}
		}
		out = append(out, i)
	}
	for _, i := range known {
		if !i.Open() || i.Due.Before(today) {
			out = append(out, i)
		}
	}
	return distinctItems(out)
}

// distinctItems gives each new item whose name somebody else has another.
func distinctItems(items []Item) []Item {
	taken := map[ItemID]int{}
	for k := range items {
		if n := taken[items[k].ID]; n > 0 {
			items[k].ID += ItemID(fmt.Sprintf("-%d", n+1))
		}
		taken[items[k].ID]++
	}
	slices.SortFunc(items, compareItems)
	return items
}

func compareItems(a, b Item) int {
	if n := a.Due.Compare(b.Due); n != 0 {
		return n
	}
	return strings.Compare(string(a.ID), string(b.ID))
}
