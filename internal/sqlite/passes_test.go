package sqlite

import (
	"bytes"
	"encoding/hex"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestAPCNHasOnePassKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	db := created(t, path)
	keys := make([][32]byte, 8)
	var asking sync.WaitGroup
	for i := range keys {
		asking.Go(func() { keys[i] = get(db.PassKey(t.Context())) })
	}
	asking.Wait()
	again, err := Open(t.Context(), path)
	for _, key := range append(keys, get(closing(t, again, err).PassKey(t.Context()))) {
		if key != keys[0] || key == [32]byte{} {
			t.Fatalf("keys differ or are empty: %x", keys)
		}
	}
	if other := get(newDB(t).PassKey(t.Context())); other == keys[0] {
		t.Error("two PCNs have one key")
	}
}

func TestThePassKeyStaysAndIsInNoRecord(t *testing.T) {
	db := newDB(t)
	key := get(db.PassKey(t.Context()))
	if _, err := db.write.ExecContext(t.Context(), `UPDATE pass_key SET key = randomblob(32)`); err == nil || !strings.Contains(err.Error(), "stop working") {
		t.Errorf("the key was replaced: %v", err)
	}
	for _, e := range get(db.Audit(t.Context(), 0, 1000)) {
		if e.Subject == "pass_key" || bytes.Contains(bytes.ToLower(e.New), []byte(hex.EncodeToString(key[:8]))) {
			t.Errorf("the audit trail holds the key: %s %s", e.Subject, e.New)
		}
	}
}
