package config

// Swaps says how leaders hand duties to each other.
type Swaps struct {
	Approval bool // the manager has to approve what two leaders have agreed
}

func readSwaps(s *section) Swaps { return Swaps{Approval: get(s, "approval", truth(false), false)} }
