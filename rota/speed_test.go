package rota_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"pcnrota/rota"
)

// BenchmarkHarboursideYear builds and proves the sample PCN's year, and reports what matters: how long until
// there is a complete rota to improve, how long in all, in how many of the levels the rota is proved to be as
// fair as any, and the memory it took from the system.
func BenchmarkHarboursideYear(b *testing.B) {
	p := harbourside(b, 52)
	var first time.Duration
	proved, levels := 0, 0
	for b.Loop() {
		started, seen := time.Now(), false
		draft, err := rota.Build(context.Background(), p, func(int, int) {
			if !seen {
				seen, first = true, first+time.Since(started)
			}
		})
		if err != nil {
			b.Fatal(err)
		}
		for _, proof := range draft.Certificate {
			levels++
			if proven, excesses := proof.Proven(draft.Standings); proven == len(excesses) {
				proved++
			}
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(first.Seconds()/float64(b.N), "first-s")
	b.ReportMetric(float64(proved)/float64(levels), "proved")
	b.ReportMetric(float64(memory.Sys)/1e6, "MB")
}
