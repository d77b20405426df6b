package assign

import (
	"cmp"
	"math"
	"slices"
)

// This file finds the best sets of slots that have one in common with every known conflict. Conflicts that
// share no slot, not even by way of others, are looked at by themselves: what is best for each is best
// together, since counts add up, and a later beginning makes a list later whatever else is in it.

// hit gives one of the best sets. It is not ok where the work runs out.
func (r *repair) hit() (set []int, ok bool) {
	for _, group := range r.groups() {
		h := hitter{repair: r, cores: group}
		h.search(nil, nil)
		if h.best == nil {
			return nil, false
		}
		set = append(set, h.best[0]...)
	}
	slices.Sort(set)
	return set, !r.spent()
}

// equals gives up to alike sets that are as good as the one given, which is best.
func (r *repair) equals(set []int) [][]int {
	sets := [][]int{nil}
	for _, group := range r.groups() {
		h := hitter{repair: r, cores: group, all: true}
		for _, slot := range set {
			if slices.ContainsFunc(group, func(core []int) bool { return meets(core, []int{slot}) }) {
				h.limit = append(h.limit, slot)
			}
		}
		h.search(nil, nil)
		var longer [][]int
		for _, before := range sets {
			for _, own := range h.best {
				longer = append(longer, slices.Concat(before, own))
			}
		}
		sets = longer[:min(len(longer), alike)]
	}
	for _, s := range sets {
		slices.Sort(s)
	}
	return sets
}

// groups divides the conflicts so that two of different groups have no slot in common.
func (r *repair) groups() [][][]int {
	var groups [][][]int
	for _, core := range r.cores {
		joined := [][]int{core}
		groups = slices.DeleteFunc(groups, func(group [][]int) bool {
			if !slices.ContainsFunc(group, func(other []int) bool { return meets(core, other) }) {
				return false
			}
			joined = append(joined, group...)
			return true
		})
		groups = append(groups, joined)
	}
	return groups
}

// hitter searches for the sets that hit the conflicts of a group.
type hitter struct {
	*repair
	cores [][]int
	all   bool    // look for all sets as good as limit, not for one that is best
	limit []int   // no set worse than this one is wanted; nil for none
	best  [][]int // found so far, equally good
}

// search tries all that takes in chosen and keeps off barred.
func (h *hitter) search(chosen, barred []int) {
	if h.work++; h.spent() || (h.all && len(h.best) >= alike) {
		return
	}
	open := slices.DeleteFunc(slices.Clone(h.cores), func(core []int) bool { return meets(core, chosen) })
	if len(open) == 0 {
		h.found(chosen)
		return
	}
	var narrow []int
	for i, core := range open {
		open[i] = slices.DeleteFunc(slices.Clone(core), func(slot int) bool { return slices.Contains(barred, slot) })
		if narrow == nil || len(open[i]) < len(narrow) {
			narrow = open[i]
		}
		h.work++
	}
	if len(narrow) == 0 || h.tooMuch(chosen, open) {
		return
	}
	narrow = slices.SortedFunc(slices.Values(narrow), h.rather)
	for i, slot := range narrow {
		h.search(insert(slices.Clone(chosen), slot), slices.Concat(barred, narrow[:i]))
	}
}

// found keeps a set that is no worse than what there is.
func (h *hitter) found(set []int) {
	switch order := h.compare(set, h.limit); {
	case h.limit != nil && order > 0:
	case h.all:
		h.best = append(h.best, set)
	case h.limit == nil || order < 0:
		h.limit, h.best = set, [][]int{set}
	}
}

// tooMuch reports whether nothing that is wanted can come of chosen, with these conflicts still open: those
// of them that have no slot in common need one more each.
func (h *hitter) tooMuch(chosen []int, open [][]int) bool {
	if h.limit == nil {
		return false
	}
	frozen, count := h.frozen(chosen), len(chosen)
	var counted []int
	for _, core := range slices.SortedStableFunc(slices.Values(open), func(a, b []int) int { return cmp.Compare(len(a), len(b)) }) {
		if meets(core, counted) {
			continue
		}
		for _, slot := range core {
			counted = insert(counted, slot)
		}
		count++
		if h.frozen(core) == len(core) {
			frozen++
		}
	}
	order := cmp.Or(cmp.Compare(frozen, h.frozen(h.limit)), cmp.Compare(count, len(h.limit)))
	if order == 0 {
		order = slices.Compare(h.starts(h.limit, 0), h.starts(chosen, len(h.limit)-len(chosen)))
		return order > 0 || (order == 0 && !h.all)
	}
	return order > 0
}

// compare orders sets from the best to the worst.
func (h *hitter) compare(a, b []int) int {
	return cmp.Or(cmp.Compare(h.frozen(a), h.frozen(b)), cmp.Compare(len(a), len(b)), slices.Compare(h.starts(b, 0), h.starts(a, 0)))
}

// frozen counts the frozen slots of a set.
func (h *hitter) frozen(set []int) int {
	n := 0
	for _, slot := range set {
		if h.was.Frozen[slot] {
			n++
		}
	}
	return n
}

// starts lists when the slots of a set begin, in ascending order, and so many more as late as can be.
func (h *hitter) starts(set []int, more int) []int64 {
	var starts []int64
	for _, slot := range set {
		starts = append(starts, h.was.Start[slot])
	}
	slices.Sort(starts)
	for range more {
		starts = append(starts, math.MaxInt64)
	}
	return starts
}
