package web

import (
	"log"
	"log/slog"
	"regexp"
	"strings"
)

// tokenLike is what the secret of a link looks like. The shortest that we make has 27 characters.
var tokenLike = regexp.MustCompile(`[A-Za-z0-9_-]{24,}`)

// Discreet is text for a log, without whatever may be the secret of a link.
func Discreet(text string) string { return tokenLike.ReplaceAllLiteralString(text, "(hidden)") }

// complaints is where net/http writes what it has to say of connections: one line each, of interest only to whoever
// looks for a fault.
func (s Service) complaints() *log.Logger {
	if s.Log == nil {
		return slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	}
	return log.New(complaints{s.Log}, "", 0)
}

type complaints struct{ log *slog.Logger }

func (c complaints) Write(p []byte) (int, error) {
	line, _, _ := strings.Cut(string(p), "\n")
	c.log.Debug("connection", "problem", Discreet(line))
	return len(p), nil
}
