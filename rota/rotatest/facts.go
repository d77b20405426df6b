package rotatest

import (
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file reads the statements about the PCN and its people.

func parseZone(_ *world, c *clause, _ []*clause) (step, error) {
	zone := read(c, "a zone like Europe/London", func(s string) (*time.Location, error) {
		zone, err := time.LoadLocation(s)
		if err != nil {
			return nil, fmt.Errorf("%q is not a zone that this machine knows", s)
		}
		return zone, nil
	})
	return fact(func(w *world) { w.zone = zone }), c.done()
}

func parseHoliday(_ *world, c *clause, _ []*clause) (step, error) {
	day, name := c.date(), c.take("the name of the holiday")
	return fact(func(w *world) { w.holidays[day] = name }), c.done()
}

func parseNoHoliday(_ *world, c *clause, _ []*clause) (step, error) {
	day := c.date()
	return fact(func(w *world) { w.holidays[day] = "" }), c.done()
}

func parsePractice(_ *world, c *clause, _ []*clause) (step, error) {
	practice := rota.Practice{Code: rota.PracticeCode(c.take("the code of the practice"))}
	if !c.empty() {
		practice.Name = c.take("the name of the practice")
	}
	return fact(func(w *world) { w.practices[practice.Code] = practice }), c.done()
}

func parseLeader(known *world, c *clause, more []*clause) (step, error) {
	l := rota.Leader{ID: rota.LeaderID(c.take("the leader's ID")), Share: rota.FullTime}
	if !c.empty() {
		l.Name = c.take("the leader's name")
	}
	if err := c.done(); err != nil {
		return nil, err
	}
	for _, c := range more {
		leaderClause(known, &l, c)
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) { w.putLeader(l) }), nil
}

func leaderClause(known *world, l *rota.Leader, c *clause) {
	switch {
	case c.skip("practice"):
		l.Practice = known.practice(c)
	case c.skip("share"):
		l.Share = read(c, "a share like 0.8", rota.ParseShare)
	case c.skip("role"):
		l.Roles = append(l.Roles, c.take("a role"))
	case c.skip("qualified"):
		l.Qualifications = append(l.Qualifications, c.take("a qualification"))
	case c.skip("registered"):
		l.Registration.Body = c.take("the body, like GMC,")
		if c.skip("until") {
			l.Registration.Expires = c.date()
		}
	case c.skip("from"):
		l.Starts = c.date()
	case c.skip("until"):
		l.Ends = c.date()
	case c.skip("new", "to", "on", "call"):
		l.NewToOnCall = true
	default:
		l.Employment = read(c, "what is said of the leader", func(s string) (rota.Employment, error) {
			if e, err := rota.ParseEmployment(s); err == nil {
				return e, nil
			}
			return "", fmt.Errorf("%q is nothing that can be said of a leader: use practice, share, role, qualified, registered, from, until, partner, employee, locum or new to on call", s)
		})
	}
}

func parseAway(known *world, c *clause, _ []*clause) (step, error) {
	a := rota.Absence{Leader: known.leader(c)}
	switch {
	case c.skip("every"):
		a.Kind, a.Weekday = rota.NonWorkingDay, c.weekday()
	case c.skip("jury", "service"):
		a.Kind = rota.JuryService
	default:
		a.Kind = read(c, "the kind of leave", rota.ParseAbsenceKind)
	}
	c.away(&a)
	return fact(func(w *world) { w.absences = append(w.absences, a) }), c.done()
}

// away reads "DAY [TIME] [to [DAY] [TIME]]". An absence with times may have both on one day.
func (c *clause) away(a *rota.Absence) {
	a.First = c.date()
	a.Last = a.First
	if c.atTime() {
		a.Starts = c.time()
	}
	if !c.skip("to") {
		return
	}
	if !c.atTime() {
		a.Last = c.date()
	}
	if c.atTime() {
		a.Ends = c.time()
	}
	switch {
	case c.err != nil:
	case a.Last.Before(a.First):
		c.fail("%s comes before %s", a.Last, a.First)
	case !a.Begin().Before(a.End()):
		c.fail("%s does not come after %s", a.End(), a.Begin())
	}
}

// atTime reports whether a time of day is what comes next.
func (c *clause) atTime() bool { return !c.empty() && strings.Contains(c.words[0].text, ":") }

func parseWish(known *world, c *clause, more []*clause) (step, error) {
	wish := rota.Wish{Leader: known.leader(c), Kind: read(c, "prefer or avoid", rota.ParseWishKind), Weight: 1}
	if c.err == nil && !c.empty() {
		if day, err := rota.ParseWeekday(c.words[0].text); err == nil {
			wish.Weekday = day
			c.words = c.words[1:]
		} else {
			wish.First, wish.Last = c.days()
		}
	}
	for _, w := range more {
		w.need("weight")
		wish.Weight = w.number()
		if w.err == nil && (wish.Weight < 1 || wish.Weight > 3) {
			w.fail("a wish weighs 1, 2 or 3, not %d", wish.Weight)
		}
		if err := w.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) { w.wishes = append(w.wishes, wish) }), c.done()
}

func parseHeld(known *world, c *clause, _ []*clause) (step, error) {
	id := known.duty(c)
	c.need("by")
	holder := known.leader(c)
	return fact(func(w *world) {
		d, _ := w.find(id)
		d.Holder = holder
		w.held = append(w.held, d)
	}), c.done()
}

func parsePin(forbid bool) func(*world, *clause, []*clause) (step, error) {
	return func(known *world, c *clause, _ []*clause) (step, error) {
		pin := rota.Pin{Duty: known.duty(c), Forbid: forbid}
		c.need("to")
		pin.Leader = known.leader(c)
		return fact(func(w *world) { w.pins = append(w.pins, pin) }), c.done()
	}
}

func parseBalance(known *world, c *clause, more []*clause) (step, error) {
	l := known.leader(c)
	var balance rota.Load
	for _, c := range append([]*clause{c}, more...) {
		sign := rota.Points(1)
		if c.skip("owes") {
			sign = -1
		} else {
			c.need("ahead")
		}
		points := sign * c.points()
		balance[c.ledger()] += points
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) { w.balances[l] = w.balances[l].Plus(balance) }), nil
}
