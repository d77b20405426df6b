package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	"pcnrota/rota"
)

// The subjects under which the audit trail records a publication: the version as a whole, and each duty
// that it changed.
const (
	subjectVersion = "version"
	subjectDuty    = "duty"
)

// versionRecord is a published version in the audit trail. The digest stands for all that was published.
type versionRecord struct {
	Rota   rota.RotaName `json:"rota"`
	Number int           `json:"number"`
	From   rota.Date     `json:"from"`
	Until  rota.Date     `json:"until"`
	By     string        `json:"by"`
	Reason string        `json:"reason"`
	Digest string        `json:"digest"` // SHA-256 in hexadecimal
}

func (v versionRecord) key() string { return fmt.Sprintf("%s/%d", v.Rota, v.Number) }

// dutyRecord is a duty in the audit trail.
type dutyRecord struct {
	Holder rota.LeaderID `json:"holder"`
	Tier   rota.TierName `json:"tier"`
	Start  rota.Civil    `json:"start"`
	End    rota.Civil    `json:"end"`
}

func recordOf(d rota.Duty) dutyRecord { return dutyRecord{d.Holder, d.Tier, d.Start, d.End} }

// recordPublication notes a version that has just been published, and what it changed.
func recordPublication(ctx context.Context, tx *sql.Tx, v rota.Version, was map[rota.DutyID]record, changes []Change) error {
	if err := recordVersion(ctx, tx, v); err != nil {
		return err
	}
	for _, c := range changes {
		var old, new any
		if before, known := was[c.Duty.ID]; known && !before.withdrawn {
			old = recordOf(before.Duty)
		}
		if !c.Withdrawn {
			new = recordOf(c.Duty)
		}
		if err := touch(ctx, tx, subjectDuty, string(c.Duty.ID), old, new); err != nil {
			return err
		}
	}
	return nil
}

func recordVersion(ctx context.Context, tx *sql.Tx, v rota.Version) error {
	is, err := Reader{ask: tx}.versionRecord(ctx, v)
	if err != nil {
		return err
	}
	return touch(ctx, tx, subjectVersion, is.key(), nil, is)
}

func (r Reader) versionRecord(ctx context.Context, v rota.Version) (versionRecord, error) {
	digest, err := r.digest(ctx, v.ID)
	return versionRecord{v.Rota, v.Number, v.From, v.Until, v.By, v.Reason, digest}, err
}

// digest sums up who holds what in a version, and who owes how much of it.
func (r Reader) digest(ctx context.Context, version int64) (string, error) {
	loads := strings.ReplaceAll(loadOf("x"), ", ", ` || ' ' || `)
	lines, err := list(ctx, r, scanString, `SELECT json_array('policy', from_day, until_day, seed, policy) FROM version WHERE id = ?1
		UNION ALL
		SELECT * FROM (SELECT json_array('duty', duty, tier, kind, start_civil, end_civil, starts, ends, holder, `+loads+`)
			FROM assignment x WHERE version = ?1 ORDER BY duty)
		UNION ALL
		SELECT * FROM (SELECT json_array('part', a.duty, x.leader, `+loads+`)
			FROM part x JOIN assignment a ON a.id = x.assignment WHERE a.version = ?1 ORDER BY a.duty, x.leader)`, version)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// beginTrail records everything that was there before the trail was.
func beginTrail(ctx context.Context, tx *sql.Tx) error {
	r := Reader{ask: tx}
	tables, err := recordedTables(ctx, r)
	if err != nil {
		return err
	}
	for _, t := range tables {
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO touched (subject, key, old, new) SELECT '%s', %s, NULL, %s FROM %[1]s t ORDER BY 2`,
			t.name, t.keyOf("t."), t.json("t.")))
		if err != nil {
			return fmt.Errorf("begin audit trail: %w", err)
		}
	}
	versions, err := list(ctx, r, scanVersion, `SELECT `+versionNames+` FROM version WHERE published IS NOT NULL ORDER BY id`)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if err := recordVersion(ctx, tx, v); err != nil {
			return err
		}
	}
	duties, err := r.dutiesInForce(ctx)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if err := touch(ctx, tx, subjectDuty, string(d.ID), nil, recordOf(d)); err != nil {
			return err
		}
	}
	return seal(ctx, tx, Author{Who: "pcnrota", Command: "begin the audit trail"})
}

// dutiesInForce gives everything that was ever published and not withdrawn.
func (r Reader) dutiesInForce(ctx context.Context) ([]rota.Duty, error) {
	scan := func(r row) (d rota.Duty, err error) { return d, scanMore(r, dutyInto(&d)) }
	return list(ctx, r, scan, `SELECT `+dutyNames+inForce+` WHERE NOT d.withdrawn ORDER BY a.starts, d.id`)
}
