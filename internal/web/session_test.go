package web

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestACookieIsForThisPCNAlone(t *testing.T) {
	for base, want := range map[string]string{
		"https://rota.example.org":      "__Host-pcnrota=s; Path=/; Expires=Mon, 04 May 2026 21:15:00 GMT; HttpOnly; Secure; SameSite=Lax",
		"https://rota.example.org/quay": "__Secure-pcnrota=s; Path=/quay; Expires=Mon, 04 May 2026 21:15:00 GMT; HttpOnly; Secure; SameSite=Lax",
		"http://127.0.0.1:8080":         "pcnrota=s; Path=/; Expires=Mon, 04 May 2026 21:15:00 GMT; HttpOnly; SameSite=Lax",
	} {
		site := New(nil, Options{BaseURL: base})
		w := httptest.NewRecorder()
		site.setSession(w, "s", at("2026-05-04T22:15"))
		headers(t, w, "Set-Cookie", want)
	}
}

func TestAFormTokenIsThatOfTheSession(t *testing.T) {
	mine, other := session{secret: "a"}, session{secret: "b"}
	if mine.formToken() == other.formToken() || strings.Contains(mine.formToken(), "a=") || len(mine.formToken()) != 43 {
		t.Errorf("tokens %q and %q", mine.formToken(), other.formToken())
	}
	for token, want := range map[string]bool{mine.formToken(): true, other.formToken(): false, "": false} {
		r := httptest.NewRequest("POST", "/act", strings.NewReader("token="+token))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if got := mine.signed(r); got != want {
			t.Errorf("%q: %v", token, got)
		}
	}
	r := httptest.NewRequest("POST", "/act?token="+mine.formToken(), nil)
	if mine.signed(r) {
		t.Error("a token in the address counts")
	}
}

func TestManyMayAskFromOneNetworkButNotWithoutEnd(t *testing.T) {
	var a asking
	now := at("2026-05-04T10:15")
	site, home := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	for n := range asksPerClient + 1 {
		if got, want := a.allow(site, now), n < asksPerClient; got != want {
			t.Errorf("ask %d: %v", n+1, got)
		}
	}
	if !a.allow(home, now) {
		t.Error("somebody else was not let ask")
	}
	if !a.allow(site, now.Add(askWindow)) {
		t.Error("nothing is let ask any more")
	}
	for n := range uint32(clientsKept + 10) {
		a.allow(netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}), now.Add(askWindow))
	}
	if len(a.clients) > clientsKept {
		t.Errorf("%d clients are remembered", len(a.clients))
	}
}

func TestLeaveIsReadFromAForm(t *testing.T) {
	today := day("2026-05-04")
	for name, c := range map[string]struct {
		form  leaveForm
		wrong string // the fields
	}{
		"a day":              {leaveForm{Kind: "annual", First: "2026-06-01"}, ""},
		"a week":             {leaveForm{Kind: "jury service", First: "2026-06-01", Last: "2026-06-07"}, ""},
		"today":              {leaveForm{Kind: "sick", First: "2026-05-04"}, ""},
		"nothing":            {leaveForm{}, "kind first"},
		"yesterday":          {leaveForm{Kind: "annual", First: "2026-05-03"}, "first"},
		"backwards":          {leaveForm{Kind: "annual", First: "2026-06-02", Last: "2026-06-01"}, "last"},
		"no such day":        {leaveForm{Kind: "annual", First: "2026-06-01", Last: "2026-06-31"}, "last"},
		"a non-working day":  {leaveForm{Kind: string(rota.NonWorkingDay), First: "2026-06-01"}, "kind"},
		"nonsense in a date": {leaveForm{Kind: "annual", First: "soon", Last: "later"}, "first last"},
	} {
		a, ok := c.form.read(today)
		var wrong []string
		for _, f := range c.form.Faults() {
			wrong = append(wrong, f.Field)
		}
		if got := strings.Join(wrong, " "); got != c.wrong || ok != (c.wrong == "") {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
		if ok && (a.Last.Before(a.First) || a.First.Before(today)) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// FuzzPageBelow: wherever a link leads to, it is a page of this PCN on which one acts.
func FuzzPageBelow(f *testing.F) {
	for _, seed := range []string{"", "act", "act/leave", "act/duties/on-call.first.20270104T1830+1", "//evil", "act/../x", "act/%2e%2e/x", "act\n"} {
		f.Add(seed)
	}
	site := New(nil, Options{BaseURL: "https://rota.example.org/quay"})
	f.Fuzz(func(t *testing.T, wanted string) {
		w := httptest.NewRecorder()
		site.leadTo(w, httptest.NewRequest("POST", "/sign-in", nil), pageBelow(wanted))
		got := w.Header().Get("Location")
		if !strings.HasPrefix(got, "/quay/act") || strings.ContainsAny(got, "\r\n\\?#%") || strings.Contains(got, "..") || strings.Contains(got[1:], "//") {
			t.Errorf("%q leads to %q", wanted, got)
		}
	})
}

func TestAnOfferIsWordedForWhoeverReadsIt(t *testing.T) {
	who := people{"L1": {Name: "Asha"}, "L2": {Name: "Ben"}, "L3": {Name: "Cerys"}}
	o := rota.Offer{ID: 1, Leader: "L1", State: rota.OfferOpen, Asked: []rota.Asked{{Leader: "L2"}, {Leader: "L3", Declined: true}}, Made: time.Unix(0, 0)}
	in := func(s rota.OfferState, taker rota.LeaderID, says string) rota.Offer {
		o := o
		o.State, o.Taker, o.Says = s, taker, says
		return o
	}
	for _, c := range []struct {
		offer rota.Offer
		me    rota.LeaderID
		want  string
	}{
		{o, "L1", "Asked: Ben. Said no: Cerys. It is yours until somebody has taken it."},
		{o, "L2", "It waits for your answer."},
		{o, "L3", "You have said no. Others may still take it."},
		{in(rota.OfferAccepted, "L2", ""), "L2", "You have said that you would take it. The PCN manager has to approve it first: until then it is not yours."},
		{in(rota.OfferAccepted, "L2", ""), "L1", "Ben would take it. The PCN manager has to approve it first."},
		{in(rota.OfferDone, "L2", ""), "L2", "You have taken it. It is in your calendar, and it counts for you."},
		{in(rota.OfferDone, "L2", ""), "L1", "Ben has taken it. It is not yours any more."},
		{in(rota.OfferDone, "L2", ""), "L3", "Ben has taken it."},
		{in(rota.OfferWithdrawn, "", ""), "L3", "Asha has taken it back."},
		{in(rota.OfferRefused, "L2", "too soon"), "L1", "The PCN manager has not approved it: too soon"},
		{in(rota.OfferRefused, "L2", "the manager has refused it"), "L1", "The PCN manager has not approved it."},
		{in(rota.OfferUndone, "L2", ""), "L1", "It was undone: everything is as it was before."},
		{in(rota.OfferLapsed, "", ""), "L1", "It came to nothing, because things have changed meanwhile."},
	} {
		if got := stands(c.offer, who, c.me); got != c.want {
			t.Errorf("%s, to %s: %q, want %q", c.offer.State, c.me, got, c.want)
		}
	}
}
