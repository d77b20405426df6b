package mail_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func TestTokens(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"good": "eyJ0.abc-_~+/=\n", "empty": "\n", "two": "a b\n", "huge": strings.Repeat("x", 1<<20)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ name, want, problem string }{
		{name: "good", want: "eyJ0.abc-_~+/="},
		{name: "empty", problem: "gives no token"},
		{name: "two", problem: "one word is wanted"},
		{name: "huge", problem: "token"},
		{name: "gone", problem: "gone"},
	} {
		for how, token := range map[string]mail.Token{
			"file": mail.TokenFile(filepath.Join(dir, test.name)), "command": mail.TokenCommand([]string{"cat", test.name}, dir),
		} {
			got, err := token(t.Context())
			if got != test.want || (err == nil) != (test.problem == "") {
				t.Errorf("%s %s: got %q (%v)", how, test.name, got, err)
			}
			if err != nil && how == "file" && !strings.Contains(err.Error(), test.problem) {
				t.Errorf("%s %s: got %v, want %q in it", how, test.name, err, test.problem)
			}
		}
	}
	if _, err := mail.TokenFile(dir)(t.Context()); err == nil {
		t.Error("a folder is taken for a token")
	}
}

func TestSMTPSignsInByToken(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS, password: "t0ken.2", mechanism: "XOAUTH2"}
	options := office.open(t)
	options.Username, options.Auth = "rota", mail.AuthToken
	made := 0
	options.Token = func(context.Context) (string, error) {
		made++
		return [...]string{"t0ken.1", "t0ken.2"}[made-1], nil
	}
	s := sender(t, options)
	if got := trouble(t, s.Send(t.Context(), nightMessage(t))); got.Trouble != notify.Configuration || !strings.Contains(got.Problem, "access token") {
		t.Errorf("with a token that has run out: got %s: %s", got.Trouble, got.Problem)
	}
	for range 2 {
		if err := s.Send(t.Context(), nightMessage(t)); err != nil {
			t.Fatal(err)
		}
	}
	if made != 2 {
		t.Errorf("%d tokens were asked for, want one for each connection", made)
	}
}

func TestSMTPWithoutATokenSaysWhereToLook(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS, password: "t0ken", mechanism: "XOAUTH2"}
	options := office.open(t)
	options.Username, options.Auth = "rota", mail.AuthToken
	options.Token = func(context.Context) (string, error) { return "", errors.New("no such file") }
	got := trouble(t, sender(t, options).Send(t.Context(), nightMessage(t)))
	if got.Trouble != notify.Configuration || !strings.Contains(got.Problem, "token_command") {
		t.Errorf("got %s: %s", got.Trouble, got.Problem)
	}
}

func TestSMTPTellsThatExchangeTakesNoPasswords(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS, password: "s3cret", mechanism: "LOGIN"}
	office.refuseSignIn = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 30}, Message: "Basic authentication is not supported for Client Submission"}
	options := office.open(t)
	options.Username, options.Password = "rota", "s3cret"
	got := trouble(t, sender(t, options).Send(t.Context(), nightMessage(t)))
	if got.Trouble != notify.Configuration || !strings.Contains(got.Problem, "Exchange no longer takes passwords") || !strings.Contains(got.Problem, `auth = "xoauth2"`) {
		t.Errorf("got %s: %s", got.Trouble, got.Problem)
	}
}
