package rota

import "fmt"

// String says the rule in words, without what it costs or whom it binds: "at most 1 weekend in 3".
func (r Rule) String() string {
	switch r.Kind {
	case Rest:
		if r.Days > 0 {
			return plural(r.Days, "clear day", "clear days") + " between duties, by the wall clock"
		}
		return r.inDaysOrHours() + " rest between duties" + r.together()
	case RestOnSite:
		return r.inDaysOrHours() + " rest between duties on site"
	case Longest:
		return "no duty longer than " + plural(r.Hours, "hour", "hours")
	case LongestOnSite:
		return "no duty on site longer than " + plural(r.Hours, "hour", "hours")
	case InARow:
		if r.Days == 1 {
			return "no two days on call in a row, except Saturday and Sunday"
		}
		return fmt.Sprintf("at most %d days on call in a row", r.Days)
	case AtMostDuties:
		return fmt.Sprintf("at most %s in %d days", plural(r.Most, "duty", "duties"), r.Days)
	case AtMostWeekends:
		return fmt.Sprintf("at most %s in %d", plural(r.Most, "weekend", "weekends"), r.Days/7)
	case WorkingHours:
		return r.workInWords()
	case DaysOnSite:
		return fmt.Sprintf("on site on at most %d of any %d days", r.Most, r.Days)
	case RestOnCall:
		return "8 hours of rest expected in a day on call, 5 of them unbroken at night"
	case FestivePeriods:
		return fmt.Sprintf("at most %d of Easter, Christmas and New Year in a year", r.Most)
	case LeaveWeekend:
		return "no weekend that touches leave"
	case Newcomer:
		return "newcomers with somebody experienced"
	default:
		return string(r.Kind)
	}
}

func (r Rule) together() string {
	if r.WeekendTogether {
		return " except Saturday and Sunday together"
	}
	return ""
}

func (r Rule) inDaysOrHours() string {
	if r.Hours%24 == 0 && r.Hours > 48 {
		return fmt.Sprintf("%d days'", r.Hours/24)
	}
	return fmt.Sprintf("%d hours'", r.Hours)
}

func (r Rule) workInWords() string {
	words := fmt.Sprintf("at most %d working hours a week on average over %s", r.Hours, period(r.Days))
	if r.Days == 7 {
		words = fmt.Sprintf("at most %d working hours in 7 days", r.Hours)
	}
	if r.Beside > 0 {
		words += ", other work among them"
	}
	return words
}

// Force says whom the rule binds and what it costs where it does not bind: "hard", "soft, price 2",
// "hard for employees, else soft, price 2".
func (r Rule) Force() string {
	switch {
	case r.Hard():
		return "hard"
	case r.Binds != "":
		return fmt.Sprintf("hard for %ss, else soft, price %d", r.Binds, max(r.Price, 1))
	default:
		return fmt.Sprintf("soft, price %d", r.Price)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
