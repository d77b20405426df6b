package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
)

// AuditReport is what VerifyAudit found.
type AuditReport struct {
	Entries int64
	Last    []byte   // hash of the newest entry: kept elsewhere, it proves later that nothing before it was changed
	Faults  []string // one sentence each; none where the record is whole
}

// VerifyAudit reads the whole trail. It checks that the entries are numbered without a gap and that the hash
// of each follows from the one before; that every published version is as it was published; and that every
// row is now as the trail last saw it.
func (r Reader) VerifyAudit(ctx context.Context) (report AuditReport, err error) {
	err = r.View(ctx, func(r Reader) error {
		v := auditCheck{Reader: r, last: map[string]AuditEntry{}}
		for _, check := range []func(context.Context) error{v.chain, v.versions, v.duties, v.rows, v.unsealed} {
			if err := check(ctx); err != nil {
				return err
			}
		}
		report = v.report
		return nil
	})
	return report, err
}

// auditCheck is a verification on its way.
type auditCheck struct {
	Reader
	report AuditReport
	last   map[string]AuditEntry // the newest entry of each row, by subject and key
}

func (v *auditCheck) fault(format string, args ...any) {
	v.report.Faults = append(v.report.Faults, fmt.Sprintf(format, args...))
}

// chain follows the hashes. After a break it goes on from the entry as it stands, so that each is told once.
func (v *auditCheck) chain(ctx context.Context) error {
	const page = 1000
	var seq int64
	for {
		entries, err := v.Audit(ctx, seq, page)
		if err != nil || len(entries) == 0 {
			v.report.Entries = seq
			return err
		}
		for _, e := range entries {
			if e.Seq != seq+1 {
				v.fault("entry %d is missing", seq+1)
			} else if !bytes.Equal(e.Hash, e.Sum(v.report.Last)) {
				v.fault("entry %d is not as it was written, or the one before it is not", e.Seq)
			}
			seq, v.report.Last = e.Seq, e.Hash
			v.last[e.Subject+" "+e.Key] = e
		}
	}
}

// versions compares each published version with what was recorded when it was published.
func (v *auditCheck) versions(ctx context.Context) error {
	all, err := list(ctx, v.Reader, scanVersion, `SELECT `+versionNames+` FROM version WHERE published IS NOT NULL ORDER BY id`)
	if err != nil {
		return err
	}
	now := map[string]json.RawMessage{}
	var keys []string
	for _, version := range all {
		is, err := v.versionRecord(ctx, version)
		if err != nil {
			return err
		}
		keys = append(keys, is.key())
		now[is.key()] = json.RawMessage(jsonText(is))
	}
	return v.compare(ctx, subjectVersion, keys, now)
}

// duties compares who holds what with what was recorded of it.
func (v *auditCheck) duties(ctx context.Context) error {
	all, err := v.dutiesInForce(ctx)
	if err != nil {
		return err
	}
	now := map[string]json.RawMessage{}
	var keys []string
	for _, d := range all {
		keys = append(keys, string(d.ID))
		now[string(d.ID)] = json.RawMessage(jsonText(recordOf(d)))
	}
	return v.compare(ctx, subjectDuty, keys, now)
}

// rows compares each row of each recorded table with what was recorded of it.
func (v *auditCheck) rows(ctx context.Context) error {
	tables, err := recordedTables(ctx, v.Reader)
	if err != nil {
		return err
	}
	for _, t := range tables {
		type keyed struct{ key, row string }
		scan := func(r row) (k keyed, err error) { return k, r.Scan(&k.key, &k.row) }
		all, err := list(ctx, v.Reader, scan, fmt.Sprintf(`SELECT %s, %s FROM %s t ORDER BY 1`, t.keyOf("t."), t.json("t."), t.name))
		if err != nil {
			return err
		}
		now := map[string]json.RawMessage{}
		var keys []string
		for _, k := range all {
			keys = append(keys, k.key)
			now[k.key] = json.RawMessage(k.row)
		}
		if err := v.compare(ctx, t.name, keys, now); err != nil {
			return err
		}
	}
	return nil
}

// compare names what is not as it was last recorded: keys in their order, then what is gone.
func (v *auditCheck) compare(ctx context.Context, subject string, keys []string, now map[string]json.RawMessage) error {
	for _, key := range keys {
		recorded, known := v.last[subject+" "+key]
		switch {
		case !known || recorded.New == nil:
			v.fault("%s %s is there, and no entry says so", subject, key)
		case !sameRow(recorded.New, now[key]):
			v.fault("%s %s is not as entry %d recorded it", subject, key, recorded.Seq)
		}
	}
	gone, err := list(ctx, v.Reader, scanString, `SELECT key FROM audit a WHERE subject = ? AND new IS NOT NULL
		AND seq = (SELECT max(seq) FROM audit b WHERE b.subject = a.subject AND b.key = a.key) ORDER BY key`, subject)
	if err != nil {
		return err
	}
	for _, key := range gone {
		if _, there := now[key]; !there {
			v.fault("%s %s is gone, and no entry says so", subject, key)
		}
	}
	return nil
}

// sameRow compares the columns that were recorded. A later schema may have more.
func sameRow(recorded, now json.RawMessage) bool {
	was, is := map[string]any{}, map[string]any{}
	if json.Unmarshal(recorded, &was) != nil || json.Unmarshal(now, &is) != nil {
		return false
	}
	for name, value := range was {
		if !reflect.DeepEqual(value, is[name]) {
			return false
		}
	}
	return true
}

// unsealed tells of changes by other programs that no command of this one has come across yet.
func (v *auditCheck) unsealed(ctx context.Context) error {
	n, _, err := first(ctx, v.Reader, scanInt, `SELECT count(*) FROM touched`)
	if err == nil && n > 0 {
		v.fault("%d rows were changed by another program", n)
	}
	return err
}
