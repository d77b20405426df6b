package cli

import "pcnrota/rota"

// gapsView says in JSON what nobody holds, and why.
type gapsView struct {
	Duties    []openView     `json:"duties"`
	AtLeast   int            `json:"at_least"` // as many stay open in any rota that keeps the rules
	Conflicts []conflictView `json:"conflicts"`
}

type openView struct {
	Duty    rota.DutyID  `json:"duty"`
	Reasons []reasonView `json:"reasons"`
}

type reasonView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Why      string        `json:"why"`
}

// conflictView is a set of duties that cannot all be covered: without any one of them the others could be,
// and without any one of the causes all of them.
type conflictView struct {
	Duties   []rota.DutyID   `json:"duties"`
	Also     [][]rota.DutyID `json:"also"` // other sets of which the same is true
	Able     []rota.LeaderID `json:"able"` // who could hold any of the duties
	Causes   []causeView     `json:"causes"`
	Remedies []remedyView    `json:"remedies"` // the cheapest first
	Hurried  bool            `json:"hurried"`  // there was no time to find out whether fewer duties or causes are a conflict
}

type causeView struct {
	Kind     rota.CauseKind `json:"kind"`
	LeaderID rota.LeaderID  `json:"leader_id"` // "" for a rule about everybody
	Reads    string         `json:"reads"`
}

type remedyView struct {
	Changes []causeView `json:"changes"` // what would have to be otherwise, all of it
	Cost    int         `json:"cost"`    // for the order only
	Around  bool        `json:"covers_all_around"`
}

func viewGaps(gaps *rota.Uncoverable) *gapsView {
	if gaps == nil {
		return nil
	}
	return &gapsView{
		AtLeast: gaps.Least, Conflicts: each(gaps.Conflicts, viewConflict),
		Duties: each(gaps.Duties, func(gap rota.UncoveredDuty) openView {
			return openView{gap.Duty.ID, each(gap.Reasons, func(r rota.Reason) reasonView { return reasonView{r.Leader, r.Why} })}
		}),
	}
}

func viewGap(c *rota.Conflict) *conflictView {
	if c == nil {
		return nil
	}
	view := viewConflict(*c)
	return &view
}

func viewConflict(c rota.Conflict) conflictView {
	return conflictView{
		Duties: dutyIDs(c.Duties), Also: each(c.Also, dutyIDs), Able: each(c.Able, func(id rota.LeaderID) rota.LeaderID { return id }),
		Causes: each(c.Causes, func(cause rota.Cause) causeView { return causeView{cause.Kind, cause.Leader, cause.Reads} }),
		Remedies: each(c.Remedies, func(r rota.Remedy) remedyView {
			changes := each(r.Changes, func(change rota.Change) causeView { return causeView{change.Kind, change.Leader, "if " + change.Reads} })
			return remedyView{changes, r.Cost, r.Around}
		}),
		Hurried: c.Hurried,
	}
}

func dutyIDs(duties []rota.Duty) []rota.DutyID {
	return each(duties, func(d rota.Duty) rota.DutyID { return d.ID })
}
