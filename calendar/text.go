package calendar

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineBreaks turns every kind of line break into the one that RFC 5545 can say. Some clients cut a feed
// into lines at the Unicode ones too.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// clean makes text that a calendar can carry: valid UTF-8, line breaks as \n, and no other control
// character but the tab. Byte order marks go as well; some clients stumble over them anywhere.
func clean(text string) string {
	text = lineBreaks.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFEFF' {
			return -1
		}
		return r
	}, text)
}

var textEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// escape gives text as a TEXT value (RFC 5545 section 3.3.11).
func escape(text string) string { return textEscapes.Replace(clean(text)) }

// oneLine joins the words of text by single blanks, for titles and names.
func oneLine(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// maxLine is the length of a line in octets, its CRLF not counted (RFC 5545 section 3.1).
const maxLine = 75

// fold breaks the lines of ics, which end in CRLF, at 75 octets and between characters: a character cut
// in two makes some clients refuse the whole feed.
func fold(ics []byte) []byte {
	out := make([]byte, 0, len(ics)+len(ics)/20)
	for line := range bytes.SplitAfterSeq(ics, []byte("\r\n")) {
		limit := maxLine
		for content := bytes.TrimSuffix(line, []byte("\r\n")); len(content) > limit; {
			cut := limit
			for !utf8.RuneStart(content[cut]) {
				cut--
			}
			out = append(append(out, content[:cut]...), "\r\n "...)
			content, line = content[cut:], line[cut:]
			limit = maxLine - 1 // the blank that marks a continuation counts
		}
		out = append(out, line...)
	}
	return out
}
