package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"pcnrota/calendar/caltest"
)

// TestMain lets the test binary be the program: the tests start it as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("PCNROTA_BE_THE_PROGRAM") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const peopleOfTheTest = `id,name,email,role,practice,employment,wte,registration_body,registration_number,registration_expires,starts,ends,phone
A1,Dr Ada Byrne,ada@example.org,Clinical Director,Z1,partner,0.8,GMC,1,,2020-01-01,,07700 900401
A2,"O'Neill, Rory",rory@example.org,PCN manager,Z2,employee,1,,,,2020-01-01,,07700 900402
A3,Zoë Müller,zoe@example.org,Lead nurse,Z1,employee,0.6,NMC,2,,2020-01-01,,07700 900403
A4,Dr Ravi Shah,ravi@example.org,GP partner,Z2,partner,0.5,GMC,3,,2020-01-01,,07700 900404
A5,Joy Okeke,joy@example.org,Lead pharmacist,Z3,employee,1,GPhC,4,,2020-01-01,,07700 900405
A6,Dr Lena Fox,lena@example.org,GP partner,Z3,partner,0.7,GMC,5,,2020-01-01,,07700 900406
A7,Sam Whyte,sam@example.org,Practice manager,Z1,employee,0.9,,,,2020-01-01,,07700 900407
A8,Dr Omar Aziz,omar@example.org,Salaried GP,Z2,employee,0.6,GMC,6,,2020-01-01,,07700 900408
`

// TestTheWholeWay goes from an empty folder to a rota, a calendar and reminders, with the program as a
// process, real HTTP and a real mail server, and over a restart.
func TestTheWholeWay(t *testing.T) {
	server := newMailServer(t)
	home := t.TempDir()
	p := program{t, home}
	p.run("init", "--name", "Whole Way PCN")
	p.configure("host = \"\"", fmt.Sprintf("host = %q\nport = %d\nfrom = \"rota@example.org\"", "127.0.0.1", server.port()))
	p.configure(`encryption = "starttls"`, `encryption = "none"`)
	p.configure(`quiet = "22:00-07:00"`, `quiet = ""`) // the test may run at night
	p.write("practices.csv", "ods_code,name,list_size\nZ1,Park View,9000\nZ2,Mill Lane,8000\nZ3,Three Rivers,7000\n")
	p.write("leaders.csv", peopleOfTheTest)
	p.run("practice", "import", "practices.csv")
	p.run("leader", "import", "leaders.csv")
	tomorrow := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	p.run("rota", "build", "on-call", "--from", tomorrow, "--weeks", "4")
	p.run("rota", "publish", "on-call", "--by", "the test", "--reason", "to try the whole way")
	duties := p.duties()
	link := p.link("A1")

	serving := p.serve()
	p.checkCalendar(serving.address, link, duties)
	soon := server.await(t, toldOf(duties))
	serving.stop(t)

	// A meeting comes up while nothing runs. After the restart it is reminded of, and nothing else is
	// sent again.
	p.run("meeting", "add", "Extraordinary board", "--body", "PCN", "--on", tomorrow, "--at", "12:30", "--minutes", "60", "--who", "leader A2")
	serving = p.serve()
	server.await(t, append(soon, "rory@example.org meeting"))
	serving.stop(t)
	server.noRepeats(t)
}

// program runs commands in the folder of one PCN.
type program struct {
	t    *testing.T
	home string
}

func (p program) command(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Dir = p.home
	c.Env = append(os.Environ(), "PCNROTA_BE_THE_PROGRAM=1", "NO_COLOR=1")
	return c
}

func (p program) run(args ...string) string {
	p.t.Helper()
	c := p.command(args...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		p.t.Fatalf("pcnrota %s: %v\n%s%s", strings.Join(args, " "), err, out, &stderr)
	}
	return string(out)
}

func (p program) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.home, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p program) configure(old, now string) {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.home, "config.toml"))
	if err != nil || !bytes.Contains(text, []byte(old)) {
		p.t.Fatalf("config.toml has no %s (%v)", old, err)
	}
	p.write("config.toml", strings.Replace(string(text), old, now, 1))
}

// duty is what the test reads of pcnrota rota show --json.
type duty struct {
	ID     string
	Tier   string
	Start  time.Time
	End    time.Time
	Leader string `json:"leader_id"`
}

func (p program) duties() []duty {
	p.t.Helper()
	var duties []duty
	if err := json.Unmarshal([]byte(p.run("rota", "show", "on-call", "--json")), &duties); err != nil || len(duties) == 0 {
		p.t.Fatalf("rota show: %d duties, %v", len(duties), err)
	}
	return duties
}

// link makes a calendar link and gives its path.
func (p program) link(leader string) string {
	p.t.Helper()
	path := regexp.MustCompile(`/feed/[\w-]{27,}\.ics`).FindString(p.run("feed", "add", leader))
	if path == "" {
		p.t.Fatal("feed add printed no link")
	}
	return path
}

// process is pcnrota serve, running.
type process struct {
	*exec.Cmd
	address string
}

var servingOn = regexp.MustCompile(`http://[\d.:]+\d`)

func (p program) serve() process {
	p.t.Helper()
	c := p.command("serve", "--listen", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	c.Stderr = p.t.Output()
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { c.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		p.t.Fatalf("serve said nothing: %v", err)
	}
	return process{c, servingOn.FindString(line)}
}

// stop asks as Ctrl-C does.
func (s process) stop(t *testing.T) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

// checkCalendar subscribes as a calendar program would, and finds the leader's duties in it.
func (p program) checkCalendar(address, path string, duties []duty) {
	p.t.Helper()
	answer, err := http.Get(address + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("GET feed: %s, %v", answer.Status, err)
	}
	shown := map[string]bool{}
	for _, e := range caltest.Check(p.t, body).Events {
		id, _, _ := strings.Cut(e.UID, "@")
		shown[id] = true
	}
	for _, d := range duties {
		if own := d.Leader == "A1"; own != shown[d.ID] {
			p.t.Errorf("duty %s of %s: in A1's calendar is %v", d.ID, d.Leader, shown[d.ID])
		}
	}
	again, _ := http.NewRequest(http.MethodGet, address+path, nil)
	again.Header.Set("If-None-Match", answer.Header.Get("ETag"))
	unchanged, err := http.DefaultClient.Do(again)
	if err != nil {
		p.t.Fatal(err)
	}
	unchanged.Body.Close()
	if unchanged.StatusCode != http.StatusNotModified {
		p.t.Errorf("an unchanged calendar was answered with %s", unchanged.Status)
	}
}

var addresses = map[string]string{
	"A1": "ada@example.org", "A2": "rory@example.org", "A3": "zoe@example.org", "A4": "ravi@example.org",
	"A5": "joy@example.org", "A6": "lena@example.org", "A7": "sam@example.org", "A8": "omar@example.org",
}

// toldOf lists who must have been told of what they hold: everybody with a duty, in one message.
func toldOf(duties []duty) []string {
	var wanted []string
	for _, d := range duties {
		wanted = append(wanted, addresses[d.Leader]+" change/on-call/1")
	}
	slices.Sort(wanted)
	return slices.Compact(wanted)
}

// mailServer is a real SMTP server that keeps what it accepts.
type mailServer struct {
	listener net.Listener
	mu       sync.Mutex
	arrived  *sync.Cond
	got      []*mail.Message
	to       []string
}

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailServer{listener: listener}
	m.arrived = sync.NewCond(&m.mu)
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: m}, nil }))
	server.Domain = "mail.example.org"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return m
}

func (m *mailServer) port() int { return m.listener.Addr().(*net.TCPAddr).Port }

// session is one conversation.
type session struct {
	server *mailServer
	to     string
}

func (*session) Mail(string, *smtp.MailOptions) error        { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }
func (*session) Reset()                                      {}
func (*session) Logout() error                               { return nil }

func (s *session) Data(r io.Reader) error {
	message, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.got = append(s.server.got, message)
	s.server.to = append(s.server.to, s.to)
	s.server.arrived.Broadcast()
	return nil
}

// await waits until everybody wanted has a reminder of what is wanted, each "address id".
func (m *mailServer) await(t *testing.T, wanted []string) []string {
	t.Helper()
	late := time.AfterFunc(time.Minute, func() { m.arrived.Broadcast() })
	defer late.Stop()
	deadline := time.Now().Add(time.Minute)
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		missing := m.missing(wanted)
		if missing == "" {
			return wanted
		}
		if time.Now().After(deadline) {
			t.Fatalf("no reminder came: %s", missing)
		}
		m.arrived.Wait()
	}
}

func (m *mailServer) missing(wanted []string) string {
	for _, w := range wanted {
		to, about, _ := strings.Cut(w, " ")
		found := false
		for i, message := range m.got {
			found = found || m.to[i] == to && strings.Contains(message.Header.Get("X-PCNRota-Reminder"), about)
		}
		if !found {
			return w
		}
	}
	return ""
}

// noRepeats makes sure that every reminder came once.
func (m *mailServer) noRepeats(t *testing.T) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := map[string]bool{}
	for _, message := range m.got {
		key := message.Header.Get("X-PCNRota-Reminder")
		if seen[key] {
			t.Errorf("%s came twice", key)
		}
		seen[key] = true
	}
}
