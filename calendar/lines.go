package calendar

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"strings"
	"unicode/utf16"
)

// This file cuts a calendar that somebody else wrote into its content lines (RFC 5545 section 3.1). Every
// step is linear in the size of the file and keeps no more of a line than maxRead octets, whatever the
// file holds. Files come with line ends of every kind, with a byte order mark, in UTF-16, and with lines
// that were broken without the blank that marks a continuation.

const (
	maxRead   = 64 << 10 // octets of one unfolded line that are looked at
	maxParams = 1 << 10  // octets of its name and parameters
)

// contentLine is one unfolded line: NAME;PARAMETER=VALUE:VALUE.
type contentLine struct {
	number int    // of its first line in the file, from 1
	name   string // in capitals
	params string // what stands between the name and the colon, unread
	value  string
	broken string // why it is no content line, in words; "" where it is one
}

// contentLines gives the lines of data in order.
func contentLines(data []byte) iter.Seq[contentLine] {
	return func(yield func(contentLine) bool) {
		for number, text := range unfolded(decoded(data)) {
			if !yield(parseLine(number, text)) {
				return
			}
		}
	}
}

// unfolded joins folded lines and gives each with the number of its first line. Blank lines are passed over.
func unfolded(data []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		var line []byte
		first := 0
		for number, text := range physicalLines(data) {
			if len(text) > 0 && (text[0] == ' ' || text[0] == '\t') && first > 0 {
				line = append(line, text[1:min(len(text), 1+max(0, maxRead+1-len(line)))]...)
				continue
			}
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			if first > 0 && !yield(first, line) {
				return
			}
			first, line = number, append([]byte(nil), text[:min(len(text), maxRead+1)]...)
		}
		if first > 0 {
			yield(first, line)
		}
	}
}

// physicalLines cuts at CRLF, LF and a CR by itself.
func physicalLines(data []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for number := 1; len(data) > 0; number++ {
			end := bytes.IndexAny(data, "\r\n")
			if end < 0 {
				yield(number, data)
				return
			}
			line := data[:end]
			if bytes.HasPrefix(data[end:], []byte("\r\n")) {
				end++
			}
			data = data[end+1:]
			if !yield(number, line) {
				return
			}
		}
	}
}

// decoded gives data in UTF-8 without its byte order mark.
func decoded(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for data = data[2:]; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(string(utf16.Decode(units)))
}

func parseLine(number int, text []byte) contentLine {
	line := contentLine{number: number}
	if len(text) > maxRead {
		line.broken = fmt.Sprintf("is longer than %d characters", maxRead)
		text = text[:maxRead]
	}
	end := bytes.IndexAny(text, ";:")
	if end < 0 || end > maxParams {
		line.broken = "has no colon after its name"
		return line
	}
	line.name = strings.ToUpper(strings.TrimSpace(string(text[:end])))
	head, value, ok := splitValue(line.name, text[end:])
	if !ok {
		line.broken = "has no colon after its parameters"
		return line
	}
	if len(head) > maxParams {
		line.broken = fmt.Sprintf("has more than %d characters of parameters", maxParams)
		return line
	}
	line.params, line.value = string(head), string(value)
	return line
}

// splitValue cuts at the colon between the parameters and the value: the first outside quotes. A time
// holds no colon, but time zones that nobody quoted do ("(UTC+01:00) Berlin"): there it is the last one.
func splitValue(name string, text []byte) (head, value []byte, ok bool) {
	quoted, at := false, -1
	for i, b := range text {
		if b == '"' {
			quoted = !quoted
		}
		if b == ':' && !quoted {
			at = i
			if !holdsTimes[name] {
				break
			}
		}
	}
	if at < 0 {
		return nil, nil, false
	}
	return text[:at], text[at+1:], true
}

var holdsTimes = map[string]bool{"DTSTART": true, "DTEND": true, "RECURRENCE-ID": true, "EXDATE": true, "RDATE": true}

// param gives the value of a parameter, "" where it is not there.
func (l contentLine) param(name string) string {
	for rest := strings.TrimPrefix(l.params, ";"); rest != ""; {
		var one string
		one, rest = cutUnquoted(rest, ';')
		key, value, _ := strings.Cut(one, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(value, `" `)
		}
	}
	return ""
}

// cutUnquoted cuts s at the first b outside quotes.
func cutUnquoted(s string, b byte) (before, after string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == b && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
