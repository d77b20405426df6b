package rota_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pcnrota/rota"
)

// pcnOf is an invented PCN: so many leaders of four practices, a third of them half-time, each with two weeks of
// leave in every half-year.
func pcnOf(t testing.TB, leaders, weeks int) rota.Problem {
	t.Helper()
	p := rota.Problem{
		From: date(t, "2027-01-04"), Until: date(t, "2027-01-04").AddDays(7 * weeks), Zone: zone(t, "Europe/London"),
		Holidays: rota.NewHolidays(nil), Seed: 1, Balances: map[rota.LeaderID]rota.Load{},
	}
	for i := range leaders {
		l := rota.Leader{ID: rota.LeaderID(fmt.Sprintf("L%02d", i+1)), Share: rota.FullTime, Practice: rota.PracticeCode(fmt.Sprintf("P%d", i%4))}
		if i%3 == 2 {
			l.Share /= 2
		}
		p.Leaders = append(p.Leaders, l)
		for half := 0; half < weeks; half += 26 {
			first := p.From.AddDays(7*(half+(i*11)%26) - 2)
			p.Absences = append(p.Absences, rota.Absence{Leader: l.ID, Kind: rota.Annual, First: first, Last: first.AddDays(8)})
		}
	}
	return p
}

// BenchmarkGrowth shows how the cost of building and proving a rota grows with leaders and weeks: weeknights and
// weekends in two tiers, from different practices.
func BenchmarkGrowth(b *testing.B) {
	for _, leaders := range []int{5, 10, 20, 40} {
		for _, weeks := range []int{13, 26, 52} {
			b.Run(fmt.Sprintf("leaders=%d/weeks=%d", leaders, weeks), func(b *testing.B) {
				p := pcnOf(b, leaders, weeks)
				p.Policy = rota.Policy{
					Name: "on-call", Pattern: rota.ReadyPatterns()[1].Kinds, Points: rota.DefaultDayPoints, DifferentPractices: true,
					Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}, {Name: "second", Weight: rota.Point / 2}},
					Rules: rota.RuleSet{RestHours: 24, WeekendTogether: true, AtMost: []rota.Limit{{Duties: 3, Days: 7}}},
				}
				proved, levels := 0, 0
				for b.Loop() {
					draft, err := rota.Build(context.Background(), p, nil)
					if err != nil {
						b.Fatal(err)
					}
					for _, proof := range draft.Certificate {
						levels++
						if proven, excesses := proof.Proven(draft.Standings); proven == len(excesses) {
							proved++
						}
					}
				}
				b.ReportMetric(float64(proved)/float64(levels), "proved")
			})
		}
	}
}

// BenchmarkFourRotas builds four daily rotas of 40 leaders for a year, one after the other, each with what the
// ledger carries over from the ones before. It reports how far the one who ends with most in the ledger is above
// what is proved to be the least possible if all 1,456 duties were shared out together, in hundredths of the
// average share.
func BenchmarkFourRotas(b *testing.B) {
	names := []rota.TierName{"a", "b", "c", "d"}
	policy := func(tiers ...rota.TierName) rota.Policy {
		p := rota.Policy{Name: rota.RotaName("rota-" + tiers[0]), Pattern: rota.ReadyPatterns()[2].Kinds, Points: rota.DefaultDayPoints}
		p.Rules = rota.RuleSet{RestHours: 24, WeekendTogether: true, AtMost: []rota.Limit{{Duties: 3, Days: 7}}}
		for _, name := range tiers {
			p.Tiers = append(p.Tiers, rota.Tier{Name: name, Weight: rota.Point})
		}
		return p
	}
	var gap float64
	for b.Loop() {
		p := pcnOf(b, 40, 52)
		started := time.Now()
		var last rota.Draft
		for _, name := range names {
			p.Policy = policy(name)
			draft, err := rota.Build(context.Background(), p, nil)
			if err != nil {
				b.Fatal(err)
			}
			p.Held = append(p.Held, draft.Duties...)
			for _, s := range draft.Standings {
				p.Balances[s.Leader] = s.After()
			}
			last = draft
		}
		took := time.Since(started)
		b.ReportMetric(took.Seconds(), "build-s")
		together := pcnOf(b, 40, 52)
		together.Policy = policy(names...)
		bound := rota.BoundOf(together).Bound[0]
		var most, target rota.Points
		for i, s := range last.Standings {
			if after := s.After().Total(); i == 0 || after > most {
				most = after
			}
		}
		for _, d := range p.Held {
			target += d.Points()
		}
		gap = 100 * (most - bound).Float() / (target.Float() / 40)
	}
	b.ReportMetric(gap, "%above-bound")
}
