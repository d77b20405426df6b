package config

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"pcnrota/rota"
)

// Config is what one PCN's config.toml declares. It is complete: defaults are filled in and every value
// has been checked.
type Config struct {
	PCN       PCN
	Zone      *time.Location
	Holidays  rota.Holidays // official and own days
	Rotas     []rota.Policy // in file order, names unique
	Mail      Mail
	Server    Server
	Reminders Reminders
	Absences  Absences
	Swaps     Swaps
	CallOuts  CallOuts
	Manager   Manager
	Meetings  rota.Policy // who goes to meetings; not among Rotas, which are on call

	Extensions map[rota.RotaName]Extension // of the rotas that have one
}

// Rota finds the rota of that name, be it one on call or that of who goes to meetings.
func (c Config) Rota(name rota.RotaName) (rota.Policy, bool) {
	for _, p := range c.Rotas {
		if p.Name == name {
			return p, true
		}
	}
	if name == rota.Meetings {
		return c.Meetings, true
	}
	return rota.Policy{}, false
}

// maxSize is far above any config.toml that a person would write.
const maxSize = 1 << 20

// Load reads the file at path. Environment variables, for secrets only, are looked up with env. The
// error is Faults: every fault of the file at once, or the one fault that there is no such file.
func Load(path string, env func(string) string) (Config, error) {
	data, faults := content(path)
	if faults != nil {
		return Config{}, faults
	}
	return Parse(path, data, env)
}

func content(path string) ([]byte, Faults) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSize {
		return nil, Faults{{File: path, Problem: "is too large to be a config.toml"}}
	}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Faults{{File: path, Problem: "there is no such file", Hint: "pcnrota init writes one"}}
	case err != nil:
		return nil, Faults{{File: path, Problem: "cannot be read: " + reason(err)}}
	}
	return data, nil
}

// LoadServer reads the file at path that belongs to a server of many PCNs: it has the heading [server] alone. Where there
// is no file, everything is as it would be without the heading. The error is Faults.
func LoadServer(path string) (Server, error) {
	var data []byte
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		var faults Faults
		if data, faults = content(path); faults != nil {
			return Server{}, faults
		}
	}
	r := &reader{file: path, env: func(string) string { return "" }, broken: map[int]bool{}}
	file := r.whole(r.read(data))
	server := readServer(file.table("server"))
	r.unknownKeys()
	if len(r.faults) == 0 {
		r.confirm(data)
	}
	if len(r.faults) > 0 {
		return Server{}, r.faults.inOrder()
	}
	return server, nil
}

// Parse reads the text of a config.toml. The name is used in faults, and its folder is where a relative
// password_file is looked for. The error is Faults, in order of line.
func Parse(name string, data []byte, env func(string) string) (Config, error) {
	if env == nil {
		env = func(string) string { return "" }
	}
	r := &reader{file: name, env: env, broken: map[int]bool{}}
	c := r.config(r.read(data))
	if len(r.faults) == 0 {
		r.confirm(data)
	}
	if len(r.faults) > 0 {
		return Config{}, r.faults.inOrder()
	}
	return c, nil
}

// config reads the whole tree.
func (r *reader) config(root *node) Config {
	file := r.whole(root)
	pcn := file.table("pcn")
	c := Config{PCN: readPCN(pcn), Zone: get(pcn, "zone", zone, london())}
	c.Holidays = readHolidays(file.tables("bank_holiday"))
	rotas := file.tables("rota")
	c.Rotas = readRotas(rotas)
	c.Extensions = readExtensions(rotas, c.Rotas)
	c.Mail = readMail(file.table("mail"), c.PCN)
	c.Server = readServer(file.table("server"))
	c.Reminders = readReminders(file.table("reminders"), c.Rotas)
	c.Absences = readAbsences(file.table("absences"))
	c.Swaps = readSwaps(file.table("swaps"))
	c.CallOuts = readCallOuts(file.table("call_outs"))
	c.Manager = readManager(file.table("manager"))
	c.Meetings = readMeetings(file.table("meetings"))
	r.unknownKeys()
	return c
}

// reason is why a file operation did not succeed, without the path that the fault already names.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
