package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// killsUsually is how often the process is killed in go test; PCNROTA_KILLS asks for more, PCNROTA_KILLS_SEED for
// another course of events.
const killsUsually = 8

// TestKilledAtAnyInstantNothingIsLostAndNothingIsSentAnew kills pcnrota serve at random instants while it sends to a
// real mail server that stalls, refuses for now and for good, and drops the connection before and after it has taken a
// message. In the end every message has arrived or was refused for good, and whatever arrived twice had the same
// Message-ID both times.
func TestKilledAtAnyInstantNothingIsLostAndNothingIsSentAnew(t *testing.T) {
	kills, seed := fromEnvironment("PCNROTA_KILLS", killsUsually), fromEnvironment("PCNROTA_KILLS_SEED", 1)
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	office := newMoodyOffice(t, uint64(seed))
	p := crashingPCN(t, office.port())
	db, err := sqlite.Open(t.Context(), filepath.Join(p.home, "pcnrota.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	planned := map[string]notify.Reminder{}
	const each = 12
	for kill := range kills {
		for _, m := range someMessages(kill*each, each) {
			planned[string(m.Key)] = m
			if _, err := db.Plan(t.Context(), []notify.Reminder{m}); err != nil {
				t.Fatal(err)
			}
		}
		sending := office.begun()
		processes := []*exec.Cmd{p.begin()}
		if kill%10 == 9 { // two at a time
			processes = append(processes, p.begin())
		}
		office.awaitBegun(sending, time.Second)
		time.Sleep(time.Duration(random.IntN(60_000)) * time.Microsecond)
		for _, c := range processes {
			c.Process.Kill()
			c.Wait()
		}
	}
	office.calm()
	p.settle(t, db)
	office.judge(t, db, planned, kills)
}

func fromEnvironment(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return usual
}

// crashingPCN is a PCN with people and a mail server.
func crashingPCN(t *testing.T, port int) program {
	t.Helper()
	p := program{t, t.TempDir()}
	p.run("init", "--name", "Crashing PCN")
	p.configure("host = \"\"", fmt.Sprintf("host = %q\nport = %d\nfrom = \"rota@example.org\"", "127.0.0.1", port))
	p.configure(`encryption = "starttls"`, `encryption = "none"`)
	p.write("practices.csv", "ods_code,name,list_size\nZ1,Park View,9000\nZ2,Mill Lane,8000\nZ3,Three Rivers,7000\n")
	p.write("leaders.csv", peopleOfTheTest)
	p.run("practice", "import", "practices.csv")
	p.run("leader", "import", "leaders.csv")
	return p
}

// begin starts pcnrota serve and does not wait for it.
func (p program) begin() *exec.Cmd {
	c := p.command("serve", "--listen", "127.0.0.1:0")
	c.Stdout, c.Stderr = io.Discard, io.Discard
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	return c
}

// someMessages are due now, each about a duty of its own.
func someMessages(from, n int) []notify.Reminder {
	now := time.Now().UTC().Truncate(time.Second)
	var all []notify.Reminder
	for i := from; i < from+n; i++ {
		leader := rota.LeaderID(fmt.Sprintf("A%d", 1+i%8))
		slot := notify.Slot{Span: rota.Span{Start: now.AddDate(0, 0, 60), End: now.AddDate(0, 0, 61)}}
		slot.Start, slot.End = rota.CivilOf(slot.Span.Start, time.UTC), rota.CivilOf(slot.Span.End, time.UTC)
		move := notify.Move{Duty: rota.DutyID(fmt.Sprintf("on-call.first.%d", i)), Rota: "on-call", Tier: "first", Is: &slot}
		all = append(all, notify.Reminder{
			Key: notify.Key(fmt.Sprintf("change/crash/%d/%s", i, leader)), Kind: notify.Change, About: fmt.Sprintf("crash/%d", i), Leader: leader,
			Start: now, Due: now, Until: slot.Span.Start, Reason: "to try", MessageID: fmt.Sprintf("crash-%d@example.org", i),
			News: &notify.News{At: now, Moves: []notify.Move{move}}, State: notify.Planned, Next: now, Changed: now,
		})
	}
	return all
}

// settle lets the program finish. What waits to be tried again is tried at once.
func (p program) settle(t *testing.T, db *sqlite.DB) {
	t.Helper()
	serving := p.begin()
	defer func() { serving.Process.Kill(); serving.Wait() }()
	raw, err := sql.Open("sqlite3", filepath.Join(p.home, "pcnrota.db")+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if _, err := raw.Exec(`UPDATE reminder SET next = unixepoch() WHERE state IN ('planned', 'retrying') AND next > unixepoch(); DELETE FROM obstacle`); err != nil {
			t.Fatal(err)
		}
		open, err := db.Reminders(t.Context(), notify.Filter{States: []notify.State{notify.Planned, notify.Sending, notify.Retrying}})
		switch {
		case err != nil:
			t.Fatal(err)
		case len(open) == 0:
			return
		case time.Now().After(deadline):
			t.Fatalf("%d messages are still waiting, the first %+v", len(open), open[0])
		}
	}
}

// moodyOffice is a mail server that misbehaves until it is calm.
type moodyOffice struct {
	listener net.Listener

	mu      sync.Mutex
	random  *rand.Rand
	started int                 // messages of which it has seen a beginning
	taken   map[string][]string // Message-IDs that it took, by key
	refused map[string]bool     // keys that it refused for good
	still   bool
}

func newMoodyOffice(t *testing.T, seed uint64) *moodyOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &moodyOffice{listener: listener, random: rand.New(rand.NewPCG(seed, 1)), taken: map[string][]string{}, refused: map[string]bool{}}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &moodySession{office: o, conn: c}, nil }))
	server.Domain = "mail.example.org"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return o
}

func (o *moodyOffice) port() int { return o.listener.Addr().(*net.TCPAddr).Port }

func (o *moodyOffice) calm() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.still = true
}

func (o *moodyOffice) begun() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.started
}

// awaitBegun waits until a message more has begun to arrive.
func (o *moodyOffice) awaitBegun(before int, longest time.Duration) {
	for end := time.Now().Add(longest); o.begun() == before && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
}

// mood is what the office does to a message: most are taken.
func (o *moodyOffice) mood() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.still {
		return 99
	}
	return o.random.IntN(100)
}

type moodySession struct {
	office *moodyOffice
	conn   *smtp.Conn
}

func (s *moodySession) Mail(string, *smtp.MailOptions) error {
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.started++
	return nil
}
func (*moodySession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (*moodySession) Reset()                               {}
func (*moodySession) Logout() error                        { return nil }

var errDropped = errors.New("the connection was dropped")

func (s *moodySession) Data(r io.Reader) error {
	message, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, message.Body); err != nil {
		return err // it never ended
	}
	key, id := message.Header.Get("X-PCNRota-Reminder"), message.Header.Get("Message-ID")
	mood := s.office.mood()
	switch {
	case mood < 3:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again later"}
	case mood < 5:
		s.office.note(func() { s.office.refused[key] = true })
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox"}
	case mood < 7:
		s.conn.Conn().Close() // before it is taken
		return errDropped
	case mood < 10:
		time.Sleep(200 * time.Millisecond) // a stall
	}
	s.office.note(func() { s.office.taken[key] = append(s.office.taken[key], id) })
	if mood < 13 {
		s.conn.Conn().Close() // after it was taken
		return errDropped
	}
	return nil
}

func (o *moodyOffice) note(what func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what()
}

// judge compares what has arrived with what was planned.
func (o *moodyOffice) judge(t *testing.T, db *sqlite.DB, planned map[string]notify.Reminder, kills int) {
	t.Helper()
	reminders, err := db.Reminders(t.Context(), notify.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	repeats, refused, unsure := 0, 0, 0
	for _, r := range reminders {
		m, ours := planned[string(r.Key)]
		if !ours {
			continue
		}
		ids := o.taken[string(r.Key)]
		switch {
		case r.State == notify.Failed && o.refused[string(r.Key)]:
			refused++
		case r.State != notify.Sent || len(ids) == 0:
			t.Errorf("%s is lost: %s, taken %d times: %s", r.Key, r.State, len(ids), r.Detail)
		}
		for _, id := range ids {
			if id != "<"+m.MessageID+">" {
				t.Errorf("%s came with the Message-ID %s, want %s", r.Key, id, m.MessageID)
			}
		}
		if len(ids) > 1 {
			repeats += len(ids) - 1
			unsure += r.Unknown
			if r.Unknown == 0 {
				t.Errorf("%s came %d times, and the ledger does not tell", r.Key, len(ids))
			}
		}
	}
	t.Logf("%d kills, %d messages: 0 lost, %d refused for good, %d came once more with the same Message-ID (the ledger told of %d tries without a result)",
		kills, len(planned), refused, repeats, unsure)
}
