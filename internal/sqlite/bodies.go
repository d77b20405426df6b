package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Bodies gives the partner bodies in order of ID, those that have ended among them. The four that every PCN starts
// with have a kind before anybody has said more of them.
func (r Reader) Bodies(ctx context.Context) ([]rota.Body, error) {
	return list(ctx, r, scanBody, `SELECT b.id, b.name, coalesce(kind, CASE b.id WHEN 'ICS' THEN 'integrated care board' WHEN 'LMC' THEN 'local medical committee'
			WHEN 'Local authority' THEN 'local authority' WHEN 'PCN' THEN 'own network' ELSE 'other' END),
		starts, ends, coalesce(into_body, ''), coalesce(contact_name, ''), coalesce(contact_email, ''), coalesce(contact_phone, ''),
		coalesce(tells_contact, 0), coalesce(ladder, '[]'), coalesce(papers_to, 'none'), coalesce(papers_from, 'none'),
		(SELECT json_group_array(json_object('from', from_day, 'was', was)) FROM (SELECT from_day, was FROM renaming WHERE renaming.body = b.id ORDER BY from_day))
		FROM body b LEFT JOIN liaison l ON l.body = b.id ORDER BY id`)
}

func scanBody(r row) (b rota.Body, err error) {
	return b, r.Scan(&b.ID, &b.Name, &b.Kind, dateInto(&b.Starts), dateInto(&b.Ends), &b.Into, &b.Contact.Name, &b.Contact.Email, &b.Contact.Phone,
		&b.TellsContact, jsonInto(&b.Ladder), leadInto(&b.PapersTo), leadInto(&b.PapersFrom), jsonInto(&b.Renamed))
}

func leadInto(l *rota.Lead) column[rota.Lead] { return column[rota.Lead]{l, rota.ParseLead} }

// PutBodies inserts partner bodies, or updates those that are there already.
func (db *DB) PutBodies(ctx context.Context, bodies []rota.Body) error {
	return db.change(ctx, func(tx *sql.Tx) error { return putBodies(ctx, tx, bodies) })
}

func putBodies(ctx context.Context, tx *sql.Tx, bodies []rota.Body) error {
	err := execEach(ctx, tx, `INSERT INTO body (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name`, bodies,
		func(b rota.Body) []any { return []any{b.ID, b.Name} })
	if err != nil {
		return err
	}
	err = execEach(ctx, tx, `INSERT INTO liaison (body, kind, starts, ends, into_body, contact_name, contact_email, contact_phone,
			tells_contact, ladder, papers_to, papers_from) VALUES (?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (body) DO UPDATE SET kind = excluded.kind, starts = excluded.starts, ends = excluded.ends,
			into_body = excluded.into_body, contact_name = excluded.contact_name, contact_email = excluded.contact_email,
			contact_phone = excluded.contact_phone, tells_contact = excluded.tells_contact, ladder = excluded.ladder,
			papers_to = excluded.papers_to, papers_from = excluded.papers_from`, bodies, bodyArgs)
	if err != nil {
		return err
	}
	for _, b := range bodies {
		if _, err := tx.ExecContext(ctx, `DELETE FROM renaming WHERE body = ?`, b.ID); err != nil {
			return fmt.Errorf("put body %s: %w", b.ID, err)
		}
		err := execEach(ctx, tx, `INSERT INTO renaming (body, from_day, was) VALUES (?, ?, ?)`, b.Renamed,
			func(r rota.Renaming) []any { return []any{b.ID, r.From.String(), r.Was} })
		if err != nil {
			return err
		}
	}
	return nil
}

func bodyArgs(b rota.Body) []any {
	kind := b.Kind
	if kind == "" {
		kind = rota.OtherBody
	}
	return []any{
		b.ID, kind, dateOrNull(b.Starts), dateOrNull(b.Ends), b.Into, b.Contact.Name, b.Contact.Email, b.Contact.Phone,
		b.TellsContact, jsonText(b.Ladder), b.PapersTo.String(), b.PapersFrom.String(),
	}
}
