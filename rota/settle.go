package rota

import "slices"

// Settled is what is in force of the rota Meetings, held against the meetings as they are now.
type Settled struct {
	Keep    []Duty    // stays with who holds it, or goes to the deputy, at the meeting's time of now; some may have nobody
	Fill    []Duty    // wants a holder, and has none
	Vacated []Vacated // what somebody held and cannot hold any more
}

// Vacated is a duty whose holder cannot hold it any more.
type Vacated struct {
	Duty Duty // as it is wanted; held by the deputy where the deputy steps in
	Was  LeaderID
	Why  string
}

// Settle decides what has to be done about the meetings of p: who was published keeps their meetings as long as no
// hard rule stands against it, and where one does, the deputy steps in who was published for it. Held has the duties
// of all other rotas; those of Meetings in force come as a list of their own. What has begun by p.Now is left alone.
func (p Problem) Settle(inForce []Duty) Settled {
	s := settling{planner: newPlanner(p), was: map[DutyID]Duty{}, promoted: map[DutyID]bool{}}
	s.all = slices.Clone(s.held)
	for _, d := range inForce {
		s.was[d.ID] = d
	}
	for _, d := range s.duties {
		if d.Span.Start.After(p.Now) {
			s.look(d)
		}
	}
	for _, d := range s.open {
		if slices.ContainsFunc(s.Leaders, func(l Leader) bool { return s.obstacle(l, d, s.all) == "" }) {
			s.Fill = append(s.Fill, d)
		} else {
			s.keep(d)
		}
	}
	return s.Settled
}

// settling is the work on a Settled.
type settling struct {
	*planner
	Settled
	was      map[DutyID]Duty
	promoted map[DutyID]bool // whose holder represents the PCN now
	all      []Duty          // held, by other rotas or by what is kept so far
	open     []Duty          // that nobody holds in force
}

// look decides about one duty. A representative comes before the deputy.
func (s *settling) look(d Duty) {
	old, known := s.was[d.ID]
	switch {
	case !known || s.promoted[d.ID]:
		s.Fill = append(s.Fill, d)
		return
	case old.Holder == "":
		s.open = append(s.open, d)
		return
	}
	why := s.against(old.Holder, d)
	if why == "" {
		d.Holder = old.Holder
		s.keep(d)
		return
	}
	_, meeting, _ := d.ID.MeetingOf()
	second := s.was[SittingID(Deputy, meeting)]
	if d.Tier == Representative && second.Holder != "" && s.against(second.Holder, d) == "" {
		s.promoted[second.ID] = true
		d.Holder = second.Holder
		s.keep(d)
	} else {
		s.Fill = append(s.Fill, d)
	}
	s.Vacated = append(s.Vacated, Vacated{d, old.Holder, why})
}

// against says in words what keeps a leader from d, beside what is kept so far.
func (s *settling) against(id LeaderID, d Duty) string {
	at, here := s.index[id]
	if !here {
		return "not among the leaders any more"
	}
	return s.obstacle(s.Leaders[at], d, s.all)
}

func (s *settling) keep(d Duty) {
	s.Keep = append(s.Keep, d)
	s.all = append(s.all, d)
}
