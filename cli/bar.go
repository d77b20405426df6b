package cli

import (
	"strings"

	"pcnrota/rota"
)

// barWidth is how many cells the longest bar has, without the mark of the target.
const barWidth = 16

// bar draws points as cells, and the target as a mark between them: "████│█" is one cell over it, and
// "███·│" one under. The amount full fills the bar.
func bar(points, target, full rota.Points) string {
	held, mark := cells(points, full), cells(target, full)
	return strings.Repeat("█", min(held, mark)) + strings.Repeat("·", max(0, mark-held)) + "│" + strings.Repeat("█", max(0, held-mark))
}

// cells gives how many cells an amount fills, to the nearest.
func cells(amount, full rota.Points) int {
	if full <= 0 || amount <= 0 {
		return 0
	}
	return int((2*barWidth*min(amount, full) + full) / (2 * full))
}
