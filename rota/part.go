package rota

import "time"

// Divide cuts a duty where a part of its time is handed over: what is left of it, and the part, which has no
// holder yet. The first of what is left keeps the duty's identity; the others are named after it and the time
// at which they begin: "on-call.first.20270104T1830+20270104T2200". Points are divided by length, so that
// they add up. A zero part, or one that is not within the duty, leaves it whole.
func (d Duty) Divide(from, until Civil, zone *time.Location) (left []Duty, part Duty) {
	if !d.takesIn(from, until) {
		return []Duty{d}, Duty{}
	}
	cuts := []Civil{d.Start, from, until, d.End}
	lengths := make([]int64, len(cuts)-1)
	for i := range lengths {
		lengths[i] = int64(cuts[i+1].Instant(zone).Sub(cuts[i].Instant(zone)) / time.Second)
	}
	var loads [3]Load
	for c, points := range d.Load {
		for i, amount := range apportion(int64(points), lengths, make([]int64, len(lengths))) {
			loads[i][c] = Points(amount)
		}
	}
	for i, load := range loads {
		if cuts[i] == cuts[i+1] {
			continue
		}
		piece := d
		piece.Start, piece.End = cuts[i], cuts[i+1]
		piece.Span = Span{cuts[i].Instant(zone), cuts[i+1].Instant(zone)}
		piece.Load = load
		if i == 1 || len(left) > 0 {
			piece.ID = d.ID + "+" + DutyID(compact(piece.Start))
		}
		if i == 1 {
			piece.Holder = ""
			part = piece
		} else {
			left = append(left, piece)
		}
	}
	return left, part
}
