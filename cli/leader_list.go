package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the leaders",
		Description: `Lists who is in post today and who will be; with --all also those who have left.

  pcnrota leader list
  pcnrota leader list --all --csv > leaders.csv`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "also those who have left"},
		}, outputFlagsCSV()...),
		Action: p.inPCN(leaderList),
	}
}

func leaderList(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	shown := []rota.Leader{}
	t := newTable(col("id"), name("name"), wide("role"), col("practice"), number("wte"), name("note"))
	for _, l := range all {
		if hasLeft(l, pcn.today()) && !c.Bool("all") {
			continue
		}
		shown = append(shown, l)
		t.row(string(l.ID), l.Name, strings.Join(l.Roles, ", "), string(l.Practice), l.Share.String(), remarkOn(l, pcn.today()))
	}
	out := listing{json: each(shown, viewOfLeader), csv: leaders.csv(shown), table: t, empty: "no leaders yet: pcnrota leader import FILE.csv"}
	if left := len(all) - len(shown); left > 0 {
		out.empty = "nobody is in post"
		out.notes = []string{fmt.Sprintf("%s left: --all shows them too", have(left, leaders))}
	}
	return pcn.show(c, out)
}

// have gives "1 leader has", "2 leaders have".
func have[T any](n int, k kind[T]) string {
	if n == 1 {
		return k.count(n) + " has"
	}
	return k.count(n) + " have"
}

// remarkOn says what there is to know about l that bears on a rota, the most pressing first.
func remarkOn(l rota.Leader, today rota.Date) string {
	const soon = 90
	var remarks []string
	add := func(when bool, format string, args ...any) {
		if when {
			remarks = append(remarks, fmt.Sprintf(format, args...))
		}
	}
	expires := l.Registration.Expires
	add(hasLeft(l, today), "left %s", l.Ends)
	add(l.Starts.After(today), "from %s", l.Starts)
	add(!l.Ends.IsZero() && !hasLeft(l, today), "to %s", l.Ends)
	add(l.LapsedOn(today), "%s lapsed", l.Registration.Body)
	add(!l.LapsedOn(today) && !expires.IsZero() && today.DaysUntil(expires) <= soon, "%s to %s", l.Registration.Body, expires)
	add(l.NewToOnCall, "new to on call")
	return strings.Join(remarks, ", ")
}
