package web

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificateLook is how long a certificate is used before its files are looked at again.
const certificateLook = 10 * time.Second

// Certificate is a TLS certificate in two files, which may be renewed while it is in use.
type Certificate struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	written [2]time.Time // the files, as current came of them or was refused
	looked  time.Time
}

// LoadCertificate reads a certificate and its key, both PEM.
func LoadCertificate(cert, key string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{cert: cert, key: key, log: log}
	c.written = c.stamps()
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("read the TLS certificate: %w", err)
	}
	c.current, c.looked = &pair, time.Now()
	return c, nil
}

// get gives the certificate as the files have it. Where new files cannot be used, the old ones stay in use.
func (c *Certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < certificateLook {
		return c.current, nil
	}
	c.looked = time.Now()
	if written := c.stamps(); written != c.written {
		c.written = written
		pair, err := tls.LoadX509KeyPair(c.cert, c.key)
		if err != nil {
			c.log.Error("the new TLS certificate cannot be used; the one before stays in use", "problem", err)
			return c.current, nil
		}
		c.current = &pair
		c.log.Info("the TLS certificate was renewed", "until", pair.Leaf.NotAfter)
	}
	return c.current, nil
}

func (c *Certificate) stamps() (written [2]time.Time) {
	for i, path := range []string{c.cert, c.key} {
		if info, err := os.Stat(path); err == nil {
			written[i] = info.ModTime()
		}
	}
	return written
}
