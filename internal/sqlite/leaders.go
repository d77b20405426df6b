package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Leaders gives everybody, past leaders among them, in order of ID.
func (r Reader) Leaders(ctx context.Context) ([]rota.Leader, error) {
	return list(ctx, r, scanLeader, `SELECT id, name, email, phone, roles, coalesce(practice, ''), employment, share,
		registration_body, registration_number, registration_expires, qualifications, starts, ends, new_to_on_call
		FROM leader ORDER BY id`)
}

func scanLeader(r row) (l rota.Leader, err error) {
	return l, r.Scan(&l.ID, &l.Name, &l.Email, &l.Phone, jsonInto(&l.Roles), &l.Practice, &l.Employment, &l.Share,
		&l.Registration.Body, &l.Registration.Number, dateInto(&l.Registration.Expires), jsonInto(&l.Qualifications),
		dateInto(&l.Starts), dateInto(&l.Ends), &l.NewToOnCall)
}

// PutLeaders inserts leaders, or updates those that are there already.
func (db *DB) PutLeaders(ctx context.Context, leaders []rota.Leader) error {
	return changeEach(ctx, db, putLeader, leaders, leaderArgs)
}

const putLeader = `INSERT INTO leader (id, name, email, phone, roles, practice, employment, share,
		registration_body, registration_number, registration_expires, qualifications, starts, ends, new_to_on_call)
	VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone,
		roles = excluded.roles, practice = excluded.practice, employment = excluded.employment, share = excluded.share,
		registration_body = excluded.registration_body, registration_number = excluded.registration_number,
		registration_expires = excluded.registration_expires, qualifications = excluded.qualifications,
		starts = excluded.starts, ends = excluded.ends, new_to_on_call = excluded.new_to_on_call`

func leaderArgs(l rota.Leader) []any {
	return []any{
		l.ID, l.Name, l.Email, l.Phone, jsonText(l.Roles), l.Practice, l.Employment, l.Share,
		l.Registration.Body, l.Registration.Number, dateOrNull(l.Registration.Expires), jsonText(l.Qualifications),
		dateOrNull(l.Starts), dateOrNull(l.Ends), l.NewToOnCall,
	}
}

// RemoveLeader removes somebody who was entered by mistake, with absences, wishes, pins and links, and with
// any draft that names them. Whoever has a place in what was published is refused with ErrInUse: the
// record of who was on call must stay true.
func (db *DB) RemoveLeader(ctx context.Context, id rota.LeaderID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		why, err := placeInRecord(ctx, Reader{ask: tx}, id)
		if err != nil {
			return err
		}
		if why != "" {
			return refuse(ErrInUse, fmt.Sprintf("give their last day instead: pcnrota leader end %s --on DATE", id), "%s %s", id, why)
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM version WHERE published IS NULL AND id IN (
			SELECT version FROM assignment WHERE holder = ?1
			UNION SELECT version FROM standing WHERE leader = ?1
			UNION SELECT a.version FROM part p JOIN assignment a ON a.id = p.assignment WHERE p.leader = ?1)`, id)
		if err != nil {
			return fmt.Errorf("remove drafts: %w", err)
		}
		// What is no longer to be done was for nobody else, or goes on without its owner's name.
		for _, tidy := range []string{
			`DELETE FROM item WHERE withdrawn AND of_leader = ?`, `UPDATE item SET owner = NULL WHERE withdrawn AND owner = ?`, `UPDATE item SET deputy = NULL WHERE deputy = ?`,
		} {
			if _, err := tx.ExecContext(ctx, tidy, id); err != nil {
				return fmt.Errorf("remove from responsibilities: %w", err)
			}
		}
		return must(ctx, tx, unknown("leader", string(id)), `DELETE FROM leader WHERE id = ?`, id)
	})
}

// placeInRecord says why a leader has to stay, "" where nothing holds them.
func placeInRecord(ctx context.Context, r Reader, id rota.LeaderID) (string, error) {
	why, _, err := first(ctx, r, scanString, `SELECT CASE
		WHEN EXISTS (SELECT 1 FROM assignment a JOIN version v ON v.id = a.version WHERE a.holder = ?1 AND v.published IS NOT NULL)
			THEN 'has held a duty of a published rota'
		WHEN EXISTS (SELECT 1 FROM attendance WHERE leader = ?1)
			THEN 'is down to attend a meeting'
		WHEN EXISTS (SELECT 1 FROM reminder WHERE leader = ?1)
			THEN 'has been sent reminders'
		WHEN EXISTS (SELECT 1 FROM standing s JOIN version v ON v.id = s.version WHERE s.leader = ?1 AND v.published IS NOT NULL)
			OR EXISTS (SELECT 1 FROM part p JOIN assignment a ON a.id = p.assignment JOIN version v ON v.id = a.version
				WHERE p.leader = ?1 AND v.published IS NOT NULL)
			THEN 'has a fair share in a published rota'
		WHEN EXISTS (SELECT 1 FROM responsibility WHERE owner = ?1 OR deputy = ?1)
			OR EXISTS (SELECT 1 FROM item WHERE NOT withdrawn AND (owner = ?1 OR of_leader = ?1))
			THEN 'has a responsibility, or has had one'
		WHEN EXISTS (SELECT 1 FROM item_part WHERE leader = ?1)
			THEN 'has a fair share in responsibilities of the past'
		ELSE '' END`, id)
	return why, err
}
