package cli

import (
	"os"
	"path/filepath"
	"strings"
)

// scan looks through the folder of folders for PCNs that are new or gone. A folder is a PCN once it has a
// config.toml.
func (h *host) scan() {
	if h.root == "" {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	looked := lookAt(h.root)
	if looked == h.looked && !h.unread && !h.awaited {
		return
	}
	entries, err := os.ReadDir(h.root)
	if h.unread = err != nil; h.unread {
		h.log.Error("the folder of folders cannot be read; the PCNs that are known stay", "problem", reasonOf(err))
		return
	}
	found := map[string]bool{}
	h.inOrder = nil
	h.looked, h.awaited = looked, !looked.settled()
	for _, entry := range entries {
		name := entry.Name()
		dir := filepath.Join(h.root, name)
		if !lookAt(filepath.Join(dir, configFile)).exists() {
			h.awaited = h.awaited || entry.IsDir()
			continue
		}
		if !isSegment(name) {
			h.refuse(name)
			continue
		}
		found[name] = true
		if h.folders[name] == nil {
			h.folders[name] = newFolder(h, name, dir)
			h.log.Info("PCN found", "pcn", name)
		}
	}
	for name, f := range h.folders {
		if !found[name] {
			delete(h.folders, name)
			h.log.Info("PCN gone", "pcn", name)
			go f.shut()
		}
	}
}

// refuse logs once that a folder's name cannot be part of an address.
func (h *host) refuse(name string) {
	if !h.odd[name] {
		h.odd[name] = true
		h.log.Warn("this folder is not served: rename it, with letters, digits, hyphens, full stops and underscores only", "folder", name)
	}
}

// reserved are the names that the host itself answers to.
var reserved = []string{"healthz", "robots.txt", "favicon.ico"}

// isSegment reports whether a folder's name can stand in an address as it is: letters and digits of ASCII, and
// - _ . between them.
func isSegment(name string) bool {
	const marks = "-_."
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }
	other := func(c rune) bool { return !letter(c) && !strings.ContainsRune(marks, c) }
	for _, r := range reserved {
		if strings.EqualFold(name, r) {
			return false
		}
	}
	return name != "" && len(name) <= 64 && !strings.ContainsFunc(name, other) &&
		!strings.ContainsAny(name[:1], marks) && !strings.ContainsAny(name[len(name)-1:], marks)
}
