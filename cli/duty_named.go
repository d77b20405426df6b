package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// dutyNamed finds the duty of a rota that a person means: by its whole identity, or by the beginning of
// it where no other duty begins so. A duty need not be built: the pattern of its rota asks for it.
func (p *pcn) dutyNamed(typed string) (rota.Policy, rota.Duty, error) {
	from, until := p.dutySpan(typed)
	duties := p.askedFor(from, until)
	found, err := beginning(typed, duties, func(d rota.Duty) rota.DutyID { return d.ID })
	if err != nil {
		return rota.Policy{}, rota.Duty{}, err
	}
	if len(found) == 0 {
		return rota.Policy{}, rota.Duty{}, p.noDuty(typed, from, until)
	}
	policy, _ := p.config.Rota(found[0].Rota)
	return policy, found[0], nil
}

// beginning gives the things about the one duty whose identity begins as typed: none where there is no such
// duty, and an error where there are several.
func beginning[T any](typed string, all []T, id func(T) rota.DutyID) ([]T, error) {
	var found []T
	var ids []string
	for _, one := range all {
		full := string(id(one))
		if !strings.HasPrefix(strings.ToLower(full), strings.ToLower(typed)) {
			continue
		}
		found = append(found, one)
		if !slices.Contains(ids, full) {
			ids = append(ids, full)
		}
	}
	if len(ids) < 2 {
		return found, nil
	}
	const shown = 3
	more := ""
	if len(ids) > shown {
		more = fmt.Sprintf(" and %d more", len(ids)-shown)
	}
	return nil, wrong(fmt.Sprintf("%s could be any of %s", typed, count(len(ids), "duty", "duties")),
		"type more of it: "+strings.Join(ids[:min(shown, len(ids))], ", ")+more)
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

// askedFor gives the duties that the patterns of all rotas ask for.
func (p *pcn) askedFor(from, until rota.Date) []rota.Duty {
	var duties []rota.Duty
	for _, policy := range p.config.Rotas {
		duties = append(duties, policy.Duties(from, until, p.config.Zone, p.config.Holidays)...)
	}
	return duties
}

// noDuty says that no duty begins as typed, and which are the nearest: by rota and tier, then by day.
func (p *pcn) noDuty(typed string, from, until rota.Date) error {
	const around, shown = 7, 3
	head := func(id string) string { return strings.ToLower(id[:max(0, strings.LastIndexByte(id, '.'))]) }
	far := func(d rota.Duty) int {
		days := from.DaysUntil(d.Start.Date)
		return max(days, -days)
	}
	near := p.askedFor(from.AddDays(-around), until.AddDays(around))
	slices.SortStableFunc(near, func(a, b rota.Duty) int {
		return cmp.Or(
			cmp.Compare(distance(head(typed), head(string(a.ID))), distance(head(typed), head(string(b.ID)))),
			cmp.Compare(far(a), far(b)),
			cmp.Compare(distance(typed, string(a.ID)), distance(typed, string(b.ID))))
	})
	ids := each(near[:min(shown, len(near))], func(d rota.Duty) string { return string(d.ID) })
	says := fmt.Sprintf("no rota has a duty %s", typed)
	if len(ids) == 0 {
		return wrong(says, "pcnrota rota list, to see which rotas there are")
	}
	return wrong(says, "did you mean "+strings.Join(ids, " or ")+"?")
}
