package assign

// Nobody is the holder of an open slot.
const Nobody = -1

// Problem says what is to be assigned. Slots and people are numbered from 0.
type Problem struct {
	People    int
	Slots     []Slot
	Pairs     []Pair
	Limits    []Limit
	Prices    [][]int64 // [rule][person] of breaking the rule of a Tie once: above zero, or Never
	Weights   []int64   // of each dimension: how much unevenness in it matters
	Leaves    bool      // the last dimension is what the others leave of the first
	Crowd     int64     // the cost of holding two slots that are near each other
	Rounds    []Round   // what comes round and is to go round
	PassOver  int64     // what it costs on the way to pass somebody over; at the end it comes before all other costs
	Excess    [][]int64 // [person][dimension] before any slot is assigned: below zero for whoever owes
	Exact     [][]int64 // [person][dimension] the same in the finest unit there is
	Tolerance int64     // what excesses may be above those of the fairest assignment, place by place, for the sake of the rest
	Start     []int     // [slot] holders to begin from, as far as they are allowed; nil to begin from nothing
	Least     int       // so many slots, at least, stay open in any assignment: the search does not look for fewer
	Was       []int     // [slot] who holds it so far, Nobody where nobody does: to be kept where all else is equal; nil for no wish of the kind
	Seed      uint64
	Steps     int // changes to try for each slot, from each start
	Starts    int // from how many starts to search

	UntilStopped bool // search from ever more starts until ctx ends, and give the best assignment found by then
}

// Round is something that comes round again and again. Whoever has had it longest ago should have it next.
type Round struct {
	Last  []int  // [person] when they had it last, before any of Turns; 0 for never
	Turns []Turn // in order of When
}

// Turn is one time that a Round comes round. It passes over everybody who could have had it and does not,
// once for each person who has it and has had it since: so nobody has it again before all have had it.
type Turn struct {
	When  int    // above 0
	Slots []int  // whoever holds any of them has it
	Could []bool // [person]
}

// Slot is one thing to be held by one person.
type Slot struct {
	Holder int     // the person who holds it whatever happens, or Nobody where it is to be assigned
	Able   []bool  // [person]
	Load   []int64 // [dimension] added to the holder's excess
	Exact  []int64 // [dimension] added to the holder's exact excess
	Cost   []int64 // [person] of giving it to that person; nil where it is all the same
	Clash  []int   // slots that its holder cannot hold as well; symmetric
	Near   []int   // slots that its holder had better not hold as well; symmetric
	Ties   []Tie   // slots that its holder cannot hold as well, or only at a price; symmetric
	Marks  [][]int // [limit] the buckets in which it counts, ascending
	Counts [][]int // [limit] how much it counts in each of them; nil, or nil for a limit: 1
}

// Never is the price of what a person may not do at all.
const Never = -1

// Tie sets a slot against another by a rule that does not bind everybody alike.
type Tie struct{ Slot, Rule int }

// Pair sets certain holders of slot A and slot B against each other.
type Pair struct {
	A, B   int
	Forbid func(a, b int) bool
	Price  int64 // of having them together all the same; 0: they cannot be
}

// Limit allows a person a total of at most Max in any Window consecutive buckets. Where Distinct is
// set, a bucket counts once, however many slots fall into it.
type Limit struct {
	Max, Window int
	Buckets     int // buckets are numbered from 0 up to this
	Distinct    bool
	MaxOf       []int   // [person] in place of Max; nil: Max for everybody
	Price       []int64 // [person] of each window that begins with something counted and holds too much; 0, or nil: nothing may
}

// own counts the dimensions that can be shared out by themselves: all but one that the others leave.
func (p *Problem) own() int {
	if p.Leaves {
		return len(p.Weights) - 1
	}
	return len(p.Weights)
}

// Solution is a holder for each slot, Nobody where none was found.
type Solution struct {
	Holders []int
	Fairest []int // the holders before anything of a Tolerance was spent; nil where there is none
	Open    []int // the slots without a holder
}
