package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// want says what a key takes.
type want[T any] struct {
	example string                   // what to type, with its quotation marks: `"Europe/London"`
	parse   func(n *node) (T, error) // the error ends the sentence "KEY = VALUE ..."
}

// refusal is why a value is refused, with what to type in its place where that is known.
type refusal struct{ problem, instead string }

func (r refusal) Error() string { return r.problem }

// get reads the value of a key, or gives absent where the file has none or a faulty one.
func get[T any](s *section, key string, w want[T], absent T) T {
	n := s.ask(key)
	if n == nil || n.kind == isBroken {
		return absent
	}
	v, err := w.parse(n)
	if err != nil {
		s.refuse(key, n, err.Error(), key+" = "+w.instead(err))
		return absent
	}
	return v
}

// must reads the value of a key that has to be there.
func must[T any](s *section, key string, w want[T]) T {
	var zero T
	if !s.has(key) {
		s.lack(key, "is missing", key+" = "+w.example)
	}
	return get(s, key, w, zero)
}

// getList reads a list, nil where the file has none or an empty one. Each faulty item is a fault.
func getList[T any](s *section, key string, w want[T]) []T {
	n := s.ask(key)
	if n == nil || n.kind == isBroken {
		return nil
	}
	if n.kind != isList || n.heading {
		instead := w.example
		if _, err := w.parse(n); err == nil {
			instead = n.shown()
		}
		s.refuseKind(key, n, "is "+string(n.kind)+", and a list in square brackets is wanted", key+" = ["+instead+"]")
		return nil
	}
	var list []T
	for _, item := range n.items {
		v, err := w.parse(item)
		if err != nil {
			s.refuse(key, item, err.Error(), key+" = ["+w.instead(err)+"]")
			continue
		}
		list = append(list, v)
	}
	return list
}

// instead is what to type in place of a refused value.
func (w want[T]) instead(err error) string {
	var r refusal
	if errors.As(err, &r) && r.instead != "" {
		return r.instead
	}
	return w.example
}

// wrongKind refuses a value of the wrong kind. Where it only has quotation marks too many or too few, the
// refusal shows it without or with them.
func wrongKind(n *node, wanted kind) error {
	r := refusal{problem: fmt.Sprintf("is %s, and %s is wanted", n.kind, wanted)}
	_, notNumber := strconv.ParseFloat(n.text, 64)
	switch {
	case wanted == isText && n.raw != "":
		r.instead = strconv.Quote(n.raw)
	case wanted == isFlag && n.kind == isText && (n.text == "true" || n.text == "false"):
		r.instead = n.text
	case wanted == isWhole && n.kind == isText && notNumber == nil && !strings.ContainsAny(n.text, ".eExX"):
		r.instead = n.text
	case wanted == isNumber && n.kind == isText && notNumber == nil:
		r.instead = n.text
	}
	return r
}

// longest is how long a text may be: a title has to fit into a subject line.
const longest = 200

// line takes a text in one line, which may be empty.
func line(example string) want[string] {
	return want[string]{example, func(n *node) (string, error) {
		if n.kind != isText {
			return "", wrongKind(n, isText)
		}
		s := strings.TrimSpace(n.text)
		switch {
		case strings.ContainsFunc(s, unicode.IsControl):
			return "", refusal{problem: "has a line break or another control character in it"}
		case utf8.RuneCountInString(s) > longest:
			return "", refusal{problem: fmt.Sprintf("is longer than %d characters", longest)}
		}
		return s, nil
	}}
}

// words takes a text in one line that parse understands. An empty text is handed to parse too. Errors of
// package rota begin with the value in quotation marks, which is not repeated.
func words[T any](example string, parse func(string) (T, error)) want[T] {
	plain := line(example)
	return want[T]{example, func(n *node) (T, error) {
		s, err := plain.parse(n)
		if err != nil {
			var zero T
			return zero, err
		}
		v, err := parse(s)
		var r refusal
		if err != nil && !errors.As(err, &r) {
			err = refusal{problem: strings.TrimPrefix(err.Error(), strconv.Quote(s)+" ")}
		}
		return v, err
	}}
}

// filled takes a text in one line that is not empty.
func filled(example string) want[string] {
	return words(example, func(s string) (string, error) {
		if s == "" {
			return "", refusal{problem: "is empty"}
		}
		return s, nil
	})
}

// choice takes one of a few words.
func choice[T ~string](example string, options ...T) want[T] {
	return words(strconv.Quote(example), func(s string) (T, error) {
		names := make([]string, len(options))
		for i, o := range options {
			if string(o) == s {
				return o, nil
			}
			names[i] = string(o)
		}
		return "", notOneOf(s, names)
	})
}

// notOneOf refuses a word and offers the one it was probably meant to be.
func notOneOf(s string, names []string) error {
	r := refusal{problem: "is not one of " + strings.Join(names, ", ")}
	if meant := nearest(strings.ToLower(s), names); meant != "" {
		r.instead = strconv.Quote(meant)
	}
	return r
}

// longestSlug keeps the identity of a duty, which is made of two of these and a time, short.
const longestSlug = 40

// slug takes a name that can stand in file names, addresses and commands.
func slug[T ~string](example string) want[T] {
	return words(strconv.Quote(example), func(s string) (T, error) {
		plain := slugOf(s)
		if s != plain || s == "" {
			r := refusal{problem: fmt.Sprintf("is not a short name: use lower case letters, digits and single hyphens, at most %d", longestSlug)}
			if plain != "" {
				r.instead = strconv.Quote(plain)
			}
			return "", r
		}
		return T(s), nil
	})
}

// slugOf makes a short name of any text: "On call (GPs)" becomes "on-call-gps".
func slugOf(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	})
	plain := strings.Join(parts, "-")
	return strings.TrimRight(plain[:min(len(plain), longestSlug)], "-")
}

// whole takes a whole number from lo to hi.
func whole(lo, hi, example int) want[int] {
	return want[int]{strconv.Itoa(example), func(n *node) (int, error) {
		if n.kind != isWhole {
			return 0, wrongKind(n, isWhole)
		}
		v, err := strconv.ParseInt(n.raw, 0, 64)
		if err != nil || v < int64(lo) || v > int64(hi) {
			return 0, refusal{problem: fmt.Sprintf("is not a whole number from %d to %d", lo, hi)}
		}
		return int(v), nil
	}}
}

// number takes a number, with or without a decimal point, that fits accepts.
func number(example string, fits func(float64) bool, wanted string) want[float64] {
	return want[float64]{example, func(n *node) (float64, error) {
		if n.kind != isNumber && n.kind != isWhole {
			return 0, wrongKind(n, isNumber)
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(n.raw, "_", ""), 64)
		if err != nil || math.IsNaN(v) || !fits(v) {
			return 0, refusal{problem: "is not " + wanted}
		}
		return v, nil
	}}
}

// truth takes true or false.
func truth(example bool) want[bool] {
	return want[bool]{strconv.FormatBool(example), func(n *node) (bool, error) {
		if n.kind != isFlag {
			return false, wrongKind(n, isFlag)
		}
		return n.raw == "true", nil
	}}
}

// bareOr takes what parse understands either as text or as TOML's own day or time of day, which has no
// quotation marks: start = "18:30" and start = 18:30 are the same.
func bareOr[T any](own kind, example string, parse func(string) (T, error)) want[T] {
	text := words(example, parse)
	return want[T]{example, func(n *node) (T, error) {
		if n.kind == own {
			bare := *n
			bare.kind, bare.text = isText, n.raw
			n = &bare
		}
		return text.parse(n)
	}}
}
