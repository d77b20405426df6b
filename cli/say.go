package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// say prints a sentence, folded to the page. One that begins with blanks stands in by as many.
func (p *program) say(sentence string) {
	text := strings.TrimLeft(sentence, " ")
	p.tell(p.stdout, sentence[:len(sentence)-len(text)], text)
}

// point prints one of several sentences: what goes on below stands further in, so that each can be told apart.
func (p *program) point(sentence string) {
	writeFolded(p.stdout, p.out.prose(), sentence)
}

// tell prints text after lead, and what does not fit on the line below where it began.
func (p *program) tell(w io.Writer, lead, text string) {
	for i, line := range wrap(text, p.out.prose()-len(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		fmt.Fprintln(w, lead+line)
	}
}

// next says what comes next, each command on a line of its own to be copied.
func (p *program) next(lead string, commands ...string) {
	fmt.Fprintln(p.stdout, lead)
	for _, c := range commands {
		fmt.Fprintln(p.stdout, "  "+c)
	}
}

// warn says on standard error what the manager should know besides.
func (p *program) warn(format string, args ...any) {
	writeFolded(p.stderr, p.err.width, fmt.Sprintf("note: "+format, args...))
}

// writeFolded prints what a terminal would else break within words; a text that has lines of its own keeps them.
func writeFolded(w io.Writer, width int, text string) {
	for line := range strings.Lines(text) {
		parts := []string{strings.TrimRight(line, "\n")}
		if utf8.RuneCountInString(parts[0]) > width {
			parts = wrapIndented(parts[0], width)
		}
		for _, part := range parts {
			fmt.Fprintln(w, part)
		}
	}
}

// wrapIndented is wrap for a line that may begin with blanks; what goes on below stands two further in.
func wrapIndented(line string, width int) []string {
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	lines := wrap(text, width-len(indent))
	folded := []string{indent + lines[0]}
	if len(lines) > 1 {
		for _, l := range wrap(strings.Join(lines[1:], " "), width-len(indent)-2) {
			folded = append(folded, indent+"  "+l)
		}
	}
	return folded
}

// wrap breaks text between words into lines of at most width characters.
func wrap(text string, width int) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(text) {
		if current != "" && len([]rune(current))+1+len([]rune(word)) > width {
			lines = append(lines, current)
			current = ""
		}
		current = strings.TrimSpace(current + " " + word)
	}
	return append(lines, current)
}
