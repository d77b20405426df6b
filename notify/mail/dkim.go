package mail

import (
	"crypto"
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Signature signs messages for a domain (DKIM, RFC 6376), so that whoever receives them can tell that they are
// ours. Most relays sign for their customers; this is for those that do not.
type Signature struct {
	domain, selector string
	key              crypto.Signer
}

// What a signature covers. A name that stands twice cannot be added on the way either: the second stands for a
// header that is not there (RFC 6376 section 5.4.2). A mail program unsubscribes at one click only where the
// signature covers how (RFC 8058 section 4), so those messages have a list of their own: go-mail breaks a list of
// more than 75 octets within a name, and then nobody can verify it.
var (
	covered         = []string{"From", "From", "To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
	coveredWithList = []string{"From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"}
)

// NewSignature reads a private key, RSA or Ed25519 as PEM. Its public half stands in the DNS under
// SELECTOR._domainkey.DOMAIN.
func NewSignature(domain, selector string, key []byte) (*Signature, error) {
	private, err := gomail.PrivKeyFromPEM(key)
	if err != nil {
		return nil, fmt.Errorf("read the DKIM key: %w", err)
	}
	if err := gomail.NewDKIMSigner(domain, selector, private).ValidateConfig(); err != nil {
		return nil, fmt.Errorf("use the DKIM key: %w", err)
	}
	return &Signature{domain, selector, private}, nil
}

// on has a letter signed as it is written, with its own date for the time of signing.
func (s *Signature) on(letter *gomail.Msg, date time.Time) {
	if s == nil {
		return
	}
	signer := gomail.NewDKIMSigner(s.domain, s.selector, s.key)
	signer.NowFunc = func() time.Time { return date }
	signer.SignHeaders(covered...)
	if len(letter.GetGenHeader(gomail.HeaderListUnsubscribe)) > 0 {
		signer.SignHeaders(coveredWithList...)
	}
	letter.SetDKIM(signer)
}
