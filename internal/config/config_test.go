package config

import (
	"encoding/json"
	"errors"
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

var update = flag.Bool("update", false, "write the golden files anew")

const shipped = "../../config.toml"

func readFile(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// parse reads a text that must be without fault.
func parse(t *testing.T, text string) Config {
	t.Helper()
	c, err := Parse("config.toml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// faultsOf reads a text that must have faults.
func faultsOf(t *testing.T, text string) Faults {
	t.Helper()
	_, err := Parse("config.toml", []byte(text), nil)
	var faults Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("error is %v, not Faults, for:\n%s", err, text)
	}
	return faults
}

func TestShippedFileMeansWhatItsRemarksSay(t *testing.T) {
	c := parse(t, readFile(t, shipped))
	const opens, closes = 8 * 60, 18*60 + 30
	want := rota.Policy{
		Name: "on-call", Title: "Leadership on call",
		Tiers: []rota.Tier{
			{Name: "first", Title: "First on call", Weight: rota.Point},
			{Name: "second", Title: "Second on call", Weight: rota.Point / 2},
		},
		Registration: rota.RegistrationNotLapsed, DifferentPractices: true,
		Points: rota.DayPoints{rota.Point, 2 * rota.Point, 3 * rota.Point, 4 * rota.Point},
		Rules: rota.RuleSet{
			RestHours: 24, WeekendTogether: true, NewcomerNeedsExperienced: true,
			AtMost: []rota.Limit{{Duties: 3, Days: 7}, {Duties: 1, Days: 14, Weekends: true}},
		},
		FreezeDays: 14,
	}
	if len(c.Rotas) != 1 {
		t.Fatalf("has %d rotas, want 1", len(c.Rotas))
	}
	got, _ := c.Rota("on-call")
	night := got.Pattern[0]
	if night.Start != closes || night.End != opens || len(night.Days) != 4 {
		t.Errorf("the night is %+v, want Monday to Thursday 18:30 to 08:00", night)
	}
	got.Pattern = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rota differs (-want +got):\n%s", diff)
	}
	if c.Zone.String() != "Europe/London" {
		t.Errorf("zone is %s", c.Zone)
	}
	ladder := []rota.Rung{{Days: 28, At: 17 * 60}, {Days: 7, At: 17 * 60}, {Days: 1, At: 17 * 60}, {Days: 0, At: 7 * 60}}
	if diff := cmp.Diff(ladder, c.Reminders.Duty); diff != "" {
		t.Errorf("the ladder of duties differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Server{Listen: "127.0.0.1:8080", BaseURL: "http://127.0.0.1:8080", NowPage: true}, c.Server); diff != "" {
		t.Errorf("server differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Mail{Port: 587, Encryption: StartTLS, From: "pcnrota@localhost", FromName: "Example PCN"}, c.Mail); diff != "" {
		t.Errorf("mail differs (-want +got):\n%s", diff)
	}
}

func TestWhatIsLeftOutHasTheShippedValue(t *testing.T) {
	full := parse(t, readFile(t, shipped))
	bare := parse(t, `
[pcn]
name = "Example PCN"
[[rota]]
name = "on-call"
title = "Leadership on call"
pattern = "weeknights-and-weekends"
rules = { set = "pcn-daily", at_most = [{ duties = 3, days = 7 }, { weekends = 1, weeks = 2 }] }
tier = [{ name = "first" }, { name = "second", weight = 0.5 }]
`)
	if diff := cmp.Diff(full.Rotas, bare.Rotas); diff != "" {
		t.Errorf("rotas differ (-shipped +bare):\n%s", diff)
	}
	full.Rotas, bare.Rotas = nil, nil
	if !cmp.Equal(full.Mail, bare.Mail) || !reflect.DeepEqual(full.Server, bare.Server) || full.PCN != bare.PCN || full.Zone.String() != bare.Zone.String() {
		t.Errorf("shipped: %+v\nbare: %+v", full, bare)
	}
	if diff := cmp.Diff(full.Absences, bare.Absences); diff != "" || len(full.Absences.Keywords) < 4 {
		t.Errorf("keywords differ (-shipped +bare):\n%s", diff)
	}
	if diff := cmp.Diff(full.Manager, bare.Manager); diff != "" {
		t.Errorf("the manager differs (-shipped +bare):\n%s", diff)
	}
	if diff := cmp.Diff(full.Reminders, bare.Reminders); diff != "" {
		t.Errorf("reminders differ (-shipped +bare):\n%s", diff)
	}
}

func TestWhenTheManagerIsTold(t *testing.T) {
	pcn := "[pcn]\nname = \"x\"\n[[rota]]\nname = \"on-call\"\ntitle = \"x\"\npattern = \"weekly\"\n[[rota.tier]]\nname = \"first\"\n"
	if m := parse(t, pcn).Manager; m.Email != "" || m.Summary.String() != "every Monday, 08:00" {
		t.Errorf("left out, it is %+v", m)
	}
	m := parse(t, pcn+"[manager]\nemail = \"mo@pcn.example\"\nsummary = \"friday 16:30\"\n").Manager
	if m.Email != "mo@pcn.example" || m.Summary.String() != "every Friday, 16:30" {
		t.Errorf("it is %+v", m)
	}
	if m := parse(t, pcn+"[manager]\nsummary = \"\"\n").Manager; m.Summary != nil {
		t.Errorf("switched off, it is %s", m.Summary)
	}
	for _, wrong := range []string{"Mon", "08:00", "Mon 24:00", "Moon 08:00", "daily"} {
		faults := faultsOf(t, pcn+"[manager]\nsummary = \""+wrong+"\"\n")
		if !strings.Contains(faults.Error(), "is not a day of the week and a time, like Mon 08:00") {
			t.Errorf("%q is refused as %s", wrong, faults)
		}
	}
}

func TestKeywords(t *testing.T) {
	pcn := "[pcn]\nname = \"x\"\n[[rota]]\nname = \"on-call\"\ntitle = \"x\"\npattern = \"weekly\"\n[[rota.tier]]\nname = \"first\"\n"
	c := parse(t, pcn+"[absences]\nkeywords = [\" theatre \"]\n")
	if diff := cmp.Diff([]string{"theatre"}, c.Absences.Keywords); diff != "" {
		t.Error(diff)
	}
	if c := parse(t, pcn+"[absences]\nkeywords = []\n"); len(c.Absences.Keywords) > 0 {
		t.Errorf("got %q", c.Absences.Keywords)
	}
	_, err := Parse("config.toml", []byte(pcn+"[absences]\nkeywords = [\"--\"]\n"), nil)
	if err == nil || !strings.Contains(err.Error(), "has no letter") {
		t.Errorf("got %v", err)
	}
}

// switchedOff is a setting or heading of the shipped file that is switched off.
var switchedOff = regexp.MustCompile(`(?m)^#([^ #\n])`)

// blocks gives the ready-made rotas of the shipped file, by their headline.
func blocks(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, block := range strings.Split(readFile(t, shipped), "\n# --- ")[1:] {
		headline, text, _ := strings.Cut(block, "\n")
		text, _, _ = strings.Cut(text, "\n\n")
		found[headline] = text
	}
	return found
}

func TestReadyMadeRotasWorkOnceSwitchedOn(t *testing.T) {
	const pcn = "[pcn]\nname = \"Example PCN\"\n"
	patterns := map[string]string{
		"A whole week at a time":                     "weekly",
		"Weekday nights one by one, weekends in one": "weeknights-and-weekends",
		"A day at a time":                            "daily",
		"Enhanced Access":                            "enhanced-access",
		"Shifts of your own, in place of a pattern: one [[rota.shift]] for each kind of shift": "",
	}
	got := blocks(t)
	for headline, pattern := range patterns {
		t.Run(headline, func(t *testing.T) {
			text, ok := got[headline]
			if !ok {
				t.Fatalf("the shipped file has no such block")
			}
			p := parse(t, pcn+switchedOff.ReplaceAllString(text, "$1")).Rotas[0]
			for _, ready := range rota.ReadyPatterns() {
				if ready.Name == pattern {
					if diff := cmp.Diff(ready.Kinds, p.Pattern); diff != "" {
						t.Errorf("pattern differs (-want +got):\n%s", diff)
					}
				}
			}
			if len(p.Tiers) == 0 || len(p.Pattern) == 0 {
				t.Errorf("rota is not complete: %+v", p)
			}
		})
	}
	if len(got) != len(patterns) {
		t.Errorf("the shipped file has %d ready-made rotas, and %d are tested", len(got), len(patterns))
	}
}

// TestEverythingSwitchedOnWorks switches every setting of the shipped file on, one at a time where
// there are several of a name, and asks for nothing but complaints about what is given twice and files that
// are not there.
func TestEverythingSwitchedOnWorks(t *testing.T) {
	text := switchedOff.ReplaceAllString(readFile(t, shipped), "$1")
	for _, f := range faultsOf(t, text) {
		switch {
		case strings.HasPrefix(f.Problem, "is already given in line"):
		case strings.HasSuffix(f.Problem, "are both given"):
		case f.Key == "mail: dkim_key_file" && strings.HasSuffix(f.Problem, "no such file or directory"):
		default:
			t.Error(f)
		}
	}
}

func TestOneByOneEachSettingOfMailAndServerWorks(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mail-password.txt"), []byte("s3cret\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Parse(filepath.Join(dir, "config.toml"), []byte(`
[pcn]
name = "Example PCN"
[mail]
host = "smtp.example.nhs.uk"
port = 2525
encryption = "tls"
username = "rota@example.nhs.uk"
password_file = "mail-password.txt"
from = "rota@example.nhs.uk"
from_name = "Example PCN rota"
reply_to = "manager@example.nhs.uk"
auth = "login"
messages_per_minute = 30
authserv_id = "mx.example.nhs.uk"
[server]
listen = "[::1]:9000"
base_url = "https://rota.example.nhs.uk/pcn/"
now_page = false
trusted_proxies = ["10.0.0.5", "2001:db8::7/32"]
tls_cert = "cert.pem"
tls_key = "/etc/key.pem"
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	wantMail := Mail{
		Host: "smtp.example.nhs.uk", Port: 2525, Encryption: TLS, Username: "rota@example.nhs.uk", Auth: Login, Password: "s3cret",
		From: "rota@example.nhs.uk", FromName: "Example PCN rota", ReplyTo: "manager@example.nhs.uk", PerMinute: 30, CheckedBy: "mx.example.nhs.uk",
	}
	if !cmp.Equal(c.Mail, wantMail) || c.Mail.Password.Reveal() != "s3cret" {
		t.Errorf("mail is %+v", c.Mail)
	}
	want := Server{
		Listen: "[::1]:9000", BaseURL: "https://rota.example.nhs.uk/pcn", Cert: c.Server.Cert, Key: "/etc/key.pem",
		Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.5/32"), netip.MustParsePrefix("2001:db8::/32")},
	}
	if !reflect.DeepEqual(c.Server, want) || !strings.HasSuffix(c.Server.Cert, "/001/cert.pem") {
		t.Errorf("server is %+v, want %+v", c.Server, want)
	}
}

func TestPagesAreOpenOrBehindALinkOrNotThere(t *testing.T) {
	for value, want := range map[string][2]bool{"true": {true, false}, `"link"`: {false, true}, "false": {false, false}} {
		c := parse(t, "[pcn]\nname = \"Example PCN\"\n[server]\nnow_page = "+value+"\n")
		if got := [2]bool{c.Server.NowPage, c.Server.NowLink}; got != want {
			t.Errorf("now_page = %s: %v, want %v", value, got, want)
		}
	}
	for value, hint := range map[string]string{`"Link"`: `now_page = "link"`, `"true"`: "now_page = true", "1": `now_page = "link"`} {
		_, err := Parse("config.toml", []byte("[pcn]\nname = \"Example PCN\"\n[server]\nnow_page = "+value+"\n"), nil)
		if err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("now_page = %s: %v", value, err)
		}
	}
}

func TestOwnHolidays(t *testing.T) {
	c := parse(t, `
[pcn]
name = "Example PCN"
[[bank_holiday]]
date = "2027-06-21"
name = "Jubilee"
[[bank_holiday]]
date = 2027-08-30
ordinary = true
`)
	on := func(month time.Month, d int) (string, bool) {
		h, ok := c.Holidays.On(rota.Date{Year: 2027, Month: month, Day: d})
		return h.Name, ok
	}
	if name, ok := on(time.June, 21); !ok || name != "Jubilee" {
		t.Errorf("21 June is %q, %v", name, ok)
	}
	if _, ok := on(time.August, 30); ok {
		t.Error("30 August is a bank holiday still")
	}
	if _, ok := on(time.May, 3); !ok {
		t.Error("the official days are gone")
	}
}

func TestOwnShifts(t *testing.T) {
	c := parse(t, `
[pcn]
name = "Example PCN"
[[rota]]
name = "days"
points = { weekday = 0.5 }
tier = [{ name = "duty-manager" }]
[[rota.shift]]
name = "night"
days = ["Mon", "tuesday"]
start = 18:30
end = "08:00"
[[rota.shift]]
name = "weekend"
days = ["Fri"]
start = "18:30"
end = "24:00"
ends_after_days = 2
on_bank_holidays = "not"
points = { weekend = 3 }
`)
	want := []rota.ShiftKind{
		{Name: "night", Days: []time.Weekday{time.Monday, time.Tuesday}, Start: 18*60 + 30, End: 8 * 60, EndDays: 1},
		{
			Name: "weekend", Days: []time.Weekday{time.Friday}, Start: 18*60 + 30, End: 24 * 60, EndDays: 2, Holidays: rota.NotOnHoliday,
			Points: &rota.DayPoints{rota.Point / 2, 3 * rota.Point, 3 * rota.Point, 4 * rota.Point},
		},
	}
	if diff := cmp.Diff(want, c.Rotas[0].Pattern); diff != "" {
		t.Errorf("pattern differs (-want +got):\n%s", diff)
	}
	if got := c.Rotas[0]; got.Title != "days" || got.Tiers[0].Title != "Duty manager" {
		t.Errorf("titles are %q and %q", got.Title, got.Tiers[0].Title)
	}
}

func TestPoliciesSurviveJSON(t *testing.T) {
	text := readFile(t, shipped)
	for _, block := range blocks(t) {
		text += "\n" + switchedOff.ReplaceAllString(block, "$1")
	}
	for _, p := range parse(t, text).Rotas {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back rota.Policy
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, back); diff != "" {
			t.Errorf("rota %s differs (-before +after):\n%s", p.Name, diff)
		}
	}
}

func TestRulesAreASetWithChanges(t *testing.T) {
	for _, tt := range []struct {
		name, rules string
		want        rota.RuleSet
	}{
		{"a set as it is keeps its name", `set = "pcn-light"`, rota.ReadyRuleSets()[0].Rules},
		{"a change takes the name away", `set = "pcn-daily", rest_hours = 11`, rota.RuleSet{
			RestHours: 11, WeekendTogether: true, AtMost: []rota.Limit{{Duties: 2, Days: 7}}, NewcomerNeedsExperienced: true,
		}},
		{"an empty list takes limits away", `set = "pcn-daily", at_most = []`, rota.RuleSet{
			RestHours: 24, WeekendTogether: true, NewcomerNeedsExperienced: true,
		}},
		{"without a set only what is written holds", `at_most = [{ duties = 1, weeks = 2 }]`, rota.RuleSet{
			AtMost: []rota.Limit{{Duties: 1, Days: 14}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, "pcn.name = 'X'\n[[rota]]\nname = 'r'\npattern = 'daily'\ntier = [{name = 'first'}]\nrules = {"+tt.rules+"}\n")
			if diff := cmp.Diff(tt.want, c.Rotas[0].Rules); diff != "" {
				t.Errorf("rules differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoadOfAMissingFileSaysHowToBegin(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "config.toml"), nil)
	if err == nil || !strings.Contains(err.Error(), "config.toml: there is no such file\n  hint: pcnrota init writes one") {
		t.Errorf("error is %v", err)
	}
}

func TestLoadReadsFilesOfWindows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "\ufeff" + strings.ReplaceAll(readFile(t, shipped), "\n", "\r\n")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path, os.Getenv); err != nil {
		t.Error(err)
	}
}
