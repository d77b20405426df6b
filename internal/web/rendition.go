package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// rendition is a feed, ready to be sent. It is kept compressed, as nearly everybody takes it; from that the plain
// form can be had again.
type rendition struct {
	gzipped   form
	plainETag string
	modified  time.Time
}

// form is bytes with the strong ETag that names exactly these bytes.
type form struct {
	bytes []byte
	etag  string
}

func newForm(content []byte) form {
	sum := sha256.Sum256(content)
	return form{content, `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`}
}

// packers are used again and again: each has a megabyte of tables.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

func newRendition(content []byte, modified time.Time) *rendition {
	var packed bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&packed)
	z.Write(content) // into memory: cannot fail
	z.Close()
	return &rendition{newForm(bytes.Clone(packed.Bytes())), newForm(content).etag, modified.UTC()}
}

// identity is the same for renditions that are sent as the same bytes with the same stamps.
func (b *rendition) identity() string { return b.plainETag + b.modified.Format(time.RFC3339Nano) }

// unpack gives the plain form.
func (b *rendition) unpack() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b.gzipped.bytes))
	if err != nil {
		return nil, fmt.Errorf("unpack feed: %w", err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack feed: %w", err)
	}
	return content, nil
}

// modifiedAt is b with another time of its last change.
func (b *rendition) modifiedAt(t time.Time) *rendition {
	other := *b
	other.modified = t.UTC()
	return &other
}

// following settles when b was last modified, given what was sent before it. Some changes leave no stamp on
// any duty that is left: one is withdrawn, a name is corrected, a day falls out of the window. They count
// as made when they are noticed, so that If-Modified-Since, too, never hides one.
func (b *rendition) following(before *rendition, now time.Time) *rendition {
	switch {
	case b.plainETag == before.plainETag:
		return b.modifiedAt(before.modified)
	case !b.modified.Truncate(time.Second).After(before.modified):
		return b.modifiedAt(now)
	default:
		return b
	}
}

// acceptsGzip reads an Accept-Encoding field (RFC 9110 section 12.5.3).
func acceptsGzip(field string) bool {
	all := false // what "*" says, for encodings that are not named
	for entry := range strings.SplitSeq(field, ",") {
		coding, parameter, _ := strings.Cut(entry, ";")
		name, weight, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		wanted := true
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
			wanted = err == nil && q > 0
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return wanted
		case "*":
			all = wanted
		}
	}
	return all
}
