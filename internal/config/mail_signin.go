package config

import "path/filepath"

// Auth says how pcnrota signs in to the mail server.
type Auth string

// The ways. AnyAuth takes what the server offers where there is a user name, and does without where there is none.
const (
	AnyAuth Auth = ""
	NoAuth  Auth = "none"
	Plain   Auth = "plain"
	Login   Auth = "login"
	XOAuth2 Auth = "xoauth2"
)

func (a Auth) byPassword() bool { return a != NoAuth && a != XOAuth2 }

// Token says where access tokens for XOAUTH2 come from: one of the two is set.
type Token struct {
	Command []string // a program with its arguments, which prints one
	File    string   // path of a file that another program keeps fresh
}

const tokenHint = `token_command = ["/usr/local/bin/mail-token"], or token_file = "mail-token.txt"`

// readSignIn reads how to sign in, and notes what does not go together.
func readSignIn(s *section, m *Mail) {
	m.Auth = get(s, "auth", choice("xoauth2", NoAuth, Plain, Login, XOAuth2), AnyAuth)
	m.Token = Token{
		Command: getList(s, "token_command", filled(`"/usr/local/bin/mail-token"`)),
		File:    get(s, "token_file", filled(`"mail-token.txt"`), ""),
	}
	if m.Token.File != "" {
		m.Token.File = beside(s, m.Token.File)
	}
	if !s.sound("auth", "token_command", "token_file", "username") {
		return
	}
	given := s.has("token_command") || s.has("token_file")
	switch {
	case m.Auth == XOAuth2 && !given:
		s.refuse("auth", s.ask("auth"), "needs an access token, and nothing says where it comes from", tokenHint)
	case m.Auth == XOAuth2 && m.Username == "":
		s.lack("username", "is missing: xoauth2 signs in as a mailbox", `username = "rota@example.nhs.uk"`)
	case m.Auth == XOAuth2 && len(m.Token.Command) > 0 && m.Token.File != "":
		s.refuse("token_file", s.ask("token_file"), "and token_command are both given", "keep one of the two")
	case m.Auth != XOAuth2 && given:
		key := "token_file"
		if s.has("token_command") {
			key = "token_command"
		}
		s.refuse(key, s.ask(key), `is used only with auth = "xoauth2"`, `auth = "xoauth2"`)
	case (m.Auth == Plain || m.Auth == Login) && m.Username == "":
		s.lack("username", "is missing, and auth asks for signing in", `username = "rota@example.nhs.uk"`)
	}
}

// beside gives a path that starts in the folder of the config file, where it is relative.
func beside(s *section, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(s.r.file), path)
}
