package rota_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestDifferencesAreThoseThatPeopleNotice(t *testing.T) {
	duty := func(day int, holder rota.LeaderID, points rota.Points) rota.Duty {
		d := rota.Duty{ID: rota.DutyID(fmt.Sprint(day)), Holder: holder, Load: rota.Load{rota.Weekday: points}}
		d.Span.Start = time.Date(2027, 1, day, 0, 0, 0, 0, time.UTC)
		return d
	}
	const one, two = rota.Point, 2 * rota.Point
	was := []rota.Duty{duty(1, "A", one), duty(2, "A", one), duty(3, "B", one), duty(4, "C", one), duty(5, "", one)}
	is := []rota.Duty{duty(1, "A", one), duty(2, "B", one), duty(3, "B", two), duty(5, "C", one), duty(6, "A", one)}
	var got []string
	for _, d := range rota.Differences(was, is) {
		got = append(got, fmt.Sprintf("%s %s>%s %t", d.Duty.ID, d.Before, d.After, d.Moved))
	}
	if want := "2 A>B false, 3 B>B true, 4 C> false, 5 >C false, 6 >A false"; strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
	got = nil
	over := map[rota.LeaderID]rota.Load{"A": {rota.Weekday: one}}
	for _, turn := range rota.Turnovers(was, is, over, nil) {
		got = append(got, fmt.Sprintf("%s -%d +%d %s>%s over %s", turn.Leader, turn.Gives, turn.Takes, turn.Was.Total(), turn.Is.Total(), turn.Over.Total()))
	}
	if want := "A -1 +1 2>2 over 1, B -0 +1 1>3 over 0, C -1 +1 1>1 over 0"; strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}
