package rota_test

import (
	"fmt"
	"strings"
	"testing"

	"pcnrota/rota"
)

func itemFor(t *testing.T, r rota.ObligationID, day string, points rota.Points) rota.Item {
	t.Helper()
	d := date(t, day)
	return rota.Item{ID: rota.NewItemID(r, d, ""), Responsibility: r, Planned: d, Due: d, Points: points}
}

// weekly gives so many items a week apart.
func weekly(t *testing.T, n int) (items []rota.Item) {
	for i := range n {
		items = append(items, itemFor(t, 1, date(t, "2027-01-06").AddDays(7*i).String(), rota.Point))
	}
	return items
}

func owners(items []rota.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, string(i.Owner))
	}
	return strings.Join(all, " ")
}

func itemsHeld(items []rota.Item) map[rota.LeaderID]int {
	n := map[rota.LeaderID]int{}
	for _, i := range items {
		n[i.Owner]++
	}
	return n
}

var goesRound = []rota.Obligation{{ID: 1, Holding: rota.GoesRound}}

func TestResponsibilitiesGoRoundByShareOfAPost(t *testing.T) {
	leaders := []rota.Leader{{ID: "A", Share: 1000}, {ID: "B", Share: 500}, {ID: "C", Share: 500}}
	got, parts := rota.ShareOut(weekly(t, 40), nil, goesRound, leaders, nil, nil, date(t, "2027-01-01"))
	if n := itemsHeld(got); n["A"] != 20 || n["B"] != 10 || n["C"] != 10 {
		t.Errorf("held: %v", n)
	}
	for _, i := range got {
		if i.Deputy == "" || i.Deputy == i.Owner {
			t.Fatalf("%s has %s and as deputy %q", i.ID, i.Owner, i.Deputy)
		}
	}
	again, _ := rota.ShareOut(got, parts, goesRound, leaders, nil, nil, date(t, "2027-01-01"))
	if owners(again) != owners(got) {
		t.Errorf("shared out again: %s, before %s", owners(again), owners(got))
	}
}

// Whoever deputises is not whoever is next all the time: it goes round by times, whatever the points are.
func TestDeputiesOfResponsibilitiesGoRound(t *testing.T) {
	four := []rota.Leader{{ID: "A", Share: 1000}, {ID: "B", Share: 1000}, {ID: "C", Share: 1000}, {ID: "D", Share: 500}}
	over := map[rota.LeaderID]rota.Load{"A": {rota.Weekend: -100 * rota.Point}, "B": {rota.Weekend: -50 * rota.Point}}
	away := []rota.Absence{{Leader: "C", Kind: rota.Annual, First: date(t, "2027-01-01"), Last: date(t, "2027-02-14")}}
	got, parts := rota.ShareOut(weekly(t, 28), nil, goesRound, four, away, over, date(t, "2027-01-01"))
	n := map[rota.LeaderID]int{}
	for k, i := range got {
		if i.Owner != "A" || i.Deputy == "A" || k < 6 && i.Deputy == "C" {
			t.Fatalf("%s has %s and as deputy %q", i.ID, i.Owner, i.Deputy)
		}
		n[i.Deputy]++
	}
	if got := fmt.Sprintf("B %d, C %d, D %d", n["B"], n["C"], n["D"]); got != "B 11, C 11, D 6" {
		t.Errorf("A owns all of 28; deputies: %s", got)
	}
	again, _ := rota.ShareOut(got, parts, goesRound, four, away, over, date(t, "2027-01-01"))
	for k := range got {
		if again[k].Deputy != got[k].Deputy {
			t.Errorf("shared out again, %s has %s as deputy, and before %s", got[k].ID, again[k].Deputy, got[k].Deputy)
		}
	}
}

// A joiner owes nothing for what was before; nobody pays back protected leave; whoever is over in the ledger waits.
func TestTheLedgerSaysWhoIsNext(t *testing.T) {
	three := []rota.Leader{{ID: "A", Share: 1000}, {ID: "B", Share: 1000}, {ID: "C", Share: 1000}}
	for _, tt := range []struct {
		name     string
		leaders  []rota.Leader
		absences []rota.Absence
		over     map[rota.LeaderID]rota.Load
		want     string // held of 12
	}{
		{"equals", three, nil, nil, "A 4, B 4, C 4"},
		{"one who is over", three, nil, map[rota.LeaderID]rota.Load{"A": {rota.Weekend: 3 * rota.Point}}, "A 2, B 5, C 5"},
		{
			"a joiner after six weeks",
			[]rota.Leader{three[0], three[1], {ID: "C", Share: 1000, Starts: date(t, "2027-02-15")}},
			nil, nil, "A 5, B 5, C 2",
		},
		{
			"half the time on parental leave", three,
			[]rota.Absence{{Leader: "C", Kind: rota.Parental, First: date(t, "2027-01-01"), Last: date(t, "2027-02-14")}},
			nil, "A 5, B 5, C 2",
		},
		{
			"half the time on holiday, and made up for", three,
			[]rota.Absence{{Leader: "C", Kind: rota.Annual, First: date(t, "2027-01-01"), Last: date(t, "2027-02-14")}},
			nil, "A 4, B 4, C 4",
		},
	} {
		items, _ := rota.ShareOut(weekly(t, 12), nil, goesRound, tt.leaders, tt.absences, tt.over, date(t, "2027-01-01"))
		n := itemsHeld(items)
		if got := fmt.Sprintf("A %d, B %d, C %d", n["A"], n["B"], n["C"]); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// What somebody always owns weighs as much as what goes round.
func TestWhatOneOwnsCountsInTheSameLedger(t *testing.T) {
	items := weekly(t, 12)
	for k := range 4 {
		i := itemFor(t, 2, "2027-01-05", rota.Point)
		i.ID += rota.ItemID(fmt.Sprint(k))
		i.Owner = "A"
		items = append(items, i)
	}
	both := []rota.Obligation{goesRound[0], {ID: 2, Holding: rota.OwnedByOne, Owner: "A"}}
	items, _ = rota.ShareOut(items, nil, both, []rota.Leader{{ID: "A", Share: 1000}, {ID: "B", Share: 1000}}, nil, nil, date(t, "2027-01-01"))
	if n := itemsHeld(items); n["A"] != 8 || n["B"] != 8 {
		t.Errorf("held: %v", n)
	}
}

// What is owed for something adds up to what it weighs, and stays as it was once its day is over.
func TestSharesOfItemsAddUpAndStay(t *testing.T) {
	leaders := []rota.Leader{{ID: "A", Share: 1000}, {ID: "B", Share: 500}, {ID: "C", Share: 600}}
	items, parts := rota.ShareOut(weekly(t, 4), nil, goesRound, leaders, nil, nil, date(t, "2027-01-01"))
	leaders[1].Share = 1000
	today := date(t, "2027-01-10")
	_, later := rota.ShareOut(items, parts, goesRound, leaders, nil, nil, today)
	owed := func(parts []rota.ItemPart, i rota.Item, of rota.LeaderID) (points rota.Points) {
		for _, p := range parts {
			if p.Item == i.ID && (of == "" || p.Leader == of) {
				points += p.Points
			}
		}
		return points
	}
	for k, i := range items {
		if sum := owed(later, i, ""); sum != i.Points {
			t.Errorf("%s: %s points are owed of %s", i.ID, sum, i.Points)
		}
		if stays := owed(later, i, "B") == owed(parts, i, "B"); stays != (k == 0) {
			t.Errorf("%s, due %s: B owes %s, and before %s", i.ID, i.Due, owed(later, i, "B"), owed(parts, i, "B"))
		}
	}
}

func TestItemsKeepTheirIdentityAndWhatWasDone(t *testing.T) {
	today := date(t, "2027-04-10")
	done, late, open := itemFor(t, 1, "2027-03-31", 1), itemFor(t, 1, "2027-02-28", 1), itemFor(t, 1, "2027-06-30", 1)
	done.Done, done.Owner = rota.Done{On: date(t, "2027-03-30"), By: "Ada"}, "A"
	late.Owner, open.Owner, open.Settled = "B", "C", true
	planned := []rota.Item{itemFor(t, 1, "2027-02-15", 1), itemFor(t, 1, "2027-03-15", 1), itemFor(t, 1, "2027-06-15", 1), itemFor(t, 1, "2027-09-15", 1)}
	got := rota.RecogniseItems(planned, []rota.Item{done, late, open}, today)
	var told []string
	for _, i := range got {
		told = append(told, fmt.Sprintf("%s due %s %s %t", i.ID, i.Due, i.Owner, i.Open()))
	}
	want := "r1.20270228 due 2027-02-28 B true, r1.20270331 due 2027-03-31 A false, r1.20270630 due 2027-06-15 C true, r1.20270915 due 2027-09-15  true"
	if s := strings.Join(told, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// Overdue goes to the deputy at once, and to the manager after a working week.
func TestOverdueEscalates(t *testing.T) {
	i := itemFor(t, 1, "2027-06-30", 1)
	i.Owner, i.Deputy = "A", "B"
	for _, tt := range []struct {
		today, want string
		manager     bool
	}{{"2027-06-30", "[A]", false}, {"2027-07-01", "[A B]", false}, {"2027-07-06", "[A B]", false}, {"2027-07-07", "[A B]", true}} {
		leaders, manager := i.Answers(date(t, tt.today), rota.Holidays{})
		if fmt.Sprint(leaders) != tt.want || manager != tt.manager {
			t.Errorf("on %s: %v and the manager: %t", tt.today, leaders, manager)
		}
	}
}

func TestMonthsAndBounds(t *testing.T) {
	if got := date(t, "2027-01-31").AddMonths(1).String() + date(t, "2027-12-15").AddMonths(3).String() + date(t, "2027-01-15").AddMonths(-2).String(); got != "2027-02-282028-03-152026-11-15" {
		t.Error(got)
	}
	w, err := rota.ParseWithin("9-15 months")
	if err != nil || w.String() != "9-15 months" {
		t.Fatal(w, err)
	}
	for day, kept := range map[string]bool{"2027-09-29": false, "2027-09-30": true, "2028-03-31": true, "2028-04-01": false} {
		if says := w.Kept(date(t, "2026-12-31"), date(t, day)); (says == "") != kept {
			t.Errorf("%s: %q", day, says)
		}
	}
	for _, s := range []string{"9", "15-9", "a-b", "9-"} {
		if w, err := rota.ParseWithin(s); err == nil {
			t.Errorf("%q is read as %v", s, w)
		}
	}
}
