package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) wishCommand() *cli.Command {
	return &cli.Command{
		Name: "wish", Category: settingUp, Usage: "what leaders would like, or like to avoid",
		Description: `A wish decides between rotas that are equally fair. It bars nothing: an absence
does.`,
		Subcommands: []*cli.Command{
			p.wishAdd(), p.wishEdit(), p.wishList(), p.wishShow(), p.wishRemove(), p.wishImport(),
		},
	}
}

// wishKind is wishes of leaders with those names.
func wishKind(names map[rota.LeaderID]string) kind[rota.Wish] {
	return kind[rota.Wish]{
		one: "wish", many: "wishes",
		same: sameWish,
		label: func(w rota.Wish) string {
			return fmt.Sprintf("%s %s: %s", w.Leader, names[w.Leader], wishInWords(w))
		},
		cells: func(w rota.Wish) [][2]string {
			return [][2]string{
				{"leader_id", string(w.Leader)},
				{"leader", names[w.Leader]},
				{"wish", string(w.Kind)},
				{"weekday", wishWeekday(w)},
				{"first_day", w.First.String()},
				{"last_day", w.Last.String()},
				{"weight", fmt.Sprint(w.Weight)},
			}
		},
	}
}

// sameWish reports whether two wishes are the same in all but their number.
func sameWish(a, b rota.Wish) bool {
	a.ID = b.ID
	if !a.First.IsZero() {
		a.Weekday = b.Weekday
	}
	return a == b
}

// wishWeekday gives "Tue", and nothing for a wish about days.
func wishWeekday(w rota.Wish) string {
	if !w.First.IsZero() {
		return ""
	}
	return w.Weekday.String()[:3]
}

// wishInWords gives "avoid Tue (weight 2)".
func wishInWords(w rota.Wish) string {
	return fmt.Sprintf("%s %s (weight %d)", w.Kind, wishAbout(w), w.Weight)
}

func wishAbout(w rota.Wish) string {
	if w.First.IsZero() {
		return wishWeekday(w)
	}
	return shownDays(w.First, w.Last)
}

// setWishAbout reads WEEKDAY, DAY or DAY..DAY.
func setWishAbout(w *rota.Wish, typed string) (err error) {
	if weekday, err := rota.ParseWeekday(typed); err == nil {
		w.Weekday, w.First, w.Last = weekday, rota.Date{}, rota.Date{}
		return nil
	}
	if w.First, w.Last, err = parseDays(typed); err != nil && w.First.IsZero() {
		return usage(fmt.Sprintf("%q is neither a day of the week nor a day", typed), "write it like Tue, 2027-01-31 or 24/12/2027..26/12/2027")
	}
	return err
}

// checkWish refuses a weight that does not exist, and a wish that is there already.
func checkWish(w rota.Wish, all []rota.Wish) error {
	if w.Weight < 1 || w.Weight > 3 {
		return usage(fmt.Sprintf("a wish cannot weigh %d", w.Weight), "--weight 1 (mild), 2 or 3 (strong)")
	}
	for _, other := range all {
		if other.ID != w.ID && sameWish(other, w) {
			return wrong(fmt.Sprintf("%s has that wish already: number %d", w.Leader, other.ID), "pcnrota wish list "+string(w.Leader))
		}
	}
	return nil
}

// wish finds a wish by its number.
func (p *pcn) wish(c *cli.Context, typed string) (rota.Wish, []rota.Wish, error) {
	all, err := p.db.Wishes(c.Context)
	if err != nil {
		return rota.Wish{}, nil, err
	}
	found, err := pick(all, "wish", typed, func(w rota.Wish) []string { return []string{numbered(w.ID)} })
	return found, all, err
}

// wishView is a wish in JSON.
type wishView struct {
	ID      rota.WishID   `json:"id"`
	Leader  rota.LeaderID `json:"leader_id"`
	Kind    rota.WishKind `json:"wish"`
	Weekday string        `json:"weekday"` // "" where the wish is about days
	First   rota.Date     `json:"first_day"`
	Last    rota.Date     `json:"last_day"`
	Weight  int           `json:"weight"`
}

func viewOfWish(w rota.Wish) wishView {
	return wishView{ID: w.ID, Leader: w.Leader, Kind: w.Kind, Weekday: wishWeekday(w), First: w.First, Last: w.Last, Weight: w.Weight}
}
