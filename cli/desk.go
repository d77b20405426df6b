package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

// desk is where leaders act on the pages. It runs what the commands run, in their name. Its methods are in the files
// desk_*.go.
type desk struct{ pcn *pcn }

var _ web.Desk = desk{}

func (p *pcn) desk() web.Desk { return desk{p} }

// now is the PCN at this moment, for one request: a command's PCN stands still at the moment it was given. What the
// commands would print has nobody to read it.
func (d desk) now() *pcn {
	quiet := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, getenv: d.pcn.getenv, now: d.pcn.now, typed: d.pcn.typed}
	return &pcn{program: quiet, dir: d.pcn.dir, config: d.pcn.config, db: d.pcn.db, at: d.pcn.now()}
}

// as is now for somebody who acts: whatever is written is theirs. It refuses whoever is no leader any more.
func (d desk) as(ctx context.Context, id rota.LeaderID, doing string) (context.Context, *pcn, rota.Leader, error) {
	p := d.now()
	l, err := p.actingLeader(ctx, id)
	if err != nil {
		return ctx, p, l, err
	}
	author := sqlite.Author{Who: leaders.label(l), Command: doing + " (page)", Now: d.pcn.now}
	return sqlite.WithAuthor(ctx, author), p, l, nil
}

// actingLeader finds a leader who is still one today.
func (p *pcn) actingLeader(ctx context.Context, id rota.LeaderID) (rota.Leader, error) {
	all, err := p.db.Leaders(ctx)
	if err != nil {
		return rota.Leader{}, err
	}
	l, known := byID(all)[id]
	if !known || p.hasLeft(l) {
		return l, &web.Refusal{Says: "You are not on the rota of this PCN any more.", Do: "Tell your PCN manager if that is not so."}
	}
	return l, nil
}

// hasLeft reports whether somebody's post has ended.
func (p *pcn) hasLeft(l rota.Leader) bool { return !l.Ends.IsZero() && l.Ends.Before(p.today()) }

// inWords turns what a command would say into what a page says: without the identities that commands need, and
// with something to do there instead of something to type. Errors that nobody can do anything about stay as they are.
func (p *pcn) inWords(ctx context.Context, err error, do string) error {
	var no *web.Refusal
	var typed *hinted
	var stored *sqlite.Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &no):
		return no
	case errors.Is(err, sqlite.ErrStale):
		return &web.Refusal{Says: "Somebody else has changed something at the same moment, so nothing was done.", Do: "Look at it again, and try once more if you still want to."}
	case errors.As(err, &stored), errors.As(err, &typed):
		plainly, lost := p.plainWords(ctx)
		if lost != nil {
			return lost
		}
		return &web.Refusal{Says: sentence(plainly(err.Error())), Do: do}
	default:
		return err
	}
}

// sentence makes one of what an error says.
func sentence(says string) string {
	if says == "" {
		return ""
	}
	return strings.ToUpper(says[:1]) + strings.TrimRight(says[1:], ".") + "."
}

// plainWords gives a function that puts names for the identities of leaders and duties in what was worded for the
// manager.
func (p *pcn) plainWords(ctx context.Context) (func(string) string, error) {
	all, err := p.db.Leaders(ctx)
	if err != nil {
		return nil, err
	}
	whole, err := p.wholeDuties(ctx)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, l := range all {
		labels = append(labels, leaders.label(l), l.Name)
	}
	unlabelled := strings.NewReplacer(labels...)
	names := byID(all)
	return func(says string) string {
		words := strings.Fields(unlabelled.Replace(strings.ReplaceAll(says, "\n", ";")))
		for i, word := range words {
			bare := strings.TrimSuffix(strings.Trim(word, ".,:;()"), "'s")
			if duty, is := whole[rota.DutyID(bare)]; is {
				words[i] = strings.Replace(word, bare, p.dutyInWords(duty), 1)
			} else if l, is := names[rota.LeaderID(bare)]; is {
				words[i] = strings.Replace(word, bare, l.Name, 1)
			}
		}
		return strings.Join(words, " ")
	}, nil
}

// dutyInWords gives "first on call on Mon 4 Jan 2027 18:30".
func (p *pcn) dutyInWords(d rota.Duty) string {
	return p.tierTitle(d.Rota, d.Tier) + " on " + inFull(d.Start)
}

// tierTitle gives what people call a tier.
func (p *pcn) tierTitle(name rota.RotaName, tier rota.TierName) string {
	policy, _ := p.config.Rota(name)
	for _, t := range policy.Tiers {
		if t.Name == tier && t.Title != "" {
			return t.Title
		}
	}
	return string(tier)
}
