package roster

import "slices"

// A decision narrows the rosters that are looked at: by the number of people on a shift of a day, or
// by what a person does on a day.
type decision struct {
	person int // or nobody: then at least low and at most high people do the shift
	day    int
	shift  int8 // Off stands for the day off
	low    int
	high   int
	not    bool // the person does anything but the shift
}

const nobody = -1

// limits are all decisions together, in the form that lines and demands are checked against.
type limits struct {
	p     *Problem
	ban   [][]bool // [person][shift of a day]
	awake [][]bool // [person][day]: may not be off
	low   []int    // of every shift of a day
	high  []int
}

func newLimits(p *Problem) *limits {
	l := &limits{p: p, low: make([]int, len(p.Demand)), high: make([]int, len(p.Demand))}
	shifts := len(p.Shifts)
	for i := range p.People {
		q := &p.People[i]
		ban := make([]bool, len(p.Demand))
		for at := range ban {
			ban[at] = q.Away[at/shifts] || q.MaxOf[at%shifts] <= 0
			if !ban[at] {
				l.high[at]++
			}
		}
		l.ban = append(l.ban, ban)
		l.awake = append(l.awake, make([]bool, p.Days))
	}
	return l
}

// clone is a copy that can be narrowed on its own.
func (l *limits) clone() *limits {
	c := &limits{p: l.p, low: slices.Clone(l.low), high: slices.Clone(l.high)}
	for i := range l.ban {
		c.ban = append(c.ban, slices.Clone(l.ban[i]))
		c.awake = append(c.awake, slices.Clone(l.awake[i]))
	}
	return c
}

// apply narrows the limits by one more decision.
func (l *limits) apply(d decision) {
	if d.person == nobody {
		at := l.p.At(d.day, d.shift)
		l.low[at], l.high[at] = max(l.low[at], d.low), min(l.high[at], d.high)
		return
	}
	ban := l.ban[d.person][d.day*len(l.p.Shifts) : (d.day+1)*len(l.p.Shifts)]
	if d.not {
		if d.shift == Off {
			l.awake[d.person][d.day] = true
		} else {
			ban[d.shift] = true
		}
		return
	}
	for s := range ban {
		ban[s] = ban[s] || int8(s) != d.shift
	}
	l.awake[d.person][d.day] = l.awake[d.person][d.day] || d.shift != Off
}

// allows says whether a line keeps the limits of its person.
func (l *limits) allows(person int, line Line) bool {
	ban, awake := l.ban[person], l.awake[person]
	for day, s := range line {
		if s == Off && awake[day] || s != Off && ban[l.p.At(day, s)] {
			return false
		}
	}
	return true
}
