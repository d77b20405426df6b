package roster

import (
	"fmt"
	"slices"
)

// Cost is the whole cost of a roster: what demand it misses and what wishes. It is written from the
// words of the rules and shares nothing with the path that finds lines, so each checks the other.
func (p *Problem) Cost(r Roster) int {
	sum := 0
	for i, line := range r {
		sum += p.lineCost(i, line)
	}
	for at, n := range p.counts(r) {
		sum += p.Demand[at].Cost(n)
	}
	return sum
}

// lineCost is what a line costs by its wishes alone.
func (p *Problem) lineCost(person int, line Line) int {
	q := &p.People[person]
	sum := q.Unmet
	for day, s := range line {
		if s != Off {
			sum += q.Wish[p.At(day, s)]
		}
	}
	return sum
}

func (p *Problem) counts(r Roster) []int {
	n := make([]int, len(p.Demand))
	for _, line := range r {
		for day, s := range line {
			if s != Off {
				n[p.At(day, s)]++
			}
		}
	}
	return n
}

// Broken is the first hard rule that the roster breaks, or nil.
func (p *Problem) Broken(r Roster) error {
	if len(r) != len(p.People) {
		return fmt.Errorf("%d lines for %d people", len(r), len(p.People))
	}
	for i, line := range r {
		if err := p.brokenLine(i, line); err != nil {
			return fmt.Errorf("person %d: %w", i, err)
		}
	}
	return nil
}

func (p *Problem) brokenLine(person int, line Line) error {
	q := &p.People[person]
	if len(line) != p.Days {
		return fmt.Errorf("%d days, want %d", len(line), p.Days)
	}
	of, minutes, weekends := make([]int, len(p.Shifts)), 0, 0
	for day, s := range line {
		if s == Off {
			continue
		}
		if int(s) >= len(p.Shifts) || s < 0 {
			return fmt.Errorf("day %d: no shift %d", day, s)
		}
		if q.Away[day] {
			return fmt.Errorf("day %d: works while away", day)
		}
		if day > 0 && line[day-1] != Off && p.Shifts[line[day-1]].Forbids[s] {
			return fmt.Errorf("day %d: shift %d may not follow %d", day, s, line[day-1])
		}
		of[s]++
		minutes += p.Shifts[s].Minutes
		if saturday(day) || sunday(day) && line[day-1] == Off {
			weekends++
		}
	}
	for s, n := range of {
		if n > q.MaxOf[s] {
			return fmt.Errorf("shift %d: %d times, at most %d", s, n, q.MaxOf[s])
		}
	}
	if err := p.brokenEnds(q, line); err != nil {
		return err
	}
	if minutes < q.MinMinutes || minutes > q.MaxMinutes {
		return fmt.Errorf("%d minutes, want %d to %d", minutes, q.MinMinutes, q.MaxMinutes)
	}
	if weekends > q.MaxWeekends {
		return fmt.Errorf("%d weekends, at most %d", weekends, q.MaxWeekends)
	}
	return q.brokenRun(line)
}

// brokenEnds looks at what follows what where the horizon begins and ends.
func (p *Problem) brokenEnds(q *Person, line Line) error {
	forbids := func(a, b int8) bool { return a != Off && b != Off && p.Shifts[a].Forbids[b] }
	if n := len(q.Before); n > 0 && forbids(q.Before[n-1], line[0]) {
		return fmt.Errorf("day 0: shift %d may not follow what was before", line[0])
	}
	if len(q.After) > 0 && forbids(line[len(line)-1], q.After[0]) {
		return fmt.Errorf("last day: what comes after may not follow %d", line[len(line)-1])
	}
	return nil
}

// brokenRun looks at the lengths of work and rest, one run after the other. What is settled before and
// after counts as well.
func (q *Person) brokenRun(line Line) error {
	line = slices.Concat(q.Before, line, q.After)
	for from := 0; from < len(line); {
		to, works := from, line[from] != Off
		for to < len(line) && (line[to] != Off) == works {
			to++
		}
		length, inside := to-from, from > 0 && to < len(line)
		switch {
		case works && length > q.MaxRun:
			return fmt.Errorf("days %d to %d: %d in a row, at most %d", from, to-1, length, q.MaxRun)
		case works && inside && length < q.MinRun:
			return fmt.Errorf("days %d to %d: %d in a row, at least %d", from, to-1, length, q.MinRun)
		case !works && inside && length < q.MinRest:
			return fmt.Errorf("days %d to %d: %d off, at least %d", from, to-1, length, q.MinRest)
		}
		from = to
	}
	return nil
}
