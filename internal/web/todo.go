package web

import (
	"context"

	"pcnrota/rota"
)

// todoDays is how far ahead pages show what has to be seen to.
const todoDays = 90

// todo is one time that a responsibility has to be seen to.
type todo struct {
	Title, Area string
	Due         string // "Wednesday 30 June 2027"
	Overdue     bool
	Deputising  bool // for whoever's page it is
	Who, Deputy string
	Nobody      bool // holds it
}

// todos gives what is open and due in the days to come, or overdue, in order.
func (s *Site) todos(ctx context.Context, today rota.Date) ([]rota.Item, error) {
	items, err := s.source.Items(ctx, rota.Date{}, today.AddDays(todoDays+1))
	var open []rota.Item
	for _, i := range items {
		if i.Open() {
			open = append(open, i)
		}
	}
	return open, err
}

// ofMine gives what a leader has to see to, and where they are the deputy of who has.
func ofMine(items []rota.Item, leader rota.LeaderID, who people, today rota.Date) (mine []todo) {
	for _, i := range items {
		if i.Owner == leader || i.Deputy == leader && i.Owner != "" {
			t := viewTodo(i, who, today)
			t.Deputising = i.Owner != leader
			mine = append(mine, t)
		}
	}
	return mine
}

// ofTeam gives who holds what, where any of the two is shown. What each has for themselves is nobody else's business.
func ofTeam(items []rota.Item, who people, today rota.Date, shown func(rota.LeaderID) bool) (all []todo) {
	for _, i := range items {
		if i.For == "" && (i.Owner == "" || shown(i.Owner) || i.Deputy != "" && shown(i.Deputy)) {
			all = append(all, viewTodo(i, who, today))
		}
	}
	return all
}

func viewTodo(i rota.Item, who people, today rota.Date) todo {
	t := todo{Title: i.Title, Area: i.Area, Due: dayWords(i.Due), Overdue: i.Overdue(today), Nobody: i.Owner == ""}
	if i.Owner != "" {
		t.Who = who.name(i.Owner)
	}
	if i.Deputy != "" {
		t.Deputy = who.name(i.Deputy)
	}
	return t
}
