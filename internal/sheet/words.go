package sheet

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file reads cells of one or a few words.

// absenceWords are the abbreviations and other names of the kinds of absence, as squash leaves them.
// Left out is what has two meanings: PL may be professional, parental or paternity leave.
var absenceWords = map[rota.AbsenceKind][]string{
	rota.Annual:        words("al leave annualleave holiday holidays hols vacation"),
	rota.Study:         words("sl studyleave cpd training course"),
	rota.Professional:  words("professionalleave"),
	rota.Sick:          words("sickness sickleave ill illness"),
	rota.Parental:      words("parentalleave ml maternity maternityleave paternity paternityleave adoption adoptionleave sharedparental sharedparentalleave spl"),
	rota.Carers:        words("carer carersleave carerleave dependants dependantsleave timeofffordependants"),
	rota.Compassionate: words("compassionateleave bereavement bereavementleave"),
	rota.JuryService:   words("jury juryduty"),
	rota.Sabbatical:    words("sabbaticalleave careerbreak"),
	rota.Other:         words("otherleave unpaid unpaidleave toil"),
	rota.NonWorkingDay: words("nwd nonworking nonworkingdays notworking dayoff regulardayoff"),
}

func parseAbsenceKind(s string) (rota.AbsenceKind, error) {
	return synonym(s, rota.AbsenceKinds, absenceWords)
}

var employmentWords = map[rota.Employment][]string{
	rota.Partner:  words("gppartner partners contractor principal"),
	rota.Employee: words("employed salaried staff permanent"),
	rota.Locum:    words("sessional bank agency freelance"),
}

func parseEmployment(s string) (rota.Employment, error) {
	return synonym(s, rota.Employments, employmentWords)
}

var wishWords = map[rota.WishKind][]string{
	rota.Prefer: words("prefers preferred like likes"),
	rota.Avoid:  words("avoids dislike dislikes not"),
}

func parseWishKind(s string) (rota.WishKind, error) { return synonym(s, rota.WishKinds, wishWords) }

// synonym reads one of kinds by its own name or another.
func synonym[T ~string](s string, kinds []T, others map[T][]string) (T, error) {
	word := squash(s)
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
		if word == squash(string(kind)) {
			return kind, nil
		}
		for _, other := range others[kind] {
			if word == other {
				return kind, nil
			}
		}
	}
	return "", fmt.Errorf("is not one of %s", strings.Join(names, ", "))
}

// parseWeekday reads "Tue", "Tues", "Tuesday" or "Tuesdays".
func parseWeekday(s string) (time.Weekday, error) {
	word := strings.TrimSuffix(squash(s), "s")
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), word) {
			return d, nil
		}
	}
	return 0, errors.New("is not one day of the week like Tue")
}

// parseYesNo reads the ways in which a box of a form is ticked.
func parseYesNo(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1", "x", "✓", "✔", "new":
		return true, nil
	case "no", "n", "false", "0":
		return false, nil
	}
	return false, errors.New("is neither yes nor no")
}

// parseEmail takes a bare address.
func parseEmail(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return "", errors.New("is not an e-mail address like name@example.nhs.uk")
	}
	return s, nil
}

var number = regexp.MustCompile(`^\d*[.,]?\d+$`)

// parseShare reads a whole-time equivalent, with a decimal comma too: 0,8.
func parseShare(s string) (rota.Share, error) {
	share, err := rota.ParseShare(strings.Replace(s, ",", ".", 1))
	if err != nil || share == 0 || !number.MatchString(s) {
		return 0, errors.New("is not a whole-time equivalent above 0 and up to 1.5, like 0.8")
	}
	return share, nil
}

// parsePhone keeps a telephone number as it is written, except where Excel took it for a quantity and
// its last digits are gone.
func parsePhone(s string) (string, error) {
	if spoilt.MatchString(s) {
		return "", errors.New("is what Excel made of a long number: format the column as text and type the number again")
	}
	return s, nil
}

var spoilt = regexp.MustCompile(`(?i)^\d([.,]\d+)?E\+\d+$`)

var code = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]*$`)

// parseCode takes what names a person or a practice in commands: one word that no command takes for an option.
func parseCode(s string) (string, error) {
	if len(s) > 40 || !code.MatchString(s) {
		return "", errors.New("is not one word of letters and digits, like L01")
	}
	return s, nil
}

// parseWhole reads a whole number between two bounds, with or without a comma before the thousands.
func parseWhole(least, most int) func(string) (int, error) {
	return func(s string) (int, error) {
		n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
		if err != nil || n < least || n > most {
			return 0, fmt.Errorf("is not a whole number from %d to %d", least, most)
		}
		return n, nil
	}
}

// list takes a cell with several entries apart at the separators, and leaves out blanks and repetitions.
func list(cell, separators string) []string {
	var entries []string
	seen := map[string]bool{}
	for _, entry := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		entry = strings.TrimSpace(entry)
		if entry != "" && !seen[strings.ToLower(entry)] {
			seen[strings.ToLower(entry)] = true
			entries = append(entries, entry)
		}
	}
	return entries
}
