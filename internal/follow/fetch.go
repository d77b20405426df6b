package follow

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Limits of one visit.
const (
	maxBody      = 5 << 20 // octets, unpacked
	maxHeader    = 64 << 10
	maxRedirects = 5
	maxTime      = 30 * time.Second // for all of it
	maxTag       = 500              // octets of an ETag that is worth keeping
)

// Fetcher fetches calendars. It is safe for use by several goroutines.
type Fetcher struct {
	client *http.Client
}

// New makes a fetcher. Allowed, "127.0.0.1:8443", is one address besides those of the public internet that
// it may reach: for tests, and "" for everybody else.
func New(allowed string) *Fetcher {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: control(allowed)}
	return &Fetcher{&http.Client{
		Timeout: maxTime,
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would look names up where no refusal is possible
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 20 * time.Second,
			MaxResponseHeaderBytes: maxHeader, DisableKeepAlives: true, ForceAttemptHTTP2: true,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		},
		CheckRedirect: checkRedirect,
	}}
}

// sentence is an error that can be shown as it is: it holds nothing secret.
type sentence string

func (s sentence) Error() string { return string(s) }

// checkRedirect holds every step to the rules of the first, and does not tell the next machine where the
// last one was: the address is a secret.
func checkRedirect(next *http.Request, before []*http.Request) error {
	next.Header.Del("Referer")
	switch {
	case len(before) > maxRedirects:
		return sentence(fmt.Sprintf("redirects more than %d times", maxRedirects))
	case next.URL.Scheme != "https":
		return sentence("redirects to an address that is not https")
	case next.URL.User != nil:
		return sentence("redirects to an address with a user name in it")
	}
	return nil
}

// Answer is what a visit gave.
type Answer struct {
	Unchanged      bool   // nothing is new since the ETag or time that was given; Body is nil then
	Body           []byte // at most 5 MB
	ETag, Modified string // to give next time
}

// Fetch visits an https address. ETag and modified are those of the last answer, "" where there is none. The
// error is a sentence that begins with the name of the machine, and never holds the address.
func (f *Fetcher) Fetch(ctx context.Context, address, etag, modified string) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || r.URL.Scheme != "https" {
		return Answer{}, sentence("the address is no longer one that can be followed")
	}
	host := r.URL.Host
	r.Header.Set("Accept", "text/calendar, */*;q=0.1")
	r.Header.Set("User-Agent", "pcnrota")
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		r.Header.Set("If-Modified-Since", modified)
	}
	response, err := f.client.Do(r)
	if err != nil {
		return Answer{}, explain(host, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && (etag != "" || modified != "") {
		return Answer{Unchanged: true, ETag: etag, Modified: modified}, nil
	}
	if response.StatusCode != http.StatusOK {
		return Answer{}, sentence(host + " " + refusal(response.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	switch {
	case err != nil:
		return Answer{}, explain(host, err)
	case len(body) > maxBody:
		return Answer{}, sentence(fmt.Sprintf("%s sends more than %d MB", host, maxBody>>20))
	}
	return Answer{Body: body, ETag: worth(response, "ETag"), Modified: worth(response, "Last-Modified")}, nil
}

// worth gives a header that is to be sent back next time, "" where it is too long to be kept.
func worth(r *http.Response, name string) string {
	if value := r.Header.Get(name); len(value) <= maxTag {
		return value
	}
	return ""
}

// refusal says what a status means for whoever gave the address.
func refusal(status int) string {
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return fmt.Sprintf("has no calendar at that address any more (%d): ask its owner for a new one", status)
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Sprintf("does not let the calendar be read (%d): its owner must publish it", status)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return fmt.Sprintf("is busy (%d)", status)
	default:
		return fmt.Sprintf("answers %d instead of a calendar", status)
	}
}

// explain puts an error of the network into a sentence without any part of the address but the machine:
// errors of net/http hold all of it.
func explain(host string, err error) error {
	var (
		asked   *url.Error
		refused refusedError
		said    sentence
		name    *net.DNSError
		timeout net.Error
		cert    *tls.CertificateVerificationError
	)
	why := "cannot be reached"
	switch {
	case errors.As(err, &refused):
		why = refused.Error()
	case errors.As(err, &said):
		why = said.Error()
	case errors.As(err, &name) && name.IsNotFound:
		why = "is not known: no machine has that name"
	case errors.As(err, &cert):
		why = "shows a certificate that cannot be trusted"
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &timeout) && timeout.Timeout():
		why = fmt.Sprintf("does not answer within %d seconds", int(maxTime.Seconds()))
	case errors.As(err, &asked) && errors.Is(asked.Err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		why = "broke off in the middle"
	}
	return sentence(host + " " + why)
}
