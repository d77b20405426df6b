package cli

import (
	"crypto/rand"
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/web"
)

func (p *program) pageRotate() *cli.Command {
	return &cli.Command{
		Name: "rotate", ArgsUsage: "NUMBER", Usage: "replace a link by a new one, and show that once",
		Description: `For a link that has got into wrong hands. The old one ends at once, or after
--grace, in which the new one can be passed on: whoever opens the old one after
that is told that it was turned off.

  pcnrota page rotate 2
  pcnrota page rotate 2 --grace 7`,
		Flags:  append(outputFlags(), graceFlag(), dryRunFlag()),
		Action: p.inPCN(rotatePageLink),
	}
}

func rotatePageLink(c *cli.Context, p *pcn) error {
	l, err := p.pageLinkNumbered(c)
	if err != nil {
		return err
	}
	switch state := p.stateOf(l); state {
	case "revoked":
		return wrong(fmt.Sprintf("link %d was revoked, and stays so", l.ID), "pcnrota page add makes another")
	case "over":
		return wrong(fmt.Sprintf("link %d is over since %s", l.ID, p.lastDayOf(l).AddDays(1)), "pcnrota page add makes another")
	}
	ending, err := p.graceOf(c)
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.change("replace", pageLinkLabel(l), nil)
	}
	token, hash, err := web.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	if err := p.db.RotatePageLink(c.Context, l.ID, hash, ending); err != nil {
		return err
	}
	if err := p.showPageLink(c, "The new link", l, token); err != nil || c.Bool("json") {
		return err
	}
	fmt.Fprintln(p.stdout)
	p.sayOldLink(ending)
	return nil
}
