package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// This file decides what is too much within a stretch of time.

// window is how a rule counts: it adds up the ticks of the duties over length buckets in a row.
type window struct {
	length   int
	distinct bool                           // a bucket counts once, however many ticks fall into it
	ticks    func(base Date, d Duty) []tick // in order; base is a Monday, and no duty starts before it
}

// tick is what one duty counts in one bucket.
type tick struct{ at, n int }

func at(ticks []tick) []int {
	var out []int
	for _, t := range ticks {
		out = append(out, t.at)
	}
	return out
}

// amounts is nil where every tick is 1.
func amounts(ticks []tick) []int {
	if !slices.ContainsFunc(ticks, func(t tick) bool { return t.n != 1 }) {
		return nil
	}
	var out []int
	for _, t := range ticks {
		out = append(out, t.n)
	}
	return out
}

// window gives how the rule counts, where it is one that counts over time.
func (p *planner) window(r Rule) (window, bool) {
	switch r.Kind {
	case AtMostDuties:
		return window{r.Days, false, func(base Date, d Duty) []tick { return []tick{{base.DaysUntil(d.Start.Date), 1}} }}, true
	case AtMostWeekends:
		return window{r.Days / 7, true, weekendTicks}, true
	case InARow:
		return window{r.Days + 1, true, func(base Date, d Duty) []tick { return dayTicks(base, d.OnCall()) }}, r.Days > 1
	case WorkingHours:
		unit := 1 // days a bucket
		if r.Days > 7 {
			unit = 7
		}
		return window{r.Days / unit, false, func(base Date, d Duty) []tick { return p.workTicks(base, unit, d) }}, true
	case DaysOnSite:
		return window{r.Days, true, p.siteTicks}, true
	case FestivePeriods:
		return window{3, true, festiveTicks}, true
	default:
		return window{}, false
	}
}

// most is what the rule allows l in one window.
func (r Rule) most(l Leader) int {
	switch r.Kind {
	case InARow:
		return r.Days
	case WorkingHours:
		beside := int(r.Beside) * int(min(l.Share, FullTime)) / int(FullTime)
		return max(0, (r.Hours*60-beside)*r.Days/7)
	default:
		return r.Most
	}
}

// reach is how many days away from a duty another may be that the rule counts with it.
func (r Rule) reach() int {
	if r.Kind == FestivePeriods {
		return 366 + 30
	}
	return max(r.Days, r.Hours/24) + 7
}

func dayTicks(base Date, days []Date) []tick {
	var ticks []tick
	for _, day := range days {
		ticks = append(ticks, tick{base.DaysUntil(day), 1})
	}
	return ticks
}

func weekendTicks(base Date, d Duty) []tick {
	var ticks []tick
	for _, saturday := range saturdays(d) {
		ticks = append(ticks, tick{base.DaysUntil(saturday) / 7, 1})
	}
	return ticks
}

// workTicks counts the minutes of work that d is expected to be.
func (p *planner) workTicks(base Date, unit int, d Duty) []tick {
	var ticks []tick
	work := p.kindOf(d).Work(d.Start, d.End)
	for i, day := range d.OnCall() {
		bucket := base.DaysUntil(day) / unit
		switch n := len(ticks); {
		case work[i] == 0:
		case n > 0 && ticks[n-1].at == bucket:
			ticks[n-1].n += int(work[i])
		default:
			ticks = append(ticks, tick{bucket, int(work[i])})
		}
	}
	return ticks
}

// siteTicks counts the days that d touches, where it is on site.
func (p *planner) siteTicks(base Date, d Duty) []tick {
	var ticks []tick
	if p.kindOf(d).Place == OnSite {
		first, last := d.Days()
		for day := first; !day.After(last); day = day.AddDays(1) {
			ticks = append(ticks, tick{base.DaysUntil(day), 1})
		}
	}
	return ticks
}

// festiveTicks counts the festive periods in which d has a day on call.
func festiveTicks(base Date, d Duty) []tick {
	var ticks []tick
	for _, day := range d.OnCall() {
		number, ok := festivePeriod(day)
		t := tick{number - 3*base.Year + 1, 1} // the New Year that began the day before is number 0
		if ok && !slices.Contains(ticks, t) {
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// festivePeriod numbers the festive periods through the years: Easter, Christmas, and the New Year whose
// eve is in the year.
func festivePeriod(d Date) (number int, ok bool) {
	switch {
	case FestiveName(d) == "":
		return 0, false
	case d.Month == time.January:
		return 3*(d.Year-1) + 2, true
	case d.Month == time.December && d.Day == 31:
		return 3*d.Year + 2, true
	case d.Month == time.December:
		return 3*d.Year + 1, true
	default:
		return 3 * d.Year, true
	}
}

// base gives a Monday before which none of the duties starts.
func (p *planner) base(duties []Duty) Date {
	base := p.From
	for _, d := range duties {
		base = earlier(base, d.Start.Date)
	}
	return base.Monday()
}

// tally adds up what duties count, in order of bucket.
func (w window) tally(base Date, duties []Duty) []tick {
	var ticks []tick
	for _, d := range duties {
		ticks = append(ticks, w.ticks(base, d)...)
	}
	slices.SortFunc(ticks, func(a, b tick) int { return cmp.Compare(a.at, b.at) })
	merged := ticks[:0]
	for _, t := range ticks {
		switch n := len(merged); {
		case n == 0 || merged[n-1].at != t.at:
			merged = append(merged, t)
		case !w.distinct:
			merged[n-1].n += t.n
		}
	}
	return merged
}

// within adds up the ticks from one bucket on, over the length of the window.
func (w window) within(ticks []tick, from int) int {
	sum := 0
	for _, t := range ticks {
		if t.at >= from && t.at < from+w.length {
			sum += t.n
		}
	}
	return sum
}

// exceeded says in words what l, who holds own, would have too much of with d; "" where the rule allows it
// or does not count over time. Only windows in which d adds something are looked at.
func (p *planner) exceeded(r Rule, l Leader, d Duty, own []Duty) string {
	w, ok := p.window(r)
	if !ok {
		return ""
	}
	if fullest := w.fullest(p.From, d, own); fullest > r.most(l) {
		return r.tooMuch(l, fullest)
	}
	return ""
}

// fullest counts what is in the fullest of those windows to which d adds something next to own.
func (w window) fullest(from Date, d Duty, own []Duty) int {
	all := append(slices.Clone(own), d)
	base := from.Monday()
	for _, d := range all {
		base = earlier(base, d.Start.Date.Monday())
	}
	before, after := w.tally(base, own), w.tally(base, all)
	fullest := 0
	for _, t := range w.ticks(base, d) {
		for from := t.at - w.length + 1; from <= t.at; from++ {
			if sum := w.within(after, from); sum > w.within(before, from) {
				fullest = max(fullest, sum)
			}
		}
	}
	return fullest
}

// tooMuch says in words that l would have so much in one window, which is more than the rule allows.
func (r Rule) tooMuch(l Leader, much int) string {
	allowed := fmt.Sprintf("%d %s allowed", r.most(l), isAre(r.most(l)))
	switch r.Kind {
	case AtMostDuties:
		return fmt.Sprintf("would hold %d duties in %d days, %s", much, r.Days, allowed)
	case AtMostWeekends:
		return fmt.Sprintf("would have %s in %d weeks, %s", second(much, "weekend"), r.Days/7, allowed)
	case InARow:
		return fmt.Sprintf("would be on call on more than %d days in a row", r.Days)
	case WorkingHours:
		return fmt.Sprintf("would have %s of expected work on call in %s, %s are allowed beside other work",
			inHours(Minutes(much)), period(r.Days), hours(time.Duration(r.most(l))*time.Minute))
	case DaysOnSite:
		return fmt.Sprintf("would be on site on %d of %d days, %s", much, r.Days, allowed)
	default:
		return fmt.Sprintf("would have %s within a year, %s", second(much, "festive period"), allowed)
	}
}

// second says "a second weekend", or "3 weekends".
func second(n int, what string) string {
	if n == 2 {
		return "a second " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// period says "7 days", or "17 weeks" of what is longer.
func period(days int) string {
	if days > 7 && days%7 == 0 {
		return fmt.Sprintf("%d weeks", days/7)
	}
	return fmt.Sprintf("%d days", days)
}
