package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// The invented PCN. Telephone numbers are from the range that Ofcom keeps for drama, addresses from a
// domain that is reserved for examples.
const demoName = "Saltmarsh PCN"

var demoPractices = []rota.Practice{
	{Code: "Z99101", Name: "Quayside Surgery", ListSize: 14200},
	{Code: "Z99102", Name: "Saltmarsh Medical Centre", ListSize: 11800},
	{Code: "Z99103", Name: "Old Mill Practice", ListSize: 8900},
	{Code: "Z99104", Name: "Heron & Partners", ListSize: 6300},
}

// demoLeaders gives the leaders: name, role, practice, share of a post, registration.
func demoLeaders() []rota.Leader {
	rows := [][5]string{
		{"Dr Amara Okafor", "Clinical Director", "Z99101", "0.8", "GMC"},
		{"Dr Tomasz Nowak", "Deputy Clinical Director", "Z99102", "0.6", "GMC"},
		{"Dr Siân Pritchard", "GP partner", "Z99103", "0.5", "GMC"},
		{"Dr Rajesh Patel", "GP partner", "Z99104", "0.5", "GMC"},
		{"Dr Eleanor Finch", "Salaried GP", "Z99101", "0.6", "GMC"},
		{"Dr Yusuf Demir", "Salaried GP", "Z99102", "0.8", "GMC"},
		{"Grace Adeyemi", "PCN manager", "Z99101", "1", ""},
		{"Niall O'Connor", "Lead pharmacist", "Z99103", "1", "GPhC"},
		{"Mei Lin Chen", "Lead nurse", "Z99104", "0.8", "NMC"},
		{"Hannah Whitfield", "Practice manager", "Z99102", "0.6", ""},
		{"Callum Reid", "Digital and transformation lead", "Z99103", "1", ""},
		{"Priya Raman", "Mental health lead", "Z99104", "0.8", "NMC"},
	}
	var leaders []rota.Leader
	for i, r := range rows {
		share, _ := rota.ParseShare(r[3])
		words := strings.Fields(strings.ToLower(strings.TrimPrefix(r[0], "Dr ")))
		leaders = append(leaders, rota.Leader{
			ID: rota.LeaderID(fmt.Sprintf("D%02d", i+1)), Name: r[0], Roles: []string{r[1]}, Practice: rota.PracticeCode(r[2]),
			Email: fmt.Sprintf("leader%02d.%s@example.org", i+1, ascii(words[0])), Phone: fmt.Sprintf("07700 900%03d", 201+i),
			Employment: rota.Employee, Share: share, Registration: rota.Registration{Body: r[4]}, NewToOnCall: i == 4,
		})
	}
	return leaders
}

func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7f {
			return -1
		}
		return r
	}, s)
}

// demoAbsences gives leave in weeks counted from the first Monday of the rota.
func demoAbsences(from rota.Date) []rota.Absence {
	leave := func(leader rota.LeaderID, kind rota.AbsenceKind, week, days int) rota.Absence {
		first := from.AddDays(7 * week)
		return rota.Absence{Leader: leader, Kind: kind, First: first, Last: first.AddDays(days - 1)}
	}
	return []rota.Absence{
		leave("D01", rota.Annual, 3, 7), leave("D02", rota.Annual, 5, 14), leave("D03", rota.Study, 2, 3),
		leave("D04", rota.Annual, 9, 7), leave("D05", rota.Parental, 8, 70), leave("D06", rota.Annual, 12, 9),
		leave("D07", rota.Annual, 6, 7), leave("D08", rota.Sick, 1, 10), leave("D09", rota.Annual, 14, 14),
		leave("D10", rota.Annual, 18, 7), leave("D11", rota.Study, 20, 2), leave("D12", rota.Annual, 4, 7),
		{Leader: "D03", Kind: rota.NonWorkingDay, First: from, Last: from.AddDays(365), Weekday: time.Thursday},
		{Leader: "D10", Kind: rota.NonWorkingDay, First: from, Last: from.AddDays(365), Weekday: time.Friday},
	}
}

var demoWishes = []rota.Wish{
	{Leader: "D08", Kind: rota.Avoid, Weekday: time.Tuesday, Weight: 2},
	{Leader: "D11", Kind: rota.Prefer, Weekday: time.Wednesday, Weight: 3},
}

// demoMeetings gives the meetings with the four bodies that every PCN starts with.
func demoMeetings(from rota.Date) []rota.Series {
	any, gp, director, all := rota.Who{Mode: rota.AnyGoes}, rota.Who{Mode: rota.AnyGoes, Name: "GP"},
		rota.Who{Mode: rota.RoleGoes, Name: "Clinical Director"}, rota.Who{Mode: rota.EverybodyGoes}
	return []rota.Series{
		{Title: "Integrated care board in public", Body: "ICS", Rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH", First: from, At: 10 * 60, Minutes: 150, Place: "County Hall", Who: director, PapersTo: rota.WorkingDays(6)},
		{Title: "LMC liaison", Body: "LMC", Rule: "FREQ=MONTHLY;BYDAY=2TU", First: from, At: 19 * 60, Minutes: 90, Place: "Postgraduate centre", Who: gp},
		{Title: "Public health contract review", Body: "Local authority", Rule: "FREQ=MONTHLY;BYDAY=1WE", First: from, At: 14 * 60, Minutes: 90, Place: "Online", Who: any, PapersTo: rota.WorkingDays(5)},
		{Title: "PCN board", Body: "PCN", Rule: "FREQ=MONTHLY;BYDAY=1TH", First: from, At: 12*60 + 30, Minutes: 90, Place: "Quayside Surgery", Who: all, PapersTo: rota.WorkingDays(5)},
	}
}

// fillDemo stores the invented PCN's people and meetings.
func (p *pcn) fillDemo(ctx context.Context) error {
	from := p.today().Monday()
	if err := p.db.PutPractices(ctx, demoPractices); err != nil {
		return err
	}
	if err := p.db.PutLeaders(ctx, demoLeaders()); err != nil {
		return err
	}
	if _, err := p.db.AddAbsences(ctx, demoAbsences(from)); err != nil {
		return err
	}
	if _, err := p.db.AddWishes(ctx, demoWishes); err != nil {
		return err
	}
	if _, err := p.db.AddSeries(ctx, demoMeetings(from)); err != nil {
		return err
	}
	return p.demoResponsibilities(ctx)
}

// demoResponsibilities takes some lines of the shipped year, with an owner each where they do not go round.
func (p *pcn) demoResponsibilities(ctx context.Context) error {
	lines, err := readYear("the shipped year", pcnYear, p.today())
	if err != nil {
		return err
	}
	owners := map[string][2]rota.LeaderID{
		"dspt": {"D11", "D07"}, "arrs-claim": {"D07", "D10"}, "urgent-care": {"D01", "D02"}, "safeguarding": {"D05", "D03"}, "continuity": {"D10", "D07"},
		"smi": {}, "fit": {}, "prescribing": {}, "inequalities": {}, "governance": {}, "appraisal": {},
	}
	var taken []rota.Obligation
	for _, r := range lines {
		if who, wanted := owners[r.Line]; wanted {
			r.Owner, r.Deputy = who[0], who[1]
			taken = append(taken, r)
		}
	}
	if _, err := p.db.AddResponsibilities(ctx, taken); err != nil {
		return err
	}
	return p.planResponsibilities(ctx, p.at)
}
