package sheet

import "pcnrota/rota"

// Wishes reads wishes: leader_id or leader (a name), wish (prefer or avoid), either weekday or first_day and
// last_day, and weight from 1 to 3 (1 where it is blank). Of rows that say the same one is kept. The
// error is Faults.
func Wishes(file string, data []byte, leaders []rota.Leader) ([]rota.Wish, error) {
	known := leaderDirectory(leaders)
	t := openAboutLeaders(file, data, wishColumns)
	rows, err := collect(t, func(r row) rota.Wish {
		r.required("wish")
		w := rota.Wish{
			Leader:  leader(r, known),
			Kind:    parse(r, "wish", parseWishKind),
			Weekday: parse(r, "weekday", parseWeekday),
			Weight:  1,
		}
		w.First, w.Last = period(r, "first_day", "last_day")
		if r.text("weight") != "" {
			w.Weight = parse(r, "weight", parseWhole(1, 3))
		}
		wishedDays(r)
		return w
	})
	return distinct(rows), err
}

// wishedDays finds fault with a wish that is about no day, or about a weekday and a period at once.
func wishedDays(r row) {
	weekday, first, last := r.text("weekday"), r.text("first_day"), r.text("last_day")
	switch {
	case weekday != "" && first != "":
		r.fault("weekday", "stands beside a first day: a wish is about a day of the week or about a period, not both")
	case weekday == "" && first == "" && last == "":
		r.fault("weekday", "must not be blank where there is no first day")
	case first == "" && last != "":
		r.fault("first_day", "must not be blank where there is a last day")
	}
}
