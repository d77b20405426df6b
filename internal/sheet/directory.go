package sheet

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// directory is what a cell can refer to: the leaders, practices or bodies that exist.
type directory struct {
	noun    string // "leader"
	many    string // "leaders"
	key     string // what its IDs are called: "id", "code"
	list    bool   // few enough to list them in a fault
	entries []entry
}

// entry is one of them, known by its ID and by its name.
type entry struct{ id, name string }

func leaderDirectory(leaders []rota.Leader) directory {
	d := directory{noun: "leader", many: "leaders", key: "id"}
	for _, l := range leaders {
		d.entries = append(d.entries, entry{string(l.ID), Clean(l.Name)})
	}
	return d
}

func practiceDirectory(practices []rota.Practice) directory {
	d := directory{noun: "practice", many: "practices", key: "code", list: true}
	for _, p := range practices {
		d.entries = append(d.entries, entry{string(p.Code), Clean(p.Name)})
	}
	return d
}

func bodyDirectory(bodies []rota.Body) directory {
	d := directory{noun: "partner body", many: "partner bodies", key: "id", list: true}
	for _, b := range bodies {
		d.entries = append(d.entries, entry{string(b.ID), Clean(b.Name)})
	}
	return d
}

// find gives those that s refers to: the one with that ID, or else all with that name.
func (d directory) find(s string) (matches []entry) {
	for _, e := range d.entries {
		if strings.EqualFold(e.id, s) {
			return []entry{e}
		}
		if strings.EqualFold(e.name, s) {
			matches = append(matches, e)
		}
	}
	return matches
}

// refer reads the cell in column as a reference to one entry and gives its ID. A blank cell refers to
// nothing and gives "".
func (d directory) refer(r row, column string) string {
	s := r.text(column)
	if s == "" {
		return ""
	}
	switch matches := d.find(s); len(matches) {
	case 1:
		return matches[0].id
	case 0:
		d.notFound(r, column)
	default:
		r.fault(column, fmt.Sprintf("is the name of more than one %s: give the %s (%s)", d.noun, d.key, d.ids(matches)))
	}
	return ""
}

// referTwice reads a reference whose ID stands in one column and whose name in another. The ID counts; a
// name is looked at where there is no ID, and is a fault where it is that of somebody else.
func (d directory) referTwice(r row, idColumn, nameColumn string) string {
	id, name := r.text(idColumn), r.text(nameColumn)
	if id == "" {
		return d.refer(r, nameColumn)
	}
	named := d.find(name)
	if len(d.find(id)) == 0 && len(named) == 1 {
		r.fault(idColumn, fmt.Sprintf("is not the %s of a known %s; the %s of %s is %s", d.key, d.noun, d.key, named[0].name, named[0].id))
		return ""
	}
	found := d.refer(r, idColumn)
	if found != "" && len(named) > 0 && !slices.ContainsFunc(named, func(e entry) bool { return e.id == found }) {
		r.fault(nameColumn, fmt.Sprintf("is the name of %s, but %s says %s", d.ids(named), r.table.label(r.table.at[idColumn]), id))
	}
	return found
}

// notFound says that the cell in column refers to nothing, and what it could refer to. Where there is
// nothing at all to refer to, one fault stands for those of all rows.
func (d directory) notFound(r row, column string) {
	const most = 12 // more make a line that nobody reads
	problem := fmt.Sprintf("is not the %s or name of a known %s", d.key, d.noun)
	switch {
	case len(d.entries) == 0:
		problem += fmt.Sprintf(": none is known yet, so import the %s first (the other rows need them too)", d.many)
		if slices.ContainsFunc(r.table.found, func(f found) bool { return f.Problem == problem }) {
			return
		}
	case d.list && len(d.entries) <= most:
		problem += ": " + d.ids(d.entries)
	}
	r.fault(column, problem)
}

func (d directory) ids(entries []entry) string {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.id
	}
	return strings.Join(ids, ", ")
}
