package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) initCommand() *cli.Command {
	return &cli.Command{
		Name: "init", Category: settingUp, Usage: "begin a PCN in this folder",
		Description: `Writes config.toml, with every setting explained in it, and makes the database.
Refuses to touch either where it exists already.

  pcnrota init --name "Harbourside PCN" --ods U12345
  pcnrota --home ~/harbourside init`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Usage: "`NAME` what the PCN is called"},
			&cli.StringFlag{Name: "ods", Usage: "`CODE` its ODS code, like U12345"},
			dryRunFlag(),
		},
		Action: p.init,
	}
}

func (p *program) init(c *cli.Context) error {
	dir := p.home(c)
	text, settings, err := p.prepare(dir, c.String("name"), c.String("ods"))
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		fmt.Fprintf(p.stdout, "would write %s and %s in %s (dry run: nothing was changed)\n", configFile, databaseFile, shownPath(dir))
		return nil
	}
	if err := writeNew(c.Context, dir, text); err != nil {
		return err
	}
	p.sayNext(dir, settings)
	return nil
}

// prepare makes sure that dir has no PCN yet, and gives the config.toml that it will have.
func (p *program) prepare(dir, name, ods string) ([]byte, config.Config, error) {
	for _, file := range []string{configFile, databaseFile} {
		if _, err := os.Lstat(filepath.Join(dir, file)); !errors.Is(err, fs.ErrNotExist) {
			return nil, config.Config{}, wrong(fmt.Sprintf("%s has a %s already; nothing was changed", shownPath(dir), file),
				"use it as it is, or choose another folder for another PCN",
				fmt.Sprintf("to begin anew around your own %s: move it away, pcnrota init, and put it back", file))
		}
	}
	text, err := filledIn(p.defaultConfig, name, ods)
	if err != nil {
		return nil, config.Config{}, err
	}
	settings, err := config.Parse(configFile, text, p.getenv)
	return text, settings, err
}

// writeNew writes both files, or neither.
func writeNew(ctx context.Context, dir string, text []byte) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	path := filepath.Join(dir, databaseFile)
	db, err := sqlite.Create(ctx, path)
	if err != nil {
		return err
	}
	err = db.Close()
	if err == nil {
		err = writeFile(filepath.Join(dir, configFile), text)
	}
	if err != nil {
		for _, ending := range []string{"", "-wal", "-shm"} {
			os.Remove(path + ending)
		}
		return fmt.Errorf("begin PCN: %w", err)
	}
	return nil
}

// writeFile writes a file that must not exist yet; where that fails, nothing is left of it.
func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}

// filledIn puts the PCN's name and code into the first lines of the text that hold them. The rest of
// the text stays as it is, comments and all.
func filledIn(text []byte, name, ods string) ([]byte, error) {
	for _, setting := range [][2]string{{"name", name}, {"ods_code", ods}} {
		key, value := setting[0], setting[1]
		if value == "" {
			continue
		}
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return nil, usage(fmt.Sprintf("%q has characters that cannot be shown", value), "type it on one line")
		}
		var ok bool
		if text, ok = setKey(text, key, value); !ok {
			return nil, fmt.Errorf("fill in %s: the default %s has no such key", key, configFile)
		}
	}
	return text, nil
}

// setKey replaces the value of the first line "key = ...", commented out or not.
func setKey(text []byte, key, value string) ([]byte, bool) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i, line := range lines {
		name, _, isSetting := strings.Cut(strings.TrimLeft(string(line), "# "), "=")
		if isSetting && strings.TrimSpace(name) == key {
			lines[i] = []byte(key + " = " + strconv.Quote(value) + "\n")
			return bytes.Join(lines, nil), true
		}
	}
	return nil, false
}

func (p *program) sayNext(dir string, settings config.Config) {
	fmt.Fprintf(p.stdout, "%s begins in %s.\n\n", settings.PCN.Name, shownPath(dir))
	fmt.Fprintf(p.stdout, "  %-12s how the PCN works, every setting explained: open it in an editor\n", configFile)
	fmt.Fprintf(p.stdout, "  %-12s who there is and what happened: leaders, absences, rotas\n\n", databaseFile)
	fmt.Fprint(p.stdout, "Next:\n\n"+
		"  pcnrota practice import practices.csv\n"+
		"  pcnrota leader import leaders.csv\n"+
		"  pcnrota absence import absences.csv\n")
	if len(settings.Rotas) > 0 {
		monday := rota.CivilOf(p.now(), settings.Zone).Date.Monday().AddDays(7)
		fmt.Fprintf(p.stdout, "  pcnrota rota build %s --from %s --weeks 26\n", settings.Rotas[0].Name, monday)
	}
}
