package follow

import (
	"fmt"
	"net/netip"
	"syscall"
)

// private lists the ranges that are nobody's on the public internet, or that lead back inside by another
// way (IANA special-purpose address registries, RFC 6890).
var private = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// public6 is all that is given out of IPv6 so far: loopback, link-local, unique local, multicast, mapped and
// translated addresses lie outside.
var public6 = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// isPublic reports whether ip is an address of the public internet.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if ip.Is6() && (ip.Zone() != "" || !public6.Contains(ip)) {
		return false
	}
	for _, p := range private {
		if p.Contains(ip) {
			return false
		}
	}
	return ip.IsValid()
}

// refusedError says that a connection was not made.
type refusedError struct{ to netip.AddrPort }

func (e refusedError) Error() string {
	return fmt.Sprintf("leads to %s, which is no address of the public internet", e.to.Addr())
}

// control refuses a connection after the name was looked up and before anything is sent. Allowed is an
// address and port that a test may reach all the same.
func control(allowed string) func(network, address string, c syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err == nil && (isPublic(to.Addr()) || allowed != "" && address == allowed) {
			return nil
		}
		return refusedError{to}
	}
}
