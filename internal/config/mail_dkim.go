package config

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// DKIM says how messages are signed for their domain. The zero value signs nothing.
type DKIM struct {
	Domain   string
	Selector string
	Key      Secret // PEM
}

// readDKIM reads the signature of messages that come from an address.
func readDKIM(s *section, from string) DKIM {
	_, usual, _ := strings.Cut(from, "@")
	d := DKIM{
		Selector: get(s, "dkim_selector", words(`"rota"`, parseSelector), ""),
		Domain:   get(s, "dkim_domain", words(`"example.nhs.uk"`, parseDomain), usual),
	}
	path := get(s, "dkim_key_file", filled(`"dkim.pem"`), "")
	if !s.sound("dkim_selector", "dkim_domain", "dkim_key_file", "from") {
		return DKIM{}
	}
	switch {
	case path == "" && !s.has("dkim_selector") && !s.has("dkim_domain"):
		return DKIM{}
	case path == "":
		s.lack("dkim_key_file", "is missing, and other settings of DKIM are given", `dkim_key_file = "dkim.pem"`)
		return DKIM{}
	case d.Selector == "":
		s.lack("dkim_selector", "is missing: it is the name of the key in the DNS, before ._domainkey", `dkim_selector = "rota"`)
		return DKIM{}
	case usual != d.Domain && !strings.HasSuffix(usual, "."+d.Domain):
		s.refuse("dkim_domain", s.ask("dkim_domain"), fmt.Sprintf("is not the domain of the sender, %s, or above it: the signature would not count (DMARC)", from), "leave it out")
		return DKIM{}
	}
	var err error
	if d.Key, err = keyIn(beside(s, path)); err != nil {
		s.refuse("dkim_key_file", s.ask("dkim_key_file"), err.Error(), "openssl genrsa -out dkim.pem 2048")
	}
	return d
}

var dnsLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$`)

func parseSelector(s string) (string, error) {
	if !dnsLabel.MatchString(s) || len(s) > 63 {
		return "", refusal{problem: "is not the name of a key in the DNS"}
	}
	return s, nil
}

func parseDomain(s string) (string, error) {
	if !dnsLabel.MatchString(s) || !strings.Contains(s, ".") || len(s) > 200 {
		return "", refusal{problem: "is not a domain"}
	}
	return s, nil
}

// keyIn gives the key in a file, or the end of a sentence that says why there is none.
func keyIn(path string) (Secret, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", fmt.Errorf("names a file that cannot be read: %s", reason(err))
	case !info.Mode().IsRegular() || info.Size() > maxPassword:
		return "", errors.New("names something that is no key")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("names a file that cannot be read: %s", reason(err))
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return "", errors.New("names a file with no private key (PEM) in it")
	}
	if !usableKey(block) {
		return "", errors.New("names a file whose key is neither RSA, of 1024 bits or more, nor Ed25519")
	}
	return Secret(data), nil
}

// usableKey reports whether a key is one that DKIM knows (RFC 8301, RFC 8463).
func usableKey(block *pem.Block) bool {
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key.N.BitLen() >= 1024
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return false
	}
	switch key := key.(type) {
	case ed25519.PrivateKey:
		return true
	case *rsa.PrivateKey:
		return key.N.BitLen() >= 1024
	}
	return false
}
