package config

// nearest gives the word that s was probably meant to be: the one with the fewest slips, and "" where
// none is within a third of the length of s.
func nearest(s string, words []string) string {
	best, fewest := "", max(1, len(s)/3)+1
	for _, w := range words {
		if d := slips(s, w); d < fewest {
			best, fewest = w, d
		}
	}
	return best
}

// slips counts the letters to add, leave out, change or swap with their neighbour to turn a into b (the
// edit distance of Damerau and Levenshtein, in its restricted form).
func slips(a, b string) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(last[j]+change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
