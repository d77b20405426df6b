package config

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Server says where the feeds and the page are served.
type Server struct {
	Listen  string // host:port; the host is empty for all addresses of the machine
	BaseURL string // what links begin with, without a slash at the end
	NowPage bool   // the page "who is on call now" is open to whoever reaches the server
}

const defaultListen = "127.0.0.1:8080"

func readServer(s *section) Server {
	srv := Server{
		Listen:  get(s, "listen", listen, defaultListen),
		NowPage: get(s, "now_page", truth(true), true),
	}
	srv.BaseURL = get(s, "base_url", baseURL, ownURL(srv.Listen))
	return srv
}

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
func ownURL(listen string) string {
	host, port, _ := net.SplitHostPort(listen)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
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
