package inbox_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/inbox"
)

const (
	ours     = "rota.example"
	ourID    = "0123456789abcdef0123456789abcdef@rota.example"
	authserv = "mx.pcn.example"
	uid      = "on-call.first.20270327T1830@00112233445566778899aabbccddeeff.pcnrota"
)

// crlf gives a message as it comes over the wire.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// answer is what Outlook sends: outlook.com leaves ORGANIZER out.
func answer(status string) string {
	return crlf(`BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT=` + status + `;CN="Obi, Ada":mailto:Ada.Obi@PCN.example
COMMENT;LANGUAGE=en-GB:Thank you
UID:` + uid + `
SUMMARY;LANGUAGE=en-GB:Accepted: First on call
DTSTART;TZID=GMT Standard Time:20270327T183000
DTSTAMP:20270321T091500Z
SEQUENCE:2
END:VEVENT
END:VCALENDAR
`)
}

func replyMail(headers, ics string) string {
	return crlf(headers+`From: "Obi, Ada" <Ada.Obi@pcn.example>
To: rota@rota.example
Subject: Accepted: First on call
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="utf-8"

Thank you
--b1
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

`) + base64.StdEncoding.EncodeToString([]byte(ics)) + crlf("\n--b1--\n")
}

func read(t *testing.T, text string) inbox.Letter {
	t.Helper()
	l, err := inbox.Read(strings.NewReader(text), ours, authserv)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAnswers(t *testing.T) {
	for status, want := range map[string]calendar.Answer{"ACCEPTED": calendar.Accepted, "DECLINED": calendar.Declined, "TENTATIVE": calendar.Tentative} {
		l := read(t, replyMail("", answer(status)))
		if l.Reply == nil {
			t.Fatalf("%s: %+v", status, l)
		}
		at := time.Date(2027, 3, 21, 9, 15, 0, 0, time.UTC)
		if got, want := *l.Reply, (calendar.Reply{UID: uid, Sequence: 2, Stamp: at, Attendee: "ada.obi@pcn.example", Answer: want}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if l.From != "ada.obi@pcn.example" || l.Vouched {
			t.Errorf("from %q, vouched %t", l.From, l.Vouched)
		}
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"an invitation":       func(s string) string { return strings.Replace(s, "METHOD:REPLY", "METHOD:REQUEST", 1) },
		"no method":           func(s string) string { return strings.Replace(s, "METHOD:REPLY\r\n", "", 1) },
		"a delegation":        func(s string) string { return strings.Replace(s, "PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED", 1) },
		"nobody":              func(s string) string { return strings.Replace(s, "ATTENDEE", "X-ATTENDEE", 1) },
		"two people":          func(s string) string { return strings.Replace(s, "UID:", "ATTENDEE:mailto:b@pcn.example\r\nUID:", 1) },
		"no event":            func(s string) string { return strings.Replace(s, "UID:", "X-UID:", 1) },
		"a negative sequence": func(s string) string { return strings.Replace(s, "SEQUENCE:2", "SEQUENCE:-2", 1) },
		"no time":             func(s string) string { return strings.Replace(s, "DTSTAMP:", "X-DTSTAMP:", 1) },
		"one day of a series": func(s string) string {
			return strings.Replace(s, "SEQUENCE:2", "SEQUENCE:2\r\nRECURRENCE-ID:20270327T183000Z", 1)
		},
		"two events": func(s string) string {
			return strings.Replace(s, "END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT", 1)
		},
		"half of a calendar":         func(s string) string { return s[:len(s)/2] },
		"a calendar of great length": func(s string) string { return strings.Replace(s, "Thank you", strings.Repeat("x", 300<<10), 1) },
		"no calendar":                func(string) string { return "hello" },
		"an address that is none":    func(s string) string { return strings.Replace(s, "mailto:Ada", "tel:Ada", 1) },
	} {
		l := read(t, replyMail("", change(answer("ACCEPTED"))))
		if l.Reply != nil || l.Bounce != nil || l.Ignored == "" {
			t.Errorf("%s: got %+v", name, l)
		}
	}
}

func TestWhoVouchesForASender(t *testing.T) {
	for _, test := range []struct {
		headers string
		want    bool
	}{
		{"Authentication-Results: mx.pcn.example; dmarc=pass header.from=pcn.example\n", true},
		{"Authentication-Results: MX.pcn.example 1; spf=fail smtp.mailfrom=x.example; dkim=pass header.d=pcn.example header.s=a\n", true},
		{"Authentication-Results: mx.pcn.example;\n spf=pass (sender is ok; really) smtp.mailfrom=bounces@pcn.example\n", true},
		{"Authentication-Results: mx.pcn.example; dkim=pass header.i=@mail.pcn.example\n", false},
		{"Authentication-Results: mx.pcn.example; dkim=pass header.d=evil.example\n", false},
		{"Authentication-Results: mx.pcn.example; dkim=pass header.d=example\n", false},
		{"Authentication-Results: mx.pcn.example; dmarc=fail header.from=pcn.example; spf=pass smtp.mailfrom=pcn.example\n", false},
		{"Authentication-Results: mx.pcn.example; spf=pass (dmarc=pass header.from=pcn.example) smtp.mailfrom=evil.example\n", false},
		{"Authentication-Results: mx.pcn.example; spf=fail smtp.mailfrom=\"x; dmarc=pass header.from=pcn.example\"\n", false},
		{"Authentication-Results: mx.pcn.example; spf=fail (x \\) ; dmarc=pass header.from=pcn.example\n", false},
		{"Authentication-Results: mx.evil.example; dmarc=pass header.from=pcn.example\n", false},
		{"Authentication-Results: mx.pcn.example; none\nAuthentication-Results: mx.pcn.example; dmarc=pass header.from=pcn.example\n", false},
		{"", false},
	} {
		if l := read(t, replyMail(test.headers, answer("ACCEPTED"))); l.Vouched != test.want {
			t.Errorf("%s: got %t", test.headers, l.Vouched)
		}
	}
	if l, err := inbox.Read(strings.NewReader(replyMail("Authentication-Results: ; dmarc=pass header.from=pcn.example\n", answer("ACCEPTED"))), ours, ""); err != nil || l.Vouched {
		t.Errorf("without a mail server that is trusted: %+v (%v)", l, err)
	}
}

// report is a delivery report as Postfix writes it.
func report(status, action, about string) string {
	return crlf(`Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: rota@rota.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b2"

--b2
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
--b2
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sat, 20 Mar 2027 17:00:12 +0000

Final-Recipient: rfc822; ada.obi@pcn.example
Action: ` + action + `
Status: ` + status + `
Diagnostic-Code: smtp; 550 5.1.1 <ada.obi@pcn.example>: no such mailbox

--b2
Content-Type: text/rfc822-headers

In-Reply-To: <fedcba9876543210fedcba9876543210@rota.example>
Message-ID:
 <` + about + `>
References: <fedcba9876543210fedcba9876543210@rota.example>
From: rota@rota.example
Subject: On call

--b2--
`)
}

func TestReportsOfFailure(t *testing.T) {
	l := read(t, report("5.1.1", "failed", ourID))
	want := inbox.Bounce{MessageID: ourID, Permanent: true, Status: "5.1.1", Words: "550 5.1.1 <ada.obi@pcn.example>: no such mailbox"}
	if l.Bounce == nil || *l.Bounce != want {
		t.Errorf("got %+v, want %+v", l.Bounce, want)
	}
	if l := read(t, report("4.4.1", "failed", ourID)); l.Bounce == nil || l.Bounce.Permanent {
		t.Errorf("given up after days: got %+v", l.Bounce)
	}
	for name, text := range map[string]string{
		"a delay": report("4.4.1", "delayed", ourID), "a success": report("2.0.0", "delivered", ourID),
		"of somebody else's message": report("5.1.1", "failed", "0123456789abcdef0123456789abcdef@other.example"),
	} {
		if l := read(t, text); l.Bounce != nil || l.Ignored == "" {
			t.Errorf("%s: got %+v", name, l)
		}
	}
}

func TestReportsInPlainWords(t *testing.T) {
	plain := crlf("Return-Path: <>\nFrom: postmaster@old.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<ada@old.example>:\nno mailbox here by that name.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <" + ourID + ">\nSubject: On call\n")
	l := read(t, plain)
	if l.Bounce == nil || l.Bounce.MessageID != ourID || l.Bounce.Permanent || !strings.Contains(l.Bounce.Words, "no mailbox here") {
		t.Errorf("got %+v (%+v)", l.Bounce, l)
	}
	away := crlf("Return-Path: <>\nFrom: ada.obi@pcn.example\nAuto-Submitted: auto-replied (vacation)\nIn-Reply-To: <" + ourID + ">\n\nI am away.\n")
	if l := read(t, away); l.Bounce != nil || l.Ignored == "" {
		t.Errorf("somebody's absence is taken for a failure: %+v", l.Bounce)
	}
	person := crlf("Return-Path: <ada.obi@pcn.example>\nFrom: ada.obi@pcn.example\nIn-Reply-To: <" + ourID + ">\n\nI cannot do that night.\n")
	if l := read(t, person); l.Bounce != nil || l.Ignored == "" {
		t.Errorf("somebody's own words are taken for a failure: %+v", l.Bounce)
	}
}

func TestHostileMailIsRefusedOrIgnored(t *testing.T) {
	nested := strings.Builder{}
	for i := range 400 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n--b%d\r\n", i, i)
	}
	many := "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 5000) + "--b--\r\n"
	bomb := "Content-Type: text/calendar\r\nContent-Encoding: gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("H4sIAAAA", 400_000)
	for name, test := range map[string]struct {
		text   string
		refuse bool
	}{
		"too large":           {"Subject: x\r\n\r\n" + strings.Repeat("x\r\n", 3<<20), true},
		"a large header":      {strings.Repeat("X-A: "+strings.Repeat("y", 900)+"\r\n", 1000), true},
		"deep parts":          {nested.String(), true},
		"many parts":          {many, true},
		"a packed calendar":   {bomb, false},
		"an unknown charset":  {"Content-Type: text/calendar; charset=klingon\r\n\r\n" + answer("ACCEPTED"), false},
		"an unknown encoding": {"Content-Type: text/plain; charset=x\r\nContent-Transfer-Encoding: uuencode\r\n\r\nx", false},
		"no boundary":         {"Content-Type: multipart/mixed\r\n\r\nx", false},
		"one line":            {"x", true},
		"nothing":             {"", true},
		"NULs":                {strings.Repeat("\x00", 10_000), true},
	} {
		began := time.Now()
		l, err := inbox.Read(strings.NewReader(test.text), ours, authserv)
		if refused := errors.As(err, new(*inbox.Refused)); refused != test.refuse || err != nil && !refused {
			t.Errorf("%s: got %+v (%v)", name, l, err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(replyMail("Authentication-Results: mx.pcn.example; dmarc=pass header.from=pcn.example\n", answer("ACCEPTED"))))
	f.Add([]byte(report("5.1.1", "failed", ourID)))
	f.Add([]byte("Return-Path: <>\r\nFrom: a@b\r\n\r\n" + ourID))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := inbox.Read(bytes.NewReader(data), ours, authserv)
		switch {
		case err != nil && !errors.As(err, new(*inbox.Refused)):
			t.Errorf("an error that is no refusal: %v", err)
		case err == nil && (l.Reply == nil) == (l.Bounce == nil && l.Ignored == ""):
			t.Errorf("neither one nor the other: %+v", l)
		case l.Reply != nil && (l.Reply.UID == "" || !strings.Contains(l.Reply.Attendee, "@")):
			t.Errorf("half an answer: %+v", l.Reply)
		case l.Bounce != nil && !strings.HasSuffix(l.Bounce.MessageID, "@"+ours):
			t.Errorf("a report on somebody else's message: %+v", l.Bounce)
		case l.Bounce != nil && strings.ContainsAny(l.Bounce.Words, "\r\n"):
			t.Errorf("words of more than a line: %q", l.Bounce.Words)
		}
	})
}
