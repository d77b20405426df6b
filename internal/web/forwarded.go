package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the addresses whose word is taken for who asks.
type proxies []netip.Prefix

func (p proxies) hold(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// settle gives r as it would have come without the proxies that are trusted: RemoteAddr is that of the client, and
// URL.Scheme is "https" where the client asked over TLS, otherwise "http". What anybody else says in forwarding
// headers is taken out, so that nothing further in can believe it.
func (p proxies) settle(r *http.Request) *http.Request {
	settled, address := *r, *r.URL
	settled.URL = &address
	address.Scheme = "http"
	if r.TLS != nil {
		address.Scheme = "https"
	}
	if peer := addressOf(r.RemoteAddr); p.hold(peer) {
		if client := p.client(r.Header.Values("X-Forwarded-For")); client.IsValid() {
			settled.RemoteAddr = net.JoinHostPort(client.String(), "0")
		}
		if said := r.Header.Get("X-Forwarded-Proto"); said == "https" || said == "http" {
			address.Scheme = said
		}
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
		settled.Header.Del(name)
	}
	return &settled
}

// client is the last address in the lists that is not a proxy of ours: what stands before it anybody may have
// written.
func (p proxies) client(lists []string) (client netip.Addr) {
	hops := strings.Split(strings.Join(lists, ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := addressOf(strings.TrimSpace(hops[i]))
		if !hop.IsValid() {
			return client
		}
		if client = hop; !p.hold(hop) {
			return client
		}
	}
	return client
}

// addressOf reads an address with or without a port; one that is none is not valid. IPv4 in the clothes of IPv6
// is IPv4.
func addressOf(s string) netip.Addr {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone("")
	}
	a, _ := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone("")
}
