package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"pcnrota/rota"
)

func insertCertificate(ctx context.Context, tx *sql.Tx, version int64, c rota.Certificate) error {
	if len(c) == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO certificate (version, proofs) VALUES (?, ?)`, version, jsonText(c)); err != nil {
		return fmt.Errorf("save certificate: %w", err)
	}
	return nil
}

// CertificateOf gives what was proved about a version when it was built; nil where nothing was, as about
// versions that were made by hand or before proofs were kept.
func (r Reader) CertificateOf(ctx context.Context, version int64) (rota.Certificate, error) {
	scan := func(r row) (c rota.Certificate, err error) {
		var proofs string
		if err := r.Scan(&proofs); err != nil {
			return nil, err
		}
		return c, json.Unmarshal([]byte(proofs), &c)
	}
	c, _, err := first(ctx, r, scan, `SELECT proofs FROM certificate WHERE version = ?`, version)
	if err != nil {
		return nil, fmt.Errorf("read certificate: %w", err)
	}
	return c, nil
}
