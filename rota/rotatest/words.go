package rotatest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file cuts a line into clauses of words and reads values from them.

// word is a word of a clause, or a text in quotation marks.
type word struct {
	text   string
	quoted bool
}

// clause is what stands between two commas. Reading takes words from its front; the first thing that
// goes wrong stays in err, and all reading after it gives zero values.
type clause struct {
	words []word
	err   error
}

// cut splits a line at its commas, and each piece at its blanks. A # begins a comment; a text in
// quotation marks is one word.
func cut(line string) ([]*clause, error) {
	var clauses []*clause
	current := &clause{}
	for rest := strings.TrimSpace(line); rest != "" && rest[0] != '#'; rest = strings.TrimSpace(rest) {
		switch rest[0] {
		case ',':
			clauses, current, rest = append(clauses, current), &clause{}, rest[1:]
		case '"':
			text, after, closed := strings.Cut(rest[1:], `"`)
			if !closed {
				return nil, fmt.Errorf("the quotation mark before %s is never closed", text)
			}
			current.words, rest = append(current.words, word{text, true}), after
		default:
			end := strings.IndexAny(rest, " \t,\"")
			if end < 0 {
				end = len(rest)
			}
			current.words, rest = append(current.words, word{rest[:end], false}), rest[end:]
		}
	}
	if len(clauses) == 0 && len(current.words) == 0 {
		return nil, nil
	}
	clauses = append(clauses, current)
	for _, c := range clauses {
		if len(c.words) == 0 {
			return nil, errors.New("there is nothing before or after a comma")
		}
	}
	return clauses, nil
}

// empty reports whether all words have been read.
func (c *clause) empty() bool { return len(c.words) == 0 || c.err != nil }

// skip takes the given words if they come next, and reports whether they did.
func (c *clause) skip(words ...string) bool {
	if c.err != nil || len(c.words) < len(words) {
		return false
	}
	for i, w := range words {
		if c.words[i].quoted || !strings.EqualFold(c.words[i].text, w) {
			return false
		}
	}
	c.words = c.words[len(words):]
	return true
}

// need takes the given words, which must come next.
func (c *clause) need(words ...string) {
	if !c.skip(words...) {
		c.fail("%s where %q belongs", c.found(), strings.Join(words, " "))
	}
}

// take gives the next word, which must be there.
func (c *clause) take(what string) string {
	if c.empty() {
		c.fail("%s is missing", what)
		return ""
	}
	w := c.words[0]
	c.words = c.words[1:]
	return w.text
}

// done complains about words that are left over.
func (c *clause) done() error {
	if c.err == nil && len(c.words) > 0 {
		c.fail("%q is one word too many", c.words[0].text)
	}
	return c.err
}

// found describes the next word for a complaint.
func (c *clause) found() string {
	if len(c.words) == 0 {
		return "the line ends"
	}
	return fmt.Sprintf("%q stands", c.words[0].text)
}

func (c *clause) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// read takes the next word and parses it.
func read[T any](c *clause, what string, parse func(string) (T, error)) T {
	var zero T
	text := c.take(what)
	if c.err != nil {
		return zero
	}
	value, err := parse(text)
	if err != nil {
		c.err = err
		return zero
	}
	return value
}

func (c *clause) date() rota.Date { return read(c, "a day like 2027-01-31", rota.ParseDate) }

func (c *clause) points() rota.Points {
	return read(c, "a number of points like 1.5", rota.ParsePoints)
}

func (c *clause) weekday() time.Weekday { return read(c, "a day of the week", rota.ParseWeekday) }

func (c *clause) time() rota.TimeOfDay {
	return read(c, "a time of day like 18:30", rota.ParseTimeOfDay)
}

func (c *clause) number() int {
	return read(c, "a whole number", func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return 0, fmt.Errorf("%q is not a whole number", s)
		}
		return n, nil
	})
}

// days reads "DAY to DAY", or "DAY" for a single one.
func (c *clause) days() (first, last rota.Date) {
	first = c.date()
	last = first
	if c.skip("to") {
		last = c.date()
	}
	if c.err == nil && last.Before(first) {
		c.fail("%s comes before %s", last, first)
	}
	return first, last
}

// list reads "A or B or C".
func (c *clause) list(what string) []string {
	items := []string{c.take(what)}
	for c.skip("or") {
		items = append(items, c.take(what))
	}
	return items
}

// category reads "weekday", "weekend", "bank holiday" or "festive".
func (c *clause) category() rota.Category {
	for _, category := range rota.OnCallCategories {
		if c.skip(strings.Fields(category.Title())...) {
			return category
		}
	}
	c.fail("%s where weekday, weekend, bank holiday or festive belongs", c.found())
	return 0
}

// ledger reads a category of a rota on call, or "meeting" or "responsibility".
func (c *clause) ledger() rota.Category {
	for _, category := range []rota.Category{rota.Meeting, rota.Responsibility} {
		if c.skip(category.Title()) {
			return category
		}
	}
	return c.category()
}

// load reads "4 festive", one clause after the other.
func load(c *clause, more []*clause, into func(rota.Category, rota.Points)) error {
	for _, c := range append([]*clause{c}, more...) {
		points := c.points()
		into(c.ledger(), points)
		if err := c.done(); err != nil {
			return err
		}
	}
	return nil
}
