package rotatest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file plays repairs of what a scenario has published.

// repairOrder is a repair statement.
type repairOrder struct {
	rota   rota.RotaName
	day    rota.Date
	freeze int
}

// parseRepair reads "on-call on 2027-02-10, freeze 14 days".
func parseRepair(known *world, c *clause, more []*clause) (step, error) {
	order := repairOrder{rota: known.rota(c).Name, freeze: 14}
	c.need("on")
	order.day = c.date()
	if err := c.done(); err != nil {
		return nil, err
	}
	for _, c := range more {
		c.need("freeze")
		order.freeze = c.number()
		c.need("days")
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	known.building = order.rota
	return order.repair, nil
}

// parsePublished reads "on-call.first.20270104T1830 by L01": it is in force so.
func parsePublished(known *world, c *clause, _ []*clause) (step, error) {
	id := known.duty(c)
	c.need("by")
	holder := known.leader(c)
	return fact(func(w *world) {
		d, _ := w.find(id)
		d.Holder = holder
		w.restore([]rota.Duty{d}, nil)
	}), c.done()
}

// repair repairs what is published, as in the first minute of the day, and checks what comes of it.
func (r repairOrder) repair(ctx context.Context, w *world) []string {
	published, parts := w.take(r.rota, r.day, rota.Date{Year: 9999})
	if len(published) == 0 {
		return []string{fmt.Sprintf("nothing of %s is published from %s on", r.rota, r.day)}
	}
	until := published[len(published)-1].Start.Date.AddDays(1)
	p := w.problem(w.policies[r.rota], r.day, until, 1)
	p.Published, p.Now = published, instant(r.day.At(0), w.zone)
	w.restore(published, parts)
	draft, repaired, err := rota.Repair(ctx, p, r.freeze, nil)
	w.built = &outcome{problem: p, draft: draft, repaired: repaired}
	if open, ok := err.(*rota.Uncoverable); ok {
		w.built.open = open
		return nil
	}
	if err != nil {
		return []string{err.Error()}
	}
	wrong := CheckRepair(p, draft, repaired)
	for _, breach := range slices.Concat(Hard(Check(p, draft)), Certify(p, draft)) {
		wrong = append(wrong, breach.String())
	}
	return wrong
}

// CheckRepair compares what a repair says with what it does: it names each duty that changes hands unsaid,
// or is said to and does not, or has begun and changes all the same.
func CheckRepair(p rota.Problem, d rota.Draft, r rota.Repaired) (wrong []string) {
	said, was := map[rota.DutyID]rota.Move{}, map[rota.DutyID]rota.Duty{}
	for _, m := range r.Moves {
		said[m.Duty.ID] = m
	}
	for _, duty := range p.Published {
		was[duty.ID] = duty
	}
	for _, duty := range d.Duties {
		before, move := was[duty.ID], said[duty.ID]
		switch {
		case before.Holder == duty.Holder && move.Why == "":
		case move.Was != before.Holder || move.Duty.Holder != duty.Holder || before.Holder == duty.Holder:
			wrong = append(wrong, fmt.Sprintf("%s goes from %q to %q, and is said to go from %q to %q",
				duty.ID, before.Holder, duty.Holder, move.Was, move.Duty.Holder))
		case before.ID != "" && !p.Now.Before(before.Span.Start):
			wrong = append(wrong, fmt.Sprintf("%s has begun and changes hands", duty.ID))
		}
	}
	return wrong
}

// take takes what is published of a rota for some days out of what is held and out of the balances.
func (w *world) take(name rota.RotaName, from, until rota.Date) (duties []rota.Duty, parts []rota.Part) {
	taken := map[rota.DutyID]bool{}
	w.published = slices.DeleteFunc(w.published, func(d rota.Duty) bool {
		taken[d.ID] = d.Rota == name && !d.Start.Date.Before(from) && d.Start.Date.Before(until)
		if taken[d.ID] {
			duties = append(duties, d)
			w.balances[d.Holder] = w.balances[d.Holder].Minus(d.Load)
		}
		return taken[d.ID]
	})
	w.held = slices.DeleteFunc(w.held, func(d rota.Duty) bool { return taken[d.ID] })
	w.parts = slices.DeleteFunc(w.parts, func(p rota.Part) bool {
		if taken[p.Duty] {
			parts = append(parts, p)
			w.balances[p.Leader] = w.balances[p.Leader].Plus(p.Load)
		}
		return taken[p.Duty]
	})
	rota.SortDuties(duties)
	return duties, parts
}

// restore is take undone.
func (w *world) restore(duties []rota.Duty, parts []rota.Part) {
	for _, d := range duties {
		w.published = append(w.published, d)
		if d.Holder != "" {
			w.held = append(w.held, d)
			w.balances[d.Holder] = w.balances[d.Holder].Plus(d.Load)
		}
	}
	for _, p := range parts {
		w.parts = append(w.parts, p)
		w.balances[p.Leader] = w.balances[p.Leader].Minus(p.Load)
	}
}

// expectMoves asks for so many duties to change hands in a repair.
func expectMoves(want int) expectation {
	return func(o *outcome) string {
		if len(o.repaired.Moves) == want {
			return ""
		}
		var moves []string
		for _, m := range o.repaired.Moves {
			moves = append(moves, fmt.Sprintf("%s from %s to %s (%s)", m.Duty.ID, m.Was, m.Duty.Holder, m.Why))
		}
		return fmt.Sprintf("%d move: %s", len(moves), strings.Join(moves, ", "))
	}
}

// expectMove asks for a duty to change hands, because of what the text says a part of.
func expectMove(id rota.DutyID, because string) expectation {
	return func(o *outcome) string {
		for _, m := range o.repaired.Moves {
			switch {
			case m.Duty.ID != id:
			case strings.Contains(m.Why, because):
				return ""
			default:
				return "the reason is: " + m.Why
			}
		}
		return "it stays"
	}
}

// expectStays asks for a duty not to change hands.
func expectStays(id rota.DutyID) expectation {
	return func(o *outcome) string {
		for _, m := range o.repaired.Moves {
			if m.Duty.ID == id {
				return fmt.Sprintf("it goes from %s to %s: %s", m.Was, m.Duty.Holder, m.Why)
			}
		}
		return ""
	}
}

// expectNoSoonMove asks for nothing to change hands within the freeze window.
func expectNoSoonMove(o *outcome) string {
	for _, m := range o.repaired.Moves {
		if m.Frozen {
			return fmt.Sprintf("%s goes from %s to %s", m.Duty.ID, m.Was, m.Duty.Holder)
		}
	}
	return ""
}
