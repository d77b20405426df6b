package rota

import "time"

// ReadyPattern is a pattern that ships with the program.
type ReadyPattern struct {
	Name  string // as written in config.toml
	About string // one line for people
	Kinds []ShiftKind
}

var (
	allWeek  = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	workWeek = allWeek[:5]
)

// ReadyPatterns lists the shipped patterns. Core hours are 08:00 to 18:30, Monday to Friday without
// bank holidays; Enhanced Access follows the Network Standard Hours of the Network Contract DES.
func ReadyPatterns() []ReadyPattern {
	const opens, closes = 8 * 60, 18*60 + 30
	return []ReadyPattern{
		{
			Name: "weekly", About: "one person a week, handover Monday 09:00",
			Kinds: []ShiftKind{{Name: "week", Days: []time.Weekday{time.Monday}, Start: 9 * 60, End: 9 * 60, EndDays: 7}},
		},
		{
			Name: "weeknights-and-weekends", About: "Monday to Thursday nights singly, Friday evening to Monday morning in one, bank holidays from 08:00",
			Kinds: []ShiftKind{
				{Name: "night", Days: allWeek[:4], Start: closes, End: opens, EndDays: 1, Holidays: NotOnHoliday},
				{Name: "bank-holiday", Days: allWeek[:4], Start: opens, End: opens, EndDays: 1, Holidays: OnlyOnHoliday},
				{Name: "weekend", Days: allWeek[4:5], Start: closes, End: opens, EndDays: 3, Holidays: NotOnHoliday},
				{Name: "long-weekend", Days: allWeek[4:5], Start: opens, End: opens, EndDays: 3, Holidays: OnlyOnHoliday},
			},
		},
		{
			Name: "daily", About: "one person a day, handover 08:00",
			Kinds: []ShiftKind{{Name: "day", Days: allWeek, Start: opens, End: opens, EndDays: 1}},
		},
		{
			Name: "enhanced-access", About: "18:30-20:00 Monday to Friday, 09:00-17:00 Saturday, not on bank holidays",
			Kinds: []ShiftKind{
				{Name: "evening", Days: workWeek, Start: closes, End: 20 * 60, Holidays: NotOnHoliday},
				{Name: "saturday", Days: []time.Weekday{time.Saturday}, Start: 9 * 60, End: 17 * 60, Holidays: NotOnHoliday},
			},
		},
	}
}
