package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) handoverCommand() *cli.Command {
	return &cli.Command{
		Name: "handover", Category: onCall, Usage: "leave a note for whoever is on call next, and read it",
		Description: `Whoever takes over next in the rota and tier gets the notes by mail as their duty
begins, unless config.toml says handover = false. Notes are in no calendar and on none
of the team's pages.

` + noPatients + `

  pcnrota handover write on-call.first.20270104 --note "Boiler at Quay is out"
  pcnrota handover show`,
		Subcommands: []*cli.Command{p.handoverWrite(), p.handoverShow(), p.handoverList(), p.handoverRemove()},
	}
}

// noteView is a handover note in JSON.
type noteView struct {
	ID       rota.HandoverID `json:"id"`
	DutyID   rota.DutyID     `json:"duty_id"`
	Rota     rota.RotaName   `json:"rota"`
	Tier     rota.TierName   `json:"tier"`
	LeaderID rota.LeaderID   `json:"leader_id"`
	Leader   string          `json:"leader"`
	Note     string          `json:"note"`
	Written  string          `json:"written"`         // RFC 3339
	Calls    []callView      `json:"calls,omitempty"` // of the duty
	DryRun   bool            `json:"dry_run,omitempty"`
}

func (p *pcn) viewNote(h rota.Handover, names map[rota.LeaderID]rota.Leader) noteView {
	return noteView{
		ID: h.ID, DutyID: h.Duty, Rota: h.Rota, Tier: h.Tier, LeaderID: h.Leader, Leader: nameOf(names, h.Leader),
		Note: h.Note, Written: p.rfc3339(h.Written),
	}
}
