package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pcnrota/calendar"
	"pcnrota/rota"
)

// parseRule reads when a meeting recurs, as a rule of RFC 5545 or in the words in which people say it,
// and gives the rule: "third Thursday" is "FREQ=MONTHLY;BYDAY=3TH". It reads whatever
// calendar.Describe writes.
func parseRule(typed string) (string, error) {
	if strings.Contains(strings.ToUpper(typed), "FREQ=") {
		plain := strings.ToUpper(strings.ReplaceAll(typed, " ", ""))
		return plain, calendar.CheckRule(plain)
	}
	s := spoken{words: wordsOf(typed)}
	for len(s.words) > 0 {
		if err := s.next(); err != nil {
			return "", fmt.Errorf("%q is not a rule that can be understood: %w", typed, err)
		}
	}
	rule, err := s.rule()
	if err != nil {
		return "", fmt.Errorf("%q is not a rule that can be understood: %w", typed, err)
	}
	return rule, calendar.CheckRule(rule)
}

// ruleHint shows the ways to say a rule.
const ruleHint = `like "third Thursday", "last Monday, every 3 months", "every 2 weeks on Wed", "weekly on Tue", "first Friday, not in August"`

// spoken is a rule in words, as far as it has been read.
type spoken struct {
	words     []string // still to be read
	every     int      // how many units; 0 where nothing is said
	unit      string   // WEEKLY, ...; "" where nothing is said
	days      []string // as in BYDAY: 3TH, WE
	monthDays []string
	months    []time.Month
	numbered  bool // days have numbers
	afterNot  bool // months are those left out
}

// wordsOf splits what was typed into words without punctuation and without those that carry nothing.
func wordsOf(typed string) []string {
	plain := strings.NewReplacer(",", " ", ".", " ", "second-last", "-2", "second last", "-2", "of the month", "monthly", "of each month", "monthly", "of every month", "monthly").
		Replace(strings.ToLower(typed))
	return slices.DeleteFunc(strings.Fields(plain), func(w string) bool {
		return slices.Contains([]string{"on", "the", "and", "of", "in", "a", "only"}, w)
	})
}

// next reads one phrase.
func (s *spoken) next() error {
	word := s.take()
	if units[word].freq != "" {
		return s.setUnit(units[word].freq, units[word].every)
	}
	switch word {
	case "every", "each":
		return s.readEvery()
	case "not", "except", "skip", "skipping":
		s.afterNot = true
		return nil
	}
	if month, ok := monthNamed(word); ok {
		s.months = append(s.months, month)
		return nil
	}
	return s.readDay(word)
}

// take gives the next word, "" at the end.
func (s *spoken) take() string {
	if len(s.words) == 0 {
		return ""
	}
	word := s.words[0]
	s.words = s.words[1:]
	return word
}

// units are the words for how often.
var units = map[string]struct {
	freq  string
	every int
}{
	"daily": {"DAILY", 1}, "weekly": {"WEEKLY", 1}, "fortnightly": {"WEEKLY", 2}, "monthly": {"MONTHLY", 1},
	"quarterly": {"MONTHLY", 3}, "yearly": {"YEARLY", 1}, "annually": {"YEARLY", 1},
}

var unitNouns = map[string]string{
	"day": "DAILY", "days": "DAILY", "week": "WEEKLY", "weeks": "WEEKLY", "month": "MONTHLY", "months": "MONTHLY", "year": "YEARLY", "years": "YEARLY",
}

// numerals are the numbers from two on, as people write them.
var numerals = []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

func (s *spoken) setUnit(freq string, every int) error {
	if s.unit != "" && s.unit != freq {
		return errors.New("it says two ways of counting")
	}
	s.unit, s.every = freq, max(s.every, every)
	return nil
}

// readEvery reads what follows "every": "2 weeks", "month", "other Wednesday", "Tuesday".
func (s *spoken) readEvery() error {
	word, n := s.take(), 1
	if parsed, err := strconv.Atoi(word); err == nil && parsed > 0 {
		n, word = parsed, s.take()
	} else if i := slices.Index(numerals, word); i >= 0 {
		n, word = i+2, s.take()
	} else if word == "other" {
		n, word = 2, s.take()
	}
	if freq := unitNouns[word]; freq != "" {
		return s.setUnit(freq, n)
	}
	if word == "quarter" {
		return s.setUnit("MONTHLY", 3*n)
	}
	if _, isNumber := ordinal(word); isNumber {
		return errors.New(`say "second Wednesday of the month" or "every 2 weeks on Wednesday"`)
	}
	s.every = n
	return s.readDay(word)
}

// readDay reads "tuesday", "third thursday", "first third thursday", "15th", "last day".
func (s *spoken) readDay(word string) error {
	if _, isNumber := ordinal(word); !isNumber {
		code, err := weekdayCode(word)
		s.days = append(s.days, code)
		return err
	}
	var numbers []string
	for n, isNumber := ordinal(word); isNumber; n, isNumber = ordinal(s.peek()) {
		if len(numbers) > 0 {
			s.take()
		}
		numbers = append(numbers, strconv.Itoa(n))
	}
	if code, err := weekdayCode(s.peek()); err == nil {
		s.take()
		s.numbered = true
		s.days = append(s.days, each(numbers, func(n string) string { return n + code })...)
		return nil
	}
	if s.peek() == "day" {
		s.take()
	}
	s.monthDays = append(s.monthDays, numbers...)
	return nil
}

func (s *spoken) peek() string {
	if len(s.words) == 0 {
		return ""
	}
	return s.words[0]
}

// rule writes down what was read.
func (s *spoken) rule() (string, error) {
	counted := s.numbered || len(s.monthDays) > 0
	freq := s.unit
	switch {
	case len(s.days) > 0 && len(s.monthDays) > 0:
		return "", errors.New("it counts days of the week and days of the month")
	case freq == "" && counted:
		freq = "MONTHLY"
	case freq == "" && len(s.days) > 0:
		freq = "WEEKLY"
	case freq == "":
		return "", errors.New("it names no day")
	case freq == "WEEKLY" && counted:
		return "", errors.New("a week has no first or last of a day")
	case freq == "MONTHLY" && len(s.days) > 0 && !s.numbered:
		return "", errors.New("say which in the month: first, second, third, fourth or last")
	}
	rule := "FREQ=" + freq
	if s.every > 1 {
		rule += fmt.Sprintf(";INTERVAL=%d", s.every)
	}
	for _, part := range []struct {
		name   string
		values []string
	}{{"BYDAY", s.days}, {"BYMONTHDAY", s.monthDays}, {"BYMONTH", s.monthNumbers()}} {
		if len(part.values) > 0 {
			rule += ";" + part.name + "=" + strings.Join(part.values, ",")
		}
	}
	return rule, nil
}

// monthNumbers gives the months in which it meets; none where it meets in all.
func (s *spoken) monthNumbers() []string {
	var numbers []string
	for m := time.January; m <= time.December && len(s.months) > 0; m++ {
		if slices.Contains(s.months, m) != s.afterNot {
			numbers = append(numbers, strconv.Itoa(int(m)))
		}
	}
	return numbers
}

// skippedInWords says what a rule leaves out because it does not have its day; "" where that is nothing.
func skippedInWords(rule string) string {
	if rule == "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" {
		return "there is a 29 February in leap years alone: the years between are left out"
	}
	for day := 29; day <= 31 && strings.HasPrefix(rule, "FREQ=MONTHLY"); day++ {
		if strings.HasSuffix(rule, fmt.Sprintf(";BYMONTHDAY=%d", day)) {
			return fmt.Sprintf(`months without a day %d are left out; "last day of the month" leaves out none`, day)
		}
	}
	return ""
}

// ordinal reads "third", "3rd", "last".
func ordinal(word string) (n int, ok bool) {
	named := []string{"first", "second", "third", "fourth", "fifth"}
	if i := slices.Index(named, word); i >= 0 {
		return i + 1, true
	}
	switch word {
	case "last":
		return -1, true
	case "-2":
		return -2, true
	}
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if digits, cut := strings.CutSuffix(word, ending); cut {
			n, err := strconv.Atoi(digits)
			return n, err == nil
		}
	}
	return 0, false
}

// weekdayCode reads "thu", "thursdays" and gives TH.
func weekdayCode(word string) (string, error) {
	short, _ := strings.CutSuffix(word, "s")
	if word == "tues" || word == "thur" || word == "thurs" {
		short = word[:3]
	}
	d, err := rota.ParseWeekday(short)
	if err != nil {
		return "", fmt.Errorf("%q is not a day of the week", word)
	}
	return strings.ToUpper(d.String()[:2]), nil
}

func monthNamed(word string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(word, m.String()) || strings.EqualFold(word, m.String()[:3]) {
			return m, true
		}
	}
	return 0, false
}
