package rota_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pcnrota/rota/rotatest"
)

// TestScenarios plays the stories of testdata/scenarios. How they are written is told in package
// rotatest.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/scenarios/*.rota")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios found: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".rota"), func(t *testing.T) {
			t.Parallel()
			rotatest.Run(t, file)
		})
	}
}
