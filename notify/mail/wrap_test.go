package mail

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzWrap: every word is kept, in order; no line but one of a single word has more than 72 columns; and no two lines
// could have been one.
func FuzzWrap(f *testing.F) {
	f.Add("This is the reminder set for seven days before, at five in the afternoon, and it says so in a line.", 0)
	f.Add("https://rota.example.org/do/confirm.kTq0VbY9w1dXh2mN8sRfLpZcUeJgAoDi.417aaaaaaaaaaaaaaaaaaaaaaaaaaa see it", 15)
	f.Add("", 3)
	f.Add(strings.Repeat("é ", 100), 70)
	f.Fuzz(func(t *testing.T, s string, indent int) {
		if indent < 0 || indent >= columns {
			return
		}
		wrapped := wrap(indent, s)
		if got, want := strings.Fields(wrapped), strings.Fields(s); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q became %q", want, got)
		}
		room := columns
		for i, text := range strings.Split(wrapped, "\n") {
			words := strings.Fields(text)
			width := utf8.RuneCountInString(strings.TrimLeft(text, " ")) + indent
			if width > columns && len(words) > 1 {
				t.Errorf("%d columns: %q", width, text)
			}
			if i > 0 && utf8.RuneCountInString(words[0])+1 <= room {
				t.Errorf("%q had room in the line before", words[0])
			}
			room = columns - width
		}
	})
}

// FuzzLine: what is taken for a line of plain words already is what would be made of it.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"", " ", "Dr Zoë", "Sam  Ng", " Sam", "Sam ", "a=?b", "= ?", "one\ntwo", "Sam Ng", "\x7f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if isPlain(s) && visibly(s) != s {
			t.Errorf("%q is taken as it is, and not as %q", s, visibly(s))
		}
	})
}
