package cli

import (
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) practiceCommand() *cli.Command {
	return &cli.Command{
		Name: "practice", Category: settingUp, Usage: "the member practices",
		Description: "Leaders belong to practices; a rota can ask that two tiers come from different ones.",
		Subcommands: []*cli.Command{
			p.practiceAdd(), p.practiceEdit(), p.practiceList(), p.practiceShow(), p.practiceRemove(), p.practiceImport(),
		},
	}
}

var practices = kind[rota.Practice]{
	one: "practice", many: "practices",
	same:  func(a, b rota.Practice) bool { return a.Code == b.Code },
	label: func(p rota.Practice) string { return string(p.Code) + " " + p.Name },
	cells: func(p rota.Practice) [][2]string {
		return [][2]string{{"ods_code", string(p.Code)}, {"name", p.Name}, {"list_size", strconv.Itoa(p.ListSize)}}
	},
}

func practiceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "name", Usage: "`NAME` what people call it"},
		&cli.IntFlag{Name: "list-size", Usage: "`N` registered patients"},
		dryRunFlag(),
	}
}

// setPractice changes what the flags give.
func setPractice(c *cli.Context, p *rota.Practice) error {
	if c.IsSet("name") {
		p.Name = sheet.Clean(c.String("name"))
	}
	if c.IsSet("list-size") {
		p.ListSize = c.Int("list-size")
	}
	switch {
	case p.Name == "":
		return usage("a practice needs a name", `--name "Park View Surgery"`)
	case p.ListSize < 0:
		return usage("a list cannot have fewer than 0 patients", "--list-size 15750")
	}
	return nil
}
