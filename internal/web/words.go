package web

import (
	"html/template"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// This file words dates, times and numbers as the NHS digital service manual has it.

// dayWords gives "Monday 4 May 2026".
func dayWords(d rota.Date) string { return d.Format("Monday 2 January 2006") }

// timeWords gives "6:30pm", "8am", "midday" or "midnight".
func timeWords(t rota.TimeOfDay) string {
	switch t {
	case 0, 24 * 60:
		return "midnight"
	case 12 * 60:
		return "midday"
	}
	hour, minute, half := int(t)/60, int(t)%60, "am"
	if hour >= 12 {
		half = "pm"
	}
	words := strconv.Itoa((hour+11)%12 + 1)
	if minute != 0 {
		words += ":" + string(rune('0'+minute/10)) + string(rune('0'+minute%10))
	}
	return words + half
}

// momentWords says when, seen from today: "6:30pm today", "8am tomorrow, Tuesday 5 May 2026". Midnight is
// told from the day that it ends, since "midnight on Tuesday" is read both ways.
func momentWords(c rota.Civil, today rota.Date) string {
	words := timeWords(c.Time)
	day := c.Date
	if c.Time == 0 {
		day = day.AddDays(-1)
	}
	if words == "midnight" {
		words += " at the end of"
	}
	switch today.DaysUntil(day) {
	case 0:
		return words + " today"
	case 1:
		return words + " tomorrow, " + dayWords(day)
	}
	if words == "midnight at the end of" {
		return words + " " + dayWords(day)
	}
	return words + " on " + dayWords(day)
}

// shiftWords gives the day on which a shift starts and its times: "Monday 4 May", "6:30pm to 8am on
// Tuesday". A shift of a week or more ends on a day of the month.
func shiftWords(start, end rota.Civil) (day, times string) {
	last := end.Date
	if end.Time == 0 {
		last = last.AddDays(-1)
	}
	times = timeWords(start.Time) + " to " + timeWords(end.Time)
	switch days := start.Date.DaysUntil(last); {
	case days == 0:
	case days < 7:
		times += " on " + last.Format("Monday")
	default:
		times += " on " + last.Format("Monday 2 January")
	}
	return start.Date.Format("Monday 2 January"), times
}

// phoneLink gives the address that rings the number which a person wrote down: "tel:+441632960123". Of
// "01632 960123 ext 4" or two numbers it is the first, without the rest. It is empty where there is no
// number in it.
func phoneLink(phone string) template.URL {
	phone, plus := strings.CutPrefix(strings.TrimSpace(phone), "+")
	if plus {
		phone = strings.Replace(phone, "(0)", "", 1) // +44 (0)1632: the 0 is not rung from abroad
	}
	const between = " \u00a0.-()"
	if end := strings.IndexFunc(phone, func(r rune) bool { return !isDigit(r) && !strings.ContainsRune(between, r) }); end >= 0 {
		phone = phone[:end]
	}
	digits := strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, phone)
	switch {
	case digits == "":
		return ""
	case plus:
		return template.URL("tel:+" + digits)
	default:
		return template.URL("tel:" + digits)
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
