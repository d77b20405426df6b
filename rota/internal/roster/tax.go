package roster

import (
	"cmp"
	"slices"
)

// taxed puts a price on the shifts that a line holds too often, higher and higher until it is legal.
// What a line costs with the tax, less the tax on as many shifts as are allowed, is a bound at any tax.
// The next time begins near the tax that was enough, and a little below.
func (f *pathfinder) taxed(s *shape, person int, price, rest []int32, line Line) (low int32, found bool) {
	tax, most := f.tax[person], f.p.People[person].MaxOf
	for t := range tax {
		tax[t] -= tax[t] / 4
	}
	low = -impossible
	least := never
	for round := 0; round < 4 || least == never && round < 24; round++ {
		cost := f.solve(s, f.withTax(price, tax), rest, line)
		if cost >= impossible {
			return cost, false
		}
		for t := range tax {
			cost -= tax[t] * int32(min(most[t], f.p.Days))
		}
		low = max(low, cost)
		legal := f.overworked(person, line) < 0
		for t, n := range f.count {
			if n > most[t] {
				tax[t] += min(1<<18, max(4, tax[t]/4)<<min(round/4, 3)+int32(n-most[t]))
			}
		}
		f.exchange(person, price, line)
		if c := f.priceOf(line, price, rest); f.overworked(person, line) < 0 && c < least {
			least = c
			f.kept = append(f.kept[:0], line...)
		}
		if legal {
			break
		}
	}
	if least >= impossible {
		return low, f.rationed(s, person, price, rest, line)
	}
	copy(line, f.kept)
	return low, true
}

// rationed looks for any legal line where no tax leads to one: it lets every shift be worked on no more days than it
// may be. These are the days where it is cheapest at first, then days in a row, and then whole weeks spread evenly, in
// several ways.
func (f *pathfinder) rationed(s *shape, person int, price, rest []int32, line Line) (found bool) {
	most := f.p.People[person].MaxOf
	for way := range rations {
		f.dear = append(f.dear[:0], price...)
		from := 0
		for t := range most {
			if most[t] < f.p.Days {
				f.ration(int8(t), most[t], from, way)
				from += most[t]
			}
		}
		if f.solve(s, f.dear, rest, line) < impossible && f.overworked(person, line) < 0 {
			return true
		}
	}
	return false
}

// rations is how many ways are tried.
const rations = 5

// ration forbids a shift on all days but so many.
func (f *pathfinder) ration(t int8, most, from, way int) {
	weeks := (f.p.Days + 6) / 7
	order := func(day int) int {
		switch way {
		case 0:
			return int(f.dear[f.p.At(day, t)])
		case 1:
			return (day + f.p.Days - from%f.p.Days) % f.p.Days
		default:
			return (day/7 + int(t)*way) * max(1, most/7) % weeks
		}
	}
	days := make([]int, f.p.Days)
	for day := range days {
		days[day] = day
	}
	slices.SortStableFunc(days, func(a, b int) int { return cmp.Compare(order(a), order(b)) })
	for _, day := range days[min(len(days), max(0, most)):] {
		f.dear[f.p.At(day, t)] = never
	}
}

// exchange swaps shifts that the line holds too often for others of the same length, day by day and
// each time the one that costs least.
func (f *pathfinder) exchange(person int, price []int32, line Line) {
	most := f.p.People[person].MaxOf
	for f.overworked(person, line) >= 0 {
		at, to, least := -1, Off, never
		for day, s := range line {
			if s == Off || f.count[s] <= most[s] {
				continue
			}
			for t := range int8(len(most)) {
				extra := price[f.p.At(day, t)] - price[f.p.At(day, s)]
				if f.count[t] < most[t] && extra < least && f.fits(person, line, day, t) {
					at, to, least = day, t, extra
				}
			}
		}
		if at < 0 || least >= impossible {
			return
		}
		line[at] = to
	}
}

// fits says whether a shift may stand in place of the one of the day: as long, and in order with the
// days before and after.
func (f *pathfinder) fits(person int, line Line, day int, t int8) bool {
	shifts := f.p.Shifts
	before, after := f.p.beside(person, line, day)
	switch {
	case shifts[t].Minutes != shifts[line[day]].Minutes:
		return false
	case before != Off && shifts[before].Forbids[t]:
		return false
	}
	return after == Off || !shifts[t].Forbids[after]
}

// beside is what a person does on the days before and after one of a line, or Off where nobody knows.
func (p *Problem) beside(person int, line Line, day int) (before, after int8) {
	q := &p.People[person]
	before, after = Off, Off
	switch n := len(q.Before); {
	case day > 0:
		before = line[day-1]
	case n > 0:
		before = q.Before[n-1]
	}
	switch {
	case day+1 < len(line):
		after = line[day+1]
	case len(q.After) > 0:
		after = q.After[0]
	}
	return before, after
}

func (f *pathfinder) withTax(price, tax []int32) []int32 {
	f.dear = append(f.dear[:0], price...)
	for at := range f.dear {
		if f.dear[at] < impossible {
			f.dear[at] += tax[at%len(tax)]
		}
	}
	return f.dear
}
