package config

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// read gives the tree of the file, as far as it can be read.
func (r *reader) read(data []byte) *node {
	data = r.clean(data)
	data, ok := r.mend(data)
	if !ok {
		return newTable(place{1, 1})
	}
	return r.grow(data)
}

// clean removes what editors on Windows put in front of a file and answers other encodings.
func (r *reader) clean(data []byte) []byte {
	data = withoutMark(data)
	if utf8.Valid(data) {
		return data
	}
	const hint = `save the file again as "UTF-8" (in Notepad: Save as, Encoding)`
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		r.fault(place{1, 1}, "", "", "the file is saved as UTF-16", hint)
		return nil
	}
	bad := 0
	for size := 0; bad < len(data); bad += size {
		var c rune
		if c, size = utf8.DecodeRune(data[bad:]); c == utf8.RuneError && size == 1 {
			break
		}
	}
	r.fault(linesOf(data).place(bad), "", "", "a letter is not saved as UTF-8", hint)
	return bytes.ToValidUTF8(data, []byte("?"))
}

func withoutMark(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) }

// confirm asks the TOML library itself for the last word on a file in which we found no fault: it knows
// rules that matter to nobody but must hold, such as leading zeros in numbers.
func (r *reader) confirm(data []byte) {
	var all map[string]any
	err := toml.Unmarshal(withoutMark(data), &all)
	if err == nil {
		return
	}
	at := place{1, 1}
	var where *toml.DecodeError
	if errors.As(err, &where) {
		at.line, at.column = where.Position()
	}
	r.fault(at, "", "", "cannot be read: "+strings.TrimPrefix(err.Error(), "toml: "), "")
}

// maxBroken is how many unreadable lines are reported before we give the file up.
const maxBroken = 50

// mend notes a fault for every line that is no TOML and puts "key = nan" in the place of each, marked in
// r.broken, so that the key counts as given and line numbers stay. It gives up (ok = false) on a file
// that is not TOML at all.
func (r *reader) mend(data []byte) (mended []byte, ok bool) {
	for range maxBroken {
		var p unstable.Parser
		p.Reset(data)
		end := 0 // of what could be read
		for p.NextExpression() {
			end = endOf(p.Expression())
		}
		if p.Error() == nil {
			return data, true
		}
		data = r.replace(data, brokenPart(data, end, faultOffset(&p)), p.Error())
	}
	return nil, false
}

// endOf is the offset where an expression ends, or its heading's last word.
func endOf(e *unstable.Node) int {
	if e.Kind == unstable.KeyValue {
		return int(e.Raw.Offset + e.Raw.Length)
	}
	end := 0
	for it := e.Key(); it.Next(); {
		end = int(it.Node().Raw.Offset + it.Node().Raw.Length)
	}
	return end
}

func faultOffset(p *unstable.Parser) int {
	var e *unstable.ParserError
	if errors.As(p.Error(), &e) {
		return int(p.Range(e.Highlight).Offset)
	}
	return len(p.Data())
}

// part is a stretch of whole lines of the file, without the last line's end.
type part struct {
	start, end int // offsets
	fault      int // offset where the parser gave up
}

var (
	setting = regexp.MustCompile(`^[ \t]*([A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*)[ \t]*=[ \t]*(.*)$`)
	heading = regexp.MustCompile(`^[ \t]*\[`)
)

// brokenPart finds the lines to take out when the parser read up to end and gave up at fault: the
// first line with content after end, and what belongs to it. A value that is never closed
// runs on to the next line that looks like a setting or a heading; a broken heading takes all settings
// below it along, which would otherwise count as another heading's.
func brokenPart(data []byte, end, fault int) part {
	first := lineStart(data, end)
	if end > 0 && lineEnd(data, end) < fault {
		first = lineEnd(data, end) + 1
	}
	for first < lineStart(data, fault) && isIdle(data[first:lineEnd(data, first)]) {
		first = lineEnd(data, first) + 1
	}
	p := part{first, lineEnd(data, first), fault}
	broken := data[p.start:p.end]
	for p.end < len(data) {
		next := data[p.end+1 : lineEnd(data, p.end+1)]
		if heading.Match(next) || !heading.Match(broken) && (p.end >= fault || setting.Match(next)) {
			break
		}
		p.end += 1 + len(next)
	}
	return p
}

func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

func lineEnd(data []byte, at int) int {
	if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(data)
}

// isIdle reports whether a line is empty or a remark.
func isIdle(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) == 0 || line[0] == '#'
}

// replace notes the fault of a broken part and puts a mark in its place.
func (r *reader) replace(data []byte, p part, cause error) []byte {
	l := linesOf(data)
	at := l.place(p.start)
	first := strings.TrimRight(string(data[p.start:lineEnd(data, p.start)]), "\r")
	at.column += len(first) - len(strings.TrimLeft(first, " \t"))
	mark := ""
	key, problem, hint := explain(first, cause)
	if key != "" {
		mark = key + "=nan"
		r.broken[at.line] = true
	}
	r.fault(at, key, "", problem, hint)
	mark += strings.Repeat("\n", bytes.Count(data[p.start:p.end], []byte("\n")))
	return append(append(append([]byte(nil), data[:p.start]...), mark...), data[p.end:]...)
}

// explain says what is wrong with a line that is no TOML, and what to type instead. What stands behind
// a key that holds a secret is not repeated.
func explain(line string, cause error) (key, problem, hint string) {
	m := setting.FindStringSubmatch(line)
	switch {
	case heading.MatchString(line):
		name, rest, closed := strings.Cut(strings.TrimLeft(strings.Split(line, "#")[0], "[ \t"), "]")
		hint = "[" + strings.TrimSpace(name) + "]"
		if strings.HasPrefix(strings.TrimSpace(line), "[[") {
			hint = "[" + hint + "]"
		}
		if closed && strings.Trim(rest, "] \t\r") != "" {
			return "", "a heading has to stand alone in its line", hint
		}
		return "", "a heading is not closed as it was opened, or has blanks in its name", hint
	case m == nil:
		return "", "this line is neither a setting (key = value) nor a heading ([name])",
			"put # in front of a remark, and quotation marks around text"
	}
	key = m[1]
	problem, value := explainValue(strings.TrimSpace(m[2]), cause)
	if value == "" || isSecret(key) {
		return key, problem, ""
	}
	return key, problem, key + " = " + value
}

const (
	curly    = "\u201c\u201d\u2018\u2019"
	straight = `"`
)

// explainValue says what is wrong with a value, and how it was probably meant.
func explainValue(value string, cause error) (problem, meant string) {
	bare := strings.Trim(strings.TrimSpace(strings.Split(value, "#")[0]), curly+`"'`)
	quoted := straight + bare + straight
	switch {
	case bare == "":
		return "has no value, or one that is not closed", ""
	case strings.ContainsAny(value, curly):
		return "has curly quotation marks, and straight ones are wanted", strings.NewReplacer("\u201c", `"`, "\u201d", `"`, "\u2018", `"`, "\u2019", `"`).Replace(value)
	case value[0] == '[' || value[0] == '{':
		return "is a list or group that cannot be read: " + cause.Error(), ""
	case value[0] == '"' && strings.Count(value, `"`) == 1:
		return "has a quotation mark that is not closed", quoted
	case value[0] == '"' && strings.Contains(value, `\`):
		return `has a \ in its text, which means something else in this file`, "'" + bare + "'"
	case strings.EqualFold(bare, "true") || strings.EqualFold(bare, "yes") || strings.EqualFold(bare, "on"):
		return "is not written as this file wants it", "true"
	case strings.EqualFold(bare, "false") || strings.EqualFold(bare, "no") || strings.EqualFold(bare, "off"):
		return "is not written as this file wants it", "false"
	case !strings.ContainsAny(value, `"'`):
		return "has text without quotation marks", quoted
	default:
		return fmt.Sprintf("cannot be read: %v", cause), ""
	}
}

// isSecret reports whether the value of a key must not be repeated.
func isSecret(key string) bool {
	key = strings.ToLower(key)
	if key == "password_file" || key == "token_file" {
		return false
	}
	return strings.Contains(key, "pass") || strings.Contains(key, "secret") || strings.Contains(key, "token")
}
