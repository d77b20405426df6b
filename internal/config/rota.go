package config

import (
	"cmp"
	"fmt"
	"strconv"

	"pcnrota/rota"
)

// readRotas reads every [[rota]].
func readRotas(sections []*section) []rota.Policy {
	var policies []rota.Policy
	for _, s := range sections {
		policies = append(policies, readRota(s))
	}
	unique(sections, "rota")
	return policies
}

func readRota(s *section) rota.Policy {
	rules := s.table("rules")
	p := rota.Policy{
		Name:               must(s, "name", rotaName),
		Title:              get(s, "title", line(`"Leadership on call"`), ""),
		Eligible:           readEligible(s.table("eligible")),
		Registration:       get(s, "registration", registration, rota.RegistrationNotLapsed),
		DifferentPractices: get(s, "different_practices", truth(true), true),
		Points:             readPoints(s.table("points"), rota.DefaultDayPoints),
		Tolerance:          rota.PointsOf(get(s, "tolerance", tolerance, 0)),
		Rules:              readRules(rules),
		FreezeDays:         get(s, "freeze_days", whole(0, maxFreezeDays, usualFreezeDays), usualFreezeDays),
	}
	p.Title = cmp.Or(p.Title, string(p.Name))
	p.Tiers = readTiers(s)
	p.Pattern = readPattern(s, p.Points)
	if rules.sound() && s.sound("pattern", "shift") {
		refuseMisfits(rules, p)
	}
	return p
}

// rotaName takes the name of a rota on call.
var rotaName = func() want[rota.RotaName] {
	w := slug[rota.RotaName]("on-call")
	parse := w.parse
	w.parse = func(n *node) (rota.RotaName, error) {
		name, err := parse(n)
		if err == nil && name == rota.Meetings {
			return "", refusal{problem: "is the rota of who goes to meetings"}
		}
		return name, err
	}
	return w
}()

// How many days from today a repair leaves alone where it can.
const (
	usualFreezeDays = 14
	maxFreezeDays   = 366
)

// maxTolerance is more than any leader could want to be behind another.
const maxTolerance = 100

var tolerance = number("0.5", func(f float64) bool { return f >= 0 && f <= maxTolerance }, fmt.Sprintf("a number of points from 0 to %d", maxTolerance))

var registration = words(`"not lapsed"`, rota.ParseRegistered)

// readPattern reads the shifts of a rota: a ready-made pattern or shifts of its own.
func readPattern(s *section, points rota.DayPoints) []rota.ShiftKind {
	const hint = `pattern = "weeknights-and-weekends"`
	kinds := get(s, "pattern", readyPattern, nil)
	shifts := s.tables("shift")
	where := readWhere(s, whereabouts{})
	own := readShifts(shifts, points, where)
	switch {
	case s.has("pattern") && len(shifts) > 0:
		s.object("has both a pattern and shifts of its own", "take out the line pattern = ..., or every [[rota.shift]]")
	case !s.has("pattern") && !s.has("shift"):
		s.lack("pattern", "is missing, and no [[rota.shift]] takes its place", hint)
	case !s.has("pattern") && len(shifts) == 0:
		s.object("has no shifts", hint)
	}
	if s.has("pattern") {
		return where.of(kinds)
	}
	return own
}

var readyPattern = words(`"weeknights-and-weekends"`, func(s string) ([]rota.ShiftKind, error) {
	var names []string
	for _, ready := range rota.ReadyPatterns() {
		if ready.Name == s {
			return ready.Kinds, nil
		}
		names = append(names, ready.Name)
	}
	return nil, notOneOf(s, names)
})

// readEligible reads who may hold a duty. A list that is left out or empty asks nothing.
func readEligible(s *section) rota.Eligibility {
	return rota.Eligibility{
		Roles:          getList(s, "roles", filled(`"GP partner"`)),
		Practices:      getList(s, "practices", odsCode[rota.PracticeCode]("Y10111", false)),
		Qualifications: getList(s, "qualifications", filled(`"GP"`)),
		Leaders:        getList(s, "leaders", leaderID),
	}
}

var leaderID = words(`"L01"`, func(s string) (rota.LeaderID, error) {
	if s == "" {
		return "", refusal{problem: "is empty"}
	}
	return rota.LeaderID(s), nil
})

// maxDayPoints keeps sums of points over years far from the end of the numbers.
const maxDayPoints = 1000

// readPoints reads the points of a day on call by category, and takes those that are left out from otherwise.
func readPoints(s *section, otherwise rota.DayPoints) rota.DayPoints {
	fits := func(f float64) bool { return f >= 0 && f <= maxDayPoints }
	wanted := fmt.Sprintf("a number of points from 0 to %d", maxDayPoints)
	points := otherwise
	for _, c := range rota.OnCallCategories {
		usual := rota.DefaultDayPoints[c].Float()
		f := get(s, c.String(), number(strconv.FormatFloat(usual, 'f', -1, 64), fits, wanted), otherwise[c].Float())
		points[c] = rota.PointsOf(f)
	}
	if points == (rota.DayPoints{}) && s.sound() {
		s.object("give no points to any day, so there is nothing to share fairly", "weekday = 1")
	}
	return points
}

// unique notes every section whose name an earlier one has.
func unique(sections []*section, noun string) {
	first := map[string]*node{}
	for _, s := range sections {
		name := s.ask("name")
		if name == nil || name.kind != isText {
			continue
		}
		if other := first[name.text]; other != nil {
			s.refuse("name", name, fmt.Sprintf("is the name of another %s too, in line %d", noun, other.at.line), fmt.Sprintf("name = %q", name.text+"-2"))
			continue
		}
		first[name.text] = name
	}
}
