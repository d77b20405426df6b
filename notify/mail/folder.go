package mail

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pcnrota/notify"
	"pcnrota/rota"
)

// Folder delivers messages as .eml files, which any mail program opens: the way that needs no mail
// server. The same reminder always has the same file, so a repeat takes the place of the first.
type Folder struct {
	Letterhead Letterhead
	Dir        string // made when it is first needed
}

// Send writes the message. The file is there whole or not at all.
func (f Folder) Send(_ context.Context, m notify.Message) error {
	body, err := f.Letterhead.Compose(m)
	if err != nil {
		return err
	}
	if err := f.write(f.name(m), body); err != nil {
		return &notify.SendError{Trouble: notify.Unreachable, Problem: "the outbox folder cannot be written", Err: err}
	}
	return nil
}

// Idle does nothing.
func (Folder) Idle() {}

// name gives "2026-12-28-first-on-call-l01-1f2e3d4c.eml": the day it is due, what it is about and whom
// it is for, and a digest that tells it from others of that kind.
func (f Folder) name(m notify.Message) string {
	due := rota.CivilOf(m.Reminder.Due, f.Letterhead.Zone).Date
	return fmt.Sprintf("%s-%s-%s.eml", due, slug(cmp.Or(m.What, string(m.Reminder.Kind))+" "+string(m.Reminder.Leader)), digest(m.Reminder.Key)[:8])
}

// slug keeps what is safe in the name of a file on any system.
func slug(s string) string {
	const longest = 40
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	joined := strings.Join(words, "-")
	return strings.Trim(joined[:min(len(joined), longest)], "-")
}

// write makes the file under another name first, sees it onto the disk and renames it. Only its owner
// can read it. The other name is always the same, so that what a crash leaves is gone after the repeat.
func (f Folder) write(name string, body []byte) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	temp, err := os.OpenFile(filepath.Join(f.Dir, ".unfinished-"+name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // gone already where all went well
	if err := fill(temp, body); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), filepath.Join(f.Dir, name)); err != nil {
		return err
	}
	return syncDir(f.Dir)
}

func fill(file *os.File, body []byte) error {
	defer file.Close()
	if _, err := file.Write(body); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

// syncDir sees the new name onto the disk.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
