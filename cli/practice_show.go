package cli

import (
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) practiceShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a practice and its leaders", ArgsUsage: "CODE",
		Description: "  pcnrota practice show Y10111",
		Flags:       outputFlags(),
		Action:      p.inPCN(practiceShow),
	}
}

func practiceShow(c *cli.Context, pcn *pcn) error {
	practice, err := pcn.practice(c, c.Args().First())
	if err != nil {
		return err
	}
	all, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	view := struct {
		rota.Practice
		Leaders []rota.LeaderID `json:"leaders"`
	}{practice, []rota.LeaderID{}}
	var names []string
	for _, l := range all {
		if l.Practice == practice.Code && !hasLeft(l, pcn.today()) {
			view.Leaders = append(view.Leaders, l.ID)
			names = append(names, leaders.label(l))
		}
	}
	var f facts
	f.add("code", string(practice.Code))
	f.add("name", practice.Name)
	f.add("patients", strconv.Itoa(practice.ListSize))
	f.add("leaders", strings.Join(names, "\n"))
	return pcn.showOne(c, view, f)
}
