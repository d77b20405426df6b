package pass

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"math"
	"strings"
	"testing"
)

func newKey(t testing.TB) Key {
	t.Helper()
	k, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAPassTellsWhatItIsFor(t *testing.T) {
	k := newKey(t)
	for _, p := range purposes {
		for _, number := range []int64{1, 9, 417, math.MaxInt64} {
			made := k.Make(p, number)
			gotPurpose, gotNumber, genuine := k.Check(made)
			if !genuine || gotPurpose != p || gotNumber != number {
				t.Errorf("%s: got %q %d %v", made, gotPurpose, gotNumber, genuine)
			}
			if made != k.Make(p, number) {
				t.Errorf("%s %d has two passes", p, number)
			}
		}
	}
}

// The bytes of a pass are a promise: messages that were sent hold them.
func TestAPassKeepsItsBytes(t *testing.T) {
	k, err := NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	const want = "confirm.ka_9IuT19Kp16kesRDTwKW4bhl2JYgSu.417"
	if got := k.Make(Confirm, 417); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatTheKeyHasNotMadeIsRefused(t *testing.T) {
	k, other := newKey(t), newKey(t)
	good := k.Make(Confirm, 417)
	proof := strings.Split(good, ".")[1]
	flipped := []byte(good)
	flipped[len("confirm.")] ^= 1
	for name, text := range map[string]string{
		"nothing":             "",
		"another key":         other.Make(Confirm, 417),
		"another purpose":     "sign-in." + proof + ".417",
		"another row":         "confirm." + proof + ".418",
		"one bit":             string(flipped),
		"zeros before":        "confirm." + proof + ".0417",
		"a plus":              "confirm." + proof + ".+417",
		"something after":     good + "x",
		"a line after":        good + "\r\nSet-Cookie: a=b",
		"no row":              "confirm." + proof + ".",
		"row 0":               k.Make(Confirm, 0),
		"a row below 0":       k.Make(Confirm, -1),
		"an unknown purpose":  k.Make("delete", 417),
		"no purpose":          k.Make("", 417),
		"a short proof":       "confirm." + proof[1:] + ".417",
		"too large a number":  "confirm." + proof + ".99999999999999999999",
		"a very long purpose": strings.Repeat("confirm", 1<<16) + good,
	} {
		if p, number, genuine := k.Check(text); genuine || p != "" || number != 0 {
			t.Errorf("%s: %.80q was taken for %q %d", name, text, p, number)
		}
	}
}

func TestPassesSurviveMail(t *testing.T) {
	k := newKey(t)
	for number := range int64(200) {
		made := k.Make(SignIn, number+1)
		if strings.Trim(made, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" {
			t.Errorf("%s has a letter that an address must escape", made)
		}
		if last := made[len(made)-1]; last < '0' || last > '9' {
			t.Errorf("%s ends in %q, which mail programs may cut off", made, last)
		}
	}
	link := k.Linker("https://rota.example.org/harbourside/")("confirm", 417)
	if want := "https://rota.example.org/harbourside/do/" + k.Make(Confirm, 417); link != want {
		t.Errorf("got %s, want %s", link, want)
	}
}

func TestAKeyIsNotPrinted(t *testing.T) {
	k := newKey(t)
	text := fmt.Sprintf("%v %+v %s %#v", k, k, k, struct{ K Key }{k})
	if strings.Contains(text, fmt.Sprint(k[0], " ", k[1])) || strings.Count(text, "[key]") != 4 {
		t.Errorf("got %s", text)
	}
}

func TestNoKeyOfTooLittleChance(t *testing.T) {
	if _, err := NewKey(strings.NewReader("too short")); err == nil {
		t.Error("a key was made of nine bytes")
	}
}

// FuzzCheck: whatever is let through is what Make writes for that row, byte for byte.
func FuzzCheck(f *testing.F) {
	k := newKey(f)
	f.Add(k.Make(Confirm, 417))
	f.Add("sign-in.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.1")
	f.Add("confirm..")
	f.Add("unsubscribe.\x00.\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, number, genuine := k.Check(text)
		if genuine && k.Make(p, number) != text {
			t.Errorf("%q passes for %s %d", text, p, number)
		}
		// The reader alone takes no two spellings of one row: with the right proof there is one text.
		if p, number, ok := read(text); ok {
			own := k.Make(p, number)
			if len(own) != len(text) {
				t.Errorf("%q and %q are the same row", text, own)
			}
		}
	})
}
