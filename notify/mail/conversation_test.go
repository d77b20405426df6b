package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

// clerk is a mail server that says what a test has it say, and keeps what it hears.
type clerk struct {
	offers []string            // extensions
	says   func(string) string // in answer to a command, by its first word; "" for what servers say

	mu       sync.Mutex
	heard    []string // first words of commands, a new connection as "connect"
	together int      // commands that had arrived before the one before them was answered
	messages []string
}

func (c *clerk) open(t *testing.T) mail.Options {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(conn)
		}
	}()
	return mail.Options{Host: "localhost", Port: listener.Addr().(*net.TCPAddr).Port, Encryption: mail.Plain}
}

func (c *clerk) serve(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewReader(conn)
	text := textproto.NewReader(lines)
	c.hear("connect", false)
	fmt.Fprint(conn, "220 ready\r\n")
	for {
		command, err := text.ReadLine()
		if err != nil {
			return
		}
		word, _, _ := strings.Cut(command, " ")
		c.hear(word, lines.Buffered() > 0)
		answer := c.answer(word)
		fmt.Fprint(conn, answer+"\r\n")
		switch {
		case word == "QUIT":
			return
		case word == "DATA" && strings.HasPrefix(answer, "354"):
			message, err := text.ReadDotBytes()
			if err != nil {
				return
			}
			c.mu.Lock()
			c.messages = append(c.messages, string(message))
			c.mu.Unlock()
			fmt.Fprint(conn, "250 2.0.0 taken\r\n")
		}
	}
}

func (c *clerk) hear(word string, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = append(c.heard, word)
	if more {
		c.together++
	}
}

func (c *clerk) answer(word string) string {
	if c.says != nil {
		if answer := c.says(word); answer != "" {
			return answer
		}
	}
	switch word {
	case "EHLO":
		return "250-mail.example\r\n250-" + strings.Join(append(c.offers, "SIZE"), "\r\n250-") + "\r\n250 HELP"
	case "DATA":
		return "354 go on"
	case "QUIT":
		return "221 bye"
	default:
		return "250 yes"
	}
}

func TestCommandsGoTogetherWhereTheServerTakesThemSo(t *testing.T) {
	commands := []string{"connect", "EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "QUIT"}
	for _, test := range []struct {
		offers   []string
		together bool
	}{{[]string{"PIPELINING", "8BITMIME"}, true}, {nil, false}} {
		office := &clerk{offers: test.offers}
		s := sender(t, office.open(t))
		for _, m := range []notify.Message{nightMessage(t), meetingMessage(t)} {
			if err := s.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
		s.Idle()
		office.mu.Lock()
		defer office.mu.Unlock()
		if !slices.Equal(office.heard, commands) || len(office.messages) != 2 {
			t.Errorf("offering %v it heard %v and took %d messages", test.offers, office.heard, len(office.messages))
		}
		if test.together != (office.together > 0) {
			t.Errorf("offering %v, %d commands came before the answer to the one before", test.offers, office.together)
		}
	}
}

// A server may refuse the only recipient and ask for the message all the same. It gets none, and the line is given up:
// whatever is said next would be that message.
func TestNoMessageIsGivenToAServerThatRefusedItsRecipient(t *testing.T) {
	refused := false
	office := &clerk{offers: []string{"PIPELINING"}}
	office.says = func(word string) string {
		if word != "RCPT" || refused {
			return ""
		}
		refused = true
		return "550 5.1.1 no such mailbox"
	}
	s := sender(t, office.open(t))
	if got := trouble(t, s.Send(t.Context(), nightMessage(t))); got.Trouble != notify.Permanent || !strings.Contains(got.Error(), "550 5.1.1 no such mailbox") {
		t.Errorf("got %s: %s", got.Trouble, got)
	}
	if err := s.Send(t.Context(), meetingMessage(t)); err != nil {
		t.Fatal(err)
	}
	office.mu.Lock()
	defer office.mu.Unlock()
	if want := []string{"connect", "EHLO", "MAIL", "RCPT", "DATA", "connect", "EHLO", "MAIL", "RCPT", "DATA"}; !slices.Equal(office.heard, want) {
		t.Errorf("it heard %v", office.heard)
	}
	if len(office.messages) != 1 || !strings.Contains(office.messages[0], "sam@harbourside.example") {
		t.Errorf("it has %d messages", len(office.messages))
	}
}

// What a server says that is neither yes nor no ends the conversation, and the message waits.
func TestAnAnswerOutOfPlaceIsNoRefusal(t *testing.T) {
	office := &clerk{says: func(word string) string {
		if word == "MAIL" {
			return "354 go on"
		}
		return ""
	}}
	if got := trouble(t, sender(t, office.open(t)).Send(t.Context(), nightMessage(t))); got.Trouble != notify.Unreachable {
		t.Errorf("got %s: %s", got.Trouble, got)
	}
}

// TestDots reads back what goes over the line as a server does.
func TestDots(t *testing.T) {
	for _, message := range []string{"", "one\r\n", ".\r\n", "a\r\n.\r\nb\r\n..c\r\n.d", ".one\r\n\r\n...\r\n"} {
		read, err := textproto.NewReader(bufio.NewReader(strings.NewReader(string(mail.Dotted([]byte(message))) + "QUIT\r\n"))).ReadDotBytes()
		want := strings.ReplaceAll(message, "\r\n", "\n")
		if err != nil || strings.TrimSuffix(string(read), "\n") != strings.TrimSuffix(want, "\n") {
			t.Errorf("%q arrives as %q, %v", message, read, err)
		}
	}
}

// Lines end as they must on the line, so that no server takes a part of a message for a command.
func TestNoLineOfAMessageEndsAlone(t *testing.T) {
	for _, sample := range mail.Samples() {
		body := string(compose(t, sample))
		if bare := strings.ReplaceAll(body, "\r\n", ""); strings.ContainsAny(bare, "\r\n") {
			t.Errorf("a message of the kind %q has a line that ends otherwise than with CR LF", sample.Reminder.Kind)
		}
	}
}
