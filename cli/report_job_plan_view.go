package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pcnrota/internal/paper"
	"pcnrota/rota"
)

// jobPlansView is a report of job plans in JSON. Hours are rounded to the hundredth.
type jobPlansView struct {
	Period  rota.Period   `json:"period"`
	Weeks   float64       `json:"weeks"`
	Planned bool          `json:"planned"` // some of it is yet to come
	Leaders []jobPlanView `json:"leaders"`
}

type jobPlanView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Leader   string        `json:"leader"`
	Post     rota.Share    `json:"share_of_a_post"`
	Total    amountView    `json:"total"`
	Weekly   float64       `json:"hours_a_week"`
	Carried  rota.Points   `json:"carried"` // over (+) or under (-) the fair share of all that was ever published
	Lines    []workView    `json:"lines"`
}

type workView struct {
	Kind   rota.WorkKind `json:"kind"`
	What   string        `json:"what"`
	Name   string        `json:"name"`
	Tier   rota.TierName `json:"tier"`
	Number int           `json:"number"`
	amountView
}

type amountView struct {
	Hours       float64     `json:"hours"`
	ShareHours  float64     `json:"share_hours"`
	Points      rota.Points `json:"points"`
	SharePoints rota.Points `json:"share_points"`
	Over        rota.Points `json:"over"`
}

func viewAmount(w rota.Work) amountView {
	return amountView{roundHours(w.Held.Time), roundHours(w.Share.Time), w.Held.Points, w.Share.Points, w.Over()}
}

func viewJobPlans(j jobPlans) jobPlansView {
	weeks, _ := strconv.ParseFloat(strconv.FormatFloat(j.weeks(), 'f', 2, 64), 64)
	return jobPlansView{Period: j.period, Weeks: weeks, Planned: j.planned, Leaders: each(j.plans, func(plan rota.JobPlan) jobPlanView {
		sum := plan.Sum()
		return jobPlanView{
			LeaderID: plan.Leader, Leader: nameOf(j.names, plan.Leader), Post: j.names[plan.Leader].Share, Total: viewAmount(sum),
			Weekly: roundHours(j.aWeek(sum.Held.Time)), Carried: j.carried[plan.Leader].Total(),
			Lines: each(plan.Lines, func(w rota.Work) workView {
				return workView{w.Kind, j.titles[w.Line], w.Name, w.Tier, w.Number, viewAmount(w)}
			}),
		}
	})}
}

// jobPlansTable has a line for each leader, and their sum.
func jobPlansTable(j jobPlans) *table {
	t := newTable(name("leader"), number("on call h"), number("meet h"), number("share h"), number("tasks"), number("points"), number("share"), number("over"))
	var total [4]rota.Work
	row := func(who string, sums [4]rota.Work) {
		all := sums[3]
		t.row(who, hours(sums[0].Held.Time), hours(sums[1].Held.Time), tenth(all.Share.Time), numberCell(sums[2].Number),
			all.Held.Points.String(), all.Share.Points.String(), signed(all.Over()))
	}
	for _, plan := range j.plans {
		sums := [4]rota.Work{plan.Sum(rota.WorkOnCall), plan.Sum(rota.WorkMeeting), plan.Sum(rota.WorkResponsibility), plan.Sum()}
		row(nameOf(j.names, plan.Leader), sums)
		for i := range total {
			total[i] = total[i].Plus(sums[i])
		}
	}
	if len(j.plans) > 1 {
		row("total", total)
	}
	return t
}

// notes say what the table of everybody means.
func (j jobPlans) notes() []string {
	if len(j.plans) == 0 {
		return nil
	}
	return append([]string{
		fmt.Sprintf("%s. Share is what would be fair, of the hours and of the points.", inWords(j.period)),
		"Tasks are responsibilities that are due, which have points and no hours.",
	}, j.yetToCome()...)
}

func (j jobPlans) yetToCome() []string {
	if !j.planned {
		return nil
	}
	return []string{"Some of it is yet to come, and is counted as it is planned."}
}

// tableOf has a line for each line of work, below the sum of its kind.
func (j jobPlans) tableOf(plan rota.JobPlan) *table {
	t := newTable(text("work"), number("times"), number("hours"), number("share"), number("points"), number("share"), number("over"))
	for _, kind := range workKinds(plan) {
		t.row(append([]string{strings.ToUpper(kindTitles[kind])}, workCells(plan.Sum(kind))...)...)
		for _, w := range j.linesOf(plan, kind) {
			t.row(append([]string{w.what}, workCells(w.Work)...)...)
		}
	}
	t.row(append([]string{"TOTAL", ""}, workCells(plan.Sum())[1:]...)...)
	return t
}

// titledWork is a line of work with its name for people.
type titledWork struct {
	rota.Work
	what string
}

// linesOf gives what is held of a kind line by line, and in one line what this leader owes of what others hold.
func (j jobPlans) linesOf(plan rota.JobPlan, kind rota.WorkKind) (lines []titledWork) {
	others := titledWork{what: "(all else, held by others)"}
	for _, w := range plan.Lines {
		switch {
		case w.Kind == kind && w.Number == 0 && w.Held == (rota.Amount{}):
			others.Work = others.Plus(w)
		case w.Kind == kind:
			lines = append(lines, titledWork{w, j.titles[w.Line]})
		}
	}
	if others.Share != (rota.Amount{}) {
		lines = append(lines, others)
	}
	return lines
}

// workCells are number, hours, share, points, share and difference. What has no time and owes none says "-".
func workCells(w rota.Work) []string {
	held, share := hours(w.Held.Time), tenth(w.Share.Time)
	if w.Held.Time == 0 && w.Share.Time == 0 {
		held, share = "-", "-"
	}
	return []string{numberCell(w.Number), held, share, w.Held.Points.String(), w.Share.Points.String(), signed(w.Over())}
}

var kindTitles = map[rota.WorkKind]string{
	rota.WorkOnCall: "On call", rota.WorkCalled: "While on call", rota.WorkMeeting: "Meetings", rota.WorkResponsibility: "Responsibilities",
}

// workKinds gives the kinds of a plan in order.
func workKinds(plan rota.JobPlan) []rota.WorkKind {
	return slices.Compact(each(plan.Lines, func(w rota.Work) rota.WorkKind { return w.Kind }))
}

// notesOf sum a plan up in words.
func (j jobPlans) notesOf(plan rota.JobPlan) []string {
	says := []string{
		fmt.Sprintf("A week, on average: %s hours on call, %s at meetings.",
			tenth(j.aWeek(plan.Sum(rota.WorkOnCall).Held.Time)), tenth(j.aWeek(plan.Sum(rota.WorkMeeting).Held.Time))),
		fmt.Sprintf("Over all that was ever published: %s.", overWords(j.carried[plan.Leader].Total())),
	}
	if slices.Contains(workKinds(plan), rota.WorkCalled) {
		says = append(says, "The hours of work while on call are part of the hours on call.")
	}
	return append(says, j.yetToCome()...)
}

// tenth gives hours to the tenth.
func tenth(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', 1, 64) }

// overWords gives "0.25 points above the fair share".
func overWords(p rota.Points) string {
	switch {
	case p.String() == "0":
		return "at the fair share"
	case p < 0:
		return (-p).String() + " points below the fair share"
	default:
		return p.String() + " points above the fair share"
	}
}

// jobPlanRows has a row for each line of work of each leader.
func jobPlanRows(j jobPlans) [][]string {
	rows := [][]string{{"first_day", "last_day", "leader_id", "leader", "kind", "what", "tier", "number", "hours", "share_hours", "points", "share_points"}}
	for _, plan := range j.plans {
		for _, w := range plan.Lines {
			rows = append(rows, []string{
				j.period.First.String(), j.period.Last.String(), string(plan.Leader), nameOf(j.names, plan.Leader), string(w.Kind), j.titles[w.Line], string(w.Tier),
				strconv.Itoa(w.Number), hours(w.Held.Time), hours(w.Share.Time), w.Held.Points.String(), w.Share.Points.String(),
			})
		}
	}
	return rows
}

// paperOfJobs lays job plans out for printing.
func (p *pcn) paperOfJobs(j jobPlans) paper.JobPlans {
	page := paper.JobPlans{
		PCN: p.config.PCN.Name, Period: longDays(j.period), Printed: "Printed " + inFull(rota.CivilOf(p.at, p.config.Zone)), Planned: j.planned,
	}
	for _, plan := range j.plans {
		l := j.names[plan.Leader]
		sheet := paper.JobPlan{
			Name: nameOf(j.names, plan.Leader), Post: l.Share.String() + " of a whole-time post", Roles: strings.Join(l.Roles, ", "),
			Notes: j.notesOf(plan), Total: workCells(plan.Sum())[1:],
		}
		for _, kind := range workKinds(plan) {
			group := paper.Work{Title: kindTitles[kind], Sum: workCells(plan.Sum(kind))}
			for _, w := range j.linesOf(plan, kind) {
				group.Lines = append(group.Lines, paper.WorkLine{What: w.what, Cells: workCells(w.Work)})
			}
			sheet.Work = append(sheet.Work, group)
		}
		page.Plans = append(page.Plans, sheet)
	}
	return page
}

// longDays gives "1 April 2027 to 31 March 2028".
func longDays(p rota.Period) string {
	return p.First.Format("2 January 2006") + " to " + p.Last.Format("2 January 2006")
}
