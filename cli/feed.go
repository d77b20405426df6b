package cli

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

func (p *program) feedCommand() *cli.Command {
	return &cli.Command{
		Name: "feed", Category: running, Usage: "secret links to leaders' calendars",
		Description: `A feed is a secret link that a leader subscribes to in Outlook, Apple, Google or
any other calendar. It shows that leader's published duties and meetings.`,
		Subcommands: []*cli.Command{p.feedAdd(), p.feedList(), p.feedRevoke()},
	}
}

func (p *program) feedAdd() *cli.Command {
	return &cli.Command{
		Name: "add", ArgsUsage: "LEADER", Usage: "make a link for a leader, and show it once",
		Description: `  pcnrota feed add L01 --name "work Outlook"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "name", Value: "calendar", Usage: "`NAME` by which to tell the leader's links apart"}, dryRunFlag()),
		Action: p.inPCN(addFeed),
	}
}

func addFeed(c *cli.Context, p *pcn) error {
	leader, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	token, hash, err := web.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.change("add", fmt.Sprintf("a link for %s", leader.Name), nil)
	}
	feed, err := p.db.AddFeed(c.Context, rota.NewLeaderFeed(leader.ID, sheet.Clean(c.String("name")), p.at), hash)
	if err != nil {
		return err
	}
	link, webcal := web.FeedURL(p.config.Server.BaseURL, token), web.WebcalURL(p.config.Server.BaseURL, token)
	if c.Bool("json") {
		return writeJSON(p.stdout, struct {
			ID     rota.FeedID   `json:"id"`
			Leader rota.LeaderID `json:"leader_id"`
			Name   string        `json:"name"`
			URL    string        `json:"url"`
			Webcal string        `json:"webcal"`
		}{feed.ID, leader.ID, feed.Name, link, webcal})
	}
	fmt.Fprintf(p.stdout, `Link %d for %s (%s), shown this once. Whoever has it sees the calendar:

%s

Outlook and Google: add a calendar from the internet (by URL) and paste it.
iPhone, iPad, Mac: open it in this form instead:

%s

pcnrota feed revoke %d takes it back.
`, feed.ID, leader.Name, feed.Name, link, webcal, feed.ID)
	return nil
}

func (p *program) feedList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the links, and when each was last used",
		Description: "  pcnrota feed list\n  pcnrota feed list --json",
		Flags:       outputFlags(), Action: p.inPCN(listFeeds),
	}
}

// feedView is a link in JSON. The secret is not kept, so it cannot be shown. Times are RFC 3339, "" for
// never.
type feedView struct {
	ID          rota.FeedID   `json:"id"`
	LeaderID    rota.LeaderID `json:"leader_id"`
	Name        string        `json:"name"`
	Created     string        `json:"created"`
	LastFetched string        `json:"last_fetched"`
	Client      string        `json:"client"`
	Revoked     string        `json:"revoked"`
}

func listFeeds(c *cli.Context, p *pcn) error {
	feeds, err := p.db.Feeds(c.Context)
	if err != nil {
		return err
	}
	when := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return p.rfc3339(t)
	}
	l := listing{
		table: newTable(number("no"), col("leader"), wide("name"), col("state"), col("last used"), wide("by")),
		json: each(feeds, func(f rota.Feed) feedView {
			return feedView{f.ID, f.Leader, f.Name, when(f.Created), when(f.LastFetched), f.Client, when(f.Revoked)}
		}),
		empty: "there are no links yet: pcnrota feed add LEADER",
	}
	for _, f := range feeds {
		state, used := "works", "never"
		if !f.Revoked.IsZero() {
			state = "revoked"
		}
		if !f.LastFetched.IsZero() {
			used = inFull(rota.CivilOf(f.LastFetched, p.config.Zone))
		}
		l.table.row(fmt.Sprint(f.ID), string(f.Leader), f.Name, state, used, f.Client)
	}
	return p.show(c, l)
}

func (p *program) feedRevoke() *cli.Command {
	return &cli.Command{
		Name: "revoke", ArgsUsage: "NUMBER", Usage: "take a link back: calendars that use it are told that it is gone",
		Description: "  pcnrota feed list\n  pcnrota feed revoke 3",
		Flags:       []cli.Flag{dryRunFlag()}, Action: p.inPCN(revokeFeed),
	}
}

func revokeFeed(c *cli.Context, p *pcn) error {
	typed := c.Args().First()
	number, _ := strconv.ParseInt(typed, 10, 64)
	feeds, err := p.db.Feeds(c.Context)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		if f.ID == rota.FeedID(number) {
			return p.change("revoke", fmt.Sprintf("link %d of %s (%s)", f.ID, f.Leader, f.Name), func() error {
				return p.db.RevokeFeed(c.Context, f.ID, p.at)
			})
		}
	}
	return wrong(fmt.Sprintf("there is no link number %q", typed), "pcnrota feed list")
}
