package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

// checkFolder makes the checks from the outside in; what rests on something that is wrong is left out.
func (p *program) checkFolder(c *cli.Context) []finding {
	dir := p.home(c)
	settings, err := p.loadConfig(dir)
	if err != nil {
		return []finding{trouble("config.toml", headline(err), "pcnrota config check")}
	}
	all := []finding{fine("config.toml", "it is understood")}
	if _, err := templatesIn(dir); err != nil {
		all = append(all, trouble("templates", headline(err), "pcnrota config check"))
	}
	all = append(all, checkPermissions(dir, settings), checkRoom(dir), checkAddress(dir, settings.Server))
	db, err := sqlite.Open(c.Context, filepath.Join(dir, databaseFile))
	if err != nil {
		return append(all, trouble("database", headline(err), "restore pcnrota.db from a backup, or see pcnrota init"))
	}
	defer db.Close()
	opened := &pcn{program: p, dir: dir, config: settings, db: db, at: p.now()}
	all = append(all, opened.checkDatabase(c.Context), opened.checkClock(c.Context), opened.checkQueue(c.Context), opened.checkAddresses(c.Context))
	if declined, err := opened.declined(c.Context, opened.at); err == nil && len(declined) > 0 {
		all = append(all, trouble("answers", declined[0].Says, declined[0].Do))
	}
	return append(all, opened.checkMail(c.Context))
}

func headline(err error) string {
	line, rest, _ := strings.Cut(err.Error(), "\n")
	if more := strings.Count(rest, "\n") + 1; rest != "" && more > 1 {
		return line + " (and more)"
	}
	return line
}

// checkPermissions sees that nobody else of this computer can read what is personal or secret.
func checkPermissions(dir string, s config.Config) finding {
	const check = "permissions"
	files := []string{databaseFile, outboxFolder}
	if s.Mail.Token.File != "" {
		files = append(files, s.Mail.Token.File)
	}
	for _, name := range files {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, name)
		}
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return trouble(check, fmt.Sprintf("%s cannot be looked at: %s", path, reasonOf(err)), "run it as the user who runs pcnrota serve")
		}
		if os.PathSeparator == '/' && info.Mode().Perm()&0o077 != 0 {
			return trouble(check, fmt.Sprintf("%s can be read by others of this computer, and holds personal data", path), "chmod go= "+path)
		}
	}
	return fine(check, "nobody else of this computer can read the data")
}

// checkRoom sees that the folder can be written.
func checkRoom(dir string) finding {
	const check = "folder"
	file, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return trouble(check, fmt.Sprintf("%s cannot be written: %s", shownPath(dir), reasonOf(err)), "run it as the user who runs pcnrota serve, or make room on the disk")
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := file.Write(make([]byte, 1<<20)); err != nil {
		return trouble(check, fmt.Sprintf("there is no room for a megabyte in %s", shownPath(dir)), "make room on the disk")
	}
	return fine(check, "%s can be written", shownPath(dir))
}

// checkDatabase has the database look at itself, and the audit trail.
func (p *pcn) checkDatabase(ctx context.Context) finding {
	if err := p.db.Check(ctx); err != nil {
		return trouble("database", headline(err), "stop pcnrota serve, keep a copy of the folder, and restore pcnrota.db from a backup")
	}
	return fine("database", "it is whole")
}

// checkClock compares the clock with what was written last: a clock that is behind would remind late, and one that was
// ahead has left times in the future.
func (p *pcn) checkClock(ctx context.Context) finding {
	last, err := p.db.LastWritten(ctx)
	switch {
	case err != nil:
		return trouble("clock", headline(err), "pcnrota audit verify")
	case last.After(p.at.Add(time.Minute)):
		return trouble("clock", fmt.Sprintf("the last change was made at %s, and this computer's clock shows %s", p.moment(last), p.moment(p.at)), "set the clock: it is behind, or was ahead")
	}
	return fine("clock", "it is %s in %s", p.moment(p.at), p.config.Zone)
}

// checkQueue sees whether messages wait that should have gone.
func (p *pcn) checkQueue(ctx context.Context) finding {
	queue, err := p.db.Queue(ctx, p.at)
	if err != nil {
		return trouble("messages", headline(err), "")
	}
	switch why, stuck := queue.Stuck(p.at); {
	case stuck && queue.Obstacle != nil:
		return trouble("messages", why, "nothing is lost: when it is put right, they go out by themselves, or at once with pcnrota remind send")
	case stuck:
		return trouble("messages", why, "pcnrota serve must be running; pcnrota remind list says what waits")
	}
	return fine("messages", "they go out when they should")
}

// checkAddresses sees whether everybody can be reached.
func (p *pcn) checkAddresses(ctx context.Context) finding {
	leaders, err := p.db.Leaders(ctx)
	if err != nil {
		return trouble("addresses", headline(err), "")
	}
	bounces, err := p.db.Bounces(ctx)
	if err != nil {
		return trouble("addresses", headline(err), "")
	}
	if len(bounces) > 0 {
		return trouble("addresses", fmt.Sprintf("mail to %s does not arrive", count(len(bounces), "leader", "leaders")), "pcnrota mail list; pcnrota leader edit "+string(bounces[0].Leader)+" --email ADDRESS")
	}
	last, err := p.lastSettled(ctx)
	if err != nil {
		return trouble("addresses", headline(err), "")
	}
	for _, l := range leaders {
		if r := last[l.ID]; r.State == notify.Failed && !hasLeft(l, p.today()) {
			return trouble("addresses", fmt.Sprintf("the last message to %s %s was refused for good", l.ID, l.Name),
				fmt.Sprintf("pcnrota remind show %d says why; pcnrota leader edit %s --email ADDRESS; pcnrota remind retry %d", r.Number, l.ID, r.Number))
		}
		if l.Email == "" && !hasLeft(l, p.today()) {
			return trouble("addresses", fmt.Sprintf("%s %s has no e-mail address: no reminder arrives", l.ID, l.Name), fmt.Sprintf("pcnrota leader edit %s --email ADDRESS", l.ID))
		}
	}
	return fine("addresses", "every leader has one, and no mail has come back")
}

// lastSettled gives the message to each leader of which it was settled last what became of it.
func (p *pcn) lastSettled(ctx context.Context) (map[rota.LeaderID]notify.Reminder, error) {
	settled, err := p.db.Reminders(ctx, notify.Filter{States: []notify.State{notify.Sent, notify.Failed}})
	last := map[rota.LeaderID]notify.Reminder{}
	for _, r := range settled {
		if !r.Changed.Before(last[r.Leader].Changed) {
			last[r.Leader] = r
		}
	}
	return last, err
}

// checkMail signs in to the mail server and sends nothing.
func (p *pcn) checkMail(ctx context.Context) finding {
	if p.config.Mail.Host == "" {
		return fine("mail server", "there is none: messages go into the folder %s", outboxFolder)
	}
	letterhead, err := p.letterhead()
	if err != nil {
		return trouble("mail server", headline(err), "pcnrota config check")
	}
	server, err := mail.NewSMTP(letterhead, p.mailOptions())
	if err == nil {
		err = server.Greet(ctx)
	}
	var why *notify.SendError
	switch {
	case errors.As(err, &why):
		return trouble("mail server", why.Problem, "look at [mail] in config.toml; pcnrota remind test ADDRESS sends a message")
	case err != nil:
		return trouble("mail server", headline(err), "look at [mail] in config.toml")
	}
	return fine("mail server", "%s lets us in", p.config.Mail.Host)
}
