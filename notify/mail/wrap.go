package mail

import (
	"strings"
	"unicode/utf8"
)

// columns is how wide a text is: RFC 5322 section 2.1.1 asks for less than 78, and answers quote it with "> ".
const columns = 72

// wrap breaks a paragraph into lines of at most that many columns. The lines after the first are indented. What has
// no blank in it, like an address, is never broken.
func wrap(indent int, s string) string {
	var b strings.Builder
	at := indent
	for i, word := range strings.Fields(s) {
		width := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+width > columns:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += width
	}
	return b.String()
}

// item gives a fact as it stands in a list: its name, filled up to the width of all names, and its value beside it.
func item(width int, f fact) string {
	name := "  " + pad(f.Name, width) + "  "
	return name + wrap(utf8.RuneCountInString(name), f.Value)
}
