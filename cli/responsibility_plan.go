package cli

import (
	"context"
	"slices"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// planResponsibilities plans what is to be done in the year to come and says who sees to each. It follows every change
// of responsibilities, leaders, absences and published duties. What is done or overdue stays as it is.
func (p *pcn) planResponsibilities(ctx context.Context, now time.Time) error {
	return p.planResponsibilitiesWithout(ctx, now, "")
}

// planResponsibilitiesWithout is planResponsibilities as if a leader were not there.
func (p *pcn) planResponsibilitiesWithout(ctx context.Context, now time.Time, gone rota.LeaderID) error {
	var items []rota.Item
	var parts []rota.ItemPart
	err := p.db.View(ctx, func(r sqlite.Reader) error {
		all, err := r.Responsibilities(ctx)
		if err != nil || len(all) == 0 {
			return err
		}
		items, parts, err = p.plannedItems(ctx, r, all, p.dayOf(now), gone)
		return err
	})
	if err != nil || items == nil {
		return err
	}
	_, err = p.db.PlanItems(ctx, items, parts, now)
	return err
}

func (p *pcn) plannedItems(ctx context.Context, r sqlite.Reader, all []rota.Obligation, today rota.Date, gone rota.LeaderID) ([]rota.Item, []rota.ItemPart, error) {
	people, err := r.Leaders(ctx)
	if err != nil {
		return nil, nil, err
	}
	people = slices.DeleteFunc(people, func(l rota.Leader) bool { return l.ID == gone })
	absences, err := r.Absences(ctx)
	if err != nil {
		return nil, nil, err
	}
	over, err := r.DutyBalances(ctx)
	if err != nil {
		return nil, nil, err
	}
	known, err := r.Items(ctx, rota.Date{}, rota.Date{})
	if err != nil {
		return nil, nil, err
	}
	parts, err := r.ItemParts(ctx)
	if err != nil {
		return nil, nil, err
	}
	anchors, err := r.Anchors(ctx)
	if err != nil {
		return nil, nil, err
	}
	series, err := r.AllSeries(ctx)
	if err != nil {
		return nil, nil, err
	}
	until := today.AddDays(planAhead)
	meetings, err := r.Occurrences(ctx, today.At(0).Instant(p.config.Zone), until.At(0).Instant(p.config.Zone))
	if err != nil {
		return nil, nil, err
	}
	var planned []rota.Item
	for _, responsibility := range all {
		if responsibility.Series != 0 {
			chain := chainOf(rota.Series{ID: responsibility.Series}, series)
			planned = append(planned, p.itemsBefore(meetings, chain, responsibility, people, today)...)
			continue
		}
		items, err := p.itemsOf(responsibility, people, anchors, today)
		if err != nil {
			return nil, nil, err
		}
		planned = append(planned, items...)
	}
	items := rota.RecogniseItems(planned, known, today)
	if items == nil {
		items = []rota.Item{}
	}
	items, parts = rota.ShareOut(items, parts, all, people, absences, over, today)
	return items, parts, nil
}

// itemsOf gives the times of one responsibility in the year to come.
func (p *pcn) itemsOf(r rota.Obligation, people []rota.Leader, anchors []sqlite.Anchor, today rota.Date) ([]rota.Item, error) {
	if r.Holding != rota.ByEach {
		return p.itemsFrom(r, "", r.First, today)
	}
	first := map[rota.LeaderID]rota.Date{}
	for _, a := range anchors {
		if a.Responsibility == r.ID {
			first[a.Leader] = a.First
		}
	}
	var all []rota.Item
	for _, l := range people {
		if !r.Admits(l) {
			continue
		}
		from, own := first[l.ID]
		if !own {
			from = r.First
		}
		items, err := p.itemsFrom(r, l.ID, from, today)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			if l.InPost(i.Due, i.Due) {
				all = append(all, i)
			}
		}
	}
	return all, nil
}

// itemsBefore gives the times of a responsibility that is due before those of the meetings that are of a chain of series.
// A meeting that moves takes its day with it.
func (p *pcn) itemsBefore(meetings []rota.Occurrence, chain []rota.SeriesID, o rota.Obligation, people []rota.Leader, today rota.Date) []rota.Item {
	var items []rota.Item
	for _, m := range meetings {
		due := o.Before.On(m.Start.Date, p.config.Holidays)
		if !slices.Contains(chain, m.Series.ID) || due.Before(today) || due.Before(o.Starts) || !o.Ends.IsZero() && due.After(o.Ends) {
			continue
		}
		for _, of := range holdersOf(o, people, due) {
			items = append(items, itemOn(o, m.Planned, due, of))
		}
	}
	return items
}

// holdersOf gives those who each have a responsibility for themselves on a day; "" where it is one for all.
func holdersOf(o rota.Obligation, people []rota.Leader, day rota.Date) []rota.LeaderID {
	if o.Holding != rota.ByEach {
		return []rota.LeaderID{""}
	}
	var all []rota.LeaderID
	for _, l := range people {
		if o.Admits(l) && l.InPost(day, day) {
			all = append(all, l.ID)
		}
	}
	return all
}

func (p *pcn) itemsFrom(r rota.Obligation, of rota.LeaderID, first, today rota.Date) ([]rota.Item, error) {
	// A lead of many working days is due long before the day of the rule.
	days, err := calendar.Days(r.Rule, first, today, today.AddDays(planAhead))
	if err != nil {
		return nil, err
	}
	var items []rota.Item
	for _, day := range days {
		due := day
		if r.Before.Days > 0 {
			due = r.Before.On(day, p.config.Holidays)
		}
		if due.Before(today) || due.Before(r.Starts) || !r.Ends.IsZero() && due.After(r.Ends) {
			continue
		}
		items = append(items, itemOn(r, day, due, of))
	}
	return items, nil
}

// itemOn is the time of r that is planned for one day and due on another, of a leader or, where that is "", of all.
func itemOn(r rota.Obligation, day, due rota.Date, of rota.LeaderID) rota.Item {
	item := rota.Item{
		ID: rota.NewItemID(r.ID, day, of), Responsibility: r.ID, Title: r.Title, Area: r.Area, For: of, Planned: day, Due: due,
		Owner: r.Owner, Deputy: r.Deputy, Points: r.Points,
	}
	if of != "" {
		item.Owner = of
	}
	return item
}
