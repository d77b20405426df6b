package cli

import (
	"fmt"
	"time"
)

// anything gives a command that somebody could give now.
func (y *year) anything() string {
	if y.runsOut() {
		return "rota extend --ahead 6 --block 2 --publish"
	}
	kinds := []struct {
		often int
		words func() string
	}{
		{10, y.extends},
		{7, y.builds},
		{12, y.publishes},
		{9, y.goesAway},
		{3, y.staysAfterAll},
		{9, y.repairs},
		{12, y.offers},
		{15, y.answers},
		{9, y.takesBack},
		{12, y.takesNow},
		{2, y.leaves},
		{2, y.joiner},
		{4, y.restores},
		{5, y.settles},
	}
	sum := 0
	for _, k := range kinds {
		sum += k.often
	}
	at := y.upTo(sum)
	for _, k := range kinds {
		if at -= k.often; at < 0 {
			return k.words()
		}
	}
	panic("the sum is wrong")
}

// runsOut reports whether the rota ends so soon that nothing could happen on it, and there is no draft.
func (y *year) runsOut() bool {
	ahead := fmt.Sprintf("version WHERE published IS NULL OR until_day > '%s'", y.day(14))
	return y.count(ahead) == 0
}

func (y *year) day(ahead int) string { return y.now.AddDate(0, 0, ahead).Format(time.DateOnly) }

func (y *year) leader() string { return fmt.Sprintf("L%d", 1+y.upTo(y.leaders)) }

// maybe gives the words one time in n.
func (y *year) maybe(n int, words string) string {
	if y.oneIn(n) {
		return " " + words
	}
	return ""
}

func (y *year) extends() string {
	return fmt.Sprintf("rota extend --ahead %d --block 2 --seed %d", 4+y.upTo(4), y.upTo(9)) + y.maybe(1+y.upTo(2), "--publish")
}

func (y *year) builds() string {
	return fmt.Sprintf("rota build --from %s --weeks %d --seed %d", y.day(y.upTo(40)-2), 1+y.upTo(3), y.upTo(9)) + y.maybe(3, "--allow-gaps")
}

func (y *year) publishes() string {
	if y.oneIn(5) {
		return "rota publish"
	}
	return "rota publish --reason because" + y.maybe(2, "--allow-gaps")
}

func (y *year) goesAway() string {
	ahead := y.upTo(50)
	return fmt.Sprintf("absence add %s %s %s %s", y.leader(), []string{"annual", "sick", "study"}[y.upTo(3)], y.day(ahead), y.day(ahead+y.upTo(12)))
}

func (y *year) staysAfterAll() string {
	return fmt.Sprintf("absence remove %d", 1+y.upTo(y.count("absence")+1))
}

func (y *year) repairs() string {
	return "rota repair" + y.maybe(3, "--allow-gaps") + y.maybe(3, "--freeze 3")
}

// someDuty is one that is on now or comes soon; "on-call" where there is none.
func (y *year) someDuty() string {
	var soon []string
	for _, d := range y.duties() {
		if d.ends.After(y.now) && d.starts.Before(y.now.AddDate(0, 0, 21)) {
			soon = append(soon, d.id)
		}
	}
	if len(soon) == 0 {
		return "on-call"
	}
	if y.oneIn(3) {
		return soon[0] // on now, as like as not
	}
	return soon[y.upTo(len(soon))]
}

// somePart is a part of a night or of a weekend, or nothing.
func (y *year) somePart() string {
	times := []string{"18:30", "20:00", "22:30", "00:00", "01:30", "04:00", "08:00"}
	from := y.upTo(len(times) - 1)
	until := from + 1 + y.upTo(len(times)-1-from)
	switch y.upTo(5) {
	case 0:
		return " --from " + times[from] + " --until " + times[until]
	case 1:
		return " --from " + times[1+y.upTo(5)]
	case 2:
		return " --until " + times[1+y.upTo(5)]
	default:
		return ""
	}
}

func (y *year) offers() string {
	to := "anyone"
	if y.oneIn(2) {
		to = y.leader()
	}
	words := fmt.Sprintf("swap offer %s --to %s", y.someDuty(), to) + y.somePart()
	if to != "anyone" && y.oneIn(2) {
		words += " --for " + y.someDuty()
	}
	return words
}

// someOffer is one of the newest.
func (y *year) someOffer() int {
	n := y.count("offer")
	return max(1, n-y.upTo(4))
}

func (y *year) answers() string {
	if y.oneIn(3) || y.count("offer WHERE state IN ('open', 'accepted')") == 0 {
		return y.offers()
	}
	o := y.someOffer()
	as := y.leader()
	if asked := y.asked(o); len(asked) > 0 && !y.oneIn(8) {
		as = asked[y.upTo(len(asked))]
	}
	switch y.upTo(8) {
	case 0:
		return fmt.Sprintf("swap decline %d --as %s", o, as)
	case 1, 2:
		return fmt.Sprintf("swap approve %d", o)
	default:
		return fmt.Sprintf("swap accept %d --as %s", o, as)
	}
}

func (y *year) takesBack() string {
	if y.count("offer") == 0 {
		return y.takesNow()
	}
	verb := []string{"undo", "undo", "undo", "withdraw", "refuse"}[y.upTo(5)]
	return fmt.Sprintf("swap %s %d", verb, y.someOffer())
}

func (y *year) takesNow() string {
	return fmt.Sprintf("cover take-now %s --as %s --reason ill", y.someDuty(), y.leader()) + y.somePart()
}

// leaves ends somebody's post, while there are enough left to go on.
func (y *year) leaves() string {
	if y.inPost() <= 7 {
		return y.joiner()
	}
	return fmt.Sprintf("leader end %s --on %s", y.leader(), y.day(y.upTo(40)))
}

func (y *year) restores() string {
	return fmt.Sprintf("rota restore --version %d", max(1, y.count("version")-y.upTo(8))) + y.maybe(4, "--from "+y.day(y.upTo(9)))
}

func (y *year) settles() string {
	duty := y.someDuty()
	switch y.upTo(4) {
	case 0:
		return "rota unpin " + duty
	case 1:
		return fmt.Sprintf("rota forbid %s %s", duty, y.leader())
	default:
		return fmt.Sprintf("rota pin %s %s", duty, y.leader())
	}
}
