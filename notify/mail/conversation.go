package mail

import (
	"bytes"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

// envelope is a message as it goes over the line: from whom, to whom, and the bytes between DATA and the final dot.
type envelope struct {
	from, to string // in angle brackets
	data     []byte // with dots doubled (RFC 5321 section 4.5.2) and the final one
}

// step is where in the conversation something went wrong.
type step string

// The steps, in their order.
const (
	saysSender    step = "MAIL FROM"
	saysRecipient step = "RCPT TO"
	asksForData   step = "DATA"
	sendsMessage  step = "the message"
	waitsForWord  step = "the end of the message"
)

// refusal is the answer to a step, or why there was none.
type refusal struct {
	step  step
	reply *textproto.Error // nil where the line broke, or what came was no refusal
	err   error
	over  bool // of the conversation nothing more can be expected
}

// Error gives the server's words, in one line.
func (r *refusal) Error() string {
	if r.reply == nil {
		return fmt.Sprintf("no answer to %s: %v", r.step, r.err)
	}
	return fmt.Sprintf("%d %s, in answer to %s", r.reply.Code, strings.ReplaceAll(r.reply.Msg, "\n", " "), r.step)
}

func (r *refusal) Unwrap() error { return r.err }

// code is that of the reply, 400 or more; 0 where there is none.
func (r *refusal) code() int {
	if r.reply == nil {
		return 0
	}
	return r.reply.Code
}

// enhanced is the status that most servers put before their words (RFC 2034), "" where there is none.
func (r *refusal) enhanced() string {
	if r.reply == nil {
		return ""
	}
	return enhancedStatus.FindString(r.reply.Msg)
}

var enhancedStatus = regexp.MustCompile(`\b[45]\.\d{1,3}\.\d{1,3}\b`)

// refusedAt reads an error of the line. A server that says 421 hangs up.
func refusedAt(at step, err error) *refusal {
	r := &refusal{step: at, err: err, over: true}
	if errors.As(err, &r.reply) && r.reply.Code < 400 {
		r.reply = nil
	}
	r.over = r.reply == nil || r.reply.Code == 421
	return r
}

// hand hands the envelope over. Where the server takes commands in one go (RFC 2920) that takes two exchanges, and
// otherwise four: on a long line they are what a message costs. None is needed to begin the next one.
func hand(line *smtp.Client, e envelope) *refusal {
	if no := ask(line, e.commands(line)); no != nil {
		return no
	}
	if err := write(line.Text, e.data); err != nil {
		return refusedAt(sendsMessage, err) // without the final dot no server takes it
	}
	if _, _, err := line.Text.ReadResponse(250); err != nil {
		return refusedAt(waitsForWord, err)
	}
	return nil
}

func write(text *textproto.Conn, data []byte) error {
	if _, err := text.W.Write(data); err != nil {
		return err
	}
	return text.W.Flush()
}

// command is a line to the server, and how the code of its reply should begin.
type command struct {
	step step
	line string
	want int
}

func (e envelope) commands(line *smtp.Client) []command {
	mail := "MAIL FROM:" + e.from
	if eightBit, _ := line.Extension("8BITMIME"); eightBit {
		mail += " BODY=8BITMIME"
	}
	return []command{{saysSender, mail, 250}, {saysRecipient, "RCPT TO:" + e.to, 25}, {asksForData, "DATA", 354}}
}

// ask says commands and gives the first refusal. Where the conversation can go on after it, what it was about is taken
// back.
func ask(line *smtp.Client, commands []command) *refusal {
	together := len(commands)
	if pipelining, _ := line.Extension("PIPELINING"); !pipelining {
		together = 1
	}
	for ; len(commands) > 0; commands = commands[together:] {
		no := askAtOnce(line.Text, commands[:together])
		if no == nil {
			continue
		}
		if !no.over {
			no.over = line.Reset() != nil
		}
		return no
	}
	return nil
}

// askAtOnce says all commands before it reads the first reply.
func askAtOnce(text *textproto.Conn, commands []command) (first *refusal) {
	var lines strings.Builder
	for _, c := range commands {
		if strings.ContainsAny(c.line, "\r\n") {
			return &refusal{step: c.step, err: errors.New("it has more than one line")}
		}
		lines.WriteString(c.line + "\r\n")
	}
	if err := write(text, []byte(lines.String())); err != nil {
		return refusedAt(commands[0].step, err)
	}
	for _, c := range commands {
		_, _, err := text.ReadResponse(c.want)
		switch {
		case err == nil && first != nil && c.step == asksForData:
			first.over = true // it waits for a message to nobody
		case err != nil && first == nil:
			first = refusedAt(c.step, err)
		}
		if first != nil && first.over {
			return first
		}
	}
	return first
}

// dotted makes of a message with lines that end in CR LF what goes over the line.
func dotted(message []byte) []byte {
	data := bytes.ReplaceAll(message, []byte("\r\n."), []byte("\r\n.."))
	if bytes.HasPrefix(data, []byte(".")) {
		data = append([]byte("."), data...)
	}
	if !bytes.HasSuffix(data, []byte("\r\n")) {
		data = append(data, "\r\n"...)
	}
	return append(data, ".\r\n"...)
}
