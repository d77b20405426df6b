package web

import (
	"net"
	"net/netip"
	"sync"
)

// How many connections there may be at a time. Whoever opens more than its part finds them closed; a proxy that is
// trusted stands for many, and only the whole limits it.
const (
	connectionsInAll     = 8192
	connectionsOfAClient = 256
)

// crowd is a listener that keeps one client from taking all the connections there are.
type crowd struct {
	net.Listener
	trusted proxies

	mu  sync.Mutex
	all int
	of  map[netip.Addr]int
}

// Accept waits for the next connection that there is room for.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		who := neighbourhood(addressOf(conn.RemoteAddr().String()))
		if c.enter(who) {
			return &member{Conn: conn, leave: sync.OnceFunc(func() { c.leave(who) })}, nil
		}
		conn.Close()
	}
}

func (c *crowd) enter(who netip.Addr) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= connectionsInAll || c.of[who] >= connectionsOfAClient && !c.trusted.hold(who) {
		return false
	}
	c.all++
	c.of[who]++
	return true
}

func (c *crowd) leave(who netip.Addr) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.of[who]--; c.of[who] == 0 {
		delete(c.of, who)
	}
}

// member is a connection that makes room when it is closed.
type member struct {
	net.Conn
	leave func()
}

func (m *member) Close() error {
	m.leave()
	return m.Conn.Close()
}
