package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
)

func (p *program) auditList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the changes, the newest last",
		Description: `  pcnrota audit list
  pcnrota audit list --about L07 --last 0
  pcnrota audit list --from 2027-01-01 --json`,
		Flags: append(outputFlagsCSV(),
			&cli.StringFlag{Name: "about", Usage: "`WORD` that what changed must contain: an ID, a rota, a duty, leader, absence ..."},
			&cli.StringFlag{Name: "from", Usage: "first `DAY`"},
			&cli.IntFlag{Name: "last", Value: 50, Usage: "only the last `NUMBER` of them; 0 for all"}),
		Action: p.inPCN(listAudit),
	}
}

// auditView is an entry of the audit trail in JSON.
type auditView struct {
	Seq     int64           `json:"seq"`
	At      string          `json:"at"` // RFC 3339
	Who     string          `json:"who"`
	Command string          `json:"command"`
	Why     string          `json:"why"`
	Subject string          `json:"subject"`
	Key     string          `json:"key"`
	Old     json.RawMessage `json:"old"` // null where it is new
	New     json.RawMessage `json:"new"` // null where it is gone
	Hash    string          `json:"hash"`
}

func listAudit(c *cli.Context, p *pcn) error {
	from, err := dayFlag(c, "from")
	if err != nil {
		return err
	}
	if c.Int("last") < 0 {
		return usage(fmt.Sprintf("--last %d is not a number of entries", c.Int("last")), "--last 50, or --last 0 for all")
	}
	all, err := p.db.Audit(c.Context, 0, -1)
	if err != nil {
		return err
	}
	about := strings.ToLower(c.String("about"))
	all = slices.DeleteFunc(all, func(e sqlite.AuditEntry) bool {
		return p.dayOf(e.At).Before(from) || !strings.Contains(strings.ToLower(e.Subject+" "+e.Key), about)
	})
	earlier := 0
	if last := c.Int("last"); last > 0 && len(all) > last {
		earlier = len(all) - last
		all = all[earlier:]
	}
	l := listing{
		table: newTable(number("no"), col("when"), wide("who"), text("what changed")),
		json:  each(all, p.viewAudit),
		csv:   [][]string{{"seq", "at", "who", "command", "why", "subject", "key", "old", "new"}},
		empty: "no such change is recorded",
	}
	for _, e := range all {
		what := whatChanged(e)
		if e.Why != "" {
			what += ". Why: " + e.Why
		}
		l.table.row(fmt.Sprint(e.Seq), p.clock(e.At), e.Who, what)
		l.csv = append(l.csv, []string{fmt.Sprint(e.Seq), p.rfc3339(e.At), e.Who, e.Command, e.Why, e.Subject, e.Key, string(e.Old), string(e.New)})
	}
	if earlier > 0 {
		l.notes = append(l.notes, fmt.Sprintf("%s earlier: --last 0 shows all.", count(earlier, "change is", "changes are")))
	}
	return p.show(c, l)
}

func (p *pcn) viewAudit(e sqlite.AuditEntry) auditView {
	return auditView{e.Seq, p.rfc3339(e.At), e.Who, e.Command, e.Why, e.Subject, e.Key, e.Old, e.New, fmt.Sprintf("%x", e.Hash)}
}

// whatChanged puts a change into words: "leader L07: share 500 -> 750".
func whatChanged(e sqlite.AuditEntry) string {
	what := e.Subject + " " + e.Key
	if e.Subject == "duty" {
		what = e.Key // which begins with its rota
	}
	was, is := columnsOf(e.Old), columnsOf(e.New)
	switch {
	case e.New == nil:
		return what + " removed"
	case is["holder"] != "" && e.Old == nil:
		return fmt.Sprintf("%s: %s", what, is["holder"])
	case e.Old == nil:
		return what + " added"
	}
	var how []string
	for _, column := range slices.Sorted(maps.Keys(is)) {
		if was[column] != is[column] {
			how = append(how, fmt.Sprintf("%s %s -> %s", strings.ReplaceAll(column, "_", " "), was[column], is[column]))
		}
	}
	return what + ": " + strings.Join(how, ", ")
}

// columnsOf gives the columns of a recorded row, as they are read.
func columnsOf(row json.RawMessage) map[string]string {
	raw := map[string]json.RawMessage{}
	if json.Unmarshal(row, &raw) != nil {
		return nil
	}
	words := map[string]string{}
	for name, value := range raw {
		text := ""
		switch {
		case string(value) == "null" || string(value) == `""`:
			text = "(none)"
		case json.Unmarshal(value, &text) != nil:
			text = string(value)
		}
		words[name] = text
	}
	return words
}
