package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// whyMine says of a leader's duties that have not ended at now why it is they who hold them, in a sentence or two
// that name nobody: it is for the leader's own page, and others' leave is none of their business. A duty
// that has moved out of the days of its version is left out.
func (p *pcn) whyMine(ctx context.Context, leader rota.LeaderID, now time.Time) (map[rota.DutyID]string, error) {
	then := *p // what has begun depends on the time
	then.at = now
	p = &then
	published, err := p.db.Whole(ctx, now, time.Time{})
	if err != nil {
		return nil, err
	}
	mine := map[int64][]rota.DutyID{}
	var versions []rota.Version
	for _, d := range published {
		if d.Holder != leader {
			continue
		}
		if mine[d.Version] == nil {
			v, err := p.versionByID(ctx, d.Rota, d.Version)
			if err != nil {
				return nil, err
			}
			versions = append(versions, v)
		}
		mine[d.Version] = append(mine[d.Version], d.ID)
	}
	why := map[rota.DutyID]string{}
	for _, v := range versions {
		problem, draft, err := p.inForce(ctx, v)
		if err != nil {
			return nil, err
		}
		inRota := func(id rota.DutyID) bool {
			return slices.ContainsFunc(draft.Duties, func(d rota.Duty) bool { return d.ID == id })
		}
		ids := slices.DeleteFunc(mine[v.ID], func(id rota.DutyID) bool { return !inRota(id) })
		explained, err := rota.ExplainEach(problem, draft, ids)
		if err != nil {
			return nil, err
		}
		for _, e := range explained {
			why[e.Duty.ID] = whyInWords(e)
		}
	}
	return why, nil
}

func (p *pcn) versionByID(ctx context.Context, name rota.RotaName, id int64) (rota.Version, error) {
	versions, err := p.db.Versions(ctx, name)
	if err != nil {
		return rota.Version{}, err
	}
	for _, v := range versions {
		if v.ID == id {
			return v, nil
		}
	}
	return rota.Version{}, fmt.Errorf("version %d of %s is not there", id, name)
}

// whyInWords speaks to the holder.
func whyInWords(e rota.Explanation) string {
	why := fmt.Sprintf("With this rota you end %s your fair share. %s", besides(e.Excess), strings.Replace(inShort(e), "could hold it", "could have held it", 1))
	if e.Stood != nil {
		why += fmt.Sprintf(" You deputise %s, where %s would be fair.", count(e.Stood.Times, "time", "times"), e.Stood.Part)
	}
	return why
}
