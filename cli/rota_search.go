package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

const (
	effortAtMost = 1000
	limitAtMost  = 24 * time.Hour
)

// searchFlags say how long to search.
func searchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "effort", Value: 1, Usage: "search for so many `TIMES` the usual work; the same input still gives the same rota"},
		&cli.DurationFlag{Name: "time-limit", Usage: "search for so long, as in 30s or 5m, and keep the best rota found; built again it may differ. Ctrl-C ends it early"},
	}
}

func checkSearch(c *cli.Context) error {
	effort, limit := c.Int("effort"), c.Duration("time-limit")
	switch {
	case c.IsSet("effort") && c.IsSet("time-limit"):
		return usage("--effort counts work and --time-limit time: one of them will do", "--time-limit 30s")
	case effort < 1 || effort > effortAtMost:
		return usage(fmt.Sprintf("--effort %d is not a number from 1 to %d", effort, effortAtMost), "--effort 5")
	case c.IsSet("time-limit") && (limit < time.Second || limit > limitAtMost):
		return usage(fmt.Sprintf("--time-limit %s is not a time from 1s to 24h", limit), "--time-limit 30s")
	}
	return nil
}

// search builds a rota, for as long as --time-limit says where it says anything. Then it is the real clock
// that counts, whatever time is rehearsed, and progress is the time that has passed.
func (p *pcn) search(c *cli.Context, problem rota.Problem, step func(done, of int)) (rota.Draft, error) {
	limit := c.Duration("time-limit")
	if limit == 0 {
		return p.checked(c.Context, problem, step)
	}
	started := time.Now()
	ctx, stop := context.WithTimeout(c.Context, limit)
	defer stop()
	problem.UntilStopped = true
	draft, err := p.checked(ctx, problem, func(int, int) {
		step(int(min(time.Since(started), limit).Milliseconds()), int(limit.Milliseconds()))
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return draft, wrong(fmt.Sprintf("no complete rota was found in %s", limit), "give it longer: --time-limit "+(4*limit).String(), "or leave --time-limit out")
	}
	return draft, err
}
