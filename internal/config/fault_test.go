package config

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTerribleFileIsAnsweredWithEveryFaultAtOnce(t *testing.T) {
	const golden = "testdata/terrible.golden"
	_, err := Parse("config.toml", []byte(readFile(t, "testdata/terrible.toml")), nil)
	if err == nil {
		t.Fatal("no fault found")
	}
	got := err.Error() + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readFile(t, golden), got); diff != "" {
		t.Errorf("faults differ (-want +got):\n%s", diff)
	}
	if strings.Contains(got, "horse") {
		t.Error("the password is shown")
	}
}

// rotaWith is a file whose only rota has these lines and a tier.
func rotaWith(lines string) string {
	return "pcn.name = 'X'\n[[rota]]\nname = 'r'\ntier = [{name = 'first'}]\n" + lines
}

// shifts are two kinds of shift, each as days, start, end and further settings.
func twoShifts(a, b string) string {
	return rotaWith("shift = [{name = 'a', " + a + "}, {name = 'b', " + b + "}]\n")
}

func TestFaults(t *testing.T) {
	const pcn = "pcn.name = 'X'\n"
	for _, tt := range []struct{ name, text, want string }{
		{"unquoted text", "[pcn]\nname = Harbourside PCN\n", `config.toml:2:1: pcn: name has text without quotation marks
  hint: name = "Harbourside PCN"`},
		{"curly quotation marks", "[pcn]\n  name = “Harbourside”\n", `config.toml:2:3: pcn: name has curly quotation marks, and straight ones are wanted
  hint: name = "Harbourside"`},
		{"open quotation mark", "[pcn]\nname = \"Harbourside\n", `config.toml:2:1: pcn: name has a quotation mark that is not closed
  hint: name = "Harbourside"`},
		{"yes for true", pcn + "[server]\nnow_page = yes\n", `config.toml:3:1: server: now_page is not written as this file wants it
  hint: now_page = true`},
		{"no value", pcn + "[server]\nnow_page =\n", `config.toml:3:1: server: now_page has no value, or one that is not closed`},
		{"a remark without #", pcn + "This is our rota\n", `config.toml:2:1: this line is neither a setting (key = value) nor a heading ([name])
  hint: put # in front of a remark, and quotation marks around text`},
		{"open heading", pcn + "[[rota]\nname = 'x'\ncolour = 'y'\n[server]\n", `config.toml:2:1: a heading is not closed as it was opened, or has blanks in its name
  hint: [[rota]]`},
		{"heading with more behind it", pcn + "[server] now_page = true\n", `config.toml:2:1: a heading has to stand alone in its line
  hint: [server]`},
		{
			"open list hides no line below it", rotaWith("pattern = 'daily'\neligible.roles = ['GP'\ndifferent_practices = 'no'\n"),
			`config.toml:6:1: eligible.roles is a list or group that cannot be read: expected ',' or ']' after array value
config.toml:7:23: rota "r": different_practices = 'no' is text, and true or false is wanted
  hint: different_practices = true`,
		},
		{"single brackets", pcn + "[rota]\nname = 'r'\npattern = 'daily'\n[[rota.tier]]\nname = 'first'\n", `config.toml:2:2: rota can be given several times, and needs two brackets for it
  hint: [[rota]]`},
		{"double brackets", pcn + "[[mail]]\nhost = ''\n", `config.toml:2:3: mail can be given once, below a heading in single brackets
  hint: [mail]`},
		{"a heading twice", pcn + "[mail]\nhost = ''\n[mail]\nhost = ''\n", `config.toml:4:2: mail is already given in line 2
  hint: keep one of the two`},
		{"no pcn", "", `config.toml:1:1: pcn: name is missing
  hint: name = "Harbourside PCN"`},
		{"a setting in the wrong place", pcn + "[server]\nhost = 'a.example'\n", `config.toml:3:1: server: host = 'a.example' is not a setting that belongs here
  hint: move the line below the heading [mail]`},
		{"no shifts", rotaWith(""), `config.toml:2:3: rota "r": pattern is missing, and no [[rota.shift]] takes its place
  hint: pattern = "weeknights-and-weekends"`},
		{
			"pattern and shifts", rotaWith("pattern = 'daily'\nshift = [{name = 'a', days = ['Mon'], start = '08:00', end = '09:00'}]\n"),
			`config.toml:2:3: rota "r" has both a pattern and shifts of its own
  hint: take out the line pattern = ..., or every [[rota.shift]]`,
		},
		{
			"shifts at the same moment", twoShifts("days = ['Mon'], start = '08:00', end = '09:00'", "days = ['Mon'], start = '08:00', end = '10:00'"),
			`config.toml:5:72: rota "r", shift "b" is on at the same time as shift "a", on Monday
  hint: end one shift where the next starts; two people at a time are two [[rota.tier]]`,
		},
		{
			"Sunday night into Monday", twoShifts("days = ['Mon'], start = '06:00', end = '09:00'", "days = ['Sun'], start = '18:00', end = '08:00'"),
			`config.toml:5:72: rota "r", shift "b" is on at the same time as shift "a", on Sunday
  hint: end one shift where the next starts; two people at a time are two [[rota.tier]]`,
		},
		{
			"longer than a week", rotaWith("shift = [{name = 'a', days = ['Mon'], start = '08:00', end = '09:00', ends_after_days = 7}]\n"),
			`config.toml:5:10: rota "r", shift "a" is still on when it starts again a week later
  hint: end one shift where the next starts; two people at a time are two [[rota.tier]]`,
		},
		{
			"longer than a month", rotaWith("shift = [{name = 'a', days = ['Mon'], start = '08:00', end = '09:00', ends_after_days = 31}]\n"),
			`config.toml:5:89: rota "r", shift "a": ends_after_days = 31 makes the shift longer than 31 days
  hint: ends_after_days = 7 for a whole week`,
		},
		{
			"a learner first", "pcn.name = 'X'\n[[rota]]\nname = 'r'\npattern = 'daily'\ntier = [{name = 'a', shadow = true}]\n",
			`config.toml:5:31: rota "r", tier "a": shadow = true makes a learner of whoever is rung first
  hint: put another tier before this one`,
		},
		{
			"no points", rotaWith("pattern = 'daily'\npoints = {weekday = 0, weekend = 0, bank_holiday = 0, festive = 0}\n"),
			`config.toml:6:10: rota "r", points give no points to any day, so there is nothing to share fairly
  hint: weekday = 1`,
		},
		{
			"not a number", rotaWith("pattern = 'daily'\npoints.weekday = nan\n"),
			`config.toml:6:18: rota "r", points: weekday = nan is not a number of points from 0 to 1000
  hint: weekday = 1`,
		},
		{
			"a certificate without its key", pcn + "[server]\ntls_cert = 'cert.pem'\n",
			`config.toml:2:2: server: tls_key is missing, and a tls_cert is given
  hint: tls_cert = "cert.pem", tls_key = "key.pem"`,
		},
		{
			"everybody is believed", pcn + "[server]\ntrusted_proxies = ['10.0.0.5', '0.0.0.0/0', 'proxy.example']\n",
			`config.toml:3:32: server: trusted_proxies = '0.0.0.0/0' is every address there is: whoever asks would be believed
  hint: trusted_proxies = ["10.0.0.5"]
config.toml:3:45: server: trusted_proxies = 'proxy.example' is not an address or a network, like 10.0.0.5 or 10.0.0.0/24
  hint: trusted_proxies = ["10.0.0.5"]`,
		},
		{
			"in the clear over the network", pcn + "[mail]\nhost = 'mail.example'\nfrom = 'a@b.example'\nencryption = 'none'\n",
			`config.toml:5:14: mail: encryption = 'none' would send passwords and messages over the network for everybody to read
  hint: encryption = "starttls"`,
		},
		{"host without sender", pcn + "[mail]\nhost = 'mail.example'\n", `config.toml:2:2: mail: from is missing, and a mail server is given
  hint: from = "rota@example.nhs.uk"`},
		{
			"a name in another alphabet", "pcn.name = 'X'\n[[rota]]\nname = 'ротация'\npattern = 'daily'\ntier = [{name = 'first'}]\n",
			`config.toml:3:8: rota "ротация": name = 'ротация' is not a short name: use lower case letters, digits and single hyphens, at most 40
  hint: name = "on-call"`,
		},
		{"UTF-16", "\xff\xfep\x00", `config.toml:1:1: the file is saved as UTF-16
  hint: save the file again as "UTF-8" (in Notepad: Save as, Encoding)
config.toml:1:1: pcn: name is missing
  hint: name = "Harbourside PCN"`},
		{"Latin-1", "[pcn]\nname = 'Caf\xe9'\n", `config.toml:2:12: a letter is not saved as UTF-8
  hint: save the file again as "UTF-8" (in Notepad: Save as, Encoding)`},
		{"a rule of TOML that only the library knows", pcn + "[pcn]\nzone = 'Europe/London'\n", `config.toml:2:2: cannot be read: `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := faultsOf(t, tt.text).Error()
			if tt.name == "a rule of TOML that only the library knows" {
				got = got[:min(len(got), len(tt.want))]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestShiftsThatTouchOrTakeTurnsAreAllowed(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"one ends where the next starts", "days = ['Mon'], start = '08:00', end = '18:30'", "days = ['Mon'], start = '18:30', end = '08:00'"},
		{
			"either on bank holidays or on other days", "days = ['Mon'], start = '08:00', end = '18:30', on_bank_holidays = 'only'",
			"days = ['Mon'], start = '08:00', end = '12:00', on_bank_holidays = 'not'",
		},
		{
			"a week from Monday to Monday", "days = ['Mon'], start = '09:00', end = '09:00', ends_after_days = 2",
			"days = ['Wed'], start = '09:00', end = '09:00', ends_after_days = 5",
		},
	} {
		t.Run(tt.name, func(t *testing.T) { parse(t, twoShifts(tt.a, tt.b)) })
	}
}

func TestNearest(t *testing.T) {
	words := []string{"registration", "different_practices", "tier", "title"}
	for typed, want := range map[string]string{
		"registratoin": "registration", "different-practices": "different_practices", "tiers": "tier", "teir": "tier", "colour": "", "": "",
	} {
		if got := nearest(typed, words); got != want {
			t.Errorf("nearest(%q) is %q, want %q", typed, got, want)
		}
	}
}
