package assign

// This file counts what limits count. A limit binds a person or has a price for that person; what is
// bound is asked before a slot is given, what has a price is charged when it is.

func (s *state) withinLimits(slot, person int) bool {
	for l := range s.p.Slots[slot].Marks {
		if !s.withinLimit(l, slot, person) {
			return false
		}
	}
	return true
}

// withinLimit reports whether limit l lets person take the open slot. Windows in which the slot counts
// nothing are none of its business.
func (s *state) withinLimit(l, slot, person int) bool {
	limit, marks, buckets := &s.p.Limits[l], s.marks[l][person], s.p.Slots[slot].Marks[l]
	if len(buckets) == 0 || limit.price(person) > 0 {
		return true
	}
	most := limit.most(person)
	if len(buckets) == 1 {
		b, adds := buckets[0], s.p.counts(l, slot, 0)
		if limit.Distinct {
			adds = 1
		}
		return limit.Distinct && marks[b] > 0 || fullest(limit, marks, b)+adds <= most
	}
	sum, own, next, gone := 0, 0, 0, 0 // in the window that ends at at
	adds := func(i int) int {
		if limit.Distinct {
			return 1 - limit.counted(marks, buckets[i])
		}
		return s.p.counts(l, slot, i)
	}
	for at := buckets[0] - limit.Window + 1; at < buckets[len(buckets)-1]+limit.Window; at++ {
		sum += limit.counted(marks, at)
		if next < len(buckets) && buckets[next] == at {
			own += adds(next)
			next++
		}
		if left := at - limit.Window; left > buckets[0]-limit.Window {
			sum -= limit.counted(marks, left)
			if gone < len(buckets) && buckets[gone] == left {
				own -= adds(gone)
				gone++
			}
		}
		if own > 0 && sum+own > most {
			return false
		}
	}
	return true
}

// count adds the slot to what limit l counts of person (sign 1) or takes it away (sign -1), and charges
// what that changes where the limit has a price.
func (s *state) count(l, slot, person int, sign int64) {
	limit, marks, buckets := &s.p.Limits[l], s.marks[l][person], s.p.Slots[slot].Marks[l]
	if len(buckets) == 0 {
		return
	}
	price, before := limit.price(person), 0
	if price > 0 {
		before = s.overfull(l, person, buckets)
	}
	for i, b := range buckets {
		marks[b] += int16(sign) * int16(s.p.counts(l, slot, i))
	}
	if price > 0 {
		s.please(price * int64(s.overfull(l, person, buckets)-before))
	}
}

// overfull counts those windows that reach one of the buckets, begin with something that is counted, and
// hold more than limit l allows.
func (s *state) overfull(l, person int, buckets []int) int {
	limit, marks := &s.p.Limits[l], s.marks[l][person]
	most, first, last := limit.most(person), buckets[0]-limit.Window+1, buckets[len(buckets)-1]
	sum, n := 0, 0
	for at := first; at < first+limit.Window-1; at++ {
		sum += limit.counted(marks, at)
	}
	for opening := first; opening <= last; opening++ {
		sum += limit.counted(marks, opening+limit.Window-1)
		if sum > most && limit.counted(marks, opening) > 0 {
			n++
		}
		sum -= limit.counted(marks, opening)
	}
	return n
}

// fullest gives the count in the fullest window that contains bucket b.
func fullest(limit *Limit, marks []int16, b int) int {
	sum := 0
	for at := b - limit.Window + 1; at <= b; at++ {
		sum += limit.counted(marks, at)
	}
	most := sum
	for at := b + 1; at < b+limit.Window; at++ {
		sum += limit.counted(marks, at) - limit.counted(marks, at-limit.Window)
		most = max(most, sum)
	}
	return most
}

// counted gives what counts in a bucket; there is nothing outside of all buckets.
func (limit *Limit) counted(marks []int16, at int) int {
	if at < 0 || at >= len(marks) || marks[at] == 0 {
		return 0
	}
	if limit.Distinct {
		return 1
	}
	return int(marks[at])
}

// counts gives how much the slot counts in the i-th of its buckets.
func (p *Problem) counts(l, slot, i int) int {
	if counts := p.Slots[slot].Counts; counts != nil && counts[l] != nil {
		return counts[l][i]
	}
	return 1
}

func (limit *Limit) most(person int) int {
	if limit.MaxOf != nil {
		return limit.MaxOf[person]
	}
	return limit.Max
}

func (limit *Limit) price(person int) int64 {
	if limit.Price != nil {
		return limit.Price[person]
	}
	return 0
}
