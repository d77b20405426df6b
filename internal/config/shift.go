package config

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

const (
	maxShifts = 50
	maxDays   = 31 // that one shift lasts
	day       = 24 * 60
	week      = 7 * day
)

// readShifts reads every [[rota.shift]] of a rota with a pattern of its own.
func readShifts(sections []*section, points rota.DayPoints, where whereabouts) []rota.ShiftKind {
	var kinds []rota.ShiftKind
	sound := true
	for i, s := range sections {
		if i == maxShifts {
			s.object(fmt.Sprintf("is one shift too many: %d is the most", maxShifts), "")
			break
		}
		kinds = append(kinds, readShift(s, points, where))
		sound = sound && s.sound("days", "start", "end", "ends_after_days", "on_bank_holidays")
	}
	unique(sections, "shift of this rota")
	if sound {
		refuseOverlaps(sections, kinds)
	}
	return kinds
}

func readShift(s *section, points rota.DayPoints, where whereabouts) rota.ShiftKind {
	kind := rota.ShiftKind{
		Name:     must(s, "name", slug[string]("night")),
		Days:     readDays(s),
		Start:    must(s, "start", startTime),
		End:      must(s, "end", timeOfDay),
		Holidays: get(s, "on_bank_holidays", onHolidays, rota.AsUsual),
	}
	nextDay := 0
	if kind.End <= kind.Start {
		nextDay = 1
	}
	kind.EndDays = get(s, "ends_after_days", whole(0, maxDays, 1), nextDay)
	if own := s.table("points"); s.has("points") {
		points = readPoints(own, points)
		kind.Points = &points
	}
	where = readWhere(s, where)
	kind.Place, kind.Expected = where.place, where.expected
	if s.sound("start", "end", "ends_after_days") {
		refuseLength(s, kind)
	}
	return kind
}

// whereabouts say where somebody on call is, and how much work is expected in a day on call at home.
type whereabouts struct {
	place    rota.Place
	expected rota.Minutes
}

// readWhere reads place = "site", or expected_hours = 1.5 for a place at home.
func readWhere(s *section, otherwise whereabouts) whereabouts {
	w := whereabouts{place: get(s, "place", places, otherwise.place)}
	fits := func(f float64) bool { return f >= 0 && f <= 24 }
	hours := get(s, "expected_hours", number("1.5", fits, "a number of hours from 0 to 24"), otherwise.expected.Hours())
	if n := s.ask("expected_hours"); n != nil && w.place == rota.OnSite && s.sound("expected_hours", "place") {
		s.refuse("expected_hours", n, "is for being on call at home: on site every hour is working time", `take the line out, or place = "home"`)
	}
	if w.place == rota.AtHome {
		w.expected = rota.Minutes(hours*60 + 0.5)
	}
	return w
}

var places = words(`"home"`, func(s string) (rota.Place, error) {
	switch s {
	case "home":
		return rota.AtHome, nil
	case "site":
		return rota.OnSite, nil
	}
	return "", notOneOf(s, []string{"home", "site"})
})

// of gives the kinds of a ready-made pattern their place.
func (w whereabouts) of(kinds []rota.ShiftKind) []rota.ShiftKind {
	kinds = slices.Clone(kinds)
	for i := range kinds {
		kinds[i].Place, kinds[i].Expected = w.place, w.expected
	}
	return kinds
}

var (
	timeOfDay = bareOr(isClock, `"18:30"`, rota.ParseTimeOfDay)
	startTime = bareOr(isClock, `"18:30"`, func(s string) (rota.TimeOfDay, error) {
		t, err := rota.ParseTimeOfDay(s)
		if err == nil && t >= day {
			err = refusal{"is the end of a day, and no shift starts then", `"00:00"`}
		}
		return t, err
	})
)

var onHolidays = words(`"as usual"`, func(s string) (rota.OnHolidays, error) {
	switch s {
	case "as usual":
		return rota.AsUsual, nil
	case string(rota.NotOnHoliday), string(rota.OnlyOnHoliday):
		return rota.OnHolidays(s), nil
	}
	return "", notOneOf(s, []string{"as usual", "not", "only"})
})

// readDays reads the days on which a shift starts.
func readDays(s *section) []time.Weekday {
	const hint = `days = ["Mon", "Tue", "Wed", "Thu"]`
	days := getList(s, "days", words(`"Mon", "Tue"`, rota.ParseWeekday))
	n := s.ask("days")
	switch {
	case n == nil:
		s.lack("days", "is missing", hint)
	case n.kind == isList && len(n.items) == 0:
		s.refuse("days", n, "names no day", hint)
	}
	for i, d := range days {
		if slices.Contains(days[:i], d) {
			s.refuse("days", n, fmt.Sprintf("names %s twice", d), "name each day once")
		}
	}
	return days
}

// minutes is the length of a shift on the wall clock.
func minutes(k rota.ShiftKind) int { return k.EndDays*day + int(k.End) - int(k.Start) }

// refuseLength notes a shift that ends before it starts, or hardly ever.
func refuseLength(s *section, kind rota.ShiftKind) {
	at := s.ask("ends_after_days")
	if at == nil {
		return // by default a shift ends at the next time the clock shows its end
	}
	switch minutes := minutes(kind); {
	case minutes <= 0:
		s.refuse("ends_after_days", at, fmt.Sprintf("lets the shift end at %s, not after its start at %s", kind.End, kind.Start), "ends_after_days = 1")
	case minutes > maxDays*day:
		s.refuse("ends_after_days", at, fmt.Sprintf("makes the shift longer than %d days", maxDays), "ends_after_days = 7 for a whole week")
	}
}

// starting is one start of a shift in the week, in minutes from Sunday 00:00.
type starting struct {
	kind, start int
	day         time.Weekday
}

// refuseOverlaps notes each shift that runs at the same time as an earlier one, or as itself a week
// later. Two people at once are two tiers or two rotas.
func refuseOverlaps(sections []*section, kinds []rota.ShiftKind) {
	var all []starting
	for i, kind := range kinds {
		for _, d := range kind.Days {
			all = append(all, starting{i, int(d)*day + int(kind.Start), d})
		}
	}
	refused := map[int]bool{}
	for i, b := range all {
		for _, a := range all[:i+1] {
			if refused[b.kind] || !meet(a, b, kinds) {
				continue
			}
			refused[b.kind] = true
			sections[b.kind].object(overlap(a, b, kinds), "end one shift where the next starts; two people at a time are two [[rota.tier]]")
		}
	}
}

// overlap says which two shifts meet.
func overlap(a, b starting, kinds []rota.ShiftKind) string {
	if a == b {
		return "is still on when it starts again a week later"
	}
	if a.kind == b.kind {
		return fmt.Sprintf("overlaps itself: the one from %s and the one from %s", a.day, b.day)
	}
	return fmt.Sprintf("is on at the same time as shift %q, on %s", kinds[a.kind].Name, b.day)
}

// meet reports whether two starts lead to a common minute in any week. A shift for bank holidays only
// and one for other days only never start on the same day.
func meet(a, b starting, kinds []rota.ShiftKind) bool {
	ka, kb := kinds[a.kind], kinds[b.kind]
	oneOrOther := ka.Holidays != kb.Holidays && ka.Holidays != rota.AsUsual && kb.Holidays != rota.AsUsual
	const weeks = maxDays/7 + 1
	for n := -weeks; n <= weeks; n++ {
		start := b.start + n*week
		if n == 0 && (a == b || a.day == b.day && oneOrOther) {
			continue
		}
		if a.start < start+minutes(kb) && start < a.start+minutes(ka) {
			return true
		}
	}
	return false
}
