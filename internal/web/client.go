package web

import "strings"

// programs are the words by which calendar programs name themselves, the telling ones first, and what people
// call them.
var programs = []struct{ word, name string }{
	{"google-calendar", "Google"},
	{"thunderbird", "Thunderbird"},
	{"betterbird", "Thunderbird"},
	{"vdirsyncer", "vdirsyncer"},
	{"icsx5", "DAVx5"},
	{"icsdroid", "DAVx5"},
	{"davx5", "DAVx5"},
	{"dataaccessd", "Apple"}, // iPhone, iPad and, of late, Mac
	{"calendaragent", "Apple"},
	{"calaccessd", "Apple"},
	{"ical/", "Apple"},
	{"microsoft", "Outlook"},
	{"outlook", "Outlook"},
	{"exchange/", "Outlook"},
	{"ms-office", "Outlook"},
	{"evolution", "Evolution"},
	{"gnome", "Evolution"},
	{"korganizer", "KOrganizer"},
	{"akonadi", "KOrganizer"},
	{"kontact", "KOrganizer"},
	{"nextcloud", "Nextcloud"},
	{"fastmail", "Fastmail"},
	{"yahoo", "Yahoo"},
	{"protoncalendar", "Proton"},
	{"curl/", "curl"},
	{"mozilla/", "a web browser"},
}

// clientName says in plain words which program asked. Of what it says of itself nothing else is kept: neither
// a version nor an address tells a manager anything.
func clientName(agent string) string {
	agent = strings.ToLower(agent)
	for _, p := range programs {
		if strings.Contains(agent, p.word) {
			return p.name
		}
	}
	return "another program"
}
