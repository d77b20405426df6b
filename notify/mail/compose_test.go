package mail_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	gomessage "github.com/emersion/go-message/mail"

	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func letterhead(t testing.TB) mail.Letterhead {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return mail.Letterhead{
		PCN: "Harbourside PCN", Zone: zone, From: "rota@harbourside.example", ReplyTo: "manager@harbourside.example",
		Link: "https://rota.harbourside.example/", Base: "https://rota.harbourside.example", PCNID: "00112233445566778899aabbccddeeff",
		Pass: func(purpose string, number int64) string {
			return fmt.Sprintf("https://rota.harbourside.example/do/%s.s3cret.%d", purpose, number)
		},
	}
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func span(t testing.TB, m *notify.Message, start, end string) {
	t.Helper()
	zone := letterhead(t).Zone
	m.Span = rota.Span{Start: at(t, start), End: at(t, end)}
	m.Start, m.End = rota.CivilOf(m.Span.Start, zone), rota.CivilOf(m.Span.End, zone)
}

func nightMessage(t testing.TB) notify.Message {
	m := notify.Message{
		Reminder: notify.Reminder{
			Key: "duty/on-call.first.20270327T1830/20270327T183000Z/L01/7d17:00", Kind: notify.Duty, About: "on-call.first.20270327T1830", Leader: "L01",
			Due: at(t, "2027-03-20T17:00:00Z"), Reason: "7 days before, 17:00",
			MessageID: "0123456789abcdef0123456789abcdef@harbourside.example", Attempts: 1,
		},
		Date: at(t, "2027-03-20T17:00:12Z"), Thread: "fedcba9876543210fedcba9876543210@harbourside.example",
		To:   rota.Leader{ID: "L01", Name: "Dr Zoë O’Brien", Email: "zoe@harbourside.example"},
		What: "First on call", Line: "Leadership on call",
		With: []notify.Colleague{{Name: "Sam Ng", What: "Second on call", Phone: "07700 900123"}},
	}
	span(t, &m, "2027-03-27T18:30:00Z", "2027-03-28T07:00:00Z") // the clocks go forward in that night
	return m
}

func meetingMessage(t testing.TB) notify.Message {
	m := notify.Message{
		Reminder: notify.Reminder{
			Key: "meeting/m3.20270715/20270715T120000Z/L02/1d17:00", Kind: notify.Meeting, Leader: "L02",
			Due: at(t, "2027-07-14T16:00:00Z"), Reason: "1 day before, 17:00",
			MessageID: "00112233445566778899aabbccddeeff@harbourside.example", Attempts: 3,
		},
		Date: at(t, "2027-07-15T06:30:00Z"), Thread: "ffeeddccbbaa99887766554433221100@harbourside.example",
		To:   rota.Leader{ID: "L02", Name: "Sam Ng", Email: "sam@harbourside.example"},
		What: "LMC liaison <monthly> & papers", Line: "LMC", Place: "Meeting room 2, Harbour House",
		With: []notify.Colleague{{Name: "Dr Zoë O’Brien"}, {Name: "Ana Costa"}},
	}
	span(t, &m, "2027-07-15T12:00:00Z", "2027-07-15T13:30:00Z")
	return m
}

func summaryMessage(t testing.TB) notify.Message {
	return notify.Message{
		Reminder: notify.Reminder{
			Key: "gaps/2027-W13", Kind: notify.Gaps, About: "2027-W13", Due: at(t, "2027-03-29T07:00:00Z"), Reason: "every Monday, 08:00",
			MessageID: "0011223344556677aabbccddeeff8899@harbourside.example", Attempts: 1,
		},
		Date: at(t, "2027-03-29T07:00:08Z"), Thread: "9988ffeeddccbbaa7766554433221100@harbourside.example",
		To: rota.Leader{Name: "PCN manager", Email: "manager@harbourside.example"},
		Matters: []notify.Matter{
			{Urgency: rota.Urgent, Says: "on-call: nobody is on call first, Wed 31 Mar 2027 18:30 to Thu 1 Apr 2027 08:00", Do: "pcnrota cover find on-call.first.20270331T1830"},
			{Urgency: rota.Later, Says: "GMC registration of Dr Zoë <O’Brien> ends on Mon 31 May 2027, within 90 days", Do: "pcnrota leader edit L01 --registration-expires DAY, once it is renewed"},
		},
	}
}

// calmMessage is a summary with nothing to tell, a day late.
func calmMessage(t testing.TB) notify.Message {
	m := summaryMessage(t)
	m.Matters, m.Date = nil, m.Date.AddDate(0, 0, 1)
	return m
}

// newRotaMessage tells of a night every week for nine weeks, of which nobody had any before.
func newRotaMessage(t testing.TB) notify.Message {
	t.Helper()
	zone := letterhead(t).Zone
	m := mail.Sample(notify.Change)
	night := m.Moves[0]
	m.Moves = nil
	for week := range 9 {
		start, end := night.Is.Start, night.Is.End
		start.Date, end.Date = start.Date.AddDays(7*week), end.Date.AddDays(7*week)
		next := night
		next.New, next.Other = true, notify.Colleague{}
		next.Is = &notify.Slot{Start: start, End: end, Span: rota.Span{Start: start.Instant(zone), End: end.Instant(zone)}}
		m.Moves = append(m.Moves, next)
	}
	return m
}

// goldens are the messages of which testdata has every byte: one of each kind, and some in other circumstances.
func goldens(t testing.TB) map[string]notify.Message {
	all := map[string]notify.Message{
		"clocks-change": nightMessage(t), "late-meeting": meetingMessage(t), "summary": summaryMessage(t), "calm": calmMessage(t),
	}
	for _, m := range mail.Samples() {
		all[string(m.Reminder.Kind)] = m
	}
	all["meeting-deputy"] = deputyMessage()
	late := mail.Sample(notify.Responsibility)
	late.Since = late.Start.Date.AddDays(-7)
	all["responsibility-overdue"] = late
	late.Second = true
	all["responsibility-overdue-deputy"] = late
	for i, name := range []string{"invitation-meeting", "invitation-meeting-moved", "cancellation-meeting"} {
		all[name] = meetingInvitation(i)
	}
	offered := mail.Sample(notify.SwapAnswered)
	offered.Reminder.News.Offer.State, offered.Reminder.News.Offer.Says = rota.OfferAccepted, ""
	offered.To = rota.Leader{Name: "PCN manager", Email: "manager@harbourside.example"}
	all["swap-to-approve"] = offered
	all["new-rota"] = newRotaMessage(t)
	moved := mail.Sample(notify.Change)
	moved.Moves, moved.Reminder.ConfirmBy = moved.Moves[2:], time.Time{}
	all["change-of-time"] = moved
	gone := mail.Sample(notify.Change)
	gone.Moves, gone.Reminder.ConfirmBy = gone.Moves[1:2], time.Time{}
	all["change-lost"] = gone
	refused := mail.Sample(notify.AbsenceDecided)
	refused.Reminder.News.Absence.State = rota.Refused
	refused.Reminder.News.Absence.Begin.Time, refused.Reminder.News.Absence.End.Time = 9*60, 13*60
	all["absence-refused"] = refused
	return all
}

// deputyMessage reminds whoever stands by, and has accepted that.
func deputyMessage() notify.Message {
	m := mail.Sample(notify.Meeting)
	g := *m.Going
	g.Deputises, g.Deputy, g.Link, g.Actions, g.Answer = true, "", "", nil, rota.Accepted
	m.Going = &g
	return m
}

// meetingInvitation is the step of an exchange about one meeting: its invitation, its update, its cancellation.
func meetingInvitation(step int) notify.Message {
	kind := []notify.Kind{notify.Invitation, notify.Invitation, notify.Cancellation}[step]
	meeting, m := mail.Sample(notify.Meeting), mail.Sample(kind)
	slot := &notify.Slot{Start: meeting.Start, End: meeting.End, Span: meeting.Span}
	later := &notify.Slot{Start: meeting.Start, End: meeting.End, Span: meeting.Span}
	later.Start.Time, later.End.Time = later.Start.Time+30, later.End.Time+30
	later.Span = rota.Span{Start: slot.Span.Start.Add(30 * time.Minute), End: slot.Span.End.Add(30 * time.Minute)}
	move := notify.Moved{What: "Representative", Line: meeting.What}
	move.Duty, move.Rota, move.Tier = rota.SittingID(rota.Representative, "m3.20270327"), rota.Meetings, rota.Representative
	move.Was, move.Is = []*notify.Slot{nil, slot, later}[step], []*notify.Slot{slot, later, nil}[step]
	m.Moves, m.Place, m.Going, m.Reminder.News.Sequence = []notify.Moved{move}, meeting.Place, meeting.Going, step
	m.Reminder.News.At = m.Reminder.News.At.AddDate(0, 0, step)
	return m
}

func TestComposeGoldens(t *testing.T) {
	for name, m := range goldens(t) {
		t.Run(name, func(t *testing.T) {
			got := compose(t, m)
			golden := filepath.Join("testdata", name+".eml")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the message differs from %s; run with -update and look at the difference\n%s", golden, got)
			}
			if again := compose(t, m); !bytes.Equal(got, again) {
				t.Error("the same message composed again has other bytes")
			}
		})
	}
}

// TestEveryGoldenIsComposed keeps testdata free of messages that nothing makes any more.
func TestEveryGoldenIsComposed(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) != len(goldens(t)) {
		t.Errorf("testdata has %d messages, and %d are composed (%v)", len(files), len(goldens(t)), err)
	}
}

func compose(t testing.TB, m notify.Message) []byte {
	t.Helper()
	b, err := letterhead(t).Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parsed is a message as another library reads it.
type parsed struct {
	header gomessage.Header
	parts  map[string]string // by MIME type
}

func parse(t testing.TB, b []byte) parsed {
	t.Helper()
	entity, err := message.Read(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{gomessage.Header{Header: entity.Header}, map[string]string{}}
	parts := entity.MultipartReader()
	if parts == nil {
		t.Fatalf("not in several parts:\n%s", b)
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := part.Header.ContentType()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part.Body)
		if err != nil {
			t.Fatal(err)
		}
		p.parts[kind] = string(body)
	}
}

func (p parsed) text(t testing.TB, name string) string {
	t.Helper()
	s, err := p.header.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnotherLibraryReadsTheMessage(t *testing.T) {
	p := parse(t, compose(t, nightMessage(t)))
	for name, want := range map[string]string{
		"Subject":                  "On call Sat 27 Mar 18:30: First on call",
		"Message-Id":               "<0123456789abcdef0123456789abcdef@harbourside.example>",
		"References":               "<fedcba9876543210fedcba9876543210@harbourside.example>",
		"In-Reply-To":              "<fedcba9876543210fedcba9876543210@harbourside.example>",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "OOF, AutoReply",
		"X-Pcnrota-Reminder":       "duty/on-call.first.20270327T1830/20270327T183000Z/L01/7d17:00",
		"Date":                     "Sat, 20 Mar 2027 17:00:12 +0000",
	} {
		if got := p.text(t, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	to, err := p.header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Dr Zoë O’Brien" || to[0].Address != "zoe@harbourside.example" {
		t.Errorf("to %v (%v)", to, err)
	}
	for kind, body := range p.parts {
		for _, want := range []string{"Saturday 27 March 2027, 18:30 GMT", "Sunday 28 March 2027, 08:00 BST", "Sam Ng, 07700 900123 (Second on call)", "7 days before, 17:00", "https://rota.harbourside.example/"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q:\n%s", kind, want, body)
			}
		}
	}
	if len(p.parts) != 2 {
		t.Errorf("got %d parts, want text and HTML", len(p.parts))
	}
}

func TestALateReminderSaysSo(t *testing.T) {
	p := parse(t, compose(t, meetingMessage(t)))
	if want := "It comes late: it was due Wednesday 14 July 2027, 17:00 BST."; !strings.Contains(p.parts["text/plain"], want) {
		t.Errorf("does not say %q:\n%s", want, p.parts["text/plain"])
	}
	if strings.Contains(parse(t, compose(t, nightMessage(t))).parts["text/plain"], "late") {
		t.Error("a reminder in time says that it is late")
	}
}

// TestTextIsNarrow: whoever reads mail as text has 72 columns; only an address may stand out.
func TestTextIsNarrow(t *testing.T) {
	for name, m := range goldens(t) {
		for text := range strings.SplitSeq(parse(t, compose(t, m)).parts["text/plain"], "\n") {
			words := strings.Fields(text)
			if n := utf8.RuneCountInString(strings.TrimRight(text, "\r")); n > 72 && !strings.HasPrefix(words[len(words)-1], "https://") {
				t.Errorf("%s has %d columns: %s", name, n, text)
			}
		}
	}
}

func TestTheDeputyIsNotToldTheWayIn(t *testing.T) {
	for kind, body := range parse(t, compose(t, deputyMessage())).parts {
		if strings.Contains(body, "meet.pcn.example") || !strings.Contains(body, "You are the deputy for a meeting") || !strings.Contains(body, "Who goes") {
			t.Errorf("%s:\n%s", kind, body)
		}
	}
	if body := parse(t, compose(t, mail.Sample(notify.Meeting))).parts["text/plain"]; !strings.Contains(body, "https://meet.pcn.example/lmc?pwd=example") {
		t.Errorf("whoever goes is not told how to join:\n%s", body)
	}
}

func TestHTMLIsGuarded(t *testing.T) {
	body := parse(t, compose(t, meetingMessage(t))).parts["text/html"]
	if strings.Contains(body, "<monthly>") || !strings.Contains(body, "LMC liaison &lt;monthly&gt; &amp; papers") {
		t.Errorf("the title is not escaped:\n%s", body)
	}
}

// FuzzComposeInjection puts hostile text wherever people's words go: no header is added, the message has
// one recipient, and it can still be read.
func FuzzComposeInjection(f *testing.F) {
	f.Add("Eve\r\nBcc: everybody@example.com")
	f.Add("a\nSubject: other\n\nbody")
	f.Add("\x00\x7f\u0085\u2028\u202e\xff\"<evil@example.com>,")
	f.Add(strings.Repeat("é", 300))
	f.Add("=?utf-8?q?=0D=0ABcc:x@example.com?=")
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range notify.Kinds {
			checkInjection(t, s, mail.Sample(kind))
		}
	})
}

// checkInjection puts s into every text of m that people can have typed.
func checkInjection(t *testing.T, s string, m notify.Message) {
	t.Helper()
	m.To.Name, m.What, m.Line, m.Place, m.Reminder.Reason = s, s, s, s, s
	m.Reminder.Key, m.Reminder.MessageID, m.Thread = notify.Key(s), s, s
	m.With = []notify.Colleague{{Name: s, What: s, Phone: s}}
	m.From, m.Taker = m.With[0], m.With[0]
	if g := m.Going; g != nil {
		g.Body, g.Deputy, g.Link, g.Papers, g.Agenda, g.Before, g.Capacity, g.Answer = s, s, s, s, s, s, rota.Capacity(s), rota.Answer(s)
		for i := range g.Actions {
			g.Actions[i].What = s
		}
	}
	for i := range m.Moves {
		m.Moves[i].What, m.Moves[i].Line, m.Moves[i].Other = s, s, m.From
	}
	for i := range m.Notes {
		m.Notes[i].From, m.Notes[i].Note = m.From, s
	}
	if n := m.Reminder.News; n != nil {
		n.By, n.Why, n.Detail = s, s, s
		if n.Offer != nil {
			n.Offer.Why, n.Offer.Says = s, s
		}
	}
	l := letterhead(t)
	l.PCN, l.FromName = s, s
	b, err := l.Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	p := parse(t, b)
	for fields := p.header.Fields(); fields.Next(); {
		if !strings.Contains("Auto-Submitted Date From In-Reply-To Message-Id Mime-Version References Reply-To Subject To Content-Type List-Unsubscribe List-Unsubscribe-Post X-Auto-Response-Suppress X-Pcnrota-Reminder", fields.Key()) {
			t.Errorf("a header %q came in", fields.Key())
		}
		if v, err := new(mime.WordDecoder).DecodeHeader(fields.Value()); err == nil && strings.ContainsAny(v, "\r\n") {
			t.Errorf("%s holds a line break: %q", fields.Key(), v)
		}
	}
	if to, err := p.header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != m.To.Email {
		t.Errorf("to %v (%v)", to, err)
	}
}

// TestWhatMayBeMutedTellsHow gives every kind that a leader may decline an address at which to do so, for programs and for
// people, and no other kind.
func TestWhatMayBeMutedTellsHow(t *testing.T) {
	for _, m := range mail.Samples() {
		body, err := letterhead(t).Compose(m)
		if err != nil {
			t.Fatal(err)
		}
		p := parse(t, body)
		const address = "https://rota.harbourside.example/do/unsubscribe.s3cret.1"
		mute := slices.Contains(notify.Preferable, m.Reminder.Kind)
		inHeader := p.text(t, "List-Unsubscribe") == "<"+address+">"
		if inHeader != mute || strings.Contains(p.parts["text/plain"], address) != mute {
			t.Errorf("%s: in the header %v, in the text %v; want %v", m.Reminder.Kind, inHeader, !mute, mute)
		}
	}
}
