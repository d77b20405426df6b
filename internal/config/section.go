package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// reader reads one file and collects its faults.
type reader struct {
	file     string
	env      func(string) string
	faults   Faults
	sections []*section   // in the order in which they were first asked for
	broken   map[int]bool // lines whose value is only a mark, see mend
}

func (r *reader) fault(at place, key, value, problem, hint string) {
	r.faults = append(r.faults, Fault{r.file, at.line, at.column, key, value, problem, hint})
}

// section is a group of settings: what stands below a heading, or between { and }. It remembers which
// keys it was asked for, so that the others can be called unknown.
type section struct {
	r       *reader
	parent  *section
	where   string // for people: rota "on-call", tier "second"; "" for the file itself
	path    string // for headings: rota.tier
	node    *node
	asked   []string
	several bool     // one of those that tables gives
	faulty  []string // keys whose value could not be read; "" for the section as a whole
}

// whole is the section of all that stands in the file.
func (r *reader) whole(root *node) *section {
	s := &section{r: r, node: root}
	r.sections = append(r.sections, s)
	return s
}

// section is the group of settings n, empty where n is nil, that its parent has under key.
func (s *section) section(key, label string, n *node) *section {
	child := &section{r: s.r, parent: s, where: label, path: s.heading(key), node: n}
	if s.where != "" {
		child.where = s.where + ", " + label
	}
	if n == nil {
		child.node = newTable(s.node.at)
	}
	s.r.sections = append(s.r.sections, child)
	return child
}

// key names one of the section's keys for people.
func (s *section) key(name string) string {
	if s.where == "" {
		return name
	}
	return s.where + ": " + name
}

// ask gives the value of a key, nil where the file does not give it.
func (s *section) ask(key string) *node {
	if !slices.Contains(s.asked, key) {
		s.asked = append(s.asked, key)
	}
	n := s.node.fields[key]
	if n != nil && n.kind == isBroken {
		s.faulty = append(s.faulty, key)
		s.r.locate(n.key.line, s.key(key))
	}
	return n
}

// locate completes the key of the fault that mend found in a line, before there were sections.
func (r *reader) locate(line int, key string) {
	for i, f := range r.faults {
		if f.Line == line && strings.HasSuffix(key, f.Key) {
			r.faults[i].Key = key
		}
	}
}

// sound reports whether nothing is wrong with the values of these keys, or, without keys, with the
// section. Only then is there a point in comparing them.
func (s *section) sound(keys ...string) bool {
	if len(keys) == 0 {
		return len(s.faulty) == 0
	}
	return !slices.ContainsFunc(keys, func(key string) bool { return slices.Contains(s.faulty, key) })
}

// has reports whether the file gives the key.
func (s *section) has(key string) bool { return s.ask(key) != nil }

// refuse notes a fault of the value that a key has.
func (s *section) refuse(key string, n *node, problem, hint string) {
	s.faulty = append(s.faulty, key)
	value := n.shown()
	if isSecret(key) {
		value = ""
	}
	s.r.fault(n.at, s.key(key), value, problem, hint)
}

// object notes a fault of the section as a whole.
func (s *section) object(problem, hint string) {
	s.faulty = append(s.faulty, "")
	s.r.fault(s.node.at, s.where, "", problem, hint)
}

// lack notes that a key has to be given.
func (s *section) lack(key, problem, hint string) {
	s.faulty = append(s.faulty, key)
	s.r.fault(s.node.at, s.key(key), "", problem, hint)
}

// table gives the section below a heading such as [mail], empty where the file has none.
func (s *section) table(key string) *section {
	n := s.ask(key)
	switch {
	case n == nil || n.kind == isBroken:
		n = nil
	case n.kind == isList && n.heading:
		s.refuseKind(key, n, "can be given once, below a heading in single brackets", "["+s.heading(key)+"]")
		n = n.items[0]
	case n.kind != isTable:
		s.refuseKind(key, n, "is "+string(n.kind)+", and a group of settings is wanted", "["+s.heading(key)+"]")
		n = nil
	}
	return s.section(key, key, n)
}

// tables gives the sections below all headings such as [[rota]], or the groups of a list such as
// at_most = [{...}, {...}].
func (s *section) tables(key string) []*section {
	n := s.ask(key)
	var items []*node
	switch {
	case n == nil || n.kind == isBroken:
	case n.kind == isTable:
		hint := "[[" + s.heading(key) + "]]"
		if n.inline {
			hint = key + " = [{...}]"
		}
		s.refuseKind(key, n, "can be given several times, and needs two brackets for it", hint)
		items = []*node{n}
	case n.kind != isList:
		s.refuseKind(key, n, "is "+string(n.kind)+", and a list of groups is wanted", key+" = [{...}, {...}]")
	default:
		items = n.items
	}
	var sections []*section
	for i, item := range items {
		if item.kind != isTable {
			s.refuseKind(key, item, "is "+string(item.kind)+", and a group { ... } is wanted", "")
			continue
		}
		one := s.section(key, label(key, i, item), item)
		one.several = true
		sections = append(sections, one)
	}
	return sections
}

func (s *section) refuseKind(key string, n *node, problem, hint string) {
	value := n.shown()
	if n.heading || n.kind == isTable && !n.inline || isSecret(key) {
		value = ""
	}
	s.faulty = append(s.faulty, key)
	s.r.fault(n.at, s.key(key), value, problem, hint)
}

// heading is the dotted name of a group as a heading has it: rota.points.
func (s *section) heading(key string) string {
	if s.path == "" {
		return key
	}
	return s.path + "." + key
}

// label names one of several: by its name where it has one, by its number otherwise.
func label(key string, i int, item *node) string {
	if name := item.fields["name"]; name != nil && name.kind == isText && name.text != "" && key != "bank_holiday" {
		return fmt.Sprintf("%s %q", key, name.text)
	}
	return fmt.Sprintf("%s %d", key, i+1)
}

// unknownKeys notes every key that no reader asked for.
func (r *reader) unknownKeys() {
	for _, s := range r.sections {
		for _, key := range s.node.keys {
			if slices.Contains(s.asked, key) {
				continue
			}
			n := s.node.fields[key]
			value := n.raw
			if value != "" && !isSecret(key) {
				value = n.shown()
			} else {
				value = ""
			}
			problem, hint := s.unknown(key, n, value)
			r.fault(n.key, s.key(key), value, problem, hint)
		}
	}
}

// homeOf says where a key belongs that stands in the wrong section.
func (s *section) homeOf(key string) string {
	if s.parent != nil && s.parent.where != "" && slices.Contains(s.parent.asked, key) {
		return "move the line up, to the other settings of " + s.parent.where
	}
	elsewhere := ""
	for _, other := range s.r.sections {
		if other.path == "" || other.node.inline || !slices.Contains(other.asked, key) {
			continue
		}
		if other.parent == s {
			return "move the line below the heading " + other.headline()
		}
		elsewhere = cmp.Or(elsewhere, "move the line below the heading "+other.headline())
	}
	return elsewhere
}

// headline is the section's own heading: [rota.points] or [[rota]].
func (s *section) headline() string {
	if s.several {
		return "[[" + s.path + "]]"
	}
	return "[" + s.path + "]"
}

// unknown says what a key nobody knows was probably meant to be.
func (s *section) unknown(key string, n *node, value string) (problem, hint string) {
	problem = "is not a setting that belongs here"
	if s.parent == nil && n.heading {
		problem = "is not a heading of this file"
	}
	if home := s.homeOf(key); home != "" {
		return problem, home
	}
	meant := nearest(strings.ToLower(key), s.asked)
	switch {
	case meant == "":
		return problem, "what belongs here: " + strings.Join(s.asked, ", ")
	case n.kind == isList && n.heading:
		return problem, "[[" + s.heading(meant) + "]]"
	case n.kind == isTable && n.heading:
		return problem, "[" + s.heading(meant) + "]"
	case value == "":
		return problem, meant + " = ..."
	default:
		return problem, meant + " = " + value
	}
}
