package cli

import (
	"testing"

	"pcnrota/internal/config"
	"pcnrota/rota"
)

func TestTheHorizonMovesInWholeBlocks(t *testing.T) {
	day := func(s string) rota.Date {
		d, err := rota.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	how := config.Extension{Ahead: 10, Block: 4}
	for _, test := range []struct{ today, until, to string }{
		{"2027-01-04", "2027-03-15", "2027-03-15"}, // ten weeks to the day are enough
		{"2027-01-05", "2027-03-15", "2027-04-12"},
		{"2027-01-05", "2027-01-11", "2027-04-05"}, // three blocks at once
		{"2028-02-29", "2028-05-08", "2028-06-05"},
	} {
		from, to := horizon(day(test.today), day(test.until), how)
		if from != day(test.until) || to != day(test.to) {
			t.Errorf("on %s, published until %s: build %s to %s; want until %s", test.today, test.until, from, to, test.to)
		}
	}
}
