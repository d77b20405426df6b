package sheet

import "pcnrota/rota"

// Absences reads absences: leader_id or leader (a name), kind, first_day, and as far as the file has
// them last_day (the first day where it is blank) and weekday (of a non-working day), start_time and end_time
// (blank for whole days). Of rows that say
// the same one is kept. The error is Faults.
func Absences(file string, data []byte, leaders []rota.Leader) ([]rota.Absence, error) {
	known := leaderDirectory(leaders)
	t := openAboutLeaders(file, data, absenceColumns)
	rows, err := collect(t, func(r row) rota.Absence {
		r.required("kind")
		r.required("first_day")
		a := rota.Absence{Leader: leader(r, known), Kind: parse(r, "kind", parseAbsenceKind)}
		a.First, a.Last = period(r, "first_day", "last_day")
		if a.Kind == rota.NonWorkingDay {
			nonWorkingDay(r, &a)
		} else {
			timesOfDay(r, &a)
		}
		return a
	})
	return distinct(rows), err
}

// timesOfDay reads when an absence begins on its first day and ends on its last.
func timesOfDay(r row, a *rota.Absence) {
	const wholeDay = 24 * 60
	a.Starts, a.Ends = parse(r, "start_time", parseTime)%wholeDay, parse(r, "end_time", parseTime)%wholeDay
	if !a.Last.Before(a.First) && !a.Begin().Before(a.End()) {
		r.fault("end_time", "must come after the start")
	}
}

// nonWorkingDay reads the weekday of a. Its last day cannot be left to be the first: what recurs every week
// is hardly meant to end within a day.
func nonWorkingDay(r row, a *rota.Absence) {
	a.Weekday = parse(r, "weekday", parseWeekday)
	if r.text("weekday") == "" {
		r.fault("weekday", "must not be blank for a non-working day: give a day of the week like Tue")
	}
	if r.text("last_day") == "" {
		r.fault("last_day", "must not be blank for a non-working day: give the last day on which it applies")
	}
}

// openAboutLeaders opens a sheet each of whose rows is about a leader, given by ID or by name.
func openAboutLeaders(file string, data []byte, l layout) *table {
	t := open(file, data, l)
	_, id := t.at["leader_id"]
	_, name := t.at["leader"]
	if len(t.at) > 0 && !id && !name {
		t.faultAt(t.line, "", `there is no column that says who: add "leader_id", or "leader" with the names`)
	}
	return t
}

// leader reads whom the row is about.
func leader(r row, known directory) rota.LeaderID {
	if r.text("leader_id") == "" && r.text("leader") == "" {
		for _, column := range []string{"leader_id", "leader"} {
			if r.has(column) {
				r.fault(column, "must not be blank")
				break
			}
		}
		return ""
	}
	return rota.LeaderID(known.referTwice(r, "leader_id", "leader"))
}

// distinct drops repetitions.
func distinct[T comparable](rows []T) []T {
	seen := map[T]bool{}
	kept := rows[:0]
	for _, row := range rows {
		if !seen[row] {
			seen[row] = true
			kept = append(kept, row)
		}
	}
	return kept
}
