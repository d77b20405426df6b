package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rule says what one package may import. Dependencies point one way: a package that is not listed may
// not exist, and an import that is not listed may not be made.
type rule struct {
	ours  []string // packages of this module
	third []string // packages of others
	never []string // packages of the standard library, and time.Now
}

var pure = []string{"os", "net", "net/http", "database/sql", "log", "log/slog", "embed", "time.Now"}

var policy = map[string]rule{
	"":                     {ours: []string{"cli"}},
	"rota/internal/assign": {never: append([]string{"time", "fmt"}, pure...)},
	"rota/internal/roster": {never: append([]string{"time"}, pure...)},
	"rota/benchmark":       {ours: []string{"rota/internal/roster"}},
	"rota":                 {ours: []string{"rota/internal/assign"}, never: pure},
	"rota/rotatest":        {ours: []string{"rota"}},
	"calendar":             {ours: []string{"rota"}, third: []string{"github.com/emersion/go-ical", "github.com/teambition/rrule-go"}, never: pure},
	"calendar/caltest":     {},
	"notify":               {ours: []string{"rota"}, third: []string{"github.com/go-co-op/gocron/v2"}, never: []string{"database/sql", "net/smtp", "html/template", "text/template"}},
	"notify/mail":          {ours: []string{"notify", "rota", "calendar"}, third: []string{"github.com/wneessen/go-mail"}, never: []string{"database/sql"}},
	"internal/config":      {ours: []string{"rota"}, third: []string{"github.com/pelletier/go-toml/v2"}, never: []string{"database/sql", "net/http"}},
	"internal/follow":      {never: []string{"database/sql", "os", "time.Now"}},
	"internal/pass":        {never: pure},
	"internal/inbox":       {ours: []string{"calendar"}, third: []string{"github.com/emersion/go-message"}, never: append([]string{"time.Now"}, pure[:6]...)},
	"internal/paper":       {never: append([]string{"time"}, pure[:6]...)},
	"internal/sheet":       {ours: []string{"rota"}, third: []string{"golang.org/x/text"}, never: append([]string{"time.Now"}, "os", "net")},
	"internal/sqlite":      {ours: []string{"rota", "notify"}, third: []string{"github.com/mattn/go-sqlite3"}, never: []string{"net/http"}},
	"internal/workbook":    {ours: []string{"rota"}, third: []string{"github.com/xuri/excelize/v2"}, never: pure},
	"internal/web":         {ours: []string{"rota", "calendar", "internal/pass"}, never: []string{"database/sql"}},
	"cli": {
		ours: []string{
			"rota", "rota/rotatest", "calendar", "notify", "notify/mail",
			"internal/config", "internal/follow", "internal/inbox", "internal/paper", "internal/pass", "internal/sheet", "internal/sqlite", "internal/web", "internal/workbook",
		},
		third: []string{"github.com/urfave/cli/v2", "github.com/rivo/uniseg", "github.com/schollz/progressbar/v3", "golang.org/x/term"},
		never: []string{"database/sql"},
	},
}

// TestImportPolicy holds every package to its rule.
func TestImportPolicy(t *testing.T) {
	importers := map[string][]string{}
	for file, f := range sources(t) {
		pkg := path.Dir(file)
		if pkg == "." {
			pkg = ""
		}
		r, known := policy[pkg]
		if !known {
			t.Errorf("%s: package %q is not in the import policy", file, pkg)
			continue
		}
		for _, imp := range f.Imports {
			name, _ := strconv.Unquote(imp.Path.Value)
			if why := r.refuses(name); why != "" {
				t.Errorf("%s imports %s: %s", file, name, why)
			}
			if third := thirdParty(name); third {
				importers[name] = append(importers[name], file)
			}
		}
		if slices.Contains(r.never, "time.Now") && readsClock(f) {
			t.Errorf("%s reads the clock: the time must come in as an argument", file)
		}
	}
	for name, files := range importers {
		pkgs := slices.Compact(slices.Sorted(slices.Values(dirs(files))))
		if len(pkgs) > 1 {
			t.Errorf("%s is imported by %v: one package of ours adapts each package of others", name, pkgs)
		}
		if strings.Contains(name, "gocron") && len(files) > 1 {
			t.Errorf("%s is imported by %v: one file holds it", name, files)
		}
	}
}

func (r rule) refuses(name string) string {
	switch {
	case slices.Contains(r.never, name):
		return "never here"
	case strings.HasPrefix(name, "pcnrota/") && !slices.Contains(r.ours, strings.TrimPrefix(name, "pcnrota/")):
		return "dependencies point the other way"
	case thirdParty(name) && !slices.ContainsFunc(r.third, func(p string) bool { return name == p || strings.HasPrefix(name, p+"/") }):
		return "another package adapts it, or none does"
	default:
		return ""
	}
}

func thirdParty(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return strings.Contains(first, ".")
}

func readsClock(f *ast.File) bool {
	reads := false
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
				reads = true
			}
		}
		return true
	})
	return reads
}

// sources parses every Go file of the module that is not a test.
func sources(t *testing.T) map[string]*ast.File {
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		files[filepath.ToSlash(name)] = f
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func dirs(files []string) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = path.Dir(f)
	}
	return out
}
