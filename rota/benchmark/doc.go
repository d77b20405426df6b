// Benchmark runs the roster engine on an instance of the public shift scheduling benchmark (the
// Employee Shift Scheduling Benchmark Data Sets of T. Curtois, Nottingham):
//
//	go run ./rota/benchmark FILE --seconds N [--seed S] [--workers 2]
//
// The roster goes to standard output, one line a person in the order of the file, one token a day, a
// dash where the day is off. The last line of standard error is
//
//	cost=... bound=... seconds=...
//
// where no legal roster of the instance costs less than the bound. An interrupt ends the run early and
// the best roster is still written. With --moves in place of --seconds the same seed gives the same
// bytes on any machine. measure.sh beside this file runs many instances and prints a table.
package main
