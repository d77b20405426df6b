package calendar

import (
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file holds the small phrases of which the texts of a calendar are made.

// moment says when: "Tuesday 5 January 2027, 08:00". Midnight is told from the day it ends.
func moment(c rota.Civil) string {
	switch c.Time {
	case 0:
		return "midnight at the end of " + c.Date.AddDays(-1).Format("Monday 2 January 2006")
	case 24 * 60:
		return "midnight at the end of " + c.Date.Format("Monday 2 January 2006")
	}
	return c.Date.Format("Monday 2 January 2006") + ", " + c.Time.String()
}

// clockChange warns of a duty during which the clocks change, "" for all others.
func clockChange(d rota.Duty, zone *time.Location) string {
	_, before := d.Span.Start.In(zone).Zone()
	_, after := d.Span.End.In(zone).Zone()
	if before == after {
		return ""
	}
	word, effect := "forward", "shorter"
	if after < before {
		word, effect = "back", "longer"
	}
	return fmt.Sprintf("The clocks go %s during it, so it is an hour %s than the times say.", word, effect)
}

// worth says what a duty counts: "Counts 5 points: 3 weekday and 2 weekend."
func worth(load rota.Load) string {
	var parts []string
	var only rota.Category
	for c, points := range load {
		if points != 0 {
			only = rota.Category(c)
			parts = append(parts, fmt.Sprintf("%s %s", points, only.Title()))
		}
	}
	total := load.Total().String() + " points"
	if load.Total() == rota.Point {
		total = "1 point"
	}
	switch len(parts) {
	case 0:
		return "Counts " + total + "."
	case 1:
		return fmt.Sprintf("Counts %s (%s).", total, only.Title())
	}
	return fmt.Sprintf("Counts %s: %s.", total, listing(parts, "and"))
}

// listing joins words as a sentence does: "Ann, Ben and Cay".
func listing(words []string, joint string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + joint + " " + words[last]
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
