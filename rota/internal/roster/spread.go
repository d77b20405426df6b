package roster

import (
	"context"
	"math"
)

// The first people put into an empty roster take what they like best and leave the last ones what does
// not fit together: single days of weekends, nights that nobody left may work. So everybody chooses
// anew a few times over, at prices that see a demand as the less urgent the nearer it is to being met,
// first from afar and then ever more sharply. Nobody is alone in filling a gap then, and what is short
// for everybody, as weekends are, is taken whole.

// firstSweeps is how often everybody chooses anew at first. More sweeps lead to better rosters, as slow
// cooling does, so later ones are longer.
const firstSweeps = 20

// hastySweeps come before these where they take long.
const hastySweeps = 4

// sharpening is how many people around the need still feel its pull, where a part of the sweeps is left. On a long
// roster, which is spread for as long as there is time, much is settled while a demand is felt a person too early or
// too late, so most sweeps are there. Where a proof goes on beside, the few first sweeps had better be sharp.
func (s *search) sharpening(left float64) float64 {
	if len(s.p.Demand) > manyCells {
		return 0.5 + 3*math.Pow(left, 5)
	}
	return 0.5 + 1.5*left*left*left
}

// spread lets everybody choose anew so many times, and offers what comes out once the prices are sharp, or whatever
// there is when the context ends.
func (s *search) spread(ctx context.Context, sweeps int, better func(Roster, int)) {
	line := make(Line, s.p.Days)
	for left := sweeps; left > 0 && ctx.Err() == nil; left-- {
		s.soft = s.sharpening(float64(left-1) / float64(sweeps))
		for _, person := range s.rng.Perm(len(s.roster)) {
			if ctx.Err() != nil {
				break
			}
			copy(line, s.roster[person])
			if !s.respondNear(person, int(s.scale), line) {
				s.put(person, line)
			}
		}
		if left*4 <= sweeps || ctx.Err() != nil {
			better(s.roster, s.cost)
		}
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
