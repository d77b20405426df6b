package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// What is overdue is asked for again of owner and deputy, a week at a time; after a working week the manager reads of it.
func TestOverdueResponsibilitiesAreAskedForAgain(t *testing.T) {
	p := testPCN(t)
	put := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	put(p.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "Ada", Share: rota.FullTime}, {ID: "L2", Name: "Bo", Share: rota.FullTime}}))
	_, err := p.db.AddResponsibilities(t.Context(), []rota.Obligation{{
		Title: "DSPT", Holding: rota.OwnedByOne, Owner: "L1", Deputy: "L2", First: rota.Date{Year: 2027, Month: time.June, Day: 30}, Points: rota.Point,
	}})
	put(err)
	put(p.planResponsibilities(t.Context(), time.Date(2027, 6, 1, 9, 0, 0, 0, time.UTC)))
	for _, tt := range []struct {
		now, want string
		matters   int
	}{
		{"2027-06-24T09:00:00Z", "r1.20270630 L1 with L2 2027-06-30T17:00 DSPT, due ", 0},
		{"2027-07-01T09:00:00Z", "r1.20270630/overdue1 L1 with L2 2027-07-07T17:00 DSPT, due 2027-06-30; r1.20270630/overdue2 L2 for L1 2027-07-07T17:00 DSPT, due 2027-06-30", 0},
		{"2027-07-08T09:00:00Z", "r1.20270630/overdue1 L1 with L2 2027-07-14T17:00 DSPT, due 2027-06-30; r1.20270630/overdue2 L2 for L1 2027-07-14T17:00 DSPT, due 2027-06-30", 1},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		put(err)
		tasks, err := p.tasks(t.Context(), now, now.AddDate(0, 0, 30))
		put(err)
		told := each(tasks, func(k notify.Task) string {
			beside := "with"
			if k.Second {
				beside = "for"
			}
			return fmt.Sprintf("%s %s %s %s %s %s, due %s", k.ID, k.Leader, beside, k.Deputy, k.Due, k.Title, k.Since)
		})
		if got := strings.Join(told, "; "); got != tt.want {
			t.Errorf("at %s: %s, want %s", tt.now, got, tt.want)
		}
		matters, err := p.neglected(t.Context(), now)
		put(err)
		if len(matters) != tt.matters {
			t.Errorf("at %s: the manager reads %v", tt.now, matters)
		}
	}
}

func testPCN(t *testing.T) *pcn {
	db, err := sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "pcnrota.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	zone, _ := time.LoadLocation("Europe/London")
	return &pcn{program: &program{}, db: db, config: config.Config{Zone: zone}}
}
