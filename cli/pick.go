package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// pick finds the one that a person means among all: by one of its names, whatever the case. The first
// of its names is the one that commands use.
func pick[T any](all []T, noun, typed string, names func(T) []string) (T, error) {
	var known []string
	for _, one := range all {
		for _, name := range names(one) {
			if strings.EqualFold(name, strings.TrimSpace(typed)) {
				return one, nil
			}
		}
		known = append(known, names(one)[0])
	}
	var none T
	list := fmt.Sprintf("pcnrota %s list, to see which there are", noun)
	says := fmt.Sprintf("there is no %s %s", noun, typed)
	if near := meant(typed, known); near != "" && strings.Trim(typed, "0123456789") != "" {
		return none, wrong(says, fmt.Sprintf("did you mean %s?", near), list)
	}
	return none, wrong(says, list)
}

func leaderNames(l rota.Leader) []string     { return []string{string(l.ID), l.Name} }
func practiceNames(p rota.Practice) []string { return []string{string(p.Code), p.Name} }
func bodyNames(b rota.Body) []string         { return []string{string(b.ID), b.Name} }

// leader finds a leader by ID or name.
func (p *pcn) leader(c *cli.Context, typed string) (rota.Leader, error) {
	return p.leaderNamed(c.Context, typed)
}

func (p *pcn) leaderNamed(ctx context.Context, typed string) (rota.Leader, error) {
	all, err := p.db.Leaders(ctx)
	if err != nil {
		return rota.Leader{}, err
	}
	return pick(all, "leader", typed, leaderNames)
}

// practice finds a practice by code or name.
func (p *pcn) practice(c *cli.Context, typed string) (rota.Practice, error) {
	all, err := p.db.Practices(c.Context)
	if err != nil {
		return rota.Practice{}, err
	}
	return pick(all, "practice", typed, practiceNames)
}

// body finds a partner body by ID or name.
func (p *pcn) body(c *cli.Context, typed string) (rota.Body, error) {
	all, err := p.db.Bodies(c.Context)
	if err != nil {
		return rota.Body{}, err
	}
	return pick(all, "body", typed, bodyNames)
}

// namesOf gives what people call each leader: "Dr Aoife Kowalski".
func (p *pcn) namesOf(c *cli.Context) (map[rota.LeaderID]string, error) {
	all, err := p.db.Leaders(c.Context)
	names := map[rota.LeaderID]string{}
	for _, l := range all {
		names[l.ID] = l.Name
	}
	return names, err
}
