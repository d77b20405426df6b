package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// dutyNamed finds the duty that the line names, and the version that it is looked at in: a draft where
// one has it, or the published version that has it now.
func (p *pcn) dutyNamed(c *cli.Context) (v rota.Version, id rota.DutyID, err error) {
	in, err := p.versionsOfDuties(c)
	if err != nil {
		return v, "", err
	}
	if !c.Bool("published") {
		for _, policy := range append(slices.Clone(p.config.Rotas), p.config.Meetings) {
			draft, duties, err := p.db.DraftOf(c.Context, policy.Name)
			if err != nil && !errors.Is(err, sqlite.ErrNoDraft) {
				return v, "", err
			}
			for _, d := range duties {
				in[d.ID] = draft
			}
		}
	}
	id, err = pickDuty(slices.Sorted(maps.Keys(in)), c.Args().First())
	return in[id], id, err
}

// versionsOfDuties gives the version that each published duty is from.
func (p *pcn) versionsOfDuties(c *cli.Context) (map[rota.DutyID]rota.Version, error) {
	published, err := p.db.InForce(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return nil, err
	}
	in, known := map[rota.DutyID]rota.Version{}, map[int64]rota.Version{}
	for _, d := range published {
		if _, ok := known[d.Version]; !ok {
			versions, err := p.db.Versions(c.Context, d.Rota)
			if err != nil {
				return nil, err
			}
			for _, v := range versions {
				known[v.ID] = v
			}
		}
		in[d.ID] = known[d.Version]
	}
	return in, nil
}

// pickDuty finds the one ID among ids, in order, that is typed in full or begins so.
func pickDuty(ids []rota.DutyID, typed string) (rota.DutyID, error) {
	typed = strings.TrimSpace(typed)
	var begin []rota.DutyID
	for _, id := range ids {
		if strings.EqualFold(string(id), typed) {
			return id, nil
		}
		if len(id) > len(typed) && strings.EqualFold(string(id[:len(typed)]), typed) {
			begin = append(begin, id)
		}
	}
	show := "pcnrota rota show --csv, to see the IDs of duties"
	switch len(begin) {
	case 1:
		return begin[0], nil
	case 0:
		says := fmt.Sprintf("there is no duty %s", typed)
		if near := neighbours(ids, typed); len(near) > 0 {
			return "", wrong(says, fmt.Sprintf("did you mean %s?", strings.Join(near, " or ")), show)
		}
		return "", wrong(says, show)
	default:
		return "", wrong(fmt.Sprintf("%s could be %d duties", typed, len(begin)),
			fmt.Sprintf("type more of it, like %s or %s", begin[0], begin[1]), show)
	}
}

// neighbours gives the duties of the same rota and tier that come just before and just after the one typed
// would: it may have begun earlier, as a weekend does. For another rota or tier it gives the nearest ID.
func neighbours(ids []rota.DutyID, typed string) []string {
	line := typed[:strings.LastIndex(typed, ".")+1]
	at, _ := slices.BinarySearch(ids, rota.DutyID(typed))
	var near []string
	for _, id := range ids[max(at-1, 0):min(at+1, len(ids))] {
		if line != "" && strings.HasPrefix(string(id), line) {
			near = append(near, string(id))
		}
	}
	if word := nearest(typed, each(ids, func(id rota.DutyID) string { return string(id) })); len(near) == 0 && word != "" {
		return []string{word}
	}
	return near
}
