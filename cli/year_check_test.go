package cli

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// What must be so after every command, worked out from the tables themselves: this file uses nothing of the
// program but what it judges.

// shift is a duty or a piece of one as the tables have it.
type shift struct {
	id, tier     string
	starts, ends time.Time
	holder       string   // "" for nobody
	load         [6]int64 // millionths of a point by category
	pieces       []shift  // what it is cut into; itself where it is whole

	assignment, sequence, modified int64
}

// memory is what the year remembers from one check to the next.
type memory struct {
	past        map[string]string // by duty: who was on call from when until when, as far as it has been
	until       time.Time         // what is meant by past
	seen        map[string]string // by duty: everything that a calendar shows of it
	sequence    map[string]int64
	versions    int
	gapsAllowed bool
}

func newMemory() memory {
	return memory{past: map[string]string{}, seen: map[string]string{}, sequence: map[string]int64{}}
}

func (y *year) check() {
	y.t.Helper()
	duties := y.duties()
	y.coversAll(duties)
	y.keepsRules(duties)
	y.addsUp(duties)
	y.keepsPast(duties)
	y.countsChanges(duties)
	y.saysSo(duties)
	if n := y.count("version WHERE published IS NOT NULL"); n != y.memory.versions {
		y.memory.versions = n
		y.keepsPeopleOff(duties)
	}
	y.stopWhereWrong()
}

// read asks a question of the tables.
func (y *year) read(query string, row func(scan func(into ...any) error) error) {
	y.t.Helper()
	if y.tables == nil {
		var err error
		if y.tables, err = sql.Open("sqlite3", "file:"+filepath.Join(y.dir, databaseFile)+"?mode=ro"); err != nil {
			y.t.Fatal(err)
		}
		y.t.Cleanup(func() { y.tables.Close() })
	}
	rows, err := y.tables.Query(query)
	if err != nil {
		y.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			y.t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		y.t.Fatal(err)
	}
}

func (y *year) count(table string) (n int) {
	y.t.Helper()
	y.read("SELECT count(*) FROM "+table, func(scan func(...any) error) error { return scan(&n) })
	return n
}

func (y *year) asked(offer int) (ids []string) {
	y.t.Helper()
	y.read(fmt.Sprintf("SELECT leader FROM asked WHERE offer = %d ORDER BY leader", offer), func(scan func(...any) error) error {
		ids = append(ids, "")
		return scan(&ids[len(ids)-1])
	})
	return ids
}

func (y *year) inPost() int {
	return y.count(fmt.Sprintf("leader WHERE ends IS NULL OR ends > '%s'", y.day(45)))
}

// dump sums up every row of every table.
func (y *year) dump() []byte {
	y.t.Helper()
	var tables []string
	y.read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", func(scan func(...any) error) error {
		tables = append(tables, "")
		return scan(&tables[len(tables)-1])
	})
	sum := sha256.New()
	for _, table := range tables {
		fmt.Fprintln(sum, table)
		width := y.count("pragma_table_info('" + table + "')")
		cells, into := make([]any, width), make([]any, width)
		for i := range cells {
			into[i] = &cells[i]
		}
		y.read("SELECT * FROM "+table, func(scan func(...any) error) error {
			err := scan(into...)
			fmt.Fprintln(sum, cells...)
			return err
		})
	}
	return sum.Sum(nil)
}

const loadColumns = "weekday, weekend, bank_holiday, festive, meeting, responsibility"

func (s *shift) into(more ...any) []any {
	for i := range s.load {
		more = append(more, &s.load[i])
	}
	return more
}

// duties reads what is in force in order of time, cut where a part was handed over.
func (y *year) duties() (duties []shift) {
	y.t.Helper()
	y.read(`SELECT d.id, d.sequence, d.modified, a.id, a.tier, a.starts, a.ends, coalesce(a.holder, ''), `+loadColumns+`
		FROM duty d JOIN assignment a ON a.id = d.assignment WHERE d.withdrawn = 0 ORDER BY a.starts, d.id`,
		func(scan func(...any) error) error {
			var s shift
			var starts, ends int64
			err := scan(s.into(&s.id, &s.sequence, &s.modified, &s.assignment, &s.tier, &starts, &ends, &s.holder)...)
			s.starts, s.ends = time.Unix(starts, 0).UTC(), time.Unix(ends, 0).UTC()
			duties = append(duties, s)
			return err
		})
	type cut struct {
		leader string
		pieces []shift
	}
	cuts := map[string]map[int64]*cut{}
	y.read(`SELECT o.duty, o.id, coalesce(o.leader, ''), p.starts, p.ends, coalesce(p.holder, ''), `+loadColumns+`
		FROM offer o JOIN piece p ON p.offer = o.id WHERE o.state = 'done' AND o.from_civil IS NOT NULL ORDER BY o.id, p.starts`,
		func(scan func(...any) error) error {
			var duty, leader string
			var offer, starts, ends int64
			var p shift
			err := scan(p.into(&duty, &offer, &leader, &starts, &ends, &p.holder)...)
			p.id, p.starts, p.ends = duty, time.Unix(starts, 0).UTC(), time.Unix(ends, 0).UTC()
			if cuts[duty] == nil {
				cuts[duty] = map[int64]*cut{}
			}
			if cuts[duty][offer] == nil {
				cuts[duty][offer] = &cut{leader: leader}
			}
			cuts[duty][offer].pieces = append(cuts[duty][offer].pieces, p)
			return err
		})
	for i := range duties {
		d := &duties[i]
		whole := *d
		d.pieces = []shift{whole}
		if len(cuts[d.id]) > 1 {
			y.t.Errorf("%s is cut by %d offers at once", d.id, len(cuts[d.id]))
		}
		for _, c := range cuts[d.id] {
			if c.leader != d.holder {
				y.t.Errorf("%s is cut, and its holder %s is not %s, who gave a part of it away", d.id, d.holder, c.leader)
				continue
			}
			d.pieces = c.pieces
			for j := range d.pieces {
				d.pieces[j].tier = d.tier
			}
		}
	}
	return duties
}

// coversAll: every shift of the pattern on every day that a version spans is there once in each tier, in whole or
// in pieces without a hole, and nothing else is there.
func (y *year) coversAll(duties []shift) {
	y.t.Helper()
	zone := yearZone(y)
	days := map[string]bool{}
	y.read("SELECT from_day, until_day FROM version WHERE published IS NOT NULL", func(scan func(...any) error) error {
		var from, until time.Time
		var first, last string
		err := scan(&first, &last)
		from, _ = time.Parse(time.DateOnly, first)
		until, _ = time.Parse(time.DateOnly, last)
		for d := from; d.Before(until); d = d.AddDate(0, 0, 1) {
			days[d.Format(time.DateOnly)] = true
		}
		return err
	})
	wanted := map[string]int{}
	for day := range days {
		d, _ := time.Parse(time.DateOnly, day)
		nights := 1
		switch d.Weekday() {
		case time.Saturday, time.Sunday:
			continue
		case time.Friday:
			nights = 3
		}
		starts := time.Date(d.Year(), d.Month(), d.Day(), 18, 30, 0, 0, zone)
		ends := time.Date(d.Year(), d.Month(), d.Day()+nights, 8, 0, 0, 0, zone)
		for _, tier := range []string{"first", "second"} {
			wanted[fmt.Sprint(tier, starts.Unix(), ends.Unix())]++
		}
	}
	for _, d := range duties {
		key := fmt.Sprint(d.tier, d.starts.Unix(), d.ends.Unix())
		if wanted[key] != 1 {
			y.t.Errorf("%s is there twice, or the pattern does not ask for it", d.id)
		}
		delete(wanted, key)
		if d.holder == "" && !y.memory.gapsAllowed {
			y.t.Errorf("nobody holds %s, and nobody allowed that", d.id)
		}
		at, sum := d.starts, [6]int64{}
		for _, p := range d.pieces {
			if !p.starts.Equal(at) || !p.ends.After(p.starts) {
				y.t.Errorf("the pieces of %s have a hole, or overlap, at %s", d.id, at)
			}
			at = p.ends
			for i := range sum {
				sum[i] += p.load[i]
			}
		}
		if !at.Equal(d.ends) || sum != d.load {
			y.t.Errorf("the pieces of %s end at %s and weigh %v; it ends at %s and weighs %v", d.id, at, sum, d.ends, d.load)
		}
	}
	for _, missing := range slices.Sorted(maps.Keys(wanted)) {
		y.t.Errorf("nobody was asked for %s, and it is published", missing)
	}
}

func yearZone(y *year) *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		y.t.Fatal(err)
	}
	return zone
}

// keepsRules: what rules say about who holds what together with what. No leave and no joiner can break them.
func (y *year) keepsRules(duties []shift) {
	y.t.Helper()
	practice := map[string]string{}
	y.read("SELECT id, practice FROM leader", func(scan func(...any) error) error {
		var id, code string
		err := scan(&id, &code)
		practice[id] = code
		return err
	})
	const rest, week = 24 * time.Hour, 7 * 24 * time.Hour
	diary, wholes := map[string][]shift{}, map[string][]shift{}
	for i, d := range duties {
		for _, p := range d.pieces {
			if p.holder != "" {
				diary[p.holder] = append(diary[p.holder], p)
			}
		}
		if d.holder != "" {
			wholes[d.holder] = append(wholes[d.holder], d)
		}
		if i > 0 && duties[i-1].starts.Equal(d.starts) && d.holder != "" && practice[d.holder] == practice[duties[i-1].holder] {
			y.t.Errorf("%s and %s are held from one practice", duties[i-1].id, d.id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(diary)) {
		slices.SortFunc(diary[id], func(a, b shift) int { return a.starts.Compare(b.starts) })
		for i, d := range diary[id][1:] {
			before := diary[id][i]
			if d.id != before.id && d.starts.Sub(before.ends) < rest {
				y.t.Errorf("%s has %s from %s, %s after %s", id, d.id, d.starts, d.starts.Sub(before.ends), before.id)
			}
		}
		for i, d := range wholes[id] {
			if i >= 2 && civilDays(y, wholes[id][i-2].starts, d.starts)*24*time.Hour < week {
				y.t.Errorf("%s has three duties within a week: %s is the third", id, d.id)
			}
		}
	}
}

// civilDays counts the midnights between two moments.
func civilDays(y *year, a, b time.Time) time.Duration {
	zone := yearZone(y)
	day := func(t time.Time) int64 {
		t = t.In(zone)
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	return time.Duration(day(b) - day(a))
}

// keepsPeopleOff: nobody was given, by the version just published, a duty that touches a day on which they are
// away or no longer in post.
func (y *year) keepsPeopleOff(duties []shift) {
	y.t.Helper()
	type away struct{ leader, first, last string }
	var off []away
	collect := func(scan func(...any) error) error {
		var a away
		err := scan(&a.leader, &a.first, &a.last)
		off = append(off, a)
		return err
	}
	y.read("SELECT leader, first, last FROM absence", collect)
	y.read("SELECT id, date(ends, '+1 day'), '9999-12-31' FROM leader WHERE ends IS NOT NULL", collect)
	newest := map[string]string{} // holder of what is newly held, by duty
	y.read(`SELECT key, json_extract(new, '$.holder') FROM audit WHERE subject = 'duty' AND new IS NOT NULL
		AND seq > (SELECT max(seq) FROM audit a WHERE a.subject = 'version')`,
		func(scan func(...any) error) error {
			var duty, holder string
			err := scan(&duty, &holder)
			newest[duty] = holder
			return err
		})
	zone := yearZone(y)
	for _, d := range duties {
		if newest[d.id] == "" || d.holder != newest[d.id] {
			continue
		}
		first, last := d.starts.In(zone).Format(time.DateOnly), d.ends.In(zone).Format(time.DateOnly)
		for _, a := range off {
			if a.leader == d.holder && a.first <= last && first <= a.last {
				y.t.Errorf("%s was given to %s, who is away or gone from %s to %s", d.id, d.holder, a.first, a.last)
			}
		}
	}
}

// addsUp: the ledger is the sum of who holds what and of the shares on paper, and both come to the same.
func (y *year) addsUp(duties []shift) {
	y.t.Helper()
	held, target := map[string][6]int64{}, map[string][6]int64{}
	var balance int64
	add := func(to map[string][6]int64, id string, load [6]int64, sign int64) {
		sum := to[id]
		for i := range sum {
			sum[i] += load[i]
			balance += sign * load[i]
		}
		to[id] = sum
	}
	for _, d := range duties {
		for _, p := range d.pieces {
			if p.holder != "" {
				add(held, p.holder, p.load, 1)
			}
		}
	}
	y.read("SELECT p.leader, "+strings.ReplaceAll("p."+loadColumns, ", ", ", p.")+" FROM duty d JOIN part p ON p.assignment = d.assignment WHERE d.withdrawn = 0",
		func(scan func(...any) error) error {
			var s shift
			err := scan(s.into(&s.holder)...)
			add(target, s.holder, s.load, -1)
			return err
		})
	if balance != 0 {
		y.t.Errorf("more is held than is shared out, by %d millionths of a point", balance)
	}
	saidHeld, saidTarget := map[string][6]int64{}, map[string][6]int64{}
	for _, s := range y.ledger() {
		var h, g [6]int64
		for c := range h {
			h[c], g[c] = int64(s.Held[c]), int64(s.Target[c])
		}
		saidHeld[string(s.Leader)], saidTarget[string(s.Leader)] = h, g
	}
	none := func(_ string, load [6]int64) bool { return load == [6]int64{} }
	for _, m := range []map[string][6]int64{held, target, saidHeld, saidTarget} {
		maps.DeleteFunc(m, none)
	}
	if !reflect.DeepEqual(held, saidHeld) || !reflect.DeepEqual(target, saidTarget) {
		y.t.Errorf("the ledger says\n%v held of\n%v; it is\n%v of\n%v", saidHeld, saidTarget, held, target)
	}
}

func (y *year) open() *sqlite.DB {
	y.t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(y.dir, databaseFile))
	if err != nil {
		y.t.Fatal(err)
	}
	return db
}

func (y *year) ledger() []rota.Standing {
	y.t.Helper()
	db := y.open()
	defer db.Close()
	all, err := db.Ledger(context.Background(), "", rota.Date{}, rota.Date{})
	if err != nil {
		y.t.Fatal(err)
	}
	return all
}

// keepsPast: who was on call stays true.
func (y *year) keepsPast(duties []shift) {
	y.t.Helper()
	until := y.memory.until
	before := map[string]string{}
	for _, d := range duties {
		before[d.id] = heldUntil(d, until)
	}
	for _, id := range slices.Sorted(maps.Keys(y.memory.past)) {
		if before[id] != y.memory.past[id] {
			y.t.Errorf("on %s it was %q until %s, and now it was %q", id, y.memory.past[id], until, before[id])
		}
	}
	y.memory.until = y.now
	for _, d := range duties {
		if d.starts.Before(y.now) {
			y.memory.past[d.id] = heldUntil(d, y.now)
		}
	}
}

// heldUntil says who holds a duty from when until when, as far as that is before t.
func heldUntil(d shift, t time.Time) string {
	says, last := "", "-"
	for _, p := range d.pieces {
		if p.starts.Before(t) && p.holder != last {
			says += fmt.Sprintf("[%s %s]", p.starts.Format("01-02T15:04"), p.holder)
			last = p.holder
		}
	}
	if d.ends.Before(t) {
		return says + d.ends.Format("-01-02T15:04")
	}
	return says
}

// countsChanges: calendars learn of a change by a higher number, and never of an older state.
func (y *year) countsChanges(duties []shift) {
	y.t.Helper()
	for _, d := range duties {
		shown := fmt.Sprint(d.starts.Unix(), d.ends.Unix(), d.holder, d.tier)
		for _, p := range d.pieces {
			shown += fmt.Sprint(" ", p.starts.Unix(), p.holder)
		}
		was, known := y.memory.seen[d.id]
		switch before := y.memory.sequence[d.id]; {
		case d.sequence < before:
			y.t.Errorf("the changes of %s were %d, and are %d", d.id, before, d.sequence)
		case known && was != shown && d.sequence == before:
			y.t.Errorf("%s has changed from %s to %s, and its sequence is still %d", d.id, was, shown, before)
		}
		y.memory.seen[d.id], y.memory.sequence[d.id] = shown, d.sequence
	}
}

// saysSo: what the switchboard reads is what the tables say.
func (y *year) saysSo(duties []shift) {
	y.t.Helper()
	code, stdout, stderr := runAt(y.t, y.dir, y.now, "now --json")
	var said []struct {
		Tier   string `json:"tier"`
		Leader string `json:"leader_id"`
	}
	if err := json.Unmarshal([]byte(stdout), &said); code != exitOK || err != nil || len(said) != 2 {
		y.t.Errorf("pcnrota now: exit code %d, %v, %s%s", code, err, stdout, stderr)
		return
	}
	on := map[string]string{}
	for _, d := range duties {
		for _, p := range d.pieces {
			if !p.starts.After(y.now) && p.ends.After(y.now) {
				on[p.tier] = p.holder
			}
		}
	}
	for _, s := range said {
		if on[s.Tier] != s.Leader {
			y.t.Errorf("pcnrota now says that %q is on call %s, and it is %q", s.Leader, s.Tier, on[s.Tier])
		}
	}
}
