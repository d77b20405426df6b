package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"pcnrota/internal/config"
)

// addressBelow gives what base_url of a folder should be where it is served among others, under its own name, and its
// links would lead elsewhere; "" where that is not so, or not known. That it is served so is known by a config.toml around
// it which is that of a server and of no PCN.
func addressBelow(dir string, own config.Server) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	around := filepath.Join(filepath.Dir(dir), configFile)
	if !lookAt(around).exists() {
		return ""
	}
	server, err := config.LoadServer(around)
	name := "/" + filepath.Base(dir)
	if err != nil || !isSegment(name[1:]) || strings.HasSuffix(own.BaseURL, name) {
		return ""
	}
	if onlyHere(own.BaseURL) {
		return server.BaseURL + name
	}
	return own.BaseURL + name
}

// warnOfAddress tells whoever is given a link that it leads elsewhere than to where this folder is served.
func (p *program) warnOfAddress(dir string, own config.Server) {
	if should := addressBelow(dir, own); should != "" {
		p.warn("this folder is one of those that pcnrota serve --all %s serves, each under its own name, so its links lead elsewhere until config.toml has, under [server]: %s",
			shownPath(filepath.Dir(dir)), baseURLLine(should))
	}
}

func baseURLLine(address string) string { return fmt.Sprintf("base_url = %q", address) }

// checkAddress sees that links lead to where the folder is served.
func checkAddress(dir string, own config.Server) finding {
	const check = "links"
	if should := addressBelow(dir, own); should != "" {
		return trouble(check, fmt.Sprintf("they begin with %s, and pcnrota serve --all serves this folder under its own name", own.BaseURL), "in config.toml, under [server]: "+baseURLLine(should))
	}
	return fine(check, "they begin with %s", own.BaseURL)
}
