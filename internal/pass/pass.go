package pass

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Purpose is what a pass is for. It also says in which table the number is: a pass for one purpose never does
// for another.
type Purpose string

const (
	SignIn      Purpose = "sign-in"     // to begin a session; number of the sign-in
	Confirm     Purpose = "confirm"     // to say that a message was seen; number of the confirmation that is asked for
	Answer      Purpose = "answer"      // to say whether one comes to a meeting; number of the message that asks
	Unsubscribe Purpose = "unsubscribe" // to get no more messages of a kind; number of the message
)

var purposes = []Purpose{SignIn, Confirm, Answer, Unsubscribe}

const (
	keyBytes   = 32
	proofBytes = 24 // 192 bits, which make 32 letters without padding or spare bits
	proofText  = proofBytes * 4 / 3
	longest    = 100 // characters; nothing longer is looked at
)

// Key is the secret with which one PCN makes its passes.
type Key [keyBytes]byte

// NewKey makes a key from random, which is crypto/rand.Reader outside of tests.
func NewKey(random io.Reader) (k Key, err error) {
	if _, err := io.ReadFull(random, k[:]); err != nil {
		return Key{}, fmt.Errorf("make key of passes: %w", err)
	}
	return k, nil
}

// String keeps the key out of logs and errors.
func (k Key) String() string { return "[key]" }

// GoString is String for %#v.
func (k Key) GoString() string { return k.String() }

// Make gives the pass for a row. The same row has the same pass, always.
func (k Key) Make(p Purpose, number int64) string {
	digits := strconv.FormatInt(number, 10)
	sum := hmac.New(sha256.New, k[:])
	io.WriteString(sum, "pcnrota pass\n"+string(p)+"\n"+digits)
	proof := base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:proofBytes])
	return string(p) + "." + proof + "." + digits
}

// Check tells what a pass is for, and the row. It reports false for whatever this key has not made, after
// work that does not depend on how nearly right the proof is.
func (k Key) Check(text string) (p Purpose, number int64, genuine bool) {
	p, number, ok := read(text)
	if !ok || subtle.ConstantTimeCompare([]byte(k.Make(p, number)), []byte(text)) != 1 {
		return "", 0, false
	}
	return p, number, true
}

// read takes a pass apart without looking at its proof. Each row has one way to be written.
func read(text string) (p Purpose, number int64, ok bool) {
	if len(text) > longest {
		return "", 0, false
	}
	for _, p := range purposes {
		rest, found := strings.CutPrefix(text, string(p)+".")
		if !found || len(rest) <= proofText || rest[proofText] != '.' {
			continue
		}
		digits := rest[proofText+1:]
		number, err := strconv.ParseInt(digits, 10, 64)
		return p, number, err == nil && number > 0 && digits == strconv.FormatInt(number, 10)
	}
	return "", 0, false
}

// URL gives the address of a pass: "https://rota.example.org/do/confirm....417".
func URL(baseURL, pass string) string {
	return strings.TrimRight(baseURL, "/") + Path + pass
}

// Path is what comes between the address of a PCN and a pass.
const Path = "/do/"

// Linker gives the function with which messages make their links.
func (k Key) Linker(baseURL string) func(purpose string, number int64) string {
	return func(purpose string, number int64) string {
		return URL(baseURL, k.Make(Purpose(purpose), number))
	}
}
