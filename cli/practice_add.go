package cli

import (
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) practiceAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a practice", ArgsUsage: "CODE",
		Description: `CODE is the practice's ODS code.

  pcnrota practice add Y10111 --name "Park View Surgery" --list-size 15750`,
		Flags:  practiceFlags(),
		Action: p.inPCN(practiceAdd),
	}
}

func practiceAdd(c *cli.Context, pcn *pcn) error {
	added := rota.Practice{Code: rota.PracticeCode(strings.ToUpper(c.Args().First()))}
	if err := checkID("an ODS code", "Y10111", string(added.Code)); err != nil {
		return err
	}
	if err := setPractice(c, &added); err != nil {
		return err
	}
	all, err := pcn.db.Practices(c.Context)
	if err != nil {
		return err
	}
	if was, known := practices.find(all, added); known {
		return wrong("there is a practice "+practices.label(was)+" already", "pcnrota practice edit "+string(was.Code))
	}
	return pcn.change("add", "practice "+practices.label(added), func() error {
		return pcn.db.PutPractices(c.Context, []rota.Practice{added})
	})
}
