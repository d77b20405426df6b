package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// checkView is the outcome of a check in JSON.
type checkView struct {
	Rota     rota.RotaName `json:"rota"`
	Rules    string        `json:"rules"` // the set's name; "" for the rota's own
	From     rota.Date     `json:"from"`
	Until    rota.Date     `json:"until"`    // excluded
	Duties   int           `json:"duties"`   // checked
	LeftOut  int           `json:"left_out"` // shifts that a partial file does not have
	Breaches []breachView  `json:"breaches"`
}

type breachView struct {
	Rule     string        `json:"rule"`
	Duty     rota.DutyID   `json:"duty"`      // "" for what concerns no single duty
	LeaderID rota.LeaderID `json:"leader_id"` // "" for what concerns nobody in particular
	Leader   string        `json:"leader"`
	Detail   string        `json:"detail"`
	Price    int           `json:"price"` // 0 for a breach; above it, the rule is soft and this is what breaking it costs
}

// showVerdict prints what was found, and ends the command with errAnswered where that is a breach.
func (p *pcn) showVerdict(c *cli.Context, v verdict) error {
	if c.Bool("json") {
		err := writeJSON(p.stdout, checkView{
			Rota: v.policy.Name, Rules: c.String("rules"), From: v.suspect.from, Until: v.suspect.until,
			Duties: len(v.checked), LeftOut: v.leftOut,
			Breaches: each(v.breaches, func(b rotatest.Breach) breachView {
				return breachView{b.Rule, b.Duty, b.Leader, v.names[b.Leader].Name, b.Detail, b.Price}
			}),
		})
		return answered(err, v)
	}
	p.showBreaches(v)
	if v.leftOut > 0 {
		fmt.Fprintf(p.stdout, "The file leaves out %s, and so does this check.\n", count(v.leftOut, "duty", "duties"))
	}
	of := cmp.Or(c.String("rules"), "the rules of "+string(v.policy.Name))
	number := "no breach"
	if n := len(rotatest.Hard(v.breaches)); n > 0 {
		number = count(n, "breach", "breaches")
	}
	conclusion := fmt.Sprintf("%s of %s in %s, %s to %s", number, of, count(len(v.checked), "duty", "duties"),
		v.suspect.from.Format("Monday 2 January 2006"), v.suspect.until.AddDays(-1).Format("Monday 2 January 2006"))
	if n := len(rotatest.Soft(v.breaches)); n > 0 {
		conclusion += "; soft rules are not kept " + count(n, "time", "times") + ", which is no breach"
	}
	p.point(conclusion)
	p.sumUp(rotatest.Hard(v.breaches))
	if c.String("file") != "" && !v.suspect.partial && slices.ContainsFunc(v.breaches, v.missing) {
		p.warn("where the file is meant to be only a part of the rota, add --partial")
	}
	return answered(nil, v)
}

// sumUp counts the breaches of each rule, where there are several: of a long list, the end is what one sees.
func (p *pcn) sumUp(breaches []rotatest.Breach) {
	var rules []string
	times := map[string]int{}
	for _, b := range breaches {
		if times[b.Rule]++; times[b.Rule] == 1 {
			rules = append(rules, b.Rule)
		}
	}
	if len(rules) < 2 {
		return
	}
	for _, rule := range rules {
		p.say(fmt.Sprintf("  %s: %d", breachTitle(rule), times[rule]))
	}
}

// breachTitle says what it means that a rule is broken.
func breachTitle(rule string) string {
	titles := map[string]string{
		rotatest.RuleCover: "not covered", rotatest.RuleInvented: "not in the pattern", rotatest.RuleTimes: "not at the times of the shift",
		rotatest.RuleEligible: "not eligible", rotatest.RulePost: "not in post", rotatest.RuleRegistered: "without a valid registration",
		rotatest.RulePin: "otherwise than settled by hand", rotatest.RulePeople: "one person in two tiers",
		rotatest.RulePractices: "two tiers from one practice", rotatest.RuleNewcomer: "a newcomer without somebody experienced",
		rotatest.RuleOverlap: "in two places at once", rotatest.RuleNight: "a meeting too soon after a night", rotatest.RuleRest: "too little rest",
		rotatest.RuleLimit: "too many duties or weekends", rotatest.RuleLongest: "too long", rotatest.RuleInARow: "too many days in a row",
		rotatest.RuleWorkingHours: "too many working hours", rotatest.RuleDaysOnSite: "too many days on site",
		rotatest.RuleRestOnCall: "too little rest on call", rotatest.RuleFestivePeriods: "too many festive periods",
		rotatest.RuleLeaveWeekend: "a weekend beside leave",
	}
	return cmp.Or(titles[rule], rule)
}

func answered(err error, v verdict) error {
	if err == nil && len(rotatest.Hard(v.breaches)) > 0 {
		return errAnswered
	}
	return err
}

// showBreaches prints what is wrong, rule by rule.
func (p *pcn) showBreaches(v verdict) {
	starts := map[rota.DutyID]rota.Civil{}
	for _, d := range slices.Concat(v.wanted(p), v.checked) {
		starts[d.ID] = d.Start
	}
	breaches := v.gathered(p)
	for len(breaches) > 0 {
		rule, soft := breaches[0].Rule, breaches[0].Price > 0
		same, others := parted(breaches, func(b rotatest.Breach) bool { return b.Rule == rule && b.Price > 0 == soft })
		title := breachTitle(rule)
		if soft {
			title += " (soft)"
		}
		fmt.Fprintln(p.stdout, p.ink().strong(title))
		for len(same) > 0 {
			var alike []rotatest.Breach
			at := same[0]
			alike, same = parted(same, func(b rotatest.Breach) bool { return b.Duty == at.Duty && b.Leader == at.Leader })
			p.showAlike(alike, starts, v.names)
		}
		fmt.Fprintln(p.stdout)
		breaches = others
	}
}

// showAlike prints where a rule is broken and by whom, and below it what is wrong. One duty may break a rule
// against several others; the last of them is the nearest.
func (p *pcn) showAlike(alike []rotatest.Breach, starts map[rota.DutyID]rota.Civil, names map[rota.LeaderID]rota.Leader) {
	b := alike[len(alike)-1]
	var head []string
	if b.Duty != "" {
		head = append(head, string(b.Duty))
	}
	if start, known := starts[b.Duty]; known {
		head = append(head, inFull(start))
	}
	if b.Leader != "" {
		head = append(head, nameOf(names, b.Leader))
	}
	fmt.Fprintf(p.stdout, "  %s\n", strings.Join(head, ", "))
	detail := b.Detail
	if rest, named := strings.CutPrefix(detail, string(b.Leader)+" "); named && b.Leader != "" {
		detail = nameOf(names, b.Leader) + " " + rest
	}
	if more := len(alike) - 1; more > 0 {
		detail += fmt.Sprintf("; and %d more like it", more)
	}
	p.say("    " + detail)
}

// wanted is what the pattern asks for in the days of the check, unheld.
func (v verdict) wanted(p *pcn) []rota.Duty {
	return v.policy.Duties(v.suspect.from, v.suspect.until, p.config.Zone, p.config.Holidays)
}

// missing tells a shift that the rota does not have from one that it has twice, or that nobody holds.
func (v verdict) missing(b rotatest.Breach) bool {
	return b.Rule == rotatest.RuleCover && !v.own[b.Duty]
}

// gathered says of a tier of which no duty is there so in one line, instead of a line for each shift.
func (v verdict) gathered(p *pcn) []rotatest.Breach {
	tierOf, shifts, absent := map[rota.DutyID]rota.TierName{}, map[rota.TierName]int{}, map[rota.TierName]int{}
	for _, d := range v.wanted(p) {
		tierOf[d.ID] = d.Tier
		shifts[d.Tier]++
	}
	for _, b := range v.breaches {
		if v.missing(b) {
			absent[tierOf[b.Duty]]++
		}
	}
	said := map[rota.TierName]bool{}
	var gathered []rotatest.Breach
	for _, b := range v.breaches {
		tier := tierOf[b.Duty]
		if !v.missing(b) || absent[tier] < 2 || absent[tier] < shifts[tier] {
			gathered = append(gathered, b)
		} else if !said[tier] {
			said[tier] = true
			b.Detail = fmt.Sprintf("this and all %d shifts of the tier %s are not covered", shifts[tier], tier)
			gathered = append(gathered, b)
		}
	}
	return gathered
}

// parted gives those that fit and the others, each in their order.
func parted[T any](all []T, fit func(T) bool) (those, others []T) {
	for _, one := range all {
		if fit(one) {
			those = append(those, one)
		} else {
			others = append(others, one)
		}
	}
	return those, others
}
