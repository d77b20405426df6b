package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// tokenBytes is the length of a link's secret: 256 bits, which nobody guesses.
const tokenBytes = 32

// NewToken makes the secret of a new link from random, which is crypto/rand.Reader outside of tests.
// The token goes into the address and is shown once; the hash is what is kept.
func NewToken(random io.Reader) (token string, hash []byte, err error) {
	secret := make([]byte, tokenBytes)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", nil, fmt.Errorf("make secret link: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	return token, HashToken(token), nil
}

// HashToken gives the SHA-256 of a token as it stands in the address. A plain hash is enough: there is
// no dictionary of 256 random bits.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// FeedURL gives the address at which a feed is served: "https://rota.example.org/feed/TOKEN.ics".
func FeedURL(baseURL, token string) string {
	return strings.TrimRight(baseURL, "/") + "/feed/" + token + ".ics"
}

// WebcalURL gives FeedURL's address in the form that opens a phone's calendar when tapped. The scheme is
// always webcal: iOS does not know webcals.
func WebcalURL(baseURL, token string) string {
	_, rest, _ := strings.Cut(FeedURL(baseURL, token), "://")
	return "webcal://" + rest
}

// PageURL gives the address of the pages about the whole team behind a link: "https://rota.example.org/see/TOKEN/".
func PageURL(baseURL, token string) string {
	return strings.TrimRight(baseURL, "/") + "/see/" + token + "/"
}

// MyURL gives the address of a leader's own page, which the token of their calendar opens.
func MyURL(baseURL, token string) string {
	return strings.TrimRight(baseURL, "/") + "/my/" + token
}
