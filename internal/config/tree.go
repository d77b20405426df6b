package config

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where something stands in the file: line and column, both from 1, the column in characters.
type place struct{ line, column int }

// kind is what a value in the file is, in the words of a manager.
type kind string

const (
	isText   kind = "text"
	isWhole  kind = "a whole number"
	isNumber kind = "a number"
	isFlag   kind = "true or false"
	isDay    kind = "a day"
	isClock  kind = "a time of day"
	isMoment kind = "a day and time"
	isList   kind = "a list"
	isTable  kind = "a group of settings"
	isBroken kind = "unreadable" // its fault is already noted
)

// node is one value of the file and where it stands.
type node struct {
	kind    kind
	at      place            // the value, or the key where the value's own place is not known
	key     place            // the key or heading
	raw     string           // a single value as typed
	text    string           // what a text says, without its quotation marks
	keys    []string         // of a table, in file order
	fields  map[string]*node // of a table
	items   []*node          // of a list
	heading bool             // made by a [heading] or [[heading]]
	inline  bool             // written as { ... } or [ ... ], complete in itself
}

func newTable(at place) *node {
	return &node{kind: isTable, at: at, key: at, fields: map[string]*node{}}
}

func (n *node) set(key string, v *node) {
	n.keys = append(n.keys, key)
	n.fields[key] = v
}

// shown is the value as a fault shows it: as it was typed, shortened.
func (n *node) shown() string {
	switch {
	case n.kind == isList && len(n.items) == 0:
		return "[]"
	case n.kind == isList:
		return "[...]"
	case n.kind == isTable && n.inline:
		return "{...}"
	}
	const longest = 60
	if strings.ContainsAny(n.raw, "\r\n") || utf8.RuneCountInString(n.raw) > longest {
		short := []rune(strings.ToValidUTF8(strings.Join(strings.Fields(n.raw), " "), "?"))
		return string(short[:min(len(short), longest)]) + "..."
	}
	return n.raw
}

// lines turns an offset into the file into a place.
type lines struct {
	data   []byte
	starts []int // offset of each line
}

func linesOf(data []byte) lines {
	l := lines{data, []int{0}}
	for i, c := range data {
		if c == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

func (l lines) place(offset int) place {
	line := sort.SearchInts(l.starts, offset+1)
	return place{line, utf8.RuneCount(l.data[l.starts[line-1]:offset]) + 1}
}

// grower builds the tree of a file that mend has made readable.
type grower struct {
	*reader
	parser unstable.Parser
	lines  lines
}

// grow builds the tree of data. Keys and headings that are given twice are faults; the first one counts.
func (r *reader) grow(data []byte) *node {
	g := &grower{reader: r, lines: linesOf(data)}
	g.parser.Reset(data)
	root := newTable(place{1, 1})
	open := root
	for g.parser.NextExpression() {
		e := g.parser.Expression()
		switch e.Kind {
		case unstable.KeyValue:
			g.put(open, e)
		case unstable.Table, unstable.ArrayTable:
			open = g.open(root, e)
		}
	}
	return root
}

func (g *grower) place(n *unstable.Node) place { return g.lines.place(int(n.Raw.Offset)) }

// path gives the parts of a dotted key or heading and the place of the first.
func (g *grower) path(n *unstable.Node) (parts []string, at place) {
	for it := n.Key(); it.Next(); {
		if parts == nil {
			at = g.place(it.Node())
		}
		parts = append(parts, string(it.Node().Data))
	}
	return parts, at
}

// put stores the value of a line "key = value" in table.
func (g *grower) put(table *node, e *unstable.Node) {
	parts, at := g.path(e)
	last := len(parts) - 1
	for i, part := range parts[:last] {
		next := table.fields[part]
		if next == nil {
			next = newTable(at)
			table.set(part, next)
		}
		if next.kind != isTable || next.inline {
			g.again(at, strings.Join(parts[:i+1], "."), next)
			return
		}
		table = next
	}
	if first := table.fields[parts[last]]; first != nil {
		g.again(at, strings.Join(parts, "."), first)
		return
	}
	table.set(parts[last], g.value(e.Value(), at))
}

// open finds or makes the table of a heading. A heading that cannot stand here gets a table that nobody
// reads, so that its lines are not taken for another's.
func (g *grower) open(root *node, e *unstable.Node) *node {
	parts, at := g.path(e)
	table, last := root, len(parts)-1
	for i, part := range parts[:last] {
		next := table.fields[part]
		if next == nil {
			next = newTable(at)
			table.set(part, next)
		}
		if next.kind == isList && next.heading {
			next = next.items[len(next.items)-1]
		}
		if next.kind != isTable || next.inline {
			g.again(at, strings.Join(parts[:i+1], "."), next)
			return newTable(at)
		}
		table = next
	}
	if e.Kind == unstable.ArrayTable {
		return g.openItem(table, parts, at)
	}
	return g.openTable(table, parts, at)
}

func (g *grower) openTable(parent *node, parts []string, at place) *node {
	name := parts[len(parts)-1]
	table := newTable(at)
	table.heading = true
	switch first := parent.fields[name]; {
	case first == nil:
		parent.set(name, table)
	case first.kind == isTable && !first.heading && !first.inline:
		first.heading, first.at, first.key = true, at, at
		return first
	default:
		g.again(at, strings.Join(parts, "."), first)
	}
	return table
}

func (g *grower) openItem(parent *node, parts []string, at place) *node {
	name := parts[len(parts)-1]
	item := newTable(at)
	item.heading = true
	switch list := parent.fields[name]; {
	case list == nil:
		parent.set(name, &node{kind: isList, at: at, key: at, heading: true, items: []*node{item}})
	case list.kind == isList && list.heading:
		list.items = append(list.items, item)
	default:
		g.again(at, strings.Join(parts, "."), list)
	}
	return item
}

// again notes that key stands in the file a second time.
func (g *grower) again(at place, key string, first *node) {
	if g.broken[at.line] || first.kind == isBroken {
		return
	}
	g.fault(at, key, "", fmt.Sprintf("is already given in line %d", first.key.line), "keep one of the two")
}

var kinds = map[unstable.Kind]kind{
	unstable.String: isText, unstable.Integer: isWhole, unstable.Float: isNumber, unstable.Bool: isFlag,
	unstable.LocalDate: isDay, unstable.LocalTime: isClock, unstable.LocalDateTime: isMoment,
	unstable.DateTime: isMoment, unstable.Array: isList, unstable.InlineTable: isTable,
}

// value copies a value out of the parser, which keeps nothing beyond one line.
func (g *grower) value(v *unstable.Node, key place) *node {
	n := &node{kind: kinds[v.Kind], at: key, key: key}
	switch {
	case g.broken[key.line]:
		n.kind = isBroken
	case v.Kind == unstable.Array:
		n.inline = true
		for it := v.Children(); it.Next(); {
			n.items = append(n.items, g.value(it.Node(), key))
		}
	case v.Kind == unstable.InlineTable:
		n.inline, n.fields, n.at = true, map[string]*node{}, g.place(v)
		for it := v.Children(); it.Next(); {
			g.put(n, it.Node())
		}
	default:
		n.at = g.place(v)
		n.raw, n.text = string(g.parser.Raw(v.Raw)), string(v.Data)
	}
	return n
}
