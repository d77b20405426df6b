package cli

import "github.com/urfave/cli/v2"

// story is how a PCN gets from an empty folder to a rota.
const story = `One folder is one PCN. The first rota, from the beginning:

  pcnrota init --name "Harbourside PCN"
  pcnrota practice import practices.csv
  pcnrota leader import leaders.csv
  pcnrota absence import absences.csv
  pcnrota rota build on-call --from 2027-01-04 --weeks 26
  pcnrota rota publish on-call
  pcnrota serve
`

// Where a command stands in the help of the whole program.
const (
	settingUp = "set up"
	people    = "people and meetings"
	onCall    = "on call"
	running   = "run it"
	about     = "about"
)

// commands lists the nouns, and the verbs that stand alone, in the order in which a PCN meets them.
func (p *program) commands() []*cli.Command {
	return []*cli.Command{
		p.demoCommand(),
		p.initCommand(),
		p.practiceCommand(),
		p.leaderCommand(),
		p.absenceCommand(),
		p.wishCommand(),
		p.bodyCommand(),
		p.meetingCommand(),
		p.responsibilityCommand(),
		p.rotaCommand(),
		p.swapCommand(),
		p.coverCommand(),
		p.handoverCommand(),
		p.callCommand(),
		p.reportCommand(),
		p.nowCommand(),
		p.nextCommand(),
		p.feedCommand(),
		p.pageCommand(),
		p.remindCommand(),
		p.mailCommand(),
		p.serveCommand(),
		p.doctorCommand(),
		p.auditCommand(),
		p.configCommand(),
		p.versionCommand(),
	}
}
