package web

import (
	"context"
	"time"

	"pcnrota/rota"
)

// schedule reads what is on show over some days from a day on, and who is who.
func (s *Site) schedule(ctx context.Context, from rota.Date, days int) (schedule, error) {
	leaders, err := s.source.Leaders(ctx)
	if err != nil {
		return schedule{}, err
	}
	published, err := s.source.Published(ctx, from.At(0).Instant(s.Zone), from.AddDays(days).At(0).Instant(s.Zone))
	if err != nil {
		return schedule{}, err
	}
	return schedule{s.Policies, s.Zone, s.Holidays, published, whoIsWho(leaders), s.today()}, nil
}

func whoIsWho(leaders []rota.Leader) people {
	who := people{}
	for _, l := range leaders {
		who[l.ID] = l
	}
	return who
}

// month reads what is on show in a calendar month. Days before and after it are read as well, so that no shift
// is seen in part only.
func (s *Site) month(ctx context.Context, m rota.Period) (schedule, error) {
	const around = 8
	return s.schedule(ctx, m.First.AddDays(-around), m.First.DaysUntil(m.Last)+1+2*around)
}

// today is the day that the PCN's clocks show.
func (s *Site) today() rota.Date { return s.dayOf(s.Clock()) }

func (s *Site) dayOf(t time.Time) rota.Date { return rota.CivilOf(t, s.Zone).Date }
