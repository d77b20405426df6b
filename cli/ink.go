package cli

// ink colours words where the terminal can show it, and leaves them alone where not. Colour only
// repeats what the words already say.
type ink bool

func (p *program) ink() ink { return ink(p.out.colour) }

func (k ink) strong(s string) string { return k.paint("1", s) }

func (k ink) alarm(s string) string { return k.paint("1;31", s) }

func (k ink) paint(code, s string) string {
	if !k || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
