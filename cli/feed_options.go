package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// The longest that a feed looks either way, in days, and the longest that it warns before a duty, in minutes.
const (
	longestLook  = 1100
	longestAlarm = 28 * 24 * 60
)

// feedFlags are what can be said about a link when it is made, and changed later.
func feedFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "name", Usage: "`NAME` by which to tell links apart (default: calendar)"},
		&cli.StringSliceFlag{Name: "only", Usage: "`CATEGORY` to show: weekday, weekend, bank-holiday, festive, meeting or responsibility; again for each further one; \"all\" for everything"},
		&cli.StringSliceFlag{Name: "tier", Usage: "`TIER` of the duties to show, like first; again for each further one; \"all\" for every one"},
		&cli.BoolFlag{Name: "busy-only", Usage: "show that the time is taken, and nothing else"},
		&cli.StringFlag{Name: "show-as", Usage: "`HOW` time is shown: busy, free, or usual (meetings busy, duties free)"},
		&cli.StringSliceFlag{Name: "alarm", Usage: "`TIME` before the start, like 30m, 12h or 2d; again for each further one; \"none\" for no alarm"},
		&cli.BoolFlag{Name: "phones", Usage: "with telephone numbers of colleagues and places of meetings (a leader's own link has them; --phones=false takes them away)"},
		&cli.BoolFlag{Name: "absences", Usage: "with the leader's own absences, as \"Away\" and without the kind"},
		&cli.IntFlag{Name: "back", Usage: "`DAYS` to look back (default: 90)"},
		&cli.IntFlag{Name: "ahead", Usage: "`DAYS` to look ahead (default: 400)"},
		&cli.StringFlag{Name: "expires", Usage: "`DAY` last day on which the link works; \"\" for no end"},
	}
}

// setFeed changes what the flags give.
func (p *pcn) setFeed(c *cli.Context, f *rota.Feed) error {
	o := &f.Options
	setWord(c, "name", &f.Name)
	for flag, to := range map[string]*bool{"busy-only": &o.BusyOnly, "phones": &o.Phones, "absences": &o.Absences} {
		if c.IsSet(flag) {
			*to = c.Bool(flag)
		}
	}
	for _, err := range []error{
		setEach(c, "only", "all", &o.Categories, parseCategory),
		setEach(c, "tier", "all", &o.Tiers, p.parseTier),
		setEach(c, "alarm", "none", &o.Alarms, parseAlarm),
		setParsed(c, "show-as", &o.ShowAs, rota.ParseShowAs),
		setLook(c, "back", &o.Back),
		setLook(c, "ahead", &o.Ahead),
		p.setExpiry(c, f),
	} {
		if err != nil {
			return err
		}
	}
	if f.Name == "" {
		return usage("a link needs a name", `--name "work Outlook"`)
	}
	if o.Absences && f.Kind != rota.FeedOfLeader {
		return usage("absences are shown in a leader's own calendar only", "leave out --absences")
	}
	return nil
}

// setEach sets the list that a repeated flag gives, or one with commas; the word empties it. Repetitions count
// once.
func setEach[T comparable](c *cli.Context, flag, empty string, to *[]T, parse func(string) (T, error)) error {
	if !c.IsSet(flag) {
		return nil
	}
	var all []T
	for typed := range strings.SplitSeq(strings.Join(c.StringSlice(flag), ","), ",") {
		typed = strings.TrimSpace(typed)
		if typed == "" || strings.EqualFold(typed, empty) {
			continue
		}
		one, err := parseWith(parse, typed)
		if err != nil {
			return err
		}
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	*to = all
	return nil
}

func parseCategory(typed string) (rota.Category, error) {
	category, err := rota.ParseCategory(strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(typed)))
	if err != nil {
		return 0, usage(fmt.Sprintf("%q is not a category", typed), "weekday, weekend, bank-holiday, festive, meeting or responsibility")
	}
	return category, nil
}

// parseTier reads the name or the title of a tier of any rota.
func (p *pcn) parseTier(typed string) (rota.TierName, error) {
	var known []string
	for _, policy := range p.config.Rotas {
		for _, t := range policy.Tiers {
			if strings.EqualFold(typed, string(t.Name)) || strings.EqualFold(typed, t.Title) {
				return t.Name, nil
			}
			if !slices.Contains(known, string(t.Name)) {
				known = append(known, string(t.Name))
			}
		}
	}
	return "", wrong(fmt.Sprintf("no rota has a tier %q", typed), "config.toml declares "+strings.Join(known, ", "))
}

// parseAlarm reads a time before the start, 30m, 12h or 2d, as minutes.
func parseAlarm(typed string) (int, error) {
	unit := map[string]int{"m": 1, "h": 60, "d": 24 * 60}[typed[len(typed)-1:]]
	n, err := strconv.Atoi(typed[:len(typed)-1])
	if err != nil || unit == 0 || n < 0 || n > longestAlarm/unit {
		return 0, usage(fmt.Sprintf("%q is not a time before the start, of four weeks at most", typed), "write it like 30m, 12h or 2d")
	}
	return n * unit, nil
}

// alarmWords gives what parseAlarm reads.
func alarmWords(minutes int) string {
	switch {
	case minutes > 0 && minutes%(24*60) == 0:
		return fmt.Sprintf("%dd", minutes/24/60)
	case minutes > 0 && minutes%60 == 0:
		return fmt.Sprintf("%dh", minutes/60)
	}
	return fmt.Sprintf("%dm", minutes)
}

func setLook(c *cli.Context, flag string, to *int) error {
	if !c.IsSet(flag) {
		return nil
	}
	if n := c.Int(flag); n < 0 || n > longestLook {
		return usage(fmt.Sprintf("--%s cannot be %d", flag, n), fmt.Sprintf("0 to %d days", longestLook))
	}
	*to = c.Int(flag)
	return nil
}

// setExpiry has the link work to the end of the day given.
func (p *pcn) setExpiry(c *cli.Context, f *rota.Feed) error {
	if !c.IsSet("expires") {
		return nil
	}
	last, err := dayFlag(c, "expires")
	switch {
	case err != nil:
		return err
	case last.IsZero():
		f.Expires = time.Time{}
		return nil
	case last.Before(p.today()):
		return usage(fmt.Sprintf("%s is over", last), "--expires DAY, today or later", "pcnrota feed revoke NUMBER, to end a link now")
	}
	f.Expires = last.AddDays(1).At(0).Instant(p.config.Zone)
	return nil
}

// feedKind tells what is different about a link.
func (p *pcn) feedKind(label string) kind[rota.Feed] {
	return kind[rota.Feed]{
		one: "link", label: func(rota.Feed) string { return strings.TrimPrefix(label, "link ") },
		cells: func(f rota.Feed) [][2]string {
			o := f.Options
			return [][2]string{
				{"name", f.Name},
				{"shows", cmp.Or(strings.Join(each(o.Categories, rota.Category.Title), ", "), "everything")},
				{"tiers", cmp.Or(strings.Join(each(o.Tiers, func(t rota.TierName) string { return string(t) }), ", "), "all")},
				{"busy only", yesOrNothing(o.BusyOnly)},
				{"shown as", cmp.Or(string(o.ShowAs), "usual")},
				{"alarms", strings.Join(each(o.Alarms, alarmWords), ", ")},
				{"phones", yesOrNothing(o.Phones)},
				{"absences", yesOrNothing(o.Absences)},
				{"days back", strconv.Itoa(o.Back)},
				{"days ahead", strconv.Itoa(o.Ahead)},
				{"last day", p.lastDay(f)},
			}
		},
	}
}

// lastDay is the last day on which the link works, "" where it has no end.
func (p *pcn) lastDay(f rota.Feed) string {
	if f.Expires.IsZero() {
		return ""
	}
	return rota.CivilOf(f.Expires, p.config.Zone).Date.AddDays(-1).String()
}
