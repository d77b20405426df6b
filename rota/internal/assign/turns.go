package assign

// This file keeps count of who is passed over when something comes round.

// turns is the state of the rounds of a problem.
type turns struct {
	of     [][]place // [slot] the turns that holding it belongs to
	held   [][][]int // [round][turn][person] how many of its slots they hold
	passed []int     // [round] how often its turns pass somebody over
	slots  []int     // of all turns, those to be assigned
}

// place is one turn of one round.
type place struct{ round, turn int }

func newTurns(p *Problem) turns {
	t := turns{of: make([][]place, len(p.Slots)), held: make([][][]int, len(p.Rounds)), passed: make([]int, len(p.Rounds))}
	for r, round := range p.Rounds {
		t.held[r] = make([][]int, len(round.Turns))
		for n, turn := range round.Turns {
			t.held[r][n] = make([]int, p.People)
			for _, slot := range turn.Slots {
				t.of[slot] = append(t.of[slot], place{r, n})
				if p.Slots[slot].Holder == Nobody {
					t.slots = append(t.slots, slot)
				}
			}
		}
	}
	return t
}

// turn notes that person holds the slot (by 1) or no longer does (by -1), and gives by how much the count
// of those passed over changes.
func (t *turns) turn(p *Problem, slot, person, by int) int {
	change := 0
	for _, at := range t.of[slot] {
		held := t.held[at.round][at.turn]
		held[person] += by
		if held[person] == 0 || (by > 0 && held[person] == 1) {
			now := p.Rounds[at.round].passed(t.held[at.round])
			change += now - t.passed[at.round]
			t.passed[at.round] = now
		}
	}
	return change
}

// passed counts over all turns how often one who has the turn had it since one who could have it and has not.
func (r *Round) passed(held [][]int) int {
	last, count := r.Last, 0
	for n, turn := range r.Turns {
		for has, slots := range held[n] {
			if slots == 0 || last[has] == 0 {
				continue
			}
			for other, could := range turn.Could {
				if could && held[n][other] == 0 && last[other] < last[has] {
					count++
				}
			}
		}
		if n+1 < len(r.Turns) {
			last = since(last, held[n], turn.When)
		}
	}
	return count
}

// since gives when everybody had it last, after a turn.
func since(last, held []int, when int) []int {
	after := make([]int, len(last))
	for person := range last {
		after[person] = last[person]
		if held[person] > 0 {
			after[person] = when
		}
	}
	return after
}
