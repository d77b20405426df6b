package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that no print, log or encoding shows by accident. Reveal gives it on purpose.
type Secret string

const hidden = "(hidden)"

// Reveal gives the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String says "(hidden)".
func (Secret) String() string { return hidden }

// GoString says "(hidden)".
func (Secret) GoString() string { return hidden }

// Format says "(hidden)" for every verb. Without it a verb that does not suit a text, such as %d, would
// print the text in its complaint.
func (Secret) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, hidden) }

// MarshalJSON says "(hidden)".
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText says "(hidden)".
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue says "(hidden)".
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
