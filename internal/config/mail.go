package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Mail says how messages leave. It can be printed and logged: its password cannot.
type Mail struct {
	Host       string // "" for no mail server: messages go to the folder outbox
	Port       int
	Encryption Encryption
	Username   string // "" for a server that asks for none
	Auth       Auth
	Password   Secret // from the environment or a file
	Token      Token  // where Auth is XOAuth2
	From       string // bare address
	FromName   string
	ReplyTo    string // bare address; "" where answers go to From

	PerMinute int    // messages that the server takes in a minute; 0 for no limit
	DKIM      DKIM   // how messages are signed
	CheckedBy string // who vouches for the senders of incoming mail (RFC 8601 authserv-id); "" for nobody
}

// Encryption says how the way to the mail server is protected.
type Encryption string

// The ways.
const (
	StartTLS     Encryption = "starttls" // begins in the clear and must change to TLS before anything is said
	TLS          Encryption = "tls"      // from the first byte
	NoEncryption Encryption = "none"     // only for a server on this machine
)

// PasswordVariable names the environment variable that holds the mail password where neither
// password_env nor password_file is given.
const PasswordVariable = "PCNROTA_MAIL_PASSWORD"

func readMail(s *section, pcn PCN) Mail {
	m := Mail{
		Host:       get(s, "host", mailHost, ""),
		Encryption: get(s, "encryption", choice("starttls", StartTLS, TLS, NoEncryption), StartTLS),
		Username:   get(s, "username", line(`"rota@example.nhs.uk"`), ""),
		FromName:   cmp.Or(get(s, "from_name", line(`"Harbourside PCN rota"`), ""), pcn.Name),
		ReplyTo:    get(s, "reply_to", address, ""),
		From:       get(s, "from", address, ""),
		PerMinute:  get(s, "messages_per_minute", whole(6, 10_000, 30), 0),
		CheckedBy:  get(s, "authserv_id", filled(`"mx.example.nhs.uk"`), ""),
	}
	m.Port = get(s, "port", whole(1, 65535, usualPort(m.Encryption)), usualPort(m.Encryption))
	refusePassword(s)
	m.Password = readPassword(s)
	readSignIn(s, &m)
	refuseMail(s, m)
	m.From = cmp.Or(m.From, "pcnrota@localhost")
	m.DKIM = readDKIM(s, m.From)
	return m
}

func usualPort(e Encryption) int {
	return map[Encryption]int{StartTLS: 587, TLS: 465, NoEncryption: 25}[e]
}

var mailHost = words(`"smtp.example.nhs.uk"`, func(s string) (string, error) {
	if s != "" && !isHost(s) {
		return "", refusal{problem: "is not the name of a mail server (its port goes into port, and no smtp:// in front)"}
	}
	return s, nil
})

// address takes a bare e-mail address, or nothing.
var address = words(`"rota@example.nhs.uk"`, func(s string) (string, error) {
	parsed, err := mail.ParseAddress(s)
	if s != "" && (err != nil || parsed.Address != s) {
		return "", refusal{problem: "is not an e-mail address by itself, like rota@example.nhs.uk"}
	}
	return s, nil
})

// refuseMail notes what single values of [mail] cannot tell.
func refuseMail(s *section, m Mail) {
	if m.Encryption == NoEncryption && m.Host != "" && !isLoopback(m.Host) {
		s.refuse("encryption", s.ask("encryption"),
			"would send passwords and messages over the network for everybody to read", `encryption = "starttls"`)
	}
	if m.Host != "" && m.From == "" && s.sound("from") {
		s.lack("from", "is missing, and a mail server is given", "from = "+address.example)
	}
	if m.Username != "" && m.Password == "" && m.Auth.byPassword() && s.sound("username", "password", "password_env", "password_file") {
		s.refuse("username", s.ask("username"), "has no password to it",
			fmt.Sprintf(`password_file = "mail-password.txt", or put the password into the environment variable %s`, PasswordVariable))
	}
}

const passwordHint = `password_file = "mail-password.txt", and put the password into that file`

// refusePassword keeps the password itself out of a file that people copy, print and send round.
func refusePassword(s *section) {
	if n := s.ask("password"); n != nil {
		s.refuse("password", n, "is not kept in this file, which people copy and send round", passwordHint)
	}
}

// readPassword looks the password up where the file says, "" where there is none.
func readPassword(s *section) Secret {
	name := get(s, "password_env", variable, "")
	path := get(s, "password_file", filled(`"mail-password.txt"`), "")
	switch {
	case name != "" && path != "":
		s.refuse("password_file", s.ask("password_file"), "and password_env are both given", "keep one of the two")
		return ""
	case path != "":
		return readPasswordFile(s, path)
	case name != "" && s.r.env(name) == "" && s.has("username"):
		s.r.fault(s.ask("password_env").at, s.key("password_env"), fmt.Sprintf("%q", name), "names an environment variable that is not set", passwordHint)
		s.faulty = append(s.faulty, "password_env")
		return ""
	case name != "":
		return Secret(s.r.env(name))
	default:
		return Secret(s.r.env(PasswordVariable))
	}
}

var variableName = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// variable takes the name of an environment variable. It asks for capital letters, so that a password that was
// put here by mistake is noticed.
var variable = words(`"`+PasswordVariable+`"`, func(s string) (string, error) {
	if !variableName.MatchString(s) {
		return "", refusal{problem: "is not the name of an environment variable: capital letters, digits and _"}
	}
	return s, nil
})

// maxPassword is longer than any password and any token.
const maxPassword = 16 << 10

// readPasswordFile reads a password from the first and only line of a file. A relative path starts in
// the folder of the config file.
func readPasswordFile(s *section, path string) Secret {
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(s.r.file), path)
	}
	password, err := passwordIn(path)
	if err != nil {
		s.refuse("password_file", s.ask("password_file"), err.Error(), "write the password into "+path+", alone in one line")
	}
	return password
}

// passwordIn gives the password in a file, or the end of a sentence that says why there is none.
func passwordIn(path string) (Secret, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", errors.New("names a file that is not there")
	case err == nil && !info.Mode().IsRegular():
		return "", errors.New("names a folder or device, not a file")
	case err == nil && info.Size() > maxPassword:
		return "", errors.New("names a file that is too large for a password")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("names a file that cannot be read: %s", reason(err))
	}
	password := strings.TrimRight(string(withoutMark(data)), "\r\n")
	switch {
	case strings.TrimSpace(password) == "":
		return "", errors.New("names an empty file")
	case strings.ContainsAny(password, "\r\n"):
		return "", errors.New("names a file with more than one line")
	}
	return Secret(password), nil
}
