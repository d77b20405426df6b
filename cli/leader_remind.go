package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) leaderRemind() *cli.Command {
	return &cli.Command{
		Name: "remind", ArgsUsage: "LEADER", Usage: "what a leader wants to be reminded of besides, or not at all",
		Description: `Without flags, shows it. What is not said here is as config.toml has it. A change of
one's own duties is told whatever stands here.

  pcnrota leader remind L01
  pcnrota leader remind L01 --add "3d 09:00" --mute "28d 17:00"
  pcnrota leader remind L01 --mute "7d 17:00" --of meeting
  pcnrota leader remind L01 --mute digest --add invitation
  pcnrota leader remind L01 --usual`,
		Flags: append(outputFlags(),
			&cli.StringSliceFlag{Name: "add", Usage: "`WHAT` they want besides: days before and a time, or a kind of message; again for each"},
			&cli.StringSliceFlag{Name: "mute", Usage: "`WHAT` they do not want, written the same way"},
			&cli.StringFlag{Name: "of", Usage: "`KIND` that the days before are about", Value: string(notify.Duty)},
			&cli.BoolFlag{Name: "usual", Usage: "forget what they wanted before"},
			dryRunFlag()),
		Action: p.inPCN(remindLeader),
	}
}

// preferenceView is a preference in JSON.
type preferenceView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Kind     notify.Kind   `json:"kind"`
	Rung     string        `json:"rung"`
	Wanted   bool          `json:"wanted"`
}

func remindLeader(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	wanted, err := preferencesGiven(c, l.ID)
	if err != nil {
		return err
	}
	if !p.rehearse {
		if c.Bool("usual") {
			if _, err := p.db.ClearPreferences(c.Context, l.ID, "", ""); err != nil {
				return err
			}
		}
		for _, w := range wanted {
			if err := p.db.PutPreference(c.Context, w); err != nil {
				return err
			}
		}
	}
	if c.Bool("json") {
		return p.showPreferences(c, l)
	}
	if c.Bool("usual") {
		p.did("change", "what "+leaders.label(l)+" is reminded of: as config.toml says")
	}
	for _, w := range wanted {
		p.did("change", fmt.Sprintf("what %s is reminded of: %s", leaders.label(l), preferenceInWords(w)))
	}
	if len(wanted) > 0 || c.Bool("usual") {
		return nil
	}
	return p.showPreferences(c, l)
}

// preferencesGiven reads what --add and --mute ask for.
func preferencesGiven(c *cli.Context, leader rota.LeaderID) ([]notify.Preference, error) {
	of := notify.Kind(c.String("of"))
	if !slices.Contains(notify.Preferable, of) {
		return nil, usage(fmt.Sprintf("--of %s is no kind of message that can be chosen", of), "--of "+preferableKinds(" | "))
	}
	var all []notify.Preference
	for _, flag := range []string{"add", "mute"} {
		for _, typed := range c.StringSlice(flag) {
			w := notify.Preference{Leader: leader, Kind: of, Wanted: flag == "add"}
			if kind := notify.Kind(typed); slices.Contains(notify.Preferable, kind) {
				w.Kind = kind
			} else {
				rung, err := config.ParseRung(typed)
				if err != nil && kind == notify.Change {
					return nil, usage("a change of one's own duties is told whatever stands here", fmt.Sprintf("--%s %s", flag, preferableKinds(" | ")))
				}
				if err != nil {
					return nil, usage(err.Error(), fmt.Sprintf(`--%s "3d 09:00"`, flag), fmt.Sprintf("--%s %s", flag, preferableKinds(" | ")))
				}
				w.Rung = rung.Short()
			}
			all = append(all, w)
		}
	}
	return all, nil
}

func preferableKinds(between string) string {
	return strings.Join(each(notify.Preferable, func(k notify.Kind) string { return string(k) }), between)
}

// showPreferences shows what a leader wants otherwise than config.toml says.
func (p *pcn) showPreferences(c *cli.Context, l rota.Leader) error {
	all, err := p.db.Preferences(c.Context)
	if err != nil {
		return err
	}
	own := slices.DeleteFunc(all, func(w notify.Preference) bool { return w.Leader != l.ID })
	list := listing{
		table: newTable(name("what"), col("wanted")),
		json:  each(own, func(w notify.Preference) preferenceView { return preferenceView{w.Leader, w.Kind, w.Rung, w.Wanted} }),
		empty: fmt.Sprintf("%s is reminded as config.toml says: duties %s", leaders.label(l), ladderInWords(p.config.Reminders.Duty)),
	}
	for _, w := range own {
		list.table.row(preferenceWhat(w), map[bool]string{true: "yes", false: "no"}[w.Wanted])
	}
	return p.show(c, list)
}

func preferenceInWords(w notify.Preference) string {
	if w.Wanted {
		return preferenceWhat(w) + " besides"
	}
	return "not " + preferenceWhat(w)
}

func preferenceWhat(w notify.Preference) string {
	if w.Rung == "" {
		return string(w.Kind)
	}
	rung, err := rota.ParseRung(w.Rung)
	if err != nil {
		return fmt.Sprintf("%s, %s", w.Kind, w.Rung)
	}
	return fmt.Sprintf("%s, %s", w.Kind, rung)
}
