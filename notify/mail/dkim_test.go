package mail_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"pcnrota/notify/mail"
)

func TestAnotherLibraryVerifiesTheSignature(t *testing.T) {
	_, small, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	large, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for kind, key := range map[string]any{"ed25519": small, "rsa": large} {
		t.Run(kind, func(t *testing.T) {
			der, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil {
				t.Fatal(err)
			}
			l := letterhead(t)
			if l.DKIM, err = mail.NewSignature("harbourside.example", "rota", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})); err != nil {
				t.Fatal(err)
			}
			b, err := l.Compose(nightMessage(t))
			if err != nil {
				t.Fatal(err)
			}
			options := &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
				if name != "rota._domainkey.harbourside.example" {
					t.Errorf("the key is looked for under %s", name)
				}
				return []string{"v=DKIM1; k=" + kind + "; p=" + publicHalf(t, key)}, nil
			}}
			for name, change := range map[string]func([]byte) []byte{
				"":                 func(b []byte) []byte { return b },
				"another time":     func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("18:30"), []byte("19:30")) },
				"another subject":  func(b []byte) []byte { return bytes.Replace(b, []byte("Subject: On"), []byte("Subject: Off"), 1) },
				"another sender":   func(b []byte) []byte { return append([]byte("From: eve@example.com\r\n"), b...) },
				"another receiver": func(b []byte) []byte { return append([]byte("To: eve@example.com\r\n"), b...) },
			} {
				results, err := dkim.VerifyWithOptions(bytes.NewReader(change(b)), options)
				if err != nil || len(results) != 1 {
					t.Fatalf("got %v (%v)", results, err)
				}
				if (results[0].Err == nil) != (name == "") {
					t.Errorf("changed to %q: %v", name, results[0].Err)
				}
			}
		})
	}
}

func publicHalf(t *testing.T, key any) string {
	t.Helper()
	switch key := key.(type) {
	case ed25519.PrivateKey:
		return base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	case *rsa.PrivateKey:
		der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(der)
	}
	t.Fatalf("%T", key)
	return ""
}

func TestAKeyThatIsNone(t *testing.T) {
	for _, key := range []string{"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := mail.NewSignature("harbourside.example", "rota", []byte(key)); err == nil {
			t.Errorf("%q is taken for a key", key)
		}
	}
}
