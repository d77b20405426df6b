package cli

import (
	"testing"

	"pcnrota/rota"
)

func TestBar(t *testing.T) {
	tests := []struct {
		name                 string
		points, target, full float64
		want                 string
	}{
		{"at target", 8, 8, 8, "████████████████│"},
		{"half as much as the longest", 4, 4, 8, "████████│"},
		{"over target", 8, 6, 8, "████████████│████"},
		{"under target", 6, 8, 8, "████████████····│"},
		{"a difference that no cell shows", 8, 7.9, 8, "████████████████│"},
		{"nothing held", 0, 2, 8, "····│"},
		{"nothing owed", 2, 0, 8, "│████"},
		{"nothing at all", 0, 0, 0, "│"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := bar(rota.PointsOf(tt.points), rota.PointsOf(tt.target), rota.PointsOf(tt.full)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
