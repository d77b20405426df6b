package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"pcnrota/rota/internal/roster"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

// arguments are what the command line asks for.
type arguments struct {
	file    string
	seconds float64
	options roster.Options
	verbose bool
}

func read(args []string, help io.Writer) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet("benchmark", flag.ContinueOnError)
	flags.SetOutput(help)
	flags.Usage = func() {
		fmt.Fprintln(help, "usage: go run ./rota/benchmark FILE --seconds N [--seed S] [--workers 2]")
		flags.PrintDefaults()
	}
	flags.Float64Var(&a.seconds, "seconds", 60, "how long to search")
	flags.Uint64Var(&a.options.Seed, "seed", 1, "where chance begins")
	flags.IntVar(&a.options.Workers, "workers", 2, "one or two")
	flags.IntVar(&a.options.Effort, "moves", 0, "stop after so many moves in place of seconds; repeatable")
	flags.BoolVar(&a.verbose, "verbose", false, "write every improvement to standard error")
	// The file may stand before the flags or after them.
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		a.file, args = args[0], args[1:]
	}
	if err := flags.Parse(args); err != nil {
		return a, err
	}
	if a.file == "" {
		a.file = flags.Arg(0)
	}
	if a.file == "" {
		return a, errors.New("no instance given\nhint: go run ./rota/benchmark FILE --seconds 60")
	}
	return a, nil
}

func run(args []string, out, log io.Writer) error {
	began := time.Now()
	a, err := read(args, log)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	file, err := os.Open(a.file)
	if err != nil {
		return err
	}
	defer file.Close()
	in, err := parse(file)
	if err != nil {
		return fmt.Errorf("%s: %w", a.file, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if a.options.Effort == 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, began.Add(time.Duration(a.seconds*float64(time.Second))))
		defer cancel()
	}
	if a.verbose {
		a.options.Progress = func(cost, bound int) {
			fmt.Fprintf(log, "%8.2f s  cost %d  bound %d\n", time.Since(began).Seconds(), cost, bound)
		}
	}
	s, err := roster.Solve(ctx, &in.problem, a.options)
	if err != nil {
		return fmt.Errorf("%s: %w", a.file, err)
	}
	if err := in.print(out, s.Roster); err != nil {
		return err
	}
	_, err = fmt.Fprintf(log, "cost=%d bound=%d seconds=%.2f\n", s.Cost, s.Bound, time.Since(began).Seconds())
	return err
}
