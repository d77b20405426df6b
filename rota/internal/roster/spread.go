package roster

import "context"

// The first people put into an empty roster take what they like best and leave the last ones what does
// not fit together: single days of weekends, nights that nobody left may work. So everybody chooses
// anew a few times over, at prices that see a demand as the less urgent the nearer it is to being met,
// first from afar and then ever more sharply. Nobody is alone in filling a gap then, and what is short
// for everybody, as weekends are, is taken whole.

// sweeps is how often everybody chooses anew.
const sweeps = 20

// sharpening is how many people around the need still feel its pull.
func sharpening(sweep int) float64 {
	left := 1 - float64(sweep)/(sweeps-1)
	return 0.5 + 3*left*left
}

// spread lets everybody choose anew, and offers what comes out.
func (s *search) spread(ctx context.Context, better func(Roster, int)) {
	line := make(Line, s.p.Days)
	for sweep := range sweeps {
		s.soft = sharpening(sweep)
		for _, person := range s.rng.Perm(len(s.roster)) {
			if ctx.Err() != nil {
				break
			}
			copy(line, s.roster[person])
			if !s.respond(person, int(s.scale)) {
				s.put(person, line)
			}
		}
		better(s.roster, s.cost)
	}
	s.soft = 0
	s.reset()
}

// softened is what one person more costs where n are, if up to soft people more or fewer may yet come.
func (d Demand) softened(n int, soft float64) float64 {
	short := (float64(d.Need-n) - 0.5 + soft) / (2 * soft)
	short = max(0, min(1, short))
	return float64(d.Over)*(1-short) - float64(d.Under)*short
}
