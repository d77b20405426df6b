package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// askedDuty finds the duty of a rota that a person means: by its whole identity, or by the beginning of
// it where no other duty begins so. A duty need not be built: the pattern of its rota asks for it, or its meeting does.
func (p *pcn) askedDuty(ctx context.Context, typed string) (rota.Policy, rota.Duty, error) {
	const around = 7 // days on both sides, for what to suggest
	from, until := p.dutySpan(typed)
	duties, err := p.askedFor(ctx, from.AddDays(-around), until.AddDays(around))
	if err != nil {
		return rota.Policy{}, rota.Duty{}, err
	}
	ids := each(duties, func(d rota.Duty) rota.DutyID { return d.ID })
	slices.Sort(ids)
	id, err := pickDuty(ids, typed)
	if err != nil {
		return rota.Policy{}, rota.Duty{}, err
	}
	found := duties[slices.IndexFunc(duties, func(d rota.Duty) bool { return d.ID == id })]
	if found.Rota == rota.Meetings {
		return p.config.Meetings, found, nil
	}
	policy, _ := p.config.Rota(found.Rota)
	return policy, found, nil
}

// dutySpan gives the days on which a duty whose identity begins as typed could start: its day, its month,
// its year, or, where no year is typed, the year to come.
func (p *pcn) dutySpan(typed string) (from, until rota.Date) {
	digits, _, _ := strings.Cut(strings.ToUpper(typed[strings.LastIndexByte(typed, '.')+1:]), "T")
	for _, known := range []struct {
		digits int
		rest   string
		days   int
	}{{8, "", 1}, {6, "01", 31}, {4, "0101", 366}} {
		if len(digits) < known.digits {
			continue
		}
		if t, err := time.Parse("20060102", digits[:known.digits]+known.rest); err == nil {
			day := rota.CivilOf(t, time.UTC).Date
			return day, day.AddDays(known.days)
		}
	}
	return p.today(), p.today().AddDays(366)
}

// askedFor gives the duties that the patterns of all rotas ask for, and those of meetings.
func (p *pcn) askedFor(ctx context.Context, from, until rota.Date) ([]rota.Duty, error) {
	var duties []rota.Duty
	for _, policy := range p.config.Rotas {
		duties = append(duties, policy.Duties(from, until, p.config.Zone, p.config.Holidays)...)
	}
	meetings := rota.Problem{Policy: p.config.Meetings, From: from, Until: until, Zone: p.config.Zone, Holidays: p.config.Holidays}
	if err := p.completeMeetings(ctx, &meetings); err != nil {
		return nil, err
	}
	return append(duties, meetings.Wanted()...), nil
}
