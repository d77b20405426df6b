package mail_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func TestFolderWritesTheComposedBytesOnce(t *testing.T) {
	folder := mail.Folder{Letterhead: letterhead(t), Dir: filepath.Join(t.TempDir(), "outbox")}
	for range 2 { // the same reminder again takes the place of the first
		if err := folder.Send(t.Context(), nightMessage(t)); err != nil {
			t.Fatal(err)
		}
	}
	if err := folder.Send(t.Context(), meetingMessage(t)); err != nil {
		t.Fatal(err)
	}
	names := namesIn(t, folder.Dir)
	want := []string{"2027-03-20-first-on-call-l01-8f7b6ed3.eml", "2027-07-14-lmc-liaison-monthly-papers-l02-41ea33ef.eml"}
	if len(names) != 2 || names[0] != want[0] || names[1] != want[1] {
		t.Fatalf("got %q, want %q", names, want)
	}
	got, err := os.ReadFile(filepath.Join(folder.Dir, names[0]))
	if err != nil || !bytes.Equal(got, compose(t, nightMessage(t))) {
		t.Errorf("other bytes than composed (%v):\n%s", err, got)
	}
	if info, err := os.Stat(filepath.Join(folder.Dir, names[0])); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v), want it for its owner only", info.Mode(), err)
	}
}

func TestFolderTidiesUpAfterACrash(t *testing.T) {
	folder := mail.Folder{Letterhead: letterhead(t), Dir: t.TempDir()}
	half := filepath.Join(folder.Dir, ".unfinished-2027-03-20-first-on-call-l01-8f7b6ed3.eml")
	if err := os.WriteFile(half, bytes.Repeat([]byte("half of a message\r\n"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := folder.Send(t.Context(), nightMessage(t)); err != nil {
		t.Fatal(err)
	}
	names := namesIn(t, folder.Dir)
	if len(names) != 1 {
		t.Fatalf("got %q", names)
	}
	if got, err := os.ReadFile(filepath.Join(folder.Dir, names[0])); err != nil || !bytes.Equal(got, compose(t, nightMessage(t))) {
		t.Errorf("other bytes than composed (%v):\n%s", err, got)
	}
}

func TestFolderKeepsHostileNamesInside(t *testing.T) {
	folder := mail.Folder{Letterhead: letterhead(t), Dir: t.TempDir()}
	m := nightMessage(t)
	m.What, m.Reminder.Leader = "../../etc/passwd\x00", "..\\..\\L01 CON:"
	if err := folder.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if names := namesIn(t, folder.Dir); len(names) != 1 || names[0] != "2027-03-20-etc-passwd-l01-con-8f7b6ed3.eml" {
		t.Errorf("got %q", names)
	}
}

func TestFolderThatCannotBeWrittenHoldsEverything(t *testing.T) {
	file := filepath.Join(t.TempDir(), "outbox")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got := trouble(t, mail.Folder{Letterhead: letterhead(t), Dir: file}.Send(t.Context(), nightMessage(t)))
	if got.Trouble != notify.Unreachable || got.Problem != "the outbox folder cannot be written" {
		t.Errorf("got %s: %s", got.Trouble, got.Problem)
	}
}

func TestFolderNeedsNoSender(t *testing.T) {
	l := letterhead(t)
	l.From = ""
	folder := mail.Folder{Letterhead: l, Dir: t.TempDir()}
	if err := folder.Send(t.Context(), nightMessage(t)); err != nil {
		t.Fatal(err)
	}
	if l.Domain() != "pcnrota.invalid" {
		t.Errorf("domain %q", l.Domain())
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
