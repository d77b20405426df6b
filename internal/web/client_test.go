package web

import "testing"

func TestProgramsAreNamedInPlainWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Google-Calendar-Importer": "Google",
		"Mozilla/5.0 (compatible; Google-Calendar-Importer; +http://www.google.com/calendar)": "Google",
		"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17531; Pro)":          "Outlook",
		"Mozilla/4.0 (compatible; ms-office; MSOffice 16)":                                    "Outlook",
		"Exchange/15.20.7409.036":                       "Outlook",
		"Outlook-iOS/2.0":                               "Outlook",
		"iOS/17.4 (21E219) dataaccessd/1.0":             "Apple",
		"macOS/14.4 (23E214) dataaccessd/1.0":           "Apple",
		"Mac+OS+X/10.15.7 (19H2) CalendarAgent/930.5.1": "Apple",
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.7.0": "Thunderbird",
		"vdirsyncer/0.19.0":           "vdirsyncer",
		"ICSx5/2.2.4 (ical4j/3.2.19)": "DAVx5",
		"DAVx5/4.4.3-ose (2024/10/14; dav4jvm; okhttp/4.12.0) Android/14": "DAVx5",
		"Evolution/3.46.4":         "Evolution",
		"Nextcloud Server Crawler": "Nextcloud",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0": "a web browser",
		"Thunderbird/140\x1b[31m":  "Thunderbird",
		"\x1b[31m from 192.0.2.17": "another program",
		"":                         "another program",
	} {
		if got := clientName(agent); got != want {
			t.Errorf("%q is called %q, want %q", agent, got, want)
		}
	}
}
