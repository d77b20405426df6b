package config

import (
	"fmt"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// MonthlyTime is a day of every month, 1 to 28, and a time of that day.
type MonthlyTime struct {
	Day int
	At  rota.TimeOfDay
}

// parseMonthly takes a day of the month and a time, or nothing.
func parseMonthly(s string) (*MonthlyTime, error) {
	if s == "" {
		return nil, nil
	}
	number, clock, _ := strings.Cut(s, " ")
	day, err := strconv.Atoi(number)
	at, wrong := rota.ParseTimeOfDay(strings.TrimSpace(clock))
	if err != nil || wrong != nil || day < 1 || day > 28 || at >= 24*60 {
		return nil, fmt.Errorf("%q is not a day of the month from 1 to 28 and a time, like 1 08:00", s)
	}
	return &MonthlyTime{day, at}, nil
}

// Manager says how whoever runs the rota is told what is wrong with it.
type Manager struct {
	Email   string       // bare address; "" for nobody
	Summary *rota.Weekly // when; nil for never

	Fairness *MonthlyTime // when they are told who holds how much; nil for never
}

func readManager(s *section) Manager {
	monday := rota.Weekly{Day: 1, At: 8 * 60}
	return Manager{
		Email: get(s, "email", address, ""), Summary: get(s, "summary", words(`"Mon 08:00"`, parseSummary), &monday),
		Fairness: get(s, "fairness", words(`"1 08:00"`, parseMonthly), &MonthlyTime{1, 8 * 60}),
	}
}

// parseSummary takes a day of the week and a time, or nothing.
func parseSummary(s string) (*rota.Weekly, error) {
	if s == "" {
		return nil, nil
	}
	w, err := rota.ParseWeekly(s)
	return &w, err
}
