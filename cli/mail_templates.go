package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"pcnrota/notify/mail"
)

// templatesFolder holds a PCN's own templates of messages, where it has any.
const templatesFolder = "templates"

// templateFaults are all the faults of a PCN's own templates.
type templateFaults []mail.TemplateFault

// Error gives one block a fault.
func (f templateFaults) Error() string {
	var blocks []string
	for _, fault := range f {
		block := fault.Error()
		if fault.Hint != "" {
			block += "\n  hint: " + fault.Hint
		}
		blocks = append(blocks, block)
	}
	return strings.Join(blocks, "\n")
}

// templatesIn reads the templates of the PCN in dir: its own where it has them, and ours.
func templatesIn(dir string) (*mail.Templates, error) {
	templates, faults := mail.ReadTemplates(filepath.Join(dir, templatesFolder))
	if len(faults) > 0 {
		return nil, templateFaults(faults)
	}
	return templates, nil
}

// templatesInWords says whose templates are used.
func templatesInWords(t *mail.Templates) string {
	if own := t.Own(); len(own) > 0 {
		return fmt.Sprintf("your own %s in the folder %s", strings.Join(own, ", "), templatesFolder)
	}
	return ""
}
