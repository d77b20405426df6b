package calendar

import (
	"slices"
	"strings"
	"unicode"
)

// outOfOffice is the keyword of an entry that Outlook shows as out of office, whatever its title.
const outOfOffice = "out of office"

// keywords find words that people use for being away.
type keywords struct {
	shown  []string   // as configured
	phrase [][]string // the same, in words
}

func newKeywords(chosen []string) keywords {
	var k keywords
	for _, phrase := range chosen {
		if words := wordsOf(phrase); len(words) > 0 {
			k.shown, k.phrase = append(k.shown, phrase), append(k.phrase, words)
		}
	}
	return k
}

// in gives the first keyword that stands in text as whole words: "Annual leave" has "leave", "Leavers'
// party" has not. Case and what stands between the words do not matter.
func (k keywords) in(text string) string {
	words := wordsOf(unescape.Replace(text))
	for i, phrase := range k.phrase {
		for at := 0; at+len(phrase) <= len(words); at++ {
			if slices.Equal(words[at:at+len(phrase)], phrase) {
				return k.shown[i]
			}
		}
	}
	return ""
}

// unescape reads a TEXT value (RFC 5545 section 3.3.11) as far as words are concerned.
var unescape = strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`)

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '\'' && r != '’'
	})
}
