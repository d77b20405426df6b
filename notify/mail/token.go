package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Token gives an access token for XOAUTH2. It is asked before every connection, because a token lasts an
// hour or so; whoever makes tokens keeps the one that still holds. An error names no secret.
type Token func(ctx context.Context) (string, error)

const (
	tokenWithin  = 30 * time.Second // for a program to make a token
	longestToken = 16 << 10         // octets; those of Exchange Online have two thousand
)

// TokenFile gives the token in the file at path, which another program keeps fresh.
func TokenFile(path string) Token {
	return func(context.Context) (string, error) {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return "", err
		case !info.Mode().IsRegular():
			return "", fmt.Errorf("%s is not a file", path)
		case info.Size() > longestToken:
			return "", fmt.Errorf("%s is too large for a token", path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		return tokenIn(data)
	}
}

// TokenCommand gives the token that a program, run in dir with its arguments and without a shell, prints.
// What it prints on its standard error is kept to itself: it may be anything.
func TokenCommand(words []string, dir string) Token {
	return func(ctx context.Context) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, tokenWithin)
		defer cancel()
		printed := &capped{room: longestToken}
		program := exec.CommandContext(ctx, words[0], words[1:]...)
		program.Dir, program.Stdout, program.WaitDelay = dir, printed, time.Second
		err := program.Run()
		switch {
		case ctx.Err() != nil:
			return "", fmt.Errorf("%s took more than %s", words[0], tokenWithin)
		case err != nil:
			return "", fmt.Errorf("%s: %w", words[0], err)
		}
		return tokenIn(printed.Bytes())
	}
}

// tokenIn takes the one word that data holds. A token goes into a line of the conversation with the mail
// server as it is, so it may hold nothing that ends one.
func tokenIn(data []byte) (string, error) {
	token := strings.TrimSpace(string(data))
	switch {
	case token == "":
		return "", errors.New("it gives no token")
	case len(data) >= longestToken:
		return "", errors.New("it gives more than a token")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", errors.New("what it gives is not a token: one word is wanted")
	}
	return token, nil
}

// capped keeps the beginning of what is written to it, and takes the rest without keeping it.
type capped struct {
	bytes.Buffer
	room int
}

func (c *capped) Write(p []byte) (int, error) {
	keep := min(len(p), max(0, c.room-c.Len()))
	c.Buffer.Write(p[:keep])
	return len(p), nil
}
