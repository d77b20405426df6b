package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/paper"
	"pcnrota/rota"
)

func (p *program) reportJobPlan() *cli.Command {
	return &cli.Command{
		Name: "job-plan", Usage: "everything each leader holds in a period, against their fair share",
		Description: `On call, meetings and responsibilities, in hours and in points. A share is what
would be fair: each duty is shared out among all who could hold it, by their part of
a post. What is yet to come counts as it is planned. Without a period, the financial
year that it is now. --html makes a sheet of A4 for each, for appraisal.

  pcnrota report job-plan
  pcnrota report job-plan --leader L05 --year 2027/28
  pcnrota report job-plan --from 2027-01-04 --until 2027-06-30 --csv > plans.csv
  pcnrota report job-plan --year 2027/28 --html job-plans.html`,
		Flags: append(outputFlagsCSV(), append(periodFlagsOf("the financial year that it is now"),
			&cli.StringFlag{Name: "leader", Usage: "`LEADER` whose alone, line by line"},
			&cli.StringFlag{Name: "html", Usage: "`FILE` to write for printing, or - for standard output"})...),
		Action: p.inPCN(reportJobPlan),
	}
}

// jobPlans is what a report of job plans says.
type jobPlans struct {
	period  rota.Period
	plans   []rota.JobPlan
	names   map[rota.LeaderID]rota.Leader
	carried map[rota.LeaderID]rota.Load
	titles  map[rota.Line]string
	planned bool // some of it is yet to come
}

func reportJobPlan(c *cli.Context, p *pcn) error {
	period, err := yearOr(c, p.today())
	if err != nil {
		return err
	}
	var only rota.LeaderID
	if err := setLeaderNamed(c, p, "leader", &only); err != nil {
		return err
	}
	j, err := p.jobPlans(c.Context, period)
	if err != nil {
		return err
	}
	if only != "" {
		j.plans = slices.DeleteFunc(j.plans, func(plan rota.JobPlan) bool { return plan.Leader != only })
	}
	if c.String("html") != "" {
		return p.writeJobPlans(c, j)
	}
	l := listing{
		json: viewJobPlans(j), csv: jobPlanRows(j), table: jobPlansTable(j), notes: j.notes(),
		empty: "nothing is held and nothing is owed in " + inWords(period),
	}
	if only != "" && len(j.plans) == 1 {
		l.table, l.notes = j.tableOf(j.plans[0]), j.notesOf(j.plans[0])
		if !c.Bool("json") && !c.Bool("csv") {
			fmt.Fprintf(p.stdout, "%s: job plan, %s\n\n", leaders.label(j.names[only]), inWords(period))
		}
	}
	return p.show(c, l)
}

// yearOr is periodOf, and the financial year around today where nothing is said.
func yearOr(c *cli.Context, today rota.Date) (rota.Period, error) {
	for _, flag := range []string{"month", "quarter", "year", "from", "until"} {
		if c.String(flag) != "" {
			return periodOf(c, today)
		}
	}
	return rota.FinancialYear(today), nil
}

// jobPlans gathers everything that has to do with a period.
func (p *pcn) jobPlans(ctx context.Context, period rota.Period) (j jobPlans, err error) {
	facts, err := p.jobFacts(ctx, period)
	if err != nil {
		return j, err
	}
	everybody, err := p.db.Leaders(ctx)
	if err != nil {
		return j, err
	}
	j = jobPlans{period: period, plans: rota.PlanJobs(facts), names: byID(everybody), titles: map[rota.Line]string{}}
	if j.carried, err = p.db.Balances(ctx, "", rota.Date{}, rota.Date{}); err != nil {
		return j, err
	}
	for _, plan := range j.plans {
		for _, w := range plan.Lines {
			j.titles[w.Line] = p.titleOf(w.Line)
		}
	}
	j.planned = facts.Period.End.After(p.at)
	return j, nil
}

func (p *pcn) jobFacts(ctx context.Context, period rota.Period) (f rota.JobFacts, err error) {
	f = rota.JobFacts{Period: period.Span(p.config.Zone), First: period.First, Last: period.Last}
	if f.Duties, err = p.db.Published(ctx, reachBack(f.Period.Start), f.Period.End); err != nil {
		return f, err
	}
	everything, err := p.db.InForce(ctx, f.Period.Start, f.Period.End)
	if err != nil {
		return f, err
	}
	for _, d := range everything {
		if d.Rota == rota.Meetings {
			f.Duties = append(f.Duties, d)
		}
	}
	shared := map[rota.RotaName]bool{}
	for _, d := range f.Duties {
		if shared[d.Rota] {
			continue
		}
		shared[d.Rota] = true
		parts, err := p.db.PartsInForce(ctx, d.Rota, p.dayOf(reachBack(f.Period.Start)).AddDays(-31), period.Last.AddDays(1))
		if err != nil {
			return f, err
		}
		f.Parts = append(f.Parts, parts...)
	}
	if f.Meetings, err = p.db.Occurrences(ctx, f.Period.Start, f.Period.End); err != nil {
		return f, err
	}
	if f.Calls, err = p.db.Calls(ctx); err != nil {
		return f, err
	}
	f.Calls = slices.DeleteFunc(f.Calls, func(call rota.Call) bool { return !f.Period.Contains(call.At) })
	if f.CallParts, err = p.db.CallParts(ctx, f.Period.Start, f.Period.End); err != nil {
		return f, err
	}
	if f.Items, err = p.db.Items(ctx, period.First, period.Last.AddDays(1)); err != nil {
		return f, err
	}
	f.ItemParts, err = p.db.ItemParts(ctx)
	return f, err
}

// titleOf names a line of work for people.
func (p *pcn) titleOf(l rota.Line) string {
	switch {
	case l.Kind == rota.WorkCalled:
		return "Called and worked"
	case l.Kind == rota.WorkMeeting:
		as := map[rota.TierName]string{rota.Representative: "for the PCN", rota.Deputy: "as deputy", "": "attending"}
		return l.Name + ", " + as[l.Tier]
	case l.Kind == rota.WorkResponsibility:
		return l.Name
	}
	policy, declared := p.config.Rota(rota.RotaName(l.Name))
	title := cmp.Or(policy.Title, l.Name)
	if declared && len(policy.Tiers) < 2 {
		return title
	}
	for _, tier := range policy.Tiers {
		if tier.Name == l.Tier {
			return title + ": " + cmp.Or(tier.Title, string(tier.Name))
		}
	}
	return title + ": " + string(l.Tier)
}

// weeks is how long the period is.
func (j jobPlans) weeks() float64 {
	return float64(j.period.First.DaysUntil(j.period.Last)+1) / 7
}

// aWeek gives a time as an average over the weeks of the period.
func (j jobPlans) aWeek(d time.Duration) time.Duration {
	return time.Duration(float64(d) / j.weeks())
}

func (p *pcn) writeJobPlans(c *cli.Context, j jobPlans) error {
	file := c.String("html")
	switch {
	case c.Bool("json") || c.Bool("csv"):
		return usage("--html writes a page and prints nothing else", "leave out --json and --csv, or --html")
	case len(j.plans) == 0:
		return wrong("nothing is held and nothing is owed in "+inWords(j.period), "pcnrota report job-plan --year 2027/28")
	case file == "-":
		return paper.WriteJobPlans(p.stdout, p.paperOfJobs(j))
	}
	if err := named("html", file, ".html"); err != nil {
		return err
	}
	if err := writeWhole(file, func(w io.Writer) error { return paper.WriteJobPlans(w, p.paperOfJobs(j)) }); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "wrote %s: %s\n", file, count(len(j.plans), "job plan", "job plans, a sheet each"))
	return nil
}
