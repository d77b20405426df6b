package cli

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// turnView says in JSON who had a festive period before.
type turnView struct {
	Period string          `json:"period"` // "Christmas 2027"
	Has    []rota.LeaderID `json:"has"`
	Before []rota.Had      `json:"before"` // the longest ago first
	Never  []rota.LeaderID `json:"never"`
}

func viewTurn(t rota.Turn) turnView {
	return turnView{t.Period.String(), append([]rota.LeaderID{}, t.Has...), append([]rota.Had{}, t.Before...), append([]rota.LeaderID{}, t.Never...)}
}

// turnInWords says whose turn it was: "Christmas 2027: Ada Obi has it. Had it before: Bo Chen in 2025. Not yet: Cy Doe."
func turnInWords(t rota.Turn, names map[rota.LeaderID]rota.Leader) string {
	list := func(ids []rota.LeaderID) string {
		return strings.Join(each(ids, func(id rota.LeaderID) string { return nameOf(names, id) }), ", ")
	}
	var others []rota.LeaderID
	for _, id := range t.Never {
		if !slices.Contains(t.Has, id) {
			others = append(others, id)
		}
	}
	says := fmt.Sprintf("%s: %s on call.", t.Period, list(t.Has))
	if len(t.Before) > 0 {
		says += " Had it before: " + strings.Join(each(t.Before, func(h rota.Had) string { return fmt.Sprintf("%s in %d", nameOf(names, h.Leader), h.Year) }), ", ") + "."
	}
	if len(others) > 0 {
		says += " Could have it, and had not so far: " + list(others) + "."
	}
	return says
}
