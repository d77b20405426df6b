package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) bodyEnd() *cli.Command {
	return &cli.Command{
		Name: "end", Usage: "say that a partner body ends, or becomes part of another", ArgsUsage: "BODY",
		Description: `With --into, its meetings after the last day are the other body's: each stays the
meeting that it was, for whoever goes. Without, they are called off.

--undo takes it back: the meetings go on as those of the body.

  pcnrota body end ICS --on 2027-03-31 --into NORTH --dry-run
  pcnrota body end "Local authority" --on 2027-03-31
  pcnrota body end ICS --undo`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "on", Usage: "`DAY` that is its last"},
			&cli.StringFlag{Name: "into", Usage: "`BODY` that it becomes part of"},
			&cli.BoolFlag{Name: "undo", Usage: "it does not end after all"},
			dryRunFlag(),
		},
		Action: p.inPCN(bodyEnd),
	}
}

func bodyEnd(c *cli.Context, pcn *pcn) error {
	b, err := pcn.body(c, c.Args().First())
	if err != nil {
		return err
	}
	switch {
	case c.Bool("undo") && (c.IsSet("on") || c.IsSet("into")):
		return usage("--undo takes the end back, and goes with neither --on nor --into", "pcnrota body end "+asTyped(string(b.ID))+" --undo")
	case c.Bool("undo"):
		return pcn.undoBodyEnd(c, b)
	case !b.Ends.IsZero():
		return wrong(fmt.Sprintf("%s has %s for its last day already", bodyLabel(b), b.Ends), "to change that, take it back first: pcnrota body end "+asTyped(string(b.ID))+" --undo")
	case c.String("on") == "":
		return usage("what is its last day?", "--on 2027-03-31")
	}
	if b.Ends, err = parseDay(c.String("on")); err != nil {
		return err
	}
	if b.Ends.Before(b.Starts) {
		return usage(fmt.Sprintf("it cannot end on %s: it began on %s", b.Ends, b.Starts), "--on a later day")
	}
	b.Into = ""
	if c.String("into") != "" {
		into, err := pcn.body(c, c.String("into"))
		if err != nil {
			return err
		}
		if into.ID == b.ID {
			return usage("a body cannot become part of itself", "name another, or: pcnrota body edit "+string(b.ID)+" --name NAME")
		}
		b.Into = into.ID
	}
	return pcn.carryOutBodyEnd(c, b)
}

// undoBodyEnd takes the end of a body back: its series go on as they ended with it, and those that went on as another
// body's are its own again.
func (p *pcn) undoBodyEnd(c *cli.Context, b rota.Body) error {
	if b.Ends.IsZero() {
		return wrong(bodyLabel(b)+" has no last day", "pcnrota body list")
	}
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	ended := map[rota.SeriesID]bool{}
	var back []rota.Series
	for _, s := range all { // in order of ID: what goes on with another comes after it
		switch {
		case s.Body == b.ID && s.Until == b.Ends:
			ended[s.ID] = true
			if b.Into == "" {
				s.Until = rota.Date{}
				back = append(back, s)
			}
		case b.Into != "" && s.Body == b.Into && ended[s.Follows]:
			s.Body = b.ID
			back = append(back, s)
		}
	}
	is := b
	is.Ends, is.Into = rota.Date{}, ""
	err = p.change("take back", fmt.Sprintf("the end of partner body %s on %s", bodyLabel(b), b.Ends), func() error {
		if err := p.db.PutBodies(c.Context, []rota.Body{is}); err != nil {
			return err
		}
		for _, s := range back {
			if err := p.db.PutSeries(c.Context, s); err != nil {
				return err
			}
		}
		return p.planMeetings(c.Context)
	})
	if err == nil && len(back) > 0 {
		p.say("its meetings go on: " + strings.Join(each(back, func(s rota.Series) string { return s.Title }), ", "))
	}
	return err
}

// carryOutBodyEnd ends the body's series with it, or has them go on as another body's.
func (p *pcn) carryOutBodyEnd(c *cli.Context, b rota.Body) error {
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	var affected []rota.Series
	for _, s := range all {
		if s.Body == b.ID && s.MeetsAfter(b.Ends) {
			affected = append(affected, s)
		}
	}
	err = p.change("end", fmt.Sprintf("partner body %s on %s", bodyLabel(b), b.Ends), func() error {
		if err := p.db.PutBodies(c.Context, []rota.Body{b}); err != nil {
			return err
		}
		for _, s := range affected {
			if err := p.endOrHandOver(c, s, b); err != nil {
				return err
			}
		}
		return p.planMeetings(c.Context)
	})
	if err != nil || len(affected) == 0 {
		return err
	}
	titles := strings.Join(each(affected, func(s rota.Series) string { return s.Title }), ", ")
	if b.Into == "" {
		fmt.Fprintf(p.stdout, "no meetings after that: %s\n", titles)
	} else {
		fmt.Fprintf(p.stdout, "after that, meetings of %s: %s\n", b.Into, titles)
	}
	return nil
}

// endOrHandOver ends a series with its body, or has it go on as that of the body that takes over.
func (p *pcn) endOrHandOver(c *cli.Context, s rota.Series, b rota.Body) error {
	goesOn := s
	goesOn.Body, goesOn.From = b.Into, b.Ends.AddDays(1)
	s.Until = b.Ends
	switch {
	case b.Into == "":
		return p.db.PutSeries(c.Context, s)
	case s.Rule == "": // its days are not by a rule that could be cut in two
		goesOn.From = s.From
		return p.db.PutSeries(c.Context, goesOn)
	}
	_, err := p.db.SplitSeries(c.Context, s, goesOn)
	return err
}
