package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"pcnrota/internal/config"
	"pcnrota/rota"
)

// remindersInWords says when people are reminded, of what, and what is asked of them, one line an aspect.
func remindersInWords(r config.Reminders) string {
	lines := []string{
		"duties: " + ladderInWords(r.Duty),
		"meetings: " + ladderInWords(r.Meeting),
		"responsibilities: " + ladderInWords(r.Responsibility),
		"actions of meetings: " + ladderInWords(r.Action),
	}
	for _, l := range r.Ladders {
		lines = append(lines, ladderOf(l)+": "+ladderInWords(l.Rungs))
	}
	lines = append(lines, "at the start of a duty: "+map[bool]string{true: "what was left with handover write", false: "nothing"}[r.Handover])
	lines = append(lines, "what is ahead, to everybody: "+weeklyInWords(r.Digest))
	if r.Quiet != (config.Quiet{}) {
		lines = append(lines, fmt.Sprintf("quiet: %s to %s", r.Quiet.From, r.Quiet.Until))
	}
	if r.WorkingDays {
		lines = append(lines, "what is due on a day off comes before it")
	}
	return strings.Join(append(lines, confirmingInWords(r)), "\n")
}

// ladderOf names that for which a ladder stands in place of the usual one.
func ladderOf(l config.Ladder) string {
	switch {
	case l.Rota != "":
		return "rota " + string(l.Rota)
	case l.Body != "":
		return "meetings of " + string(l.Body)
	default:
		return "responsibility " + l.Responsibility
	}
}

func ladderInWords(rungs []rota.Rung) string {
	if len(rungs) == 0 {
		return "none"
	}
	return strings.Join(each(rungs, func(r rota.Rung) string {
		if r.Confirm {
			return r.String() + ", to be confirmed"
		}
		return r.String()
	}), "; ")
}

func weeklyInWords(w *rota.Weekly) string {
	if w == nil {
		return "never"
	}
	return w.String()
}

func confirmingInWords(r config.Reminders) string {
	if r.Confirm == 0 {
		return "changes: nobody is asked to confirm them"
	}
	return fmt.Sprintf("changes of the next %s: to be confirmed within %s", count(r.Ahead, "day", "days"), count(int(r.Confirm/time.Hour), "hour", "hours"))
}

// managerInWords says what whoever runs the rota is told by mail.
func managerInWords(m config.Manager) string {
	if m.Email == "" {
		return "no address: nobody is told what is wrong with the rota"
	}
	monthly := "never"
	if m.Fairness != nil {
		monthly = fmt.Sprintf("day %d of the month, %s", m.Fairness.Day, m.Fairness.At)
	}
	return fmt.Sprintf("%s\n  what is wrong: %s\n  who holds how much: %s", m.Email, weeklyInWords(m.Summary), monthly)
}

// mailInWords says by which server messages go and how; no secret is part of it.
func mailInWords(m config.Mail) string {
	if m.Host == "" {
		return "no mail server: messages are written to the folder " + outboxFolder
	}
	lines := []string{fmt.Sprintf("%s:%d (%s), from %s", m.Host, m.Port, m.Encryption, m.From)}
	if m.ReplyTo != "" {
		lines = append(lines, "answers go to "+m.ReplyTo)
	}
	lines = append(lines, signInInWords(m))
	if m.PerMinute > 0 {
		lines = append(lines, fmt.Sprintf("at most %s a minute", count(m.PerMinute, "message", "messages")))
	}
	if m.DKIM.Key != "" {
		lines = append(lines, fmt.Sprintf("signed for %s by the key %s", m.DKIM.Domain, m.DKIM.Selector))
	}
	if m.CheckedBy != "" {
		lines = append(lines, "senders of what comes in are vouched for by "+m.CheckedBy)
	}
	return strings.Join(lines, "\n  ")
}

func signInInWords(m config.Mail) string {
	switch {
	case m.Auth == config.XOAuth2:
		return fmt.Sprintf("signs in as %s by access token", m.Username)
	case m.Username == "" || m.Auth == config.NoAuth:
		return "signs in as nobody"
	default:
		return fmt.Sprintf("signs in as %s by password (%s)", m.Username, cmp.Or(string(m.Auth), "as the server asks"))
	}
}

// serverInWords says where the pages are, who sees them, and what stands between.
func serverInWords(s config.Server) string {
	lines := []string{s.BaseURL + ", listening on " + s.Listen}
	switch {
	case s.NowPage:
		lines = append(lines, "the team's pages: for whoever reaches the server")
	case s.NowLink:
		lines = append(lines, "the team's pages: for whoever has a link")
	default:
		lines = append(lines, "the team's pages: for nobody")
	}
	if s.Cert != "" {
		lines = append(lines, "with the certificate "+s.Cert)
	}
	if len(s.Trusted) > 0 {
		proxies := make([]string, len(s.Trusted))
		for i, p := range s.Trusted {
			proxies[i] = p.String()
		}
		lines = append(lines, "believes who asks of "+strings.Join(proxies, ", "))
	}
	return strings.Join(lines, "\n  ")
}
