package mail

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"

	"pcnrota/notify"
)

//go:embed templates
var ownTemplates embed.FS

// Templates say in which form the words of a message stand, as text and as HTML. A PCN may have its own: a folder
// with message.txt or message.html for all kinds of messages, or duty.txt, change.html and so on for one kind. What
// it does not have is ours.
type Templates struct {
	plain map[string]*texttemplate.Template // by kind, and "message" for the others
	rich  map[string]*htmltemplate.Template
}

// TemplateFault is what is wrong with a template of a PCN's own.
type TemplateFault struct {
	File    string
	Line    int    // from 1; 0 where it is about the file as a whole
	Problem string // a sentence without its subject: "names .Nmae, which is nothing a message says"
	Hint    string // what to do about it; may be ""
}

// Error gives it in one line.
func (f TemplateFault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Problem)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Problem)
}

// longestTemplate is above any message that a person would write, in bytes.
const longestTemplate = 256 << 10

const anyKind = "message"

// builtIn are our own templates, which are sound: a test composes every kind with them.
var builtIn = func() *Templates {
	t := &Templates{map[string]*texttemplate.Template{}, map[string]*htmltemplate.Template{}}
	for _, name := range []string{anyKind + ".txt", anyKind + ".html"} {
		text, err := ownTemplates.ReadFile("templates/" + name)
		if err != nil {
			panic(err)
		}
		if fault := t.add(name, name, text); fault != nil {
			panic(fault)
		}
	}
	return t
}()

// ReadTemplates reads the templates in a folder and tries each on messages of every kind that it is for. Where there
// is no such folder, ours are used.
func ReadTemplates(dir string) (*Templates, []TemplateFault) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return builtIn, nil
	}
	if err != nil {
		return nil, []TemplateFault{{File: dir, Problem: "cannot be read"}}
	}
	t := &Templates{map[string]*texttemplate.Template{}, map[string]*htmltemplate.Template{}}
	t.plain[anyKind], t.rich[anyKind] = builtIn.plain[anyKind], builtIn.rich[anyKind]
	var faults []TemplateFault
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") || entry.IsDir() {
			continue
		}
		if fault := t.read(filepath.Join(dir, entry.Name())); fault != nil {
			faults = append(faults, *fault)
		}
	}
	if len(faults) == 0 {
		faults = t.try(dir)
	}
	return t, faults
}

// Own names the files that are not ours.
func (t *Templates) Own() []string {
	var own []string
	for _, name := range templateNames() {
		kind, ext, _ := strings.Cut(name, ".")
		if ext == "txt" && t.plain[kind] != builtIn.plain[kind] || ext == "html" && t.rich[kind] != builtIn.rich[kind] {
			own = append(own, name)
		}
	}
	return own
}

// read takes in one file.
func (t *Templates) read(path string) *TemplateFault {
	name := filepath.Base(path)
	if !slices.Contains(templateNames(), name) {
		return &TemplateFault{File: path, Problem: "is not the name of a template", Hint: "names are " + anyKind + ".txt and " + anyKind + ".html for all messages, or for one kind " + string(notify.Duty) + ".txt, " + string(notify.Change) + ".html and so on: pcnrota remind preview lists the kinds"}
	}
	info, err := os.Stat(path)
	if err == nil && (info.Size() > longestTemplate || !info.Mode().IsRegular()) {
		return &TemplateFault{File: path, Problem: "is too large, or is not a file"}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return &TemplateFault{File: path, Problem: "cannot be read"}
	}
	return t.add(path, name, text)
}

// templateNames lists what files of templates are called.
func templateNames() []string {
	names := []string{anyKind + ".txt", anyKind + ".html"}
	for _, k := range notify.Kinds {
		names = append(names, string(k)+".txt", string(k)+".html")
	}
	return names
}

// add parses one template.
func (t *Templates) add(path, name string, text []byte) *TemplateFault {
	kind, ext, _ := strings.Cut(name, ".")
	var err error
	if ext == "txt" {
		t.plain[kind], err = texttemplate.New(name).Funcs(texttemplate.FuncMap{"pad": pad, "wrap": wrap, "item": item}).Parse(string(text))
	} else {
		t.rich[kind], err = htmltemplate.New(name).Funcs(htmltemplate.FuncMap{"pad": pad}).Parse(string(text))
	}
	return faultOf(path, err)
}

// pad fills a name up with blanks, so that what follows stands in a column.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

// where is how the libraries of templates begin what they say.
var where = regexp.MustCompile(`^(?:html/)?template: ?[^:]*:(\d+)(?::\d+)?: (?:executing "[^"]*" at <([^>]*)>: )?(.*)$`)

// faultOf puts into words what is wrong with a template; nil for nothing.
func faultOf(path string, err error) *TemplateFault {
	if err == nil {
		return nil
	}
	found := where.FindStringSubmatch(strings.SplitN(err.Error(), "\n", 2)[0])
	if found == nil {
		return &TemplateFault{File: path, Problem: err.Error()}
	}
	number, _ := strconv.Atoi(found[1])
	fault := &TemplateFault{File: path, Line: number, Problem: found[3]}
	if strings.Contains(found[3], "can't evaluate field") {
		fault.Problem = fmt.Sprintf("names %s, which is nothing a message says", found[2])
		fault.Hint = "a message says .Subject .To .Lead .Facts .Sections .Act .Why .Late .Link .Reply .Leave .PCN; a fact .Name .Value, a section .Title .Facts .None, .Act .Text .Address"
	}
	return fault
}

// try composes a sample of every kind with the templates that are not ours, and sees that nothing that matters is
// left out.
func (t *Templates) try(dir string) []TemplateFault {
	var faults []TemplateFault
	for _, sample := range Samples() {
		w := sampleLetterhead.words(sample)
		for _, ext := range []string{".txt", ".html"} {
			name, own := t.source(sample.Reminder.Kind, ext)
			if !own {
				continue
			}
			path := filepath.Join(dir, name)
			var b bytes.Buffer
			if fault := faultOf(path, t.write(&b, sample.Reminder.Kind, ext, w)); fault != nil {
				faults = append(faults, *fault)
			} else if missing := leftOut(b.String(), w, ext); missing != "" {
				faults = append(faults, TemplateFault{File: path, Problem: fmt.Sprintf("leaves out %s of a message of the kind %q", missing, sample.Reminder.Kind), Hint: "begin with ours: pcnrota remind preview --templates writes them"})
			}
		}
	}
	return slices.CompactFunc(faults, func(a, b TemplateFault) bool { return a.File == b.File && a.Line == b.Line && a.Line > 0 })
}

// leftOut names what a message has to say and text does not have, "" where it has it all: when, what, and the link
// that does what the message asks for.
func leftOut(text string, w words, ext string) string {
	if ext == ".html" {
		text = html.UnescapeString(text)
	}
	text = strings.Join(strings.Fields(text), " ") // wherever lines end
	has := func(s string) bool { return strings.Contains(text, s) }
	if w.Act != nil && !has(w.Act.Address) {
		return "the link (.Act.Address)"
	}
	for _, s := range append([]section{{Facts: w.Facts}}, w.Sections...) {
		if !has(s.Title) {
			return "the title of a section (.Title)"
		}
		for _, f := range s.Facts {
			if !has(f.Value) {
				return fmt.Sprintf("%q (.Value of a fact)", f.Name)
			}
		}
	}
	return ""
}

// source gives the name of the template of a kind, and whether it is the PCN's own.
func (t *Templates) source(kind notify.Kind, ext string) (name string, own bool) {
	if ext == ".txt" {
		if t.plain[string(kind)] != nil {
			return string(kind) + ext, true
		}
		return anyKind + ext, t.plain[anyKind] != builtIn.plain[anyKind]
	}
	if t.rich[string(kind)] != nil {
		return string(kind) + ext, true
	}
	return anyKind + ext, t.rich[anyKind] != builtIn.rich[anyKind]
}

// format gives words in the form of their kind.
func (t *Templates) format(kind notify.Kind, ext string, w words) (string, error) {
	var b strings.Builder
	b.Grow(usualSize / 2)
	err := t.write(&b, kind, ext, w)
	return b.String(), err
}

// write puts words into the form of their kind.
func (t *Templates) write(to io.Writer, kind notify.Kind, ext string, w words) error {
	if ext == ".txt" {
		return t.text(kind).Execute(to, w)
	}
	return t.html(kind).Execute(to, w)
}

func (t *Templates) text(kind notify.Kind) *texttemplate.Template {
	if own := t.plain[string(kind)]; own != nil {
		return own
	}
	return t.plain[anyKind]
}

func (t *Templates) html(kind notify.Kind) *htmltemplate.Template {
	if own := t.rich[string(kind)]; own != nil {
		return own
	}
	return t.rich[anyKind]
}

// WriteTemplates puts copies of ours into a folder, for a PCN to begin its own with. It leaves files alone that are
// there, and gives the names of those it wrote.
func WriteTemplates(dir string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var wrote []string
	for _, name := range []string{anyKind + ".txt", anyKind + ".html"} {
		text, err := ownTemplates.ReadFile("templates/" + name)
		if err != nil {
			return wrote, err
		}
		file, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return wrote, err
		}
		if err := fill(file, text); err != nil {
			return wrote, err
		}
		wrote = append(wrote, name)
	}
	return wrote, nil
}
