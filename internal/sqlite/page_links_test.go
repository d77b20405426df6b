package sqlite

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestLinksToThePages(t *testing.T) {
	db := newDB(t)
	want := rota.PageLink{ID: 1, Name: "switchboard", Created: at("2027-01-01 09:00"), Expires: at("2027-04-01 00:00")}
	given := want
	given.ID, given.Revoked = 7, at("2027-01-01 10:00") // neither is the caller's to say
	hash := make([]byte, 32)
	same(t, "added", get(db.AddPageLink(t.Context(), given, hash)), want)
	same(t, "links", get(db.PageLinks(t.Context())), []rota.PageLink{want})
	found, known, err := db.PageLinkByHash(t.Context(), hash)
	if err != nil || !known {
		t.Fatal(known, err)
	}
	same(t, "found", found, want)
	if _, known, _ := db.PageLinkByHash(t.Context(), []byte("something else")); known {
		t.Error("a link is known by a hash that it has not")
	}
	fresh := append(make([]byte, 31), 1)
	if err := db.RotatePageLink(t.Context(), 1, fresh, at("2027-01-15 09:00")); err != nil {
		t.Fatal(err)
	}
	renewed, _, err := db.PageLinkByHash(t.Context(), fresh)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found by its new secret", renewed, want)
	want.Replaced = at("2027-01-15 09:00")
	replaced, _, err := db.PageLinkByHash(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found by the one that was replaced", replaced, want)
	refused(t, db.RotatePageLink(t.Context(), 9, fresh, at("2027-01-15 09:00")), ErrUnknown, "page link 9")
	for _, when := range []string{"2027-02-01 09:00", "2027-03-01 09:00"} { // the first time stays
		if err := db.RevokePageLink(t.Context(), 1, at(when)); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "revoked", get(db.PageLinks(t.Context()))[0].Revoked, at("2027-02-01 09:00"))
	refused(t, db.RevokePageLink(t.Context(), 9, at("2027-02-01 09:00")), ErrUnknown, "page link 9")
}

func TestALinkToThePagesEnds(t *testing.T) {
	end := at("2027-04-01 00:00")
	for _, c := range []struct {
		link rota.PageLink
		now  time.Time
		want bool
	}{
		{rota.PageLink{}, end, false},
		{rota.PageLink{Expires: end}, end.Add(-time.Second), false},
		{rota.PageLink{Expires: end}, end, true},
		{rota.PageLink{Revoked: end.AddDate(1, 0, 0)}, end, true},
		{rota.PageLink{Replaced: end, Expires: end.AddDate(1, 0, 0)}, end, true},
		{rota.PageLink{Replaced: end}, end.Add(-time.Second), false},
	} {
		if got := c.link.Ended(c.now); got != c.want {
			t.Errorf("%+v at %s: %t", c.link, c.now, got)
		}
	}
}
