package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaExtend() *cli.Command {
	return &cli.Command{
		Name: "extend", ArgsUsage: "[NAME]", Usage: "build on where the published rota ends, far enough ahead",
		Description: `Builds the days after what is published, in blocks, until the rota reaches far
enough ahead. What is published stays as it is. With extend in config.toml,
pcnrota serve does so by itself every day.

  pcnrota rota extend on-call
  pcnrota rota extend on-call --ahead 40 --block 13 --publish`,
		Flags: append(outputFlags(),
			&cli.IntFlag{Name: "ahead", Usage: "how many `WEEKS` from today it is to reach (default: config.toml, or 26)"},
			&cli.IntFlag{Name: "block", Usage: "how many `WEEKS` to build at a time (default: config.toml, or 13)"},
			&cli.BoolFlag{Name: "publish", Usage: "publish it at once"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` to begin from: the same one gives the same rota"},
			dryRunFlag()),
		Action: p.inPCN(extendRota),
	}
}

// extension is what extending a rota did, or would do.
type extension struct {
	Rota      rota.RotaName `json:"rota"`
	Reaches   rota.Date     `json:"reaches"` // last day that was published before
	First     *rota.Date    `json:"first"`   // of the new days; null where it reaches far enough
	Last      *rota.Date    `json:"last"`
	Duties    int           `json:"duties"`
	Published int           `json:"version"` // 0 for a draft
	DryRun    bool          `json:"dry_run"`
}

func extendRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	how := p.config.ExtensionOf(policy.Name)
	for name, into := range map[string]*int{"ahead": &how.Ahead, "block": &how.Block} {
		if c.IsSet(name) {
			*into = c.Int(name)
		}
		if *into < 1 || *into > weeksAtMost {
			return usage(fmt.Sprintf("--%s %d is not a number of weeks from 1 to %d", name, *into, weeksAtMost), "--ahead 26 --block 13")
		}
	}
	how.Publish = how.Publish || c.Bool("publish")
	done, err := p.extend(c.Context, policy, how, p.today(), c.Uint64("seed"), p.author(c))
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, done)
	}
	fmt.Fprintln(p.stdout, done)
	if done.First != nil && !done.DryRun && done.Published == 0 {
		p.sayDrafted("pcnrota rota show "+string(done.Rota), "pcnrota rota publish "+string(done.Rota))
	}
	return nil
}

// String says it in a sentence or two.
func (e extension) String() string {
	if e.First == nil {
		return fmt.Sprintf("nothing to do: %s reaches to %s", e.Rota, e.Reaches)
	}
	what := fmt.Sprintf("%s, %s: %s", e.Rota, shownDays(*e.First, *e.Last), count(e.Duties, "duty", "duties"))
	switch {
	case e.DryRun:
		return fmt.Sprintf("would extend %s (dry run: nothing was changed)", what)
	case e.Published > 0:
		return fmt.Sprintf("extended %s, published as version %d", what, e.Published)
	default:
		return "extended " + what + ", as a draft"
	}
}

// horizon says which days to build so that a rota that is built up to until reaches so many weeks beyond
// today, in whole blocks. Where it does already, there are none.
func horizon(today, until rota.Date, how config.Extension) (from, to rota.Date) {
	to = until
	for to.Before(today.AddDays(7 * how.Ahead)) {
		to = to.AddDays(7 * how.Block)
	}
	return until, to
}

// extend builds the days that are missing as a draft, and publishes them where that is asked for. It never
// touches a draft that is there.
func (p *pcn) extend(ctx context.Context, policy rota.Policy, how config.Extension, today rota.Date, seed uint64, by string) (extension, error) {
	done := extension{Rota: policy.Name, DryRun: p.rehearse}
	until, err := p.nextDay(ctx, policy.Name)
	if err != nil {
		return done, err
	}
	from, to := horizon(today, until, how)
	done.Reaches = from.AddDays(-1)
	if from == to {
		return done, nil
	}
	if draft, _, err := p.db.DraftOf(ctx, policy.Name); err == nil {
		return done, wrong(fmt.Sprintf("there is a draft of %s already, %s", policy.Name, shownDays(draft.From, draft.Until.AddDays(-1))),
			fmt.Sprintf("pcnrota rota publish %s, and extend it then", policy.Name))
	} else if !errors.Is(err, sqlite.ErrNoDraft) {
		return done, err
	}
	revision, err := p.db.Revision(ctx)
	if err != nil {
		return done, err
	}
	problem, err := p.problem(ctx, policy, from, to)
	if err != nil {
		return done, err
	}
	problem.Seed = seed
	draft, err := p.checked(ctx, problem, func(int, int) {})
	if err != nil {
		return done, p.explain(err, byID(problem.Leaders))
	}
	last := to.AddDays(-1)
	done.First, done.Last, done.Duties = &from, &last, len(draft.Duties)
	if p.rehearse {
		return done, nil
	}
	if _, err := p.db.SaveDraft(ctx, draft, revision, p.now()); err != nil || !how.Publish {
		return done, err
	}
	v, _, err := p.db.Publish(ctx, sqlite.Publication{
		Rota: policy.Name, By: by, At: p.now(), Revision: revision + 1, // which is the draft's own
		Reason: fmt.Sprintf("extended to reach %d weeks ahead", how.Ahead),
	})
	done.Published = v.Number
	return done, err
}

// extendDaily extends the rotas that config.toml says are to be.
func (p *pcn) extendDaily(ctx context.Context, log *slog.Logger, now time.Time) {
	for _, policy := range p.config.Rotas {
		how := p.config.ExtensionOf(policy.Name)
		if !how.Daily {
			continue
		}
		done, err := p.extend(ctx, policy, how, p.dayOf(now), 1, "pcnrota serve")
		switch {
		case err != nil && ctx.Err() == nil:
			log.Warn("rota is not extended until the next day", "rota", policy.Name, "problem", err)
		case err == nil && done.First != nil:
			log.Info("rota extended", "rota", policy.Name, "until", *done.Last, "duties", done.Duties, "version", done.Published)
		}
	}
}
