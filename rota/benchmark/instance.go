package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pcnrota/rota/internal/roster"
)

// An instance is a roster problem with the names its file gives to shifts and people.
type instance struct {
	problem roster.Problem
	shifts  []string
	people  []string
}

// A reader holds an instance half read. Sections come in the order of the format: everything that is
// looked up by name has been named before.
type reader struct {
	instance
	shift, person map[string]int
	forbids       []string // of each shift, names joined by bars
	covered       map[int]bool
}

// parse reads the text format: sections that begin with SECTION_, comments that begin with a number
// sign, and fields with commas between.
func parse(in io.Reader) (*instance, error) {
	r := &reader{shift: map[string]int{}, person: map[string]int{}, covered: map[int]bool{}}
	lines := bufio.NewScanner(in)
	section := ""
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if name, begins := strings.CutPrefix(line, "SECTION_"); begins {
			section = name
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		if err := r.line(section, strings.Split(line, ",")); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(r.problem.People) == 0 {
		return nil, fmt.Errorf("nobody in SECTION_STAFF")
	}
	return &r.instance, r.problem.Check()
}

func (r *reader) line(section string, f []string) error {
	fields := map[string]int{"HORIZON": 1, "SHIFTS": 2, "STAFF": 8, "DAYS_OFF": 1, "SHIFT_ON_REQUESTS": 4, "SHIFT_OFF_REQUESTS": 4, "COVER": 5}
	switch want, known := fields[section]; {
	case !known:
		return fmt.Errorf("unknown section %q", section)
	case len(f) < want:
		return fmt.Errorf("%d fields in %s, want %d", len(f), section, want)
	}
	switch section {
	case "HORIZON":
		return r.horizon(f)
	case "SHIFTS":
		return r.addShift(f)
	case "STAFF":
		return r.addPerson(f)
	case "DAYS_OFF":
		return r.away(f)
	case "COVER":
		return r.cover(f)
	default:
		return r.request(f, section == "SHIFT_ON_REQUESTS")
	}
}

func (r *reader) horizon(f []string) error {
	days, err := strconv.Atoi(f[0])
	if err != nil || days < 1 || days > 3660 {
		return fmt.Errorf("horizon %q: want a number of days", f[0])
	}
	r.problem.Days = days
	return nil
}

func (r *reader) addShift(f []string) error {
	minutes, err := strconv.Atoi(f[1])
	if err != nil {
		return fmt.Errorf("shift %s: length %q is no number", f[0], f[1])
	}
	r.shift[f[0]] = len(r.shifts)
	r.shifts = append(r.shifts, f[0])
	r.problem.Shifts = append(r.problem.Shifts, roster.Shift{Minutes: minutes})
	r.forbids = append(r.forbids, strings.Join(f[2:], "|"))
	return nil
}

// settle ends the list of shifts: successors may name shifts further down, and tables need the number.
func (r *reader) settle() error {
	if r.problem.Demand != nil {
		return nil
	}
	if r.problem.Days == 0 || len(r.shifts) == 0 {
		return fmt.Errorf("staff before the horizon or the shifts")
	}
	r.problem.Demand = make([]roster.Demand, r.problem.Days*len(r.shifts))
	for s, names := range r.forbids {
		r.problem.Shifts[s].Forbids = make([]bool, len(r.shifts))
		for _, name := range strings.FieldsFunc(names, func(c rune) bool { return c == '|' }) {
			t, known := r.shift[name]
			if !known {
				return fmt.Errorf("shift %s: unknown successor %q", r.shifts[s], name)
			}
			r.problem.Shifts[s].Forbids[t] = true
		}
	}
	return nil
}

func (r *reader) addPerson(f []string) error {
	if err := r.settle(); err != nil {
		return err
	}
	p := &r.problem
	q := roster.Person{
		MaxOf: make([]int, len(p.Shifts)), Away: make([]bool, p.Days), Wish: make([]int, len(p.Demand)),
	}
	for s := range q.MaxOf {
		q.MaxOf[s] = p.Days // a shift that is not named has no maximum
	}
	for _, entry := range strings.FieldsFunc(f[1], func(c rune) bool { return c == '|' }) {
		name, number, _ := strings.Cut(entry, "=")
		s, known := r.shift[name]
		most, err := strconv.Atoi(number)
		if !known || err != nil {
			return fmt.Errorf("staff %s: bad maximum %q", f[0], entry)
		}
		q.MaxOf[s] = most
	}
	for i, field := range []*int{&q.MaxMinutes, &q.MinMinutes, &q.MaxRun, &q.MinRun, &q.MinRest, &q.MaxWeekends} {
		n, err := strconv.Atoi(f[2+i])
		if err != nil {
			return fmt.Errorf("staff %s: %q is no number", f[0], f[2+i])
		}
		*field = n
	}
	r.person[f[0]] = len(r.people)
	r.people = append(r.people, f[0])
	p.People = append(p.People, q)
	return nil
}

func (r *reader) away(f []string) error {
	q, err := r.who(f[0])
	if err != nil {
		return err
	}
	for _, field := range f[1:] {
		if field == "" {
			continue
		}
		day, err := r.day(field)
		if err != nil {
			return err
		}
		q.Away[day] = true
	}
	return nil
}

// request prices a wish: to work a shift saves what not working it would have cost.
func (r *reader) request(f []string, on bool) error {
	q, err := r.who(f[0])
	if err != nil {
		return err
	}
	at, err := r.at(f[1], f[2])
	if err != nil {
		return err
	}
	weight, err := strconv.Atoi(f[3])
	if err != nil {
		return fmt.Errorf("weight %q is no number", f[3])
	}
	if on {
		q.Unmet += weight
		weight = -weight
	}
	q.Wish[at] += weight
	return nil
}

func (r *reader) cover(f []string) error {
	at, err := r.at(f[0], f[1])
	if err != nil {
		return err
	}
	if r.covered[at] {
		return fmt.Errorf("cover of day %s, shift %s twice", f[0], f[1])
	}
	r.covered[at] = true
	d := &r.problem.Demand[at]
	for i, field := range []*int{&d.Need, &d.Under, &d.Over} {
		n, err := strconv.Atoi(f[2+i])
		if err != nil {
			return fmt.Errorf("cover: %q is no number", f[2+i])
		}
		*field = n
	}
	return nil
}

func (r *reader) who(name string) (*roster.Person, error) {
	i, known := r.person[name]
	if !known {
		return nil, fmt.Errorf("nobody in the staff is called %q", name)
	}
	return &r.problem.People[i], nil
}

func (r *reader) day(field string) (int, error) {
	day, err := strconv.Atoi(field)
	if err != nil || day < 0 || day >= r.problem.Days {
		return 0, fmt.Errorf("day %q: want 0 to %d", field, r.problem.Days-1)
	}
	return day, nil
}

func (r *reader) at(dayField, name string) (int, error) {
	day, err := r.day(dayField)
	if err != nil {
		return 0, err
	}
	s, known := r.shift[name]
	if !known {
		return 0, fmt.Errorf("unknown shift %q", name)
	}
	return r.problem.At(day, int8(s)), nil
}

// print writes a roster with the names of the shifts.
func (in *instance) print(out io.Writer, r roster.Roster) error {
	w := bufio.NewWriter(out)
	for _, line := range r {
		for day, s := range line {
			if day > 0 {
				w.WriteByte(' ')
			}
			if s == roster.Off {
				w.WriteByte('-')
			} else {
				w.WriteString(in.shifts[s])
			}
		}
		w.WriteByte('\n')
	}
	return w.Flush()
}
