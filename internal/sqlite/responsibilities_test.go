package sqlite

import (
	"testing"

	"pcnrota/rota"
)

func TestResponsibilitiesRoundTrip(t *testing.T) {
	db := staffed(t)
	all := []rota.Obligation{
		{
			Title: awkward[0], Area: awkward[1], Holding: rota.OwnedByOne, Owner: "L1", Deputy: "L2", Rule: "FREQ=MONTHLY;BYMONTHDAY=-1", First: day("2027-01-01"),
			Before: rota.Lead{Days: 5, Clear: true}, Points: 1_500_000, Evidence: "https://a.example", Note: awkward[4], Source: awkward[3],
			Checked: day("2026-03-10"), Line: "dspt", Starts: day("2027-01-01"), Ends: day("2029-12-31"),
		},
		{Title: "b", Holding: rota.ByEach, Among: "GMC", First: day("2027-01-01"), Within: rota.Within{Least: 9, Most: 15}},
	}
	for i, id := range get(db.AddResponsibilities(t.Context(), all)) {
		all[i].ID = id
	}
	same(t, "responsibilities", get(db.Responsibilities(t.Context())), all)
	all[0].Owner, all[0].Ends = "", rota.Date{}
	ok(t, db.PutResponsibility(t.Context(), all[0]))
	same(t, "after an edit", get(db.Responsibilities(t.Context())), all)
	ok(t, db.PutAnchor(t.Context(), Anchor{all[1].ID, "L2", day("2026-01-01")}))
	ok(t, db.PutAnchor(t.Context(), Anchor{all[1].ID, "L2", day("2026-02-01")}))
	same(t, "anchors", get(db.Anchors(t.Context())), []Anchor{{all[1].ID, "L2", day("2026-02-01")}})
	all[0].ID = 99
	refused(t, db.PutResponsibility(t.Context(), all[0]), ErrUnknown, "responsibility 99")
}

// An item counts its real changes; one that is done stays when the plan has it no more, and one that comes back counts on.
func TestItemsArePlannedAndDone(t *testing.T) {
	db := staffed(t)
	of := get(db.AddResponsibilities(t.Context(), []rota.Obligation{{Title: "a", Holding: rota.GoesRound, First: day("2027-01-01")}}))[0]
	item := func(d string) rota.Item {
		return rota.Item{ID: rota.NewItemID(of, day(d), ""), Responsibility: of, Title: "a", Planned: day(d), Due: day(d), Owner: "L1", Points: rota.Point}
	}
	first, second := item("2027-03-31"), item("2027-06-30")
	plan := func(want int, when string, items ...rota.Item) {
		t.Helper()
		if n := get(db.PlanItems(t.Context(), items, nil, at(when))); n != want {
			t.Errorf("%d changed, want %d", n, want)
		}
	}
	plan(2, "2027-01-01 09:00", first, second)
	plan(0, "2027-01-02 09:00", first, second)
	second.Owner = "L2"
	plan(1, "2027-01-03 09:00", first, second)
	first.Done = rota.Done{On: day("2027-03-30"), By: "L1", Evidence: "https://a.example"}
	ok(t, db.PutItem(t.Context(), first, at("2027-03-30 09:00")))
	plan(1, "2027-04-01 09:00")
	first.Sequence, first.Modified = 1, at("2027-03-30 09:00")
	same(t, "what is left", get(db.Items(t.Context(), rota.Date{}, rota.Date{})), []rota.Item{first})
	plan(1, "2027-04-02 09:00", first, second)
	second.Sequence, second.Modified = 3, at("2027-04-02 09:00")
	same(t, "from April", get(db.Items(t.Context(), day("2027-04-01"), day("2027-07-01"))), []rota.Item{second})
	same(t, "up to its day", len(get(db.Items(t.Context(), day("2027-04-01"), day("2027-06-30")))), 0)
	second.ID = "r9.20270101"
	refused(t, db.PutItem(t.Context(), second, at("2027-04-03 09:00")), ErrUnknown, "item r9.20270101")
}

// A responsibility counts in the ledger beside duties: held by its owner, owed by all who have a part in it. What is withdrawn
// counts no more, nor does what each has for themselves; balances of duties leave all of it out.
func TestResponsibilitiesCountInTheLedger(t *testing.T) {
	db := staffed(t)
	of := get(db.AddResponsibilities(t.Context(), []rota.Obligation{{Title: "a", Holding: rota.GoesRound, First: day("2027-01-01")}}))[0]
	one := rota.Item{ID: "r1.20270331", Responsibility: of, Title: "a", Planned: day("2027-03-31"), Due: day("2027-03-31"), Owner: "L1", Points: 2 * rota.Point}
	own := rota.Item{ID: "r1.20270630.L2", Responsibility: of, Title: "a", For: "L2", Planned: day("2027-06-30"), Due: day("2027-06-30"), Owner: "L2", Points: rota.Point}
	parts := []rota.ItemPart{{Item: one.ID, Leader: "L1", Points: rota.Point / 2}, {Item: one.ID, Leader: "L2", Points: 3 * rota.Point / 2}}
	before := get(db.Revision(t.Context()))
	get(db.PlanItems(t.Context(), []rota.Item{one, own}, parts, at("2027-01-01 09:00")))
	same(t, "the shares", get(db.ItemParts(t.Context())), parts)
	same(t, "the balances", get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})), map[rota.LeaderID]rota.Load{
		"L1": {rota.Responsibility: 3 * rota.Point / 2}, "L2": {rota.Responsibility: -3 * rota.Point / 2},
	})
	same(t, "the balances of duties", get(db.DutyBalances(t.Context())), map[rota.LeaderID]rota.Load{})
	planned := get(db.Revision(t.Context()))
	get(db.PlanItems(t.Context(), []rota.Item{one, own}, parts, at("2027-01-02 09:00")))
	same(t, "nothing changed", get(db.Revision(t.Context())), planned)
	parts[0].Points, parts[1].Points = rota.Point, rota.Point
	get(db.PlanItems(t.Context(), []rota.Item{one, own}, parts, at("2027-01-02 09:00")))
	if now := get(db.Revision(t.Context())); before == planned || now == planned {
		t.Errorf("revisions %d, %d and %d: what is shared out anew is a change", before, planned, now)
	}
	get(db.PlanItems(t.Context(), nil, nil, at("2027-01-03 09:00")))
	same(t, "without it", get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})), map[rota.LeaderID]rota.Load{})
}
