package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// busy is a database with something in it that every kind of change has been made to.
func busy(t *testing.T) *DB {
	t.Helper()
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2 L3"), "2026-12-01 10:00")
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L4 L3"), "2026-12-02 10:00")
	ids := get(db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L1", Kind: rota.Sick, First: day("2027-01-04"), Last: day("2027-01-05")}}))
	ok(t, db.RemoveAbsence(t.Context(), ids[0]))
	_, err := db.AddFeed(t.Context(), rota.NewLeaderFeed("L2", "work Outlook", at("2026-12-01 09:00")), []byte("0123456789abcdef-secret"))
	ok(t, err)
	return db
}

func TestTheTrailTellsWhoDidWhatAndWhy(t *testing.T) {
	db := staffed(t)
	ctx := WithAuthor(t.Context(), Author{
		Who: "Farah", Command: "leader edit", Why: "fewer sessions", Now: func() time.Time { return at("2027-01-04 09:00") },
	})
	ok(t, db.PutLeaders(ctx, []rota.Leader{{ID: "L1", Name: "Leader L1", Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime / 2}}))
	all := get(db.Audit(t.Context(), 0, -1))
	e := all[len(all)-1]
	if e.Who != "Farah" || e.Command != "leader edit" || e.Why != "fewer sessions" || !e.At.Equal(at("2027-01-04 09:00")) {
		t.Errorf("by %q with %q because %q at %s", e.Who, e.Command, e.Why, e.At)
	}
	if e.Subject != "leader" || e.Key != "L1" || !strings.Contains(string(e.Old), `"share":1000`) || !strings.Contains(string(e.New), `"share":500`) {
		t.Errorf("%s %s from %s to %s", e.Subject, e.Key, e.Old, e.New)
	}
	// Writing what is there already is not a change.
	before := len(all)
	ok(t, db.PutLeaders(ctx, []rota.Leader{{ID: "L1", Name: "Leader L1", Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime / 2}}))
	if n := len(get(db.Audit(t.Context(), 0, -1))); n != before {
		t.Errorf("%d entries after nothing changed, %d before", n, before)
	}
}

func TestAPublicationIsRecordedDutyByDuty(t *testing.T) {
	db := busy(t)
	var got []string
	for _, e := range get(db.Audit(t.Context(), 0, -1)) {
		if e.Subject == subjectDuty {
			got = append(got, e.Key[len(e.Key)-13:]+" "+string(e.Old)+" -> "+string(e.New))
		}
	}
	if len(got) != 4 || !strings.Contains(got[3], `"holder":"L2"`) || !strings.Contains(got[3], `-> {"holder":"L4"`) {
		t.Errorf("recorded:\n%s", strings.Join(got, "\n"))
	}
}

func TestTheTrailHoldsNoSecret(t *testing.T) {
	db := busy(t)
	for _, e := range get(db.Audit(t.Context(), 0, -1)) {
		if text := strings.ToLower(string(e.New)); strings.Contains(text, "secret") || strings.Contains(text, "7365637265740a") || strings.Contains(text, `"hash"`) {
			t.Errorf("entry %d tells a secret: %s", e.Seq, e.New)
		}
	}
}

func TestAWholeTrailIsVerified(t *testing.T) {
	db := busy(t)
	report := get(db.VerifyAudit(t.Context()))
	if len(report.Faults) > 0 || report.Entries < 15 || len(report.Last) != 32 {
		t.Errorf("%d entries, seal %x, faults %q", report.Entries, report.Last, report.Faults)
	}
}

func TestTamperingIsFound(t *testing.T) {
	for _, test := range []struct{ name, do, want string }{
		{"an entry is rewritten", `DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' WHERE seq = 5`, "entry 5 is not as it was written"},
		{"the last entry is rewritten", `DROP TRIGGER audit_stays; UPDATE audit SET why = 'x' WHERE seq = (SELECT max(seq) FROM audit)`, "is not as it was written"},
		{"an entry is removed", `DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE seq = 4`, "entry 4 is missing"},
		{"the first entry is removed", `DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE seq = 1`, "entry 1 is missing"},
		{"a leader is changed unseen", `DROP TRIGGER recorded_leader_update; UPDATE leader SET share = 1 WHERE id = 'L1'`, "leader L1 is not as entry"},
		{"a leader is added unseen", `DROP TRIGGER recorded_practice_insert; INSERT INTO practice VALUES ('Y9', 'Ghost', 0)`, "practice Y9 is there, and no entry says so"},
		{"a link is removed unseen", `DROP TRIGGER recorded_feed_delete; DELETE FROM feed`, "feed 1 is gone, and no entry says so"},
		{"a published duty is rewritten", `DROP TRIGGER published_assignment_stays; UPDATE assignment SET holder = 'L3' WHERE holder = 'L1'`, "version on-call/1 is not as entry"},
		{"a fair share is rewritten", `DROP TRIGGER published_version_stays; UPDATE version SET seed = 99 WHERE number = 2`, "version on-call/2 is not as entry"},
		{"what is in force is rewritten", `UPDATE duty SET withdrawn = 1 WHERE rota = 'on-call'`, "duty on-call.first.20270104T1830 is gone"},
		{"a change from outside waits", `UPDATE leader SET share = 2 WHERE id = 'L2'`, "1 rows were changed by another program"},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := busy(t)
			if _, err := db.write.ExecContext(t.Context(), test.do); err != nil {
				t.Fatal(err)
			}
			report := get(db.VerifyAudit(t.Context()))
			if !strings.Contains(strings.Join(report.Faults, "\n"), test.want) {
				t.Errorf("faults %q; want %q", report.Faults, test.want)
			}
		})
	}
}

func TestTheProgramCannotChangeTheTrail(t *testing.T) {
	db := busy(t)
	for _, statement := range []string{`UPDATE audit SET who = ''`, `DELETE FROM audit`} {
		if _, err := db.write.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was accepted", statement)
		}
	}
}

func TestAChangeFromOutsideIsRecordedAsOne(t *testing.T) {
	db := busy(t)
	if _, err := db.write.ExecContext(t.Context(), `UPDATE leader SET share = 2 WHERE id = 'L2'`); err != nil {
		t.Fatal(err)
	}
	ok(t, db.PutPractices(t.Context(), []rota.Practice{{Code: "Y2", Name: "Mill"}}))
	all := get(db.Audit(t.Context(), 0, -1))
	if e := all[len(all)-2]; e.Who != outside.Who || e.Key != "L2" {
		t.Errorf("recorded as %s by %s", e.Key, e.Who)
	}
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("faults %q", report.Faults)
	}
}

// A database of the time before the trail gets one that begins with all it holds.
func TestTheTrailBeginsWithWhatWasThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	ok(t, os.WriteFile(path, nil, 0o600))
	old, err := open(t.Context(), path, busyWait, migrations[:3])
	ok(t, err)
	_, err = old.write.ExecContext(context.Background(), `
		INSERT INTO practice VALUES ('Y1', 'Quay', 9000);
		INSERT INTO leader (id, name, email, phone, roles, practice, employment, share, registration_body, registration_number, qualifications, new_to_on_call)
			VALUES ('L1', 'Ada', '', '', '[]', 'Y1', 'partner', 1000, '', '', '[]', 0);
		INSERT INTO version (rota, number, from_day, until_day, built, published_by, reason, policy, seed, notes)
			VALUES ('on-call', 0, '2027-01-04', '2027-01-05', 0, '', '', '{}', 1, '[]');
		INSERT INTO assignment (version, duty, tier, kind, start_civil, end_civil, starts, ends, holder, weekday, weekend, bank_holiday, festive, meeting, responsibility)
			VALUES (1, 'on-call.first.20270104T1830', 'first', 'night', '2027-01-04T18:30', '2027-01-05T08:00', 1, 2, 'L1', 0, 0, 0, 0, 0, 0);
		UPDATE version SET number = 1, published = 1, published_by = 'Mo' WHERE id = 1;
		INSERT INTO duty VALUES ('on-call.first.20270104T1830', 'on-call', 1, 0, 1, 0)`)
	ok(t, err)
	ok(t, old.Close())
	db, err := Open(t.Context(), path)
	closing(t, db, err)
	report := get(db.VerifyAudit(t.Context()))
	if len(report.Faults) > 0 || report.Entries != 8 {
		t.Errorf("%d entries, faults %q", report.Entries, report.Faults)
	}
}

func TestAPublishedDutyChangesOnlyWithAReason(t *testing.T) {
	db := staffed(t)
	silent := byMo("2026-12-01 10:00")
	silent.Reason = " "
	save(t, db, nights("on-call", "2027-01-04", "L1 L2"))
	_, _, err := db.Publish(t.Context(), silent)
	ok(t, err) // nothing was there before
	save(t, db, nights("on-call", "2027-01-06", "L1 L2"))
	_, _, err = db.Publish(t.Context(), silent)
	ok(t, err) // and these days are new
	save(t, db, nights("on-call", "2027-01-04", "L1 L3"))
	_, _, err = db.Publish(t.Context(), silent)
	refused(t, err, ErrNoReason, "1 duty")
	if got := holders(t, db); !strings.HasPrefix(got, "04 L1/0 05 L2/0") {
		t.Errorf("published: %s", got)
	}
}

func TestADraftIsNotPublishedOverWhatSomebodyElseWrote(t *testing.T) {
	db := staffed(t)
	save(t, db, nights("on-call", "2027-01-04", "L1 L2"))
	checked := byMo("2026-12-01 10:00")
	checked.Revision = get(db.Revision(t.Context()))
	ok(t, db.PutPractices(t.Context(), []rota.Practice{{Code: "Y2", Name: "Mill"}}))
	_, _, err := db.Publish(t.Context(), checked)
	refused(t, err, ErrStale)
	if got := holders(t, db); got != "" {
		t.Errorf("published: %s", got)
	}
}
