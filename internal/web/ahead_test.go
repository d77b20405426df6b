package web

import (
	"net/http"
	"testing"

	"pcnrota/rota"
)

func TestTheOtherFeedsAreMadeBeforeTheyAreAskedFor(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{Ahead: true})
	var paths []string
	for _, leader := range []rota.LeaderID{"L1", "L2", "L3"} {
		path, _ := h.link(leader)
		paths = append(paths, path)
	}
	before := body(h.status(http.StatusOK, paths[0]))
	h.site.underWay.Wait()
	h.source.breaks("Published", false)
	others := body(h.status(http.StatusOK, paths[1]))
	contains(t, others, "BEGIN:VEVENT")
	if others == before {
		t.Error("two leaders have the same calendar")
	}
	h.status(http.StatusOK, paths[2])
}

func TestClosingASiteEndsWhatIsMadeAhead(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{Ahead: true})
	path, _ := h.link("L1")
	h.status(http.StatusOK, path)
	h.site.Close()
	if n := len(h.site.Memory.feeds.at); n != 0 {
		t.Errorf("%d feeds are kept of a site that is closed", n)
	}
}
