package config

import (
	"errors"
	"strings"
	"unicode"
)

// Absences say how leaders' own calendars are read.
type Absences struct {
	Keywords []string // that mark an entry as time away; empty where only "out of office" does
}

// defaultKeywords are those of the shipped file.
var defaultKeywords = []string{"leave", "on holiday", "OOO", "out of office", "not on call"}

const maxKeyword = 60

var keyword = words(`"leave"`, func(s string) (string, error) {
	switch {
	case len(s) > maxKeyword:
		return "", errors.New("is longer than 60 characters")
	case !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return "", errors.New("has no letter")
	}
	return strings.TrimSpace(s), nil
})

func readAbsences(s *section) Absences {
	keywords := getList(s, "keywords", keyword)
	if !s.has("keywords") {
		keywords = defaultKeywords
	}
	return Absences{Keywords: keywords}
}
