package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// description is the parts of an OpenAPI document that are checked.
type description struct {
	OpenAPI string
	Servers []struct{ URL string }
	Paths   map[string]map[string]struct {
		Parameters []struct{ Name, In string }
		Responses  map[string]struct {
			Content map[string]struct{ Schema schema }
		}
	}
	Components struct{ Schemas map[string]schema }
}

// schema is the part of JSON Schema that the description uses.
type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Format     string
	Enum       []any
	Minimum    *float64
	Required   []string
	Additional *bool `json:"additionalProperties"`
	Properties map[string]schema
	Items      *schema
	OneOf      []schema
}

// faults says what is wrong with a value, a line each.
func (d description) faults(s schema, at string, value any) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		of, known := d.Components.Schemas[name]
		if !known {
			return []string{at + ": no schema " + name}
		}
		return d.faults(of, at, value)
	}
	if len(s.OneOf) > 0 {
		fitting := 0
		for _, one := range s.OneOf {
			if len(d.faults(one, at, value)) == 0 {
				fitting++
			}
		}
		if fitting != 1 {
			fault("%d schemas of one fit", fitting)
		}
		return faults
	}
	if !isOfType(s.Type, value) {
		fault("%v is not of type %v", value, s.Type)
		return faults
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, value) {
		fault("%v is not one of %v", value, s.Enum)
	}
	switch v := value.(type) {
	case string:
		layout := map[string]string{"date-time": time.RFC3339, "date": time.DateOnly}[s.Format]
		if _, err := time.Parse(layout, v); s.Format != "" && err != nil {
			fault("%q is no %s", v, s.Format)
		}
	case float64:
		if s.Minimum != nil && v < *s.Minimum {
			fault("%v is less than %v", v, *s.Minimum)
		}
	case []any:
		for i, item := range v {
			faults = append(faults, d.faults(*s.Items, fmt.Sprintf("%s[%d]", at, i), item)...)
		}
	case map[string]any:
		for _, name := range s.Required {
			if _, ok := v[name]; !ok {
				fault("%s is missing", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			of, known := s.Properties[name]
			if !known && s.Additional != nil && !*s.Additional {
				fault("%s is not described", name)
			} else if known {
				faults = append(faults, d.faults(of, at+"."+name, v[name])...)
			}
		}
	}
	return faults
}

func isOfType(types, value any) bool {
	is := "null"
	switch value.(type) {
	case string:
		is = "string"
	case bool:
		is = "boolean"
	case float64:
		is = "number"
	case []any:
		is = "array"
	case map[string]any:
		is = "object"
	}
	several, ok := types.([]any)
	return types == nil || types == is || ok && slices.Contains(several, any(is))
}

func (h *harbour) description() (d description) {
	h.Helper()
	w := h.status(http.StatusOK, "/api/v1/openapi.json")
	headers(h.T, w, "Content-Type", "application/json")
	h.ok(json.Unmarshal(w.Body.Bytes(), &d))
	return d
}

// described asks for an address, and checks the answer against what the description says of the path and the status.
func (h *harbour) described(d description, path, address string, status int, headers ...string) map[string]any {
	h.Helper()
	w := h.status(status, "/api/v1"+address, headers...)
	var answer map[string]any
	h.ok(json.Unmarshal(w.Body.Bytes(), &answer))
	response, ok := d.Paths[path]["get"].Responses[fmt.Sprint(status)]
	if !ok {
		h.Fatalf("%s: the description has no answer %d", path, status)
	}
	for _, fault := range d.faults(response.Content[w.Header().Get("Content-Type")].Schema, path, answer) {
		h.Errorf("%s: %s", address, fault)
	}
	return answer
}

func TestEveryAnswerIsAsDescribed(t *testing.T) {
	h := newHarbour(t)
	h.gaps = true
	h.publish("2026-05-04", "2026-05-25", func(d rota.Duty) bool { return d.Tier == "first" && d.Start.Date == day("2026-05-05") }, "2026-05-03T09:00")
	more := h.policy
	more.Name, more.Title = "new", "Not published yet"
	h.open(Options{NowPage: true, Policies: []rota.Policy{h.policy, more}})
	d := h.description()
	if !strings.HasPrefix(d.OpenAPI, "3.1") || d.Servers[0].URL != "/api/v1" {
		t.Errorf("%s at %s", d.OpenAPI, d.Servers[0].URL)
	}
	asked := map[string]bool{}
	ask := func(path, address string, status int) map[string]any {
		asked[path] = true
		return h.described(d, path, address, status)
	}
	ask("/openapi.json", "/openapi.json", http.StatusOK)
	now := ask("/now", "/now", http.StatusOK)
	rotas := ask("/rotas", "/rotas", http.StatusOK)
	ask("/rotas/{name}", "/rotas/on-call", http.StatusOK)
	ask("/rotas/{name}", "/rotas/new?from=2026-05-01&until=2026-05-31", http.StatusOK)
	ask("/rotas/{name}", "/rotas/other", http.StatusNotFound)
	for _, days := range []string{"from=1+May", "until=2026-02-30", "until=2026-05-04", "until=2027-06-30", "from=2026-06-01&until=2026-05-01"} {
		ask("/rotas/{name}", "/rotas/on-call?"+days, http.StatusBadRequest)
	}
	for path := range d.Paths {
		if !asked[path] {
			t.Errorf("%s is described, and nobody asked for it", path)
		}
	}
	for _, p := range d.Paths["/rotas/{name}"]["get"].Parameters {
		if p.Name != "name" && p.Name != "from" && p.Name != "until" {
			t.Errorf("%s is described, and not read", p.Name)
		}
	}
	first := now["rotas"].([]any)[0].(map[string]any)["tiers"].([]any)[0].(map[string]any)
	if on := first["on_call"].([]any)[0].(map[string]any); on["name"] != "Dr Asha Patel" || on["phone"] != "07700 900101" || on["until"] != "2026-05-05T08:00:00+01:00" {
		t.Errorf("on call: %v", on)
	}
	if next := first["next"].(map[string]any); next["gap"] != true || next["name"] != "" {
		t.Errorf("next: %v, want the gap", next)
	}
	if head := rotas["rotas"].([]any)[0].(map[string]any); head["published_from"] != "2026-04-28" || head["published_until"] != "2026-05-25" {
		t.Errorf("rota: %v", head)
	}
	h.source.breaks("all", false)
	ask("/now", "/now", http.StatusServiceUnavailable)
}

func TestTheDutiesOfARotaForPrograms(t *testing.T) {
	h := newHarbour(t)
	answer := h.described(h.description(), "/rotas/{name}", "/rotas/on-call?from=2026-05-04&until=2026-05-05", http.StatusOK)
	var ids []string
	for _, d := range answer["duties"].([]any) {
		ids = append(ids, fmt.Sprint(d.(map[string]any)["id"]))
	}
	// Those of the third have not ended when the fourth begins.
	want := "on-call.first.20260503T0800 on-call.second.20260503T0800 on-call.first.20260504T0800 on-call.second.20260504T0800"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	text := body(h.get("/api/v1/rotas/on-call"))
	lacks(t, text, "07700", "phone") // the page of the month has no numbers either
	contains(t, text, `"category": "bank_holiday"`, `"points": 3`, `"Early May bank holiday"`)
}

func TestProgramsNeedALinkWherePeopleDo(t *testing.T) {
	h := newHarbour(t)
	h.open(Options{NowLink: true})
	d := h.description()
	link, id := h.pageLink(time.Time{})
	token, own := strings.TrimPrefix(link, "/see/"), strings.TrimPrefix(h.own(), "/my/")
	for _, sent := range []string{"", "Bearer", "Bearer nonsense", "Basic " + token, token} {
		for _, path := range []string{"/now", "/rotas"} {
			answer := h.described(d, path, path, http.StatusUnauthorized, "Authorization", sent)
			lacks(t, fmt.Sprint(answer), "Patel")
		}
		h.described(d, "/rotas/{name}", "/rotas/on-call", http.StatusUnauthorized, "Authorization", sent)
	}
	headers(t, h.get("/api/v1/now"), "WWW-Authenticate", `Bearer realm="rota"`)
	for _, secret := range []string{token, own} {
		contains(t, fmt.Sprint(h.described(d, "/now", "/now", http.StatusOK, "Authorization", "Bearer "+secret)), "Patel")
	}
	h.ok(h.db.RevokePageLink(t.Context(), id, at("2026-05-04T10:00")))
	h.described(d, "/now", "/now", http.StatusUnauthorized, "Authorization", "bearer "+token)

	h.open(Options{}) // no pages at all
	for _, path := range []string{"/api/v1/now", "/api/v1/rotas", "/api/v1/openapi.json"} {
		h.status(http.StatusNotFound, path, "Authorization", "Bearer "+own)
	}
}

func TestTheDescriptionNamesTheAddressBehindAProxy(t *testing.T) {
	h := newHarbour(t)
	h.site = New(h.source, Options{PCN: "P", Zone: london, Clock: h.clock, NowPage: true, BaseURL: "https://example.org/pcn/harbour/", Policies: []rota.Policy{h.policy}})
	if got := h.description().Servers[0].URL; got != "/pcn/harbour/api/v1" {
		t.Errorf("server is %s", got)
	}
	contains(t, body(h.get("/api/v1/rotas")), `"url": "/pcn/harbour/api/v1/rotas/on-call"`)
	contains(t, body(h.status(http.StatusNotFound, "/api/v1/nothing")), `"error"`)
}

func TestTheCheckOfAnswersFindsFaults(t *testing.T) {
	h := newHarbour(t)
	d := h.description()
	next := schema{Ref: "#/components/schemas/Next"}
	good := map[string]any{"name": "A", "gap": false, "from": "2026-05-04T08:00:00+01:00", "until": "2026-05-05T08:00:00+01:00"}
	if faults := d.faults(next, "next", good); faults != nil {
		t.Errorf("nothing is wrong: %v", faults)
	}
	for name, change := range map[string]func(map[string]any){
		"missing":  func(v map[string]any) { delete(v, "gap") },
		"too many": func(v map[string]any) { v["phone"] = "1" },
		"type":     func(v map[string]any) { v["gap"] = "no" },
		"null":     func(v map[string]any) { v["name"] = nil },
		"time":     func(v map[string]any) { v["from"] = "tomorrow" },
	} {
		bad := maps.Clone(good)
		change(bad)
		if len(d.faults(next, "next", bad)) != 1 {
			t.Errorf("%s: %v", name, d.faults(next, "next", bad))
		}
	}
}
