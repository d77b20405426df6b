package roster

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
	copy(line, f.kept)
	return low, least < impossible
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
				if f.count[t] < most[t] && extra < least && f.fits(line, day, t) {
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
func (f *pathfinder) fits(line Line, day int, t int8) bool {
	shifts := f.p.Shifts
	switch {
	case shifts[t].Minutes != shifts[line[day]].Minutes:
		return false
	case day > 0 && line[day-1] != Off && shifts[line[day-1]].Forbids[t]:
		return false
	}
	return day+1 == len(line) || line[day+1] == Off || !shifts[t].Forbids[line[day+1]]
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
