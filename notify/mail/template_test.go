package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func templatesOf(t *testing.T, files map[string]string) (*mail.Templates, []mail.TemplateFault) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return mail.ReadTemplates(dir)
}

// complete shows everything that a message says.
const complete = `{{.Subject}} {{.To}} {{.Lead}}
{{range .Facts}}{{.Name}} {{.Value}}
{{end}}{{range .Sections}}{{.Title}}{{range .Facts}} {{.Name}} {{.Value}}{{end}}{{.None}}
{{end}}{{with .Act}}{{.Text}} {{.Address}}{{end}} {{.Why}} {{.PCN}} ours alone`

func TestOwnTemplates(t *testing.T) {
	templates, faults := templatesOf(t, map[string]string{"change.txt": complete, "message.html": "<p>" + complete + "</p>", ".notes.swp": "x"})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	l := letterhead(t)
	l.Templates = templates
	for kind, want := range map[notify.Kind][2]bool{notify.Change: {true, true}, notify.Duty: {false, true}} {
		b, err := l.Compose(mail.Sample(kind))
		if err != nil {
			t.Fatal(err)
		}
		parts := parse(t, b).parts
		for i, part := range []string{"text/plain", "text/html"} {
			if strings.Contains(parts[part], "ours alone") != want[i] {
				t.Errorf("%s, %s:\n%s", kind, part, parts[part])
			}
		}
	}
}

func TestFaultsOfTemplates(t *testing.T) {
	for _, test := range []struct {
		name, text, problem string
		line                int
	}{
		{"message.txt", "Dear {{.To}},\n{{.Lead}\n", "bad character", 2},
		{"message.txt", complete + "\n{{.Nmae}}", "names .Nmae, which is nothing a message says", 5},
		{"duty.txt", complete + "{{range .Facts}}{{.Title}}{{end}}", "names .Title, which is nothing a message says", 4},
		{"duty.html", complete + "{{if .Link}}", "unexpected EOF", 4},
		{"change.html", strings.Replace(complete, "{{.Address}}", "", 1), "leaves out the link", 0},
		{"duty.txt", strings.Replace(complete, "{{.Value}}", "", 1), `leaves out "What"`, 0},
		{"duties.txt", complete, "is not the name of a template", 0},
		{"message.txt", strings.Repeat("x", 300<<10), "too large", 0},
		{"message.html", complete + "<a href='{{.Link}}", "", 0},
	} {
		_, faults := templatesOf(t, map[string]string{test.name: test.text})
		if len(faults) == 0 {
			t.Errorf("%s is taken:\n%.200s", test.name, test.text)
			continue
		}
		if f := faults[0]; filepath.Base(f.File) != test.name || f.Line != test.line || !strings.Contains(f.Problem, test.problem) {
			t.Errorf("%s: got %v, want line %d and %q", test.name, f, test.line, test.problem)
		}
	}
	if templates, faults := mail.ReadTemplates(filepath.Join(t.TempDir(), "gone")); templates == nil || faults != nil {
		t.Errorf("without a folder: %v", faults)
	}
}

func TestTheTemplatesToBeginWithAreSound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "templates")
	wrote, err := mail.WriteTemplates(dir)
	if err != nil || len(wrote) != 2 {
		t.Fatalf("wrote %q (%v)", wrote, err)
	}
	if _, faults := mail.ReadTemplates(dir); len(faults) > 0 {
		t.Error(faults)
	}
	if wrote, err := mail.WriteTemplates(dir); err != nil || len(wrote) > 0 {
		t.Errorf("wrote %q over what was there (%v)", wrote, err)
	}
}
