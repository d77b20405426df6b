package cli

import (
	"crypto/rand"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

func (p *program) pageCommand() *cli.Command {
	return &cli.Command{
		Name: "page", Category: running, Usage: "secret links to the pages about the whole team",
		Description: `Where config.toml has now_page = "link", who is on call now, the wall display and
the team's rota are seen only by whoever has a link: one that is made here, say
for the switchboard, or a leader's own (pcnrota feed). The same secret opens
/api/v1 to a program that sends it as a bearer token.`,
		Subcommands: []*cli.Command{p.pageAdd(), p.pageList(), p.pageRotate(), p.pageRevoke()},
	}
}

func (p *program) pageAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "make a link to the pages, and show it once",
		Description: "  pcnrota page add --name switchboard\n  pcnrota page add --name \"locum cover\" --until 2027-03-31",
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "name", Value: "pages", Usage: "`NAME` by which to tell links apart"},
			&cli.StringFlag{Name: "until", Usage: "last `DAY` on which it works (default: no end)"}, dryRunFlag()),
		Action: p.inPCN(addPageLink),
	}
}

func addPageLink(c *cli.Context, p *pcn) error {
	l := rota.PageLink{Name: sheet.Clean(c.String("name")), Created: p.at}
	last, err := dayFlag(c, "until")
	if err != nil {
		return err
	}
	if !last.IsZero() {
		if last.Before(p.today()) {
			return wrong(fmt.Sprintf("--until %s is over", last), "give a day from today on")
		}
		l.Expires = last.AddDays(1).At(0).Instant(p.config.Zone)
	}
	token, hash, err := web.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.change("add", fmt.Sprintf("a link to the pages (%s)", l.Name), nil)
	}
	if l, err = p.db.AddPageLink(c.Context, l, hash); err != nil {
		return err
	}
	if err := p.showPageLink(c, "Link", l, token); err != nil || c.Bool("json") {
		return err
	}
	fmt.Fprintf(p.stdout, "\npcnrota page rotate %d replaces it, page revoke %d takes it back.\n", l.ID, l.ID)
	if s := p.config.Server; !s.NowLink && !s.NowPage {
		p.warn("config.toml has now_page = false, so it shows nothing until that is changed to \"link\"")
	}
	return nil
}

// showPageLink prints the addresses that a secret opens.
func (p *pcn) showPageLink(c *cli.Context, what string, l rota.PageLink, token string) error {
	address := web.PageURL(p.config.Server.BaseURL, token)
	if c.Bool("json") {
		return writeJSON(p.stdout, struct {
			pageLinkView
			URL   string `json:"url"`
			Wall  string `json:"wall"`
			Token string `json:"token"`
		}{p.viewPageLink(l), address, address + "wall", token})
	}
	p.say(fmt.Sprintf("%s %d to the pages (%s), shown this once. Whoever has it sees who is on call, with telephone numbers, and the team's rota:", what, l.ID, l.Name))
	fmt.Fprintf(p.stdout, "\n%s\n\nFor a screen on a wall: %swall\n", address, address)
	p.warnOfAddress(p.dir, p.config.Server)
	return nil
}

func (p *program) pageList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the links to the pages",
		Description: "  pcnrota page list\n  pcnrota page list --json",
		Flags:       outputFlags(), Action: p.inPCN(listPageLinks),
	}
}

// pageLinkView is a link in JSON. The secret is not kept, so it cannot be shown. Times are RFC 3339, "" for
// never.
type pageLinkView struct {
	ID      rota.PageLinkID `json:"id"`
	Name    string          `json:"name"`
	Created string          `json:"created"`
	Expires string          `json:"expires"`
	Revoked string          `json:"revoked"`
}

func (p *pcn) viewPageLink(l rota.PageLink) pageLinkView {
	return pageLinkView{l.ID, l.Name, p.whenever(l.Created), p.whenever(l.Expires), p.whenever(l.Revoked)}
}

func listPageLinks(c *cli.Context, p *pcn) error {
	links, err := p.db.PageLinks(c.Context)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(number("no"), wide("name"), col("state"), col("made"), col("last day")),
		json:  each(links, p.viewPageLink), empty: "there are no links yet: pcnrota page add",
	}
	for _, link := range links {
		l.table.row(fmt.Sprint(link.ID), link.Name, p.stateOf(link), p.dayOf(link.Created).String(), p.lastDayOf(link).String())
	}
	return p.show(c, l)
}

func (p *pcn) stateOf(l rota.PageLink) string {
	switch {
	case !l.Revoked.IsZero():
		return "revoked"
	case l.Ended(p.at):
		return "over"
	default:
		return "works"
	}
}

// lastDayOf is the last whole day on which a link works; zero where it has no end.
func (p *pcn) lastDayOf(l rota.PageLink) rota.Date {
	if l.Expires.IsZero() {
		return rota.Date{}
	}
	return p.dayOf(l.Expires).AddDays(-1)
}

func (p *program) pageRevoke() *cli.Command {
	return &cli.Command{
		Name: "revoke", ArgsUsage: "NUMBER", Usage: "take a link back: whoever opens it is told that it was turned off",
		Description: "  pcnrota page list\n  pcnrota page revoke 2",
		Flags:       []cli.Flag{dryRunFlag()}, Action: p.inPCN(revokePageLink),
	}
}

func revokePageLink(c *cli.Context, p *pcn) error {
	l, err := p.pageLinkNumbered(c)
	if err != nil {
		return err
	}
	return p.change("revoke", pageLinkLabel(l), func() error { return p.db.RevokePageLink(c.Context, l.ID, p.at) })
}

func pageLinkLabel(l rota.PageLink) string {
	return fmt.Sprintf("link %d to the pages (%s)", l.ID, l.Name)
}

// pageLinkNumbered finds the link that is named on the command line.
func (p *pcn) pageLinkNumbered(c *cli.Context) (rota.PageLink, error) {
	typed := c.Args().First()
	number, _ := strconv.ParseInt(typed, 10, 64)
	links, err := p.db.PageLinks(c.Context)
	if err != nil {
		return rota.PageLink{}, err
	}
	for _, l := range links {
		if l.ID == rota.PageLinkID(number) {
			return l, nil
		}
	}
	return rota.PageLink{}, wrong(fmt.Sprintf("there is no link number %q", typed), "pcnrota page list")
}
