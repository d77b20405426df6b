package config

import "pcnrota/rota"

// Manager says how whoever runs the rota is told what is wrong with it.
type Manager struct {
	Email   string       // bare address; "" for nobody
	Summary *rota.Weekly // when; nil for never
}

func readManager(s *section) Manager {
	monday := rota.Weekly{Day: 1, At: 8 * 60}
	return Manager{Email: get(s, "email", address, ""), Summary: get(s, "summary", words(`"Mon 08:00"`, parseSummary), &monday)}
}

// parseSummary takes a day of the week and a time, or nothing.
func parseSummary(s string) (*rota.Weekly, error) {
	if s == "" {
		return nil, nil
	}
	w, err := rota.ParseWeekly(s)
	return &w, err
}
