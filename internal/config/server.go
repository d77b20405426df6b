package config

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// Server says where the feeds and the page are served.
type Server struct {
	Listen  string // host:port; the host is empty for all addresses of the machine
	BaseURL string // what links begin with, without a slash at the end
	NowPage bool   // the pages about the whole team are open to whoever reaches the server
	NowLink bool   // they are there for those who have a link to them

	Trusted []netip.Prefix // proxies that are believed when they say for whom they ask
	Cert    string         // path of the TLS certificate, PEM; "" without TLS
	Key     string         // path of its key
}

const defaultListen = "127.0.0.1:8080"

func readServer(s *section) Server {
	srv := Server{
		Listen: get(s, "listen", listen, defaultListen),
	}
	srv.NowPage, srv.NowLink = get(s, "now_page", pages, openPages).access()
	srv.Trusted = getList(s, "trusted_proxies", trusted)
	srv.Cert, srv.Key = readCertificate(s)
	srv.BaseURL = get(s, "base_url", baseURL, ownURL(srv.Listen, srv.Cert != ""))
	return srv
}

// readCertificate gives the paths of the TLS certificate and its key, which go together.
func readCertificate(s *section) (cert, key string) {
	const example = `tls_cert = "cert.pem", tls_key = "key.pem"`
	cert, key = get(s, "tls_cert", filled(`"cert.pem"`), ""), get(s, "tls_key", filled(`"key.pem"`), "")
	switch {
	case !s.sound("tls_cert", "tls_key"):
	case cert != "" && key == "":
		s.lack("tls_key", "is missing, and a tls_cert is given", example)
	case cert == "" && key != "":
		s.lack("tls_cert", "is missing, and a tls_key is given", example)
	}
	return s.besideFile(cert), s.besideFile(key)
}

// besideFile is where a path leads that is written in the file: from its own folder on.
func (s *section) besideFile(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(s.r.file), path)
}

// trusted takes the address of a proxy, or of a network of them.
var trusted = words(`"10.0.0.5"`, func(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	switch {
	case err != nil:
		return p, refusal{problem: "is not an address or a network, like 10.0.0.5 or 10.0.0.0/24"}
	case p.Bits() == 0:
		return p, refusal{problem: "is every address there is: whoever asks would be believed"}
	}
	return p.Masked(), nil
})

// access says who sees the pages about the whole team.
type access string

const (
	openPages   access = "true"
	linkedPages access = "link"
	noPages     access = "false"
)

func (a access) access() (open, byLink bool) { return a == openPages, a == linkedPages }

// pages takes true, false or "link".
var pages = want[access]{"true", func(n *node) (access, error) {
	switch {
	case n.kind == isFlag && n.raw == "true":
		return openPages, nil
	case n.kind == isFlag:
		return noPages, nil
	case n.kind == isText && n.text == string(linkedPages):
		return linkedPages, nil
	case n.kind == isText && (n.text == "true" || n.text == "false"):
		return "", refusal{problem: "has quotation marks, which only \"link\" has", instead: n.text}
	default:
		return "", refusal{problem: "is none of true, \"link\" and false", instead: `"link"`}
	}
}}

var listen = words(strconv.Quote(defaultListen), func(s string) (string, error) {
	host, port, err := net.SplitHostPort(s)
	n, notNumber := strconv.ParseUint(port, 10, 16)
	if err != nil || notNumber != nil || strconv.FormatUint(n, 10) != port || !isHost(host) && host != "" {
		return "", refusal{problem: "is not an address and a port, like 127.0.0.1:8080"}
	}
	return s, nil
})

// baseURL takes what links begin with.
var baseURL = words(`"https://rota.example.nhs.uk"`, func(s string) (string, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || !isHost(u.Hostname()) || u.Opaque != "":
		return "", refusal{problem: "is not a web address that begins with https:// or http://"}
	case u.User != nil:
		return "", refusal{problem: "has a user name in it"}
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(s, "#"):
		return "", refusal{problem: "has a ? or # in it: links are made by adding to its end"}
	}
	return strings.TrimRight(s, "/"), nil
})

// ownURL is how the machine itself reaches a server that listens there.
func ownURL(listen string, secure bool) string {
	host, port, _ := net.SplitHostPort(listen)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if secure {
		return "https://" + net.JoinHostPort(host, port)
	}
	return "http://" + net.JoinHostPort(host, port)
}

// isHost reports whether s can be the name or address of a machine.
func isHost(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		odd := strings.ContainsFunc(label, func(c rune) bool {
			return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-'
		})
		if label == "" || odd || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return true
}

// isLoopback reports whether a host is this machine itself.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
