package web

import (
	"context"
	"strconv"
	"sync"

	"pcnrota/rota"
)

// fairness is what a leader's own page says of fairness. It is worked out anew only when something was published or
// changed, because both parts look at everything that ever was.
type fairness struct {
	standing rota.Standing
	reasons  map[rota.DutyID]string
}

// accounts remembers fairness as the database had them at one revision, on one day.
type accounts struct {
	mu       sync.Mutex
	revision int64
	day      rota.Date
	of       map[rota.LeaderID]fairness
}

func (a *accounts) get(id rota.LeaderID, revision int64, day rota.Date) (fairness, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	found, ok := a.of[id]
	return found, ok && a.revision == revision && a.day == day
}

func (a *accounts) put(id rota.LeaderID, revision int64, day rota.Date, one fairness) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil || a.revision != revision || a.day != day {
		a.of, a.revision, a.day = map[rota.LeaderID]fairness{}, revision, day
	}
	a.of[id] = one
}

// account gives the leader's fairness as it is now. Reasons that cannot be worked out are left out: a page without
// them is better than none.
func (s *Site) account(ctx context.Context, id rota.LeaderID) (fairness, error) {
	now := s.Clock()
	revision, err := s.source.Revision(ctx) // before what it counts: a change in between is then seen next time
	if err != nil {
		return fairness{}, err
	}
	if known, ok := s.accounts.get(id, revision, s.dayOf(now)); ok {
		return known, nil
	}
	ledger, err := s.source.Ledger(ctx, "", rota.Date{}, rota.Date{})
	if err != nil {
		return fairness{}, err
	}
	var one fairness
	for _, standing := range ledger {
		if standing.Leader == id {
			one.standing = standing
		}
	}
	if s.WhyMine != nil {
		if one.reasons, err = s.WhyMine(ctx, id, now); err != nil {
			s.Log.ErrorContext(ctx, "reasons of duties are left out", "error", err)
			return one, nil // and tried again next time
		}
	}
	s.accounts.put(id, revision, s.dayOf(now), one)
	return one, nil
}

// shareView sets the points that a leader holds against their fair share.
type shareView struct {
	Says string // in a sentence
	Rows []shareRow
}

// shareRow is a line of the chart, in words and as bars. Widths are parts of 100.
type shareRow struct {
	Title      string
	Held, Fair string
	Difference string // "0.5 over"
	HeldWidth  string
	FairAt     string // where the mark for the fair share begins
	Total      bool
}

// markWidth is the width of the mark for the fair share, in parts of 100.
const markWidth = 1

func viewShare(s rota.Standing) shareView {
	held, fair := s.Held.Total(), s.Target.Total()
	view := shareView{Says: "You hold " + pointsWords(held) + " and your fair share is " + fair.String() + ": " + overWords(held-fair) + "."}
	most := max(held, fair)
	add := func(title string, held, fair rota.Points, total bool) {
		view.Rows = append(view.Rows, shareRow{
			title, held.String(), fair.String(), overWords(held - fair),
			part(held, most, 100), part(fair, most, 100-markWidth), total,
		})
	}
	for c := range s.Held {
		if s.Held[c] != 0 || s.Target[c] != 0 {
			add(capital(rota.Category(c).Title()), s.Held[c], s.Target[c], false)
		}
	}
	add("All", held, fair, true)
	return view
}

// part is p as a part of most, on a scale that ends with full.
func part(p, most rota.Points, full float64) string {
	if most <= 0 || p <= 0 {
		return "0"
	}
	return strconv.FormatFloat(min(1, float64(p)/float64(most))*full, 'f', 1, 64)
}

// overWords says where a difference stands: "0.5 over", "1 under", "even".
func overWords(p rota.Points) string {
	switch {
	case p.String() == "0":
		return "even"
	case p < 0:
		return (-p).String() + " under"
	default:
		return p.String() + " over"
	}
}
