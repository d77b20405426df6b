package config

import "pcnrota/rota"

// Extension says how far ahead a rota is kept, in weeks.
type Extension struct {
	Ahead   int  // weeks from today that it is to reach
	Block   int  // weeks that are built at a time
	Publish bool // at once, and not as a draft
	Daily   bool // by pcnrota serve, by itself
}

// usualExtension is half a year ahead, a quarter at a time, when somebody asks for it.
var usualExtension = Extension{Ahead: 26, Block: 13}

// ExtensionOf gives what the file says of a rota, and what is usual where it says nothing.
func (c Config) ExtensionOf(name rota.RotaName) Extension {
	if e, ok := c.Extensions[name]; ok {
		return e
	}
	return usualExtension
}

const maxWeeksAhead = 156

// readExtensions reads every [rota.extend]. A rota that has one is extended daily, unless it says otherwise.
func readExtensions(rotas []*section, policies []rota.Policy) map[rota.RotaName]Extension {
	all := map[rota.RotaName]Extension{}
	for i, s := range rotas {
		e, given := s.table("extend"), s.has("extend")
		extension := Extension{
			Ahead:   get(e, "ahead", whole(1, maxWeeksAhead, usualExtension.Ahead), usualExtension.Ahead),
			Block:   get(e, "block", whole(1, maxWeeksAhead, usualExtension.Block), usualExtension.Block),
			Publish: get(e, "publish", truth(false), false), Daily: get(e, "daily", truth(true), given),
		}
		if given {
			all[policies[i].Name] = extension
		}
	}
	return all
}
