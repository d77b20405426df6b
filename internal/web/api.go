package web

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"pcnrota/rota"
)

// apiRoot begins the addresses for programs. They give what the pages about the whole team show, to whoever may
// see those, and openapi.json describes them.
const apiRoot = "/api/v1"

//go:embed openapi.json
var apiDescription []byte

// api adds the addresses for programs.
func (s *Site) api(get func(pattern string, answer http.HandlerFunc)) {
	if !s.NowPage && !s.NowLink {
		return
	}
	get(apiRoot+"/now", s.answering(s.apiNow))
	get(apiRoot+"/rotas", s.answering(s.apiRotas))
	get(apiRoot+"/rotas/{name}", s.answering(s.apiRota))
	get(apiRoot+"/openapi.json", s.describeAPI)
	get(apiRoot+"/", func(w http.ResponseWriter, _ *http.Request) { s.refuse(w, unknownAddress) })
}

// apiError is an answer that is not what was asked for. It says why in words that are fit to be shown.
type apiError struct {
	status int
	Says   string `json:"error"`
}

func (e *apiError) Error() string { return e.Says }

var (
	unknownAddress = &apiError{http.StatusNotFound, "There is nothing at this address. " + apiRoot + "/openapi.json says what there is."}
	notLetIn       = &apiError{http.StatusUnauthorized, "Send the secret of a link to the pages as a bearer token: pcnrota page add makes one."}
	notNow         = &apiError{http.StatusServiceUnavailable, "The rota cannot be read just now. Please try again in a few minutes."}
)

// answering lets a program in and gives it what ask finds, as JSON.
func (s *Site) answering(ask func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var answer any
		err := s.admit(r)
		if err == nil {
			answer, err = ask(r)
		}
		var refused *apiError
		switch {
		case errors.As(err, &refused):
			s.refuse(w, refused)
		case err != nil:
			s.fail(r, err)
			s.refuse(w, notNow)
		default:
			writeJSON(w, http.StatusOK, answer)
		}
	}
}

func (s *Site) refuse(w http.ResponseWriter, e *apiError) {
	switch e.status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="rota"`)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", retryAfter)
	}
	writeJSON(w, e.status, e)
}

// admit lets in whoever may see the pages about the whole team: everybody, or who sends the secret of a link that
// opens them.
func (s *Site) admit(r *http.Request) error {
	if s.NowPage {
		return nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return notLetIn
	}
	hash, now := HashToken(strings.TrimSpace(token)), s.Clock()
	link, found, err := s.source.PageLinkByHash(r.Context(), hash)
	if err != nil || found && !link.Ended(now) {
		return err
	}
	f, found, err := s.source.FeedByHash(r.Context(), hash)
	if err != nil || found && f.Personal() && !f.Ended(now) {
		return err
	}
	return notLetIn
}

// describeAPI gives the OpenAPI description, with the address under which the site is reached.
func (s *Site) describeAPI(w http.ResponseWriter, _ *http.Request) {
	here, _ := json.Marshal(s.root + apiRoot)
	described := bytes.Replace(apiDescription, []byte(`"url": "/api/v1"`), append([]byte(`"url": `), here...), 1)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(described)))
	w.Write(described)
}

func writeJSON(w http.ResponseWriter, status int, answer any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(answer); err != nil { // only types of ours come here
		panic(fmt.Sprintf("encode %T: %v", answer, err))
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", fmt.Sprint(b.Len()))
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// The days that a program asks for, unless it says otherwise, and at most.
const (
	apiDays     = 28
	apiMostDays = 400
)

// askedDays reads ?from=2027-01-04&until=2027-02-01, until excluded.
func (s *Site) askedDays(r *http.Request) (from, until rota.Date, err error) {
	q := r.URL.Query()
	from = s.today()
	if given := q.Get("from"); given != "" {
		if from, err = rota.ParseDate(given); err != nil {
			return from, until, &apiError{http.StatusBadRequest, "from: " + err.Error()}
		}
	}
	until = from.AddDays(apiDays)
	if given := q.Get("until"); given != "" {
		if until, err = rota.ParseDate(given); err != nil {
			return from, until, &apiError{http.StatusBadRequest, "until: " + err.Error()}
		}
	}
	if days := from.DaysUntil(until); days < 1 || days > apiMostDays {
		return from, until, &apiError{http.StatusBadRequest, fmt.Sprintf("until has to be 1 to %d days after from, and is %d", apiMostDays, days)}
	}
	return from, until, nil
}
