package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaPins() *cli.Command {
	return &cli.Command{
		Name: "pins", ArgsUsage: "[NAME]", Usage: "list what is settled by hand, of one rota or of all",
		Description: "  pcnrota rota pins on-call",
		Flags:       outputFlags(), Action: p.inPCN(listPins),
	}
}

// pinView is a pin in JSON.
type pinView struct {
	Duty     rota.DutyID   `json:"duty"`
	Start    string        `json:"start"`   // of the duty, on the PCN's clocks; of a meeting, the day for which it was planned
	Settled  string        `json:"settled"` // "pin" or "forbid"
	LeaderID rota.LeaderID `json:"leader_id"`
	Leader   string        `json:"leader"`
	Reason   string        `json:"reason"`
}

func viewPin(pin rota.Pin, names map[rota.LeaderID]string) pinView {
	v := pinView{Duty: pin.Duty, Settled: "pin", LeaderID: pin.Leader, Leader: names[pin.Leader], Reason: pin.Reason}
	if pin.Forbid {
		v.Settled = "forbid"
	}
	if start, err := pin.Duty.Start(); err == nil {
		v.Start = start.String()
	} else if _, meeting, is := pin.Duty.MeetingOf(); is {
		v.Start = dayOfMeeting(meeting)
	}
	return v
}

// dayOfMeeting gives the day for which a meeting was planned, by its identity: "2027-01-12".
func dayOfMeeting(id rota.OccurrenceID) string {
	_, digits, _ := strings.Cut(string(id), ".")
	if day, err := time.Parse("20060102", digits[:min(8, len(digits))]); err == nil {
		return day.Format(time.DateOnly)
	}
	return ""
}

func listPins(c *cli.Context, p *pcn) error {
	pins, err := p.db.Pins(c.Context)
	if err != nil {
		return err
	}
	if c.Args().Present() {
		policy, err := p.rotaNamed(c)
		if err != nil {
			return err
		}
		pins = slices.DeleteFunc(pins, func(pin rota.Pin) bool { return !pin.Duty.Of(policy.Name) })
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	views := each(pins, func(pin rota.Pin) pinView { return viewPin(pin, names) })
	slices.SortStableFunc(views, func(a, b pinView) int { return cmp.Compare(a.Start, b.Start) })
	l := listing{
		json: views, empty: "nothing is settled by hand",
		table: newTable(col("duty"), col("settled"), col("id"), name("leader"), wide("reason")),
	}
	for _, v := range views {
		l.table.row(string(v.Duty), v.Settled, string(v.LeaderID), v.Leader, v.Reason)
	}
	return p.show(c, l)
}
