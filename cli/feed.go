package cli

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/web"
	"pcnrota/rota"
)

func (p *program) feedCommand() *cli.Command {
	return &cli.Command{
		Name: "feed", Category: running, Usage: "secret links to calendars",
		Description: `A feed is a secret link to subscribe to in Outlook, Google, Apple or any other
calendar. It shows what is published: the duties and meetings of one leader, or
of a rota, a practice, a partner body or the whole PCN.`,
		Subcommands: []*cli.Command{p.feedAdd(), p.feedEdit(), p.feedList(), p.feedShow(), p.feedRotate(), p.feedRevoke()},
	}
}

// feedNumbered finds the link whose number was typed.
func (p *pcn) feedNumbered(c *cli.Context) (rota.Feed, error) {
	typed := c.Args().First()
	number, _ := strconv.ParseInt(typed, 10, 64)
	feeds, err := p.db.Feeds(c.Context)
	if err != nil {
		return rota.Feed{}, err
	}
	for _, f := range feeds {
		if f.ID == rota.FeedID(number) {
			return f, nil
		}
	}
	return rota.Feed{}, wrong(fmt.Sprintf("there is no link number %q", typed), "pcnrota feed list")
}

// feedLabel is a link in a sentence: "link 3 for Dr Ada Obi (work Outlook)".
func (p *pcn) feedLabel(c *cli.Context, f rota.Feed) (string, error) {
	names, err := p.namesOf(c)
	return fmt.Sprintf("link %d for %s (%s)", f.ID, feedOf(f, names), f.Name), err
}

// feedOf says whose calendar a link shows: "Dr Ada Obi", "rota on-call".
func feedOf(f rota.Feed, names map[rota.LeaderID]string) string {
	switch f.Kind {
	case rota.FeedOfRota:
		return "rota " + string(f.Rota)
	case rota.FeedOfPractice:
		return "practice " + string(f.Practice)
	case rota.FeedOfBody:
		return string(f.Body) + " meetings"
	case rota.FeedOfPCN:
		return "the whole PCN"
	}
	return names[f.Leader]
}

// feedState says whether a link works, seen from now.
func (p *pcn) feedState(f rota.Feed) string {
	until := rota.CivilOf(f.Expires, p.config.Zone).Date.AddDays(-1)
	switch {
	case !f.Revoked.IsZero():
		return "revoked"
	case f.Ended(p.at):
		return "expired"
	case !f.Expires.IsZero():
		return "works to " + until.Format("2 Jan 2006")
	}
	return "works"
}

// feedUse says when and by what a link was fetched last: "Outlook, 3 h ago".
func (p *pcn) feedUse(f rota.Feed) string {
	if f.LastFetched.IsZero() {
		return "never"
	}
	return f.Client + ", " + ago(p.at.Sub(f.LastFetched))
}

// ago says roughly how long something is past.
func ago(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 2*time.Minute:
		return "just now"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days ago", int(d/day))
	}
}

// feedView is a link in JSON. The secret is not kept, so it cannot be shown. Times are RFC 3339, "" for
// never.
type feedView struct {
	ID          rota.FeedID      `json:"id"`
	Kind        rota.FeedKind    `json:"kind"`
	LeaderID    rota.LeaderID    `json:"leader_id,omitempty"`
	Rota        rota.RotaName    `json:"rota,omitempty"`
	Practice    string           `json:"practice,omitempty"`
	Body        rota.BodyID      `json:"body,omitempty"`
	Name        string           `json:"name"`
	Options     rota.FeedOptions `json:"options"`
	Created     string           `json:"created"`
	Expires     string           `json:"expires"`
	Revoked     string           `json:"revoked"`
	LastFetched string           `json:"last_fetched"`
	Client      string           `json:"client"`
}

func (p *pcn) viewOfFeed(f rota.Feed) feedView {
	return feedView{
		f.ID, f.Kind, f.Leader, f.Rota, string(f.Practice), f.Body, f.Name, f.Options,
		p.whenever(f.Created), p.whenever(f.Expires), p.whenever(f.Revoked), p.whenever(f.LastFetched), f.Client,
	}
}

// newLink is a link that is shown once.
type newLink struct {
	feedView
	URL    string `json:"url"`
	Webcal string `json:"webcal"`
	Page   string `json:"page,omitempty"` // of a leader's whole calendar: the page with the same, and more
}

// newSecret makes a secret and the addresses with it.
func (p *pcn) newSecret() (link newLink, hash []byte, err error) {
	token, hash, err := web.NewToken(rand.Reader)
	base := p.config.Server.BaseURL
	return newLink{URL: web.FeedURL(base, token), Webcal: web.WebcalURL(base, token), Page: web.MyURL(base, token)}, hash, err
}

// showLink prints a new link, and how to subscribe to it.
func (p *pcn) showLink(c *cli.Context, link newLink, label string) error {
	personal := rota.Feed{Kind: link.Kind, Options: link.Options}.Personal()
	if !personal {
		link.Page = ""
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, link)
	}
	p.say(label + ", shown this once. Whoever has it sees the calendar:")
	fmt.Fprintf(p.stdout, `
%s

Outlook      Add calendar, Subscribe from web: paste it.
Google       On a computer, + beside Other calendars, From URL: paste it.
Thunderbird  New Calendar, On the Network: paste it.
iPhone, Mac  Open it in this form instead, and confirm:

%s

Calendars look again when they like; Google and Outlook may take a day.
pcnrota feed rotate %d replaces the link, feed revoke %d takes it back.
`, link.URL, link.Webcal, link.ID, link.ID)
	if personal {
		fmt.Fprintf(p.stdout, "\nThe same secret opens a page of their own, with points and how to subscribe:\n\n%s\n", link.Page)
	}
	if onlyHere(link.URL) {
		p.warn("the link works on this computer alone, until base_url in config.toml says where others reach it")
	}
	p.warnOfAddress(p.dir, p.config.Server)
	return nil
}

// onlyHere reports whether an address leads nowhere from another computer.
func onlyHere(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Hostname() == "127.0.0.1" || u.Hostname() == "::1" || u.Hostname() == "localhost")
}
