package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestTokens(t *testing.T) {
	token, hash, err := NewToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if secret := get(base64.RawURLEncoding.DecodeString(token)); len(secret) != 32 {
		t.Errorf("%d random bytes, want 32", len(secret))
	}
	if !bytes.Equal(hash, HashToken(token)) || len(hash) != 32 || strings.Contains(string(hash), token) {
		t.Error("the hash is not the token's")
	}
	if other, _, _ := NewToken(rand.Reader); other == token {
		t.Error("the same token twice")
	}
}

func TestNoTokenWithoutRandomness(t *testing.T) {
	broken := errors.New("no entropy")
	for _, random := range []io.Reader{iotest.ErrReader(broken), strings.NewReader("too short")} {
		if token, hash, err := NewToken(random); err == nil || token != "" || hash != nil {
			t.Errorf("made %q from %T", token, random)
		}
	}
}

func TestAddressesOfFeeds(t *testing.T) {
	for base, want := range map[string]string{
		"https://rota.example.org":      "https://rota.example.org/feed/TOKEN.ics webcal://rota.example.org/feed/TOKEN.ics",
		"http://127.0.0.1:8080/":        "http://127.0.0.1:8080/feed/TOKEN.ics webcal://127.0.0.1:8080/feed/TOKEN.ics",
		"https://example.org/pcn/quay/": "https://example.org/pcn/quay/feed/TOKEN.ics webcal://example.org/pcn/quay/feed/TOKEN.ics",
	} {
		if got := FeedURL(base, "TOKEN") + " " + WebcalURL(base, "TOKEN"); got != want {
			t.Errorf("%s: got %s, want %s", base, got, want)
		}
	}
}
