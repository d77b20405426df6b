package sheet

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// Meetings reads series of meetings: title, partner_body (ID or name of one of bodies), starts (a time
// of day), minutes, who (see rota.ParseWho), and as far as the file has them recurrence (an RRULE value;
// blank for a single meeting), first (the day from which the rule counts, or of the single meeting),
// place, when papers are due (blank: as the body has it), and what else meetingColumns lists.
//
// A rule counts from the day first where the row has no day of its own. readRule gives the RRULE that a cell
// means, or says what is wrong with it. Whether a leader or role that goes exists is left to the caller. Of rows
// that say the same one is kept. The error is Faults.
func Meetings(file string, data []byte, bodies []rota.Body, first rota.Date, readRule func(typed string) (string, error)) ([]rota.Series, error) {
	known := bodyDirectory(bodies)
	rows, err := collect(open(file, data, meetingColumns), func(r row) rota.Series {
		for _, column := range []string{"partner_body", "starts", "minutes", "who"} {
			r.required(column)
		}
		s := rota.Series{
			Title:       withoutPatients(r, "title", r.required("title")),
			Body:        rota.BodyID(known.refer(r, "partner_body")),
			Rule:        parse(r, "recurrence", ruleParser(readRule)),
			First:       parse(r, "first", parseDate),
			At:          parse(r, "starts", parseTime),
			Minutes:     parse(r, "minutes", parseWhole(1, 24*60)),
			Place:       withoutPatients(r, "place", r.text("place")),
			Who:         parse(r, "who", rota.ParseWho),
			PapersTo:    leadOrBody(r, "papers_due_working_days_before"),
			PapersFrom:  leadOrBody(r, "papers_come_working_days_before"),
			Until:       parse(r, "until", parseDate),
			OffHolidays: parse(r, "bank_holidays", oneOf(rota.StaysPut, rota.DayBefore, rota.DayAfter, rota.WeekAfter, rota.LeftOut)),
			Link:        parse(r, "link", parseLink),
			Papers:      parse(r, "papers_link", parseLink),
			Agenda:      withoutPatients(r, "agenda", r.text("agenda")),
			Actions:     withoutPatients(r, "actions", r.text("actions")),
			Capacity:    parse(r, "part", oneOf(rota.Member, rota.Observer, rota.Presenting)),
			Quorum:      parse(r, "quorum", parseWhole(0, 1000)),
		}
		if r.text("first") == "" {
			s.First = first
			if r.text("recurrence") == "" {
				r.fault("first", "must not be blank where there is no recurrence: give the day of the meeting")
			}
		}
		return s
	})
	return distinct(rows), err
}

// leadOrBody reads a time before a meeting; a blank cell leaves it to the body.
func leadOrBody(r row, column string) rota.Lead {
	if r.text(column) == "" {
		return rota.AsBody
	}
	return parse(r, column, rota.ParseLead)
}

// oneOf takes one of the words.
func oneOf[T ~string](known ...T) func(string) (T, error) {
	return func(s string) (T, error) {
		words := make([]string, 0, len(known))
		for _, word := range known {
			if strings.EqualFold(string(word), s) {
				return word, nil
			}
			if word != "" {
				words = append(words, string(word))
			}
		}
		return "", fmt.Errorf("is not one of %s", strings.Join(words, ", "))
	}
}

func parseLink(s string) (string, error) {
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New("is not a web address that begins with https://")
	}
	return s, nil
}

// ruleParser takes the value of an RRULE, with or without its name, or what else read makes one of.
func ruleParser(read func(string) (string, error)) func(string) (string, error) {
	return func(s string) (string, error) {
		plain := s
		if len(s) >= len(ruleName) && strings.EqualFold(s[:len(ruleName)], ruleName) {
			plain = s[len(ruleName):]
		}
		rule, err := read(plain)
		if err == nil {
			return rule, nil
		}
		problem, says := strings.CutPrefix(err.Error(), strconv.Quote(plain)+" ")
		if !says {
			problem = "is not a recurrence that can be used: " + problem
		}
		return "", errors.New(problem)
	}
}

const ruleName = "RRULE:"

var tenDigits = regexp.MustCompile(`\b(\d{3})[ -]?(\d{3})[ -]?(\d{4})\b`)

// withoutPatients gives s, and finds fault with it where it holds what looks like an NHS number: patient
// data has no place in a calendar that leaves the building. The number is not repeated in the fault.
func withoutPatients(r row, column, s string) string {
	for _, m := range tenDigits.FindAllStringSubmatch(s, -1) {
		if nhsNumber(m[1] + m[2] + m[3]) {
			r.faultShowing(column, "", fmt.Sprintf("holds a number of ten digits ending in %s that looks like an NHS number: take patient data out", m[3][2:]))
			break
		}
	}
	return s
}

// nhsNumber reports whether the last of ten digits is the check digit of the others, modulus 11 (NHS Data
// Dictionary, "NHS NUMBER").
func nhsNumber(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	return (11-sum%11)%11 == int(digits[9]-'0')
}
