package web

import (
	"net/http"
	"sync"
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

// TestJustAfterMidnightYesterdaysFeedIsThere: whoever asks then does not wait for all feeds to be made anew, which differ in
// the days at their far ends. Who asks later, or after a day on which nobody did, gets today's.
func TestJustAfterMidnightYesterdaysFeedIsThere(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{Ahead: true})
	h.publish("2026-01-25", "2026-02-20", nil, "2026-01-02T09:00")
	path, _ := h.openLink(rota.Feed{Kind: rota.FeedOfPCN})
	at4th := body(h.status(http.StatusOK, path))
	h.site.underWay.Wait()
	h.set(at("2026-05-05T00:00"))
	if now := body(h.status(http.StatusOK, path)); now != at4th {
		t.Error("just after midnight it is not yesterday's")
	}
	h.site.underWay.Wait()
	at5th := body(h.status(http.StatusOK, path))
	h.set(at("2026-05-07T00:00"))
	at7th := body(h.status(http.StatusOK, path))
	if at5th == at4th || at7th == at5th {
		t.Error("the day has turned, and the feed does not show it")
	}
}

// TestWhoAsksTogetherIsAnsweredFromOneReading asks for all feeds of a PCN at the same time, just after something changed.
func TestWhoAsksTogetherIsAnsweredFromOneReading(t *testing.T) {
	h := newHarbour(t)
	var paths []string
	for _, leader := range []rota.LeaderID{"L1", "L1", "L2", "L2", "L3", "L3"} {
		path, _ := h.link(leader)
		paths = append(paths, path)
	}
	h.site.workshop.turn <- struct{}{} // nothing can be made before all have asked
	var asking sync.WaitGroup
	for _, path := range paths {
		asking.Go(func() { h.get(path) })
	}
	for wanting := 0; wanting < len(paths); {
		h.site.workshop.mu.Lock()
		wanting = h.site.workshop.wanting
		h.site.workshop.mu.Unlock()
	}
	<-h.site.workshop.turn
	asking.Wait()
	if n := h.source.times("Published"); n != 1 {
		t.Errorf("the duties were read %d times", n)
	}
	if h.site.workshop.batch != nil {
		t.Error("what was read is kept though nobody wants it")
	}
	if same, other := body(h.get(paths[0])) == body(h.get(paths[1])), body(h.get(paths[0])) == body(h.get(paths[2])); !same || other {
		t.Error("two links of one leader differ, or those of two leaders do not")
	}
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

// TestWhoAsksIsAnsweredBeforeWhatIsMadeAhead: while somebody waits for a feed, none is made ahead, and then the others of
// that PCN are made next, of what was read for them.
func TestWhoAsksIsAnsweredBeforeWhatIsMadeAhead(t *testing.T) {
	m := NewMemory()
	m.Hold(true)
	first, second := newHarbour(t), newHarbour(t)
	for _, h := range []*harbour{first, second} {
		h.open(Options{Ahead: true, Memory: m})
	}
	done := m.ahead.hurry()
	first.site.MakeAhead()
	path, _ := second.link("L1")
	second.link("L2")
	second.status(http.StatusOK, path)
	m.ahead.mu.Lock()
	if w := m.ahead.waiting; len(w) != 2 || w[0] != second.site {
		t.Errorf("%d wait, and the one that was asked for is not the first", len(w))
	}
	m.ahead.mu.Unlock()
	second.source.breaks("Published", true)
	m.Hold(false)
	m.ahead.mu.Lock()
	if !m.ahead.working {
		t.Error("nothing is worked at")
	}
	m.ahead.mu.Unlock()
	done()
	first.site.underWay.Wait()
	second.site.underWay.Wait()
	second.source.breaks("", false)
	if n := len(second.site.Memory.feeds.at); n < 2 {
		t.Errorf("%d feeds are in memory", n)
	}
	if second.site.workshop.batch != nil || len(m.ahead.read) > 0 {
		t.Error("what was read is kept")
	}
}
