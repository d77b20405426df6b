package config

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	const secret = "hunter2"
	m := Mail{Host: "mail.example", Password: secret}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t"} {
		fmt.Fprintf(&out, verb+" "+verb+" "+verb+"\n", m, &m, m.Password)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(data)
	slog.New(slog.NewTextHandler(&out, nil)).Info("mail", "mail", m, "password", m.Password)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("mail", "mail", m, "password", m.Password)
	fmt.Fprintln(&out, m.Password, fmt.Errorf("sign in with %s", m.Password))
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)} {
		if strings.Contains(out.String(), form) {
			t.Errorf("%s is printed:\n%s", form, out.String())
		}
	}
	if m.Password.Reveal() != secret {
		t.Error("Reveal does not give the secret")
	}
}

func TestPassword(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"good.txt": "from file\n", "empty.txt": "\n", "two.txt": "one\ntwo\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"PCNROTA_MAIL_PASSWORD": "usual", "OTHER": "other"}
	for _, tt := range []struct{ name, lines, want, fault string }{
		{"the usual variable", `username = "u"`, "usual", ""},
		{"another variable", "username = \"u\"\npassword_env = \"OTHER\"", "other", ""},
		{"a file beside config.toml", "username = \"u\"\npassword_file = \"good.txt\"", "from file", ""},
		{"a variable that is not set", "username = \"u\"\npassword_env = \"GONE\"", "", `password_env = "GONE" names an environment variable that is not set`},
		{"a password in place of a variable's name", `password_env = "hunter2"`, "", "password_env is not the name of an environment variable"},
		{"a missing file", `password_file = "gone.txt"`, "", `password_file = "gone.txt" names a file that is not there`},
		{"an empty file", `password_file = "empty.txt"`, "", `names an empty file`},
		{"a file of several lines", `password_file = "two.txt"`, "", `names a file with more than one line`},
		{"a folder", `password_file = "."`, "", `names a folder or device, not a file`},
		{"both", "password_env = \"OTHER\"\npassword_file = \"good.txt\"", "", "and password_env are both given"},
		{"the password itself", `password = "hunter2"`, "", "password is not kept in this file"},
		{"the password itself, unquoted", `password = hunter2`, "", "password is not kept in this file"},
		{"the password under another name", `passwrd = "hunter2"`, "", "passwrd is not a setting that belongs here"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "pcn.name = 'X'\n[mail]\n" + tt.lines + "\n"
			c, err := Parse(filepath.Join(dir, "config.toml"), []byte(text), func(name string) string { return env[name] })
			switch {
			case tt.fault == "" && err != nil:
				t.Error(err)
			case tt.fault == "" && c.Mail.Password.Reveal() != tt.want:
				t.Errorf("password is %q, want %q", c.Mail.Password.Reveal(), tt.want)
			case tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)):
				t.Errorf("error is %v, want %s", err, tt.fault)
			case err != nil && strings.Contains(err.Error(), "hunter2"):
				t.Errorf("the password is shown: %v", err)
			}
		})
	}
}

func TestUsernameWithoutPassword(t *testing.T) {
	got := faultsOf(t, "pcn.name = 'X'\n[mail]\nusername = 'u'\n").Error()
	want := `config.toml:3:12: mail: username = 'u' has no password to it
  hint: password_file = "mail-password.txt", or put the password into the environment variable PCNROTA_MAIL_PASSWORD`
	if got != want {
		t.Errorf("faults are\n%s\nwant\n%s", got, want)
	}
}

func TestSigningInByToken(t *testing.T) {
	for _, tt := range []struct{ name, lines, fault string }{
		{"a command", "auth = \"xoauth2\"\nusername = \"u\"\ntoken_command = [\"get-token\", \"--mail\"]", ""},
		{"a file", "auth = \"xoauth2\"\nusername = \"u\"\ntoken_file = \"token.txt\"", ""},
		{"neither", "auth = \"xoauth2\"\nusername = \"u\"", `auth = "xoauth2" needs an access token, and nothing says where it comes from`},
		{"both", "auth = \"xoauth2\"\nusername = \"u\"\ntoken_file = \"t\"\ntoken_command = [\"c\"]", `token_file = "t" and token_command are both given`},
		{"no mailbox", "auth = \"xoauth2\"\ntoken_file = \"t\"", "username is missing"},
		{"a token with a password", "token_file = \"t\"", `token_file = "t" is used only with auth = "xoauth2"`},
		{"the token itself", "token = \"hunter2\"", "token is not a setting that belongs here"},
		{"no user name to sign in with", "auth = \"plain\"", "username is missing, and auth asks for signing in"},
		{"a way that is none", "auth = \"oauth\"", `auth = "oauth" is not one of none, plain, login, xoauth2`},
		{"too slow for anybody", "messages_per_minute = 1", "messages_per_minute = 1 is not a whole number from 6 to 10000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("/pcn/config.toml", []byte("pcn.name = 'X'\n[mail]\n"+tt.lines+"\n"), nil)
			switch {
			case (err == nil) != (tt.fault == ""), err != nil && !strings.Contains(err.Error(), tt.fault):
				t.Errorf("error is %v, want %q", err, tt.fault)
			case err != nil && strings.Contains(err.Error(), "hunter2"):
				t.Errorf("the token is shown: %v", err)
			}
		})
	}
	m := parse(t, "pcn.name = 'X'\n[mail]\nauth = \"xoauth2\"\nusername = \"u\"\ntoken_file = \"t\"\n").Mail
	if m.Auth != XOAuth2 || filepath.Base(m.Token.File) != "t" {
		t.Errorf("mail is %+v", m)
	}
}

func TestDKIM(t *testing.T) {
	dir := t.TempDir()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	for name, text := range map[string]string{"dkim.pem": string(key), "text.pem": "hello", "cut.pem": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ name, lines, domain, fault string }{
		{"of the sender's domain", "dkim_selector = \"rota\"\ndkim_key_file = \"dkim.pem\"", "rota.example.nhs.uk", ""},
		{"of the domain above", "dkim_selector = \"rota\"\ndkim_key_file = \"dkim.pem\"\ndkim_domain = \"example.nhs.uk\"", "example.nhs.uk", ""},
		{"of another domain", "dkim_selector = \"rota\"\ndkim_key_file = \"dkim.pem\"\ndkim_domain = \"ample.nhs.uk\"", "", "is not the domain of the sender"},
		{"no key", "dkim_selector = \"rota\"", "", "dkim_key_file is missing"},
		{"no selector", "dkim_key_file = \"dkim.pem\"", "", "dkim_selector is missing"},
		{"no file", "dkim_selector = \"rota\"\ndkim_key_file = \"gone.pem\"", "", "cannot be read"},
		{"no PEM", "dkim_selector = \"rota\"\ndkim_key_file = \"text.pem\"", "", "no private key"},
		{"half a key", "dkim_selector = \"rota\"\ndkim_key_file = \"cut.pem\"", "", "neither RSA"},
		{"a folder", "dkim_selector = \"rota\"\ndkim_key_file = \".\"", "", "something that is no key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "pcn.name = 'X'\n[mail]\nfrom = \"pcn@rota.example.nhs.uk\"\n" + tt.lines + "\n"
			c, err := Parse(filepath.Join(dir, "config.toml"), []byte(text), nil)
			switch {
			case (err == nil) != (tt.fault == ""), err != nil && !strings.Contains(err.Error(), tt.fault):
				t.Errorf("error is %v, want %q", err, tt.fault)
			case err == nil && (c.Mail.DKIM.Domain != tt.domain || c.Mail.DKIM.Selector != "rota" || c.Mail.DKIM.Key.Reveal() != string(key)):
				t.Errorf("DKIM is %+v", c.Mail.DKIM)
			}
		})
	}
}
