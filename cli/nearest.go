package cli

import (
	"slices"
	"strings"
)

// nearest gives the word among known that typed was most likely meant to be, and "" where none is
// close: at most one slip in three letters.
func nearest(typed string, known []string) string {
	best, least := "", max(1, len(typed)/3)+1
	for _, word := range known {
		if d := distance(strings.ToLower(typed), strings.ToLower(word)); d < least {
			best, least = word, d
		}
	}
	return best
}

// meant gives the one among known that holds what was typed as words of its own, and otherwise the nearest.
func meant(typed string, known []string) string {
	words := strings.ToLower(strings.TrimSpace(typed))
	var holds []string
	for _, one := range known {
		if len(words) > 2 && strings.Contains(" "+strings.ToLower(one)+" ", " "+words+" ") && !slices.Contains(holds, one) {
			holds = append(holds, one)
		}
	}
	if len(holds) == 1 {
		return holds[0]
	}
	return nearest(typed, known)
}

// distance counts the slips (a letter too many, missing, wrong, or swapped with its neighbour) between
// two words: the optimal string alignment distance.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
